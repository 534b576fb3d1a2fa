//! What to say of files that no reader knows.

use infer::MatcherType;

use crate::ExtractError;

/// Why this file is not read, by what its bytes are.
pub(super) fn reason(bytes: &[u8]) -> ExtractError {
    let Some(kind) = infer::get(bytes) else { return ExtractError::UnknownFormat };
    match kind.matcher_type() {
        MatcherType::Archive => ExtractError::Archive,
        MatcherType::Image => ExtractError::NotADocument { kind: "a picture".into() },
        MatcherType::Audio => ExtractError::NotADocument { kind: "a sound recording".into() },
        MatcherType::Video => ExtractError::NotADocument { kind: "a film".into() },
        MatcherType::App => ExtractError::NotADocument { kind: "a program".into() },
        MatcherType::Font => ExtractError::NotADocument { kind: "a font".into() },
        _ => ExtractError::UnknownFormat,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_what_they_are() {
        assert_eq!(reason(b"PK\x03\x04\x14\0\0\0\0\0").code(), "archive");
        assert_eq!(reason(b"\x1f\x8b\x08\0\0\0\0\0").code(), "archive");
        assert_eq!(
            reason(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ExtractError::NotADocument { kind: "a picture".into() }
        );
        assert_eq!(reason(b"\x01\x02\x03").code(), "unknown-format");
    }
}
