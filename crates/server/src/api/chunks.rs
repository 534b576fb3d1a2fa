//! An answer in the form of OpenAI's chat completions, whole or in chunks.

use std::time::{SystemTime, UNIX_EPOCH};

use engine::api::{Answer, AnswerEvent, AnswerState};
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::ApiFault;
use super::extension::of_answer;
use super::messages::end;
use super::models::MODEL;

/// Said where a model has closed a thinking block that it never opened, after its thinking was streamed as text.
const WAS_THINKING: &str = "\n\n(So far the model was thinking. Its answer:)\n\n";

/// One completion.
pub(super) struct Completion {
    id: String,
    created: u64,
    /// Whether the last chunk tells the usage.
    with_usage: bool,
    has_begun: bool,
}

impl Completion {
    pub(super) fn new(with_usage: bool) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let id = format!("chatcmpl-{}", Uuid::new_v4().simple());
        Self { id, created: now.as_secs(), with_usage, has_begun: false }
    }

    /// All of it at once.
    pub(super) fn whole(&self, answer: &Answer) -> Value {
        let content = answer.answer.clone() + &end(answer);
        json!({
            "id": self.id, "object": "chat.completion", "created": self.created, "model": MODEL,
            "choices": [{
                "index": 0, "finish_reason": finish_reason(answer), "logprobs": null,
                "message": { "role": "assistant", "content": content, "refusal": null }
            }],
            "usage": usage(answer),
            "footnote": of_answer(answer),
        })
    }

    /// What is sent for an event; nothing for those that OpenAI's clients have no place for.
    pub(super) fn chunks(&mut self, event: &AnswerEvent) -> Vec<Value> {
        let mut chunks = Vec::new();
        if !self.has_begun {
            self.has_begun = true;
            chunks.push(self.delta(&json!({ "role": "assistant", "content": "" })));
        }
        match event {
            AnswerEvent::Token { text } => chunks.push(self.delta(&json!({ "content": text }))),
            AnswerEvent::Reasoning { text } => chunks.push(self.delta(&json!({ "reasoning_content": text }))),
            AnswerEvent::TextWasReasoning => chunks.push(self.delta(&json!({ "content": WAS_THINKING }))),
            AnswerEvent::Done { answer } => chunks.extend(self.last(answer)),
            AnswerEvent::Error { error } => chunks.push(ApiFault::from(error.clone()).body()),
            _ => {}
        }
        chunks
    }

    fn last(&self, answer: &Answer) -> Vec<Value> {
        if let Some(error) = &answer.error {
            return vec![ApiFault::from(error.clone()).body()];
        }
        let mut chunks = Vec::new();
        let end = end(answer);
        if !end.is_empty() {
            chunks.push(self.delta(&json!({ "content": end })));
        }
        let mut finish = self.chunk(&json!([
            { "index": 0, "delta": {}, "finish_reason": finish_reason(answer) }
        ]));
        finish["footnote"] = of_answer(answer);
        chunks.push(finish);
        if self.with_usage {
            let mut with_usage = self.chunk(&json!([]));
            with_usage["usage"] = usage(answer);
            chunks.push(with_usage);
        }
        chunks
    }

    fn delta(&self, delta: &Value) -> Value {
        self.chunk(&json!([{ "index": 0, "delta": delta, "finish_reason": null }]))
    }

    fn chunk(&self, choices: &Value) -> Value {
        json!({
            "id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL,
            "choices": choices
        })
    }
}

fn finish_reason(answer: &Answer) -> &'static str {
    if answer.state == AnswerState::Cut { "length" } else { "stop" }
}

fn usage(answer: &Answer) -> Value {
    let (read, written) = (answer.usage.prompt_tokens, answer.usage.completion_tokens);
    json!({ "prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written })
}
