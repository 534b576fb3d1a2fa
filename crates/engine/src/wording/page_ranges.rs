//! Numbers of pages as a person writes them.

/// `1, 3–5`, of rising numbers.
#[must_use]
pub fn page_ranges(pages: &[u32]) -> String {
    let runs = pages.chunk_by(|page, next| page + 1 == *next).map(|run| match run {
        [page] => page.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_are_a_range() {
        assert_eq!(page_ranges(&[1, 3, 4, 5, 9, 10]), "1, 3–5, 9–10");
        assert_eq!(page_ranges(&[]), "");
    }
}
