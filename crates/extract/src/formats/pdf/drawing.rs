//! A page as a picture, for a vision model.

use secrecy::SecretString;

use super::pdfium::{PdfiumDocument, Picture};
use crate::drawing::LONGER_SIDE;
use crate::{ExtractError, PagePicture};

/// Paler than this, of 255, is no ink; pencil and thin strokes are darker.
const PALE: u8 = 200;
/// Of a page's pixels at least one in so many is ink, if there is anything to read.
const PIXELS_PER_INK: usize = 10_000;

/// Draws a page, counted from 1.
pub(in crate::formats) fn draw_page(
    bytes: &[u8],
    password: Option<&SecretString>,
    page: u32,
) -> Result<PagePicture, ExtractError> {
    let document = PdfiumDocument::open(bytes, password).ok_or(ExtractError::NoPdfium)??;
    let index = (page as usize).checked_sub(1);
    let picture = index.and_then(|index| document.draw_within(index, LONGER_SIDE));
    let drawn = picture
        .and_then(|picture| Some(PagePicture { is_blank: is_blank(&picture), png: png_of(&picture)? }));
    drawn.ok_or(ExtractError::NotDrawn)
}

/// A blank page that is taken for a written one costs a request; the other way round its text is lost.
fn is_blank(picture: &Picture) -> bool {
    picture.darker_than(PALE) * PIXELS_PER_INK < picture.pixels.len()
}

fn png_of(picture: &Picture) -> Option<Vec<u8>> {
    let (width, height) = (u32::try_from(picture.width).ok()?, u32::try_from(picture.height).ok()?);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&picture.pixels).ok()?;
    writer.finish().ok()?;
    Some(file)
}
