use std::fmt::Write as _;

use url::Url;

use crate::api::{AnswerState, Citation, ConversationView, Facts, SecondOpinion, StoredAnswer, Support};
use crate::wording;

/// A conversation to be read: questions, answers, and each quote with its page and a link to its file.
pub(super) fn of(conversation: &ConversationView) -> String {
    let mut text = format!("# {}\n", escaped(&conversation.title));
    for stored in &conversation.answers {
        push_answer(&mut text, stored);
    }
    text
}

fn push_answer(text: &mut String, stored: &StoredAnswer) {
    let answer = &stored.answer;
    let said = if answer.refused { "*Not in the documents.*" } else { answer.answer.trim() };
    // Writing to a string cannot fail.
    let _ = write!(text, "\n## {}\n\n{said}\n", escaped(&answer.question));
    text.push_str(match answer.state {
        AnswerState::Complete => "",
        AnswerState::Unreadable => {
            "\n*This answer was stored by another version of Footnote, which can show it.*\n"
        }
        AnswerState::Cut | AnswerState::Stopped | AnswerState::BrokenOff => "\n*The answer ends early.*\n",
    });
    let mut seen: Vec<(u32, &str)> = Vec::new();
    for citation in &answer.citations {
        if seen.contains(&(citation.marker, &citation.quote)) {
            continue;
        }
        seen.push((citation.marker, &citation.quote));
        push_citation(text, citation, stored.changed_sources.contains(&citation.document_id));
    }
    if let Some(opinion) = &answer.second_opinion {
        push_opinion(text, opinion, &answer.citations);
    }
}

/// What a model thinks of the cited sentences, by the last marker of each.
fn push_opinion(text: &mut String, opinion: &SecondOpinion, citations: &[Citation]) {
    let cost = opinion.usage.estimated_cost.map(|dollars| format!(", ${dollars:.6}")).unwrap_or_default();
    let time = opinion.milliseconds.map(|time| format!(", {:.1} s", time / 1000.0)).unwrap_or_default();
    let tokens = opinion.usage.prompt_tokens + opinion.usage.completion_tokens;
    let _ =
        write!(text, "\nSecond opinion of {} ({tokens} tokens{cost}{time}):\n\n", escaped(&opinion.model));
    for found in &opinion.opinions {
        let Some(citation) = citations.get(found.citation as usize) else { continue };
        let grade = found.support.map_or("not judged", grade);
        let reason =
            if found.reason.is_empty() { String::new() } else { format!(": {}", escaped(&found.reason)) };
        let _ = writeln!(text, "- \\[{}\\] {grade}{reason}", citation.marker);
    }
}

fn push_citation(text: &mut String, citation: &Citation, has_changed: bool) {
    let link = Url::from_file_path(&citation.document).map(|url| format!("{url}#page={}", citation.page));
    let page = match &citation.page_label {
        Some(label) => format!("{} (PDF page {})", escaped(label), citation.page),
        None => citation.page.to_string(),
    };
    let place = format!("{}, page {page}", escaped(&citation.title));
    let place = link.map_or_else(|()| place.clone(), |link| format!("[{place}](<{link}>)"));
    let in_footnote =
        citation.link().map(|link| format!(" · [show the quote](<{link}>)")).unwrap_or_default();
    let known = match (&citation.facts, citation.support) {
        (Some(facts), _) => in_words(facts),
        (None, Some(support)) => format!(" (graded by an earlier version: {})", grade(support)),
        (None, None) => String::new(),
    };
    let matched = if citation.matched { " (matched by Footnote: the model cited nothing)" } else { "" };
    let changed = if has_changed { " (changed since this answer)" } else { "" };
    let quote = citation.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = write!(
        text,
        "\n\\[{}\\] {place}{in_footnote}{known}{matched}{changed}\n\n> {}\n",
        citation.marker,
        escaped(&quote)
    );
}

/// What is known of a citation, in brackets.
fn in_words(facts: &Facts) -> String {
    let all: Vec<String> = wording::facts(facts).iter().map(|fact| escaped(fact)).collect();
    if all.is_empty() { String::new() } else { format!(" ({})", all.join("; ")) }
}

fn grade(support: Support) -> &'static str {
    match support {
        Support::Supported => "supported",
        Support::Partly => "partly supported",
        Support::Unsupported => "not supported",
    }
}

/// Text of a document or a person as text: nothing in it is taken for Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' {
            escaped.push(' ');
            continue;
        }
        if "\\`*_{}[]<>#|~!&".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
