//! The calls.

use std::sync::Arc;

use futures::{StreamExt, TryStreamExt};
use reqwest::header::CONTENT_TYPE;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;
use url::Url;

use crate::base_url::{join, normalise};
use crate::chat::{ChatChunk, ChatRequest, ChatResponse, ChatStream, completion_request, in_deltas};
use crate::completion::{Completion, CompletionRequest, CompletionStream};
use crate::embedding::{EmbeddingRequest, Embeddings};
use crate::image::{Image, ImageRequest};
use crate::ledger::{Ledger, Purpose, Sent};
use crate::model_list::{ModelInfo, ModelList};
use crate::prompt_template::PromptTemplate;
use crate::rerank::{BareRequest, RerankRequest, Reranked};
use crate::response::{Context, LARGEST_ANSWER, Response};
use crate::retry::{Repeat, Waiting, with_retries};
use crate::{Call, Error, ErrorKind, Operation, Profile, ProfileFault, connection, event_stream};

/// An endpoint, ready to be called. Clones share connections and the limit of requests under way.
#[derive(Debug, Clone)]
pub struct Endpoint {
    shared: Arc<Shared>,
    purpose: Purpose,
}

#[derive(Debug)]
struct Shared {
    profile: Profile,
    base: Url,
    prompt_template: Option<PromptTemplate>,
    client: reqwest::Client,
    slots: Arc<Semaphore>,
    ledger: Ledger,
    waiting: Waiting,
}

impl Endpoint {
    /// Sets up the client; calls nothing yet. Each request is noted in `ledger`, with what it is for.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidProfile`] where address, key, headers or proxy cannot be used.
    pub fn new(profile: Profile, ledger: Ledger, purpose: Purpose) -> Result<Self, Error> {
        let base = normalise(&profile.base_url).ok_or_else(|| Error::profile(ProfileFault::BaseUrl))?;
        let client = connection::client(&profile, &base)?;
        let format = profile.prompt_format.as_ref();
        let prompt_template = format.map(|format| PromptTemplate::new(&format.template)).transpose()?;
        let slots = Arc::new(Semaphore::new(profile.concurrency.max(1)));
        let waiting = Waiting::default();
        let shared = Shared { profile, base, prompt_template, client, slots, ledger, waiting };
        Ok(Self { shared: Arc::new(shared), purpose })
    }

    /// The same for another purpose.
    #[must_use]
    pub fn serving(&self, purpose: Purpose) -> Self {
        Self { purpose, ..self.clone() }
    }

