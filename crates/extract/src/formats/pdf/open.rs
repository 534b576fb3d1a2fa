//! A PDF's objects, decrypted.

use std::panic::catch_unwind;

use pdf_extract::{Document, Error, LoadOptions};
use secrecy::{ExposeSecret, SecretString};

use super::page_tree::{PageEntry, pages_of};
use super::repair::with_new_table;
use crate::ExtractError;

/// The document and its pages, of which there is at least one. Where the file's own table of objects leads to
/// nothing, a new one is made.
pub(super) fn open(
    bytes: &[u8],
    password: Option<&SecretString>,
) -> Result<(Document, Vec<PageEntry>), ExtractError> {
    let as_it_is = load(bytes, password);
    match &as_it_is {
        Ok((document, pages)) if pages.iter().all(|page| page.has_content(document)) => return as_it_is,
        Err(ExtractError::Encrypted) => return as_it_is,
        _ => {}
    }
    let repaired = with_new_table(bytes).and_then(|bytes| load(&bytes, password).ok());
    let with_content = |(document, pages): &(Document, Vec<PageEntry>)| {
        pages.iter().filter(|page| page.has_content(document)).count()
    };
    match (as_it_is, repaired) {
        (Ok(as_it_is), Some(repaired)) if with_content(&as_it_is) >= with_content(&repaired) => Ok(as_it_is),
        (_, Some(repaired)) => Ok(repaired),
        (as_it_is, None) => as_it_is,
    }
}

fn load(bytes: &[u8], password: Option<&SecretString>) -> Result<(Document, Vec<PageEntry>), ExtractError> {
    let document = load_objects(bytes, password)?;
    let pages = pages_of(&document);
    if pages.is_empty() {
        return Err(ExtractError::damaged("no pages can be found in it"));
    }
    Ok((document, pages))
}

fn load_objects(bytes: &[u8], password: Option<&SecretString>) -> Result<Document, ExtractError> {
    // Loading tries the empty password by itself: most encrypted files open with it.
    let load = || match password {
        Some(password) => {
            Document::load_mem_with_options(bytes, LoadOptions::with_password(password.expose_secret()))
        }
        None => Document::load_mem(bytes),
    };
    let document =
        catch_unwind(load).unwrap_or_else(|_| Err(Error::Unimplemented("its structure is broken")));
    match document {
        Ok(document) if document.is_encrypted() => Err(ExtractError::Encrypted),
        Ok(document) => Ok(document),
        Err(Error::InvalidPassword) => Err(ExtractError::Encrypted),
        Err(error) => Err(ExtractError::damaged(error)),
    }
}
