//! The wire form of a grounded prompt: how numbered sources and the question stand in a user message.
//!
//! ```text
//! <source id="1" title="Tide tables" location="page 3" section="Harbour > Datum">
//! text of the passage
//! </source>
//!
//! <question>
//! text of the question
//! </question>
//! ```
//!
//! Text of documents cannot leave its fence: every `<` in it that could open a tag is followed by a
//! backslash, which [`parse`] and [`parse_question`] take away again. Attributes are JSON strings.

/// The whole answer when the sources do not answer the question.
pub const REFUSAL: &str = "Not in your documents.";

const SOURCE_OPEN: &str = "<source id=\"";
const SOURCE_CLOSE: &str = "\n</source>";
const QUESTION_OPEN: &str = "<question>\n";
const QUESTION_CLOSE: &str = "\n</question>";

/// A passage as the model sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// What the model cites it by, as `[number]`.
    pub number: u32,
    /// The document's title.
    pub title: String,
    /// Where in the document it stands ("page 3"), if the document has such places.
    pub location: Option<String>,
    /// The headings above it, if there are any.
    pub section: Option<String>,
    /// The passage itself.
    pub text: String,
}

/// Writes `sources` in their order, a blank line between two.
pub fn render(sources: &[Source]) -> String {
    sources.iter().map(render_source).collect::<Vec<_>>().join("\n\n")
}

/// Reads all sources of a message; text around them is passed over.
pub fn parse(message: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut rest = message;
    while let Some(start) = find_line(rest, SOURCE_OPEN) {
        rest = &rest[start + SOURCE_OPEN.len()..];
        if let Some((source, after)) = parse_source(rest) {
            sources.push(source);
            rest = after;
        }
    }
    sources
}

/// Writes the question.
pub fn render_question(question: &str) -> String {
    format!("{QUESTION_OPEN}{}{QUESTION_CLOSE}", escape(question))
}

/// Reads the question of a message, if it has one.
pub fn parse_question(message: &str) -> Option<String> {
    let start = find_line(message, QUESTION_OPEN)? + QUESTION_OPEN.len();
    let (question, _) = message[start..].split_once(QUESTION_CLOSE)?;
    Some(unescape(question))
}

fn render_source(source: &Source) -> String {
    let mut tag = format!("{SOURCE_OPEN}{}\" title={}", source.number, attribute(&source.title));
    for (name, value) in [("location", &source.location), ("section", &source.section)] {
        if let Some(value) = value {
            tag += &format!(" {name}={}", attribute(value));
        }
    }
    format!("{tag}>\n{}{SOURCE_CLOSE}", escape(&source.text))
}

/// Reads what follows [`SOURCE_OPEN`]; returns the source and what comes after it.
fn parse_source(rest: &str) -> Option<(Source, &str)> {
    let (number, rest) = rest.split_once("\" title=")?;
    let (title, rest) = parse_attribute(rest)?;
    let (location, rest) = parse_optional_attribute(rest, " location=")?;
    let (section, rest) = parse_optional_attribute(rest, " section=")?;
    let (text, rest) = rest.strip_prefix(">\n")?.split_once(SOURCE_CLOSE)?;
    Some((Source { number: number.parse().ok()?, title, location, section, text: unescape(text) }, rest))
}

fn parse_optional_attribute<'a>(rest: &'a str, name: &str) -> Option<(Option<String>, &'a str)> {
    match rest.strip_prefix(name) {
        Some(value) => parse_attribute(value).map(|(value, rest)| (Some(value), rest)),
        None => Some((None, rest)),
    }
}

fn parse_attribute(rest: &str) -> Option<(String, &str)> {
    let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let value = strings.next()?.ok()?;
    Some((value, &rest[strings.byte_offset()..]))
}

fn attribute(value: &str) -> String {
    serde_json::Value::from(value).to_string().replace('<', "\\u003c")
}

/// Finds `tag` where a line starts.
fn find_line(text: &str, tag: &str) -> Option<usize> {
    text.match_indices(tag).map(|(at, _)| at).find(|&at| at == 0 || text[..at].ends_with('\n'))
}

fn escape(text: &str) -> String {
    rewrite_tags(text, |after| format!("\\{after}"))
}

fn unescape(text: &str) -> String {
    rewrite_tags(text, |after| after.strip_prefix('\\').unwrap_or(after).to_owned())
}

/// Applies `rewrite` to what follows each `<` that opens a tag or, but for its backslashes, would.
fn rewrite_tags(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut pieces = text.split('<');
    let mut rewritten = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        rewritten.push('<');
        if opens_tag(piece.trim_start_matches('\\')) {
            rewritten += &rewrite(piece);
        } else {
            rewritten += piece;
        }
    }
    rewritten
}

/// Whether a `<` before `text` reads as a tag (`<source`, `</source`, `< b`) or as a chat template's control
/// token (`<|im_start|>`).
fn opens_tag(text: &str) -> bool {
    text.trim_start().starts_with(|first: char| first.is_alphabetic() || first == '/' || first == '|')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Text that is likely to break a fence, among any other text.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("</source>".to_owned()),
            Just("\n</source>\n".to_owned()),
            Just("<source id=\"2\" title=\"x\">\n".to_owned()),
            Just("<question>\n".to_owned()),
            Just("<\\/source>".to_owned()),
            Just("<|im_start|>system".to_owned()),
            "[<\\\\/ >\n\"a]{0,6}",
            any::<String>(),
        ];
        prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    prop_compose! {
        fn source()(
            number in any::<u32>(),
            title in text(),
            location in prop::option::of(text()),
            section in prop::option::of(text()),
            text in text(),
        ) -> Source {
            Source { number, title, location, section, text }
        }
    }

    proptest! {
        #[test]
        fn any_sources_and_question_come_back_as_they_were(
            sources in prop::collection::vec(source(), 0..4),
            question in text(),
        ) {
            let message = format!("Answer.\n\n{}\n\n{}", render(&sources), render_question(&question));
            prop_assert_eq!(parse(&message), sources);
            prop_assert_eq!(parse_question(&message), Some(question));
        }

        #[test]
        fn a_document_writes_no_tag_of_ours(source in source()) {
            let rendered = render(std::slice::from_ref(&source));
            prop_assert_eq!(rendered.matches("<source").count(), 1);
            prop_assert_eq!(rendered.matches("</source").count(), 1);
            prop_assert_eq!(rendered.matches("<question").count(), 0);
            prop_assert_eq!(rendered.matches("<|").count(), 0);
        }
    }

    #[test]
    fn a_source_reads_well() {
        let source = Source {
            number: 2,
            title: "The \"Lamp\" log".to_owned(),
            location: Some("page 3".to_owned()),
            section: Some("Lantern > Glass".to_owned()),
            text: "Panes: 16, each < 4 mm.\nCost & fitting: 80 <b>crowns</b>.".to_owned(),
        };
        assert_eq!(
            render(&[source]),
            "<source id=\"2\" title=\"The \\\"Lamp\\\" log\" location=\"page 3\" section=\"Lantern > Glass\">\n\
             Panes: 16, each < 4 mm.\nCost & fitting: 80 <\\b>crowns<\\/b>.\n</source>"
        );
    }

    #[test]
    fn a_message_without_sources_or_question_has_none() {
        assert_eq!(parse("Say <source> twice."), []);
        assert_eq!(parse("<source id=\"1\" title=\"cut off"), []);
        assert_eq!(parse_question("What is <question>?"), None);
    }
}
