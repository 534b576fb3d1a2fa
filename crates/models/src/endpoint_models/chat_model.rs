//! An endpoint's chat model.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use endpoint::{
    ChatChunk, ChatMessage, ChatRequest, Content, ContentPart, Endpoint, ErrorKind, ImageUrl, ReplyMessage,
    StreamOptions,
};
use futures::stream::{self, StreamExt};

use super::thinking::ThinkingSplitter;
use crate::{
    ChatEvent, ChatModel, ChatPrompt, ChatStream, FinishReason, Instead, Message, ModelError, Picture, Role,
    Usage,
};

/// An endpoint's chat model.
///
/// It learns which of its parameters the endpoint refuses and does without them.
#[derive(Debug)]
pub struct EndpointChatModel {
    endpoint: Endpoint,
    model: String,
    context_tokens: usize,
    refused: Refused,
}

/// Parameters that the endpoint does not take.
#[derive(Debug, Default)]
struct Refused {
    stream_options: AtomicBool,
    /// It wants `max_completion_tokens` in its place.
    max_tokens: AtomicBool,
    temperature: AtomicBool,
}

impl EndpointChatModel {
    /// `model` as the endpoint names it; `context_tokens` for prompt and answer together.
    #[must_use]
    pub fn new(endpoint: Endpoint, model: impl Into<String>, context_tokens: usize) -> Self {
        Self { endpoint, model: model.into(), context_tokens, refused: Refused::default() }
    }

    fn request(&self, prompt: &ChatPrompt) -> ChatRequest {
        let refused = |parameter: &AtomicBool| parameter.load(Ordering::Relaxed);
        let newer_name = refused(&self.refused.max_tokens);
        ChatRequest {
            model: self.model.clone(),
            messages: messages(prompt),
            max_tokens: prompt.max_tokens.filter(|_| !newer_name),
            max_completion_tokens: prompt.max_tokens.filter(|_| newer_name),
            temperature: prompt.temperature.filter(|_| !refused(&self.refused.temperature)),
            stream_options: (!refused(&self.refused.stream_options))
                .then_some(StreamOptions { include_usage: true }),
            ..ChatRequest::default()
        }
    }

    /// Whether a request without what the endpoint just refused is worth a try.
    fn learn(&self, error: &endpoint::Error, request: &ChatRequest) -> bool {
        if error.kind() != ErrorKind::InvalidRequest {
            return false;
        }
        let refused = match error.parameter() {
            Some("max_tokens") if request.max_tokens.is_some() => &self.refused.max_tokens,
            Some("temperature") if request.temperature.is_some() => &self.refused.temperature,
            // Servers that refuse unknown fields seldom say which one it was; this is the least common.
            Some("stream_options") | None if request.stream_options.is_some() => &self.refused.stream_options,
            _ => return false,
        };
        refused.store(true, Ordering::Relaxed);
        true
    }
}

#[async_trait]
impl ChatModel for EndpointChatModel {
    fn name(&self) -> &str {
        &self.model
    }

    fn context_tokens(&self) -> usize {
        self.context_tokens
    }

