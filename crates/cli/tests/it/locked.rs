//! Files that are locked with a password.

use std::io::Write as _;
use std::process::{Output, Stdio};

use testkit::documents::{Stands, encrypted_pdf};

use crate::footnote::{Footnote, error_of};

fn unlock(footnote: &Footnote, file: &str, password: &str) -> Output {
    let mut command = footnote.command(&["unlock", file]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_locked_file_is_read_with_its_password_which_is_kept_nowhere() {
    let footnote = Footnote::new();
    let locked =
        encrypted_pdf(&[Stands::Lines(&["The tide gauge stands at the north quay."])], "harbour-4711");
    let path = footnote.write("locked.pdf", locked);
    let file = path.to_str().unwrap();
    footnote.add(&footnote.documents());
    assert_eq!(footnote.status()["failures"][0]["missing"], "password");

    let refused = unlock(&footnote, file, "guess");
    assert_eq!(refused.status.code(), Some(1));
    assert!(error_of(&refused).contains("does not open with this password"), "{}", error_of(&refused));
    assert_eq!(footnote.status()["documents"], 0);

    let opened = unlock(&footnote, file, "harbour-4711");
    assert!(opened.status.success(), "{}", error_of(&opened));
    let status = footnote.status();
    assert_eq!((&status["documents"], status["failures"].as_array().unwrap().len()), (&1.into(), 0));
    footnote.json(&["sync", "--json"]);
    let answer = footnote.ask("Where does the tide gauge stand?");
    assert_eq!(answer["coverage"]["searched"], 1, "{answer}");

    for entry in std::fs::read_dir(footnote.library()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(12).any(|window| window == b"harbour-4711"));
    }
}
