//! What the library holds: listed, taken out again, said where a question finds nothing.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use testkit::documents::pdf;

use crate::footnote::{Footnote, error_of};

fn with_recipes() -> Footnote {
    let footnote = Footnote::without_models();
    fs::create_dir(footnote.documents().join("old")).unwrap();
    footnote.write("soup.md", "# Soup\n\nThe soup simmers for forty minutes over a low flame.\n");
    footnote.write("old/bread.md", "# Bread\n\nThe dough rests overnight in a cool room.\n");
    footnote.add(&footnote.documents());
    footnote
}

fn paths(listed: &Value) -> Vec<&str> {
    let documents = listed["documents"].as_array().unwrap().iter();
    documents.map(|document| document["path"].as_str().unwrap()).collect()
}

fn all_of(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), error_of(output))
}

#[test]
fn folders_and_documents_are_listed() {
    let footnote = with_recipes();
    let documents = footnote.documents();
    let listed = footnote.json(&["list", "--json"]);
    let folder = json!({ "path": documents, "documents": 2, "failed": 0, "away": false });
    assert_eq!(listed["folders"], json!([folder]));
    let expected = [documents.join("old/bread.md"), documents.join("soup.md")];
    assert_eq!(paths(&listed).iter().map(Path::new).collect::<Vec<_>>(), expected);
    assert!(footnote.json(&["list", "folders", "--json"]).get("documents").is_none());

    let said = all_of(&footnote.run(&["list"]));
    assert!(said.contains("2 documents") && said.contains("soup.md: 1 page\n"), "{said}");
    fs::rename(&documents, documents.with_extension("elsewhere")).unwrap();
    assert_eq!(footnote.json(&["list", "folders", "--json"])["folders"][0]["away"], true);
}

