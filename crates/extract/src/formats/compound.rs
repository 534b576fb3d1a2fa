//! Compound files, the containers of Office 97 to 2003 and of Outlook's messages.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use crate::ExtractError;

/// Whether the bytes begin as a compound file does.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The names of the streams and storages at the top; none where it is no compound file.
pub(super) fn streams(bytes: &[u8]) -> Vec<String> {
    if !is_compound(bytes) {
        return Vec::new();
    }
    let Ok(file) = CompoundFile::open(Cursor::new(bytes)) else { return Vec::new() };
    file.read_root_storage().map(|entry| entry.name().to_owned()).collect()
}

/// Whether it holds a document of today's Office formats, locked with a password.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    streams(bytes).iter().any(|stream| stream == "EncryptedPackage")
}

/// The same streams in a container without damage and in the form that all readers know. A reader that trusts what a
/// damaged container says of itself may ask for any amount of memory.
pub(super) fn rewritten(bytes: &[u8]) -> Result<Vec<u8>, ExtractError> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(ExtractError::damaged)?;
    let mut copy =
        CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::with_capacity(bytes.len())))
            .map_err(ExtractError::damaged)?;
    let entries: Vec<_> = file.walk().filter(|entry| !entry.is_root()).collect();
    for entry in entries {
        if entry.is_storage() {
            copy.create_storage(entry.path()).map_err(ExtractError::damaged)?;
        } else if entry.len() <= bytes.len() as u64 {
            let mut content = Vec::new();
            // What is left of a damaged stream is kept.
            let _ = file.open_stream(entry.path()).and_then(|mut stream| stream.read_to_end(&mut content));
            copy.create_stream(entry.path())
                .and_then(|mut stream| stream.write_all(&content))
                .map_err(ExtractError::damaged)?;
        }
    }
    copy.flush().map_err(ExtractError::damaged)?;
    Ok(copy.into_inner().into_inner())
}
