//! `footnote search`

use std::process::ExitCode;

use anyhow::Result;
use engine::Engine;
use engine::api::SearchRequest;

use crate::arguments::Search;
use crate::failure;
use crate::output::{print, print_json, say};

pub(crate) async fn run(engine: &Engine, arguments: Search) -> Result<ExitCode> {
    let request =
        SearchRequest { query: arguments.query, limit: arguments.limit, place: arguments.place.into() };
    let found = engine.search(request).await.map_err(failure)?;
    if arguments.json {
        print_json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    for passage in &found.passages {
        let section =
            if passage.section.is_empty() { String::new() } else { format!(" · {}", passage.section) };
        print(&format!("{}. {}, page {}{section}", passage.rank, passage.document, passage.page_first))?;
        let words: Vec<&str> = passage.text.split_whitespace().take(40).collect();
        print(&format!("   {} …\n", words.join(" ")))?;
    }
    if let Some(reranking) = &found.reranking {
        say(&format!(
            "Put in order in {:.0} ms, with {} tokens.",
            reranking.milliseconds,
            reranking.usage.prompt_tokens + reranking.usage.completion_tokens
        ));
    }
    if found.passages.is_empty() {
        print("Nothing found.")?;
    }
    Ok(ExitCode::SUCCESS)
}
