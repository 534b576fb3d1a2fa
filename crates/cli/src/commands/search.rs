//! `footnote search`

mod explaining;

use std::process::ExitCode;

use anyhow::Result;
use console::style;
use engine::Engine;
use engine::api::{PageExplanation, Passage, Place, SearchRequest, SearchResponse};
use engine::wording::{counted, page, why_nothing};

use crate::arguments::Search;
use crate::failing::failure;
use crate::json::of_search;
use crate::layout::{indented, place, width};
use crate::output::{harmless, print, print_json, print_laid_out, say};
use crate::words::{SEARCHED_BY_WORDS_ALONE, question};

pub(crate) async fn run(engine: &Engine, arguments: Search, json: bool) -> Result<ExitCode> {
    let Search { query, limit, explain, page, place } = arguments;
    let (query, place) = (question(&query)?, Place::from(place));
    let request = SearchRequest { query, limit, id: None, place: place.clone() };
    let found = engine.search(request).await.map_err(failure)?;
    let explained =
        if explain { Some(explaining::explain(engine, &found, place, page.as_ref()).await?) } else { None };
    if json {
        print_json(&of_search(&found, explained.as_ref()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let explained = explained.map(|explained| explained.pages).unwrap_or_default();
    match (page, explained.first()) {
        (Some(_), Some(explained)) => explaining::print_page(explained)?,
        _ => print_passages(&found, &explained)?,
    }
    if let Some(reranking) = &found.reranking {
        let tokens = reranking.usage.prompt_tokens + reranking.usage.completion_tokens;
        let with = if tokens == 0 { String::new() } else { format!(", with {}", counted(tokens, "token")) };
        say(&format!("Put in order in {:.0} ms{with}.", reranking.milliseconds));
    }
    if found.coverage.words_alone {
        say(SEARCHED_BY_WORDS_ALONE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The passages, each with where it stands in the steps where that is told.
fn print_passages(found: &SearchResponse, explained: &[PageExplanation]) -> Result<()> {
    if let Some(nothing) = &found.nothing {
        print(if found.passages.is_empty() {
            "Nothing found."
        } else {
            "Nothing found; these are only the nearest."
        })?;
        print(&why_nothing(nothing))?;
    }
    let width = width();
    for (at, passage) in found.passages.iter().enumerate() {
        print_laid_out(&shown(passage, width))?;
        if let Some(explained) = explained.get(at) {
            explaining::print_steps(explained)?;
        }
    }
    Ok(())
}

fn shown(passage: &Passage, width: Option<usize>) -> String {
    let link = passage.link().map(|link| link.to_string());
    let page = page(passage.page_first, passage.page_label_first.as_ref());
    let place = place(&passage.document, &page, link.as_deref());
    let section = if passage.section.is_empty() { String::new() } else { format!(" · {}", passage.section) };
    let words: Vec<&str> = passage.text.split_whitespace().take(40).collect();
    let words = indented(&harmless(&format!("{} …", words.join(" "))), 3, width);
    format!(
        "{} {place}{}\n{words}\n",
        style(format!("{}.", passage.rank)).bold(),
        style(harmless(&section)).dim()
    )
}
