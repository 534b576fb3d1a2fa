//! Text whose lines were broken to be joined again (RFC 3676).

/// The paragraphs of the text. With `delete_space` the space that marks a soft break goes with it.
pub(super) fn joined(text: &str, delete_space: bool) -> String {
    let mut written = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = &line[depth..];
        // Put in front of what would be taken for something else; other spaces are the writer's.
        let unstuffed = content
            .strip_prefix(' ')
            .filter(|rest| depth > 0 || rest.starts_with([' ', '>']) || rest.starts_with("From "));
        let content = unstuffed.unwrap_or(content);
        let is_soft = content.ends_with(' ') && content != "-- ";
        if open != Some(depth) {
            if !written.is_empty() {
                written.push('\n');
            }
            written.push_str(&line[..depth]);
            written.push_str(if depth > 0 { " " } else { "" });
        }
        let mark = if is_soft && delete_space { content.len() - 1 } else { content.len() };
        written.push_str(&content[..mark]);
        open = is_soft.then_some(depth);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_are_taken_back() {
        let text =
            "forty thou \r\nsand cubic \r\n metres.\r\n > not quoted\r\n> quo \r\n> ted.\r\n-- \r\nAda\r\n";
        assert_eq!(joined(text, true), "forty thousand cubic metres.\n> not quoted\n> quoted.\n-- \nAda");
        assert_eq!(
            joined("The reservoir \nis full.\n\nIt rains.", false),
            "The reservoir is full.\n\nIt rains."
        );
        assert_eq!(joined("The reservoir  \nis full.", true), "The reservoir is full.");
    }
}
