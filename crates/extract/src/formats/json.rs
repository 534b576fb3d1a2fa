//! JSON, and files with one JSON value in each line.

use super::{DocumentInfo, PageSink, Source, blocks, text};
use crate::ExtractError;

pub(super) const EXTENSIONS: &[&str] = &["json", "jsonl", "ndjson", "geojson", "jsonld"];

/// Programs write everything into one line; people do not write such.
const LONG_LINE: usize = 1000;

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let (mut text, warnings) = text::decode(source.bytes);
    if text.lines().any(|line| line.len() > LONG_LINE)
        && let Some(laid_out) = laid_out(&text)
    {
        text = laid_out;
    }
    let blocks = blocks::of_code(&text);
    text::write_pages(&text, blocks, &warnings, pages);
    Ok(DocumentInfo { warnings, ..DocumentInfo::default() })
}

/// Each value over as many lines as it takes; none where it is not JSON.
fn laid_out(text: &str) -> Option<String> {
    let values: Result<Vec<serde_json::Value>, _> =
        serde_json::Deserializer::from_str(text).into_iter().collect();
    let values: Result<Vec<String>, _> = values.ok()?.iter().map(serde_json::to_string_pretty).collect();
    Some(values.ok()?.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_lines_are_laid_out_each() {
        let text = laid_out("{\"b\":1,\"a\":[]}\n{\"b\":2}\n").unwrap();
        assert_eq!(text, "{\n  \"b\": 1,\n  \"a\": []\n}\n\n{\n  \"b\": 2\n}");
        assert_eq!(laid_out("{\"b\":1"), None);
    }
}
