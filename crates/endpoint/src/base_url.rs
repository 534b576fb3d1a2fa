//! What a person types as an endpoint's address, made into the base of its calls.

use std::net::IpAddr;

use url::{Host, Url};

use crate::Paths;

/// Adds what people leave out: the scheme (plain HTTP for this computer, HTTPS for any other) and the API
/// version (`/v1` unless the path names a version). Drops trailing slashes, and the path of a call where the address
/// of one was pasted: then what stands before it is the base as it is.
pub(crate) fn normalise(typed: &str) -> Option<Url> {
    let typed = typed.trim();
    let mut url = if typed.contains("://") { Url::parse(typed).ok()? } else { with_scheme(typed)? };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    let segments: Vec<_> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let path = segments.join("/");
    let path = match before_a_call(&path) {
        Some(base) => base.to_owned(),
        None if segments.iter().any(|segment| names_a_version(segment)) => path,
        None => path + "/v1",
    };
    url.set_path(&path);
    url.set_fragment(None);
    Some(url)
}

/// The URL of one call. A `path` that starts with a slash counts from the host, any other from the base.
pub(crate) fn join(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    if path.starts_with('/') {
        url.set_path(path);
    } else {
        url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    }
    url
}

/// Whether a URL's host is this computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

fn with_scheme(typed: &str) -> Option<Url> {
    let plain = Url::parse(&format!("http://{typed}")).ok()?;
    if is_loopback(&plain) { Some(plain) } else { Url::parse(&format!("https://{typed}")).ok() }
}

/// What stands before the path of a call; none where the path does not end in that of one.
fn before_a_call(path: &str) -> Option<&str> {
    let Paths { chat, completions, embeddings, rerank, images, models } = Paths::default();
    let calls = [chat, completions, embeddings, rerank, images, models];
    let bases = calls.iter().filter_map(|call| path.strip_suffix(call.as_str()));
    // Of two calls that end alike the longer one.
    let base = bases.filter(|base| base.is_empty() || base.ends_with('/')).min_by_key(|base| base.len())?;
    Some(base.trim_end_matches('/'))
}

/// `v1`, `v4`, `v1beta`: a path that names its version already is used as it is.
fn names_a_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_what_people_leave_out() {
        for (typed, base) in [
            ("https://api.deepinfra.com/v1/openai", "https://api.deepinfra.com/v1/openai"),
            ("https://api.deepinfra.com/v1/openai/", "https://api.deepinfra.com/v1/openai"),
            ("https://api.openai.com", "https://api.openai.com/v1"),
            ("https://openrouter.ai/api/", "https://openrouter.ai/api/v1"),
            ("http://127.0.0.1:8080//v1//", "http://127.0.0.1:8080/v1"),
            ("localhost:11434", "http://localhost:11434/v1"),
            ("  api.example.org/v1beta/openai ", "https://api.example.org/v1beta/openai"),
            ("http://[::1]:9000", "http://[::1]:9000/v1"),
            ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
            ("localhost:8000/v1/chat/completions/", "http://localhost:8000/v1"),
            ("https://api.example.org/v1//embeddings//", "https://api.example.org/v1"),
            ("https://api.example.org/v1/models", "https://api.example.org/v1"),
            ("https://api.example.org/chat/completions", "https://api.example.org/"),
            (
                "https://x.example.org/openai/deployments/gpt/chat/completions?api-version=2",
                "https://x.example.org/openai/deployments/gpt?api-version=2",
            ),
        ] {
            assert_eq!(normalise(typed).map(String::from).as_deref(), Some(base), "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        for typed in ["", "   ", "ftp://example.org", "https://", "file:///etc/hosts", "http://a b"] {
            assert_eq!(normalise(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn joins_a_path_to_the_base_or_to_the_host() {
        let base = normalise("https://gateway.example.org/v1?tenant=7").expect("a valid address");
        assert_eq!(join(&base, "embeddings").as_str(), "https://gateway.example.org/v1/embeddings?tenant=7");
        let from_host = join(&base, "/v4/beta/chat/completions");
        assert_eq!(from_host.as_str(), "https://gateway.example.org/v4/beta/chat/completions?tenant=7");
    }
}
