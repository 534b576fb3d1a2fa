//! Columns that hold a text in fewer bytes than it has.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// A text that is deflated, or, as older versions stored it, not. A page of English takes .43 of its bytes.
pub(crate) struct Deflated<T>(pub T);

impl<T: AsRef<str>> ToSql for Deflated<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let mut out = DeflateEncoder::new(Vec::new(), Compression::default());
        let written = out.write_all(self.0.as_ref().as_bytes()).and_then(|()| out.finish());
        let bytes = written.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(bytes.into())
    }
}

impl FromSql for Deflated<String> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let ValueRef::Blob(bytes) = value else { return String::column_result(value).map(Self) };
        let mut text = String::new();
        DeflateDecoder::new(bytes)
            .read_to_string(&mut text)
            .map_err(|error| FromSqlError::Other(Box::new(error)))?;
        Ok(Self(text))
    }
}
