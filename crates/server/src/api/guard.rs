//! Who may call.

use std::fmt;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::error::ApiFault;

/// What a program shows that the person lets it call.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The person's own; none where it is empty.
    #[must_use]
    pub fn of(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    /// One that nobody can guess: 122 random bits.
    #[must_use]
    pub fn random() -> Self {
        Self(format!("footnote-{}", Uuid::new_v4().simple()))
    }

    /// To be shown to the person.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn is_shown_by(&self, request: &Request) -> bool {
        let header = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
        let shown = header.and_then(|header| header.strip_prefix(b"Bearer "));
        shown.is_some_and(|shown| shown.ct_eq(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Lets a call through that comes from a program of this computer which has the token. A web page is told by its origin,
/// and one whose name was made to point here by the host it believes to call.
pub(super) async fn admit(State(token): State<Arc<Token>>, request: Request, next: Next) -> Response {
    if request.headers().contains_key(ORIGIN) || !is_for_this_computer(&request) {
        return ApiFault::web_page().into_response();
    }
    if !token.is_shown_by(&request) {
        return ApiFault::token().into_response();
    }
    next.run(request).await
}

fn is_for_this_computer(request: &Request) -> bool {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => host,
        };
        ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
    })
}
