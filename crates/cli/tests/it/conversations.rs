//! What was asked stays: found again, renamed, written out, deleted.

use testkit::documents::pdf;

use crate::footnote::{Footnote, error_of};

fn with_two_conversations() -> Footnote {
    let footnote = Footnote::without_models();
    footnote.write("log [1].pdf", pdf(&[&["The harbour light was first lit in October 1871."]]));
    footnote.write("costs.md", "# Costs\n\nThe new gauge cost 1,577 euros in 2018.\n");
    footnote.add(&footnote.documents());
    footnote.json(&["ask", "When was the harbour light first lit?", "--json"]);
    footnote.json(&["ask", "What did the new gauge cost?", "--json"]);
    footnote.json(&["ask", "In which year?", "--json", "--conversation", "2"]);
    footnote
}

fn titles(footnote: &Footnote, words: &[&str]) -> Vec<String> {
    let list = footnote.json(&[&["conversations", "list", "--json"], words].concat());
    let titles = list.as_array().unwrap().iter();
    titles.map(|conversation| conversation["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn conversations_are_listed_found_renamed_and_deleted() {
    let footnote = with_two_conversations();
    let (light, gauge) = ("When was the harbour light first lit?", "What did the new gauge cost?");
    assert_eq!(titles(&footnote, &[]), [gauge, light]);
    assert_eq!(titles(&footnote, &["1871"]), [light], "found by its answer");
    assert_eq!(titles(&footnote, &["gau 1,577"]), [gauge]);
    assert!(titles(&footnote, &["lighthouse"]).is_empty());

    assert!(footnote.run(&["conversations", "rename", "1", "The light"]).status.success());
    assert_eq!(titles(&footnote, &[]), [gauge, "The light"]);
    assert!(footnote.run(&["conversations", "delete", "2"]).status.success());
    assert_eq!(titles(&footnote, &[]), ["The light"]);
    let gone = footnote.run(&["conversations", "export", "2"]);
    assert_eq!(gone.status.code(), Some(1));
    assert!(error_of(&gone).contains("conversation"), "{}", error_of(&gone));
}

#[test]
fn a_conversation_is_written_out_with_its_quotes_and_pages() {
    let footnote = with_two_conversations();
    let markdown = footnote.run(&["conversations", "export", "1"]);
    let markdown = String::from_utf8(markdown.stdout).unwrap();
    assert!(markdown.starts_with("# When was the harbour light first lit?\n\n## When was"), "{markdown}");
    assert!(markdown.contains("> The harbour light was first lit in October 1871."), "{markdown}");
    assert!(
        markdown.contains("log%20[1].pdf#page=1>)") || markdown.contains("log%20%5B1%5D.pdf#page=1>)"),
        "{markdown}"
    );

    let file = footnote.documents().join("kept.json");
    let export = ["conversations", "export", "2", "--json", "-o", file.to_str().unwrap()];
    assert!(footnote.run(&export).status.success());
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(kept["answers"].as_array().unwrap().len(), 2);
    assert_eq!(kept["answers"][0]["answer"]["question"], "What did the new gauge cost?");
    assert_eq!(kept["answers"][0]["changed_sources"], serde_json::json!([]));
}

fn seconds() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

#[test]
fn an_answer_whose_source_has_changed_says_so() {
    let footnote = with_two_conversations();
    // Times are kept in seconds: until the next one a change cannot be told from what was before.
    let asked = seconds();
    while seconds() == asked {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    footnote.write("costs.md", "# Costs\n\nThe new gauge cost 1,600 euros in 2019.\n");
    footnote.add(&footnote.documents());
    let markdown = footnote.run(&["conversations", "export", "2"]);
    let markdown = String::from_utf8(markdown.stdout).unwrap();
    assert!(markdown.contains("(changed since this answer)"), "{markdown}");
    let light = footnote.run(&["conversations", "export", "1"]);
    assert!(!String::from_utf8_lossy(&light.stdout).contains("changed since"));
}

#[test]
fn a_follow_up_is_searched_for_with_what_the_conversation_was_about() {
    let footnote = with_two_conversations();
    let answer = footnote.json(&["ask", "In which year?", "--json", "--conversation", "2"]);
    let standalone = answer["standalone"].as_str().unwrap();
    assert!(standalone.starts_with("In which year?") && standalone.contains("gauge"), "{standalone}");
    assert!(answer["answer"].as_str().unwrap().contains("2018"), "{answer}");

    let ask =
        ["ask", "And the light?", "--json", "--conversation", "2", "--standalone", "When was the light lit?"];
    let corrected = footnote.json(&ask);
    assert_eq!(corrected["standalone"], "When was the light lit?");
    assert!(corrected["answer"].as_str().unwrap().contains("1871"), "{corrected}");
    assert_eq!(corrected["question"], "And the light?");
}