    /// What it was set up with.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.shared.profile
    }

    /// Why the last call that is being made again failed; none where no call is.
    #[must_use]
    pub fn waits_after(&self) -> Option<Error> {
        self.shared.waiting.get()
    }

    /// The answer to a conversation, whole.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn chat(&self, request: &ChatRequest) -> Result<ChatResponse, Error> {
        if let Some(request) = self.written_out(request)? {
            return Ok(self.complete(&request).await?.into());
        }
        self.post(Operation::Chat, &self.with_extras(request, false)).await?.json().await
    }

    /// The answer to a conversation, as it is written. Dropping the stream ends the request.
    ///
    /// The stream ends after the answer's last piece; an error is its last item, and what came before it stays
    /// valid. A connection that ends before the answer does is [`crate::ErrorKind::BrokenOff`].
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn chat_stream(&self, request: &ChatRequest) -> Result<ChatStream, Error> {
        if let Some(request) = self.written_out(request)? {
            return Ok(self.complete_stream(&request).await?.map_ok(ChatChunk::from).boxed());
        }
        let response = self.post(Operation::Chat, &self.with_extras(request, true)).await?;
        Ok(in_deltas(event_stream::chunks(response).await?))
    }

    /// A prompt, written on.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn complete(&self, request: &CompletionRequest) -> Result<Completion, Error> {
        self.post(Operation::Completion, &self.with_extras(request, false)).await?.json().await
    }

    /// A prompt, written on, as it is written; see [`Endpoint::chat_stream`].
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn complete_stream(&self, request: &CompletionRequest) -> Result<CompletionStream, Error> {
        let response = self.post(Operation::Completion, &self.with_extras(request, true)).await?;
        event_stream::chunks(response).await
    }

    /// One vector for each text, in the order of the texts, all of the same length, every component finite.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`]; where the endpoint gives no vector that can be used.
    pub async fn embeddings(&self, request: &EmbeddingRequest) -> Result<Embeddings, Error> {
        self.embed(request, Operation::Embeddings.into()).await
    }

    /// As [`Endpoint::embeddings`], but a failure inside the endpoint is not waited out: one of the texts may have
    /// caused it, which a caller finds by dividing them.
    ///
    /// # Errors
    /// As [`Endpoint::embeddings`].
    pub async fn try_embeddings(&self, request: &EmbeddingRequest) -> Result<Embeddings, Error> {
        self.embed(request, Repeat::Unworked).await
    }

    async fn embed(&self, request: &EmbeddingRequest, repeat: Repeat) -> Result<Embeddings, Error> {
        let mut body = to_object(request);
        // The only encoding that every server knows.
        body.insert("encoding_format".to_owned(), Value::from("float"));
        self.with_retries(repeat, || async {
            let response = self.begin(Operation::Embeddings, Some(&body)).await?;
            crate::embedding::read(response, request.input.len()).await
        })
        .await
    }

    /// How well each text answers a question, the best first. A server may leave the worst out.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn rerank(&self, request: &RerankRequest) -> Result<Reranked, Error> {
        let response = match self.post(Operation::Rerank, &to_object(request)).await {
            Err(error) if error.kind() == ErrorKind::InvalidRequest => {
                self.post(Operation::Rerank, &to_object(&BareRequest::from(request))).await?
            }
            result => result?,
        };
        crate::rerank::read(response, request.documents.len()).await
    }

    /// Pictures for a prompt, at least one.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn images(&self, request: &ImageRequest) -> Result<Vec<Image>, Error> {
        let mut body = to_object(request);
        // The picture itself, not an address: no other host is ever asked.
        body.insert("response_format".to_owned(), Value::from("b64_json"));
        let response = match self.post(Operation::Images, &body).await {
            // Models that always send the picture itself refuse to be asked for it.
            Err(error) if error.parameter() == Some("response_format") => {
                self.post(Operation::Images, &to_object(request)).await?
            }
            result => result?,
        };
        crate::image::read(response).await
    }

    /// The models on offer. Not every endpoint has such a list.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn models(&self) -> Result<Vec<ModelInfo>, Error> {
        let list: ModelList = self
            .with_retries(Operation::Models.into(), || async {
                self.begin(Operation::Models, None).await?.json().await
            })
            .await?;
        Ok(list.into())
    }

    /// The conversation as a prompt, where the profile says how to write it out.
    fn written_out(&self, request: &ChatRequest) -> Result<Option<CompletionRequest>, Error> {
        let Shared {
            profile: Profile { prompt_format: Some(format), .. },
            prompt_template: Some(template),
            ..
        } = &*self.shared
        else {
            return Ok(None);
        };
        Ok(Some(completion_request(request, template.render(&request.messages)?, &format.stop)))
    }

    async fn post(&self, operation: Operation, body: &Map<String, Value>) -> Result<Response, Error> {
        self.with_retries(operation.into(), || self.begin(operation, Some(body))).await
    }

    async fn with_retries<T, F, Fut>(&self, repeat: Repeat, call: F) -> Result<T, Error>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<T, Error>>,
    {
        with_retries(self.shared.profile.retry, repeat, &self.shared.waiting, call).await
    }

    /// Waits for a free slot, sends the request, waits for the head of the response.
    async fn begin(
        &self,
        operation: Operation,
        body: Option<&Map<String, Value>>,
    ) -> Result<Response, Error> {
        let Shared { profile, base, client, slots, ledger, .. } = &*self.shared;
        let url = join(base, profile.paths.of(operation));
        let (call, sent) = (Call::new(operation, &url), Sent::new(&url, self.purpose, body));
        let slot = Arc::clone(slots).acquire_owned().await.expect("the semaphore is never closed");
        let mut request = client.request(operation.method(), url);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").json(body);
        }
        let key: Option<SecretString> = profile.key.clone();
        Response::begin(
            request,
            Context {
                call,
                sent,
                ledger: ledger.clone(),
                timeouts: profile.timeouts,
                key,
                most: LARGEST_ANSWER,
                slot: Some(slot),
            },
        )
        .await
    }

    /// The request's own fields, `stream`, and the profile's extra parameters where the request sets none.
    fn with_extras(&self, request: &impl Serialize, stream: bool) -> Map<String, Value> {
        let mut body = to_object(request);
        if stream {
            body.insert("stream".to_owned(), Value::Bool(true));
        } else {
            // Servers refuse options for a stream that was not asked for.
            body.remove("stream_options");
        }
        for (name, value) in &self.shared.profile.extra_parameters {
            body.entry(name.clone()).or_insert_with(|| value.clone());
        }
        body
    }
}

fn to_object(request: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(request) {
        Ok(Value::Object(fields)) => fields,
        // Requests are structs of plain fields; none of them can fail to become an object.
        _ => Map::new(),
    }
}
