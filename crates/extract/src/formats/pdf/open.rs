//! A PDF's objects, decrypted.

use std::panic::catch_unwind;

use pdf_extract::{Document, Error, LoadOptions, Object, ObjectId};

use crate::ExtractError;

pub(super) fn open(bytes: &[u8]) -> Result<Document, ExtractError> {
    let options = LoadOptions { filter: Some(without_pictures), ..LoadOptions::default() };
    // Loading tries the empty password by itself: most encrypted files open with it.
    let document = catch_unwind(|| Document::load_mem_with_options(bytes, options))
        .unwrap_or_else(|_| Err(Error::Unimplemented("its structure is broken")));
    match document {
        Ok(document) if document.is_encrypted() => Err(ExtractError::Encrypted),
        Ok(document) => Ok(document),
        Err(Error::InvalidPassword) => Err(ExtractError::Encrypted),
        Err(error) => Err(ExtractError::damaged(error)),
    }
}

/// Most of a file's bytes are pictures, and none of them is text.
fn without_pictures(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Object::Stream(stream) = object else { return Some((id, object.clone())) };
    if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Image") {
        // Not empty: lopdf would load an empty one again.
        stream.content = vec![0];
    }
    // Streams are changed in place; only of objects inside object streams the answer is kept.
    Some((id, Object::Null))
}
