//! `footnote endpoint check`

use std::process::ExitCode;

use anyhow::Result;
use engine::{BatchCap, ChatFindings, Check, EmbeddingFindings, Engine, Finding, InputLimit};

use crate::failing::failure;
use crate::json::{of_call, of_check};
use crate::output::{print, print_json};

pub(crate) async fn check(engine: &Engine, json: bool) -> Result<ExitCode> {
    let check = engine.check_endpoint().await.map_err(failure)?;
    if json {
        print_json(&of_check(&check))?;
    } else {
        print(&said(&check))?;
    }
    let works = check.embeddings.as_ref().is_none_or(|found| found.error().is_none())
        && check.chat.as_ref().is_none_or(|found| found.error().is_none());
    Ok(if check.reachable && works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn said(check: &Check) -> String {
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let key = check.key_accepted.map_or("no answer tells", yes);
    let mut lines = vec![format!("reachable      {}", yes(check.reachable)), format!("key accepted   {key}")];
    lines.push(match &check.models {
        Finding::Works(models) => format!("models         {}", models.len()),
        Finding::Fails(error) => format!("models         no list: {}", of_call(error)),
    });
    lines.extend(check.embeddings.as_ref().map(|found| part("embeddings", found, embeddings)));
    lines.extend(check.chat.as_ref().map(|found| part("chat", found, chat)));
    lines.join("\n")
}

fn part<T>(name: &str, found: &Finding<T>, works: fn(&T) -> String) -> String {
    match found {
        Finding::Works(findings) => format!("{name:<14} {}", works(findings)),
        Finding::Fails(error) => format!("{name:<14} {}", of_call(error)),
    }
}

fn embeddings(found: &EmbeddingFindings) -> String {
    let texts = match found.batch_cap {
        BatchCap::Exactly(cap) => format!("{cap} texts a call"),
        BatchCap::AtLeast(cap) => format!("at least {cap} texts a call"),
    };
    let words = match found.input_limit {
        InputLimit::RefusedAbove(words) => format!("texts over about {words} words are refused"),
        InputLimit::CutAbove(words) => format!("texts over about {words} words are cut without a word"),
        InputLimit::AtLeast(words) => format!("texts of at least {words} words"),
    };
    let (model, dimensions, latency) = (&found.model, found.dimensions, found.latency.as_millis());
    format!("{model}: {dimensions} dimensions, {texts}, {words}, {latency} ms")
}

fn chat(found: &ChatFindings) -> String {
    let streams = if found.streams { "streams" } else { "does not stream" };
    let usage = if found.usage_in_stream { "tells the usage" } else { "does not tell the usage" };
    let thinks = if found.thinks { ", thinks" } else { "" };
    let (first, whole) = (found.first_token.as_millis(), found.whole.as_millis());
    format!("{}: {streams}, {usage}{thinks}; first token after {first} ms, all after {whole} ms", found.model)
}
