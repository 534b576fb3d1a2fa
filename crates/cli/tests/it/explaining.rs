//! Why a search found a page, or did not.

use serde_json::Value;

use crate::footnote::{Footnote, error_of};

const QUERY: &str = "rent of the lamp room, varnish";

fn with_lease() -> Footnote {
    let footnote = Footnote::new();
    footnote.write("lease.md", "# Lease\n\nThe rent of the lamp room is 40 a month.\n");
    footnote.write("lamp.md", "# Lamp\n\nThe lamp burned colza oil.\n");
    footnote.write("birds.md", "# Birds\n\nGulls nest on the rocks in May.\n");
    footnote.add(&footnote.documents());
    footnote
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn the_parts_of_each_score_are_told_beside_the_passages() {
    let footnote = with_lease();
    let plain = footnote.json(&["search", QUERY, "--json"]);
    let mut explained = footnote.json(&["search", QUERY, "--json", "--explain"]);
    let explanation = explained.as_object_mut().unwrap().remove("explanation").unwrap();
    assert_eq!(explained["passages"], plain["passages"], "nothing else changes");
    assert_eq!(plain.get("explanation"), None);

    let pages = explanation["pages"].as_array().unwrap();
    let passages = plain["passages"].as_array().unwrap();
    assert_eq!(pages.len(), passages.len());
    for (page, passage) in pages.iter().zip(passages) {
        assert_eq!(page["document"], passage["document"]);
        assert_eq!(page["passages"]["rank"], passage["rank"]);
        let points: f64 = page["parts"].as_array().unwrap().iter().map(|part| number(&part["points"])).sum();
        assert!((points - number(&passage["score"])).abs() < 1e-4, "{page}");
    }
    assert_eq!(pages[0]["holds"], serde_json::json!(["rent", "lamp", "room"]));
    assert_eq!(pages[0]["lacks"], serde_json::json!(["varnish"]));
    assert_eq!(pages[0]["parts"][0]["step"], "words");
    assert_eq!(pages[0]["parts"][0]["rank"], 1);
}

#[test]
fn a_page_that_was_not_found_is_told_of_too() {
    let footnote = with_lease();
    let search = ["search", QUERY, "--explain", "--page", "birds.md:1", "--document", "l*.md"];
    let found = footnote.json(&[&search[..], &["--json"]].concat());
    let page = &found["explanation"]["pages"][0];
    assert_eq!(page["unsearched"], "other_place");
    assert_eq!((number(&page["score"]), &page["scored"]["rank"]), (0.0, &Value::Null));
    assert_eq!(page["parts"][0]["of"], 2, "two passages hold a word");

    let told = footnote.run(&search);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("birds.md, page 1") && told.contains("does not hold rent"), "{told}");
    assert!(told.contains("words of the passage") && told.contains("not among the 2"), "{told}");
}

#[test]
fn a_page_has_to_be_there() {
    let footnote = with_lease();
    for (page, said) in [("birds.md:9", "page 9"), ("whales.md:1", "whales.md"), ("birds.md", "lease.pdf:3")]
    {
        let refused = footnote.run(&["search", QUERY, "--explain", "--page", page, "--json"]);
        assert!(!refused.status.success());
        let told = String::from_utf8_lossy(&refused.stdout).into_owned() + &error_of(&refused);
        assert!(told.contains(said), "{page}: {told}");
    }
}