    async fn stream(&self, prompt: ChatPrompt) -> Result<ChatStream, ModelError> {
        loop {
            let request = self.request(&prompt);
            match self.endpoint.chat_stream(&request).await {
                Ok(chunks) => return Ok(Answer::new(self.model.clone(), chunks, &prompt).into_stream()),
                Err(error) if self.learn(&error, &request) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn messages(prompt: &ChatPrompt) -> Vec<ChatMessage> {
    let mut messages: Vec<ChatMessage> = prompt.messages.iter().map(message).collect();
    if let (Some(picture), Some(ChatMessage::User { content, .. })) = (&prompt.picture, messages.last_mut()) {
        show(picture, content);
    }
    messages
}

/// Parts only where they are needed: some servers take plain text alone.
fn show(picture: &Picture, content: &mut Content) {
    let Content::Text(text) = content else { return };
    let url = format!("data:{};base64,{}", picture.media_type, STANDARD.encode(&picture.bytes));
    *content = Content::Parts(vec![
        ContentPart::Text { text: std::mem::take(text) },
        ContentPart::ImageUrl { image_url: ImageUrl { url, detail: None } },
    ]);
}

fn message(message: &Message) -> ChatMessage {
    match message.role {
        Role::System => ChatMessage::system(&message.text),
        Role::User => ChatMessage::user(&message.text),
        Role::Assistant => ChatMessage::assistant(&message.text),
    }
}

/// An answer under way.
struct Answer {
    model: String,
    chunks: endpoint::ChatStream,
    thinking: ThinkingSplitter,
    /// Events that a chunk gave and nobody took yet.
    ready: VecDeque<Result<ChatEvent, ModelError>>,
    /// Which of the endpoint's answers is read: the first one that it sends.
    index: Option<u32>,
    reason: Option<endpoint::FinishReason>,
    usage: Option<endpoint::Usage>,
    refusal: String,
    called_a_tool: bool,
    /// Whether there is any text besides thinking.
    wrote: bool,
    thought: bool,
    characters_read: usize,
    characters_written: usize,
    finished: bool,
}

impl Answer {
    fn new(model: String, chunks: endpoint::ChatStream, prompt: &ChatPrompt) -> Self {
        Self {
            model,
            chunks,
            thinking: ThinkingSplitter::default(),
            ready: VecDeque::new(),
            index: None,
            reason: None,
            usage: None,
            refusal: String::new(),
            called_a_tool: false,
            wrote: false,
            thought: false,
            characters_read: prompt.messages.iter().map(|message| message.text.chars().count()).sum(),
            characters_written: 0,
            finished: false,
        }
    }

    fn into_stream(self) -> ChatStream {
        stream::try_unfold(
            self,
            |mut answer| async move { Ok(answer.next().await?.map(|event| (event, answer))) },
        )
        .boxed()
    }

    async fn next(&mut self) -> Result<Option<ChatEvent>, ModelError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return event.map(Some);
            }
            if self.finished {
                return Ok(None);
            }
            match self.chunks.next().await {
                Some(chunk) => self.take(chunk?),
                None => self.finish(),
            }
        }
    }

    fn take(&mut self, chunk: ChatChunk) {
        self.usage = chunk.usage.or(self.usage);
        let index = self.index.or_else(|| chunk.choices.first().map(|choice| choice.index));
        self.index = index;
        let Some(choice) = chunk.choices.into_iter().find(|choice| Some(choice.index) == index) else {
            return;
        };
        let ReplyMessage { content, reasoning, refusal, tool_calls } = choice.delta;
        if let Some(reasoning) = reasoning {
            self.thinking.endpoint_tells_apart();
            self.characters_written += reasoning.chars().count();
            self.add(vec![ChatEvent::Reasoning(reasoning)]);
        }
        if let Some(text) = content {
            self.characters_written += text.chars().count();
            let events = self.thinking.push(&text);
            self.add(events);
        }
        self.refusal += refusal.as_deref().unwrap_or_default();
        self.called_a_tool |= !tool_calls.is_empty();
        self.reason = choice.finish_reason.or(self.reason.take());
    }

    fn add(&mut self, events: Vec<ChatEvent>) {
        for event in &events {
            match event {
                ChatEvent::Text(text) => self.wrote |= !text.trim().is_empty(),
                ChatEvent::Reasoning(_) => self.thought = true,
                ChatEvent::TextWasReasoning => (self.wrote, self.thought) = (false, true),
                ChatEvent::Finished { .. } => {}
            }
        }
        self.ready.extend(events.into_iter().map(Ok));
    }

    fn finish(&mut self) {
        self.finished = true;
        let rest = self.thinking.finish();
        self.add(rest);
        self.ready.push_back(self.ending());
    }

    fn ending(&self) -> Result<ChatEvent, ModelError> {
        let model = self.model.clone();
        if !self.refusal.trim().is_empty() {
            return Err(ModelError::Declined { model, words: self.refusal.trim().to_owned() });
        }
        if self.reason == Some(endpoint::FinishReason::Filter) {
            return Err(ModelError::Filtered { model });
        }
        if !self.wrote {
            return Err(ModelError::NoAnswer { model, instead: self.instead() });
        }
        let usage = self.usage.map_or_else(|| self.estimated_usage(), counted_usage);
        Ok(ChatEvent::Finished {
            reason: self.reason.clone().map_or(FinishReason::Stop, finish_reason),
            usage,
        })
    }

    /// What came in the place of an answer.
    fn instead(&self) -> Instead {
        match self.reason {
            Some(endpoint::FinishReason::ToolCalls) => Instead::ToolCall,
            _ if self.called_a_tool => Instead::ToolCall,
            Some(endpoint::FinishReason::Length) => Instead::AllTokens,
            _ if self.thought && !self.thinking.came_to_an_end() => Instead::Thinking,
            _ => Instead::Nothing,
        }
    }

    /// Four characters a token, as most tokenizers take for English.
    fn estimated_usage(&self) -> Usage {
        Usage {
            prompt_tokens: self.characters_read.div_ceil(4) as u64,
            completion_tokens: self.characters_written.div_ceil(4) as u64,
            estimated_cost: None,
            estimated: true,
        }
    }
}

fn counted_usage(usage: endpoint::Usage) -> Usage {
    Usage {
        prompt_tokens: usage.prompt_tokens,
        completion_tokens: usage.completion_tokens,
        estimated_cost: usage.estimated_cost,
        estimated: false,
    }
}

fn finish_reason(reason: endpoint::FinishReason) -> FinishReason {
    match reason {
        endpoint::FinishReason::Stop => FinishReason::Stop,
        endpoint::FinishReason::Length => FinishReason::Length,
        other => FinishReason::Other(other.into()),
    }
}
