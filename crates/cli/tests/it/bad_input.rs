//! Files, folders and questions that cannot be worked with: each has a clear message, and nothing else is lost.

use serde_json::Value;
use testkit::documents::{Stands, damaged_pdf, encrypted_pdf, pdf};

use crate::footnote::{Footnote, error_of};

#[test]
fn each_bad_file_is_listed_with_its_reason_and_the_good_one_is_found() {
    let footnote = Footnote::new();
    footnote.write("good.pdf", pdf(&[&["The tide gauge stands at the north quay."]]));
    footnote.write("damaged.pdf", damaged_pdf());
    footnote.write("locked.pdf", encrypted_pdf(&[Stands::Lines(&["secret"])], "pass"));
    footnote.write("empty.pdf", "");
    footnote.write("zeros.pdf", [0_u8; 4096]);
    footnote.write("blank.pdf", pdf(&[&[], &[]]));
    let summary = footnote.add(&footnote.documents());
    assert_eq!(summary["added"], 1);

    let status = footnote.status();
    let failures: Vec<(String, String)> =
        status["failures"].as_array().unwrap().iter().map(name_and_code).collect();
    let expected = [
        ("blank.pdf", "blank"),
        ("damaged.pdf", "damaged"),
        ("empty.pdf", "empty"),
        ("locked.pdf", "encrypted"),
        ("zeros.pdf", "empty"),
    ];
    for (name, code) in expected {
        assert!(failures.contains(&(name.to_owned(), code.to_owned())), "{name}: {failures:?}");
    }
    assert_eq!(failures.len(), expected.len());
    let answer = footnote.ask("Where does the tide gauge stand?");
    assert_eq!(answer["coverage"]["failed"], 5);
    assert!(answer["citations"][0]["document"].as_str().unwrap().ends_with("good.pdf"), "{answer}");
}

fn name_and_code(failure: &Value) -> (String, String) {
    let path = std::path::Path::new(failure["document"].as_str().unwrap());
    assert!(failure["reason"].as_str().unwrap().len() > 20, "a reason is a sentence: {failure}");
    (path.file_name().unwrap().to_string_lossy().into_owned(), failure["code"].as_str().unwrap().to_owned())
}

#[test]
fn a_path_that_does_not_exist_is_named() {
    let footnote = Footnote::new();
    let output = footnote.run(&["add", "/no/such/folder"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_of(&output).contains("/no/such/folder"), "{}", error_of(&output));
}

/// The superuser may look into every folder, so that the test needs another user to mean anything.
#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_listed_and_the_others_are_read() {
    use std::fs::{Permissions, read_dir, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let footnote = Footnote::new();
    footnote.write("good.md", "The tide gauge stands at the north quay.");
    let closed = footnote.documents().join("closed");
    std::fs::create_dir(&closed).unwrap();
    set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    let may_look = read_dir(&closed).is_ok();
    let summary = footnote.add(&footnote.documents());
    assert_eq!(summary["added"], 1);
    let failures = summary["failures"].as_array().unwrap();
    if may_look {
        assert!(failures.is_empty(), "the superuser may read it: {failures:?}");
    } else {
        assert_eq!(failures[0]["code"], "unreadable");
        assert_eq!(failures[0]["document"], closed.to_str().unwrap());
    }
    set_permissions(&closed, Permissions::from_mode(0o755)).unwrap();
    footnote.json(&["sync", "--json"]);
    assert_eq!(footnote.status()["failures"].as_array().unwrap().len(), 0, "it can be read again");
}

#[test]
fn wrong_usage_has_an_exit_code_of_its_own() {
    let footnote = Footnote::new();
    assert_eq!(footnote.run(&["ask"]).status.code(), Some(2));
    assert_eq!(footnote.run(&["ask", "When?", "--stream"]).status.code(), Some(2));
    let empty = footnote.run(&["ask", "  ", "--json"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(error_of(&empty).contains("question is empty"), "{}", error_of(&empty));
}

#[test]
fn an_empty_library_answers_that_it_holds_nothing() {
    let answer = Footnote::new().ask("Where does the tide gauge stand?");
    assert_eq!(answer["refused"], true);
    assert_eq!(answer["citations"].as_array().unwrap().len(), 0);
}

#[test]
fn no_query_is_a_syntax_error() {
    let footnote = Footnote::new();
    footnote.write("good.md", "The tide gauge stands at the north quay.");
    footnote.add(&footnote.documents());
    for query in ["\"", "tide AND", "NEAR(", "c++ *", "-gauge", "col:umn", "🗼", "(("] {
        footnote.json(&["search", "--json", "--", query]);
    }
}
