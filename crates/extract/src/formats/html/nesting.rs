//! Pages that nest so deeply that parsing them would take minutes.

use std::borrow::Cow;

/// The parser's time grows with the square of the depth: this much takes it some hundred milliseconds.
const DEEPEST: usize = 2_000;

/// Elements that hold nothing, and those that end where the next one begins.
const NEVER_DEEP: [&str; 24] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "option", "tbody", "thead",
];

/// The page as it stands, or nothing but its text where it nests too deeply.
pub(super) fn within_bounds(html: &str) -> Cow<'_, str> {
    let mut depth = 0_usize;
    for tag in html.split('<').skip(1) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name_end = tag.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(tag.len());
        if name_end == 0 || NEVER_DEEP.contains(&tag[..name_end].to_ascii_lowercase().as_str()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return without_tags(html).into();
        }
    }
    html.into()
}

fn without_tags(html: &str) -> String {
    html.split('<')
        .map(|piece| piece.split_once('>').map_or("", |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bottomless_pages_lose_their_tags() {
        let page = format!("<body>{}<p>end</body>", "<p>one<br><li>two</li>".repeat(5_000));
        assert_eq!(within_bounds(&page), page);
        let bottomless = format!("{}deep<b>er</b>", "<div class=\"x\">".repeat(5_000));
        assert_eq!(within_bounds(&bottomless).trim(), "deep er");
    }
}
