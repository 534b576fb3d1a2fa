//! Columns that hold a path: text where its name is Unicode, else the name's own bytes.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// A value of such a column.
pub(crate) struct PathColumn<P>(pub P);

impl<P: AsRef<Path>> ToSql for PathColumn<P> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let path = self.0.as_ref();
        Ok(path.to_str().map_or_else(|| bytes_of(path.as_os_str()).into(), ToSqlOutput::from))
    }
}

impl FromSql for PathColumn<PathBuf> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(bytes) => Ok(Self(name_of(bytes).into())),
            text => text.as_str().map(|text| Self(text.into())),
        }
    }
}

#[cfg(unix)]
fn bytes_of(name: &OsStr) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    name.as_bytes().to_owned()
}

#[cfg(unix)]
fn name_of(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes.to_owned())
}

#[cfg(windows)]
fn bytes_of(name: &OsStr) -> Vec<u8> {
    use std::os::windows::ffi::OsStrExt as _;
    name.encode_wide().flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
fn name_of(bytes: &[u8]) -> OsString {
    use std::os::windows::ffi::OsStringExt as _;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    OsString::from_wide(&units)
}
