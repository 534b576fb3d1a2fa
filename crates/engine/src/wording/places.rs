//! Where something stands, and how much of it there is.

use crate::api::Coverage;

/// "1 document", "2 documents".
#[must_use]
pub fn counted(count: impl Into<u64>, thing: &str) -> String {
    match count.into() {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}

/// "page 84 (PDF page 86)" where 84 is printed on page 86.
#[must_use]
pub fn page(number: u32, label: Option<&String>) -> String {
    match label {
        Some(label) => format!("page {label} (PDF page {number})"),
        None => format!("page {number}"),
    }
}

/// What was searched: "Searched 412 of 415 files; 2 failed".
#[must_use]
pub fn coverage(coverage: &Coverage) -> String {
    let mut said = format!("Searched {} of {}", coverage.searched, counted(coverage.files, "file"));
    if coverage.words_alone {
        said += " by words alone, not by meaning";
    }
    if coverage.failed > 0 {
        said += &format!("; {} failed", coverage.failed);
    }
    if coverage.pages_without_text > 0 {
        let hold = if coverage.pages_without_text == 1 { "holds" } else { "hold" };
        said += &format!("; {} {hold} no text", counted(coverage.pages_without_text, "page"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_not_several() {
        assert_eq!(counted(1_u32, "document"), "1 document");
        assert_eq!(counted(0_u32, "page"), "0 pages");
    }
}
