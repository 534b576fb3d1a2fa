//! A page drawn, for text recognition.

use pdfium_render::prelude::{PdfBitmapFormat, PdfPage, PdfRenderConfig};

/// What recognition reads best; more takes longer and finds no more.
const DOTS_PER_INCH: f64 = 300.0;
/// Larger pages are drawn with fewer dots.
const MOST_PIXELS: f64 = 30e6;
const POINTS_PER_INCH: f64 = 72.0;
/// PDFium draws nothing into bitmaps of a byte a pixel.
const BYTES_A_PIXEL: usize = 4;

/// Shades of grey, a byte a pixel, row by row from the top.
pub(in crate::formats::pdf) struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
    /// Points to a pixel.
    pub scale: f64,
}

pub(super) fn picture_of(page: &PdfPage) -> Option<Picture> {
    let (width, height) = (f64::from(page.width().value), f64::from(page.height().value));
    let area = (width * height).max(1.0);
    let per_point = (DOTS_PER_INCH / POINTS_PER_INCH).min((MOST_PIXELS / area).sqrt());
    let config = PdfRenderConfig::new()
        .set_fixed_size((width * per_point).round() as i32, (height * per_point).round() as i32)
        .set_format(PdfBitmapFormat::BGRx)
        .use_grayscale_rendering(true);
    let bitmap = page.render_with_config(&config).ok()?;
    let (width, height) = (usize::try_from(bitmap.width()).ok()?, usize::try_from(bitmap.height()).ok()?);
    let bytes = bitmap.as_raw_bytes();
    // Blue, green and red are the same.
    let pixels: Vec<u8> = bytes.as_chunks::<BYTES_A_PIXEL>().0.iter().map(|[shade, ..]| *shade).collect();
    if pixels.len() != width * height {
        return None;
    }
    Some(Picture { width, height, pixels, scale: 1.0 / per_point })
}
