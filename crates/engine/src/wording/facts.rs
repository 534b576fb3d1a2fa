//! What is known of a citation.

use crate::api::{Facts, Wording};

/// What a reader should know of it, each thing by itself; nothing where the sentence is put in other words and all of it
/// stands there.
#[must_use]
pub fn facts(facts: &Facts) -> Vec<String> {
    let wording = match facts.wording {
        Wording::WordForWord => Some("word for word".to_owned()),
        Wording::Nearly => Some("nearly word for word".to_owned()),
        Wording::OtherLanguage => Some("in another language".to_owned()),
        Wording::OwnWords => None,
    };
    let far = (!facts.near).then(|| "nothing there comes near the sentence".to_owned());
    let missing = facts.missing().map(|fact| format!("{} is not there", fact.text));
    wording.into_iter().chain(far).chain(missing).collect()
}
