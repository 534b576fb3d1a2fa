//! BLAKE3 hashes of files and of embedded texts.

/// Declares a hash that is stored as a blob of 32 bytes.
macro_rules! stored_hash {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(pub [u8; 32]);

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.0.as_slice().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                <[u8; 32]>::column_result(value).map(Self)
            }
        }
    };
}

stored_hash! {
    /// BLAKE3 of a file's bytes: what a document is recognised by after a move.
    ContentHash
}

stored_hash! {
    /// BLAKE3 of a text as it was embedded: what its vector is found by.
    TextHash
}

impl TextHash {
    /// The hash of a text as it is embedded.
    #[must_use]
    pub fn of(embedded_text: &str) -> Self {
        Self(*blake3::hash(embedded_text.as_bytes()).as_bytes())
    }
}
