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
//! Text of documents cannot leave its fence: every `<` in it that could open a tag is followed by a backslash.
//! Attributes are JSON strings.

/// A passage as the model sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PromptSource {
    /// What the model cites it by, as `[number]`.
    pub(crate) number: u32,
    /// The document's title.
    pub(crate) title: String,
    /// Where in the document it stands ("page 3"), if the document has such places.
    pub(crate) location: Option<String>,
    /// The headings above it, if there are any.
    pub(crate) section: Option<String>,
    /// The passage itself.
    pub(crate) text: String,
}

/// Writes `sources` in their order, a blank line between two.
pub(crate) fn render(sources: &[PromptSource]) -> String {
    sources.iter().map(render_source).collect::<Vec<_>>().join("\n\n")
}

/// Writes the question.
pub(crate) fn render_question(question: &str) -> String {
    format!("<question>\n{}\n</question>", escape(question))
}

fn render_source(source: &PromptSource) -> String {
    let mut tag = format!("<source id=\"{}\" title={}", source.number, attribute(&source.title));
    for (name, value) in [("location", &source.location), ("section", &source.section)] {
        if let Some(value) = value {
            tag += &format!(" {name}={}", attribute(value));
        }
    }
    format!("{tag}>\n{}\n</source>", escape(&source.text))
}

fn attribute(value: &str) -> String {
    serde_json::Value::from(value).to_string().replace('<', "\\u003c")
}

/// Puts a backslash behind each `<` that opens a tag.
fn escape(text: &str) -> String {
    let mut pieces = text.split('<');
    let mut escaped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        escaped += if opens_tag(piece) { "<\\" } else { "<" };
        escaped += piece;
    }
    escaped
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
        ) -> PromptSource {
            PromptSource { number, title, location, section, text }
        }
    }

    proptest! {
        #[test]
        fn a_document_writes_no_tag_of_ours_and_loses_no_text(source in source()) {
            let rendered = render(std::slice::from_ref(&source));
            prop_assert_eq!(rendered.matches("<source").count(), 1);
            prop_assert_eq!(rendered.matches("</source").count(), 1);
            prop_assert_eq!(rendered.matches("<question").count(), 0);
            prop_assert_eq!(rendered.matches("<|").count(), 0);
            let without = |text: &str| text.replace('\\', "");
            prop_assert_eq!(without(&escape(&source.text)), without(&source.text));
        }
    }

    #[test]
    fn a_source_reads_well() {
        let source = PromptSource {
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
}
