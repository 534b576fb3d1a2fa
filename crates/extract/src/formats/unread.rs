//! What files are that no reader knows.

use infer::MatcherType;

use crate::{ExtractError, OtherKind};

/// Why this file is not read, by what its bytes are.
pub(super) fn reason(bytes: &[u8]) -> ExtractError {
    let Some(kind) = infer::get(bytes) else { return ExtractError::UnknownFormat };
    match kind.matcher_type() {
        MatcherType::Archive => ExtractError::Archive,
        MatcherType::Image => ExtractError::NotADocument { kind: OtherKind::Picture },
        MatcherType::Audio => ExtractError::NotADocument { kind: OtherKind::Sound },
        MatcherType::Video => ExtractError::NotADocument { kind: OtherKind::Film },
        MatcherType::App => ExtractError::NotADocument { kind: OtherKind::Program },
        MatcherType::Font => ExtractError::NotADocument { kind: OtherKind::Font },
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
            ExtractError::NotADocument { kind: OtherKind::Picture }
        );
        assert_eq!(reason(b"\x01\x02\x03").code(), "unknown-format");
    }
}
