//! PDFium, the second engine: for pages that pdf-extract reads badly, for files that it cannot open, and for
//! pictures of pages. It is loaded at run time and may not be there.

mod glyphs;
mod library;
mod picture;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdfium_render::prelude::{
    PdfDocument, PdfDocumentMetadataTagType, PdfPage, PdfPageRenderRotation, PdfRect, PdfiumError,
    PdfiumInternalError,
};
use secrecy::{ExposeSecret, SecretString};

use super::decoder::DecodedPage;
use super::page_tree::View;
use crate::ExtractError;

pub(super) use picture::Picture;

/// Whether PDFium was found.
pub(super) fn is_available() -> bool {
    library::library().is_some()
}

/// A file as PDFium has opened it.
pub(super) struct PdfiumDocument<'a>(PdfDocument<'a>);

impl<'a> PdfiumDocument<'a> {
    /// None without PDFium.
    pub fn open(bytes: &'a [u8], password: Option<&SecretString>) -> Option<Result<Self, ExtractError>> {
        let library = library::library()?;
        let open = || library.load_pdf_from_byte_slice(bytes, password.map(ExposeSecret::expose_secret));
        let opened = catch_unwind(AssertUnwindSafe(open)).ok()?;
        Some(opened.map(Self).map_err(|error| match error {
            PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError) => {
                ExtractError::Encrypted
            }
            _ => ExtractError::damaged("no pages can be found in it"),
        }))
    }

    pub fn page_count(&self) -> usize {
        usize::try_from(self.0.pages().len()).unwrap_or_default()
    }

    pub fn title(&self) -> Option<String> {
        let title = self.0.metadata().get(PdfDocumentMetadataTagType::Title)?;
        Some(title.value().trim().to_owned()).filter(|title| !title.is_empty())
    }

    /// What the file calls a page (counted from 0).
    pub fn label(&self, index: usize) -> Option<String> {
        self.page(index)?.label().filter(|label| !label.is_empty()).map(str::to_owned)
    }

    /// What a reader sees of a page (counted from 0).
    pub fn view(&self, index: usize) -> Option<View> {
        let page = self.page(index)?;
        let corners = |rect: PdfRect| {
            [rect.left(), rect.bottom(), rect.right(), rect.top()].map(|points| f64::from(points.value))
        };
        let boundaries = page.boundaries();
        let media = boundaries.media().ok().map(|media| corners(media.bounds));
        let crop = boundaries.crop().ok().map(|crop| corners(crop.bounds));
        let quarter_turns = match page.rotation() {
            Ok(PdfPageRenderRotation::Degrees90) => 1,
            Ok(PdfPageRenderRotation::Degrees180) => 2,
            Ok(PdfPageRenderRotation::Degrees270) => 3,
            _ => 0,
        };
        Some(View::of(media, crop, quarter_turns * 90))
    }

    /// The glyphs of a page (counted from 0) in the coordinates of its view; none where it cannot be read.
    pub fn decode(&self, index: usize, view: &View) -> Option<DecodedPage> {
        let page = self.page(index)?;
        let glyphs = catch_unwind(AssertUnwindSafe(|| glyphs::glyphs_of(&page, view))).ok()??;
        Some(DecodedPage { glyphs, failed: false, has_pictures: true })
    }

    /// A page (counted from 0) as it looks, as fine as recognition wants it; none where it cannot be drawn.
    pub fn draw(&self, index: usize) -> Option<Picture> {
        let page = self.page(index)?;
        catch_unwind(AssertUnwindSafe(|| picture::for_recognition(&page))).ok()?
    }

    /// The same with a longer side of at most so many pixels.
    pub fn draw_within(&self, index: usize, longer_side: u32) -> Option<Picture> {
        let page = self.page(index)?;
        catch_unwind(AssertUnwindSafe(|| picture::within(&page, longer_side))).ok()?
    }

    fn page(&self, index: usize) -> Option<PdfPage<'a>> {
        self.0.pages().get(i32::try_from(index).ok()?).ok()
    }
}
