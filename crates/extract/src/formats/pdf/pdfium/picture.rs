//! A page drawn.

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

impl Picture {
    /// How many pixels are darker than a shade.
    pub fn darker_than(&self, shade: u8) -> usize {
        self.pixels.iter().filter(|pixel| **pixel < shade).count()
    }
}

pub(super) fn for_recognition(page: &PdfPage) -> Option<Picture> {
    let (width, height) = size_of(page);
    picture_of(page, (MOST_PIXELS / (width * height)).sqrt())
}

pub(super) fn within(page: &PdfPage, longer_side: u32) -> Option<Picture> {
    let (width, height) = size_of(page);
    picture_of(page, f64::from(longer_side) / width.max(height))
}

/// In points, never nothing.
fn size_of(page: &PdfPage) -> (f64, f64) {
    (f64::from(page.width().value).max(1.0), f64::from(page.height().value).max(1.0))
}

fn picture_of(page: &PdfPage, most_per_point: f64) -> Option<Picture> {
    let (width, height) = size_of(page);
    let per_point = (DOTS_PER_INCH / POINTS_PER_INCH).min(most_per_point);
    let pixels = |points: f64| (points * per_point).round().max(1.0) as i32;
    let config = PdfRenderConfig::new()
        .set_fixed_size(pixels(width), pixels(height))
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
