//! How much of a drawn page is ink.

use super::super::pdfium::Picture;
use crate::Word;

/// Of a page's pixels at least one in so many is ink, if there is anything to read.
const PIXELS_PER_INK: usize = 2_000;
/// Darker than this, of 255, is ink.
const DARK: u8 = 128;
/// The thin strokes of a page that was drawn small are paler.
const PALE: u8 = 176;

pub(super) fn is_blank(picture: &Picture) -> bool {
    picture.darker_than(DARK) * PIXELS_PER_INK < picture.pixels.len()
}

/// The same of a picture that was drawn small.
pub(in crate::formats::pdf) fn is_bare(picture: &Picture) -> bool {
    picture.darker_than(PALE) * PIXELS_PER_INK < picture.pixels.len()
}

/// The share of the page, which is this many points high, that is ink outside of these words.
pub(in crate::formats::pdf) fn share_outside(mut picture: Picture, words: &[Word], height: f32) -> f32 {
    let pixel = |points: f32, most: usize| ((f64::from(points) / picture.scale).max(0.0) as usize).min(most);
    for word in words {
        let columns = pixel(word.bounds.left, picture.width)..pixel(word.bounds.right, picture.width);
        let rows = pixel(height - word.bounds.top, picture.height)
            ..pixel(height - word.bounds.bottom, picture.height);
        for row in rows {
            picture.pixels[row * picture.width..][columns.clone()].fill(u8::MAX);
        }
    }
    picture.darker_than(PALE) as f32 / picture.pixels.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bounds;

    #[test]
    fn ink_of_words_is_not_counted() {
        let mut picture = Picture { width: 10, height: 10, pixels: vec![255; 100], scale: 2.0 };
        picture.pixels[..10].fill(0);
        picture.pixels[90..].fill(0);
        let top_row = Bounds { left: 0.0, bottom: 18.0, right: 20.0, top: 20.0 };
        let share = share_outside(picture, &[Word { range: 0..1, bounds: top_row }], 20.0);
        assert!((share - 0.1).abs() < 1e-6, "{share}");
    }
}
