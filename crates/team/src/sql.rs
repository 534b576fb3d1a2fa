//! Values as columns keep them.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A path: its name in UTF-8 where it is Unicode, else the system's own bytes.
pub(crate) fn path_column(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// The path of such a column.
pub(crate) fn path_of(bytes: &[u8]) -> PathBuf {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.into(),
        Err(_) => name_of(bytes).into(),
    }
}

#[cfg(unix)]
fn name_of(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes.to_owned())
}

#[cfg(not(unix))]
fn name_of(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// A text that Postgres takes: it knows no zero byte. What stands in its place is as long, so that places in a text stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', " ").into() } else { text.into() }
}

/// A count of a column: they are never below zero.
pub(crate) fn count(column: i64) -> u32 {
    u32::try_from(column).unwrap_or_default()
}

/// The same of a number of a page or a place, which have half as many bits.
pub(crate) fn number(column: i32) -> u32 {
    u32::try_from(column).unwrap_or_default()
}

/// The number of a page or a place, as a column keeps it.
pub(crate) fn column(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
