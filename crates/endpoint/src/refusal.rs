//! What an endpoint means by an error body, in whatever shape it comes.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

use crate::{Call, Error, ErrorKind, Operation, TimeoutPhase};

/// The most characters of an endpoint's own words that are kept.
const LONGEST_MESSAGE: usize = 300;

/// An error as the endpoint put it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    message: Option<String>,
    /// `code` and `type`, in lower case: servers use either.
    labels: Vec<String>,
    parameter: Option<String>,
    /// A `code` that is an HTTP status.
    status: Option<u16>,
}

impl Refusal {
    /// Reads the body of a failed response.
    pub(crate) fn from_body(body: &[u8]) -> Self {
        if let Ok(value) = serde_json::from_slice(body) {
            return Self::from_json(&value);
        }
        let text = String::from_utf8_lossy(body);
        let text = text.trim();
        // A web page's source helps nobody.
        let message = (!text.is_empty() && !text.starts_with('<')).then(|| text.to_owned());
        Self { message, ..Self::default() }
    }

    /// The error inside a response that claims success; none if there is none.
    pub(crate) fn inside(value: &Value) -> Option<Self> {
        let has = |name: &str| value.get(name).is_some();
        let is_error = value.get("error").is_some_and(says_something)
            || value.get("object").is_some_and(|object| object == "error")
            || ["detail", "message"].iter().any(|name| value.get(name).is_some_and(Value::is_string))
                && !["choices", "data", "results"].into_iter().any(has);
        is_error.then(|| Self::from_json(value))
    }

    fn from_json(value: &Value) -> Self {
        match value {
            Value::Array(items) => items.first().map(Self::from_json).unwrap_or_default(),
            Value::Object(fields) => match fields
                .get("error")
                .filter(|error| says_something(error))
                .or_else(|| fields.get("detail"))
            {
                Some(inner @ (Value::Object(_) | Value::Array(_))) => Self::from_json(inner),
                Some(Value::String(message)) => {
                    Self { message: Some(message.clone()), ..Self::from_fields(value) }
                }
                _ => Self::from_fields(value),
            },
            Value::String(message) => Self { message: Some(message.clone()), ..Self::default() },
            _ => Self::default(),
        }
    }

    fn from_fields(fields: &Value) -> Self {
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let code = fields.get("code");
        let number = code.and_then(|code| code.as_u64().or_else(|| code.as_str()?.parse().ok()));
        Self {
            message: text("message").or_else(|| text("msg")).map(str::to_owned),
            labels: ["code", "type", "error_type"]
                .iter()
                .filter_map(|name| text(name))
                .map(str::to_lowercase)
                .collect(),
            parameter: text("param").map(str::to_owned),
            status: number
                .and_then(|number| u16::try_from(number).ok())
                .filter(|code| (400..600).contains(code)),
        }
    }

    /// The status that the body itself names, for errors inside a success.
    pub(crate) fn status(&self) -> Option<u16> {
        self.status
    }

    pub(crate) fn into_error(
        self,
        status: u16,
        headers: &HeaderMap,
        call: &Call,
        key: Option<&str>,
    ) -> Error {
        let kind = self.kind(status, headers, call.operation);
        let message = self.message.map(|message| presentable(&message, key));
        Error::new(kind, call)
            .with_status(status)
            .with_endpoint_message(message)
            .with_parameter(self.parameter)
    }

    fn kind(&self, status: u16, headers: &HeaderMap, operation: Operation) -> ErrorKind {
        self.kind_by_label(operation)
            .or_else(|| self.kind_by_words(status, operation))
            .unwrap_or_else(|| kind_by_status(status, headers, operation))
    }

    fn kind_by_label(&self, operation: Operation) -> Option<ErrorKind> {
        self.labels.iter().find_map(|label| {
            Some(match label.as_str() {
                "context_length_exceeded" | "exceed_context_size_error" => too_long(operation),
                "insufficient_quota"
                | "quota_exceeded"
                | "billing_hard_limit_reached"
                | "billing_not_active" => ErrorKind::QuotaExceeded,
                "invalid_api_key" | "authentication_error" => ErrorKind::Unauthorized,
                "model_not_found" => ErrorKind::UnknownModel,
                "array_above_max_length" => ErrorKind::TooManyInputs,
                _ => return None,
            })
        })
    }

    /// Many servers tell these cases apart in words only, some of them under a status of 500: the phrases are
    /// those of vLLM, llama.cpp, llama-cpp-python, text-embeddings-inference, LiteLLM, transformers and DashScope.
    fn kind_by_words(&self, status: u16, operation: Operation) -> Option<ErrorKind> {
        let message = self.message.as_deref()?.to_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| message.contains(phrase));
        if !matches!(status, 400 | 404 | 413 | 422 | 500) {
            None
        } else if says(&["batch size", "too many inputs", "number of inputs", "array too long"]) {
            // llama.cpp's "increase the physical batch size" is about tokens.
            Some(if says(&["too large to process"]) { too_long(operation) } else { ErrorKind::TooManyInputs })
        } else if says(&[
            "context length",
            "context size",
            "context window",
            "contextwindow",
            "too large to process",
            "must have less than",
            "too many tokens",
            "maximum sequence length",
            "input is too long",
        ]) {
            Some(too_long(operation))
        } else if status < 500 && self.names_a_model(&message) {
            Some(ErrorKind::UnknownModel)
        } else {
            None
        }
    }

    fn names_a_model(&self, message: &str) -> bool {
        let unknown =
            ["does not exist", "not found", "not exist", "invalid model name", "pinned to", "unknown model"];
        let about_model = self.parameter.as_deref() == Some("model")
            || message.contains("model")
            || message.contains("pinned to");
        about_model && unknown.iter().any(|phrase| message.contains(phrase))
    }
}

/// Whether there is anything in it: servers were seen to send `null`, `""` and `{}` for no error.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

fn kind_by_status(status: u16, headers: &HeaderMap, operation: Operation) -> ErrorKind {
    match status {
        300..400 => ErrorKind::Redirected,
        401 => ErrorKind::Unauthorized,
        402 => ErrorKind::PaymentRequired,
        403 => ErrorKind::Forbidden,
        404 | 405 | 410 => ErrorKind::NotFound,
        408 | 504 | 524 => ErrorKind::TimedOut(TimeoutPhase::Endpoint),
        413 => too_long(operation),
        429 => ErrorKind::RateLimited { retry_after: retry_after(headers, SystemTime::now()) },
        400..500 => ErrorKind::InvalidRequest,
        // 529 is "overloaded" with some gateways.
        502 | 503 | 529 => ErrorKind::Unavailable,
        _ => ErrorKind::ServerFailed,
    }
}

fn too_long(operation: Operation) -> ErrorKind {
    match operation {
        Operation::Embeddings | Operation::Rerank => ErrorKind::InputTooLong,
        Operation::Chat | Operation::Completion | Operation::Images | Operation::Models => {
            ErrorKind::ContextTooLong
        }
    }
}

/// `Retry-After` in seconds or as a date, or `retry-after-ms`.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(milliseconds) = text("retry-after-ms").and_then(|text| text.parse().ok()) {
        return Some(Duration::from_millis(milliseconds));
    }
    let value = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.parse() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// One line, not too long, without the key.
pub(crate) fn presentable(message: &str, key: Option<&str>) -> String {
    let message = match key {
        Some(key) if !key.is_empty() => message.replace(key, "[key]"),
        _ => message.to_owned(),
    };
    let one_line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

#[cfg(test)]
mod tests;
