use futures::executor::block_on;
use proptest::prelude::*;
use url::Url;

use super::*;
use crate::chat::ChatChunk;
use crate::ledger::Entry;
use crate::{Call, Operation};

const WELL_BEHAVED: &str = concat!(
    ": waiting\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße \"}}]}\n\n",
    "event: message\nid: 7\ndata: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"aus 東京\"}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n",
    "data: [DONE]\n\n",
);

/// The text of a stream, and the kind of the error that ended it.
fn read(pieces: Vec<Result<Bytes, Error>>) -> (String, Option<ErrorKind>) {
    let url = Url::parse("http://localhost/v1/chat/completions").expect("a valid URL");
    let call = Call::new(Operation::Chat, &url);
    let exchange = Exchange { call, key: None, status: 200, entry: Entry::default() };
    let chunks: Vec<Result<ChatChunk, Error>> = block_on(events(stream::iter(pieces), exchange).collect());
    let mut text = String::new();
    for chunk in chunks {
        match chunk {
            Ok(chunk) => text.extend(chunk.choices.into_iter().filter_map(|choice| choice.delta.content)),
            Err(error) => return (text, Some(error.kind())),
        }
    }
    (text, None)
}

fn read_whole(body: &str) -> (String, Option<ErrorKind>) {
    read(vec![Ok(Bytes::copy_from_slice(body.as_bytes()))])
}

fn split(body: &[u8], places: &[usize]) -> Vec<Result<Bytes, Error>> {
    let mut places: Vec<_> =
        places.iter().map(|place| place % (body.len() + 1)).chain([0, body.len()]).collect();
    places.sort_unstable();
    places.windows(2).map(|pair| Ok(Bytes::copy_from_slice(&body[pair[0]..pair[1]]))).collect()
}

proptest! {
    #[test]
    fn splits_change_nothing(places in prop::collection::vec(any::<usize>(), 0..40), line_end in "(\n|\r\n|\r)") {
        let body = WELL_BEHAVED.replace('\n', &line_end);
        prop_assert_eq!(read(split(body.as_bytes(), &places)), ("Grüße aus 東京".to_owned(), None));
    }

    #[test]
    fn any_bytes_end_in_an_error_or_the_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (_, error) = read(split(&bytes, &[bytes.len() / 2]));
        prop_assert!(error.is_some());
    }

    #[test]
    fn a_cut_stream_keeps_what_came_and_says_so(cut in 0..WELL_BEHAVED.len()) {
        let (text, error) = read(split(&WELL_BEHAVED.as_bytes()[..cut], &[]));
        prop_assert!("Grüße aus 東京".starts_with(&text));
        if error.is_none() {
            prop_assert_eq!(text, "Grüße aus 東京");
        } else if std::str::from_utf8(&WELL_BEHAVED.as_bytes()[..cut]).is_ok() {
            prop_assert_eq!(error, Some(ErrorKind::BrokenOff));
        }
    }
}

#[test]
fn takes_what_servers_send() {
    let finish = r#"{"choices":[{"delta":{"content":"b"},"finish_reason":"eos_token"}]}"#;
    let start = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":""}]}"#;
    for (what, body) in [
        ("no space", format!("data:{start}\n\ndata:{finish}\n\ndata:[DONE]\n\n")),
        (
            "a character in two halves",
            format!(
                "data: {}\n\ndata: {}\n\n",
                start.replace("\"a\"", r#""a \ud83d""#),
                finish.replace("\"b\"", r#""\udc4b""#)
            ),
        ),
        ("no [DONE]", format!("data: {start}\n\ndata: {finish}\n\n")),
        ("no last empty line", format!("data: {start}\n\ndata: {finish}\n")),
        ("no last line end", format!("data: {start}\n\ndata: {finish}")),
        ("byte order mark", format!("\u{feff}data: {start}\n\ndata: {finish}\n\n")),
        ("empty data", format!("data:\n\ndata: {start}\n\ndata: \n\ndata: {finish}\n\n")),
        (
            "nulls",
            format!(
                "data: {{\"choices\":null,\"usage\":null,\"error\":null}}\n\ndata: {start}\n\ndata: {finish}\n\n"
            ),
        ),
        ("[DONE] and no reason", format!("data: {start}\n\ndata: [DONE]\n\n")),
    ] {
        let (text, error) = read_whole(&body);
        assert_eq!(error, None, "{what}");
        assert!(text.starts_with('a'), "{what}: {text}");
    }
}

#[test]
fn tells_errors_apart() {
    let start = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    for (rest, kind) in [
        ("", ErrorKind::BrokenOff),
        ("data: {\"choices\":[{\"del", ErrorKind::BrokenOff),
        ("data: {\"error\":{\"message\":\"m\",\"code\":500}}\n\ndata: [DONE]\n\n", ErrorKind::ServerFailed),
        ("data: {\"error\":{\"message\":\"m\",\"code\":\"503\"}}\n\n", ErrorKind::Unavailable),
        ("data: {\"error\":\"overloaded\",\"choices\":[]}\n\n", ErrorKind::ServerFailed),
        (
            "event: error\ndata: {\"message\":\"m\",\"code\":429}\n\n",
            ErrorKind::RateLimited { retry_after: None },
        ),
        ("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n", ErrorKind::ServerFailed),
        ("data: nonsense\n\ndata: [DONE]\n\n", ErrorKind::Protocol(Violation::NotJson)),
    ] {
        assert_eq!(read_whole(&format!("{start}{rest}")), ("a".to_owned(), Some(kind)), "{rest}");
    }
}

#[test]
fn an_answer_that_is_whole_outlives_what_comes_after() {
    let url = Url::parse("http://localhost/").expect("a valid URL");
    let broken = Error::new(ErrorKind::BrokenOff, &Call::new(Operation::Chat, &url));
    let body = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";
    assert_eq!(read(vec![Ok(Bytes::from(body)), Err(broken.clone())]), ("a".to_owned(), None));
    let unfinished = body.replace("\"stop\"", "null");
    let pieces = vec![Ok(Bytes::from(unfinished)), Err(broken)];
    assert_eq!(read(pieces), ("a".to_owned(), Some(ErrorKind::BrokenOff)));
}