#[test]
fn what_is_removed_is_not_found_and_stays_on_disk() {
    let footnote = with_recipes();
    let (documents, soup) = (footnote.documents(), footnote.documents().join("soup.md"));
    let removed = footnote.json(&["remove", soup.to_str().unwrap(), "--json"]);
    assert_eq!(removed, json!({ "folders": 0, "documents": 1, "unknown": [] }));
    assert!(soup.exists());
    footnote.json(&["sync", "--json"]);
    assert_eq!(paths(&footnote.json(&["list", "--json"])).len(), 1, "a sync leaves it out");
    footnote.add(&soup);
    assert_eq!(paths(&footnote.json(&["list", "--json"])).len(), 2);

    let unknown = footnote.run(&["remove", "/no/such/folder"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(error_of(&unknown).contains("/no/such/folder is not in the library"), "{}", error_of(&unknown));
    let some = footnote.run(&["remove", "/no/such/folder", documents.to_str().unwrap()]);
    assert_eq!(some.status.code(), Some(1));
    let listed = footnote.json(&["list", "--json"]);
    assert_eq!((listed["folders"].as_array().unwrap().len(), paths(&listed).len()), (0, 0));
}

#[test]
fn an_emptied_folder_is_said_to_be_away_and_what_it_held_is_still_found() {
    let footnote = with_recipes();
    let documents = footnote.documents();
    for file in ["soup.md", "old/bread.md"] {
        fs::remove_file(documents.join(file)).unwrap();
    }
    let summary = footnote.json(&["sync", "--json"]);
    assert_eq!(summary["removed"], 0);
    assert_eq!(summary["away"], json!([{ "folder": documents, "documents": 2 }]));
    let said = error_of(&footnote.run(&["sync"]));
    assert!(said.contains("footnote remove") && said.contains("2 documents"), "{said}");
    assert_eq!(footnote.status()["documents"], 2);
}

#[test]
fn files_that_are_passed_over_are_counted() {
    let footnote = Footnote::new();
    footnote.write("a.xyz", [0, 1, 2]);
    footnote.write("b.xyz", [0, 1, 2]);
    let summary = footnote.add(&footnote.documents());
    assert_eq!(summary["passed_over"], json!([{ "kind": { "extension": "xyz" }, "files": 2 }]));
    let said = error_of(&footnote.run(&["add", footnote.documents().to_str().unwrap()]));
    assert!(said.contains("Passed over: 2 .xyz"), "{said}");
}

#[test]
fn a_search_that_finds_nothing_says_why() {
    let footnote = Footnote::new();
    let empty = all_of(&footnote.run(&["search", "soup"]));
    assert!(empty.contains("no documents in the library yet") && empty.contains("footnote add"), "{empty}");
    let json = footnote.json(&["search", "soup", "--json"]);
    assert_eq!(json["nothing"]["reason"], "empty_library");

    let footnote = with_recipes();
    let nonsense = all_of(&footnote.run(&["search", "xqzzyv"]));
    assert!(nonsense.contains("Nothing found") && nonsense.contains("“xqzzyv”"), "{nonsense}");
    assert!(nonsense.contains("2 documents: bread.md, soup.md"), "{nonsense}");
    assert!(footnote.json(&["search", "soup", "--json"]).get("nothing").is_none());
}

#[test]
fn a_question_that_nothing_answers_is_told_what_there_is() {
    let footnote = with_recipes();
    let said = all_of(&footnote.run(&["ask", "Which", "files", "do", "you", "have?"]));
    assert!(said.contains("2 documents: bread.md, soup.md"), "{said}");
    let german = footnote.ask("Wie lange muss der Teig ruhen?");
    assert_eq!((&german["refused"], &german["nothing"]["reason"]), (&json!(true), &json!("other_words")));
    assert!(footnote.ask("How long does the soup simmer?").get("nothing").is_none());
    let empty = all_of(&Footnote::new().run(&["ask", "How long does the soup simmer?"]));
    assert!(empty.contains("no documents in the library yet"), "{empty}");
}

#[test]
fn a_slip_in_a_name_is_said() {
    let footnote = with_recipes();
    for arguments in [
        &["ask", "@nofile.txt How long does it simmer?"][..],
        &["search", "soup", "--folder", "/nowhere"],
        &["search", "soup", "--document", "soop.md"],
        &["search", "soup folder:new"],
        &["search", "soup type:pdf"],
    ] {
        let output = footnote.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(error_of(&output).contains("document"), "{}", error_of(&output));
    }
    let elsewhere = footnote.library().with_extension("slip");
    let slip = footnote.run(&["--library", elsewhere.to_str().unwrap(), "search", "soup"]);
    assert!(error_of(&slip).contains("There was no library in"), "{}", error_of(&slip));
}

#[test]
fn a_path_that_is_not_there_is_said_and_the_others_are_added() {
    let footnote = Footnote::new();
    footnote.write("soup.md", "The soup simmers for forty minutes.");
    let output = footnote.run(&["add", "/no/such/folder", footnote.documents().to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&summary["added"], &summary["failures"][0]["code"]), (&json!(1), &json!("not-found")));
    assert!(error_of(&output).contains("/no/such/folder"), "{}", error_of(&output));
}

#[test]
fn a_page_is_called_by_the_number_printed_on_it() {
    let footnote = Footnote::without_models();
    footnote.write(
        "tides.pdf",
        pdf(&[
            &["Tides are measured at the quay.", "Report of the harbour"],
            &["Ebb is measured at the quay.", "i"],
            &["Flood is measured at the quay.", "ii"],
            &["Slack water is measured at the quay.", "iii"],
            &["Neap tides are measured at the quay.", "iv"],
            &["Spring tides are measured at the quay.", "1"],
            &["The surge is measured at the lighthouse.", "2"],
            &["The swell is measured at the quay.", "3"],
            &["The datum is the chart's.", "4"],
        ]),
    );
    footnote.add(&footnote.documents());
    let found = footnote.json(&["search", "surge", "--json"]);
    let first = &found["passages"][0];
    assert_eq!((&first["page_first"], &first["page_label_first"]), (&json!(7), &json!("2")), "{first}");
    assert!(all_of(&footnote.run(&["search", "surge"])).contains("tides.pdf, page 2 (PDF page 7)"));
    let found = footnote.json(&["search", "tides", "--json"]);
    assert_eq!(found["passages"][0].get("page_label_first"), None);
    let answer = footnote.json(&["ask", "Where is the surge measured?", "--json"]);
    let citation = &answer["citations"][0];
    assert_eq!((&citation["page"], &citation["page_label"]), (&json!(7), &json!("2")), "{answer}");
}
