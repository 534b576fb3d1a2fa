//! Files that are zip archives of parts: OpenDocument, EPUB and the Office formats.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

use crate::ExtractError;

/// The largest part that is read, unpacked. Real ones stay below a tenth of it.
pub(super) const LARGEST_PART: u64 = 256 << 20;

/// Above this size a part that unpacks to more than [`LARGEST_RATIO`] times its packed size is no text.
const SMALL_PART: u64 = 16 << 20;

/// XML of real sheets packs to a fiftieth at best.
pub(super) const LARGEST_RATIO: u64 = 200;

/// An opened zip archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(ExtractError::damaged)?;
        Ok(Self { archive })
    }

    /// Whether there is a part whose name begins so.
    pub fn has_part(&self, beginning: &str) -> bool {
        self.archive.file_names().flatten().any(|name| name.starts_with(beginning))
    }

    /// The bytes of a part; an error where there is none.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, ExtractError> {
        let part = self.archive.by_name(name).map_err(|error| match error {
            ZipError::FileNotFound => ExtractError::damaged(format_args!("its part {name} is missing")),
            error => ExtractError::damaged(error),
        })?;
        if part.encrypted() {
            return Err(ExtractError::CannotUnlock);
        }
        let by_ratio = part.compressed_size().saturating_mul(LARGEST_RATIO).max(SMALL_PART);
        let limit = LARGEST_PART.min(by_ratio);
        let mut bytes = Vec::new();
        // The sizes in the archive may lie: what is read is what counts.
        part.take(limit + 1).read_to_end(&mut bytes).map_err(ExtractError::damaged)?;
        if bytes.len() as u64 > limit {
            return Err(ExtractError::TooMuchText { megabytes: limit >> 20 });
        }
        Ok(bytes)
    }

    /// A part that is text in UTF-8 (or in UTF-16 with its mark, as XML allows).
    pub fn text_part(&mut self, name: &str) -> Result<String, ExtractError> {
        Ok(super::decoding::decode(&self.part(name)?).text)
    }
}

/// The archive with `/` between the folders of its names, as the format wants it: some programs of Windows write `\`.
pub(super) fn with_slashes(bytes: &[u8]) -> Cow<'_, [u8]> {
    let names_with_backslash =
        |archive: &ZipArchive<_>| archive.file_names().flatten().any(|name| name.contains('\\'));
    let archive = is_zip(bytes).then(|| ZipArchive::new(Cursor::new(bytes)).ok()).flatten();
    let archive = archive.filter(names_with_backslash);
    archive.and_then(renamed).map_or(bytes.into(), Cow::Owned)
}

fn renamed(mut archive: ZipArchive<Cursor<&[u8]>>) -> Option<Vec<u8>> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).ok()?;
        let name = part.name().ok()?.replace('\\', "/");
        copy.raw_copy_file_rename(part, name).ok()?;
    }
    Some(copy.finish().ok()?.into_inner())
}

/// Whether the bytes begin as a zip archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether the bytes begin as a zip archive does and do not go on as one.
pub(super) fn is_broken(bytes: &[u8]) -> bool {
    is_zip(bytes) && Package::open(bytes).is_err()
}

/// The content of the part that OpenDocument and EPUB begin with: their own media type.
pub(super) fn media_type(bytes: &[u8]) -> Option<String> {
    if !is_zip(bytes) {
        return None;
    }
    let media_type = Package::open(bytes).ok()?.text_part("mimetype").ok()?;
    Some(media_type.trim().to_owned())
}
