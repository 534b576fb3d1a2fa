//! What a person types as an endpoint's address, made into the base of its calls.

use std::net::IpAddr;

use url::{Host, Url};

/// Adds what people leave out: the scheme (plain HTTP for this computer, HTTPS for any other) and the API
/// version (`/v1` unless the path names a version). Drops trailing slashes.
pub(crate) fn normalise(typed: &str) -> Option<Url> {
    let typed = typed.trim();
    let mut url = if typed.contains("://") { Url::parse(typed).ok()? } else { with_scheme(typed)? };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    let mut segments: Vec<_> =
        url.path().split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if !segments.iter().any(|segment| names_a_version(segment)) {
        segments.push("v1".to_owned());
    }
    url.set_path(&segments.join("/"));
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
