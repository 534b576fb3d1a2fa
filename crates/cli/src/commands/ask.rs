//! `footnote ask`

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};
use console::style;
use engine::api::{
    Answer, AnswerEvent, AnswerState, AskRequest, Citation, ConversationsRequest, SecondOpinion, Support,
    Usage,
};
use engine::wording::{counted, coverage, page, why_nothing};
use engine::{Engine, wording};

use crate::arguments::Ask;
use crate::failing::failure;
use crate::json::{of_answer, of_event};
use crate::layout::{Flow, indented, place, width};
use crate::output::{harmless, print, print_json, print_laid_out, print_piece, say};
use crate::words::question;

/// The one question of this process.
const ID: &str = "ask";

pub(crate) async fn run(engine: &Engine, arguments: Ask, json: bool) -> Result<ExitCode> {
    let request = AskRequest {
        question: question(&arguments.question)?,
        conversation: if arguments.go_on {
            Some(last_conversation(engine).await?)
        } else {
            arguments.conversation
        },
        standalone: arguments.standalone,
        chat_model: None,
        id: Some(ID.to_owned()),
        place: arguments.place.into(),
    };
    let stream = arguments.stream;
    // What a terminal has shown cannot be taken back; into a file goes the answer as it is in the end.
    let width = width();
    let streams = width.is_some();
    let flow = Mutex::new(Flow::new(width));
    let shown = |text: &str| flow.lock().unwrap_or_else(PoisonError::into_inner).push(&harmless(text));
    let last = Mutex::new(None);
    let see = |event: AnswerEvent| {
        // What cannot be printed is noticed when the answer is.
        match &event {
            _ if stream => drop(print_json(&of_event(&event))),
            AnswerEvent::Standalone { question } if !json => say(&format!("Asked as: {question}")),
            AnswerEvent::Token { text } if !json && streams => drop(print_piece(&shown(text))),
            AnswerEvent::TextWasReasoning if !json && streams => {
                drop(print_piece(&shown("\n\n(So far the model was thinking. Its answer:)\n\n")));
            }
            AnswerEvent::NoOpinion { error } => {
                say(&format!("There is no second opinion: {}", wording::error(&error.message)));
            }
            _ => {}
        }
        if matches!(event, AnswerEvent::Done { .. } | AnswerEvent::Error { .. }) {
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(event);
        }
    };
    let answering = async {
        let mut answer = std::pin::pin!(engine.ask(request, see));
        tokio::select! {
            () = &mut answer => return,
            _ = tokio::signal::ctrl_c() => engine.stop(ID),
        }
        answer.await;
    };
    answering.await;
    let last = last.into_inner().unwrap_or_else(PoisonError::into_inner);
    let answer = match last.context("The answer ended without a result")? {
        AnswerEvent::Done { answer } => answer,
        AnswerEvent::Error { error } if stream => {
            say(&format!("error: {}", wording::error(&error.message)));
            return Ok(ExitCode::FAILURE);
        }
        AnswerEvent::Error { error } => return Err(failure(error)),
        _ => anyhow::bail!("The answer ended without a result"),
    };
    let is_missing = answer.second_opinion.is_none() && !answer.citations.is_empty();
    if arguments.second_opinion.as_deref() == Some("always") && answer.built_in && is_missing {
        say(
            "There is no second opinion: the built-in model has none. Set an endpoint or install a model that judges.",
        );
    }
    if json && !stream {
        print_json(&of_answer(&answer))?;
    } else if !json {
        if streams {
            print_piece(&flow.lock().unwrap_or_else(PoisonError::into_inner).end())?;
        } else {
            print_piece(&answer.answer)?;
        }
        print_footnotes(&answer, width)?;
    }
    if answer.state == AnswerState::Cut {
        say("The answer is cut off: the model wrote as many tokens as it may.");
    }
    if let Some(error) = &answer.error {
        say(&format!("The answer broke off: {}", wording::error(&error.message)));
    }
    Ok(if answer.state == AnswerState::BrokenOff { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn last_conversation(engine: &Engine) -> Result<i64> {
    let conversations = engine.conversations(ConversationsRequest::default()).await.map_err(failure)?;
    let last =
        conversations.first().context("There is no conversation to go on with: ask without --continue")?;
    Ok(last.id)
}

fn print_footnotes(answer: &Answer, width: Option<usize>) -> Result<()> {
    print(if answer.refused { "Not in your documents.\n" } else { "\n" })?;
    for citation in &answer.citations {
        print_laid_out(&footnote(citation, width))?;
    }
    if let Some(opinion) = &answer.second_opinion {
        print(&second_opinion(opinion, &answer.citations))?;
    }
    if let Some(nothing) = &answer.nothing {
        print(&why_nothing(nothing))?;
    }
    say(&coverage(&answer.coverage));
    if answer.conversation == 0 {
        say("The library may only be read: this answer is not kept.");
    } else {
        say(&format!("Conversation {}; to go on: footnote ask --continue …", answer.conversation));
    }
    if answer.built_in && !answer.refused {
        say("Quoted from your documents; connect a model for written answers.");
    }
    Ok(())
}

fn footnote(citation: &Citation, width: Option<usize>) -> String {
    let link = citation.link().map(|link| link.to_string());
    let page = page(citation.page, citation.page_label.as_ref());
    let place = place(&citation.document, &page, link.as_deref());
    let quote = citation.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = indented(&harmless(&format!("“{quote}”")), 4, width);
    format!("{} {place}{}\n{quote}", style(format!("[{}]", citation.marker)).bold(), known(citation))
}

/// What a reader should know of a citation.
fn known(citation: &Citation) -> String {
    let Some(facts) = &citation.facts else { return String::new() };
    let mut all = wording::facts(facts);
    if citation.matched {
        all.push("matched by Footnote, the model cited nothing".to_owned());
    }
    if all.is_empty() {
        return String::new();
    }
    let said = harmless(&format!("({})", all.join("; "))).into_owned();
    format!(" {}", if facts.raise_alarm() { style(said).yellow() } else { style(said).dim() })
}

/// What the model thinks of each cited sentence, said to be the model's, by the last marker of the sentence.
fn second_opinion(opinion: &SecondOpinion, citations: &[Citation]) -> String {
    let mut said =
        format!("Second opinion, by {} ({}):", opinion.model, took(&opinion.usage, opinion.milliseconds));
    for found in &opinion.opinions {
        if let Some(citation) = citations.get(found.citation as usize) {
            let reason = if found.reason.is_empty() { String::new() } else { format!(": {}", found.reason) };
            said += &format!("\n[{}] {}{reason}", citation.marker, in_words(found.support));
        }
    }
    said
}

fn took(usage: &Usage, milliseconds: Option<f64>) -> String {
    let tokens = usage.prompt_tokens + usage.completion_tokens;
    let tokens = (tokens > 0).then(|| counted(tokens, "token"));
    let cost = usage.estimated_cost.map(|dollars| format!("${dollars:.6}"));
    let time = milliseconds.map(|milliseconds| format!("{:.1} s", milliseconds / 1000.0));
    [tokens, cost, time].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn in_words(support: Option<Support>) -> &'static str {
    match support {
        Some(Support::Supported) => "supported",
        Some(Support::Partly) => "partly supported",
        Some(Support::Unsupported) => "not supported",
        None => "not judged",
    }
}
