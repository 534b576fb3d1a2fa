//! The HTTP client of one endpoint, and why a connection failed.

use std::error::Error as StdError;
use std::io;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::{Attempt, Policy};
use secrecy::ExposeSecret;
use url::Url;

use crate::base_url::is_loopback;
use crate::{AuthScheme, Error, ErrorKind, Profile, ProfileFault, TimeoutPhase};

pub(crate) fn client(profile: &Profile, base: &Url) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("footnote/", env!("CARGO_PKG_VERSION")))
        .default_headers(headers(profile)?)
        .connect_timeout(profile.timeouts.connect)
        .redirect(Policy::custom(follow_within_the_endpoint));
    if let Some(proxy) = &profile.proxy {
        let proxy = reqwest::Proxy::all(proxy).map_err(|_| Error::profile(ProfileFault::Proxy))?;
        builder = builder.proxy(proxy);
    } else if is_loopback(base) {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|_| Error::profile(ProfileFault::Client))
}

fn headers(profile: &Profile) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    for (name, value) in &profile.extra_headers {
        headers.insert(header_name(name)?, secret_value(value, ProfileFault::Header)?);
    }
    if let Some(key) = &profile.key {
        // A pasted key often brings a newline along.
        let key = key.expose_secret().trim();
        let (name, value) = match &profile.auth {
            AuthScheme::Bearer => (reqwest::header::AUTHORIZATION, format!("Bearer {key}")),
            AuthScheme::Header(name) => (header_name(name)?, key.to_owned()),
        };
        headers.insert(name, secret_value(&value, ProfileFault::Key)?);
    }
    Ok(headers)
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    name.trim().parse().map_err(|_| Error::profile(ProfileFault::Header))
}

fn secret_value(value: &str, fault: ProfileFault) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(value).map_err(|_| Error::profile(fault))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Follows a redirect only to the same scheme, host and port and only where the request stays what it is: the
/// key and the text of a request go to no place that the person did not name.
fn follow_within_the_endpoint(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let keeps_request = matches!(attempt.status().as_u16(), 307 | 308);
    let stays = attempt.previous().last().is_some_and(|from| from.origin() == attempt.url().origin());
    if keeps_request && stays && attempt.previous().len() <= 3 { attempt.follow() } else { attempt.stop() }
}

/// What kept a request from getting a response.
pub(crate) fn kind_of(error: &reqwest::Error) -> ErrorKind {
    if error.is_timeout() {
        return ErrorKind::TimedOut(TimeoutPhase::Connect);
    }
    if error.is_dns() {
        return ErrorKind::HostNotFound;
    }
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(current) = cause {
        if current.is::<rustls::Error>() {
            return ErrorKind::TlsFailed;
        }
        let io = current.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused) {
            return ErrorKind::ConnectionRefused;
        }
        // The source of an I/O error leaves out the error that it wraps.
        let wrapped = io.and_then(io::Error::get_ref).map(|wrapped| wrapped as &(dyn StdError + 'static));
        cause = wrapped.or_else(|| current.source());
    }
    if error.is_connect() { ErrorKind::Unreachable } else { ErrorKind::BrokenOff }
}
