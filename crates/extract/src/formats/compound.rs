//! Compound files, the containers of Office 97 to 2003 and of Outlook's messages.

use std::io::Cursor;

/// Whether the bytes begin as a compound file does.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The names of the streams and storages at the top; none where it is no compound file.
pub(super) fn streams(bytes: &[u8]) -> Vec<String> {
    if !is_compound(bytes) {
        return Vec::new();
    }
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Vec::new() };
    file.read_root_storage().map(|entry| entry.name().to_owned()).collect()
}

/// Whether it holds a document of today's Office formats, locked with a password.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    streams(bytes).iter().any(|stream| stream == "EncryptedPackage")
}
