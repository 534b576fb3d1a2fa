//! The calls.

use std::sync::Arc;

use reqwest::header::CONTENT_TYPE;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;
use url::Url;

use crate::base_url::{join, normalise};
use crate::chat::{ChatRequest, ChatResponse, ChatStream};
use crate::embedding::{EmbeddingRequest, Embeddings};
use crate::response::{Context, Response};
use crate::retry::with_retries;
use crate::{Call, Error, Operation, Profile, ProfileFault, connection, event_stream};

/// An endpoint, ready to be called. Clones share connections and the limit of requests under way.
#[derive(Debug, Clone)]
pub struct Endpoint {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    profile: Profile,
    base: Url,
    client: reqwest::Client,
    slots: Arc<Semaphore>,
}

impl Endpoint {
    /// Sets up the client; calls nothing yet.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidProfile`] where address, key, headers or proxy cannot be used.
    pub fn new(profile: Profile) -> Result<Self, Error> {
        let base = normalise(&profile.base_url).ok_or_else(|| Error::profile(ProfileFault::BaseUrl))?;
        let client = connection::client(&profile, &base)?;
        let slots = Arc::new(Semaphore::new(profile.concurrency.max(1)));
        Ok(Self { shared: Arc::new(Shared { profile, base, client, slots }) })
    }

    /// What it was set up with.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.shared.profile
    }

    /// The answer to a conversation, whole.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn chat(&self, request: &ChatRequest) -> Result<ChatResponse, Error> {
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
        let response = self.post(Operation::Chat, &self.with_extras(request, true)).await?;
        event_stream::chunks(response).await
    }

    /// One vector for each text, in the order of the texts, all of the same length, every component finite.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn embeddings(&self, request: &EmbeddingRequest) -> Result<Embeddings, Error> {
        let body = to_object(request);
        with_retries(self.shared.profile.retry, Operation::Embeddings, || async {
            let response = self.begin(Operation::Embeddings, Some(&body)).await?;
            crate::embedding::read(response, request.input.len()).await
        })
        .await
    }

    async fn post(&self, operation: Operation, body: &Map<String, Value>) -> Result<Response, Error> {
        with_retries(self.shared.profile.retry, operation, || self.begin(operation, Some(body))).await
    }

    /// Waits for a free slot, sends the request, waits for the head of the response.
    async fn begin(
        &self,
        operation: Operation,
        body: Option<&Map<String, Value>>,
    ) -> Result<Response, Error> {
        let Shared { profile, base, client, slots } = &*self.shared;
        let url = join(base, profile.paths.of(operation));
        let call = Call::new(operation, &url);
        let slot = Arc::clone(slots).acquire_owned().await.expect("the semaphore is never closed");
        let mut request = client.request(operation.method(), url);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").json(body);
        }
        let key: Option<SecretString> = profile.key.clone();
        Response::begin(request, Context { call, timeouts: profile.timeouts, key, slot }).await
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
