//! What OpenAI's forms have no place for, in the field `footnote`.

use engine::api::{Answer, Link, Passage};
use serde::Serialize;
use serde_json::{Value, json};

/// The citations with the facts of each, the passages, and what was searched, as `footnote ask --json` prints them, with
/// links.
pub(super) fn of_answer(answer: &Answer) -> Value {
    let citations = answer.citations.iter();
    json!({
        "not_in_documents": answer.refused,
        "nothing": answer.nothing,
        "citations": citations.map(|citation| linked(citation, citation.link())).collect::<Value>(),
        "passages": linked_passages(&answer.passages),
        "coverage": answer.coverage,
        "searched_as": answer.standalone,
        "written_by": answer.model,
    })
}

pub(super) fn linked_passages(passages: &[Passage]) -> Value {
    passages.iter().map(|passage| linked(passage, passage.link())).collect()
}

fn linked(value: &impl Serialize, link: Option<Link>) -> Value {
    let mut json = json!(value);
    json["link"] = json!(link.map(|link| link.to_string()));
    json
}
