//! Messages one after the other in a file (mbox).

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The messages, without the lines in front of them and the marks that keep lines of theirs from being taken for such.
pub(super) fn messages(mailbox: &[u8]) -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    for line in mailbox.split_inclusive(|byte| *byte == b'\n') {
        if begins_message(line) {
            messages.push(Vec::new());
        } else if let Some(message) = messages.last_mut() {
            message.extend_from_slice(if is_marked(line) { &line[1..] } else { line });
        }
    }
    messages
}

/// Whether the first line is one that stands in front of a message: "From ", an address, and the day and time.
/// Sentences begin with "From" as well.
pub(super) fn begins_message(bytes: &[u8]) -> bool {
    let Some(line) = bytes.strip_prefix(b"From ") else { return false };
    let end = line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len());
    let line = String::from_utf8_lossy(&line[..end]);
    let mut words = line.split_whitespace().skip_while(|word| !WEEKDAYS.contains(word)).skip(1);
    let mut has = |is: fn(&str) -> bool| words.any(is);
    has(|month| month.len() == 3)
        && has(|day| day.parse::<u8>().is_ok())
        && has(|time| time.split(':').count() >= 2 && time.split(':').all(|part| part.parse::<u8>().is_ok()))
        && has(|year| year.len() == 4 && year.parse::<u16>().is_ok())
}

fn is_marked(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    marks > 0 && line[marks..].starts_with(b"From ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_with_an_address_and_a_date() {
        for line in [
            "From MAILER-DAEMON Mon Mar  3 10:00:00 2025",
            "From ada@example.org Mon Mar 03 10:00:00 +0000 2025\r\n",
            "From - Tue Apr 15 08:01 2025\n",
            "From \"ada b\"@example.org Sat Jan  4 01:02:03 CET 2003",
        ] {
            assert!(begins_message(line.as_bytes()), "{line}");
        }
        for line in [
            "From the office window I see herons.",
            "From here on the path is steep.",
            "From: ada@example.org",
            "From Mon to Fri we open at 10:00, since 2025.",
        ] {
            assert!(!begins_message(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn marked_lines_lose_one_mark() {
        let mailbox = b"From a Mon Mar  3 10:00:00 2025\nA: b\n\n>From the tower\n>>From x\n> From y\n";
        assert_eq!(messages(mailbox), [b"A: b\n\nFrom the tower\n>From x\n> From y\n"]);
    }
}
