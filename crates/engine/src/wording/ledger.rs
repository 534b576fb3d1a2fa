//! What left this computer.

use endpoint::{Purpose, RequestOutcome};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::models::what_happened;
use super::places::counted;
use crate::api::{LedgerRequest, LedgerSum};

/// "Embedding of documents at api.example.com: 12 requests with 640 texts of 412000 characters, 98000 tokens, $0.0010".
#[must_use]
pub fn ledger_sum(sum: &LedgerSum) -> String {
    let amount = amount(sum.texts, sum.characters, sum.pictures);
    let tokens = Some(sum.prompt_tokens + sum.completion_tokens).filter(|tokens| *tokens > 0);
    let requests = counted(sum.requests, "request");
    format!("{} at {}: {requests}{amount}{}", purpose(sum.purpose), sum.host, price(tokens, sum.cost))
}

/// As [`ledger_sum`], of one request, with its time, the model and how it ended.
#[must_use]
pub fn ledger_request(request: &LedgerRequest) -> String {
    let model = request.model.as_ref().map(|model| format!(" by {model}")).unwrap_or_default();
    let amount = amount(request.texts, request.characters, request.pictures);
    let tokens = request.prompt_tokens.zip(request.completion_tokens).map(|(read, written)| read + written);
    let outcome = match request.outcome {
        None => "no end known",
        Some(RequestOutcome::Answered) => "answered",
        Some(RequestOutcome::Stopped) => "stopped",
        Some(RequestOutcome::Failed(kind)) => what_happened(kind),
    };
    let price = price(tokens, request.cost);
    let at = time(request.at);
    format!("{at} {}{model} at {}{amount}{price}: {outcome}", purpose(request.purpose), request.host)
}

/// Where this computer is.
fn time(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).map(|time| time.to_zoned(TimeZone::system()));
    time.map(|time| time.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

fn purpose(purpose: Option<Purpose>) -> &'static str {
    match purpose {
        Some(Purpose::EmbedDocuments) => "Embedding of documents",
        Some(Purpose::EmbedQuestions) => "Embedding of questions",
        Some(Purpose::Rerank) => "Order of passages",
        Some(Purpose::Answer) => "Answers",
        Some(Purpose::Judge) => "Second opinions",
        Some(Purpose::ReadPages) => "Reading of scanned pages",
        Some(Purpose::MakePictures) => "Pictures",
        Some(Purpose::TryEndpoint) => "Trial of an endpoint",
        Some(Purpose::ListModels) => "List of models",
        Some(Purpose::FindServers) => "Search for servers on this computer",
        Some(Purpose::FetchModel) => "Download of a model",
        None => "A purpose of another version",
    }
}

fn amount(texts: u64, characters: u64, pictures: u64) -> String {
    let texts =
        (texts > 0).then(|| format!("{} of {}", counted(texts, "text"), counted(characters, "character")));
    let pictures = (pictures > 0).then(|| counted(pictures, "picture"));
    let parts: Vec<String> = texts.into_iter().chain(pictures).collect();
    if parts.is_empty() { String::new() } else { format!(" with {}", parts.join(" and ")) }
}

fn price(tokens: Option<u64>, cost: Option<f64>) -> String {
    let tokens = tokens.map(|tokens| format!(", {}", counted(tokens, "token"))).unwrap_or_default();
    let cost = cost.map(|cost| format!(", ${cost:.4}")).unwrap_or_default();
    tokens + &cost
}
