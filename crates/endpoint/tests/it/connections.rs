//! What a call says when there is no connection, and what it never says.

use std::net::TcpListener;

use endpoint::{Endpoint, ErrorKind, Ledger, Profile, ProfileFault, Purpose, TimeoutPhase};
use testkit::loopback::{Fault, Options};

use crate::{KEY, ask, question, quick_profile, start};

async fn kind_at(base_url: &str) -> ErrorKind {
    let endpoint =
        Endpoint::new(quick_profile(base_url), Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    endpoint.chat(&question()).await.expect_err("no answer").kind()
}

#[tokio::test]
async fn a_connection_that_cannot_be_made_says_why() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    assert_eq!(kind_at(&format!("http://{address}")).await, ErrorKind::ConnectionRefused);
    assert_eq!(kind_at("http://no-such-host.invalid").await, ErrorKind::HostNotFound);
}

#[tokio::test]
async fn https_to_a_server_without_it_is_a_tls_failure() {
    let (server, _) = start(Options::default());
    assert_eq!(kind_at(&server.base_url().replace("http:", "https:")).await, ErrorKind::TlsFailed);
}

#[tokio::test]
async fn a_server_that_takes_the_connection_and_says_nothing_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    assert_eq!(kind_at(&format!("http://{address}")).await, ErrorKind::TimedOut(TimeoutPhase::FirstByte));
}

#[tokio::test]
async fn a_redirect_within_the_endpoint_is_followed_and_no_other() {
    let (server, endpoint) = start(Options::default());
    let place = format!("{}/chat/completions", server.base_url());
    server.inject(Fault::Redirect(place));
    assert_eq!(ask(&endpoint).await.1, None);
    let (other, _) = start(Options::default());
    server.inject(Fault::Redirect(format!("{}/chat/completions", other.base_url())));
    assert_eq!(ask(&endpoint).await.1.map(|error| error.kind()), Some(ErrorKind::Redirected));
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_never_shown() {
    let (server, _) = start(Options::default());
    let profile = quick_profile(&server.base_url()).with_key("sk-wrong-key");
    let shown_profile = format!("{profile:?}");
    let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    server.inject(Fault::status(401, "Incorrect key provided: sk-wrong-key"));
    let refused = endpoint.chat(&question()).await.expect_err("a wrong key");
    let echoed = endpoint.chat(&question()).await.expect_err("a wrong key");
    for error in [refused, echoed] {
        assert_eq!(error.kind(), ErrorKind::Unauthorized);
        let shown = format!("{error} {error:?} {:?} {endpoint:?} {shown_profile}", error.endpoint_message());
        assert!(!shown.contains("sk-wrong-key"), "{shown}");
    }
}

#[test]
fn a_profile_that_cannot_be_used_says_what_is_wrong() {
    let header = |name: &str, value: &str| Profile {
        extra_headers: [(name.to_owned(), value.to_owned())].into(),
        ..Profile::new("localhost")
    };
    for (profile, fault) in [
        (Profile::new(""), ProfileFault::BaseUrl),
        (Profile::new("localhost").with_key("sk\u{7}"), ProfileFault::Key),
        (header("not a name", "x"), ProfileFault::Header),
        (header("x-team", "a\nb"), ProfileFault::Header),
        (Profile { proxy: Some("::".to_owned()), ..Profile::new("localhost") }, ProfileFault::Proxy),
    ] {
        let error =
            Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect_err("an unusable profile");
        assert_eq!(error.kind(), ErrorKind::InvalidProfile(fault));
    }
    assert!(
        Endpoint::new(
            Profile::new("localhost").with_key(format!(" {KEY}\n")),
            Ledger::unkept(),
            Purpose::Answer
        )
        .is_ok()
    );
}

#[test]
fn a_profile_goes_to_the_settings_file_and_back_without_its_key() {
    let profile =
        Profile { chat_model: Some("m".to_owned()), ..Profile::new("localhost:8080") }.with_key(KEY);
    let written = serde_json::to_string(&profile).expect("a profile can be written");
    assert!(!written.contains(KEY), "{written}");
    assert!(written.contains(r#""connect":10.0"#), "{written}");
    let read: Profile = serde_json::from_str(&written).expect("what was written can be read");
    assert!(read.key.is_none());
    assert_eq!(serde_json::to_string(&read).expect("a profile can be written"), written);
    let short: Profile =
        serde_json::from_str(r#"{"base_url":"localhost"}"#).expect("all else has its default");
    assert_eq!(short.concurrency, 8);
}
