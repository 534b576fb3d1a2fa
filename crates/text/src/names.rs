//! What a document is called, and what a question calls it.

use crate::search_terms;

/// Words next to each other that make one name ("Best Buy", "BestBuy", "P_G_E") are at most this many bytes long.
const LONGEST_NAME: usize = 20;

/// The words by which a title, a file name or a question may name a document: those of
/// [`search_terms`], two and three in a row written as one, and years however they are written
/// ("FY18" is 2018).
#[must_use]
pub fn name_terms(text: &str) -> Vec<String> {
    let words = search_terms(&with_humps_apart(text));
    let years = words.iter().filter_map(|word| year(word));
    let joined = [2, 3].into_iter().flat_map(|count| words.windows(count)).map(<[String]>::concat);
    let joined = joined.filter(|name| name.len() <= LONGEST_NAME);
    let mut terms: Vec<String> = words.iter().cloned().chain(years).chain(joined).collect();
    let mut seen = std::collections::HashSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    terms
}

/// "employeeHandbook" as "employee Handbook".
fn with_humps_apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if letter.is_uppercase() && apart.ends_with(char::is_lowercase) {
            apart.push(' ');
        }
        apart.push(letter);
    }
    apart
}

/// The year in "fy18" or "report2018".
fn year(word: &str) -> Option<String> {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let is_number = digits.len() < word.len() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match (digits.len(), word.starts_with("fy")) {
        (2, true) if is_number => Some(format!("20{digits}")),
        (4, _) if is_number => Some(digits.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for (question, name) in [
            ("What did Best Buy earn?", "BESTBUY_2019_10K.pdf"),
            ("Revenue of PG&E", "P_G_E_2023_EARNINGS"),
            ("the employee handbook", "employeeHandbook.md"),
            ("capex in FY2018", "3M_2018_10K"),
            ("ACME 10-K", "ACME 10K FY17"),
            ("in 2017", "ACME 10K FY17"),
        ] {
            let name = name_terms(name);
            assert!(name_terms(question).iter().any(|term| name.contains(term)), "{question}: {name:?}");
        }
    }
}
