//! The model that comes with the app. Its words are taken for glyphs, so that they become lines, columns and paragraphs
//! as those of other pages do.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use inference::{Corners, RecognisedLine, TextReader};

use super::super::glyphs::Glyph;
use super::super::layout::{FontSizes, page_text};
use super::super::lines::lines_of;
use super::super::page_tree::View;
use super::super::pdfium::Picture;
use super::super::runs::DESCENT;
use super::Recognised;
use crate::SourceEngine;

/// The folder of the model.
const MODEL: &str = "pp-ocrv5-mobile";

/// What is not read of a page by then is left out. A full page takes some 30 seconds of processor time.
const TIME_FOR_A_PAGE: Duration = Duration::from_secs(180);

/// Lines whose directions differ by less, as their cosine, run alike: a page is put askew as a whole.
const ALIKE: f64 = 0.98;
/// Lines on one row are this near to each other, in units of their height.
const SAME_ROW: f64 = 0.5;
/// A line is as high as its letters happen to be: within this factor of the page's usual height it is of that.
const SAME_HEIGHT: f64 = 1.3;

pub(super) fn is_installed() -> bool {
    installed().is_some()
}

fn installed() -> Option<&'static TextReader> {
    static INSTALLED: OnceLock<Option<TextReader>> = OnceLock::new();
    INSTALLED.get_or_init(|| TextReader::load(&inference::find(MODEL)?).ok()).as_ref()
}

/// None where the model is missing or fails.
pub(super) fn read(picture: &Picture, view: &View) -> Option<Recognised> {
    let pixels = inference::Picture { width: picture.width, height: picture.height, pixels: &picture.pixels };
    let reading = installed()?.read(&pixels, Instant::now() + TIME_FOR_A_PAGE).ok()?;
    let glyphs = glyphs_of(&reading.lines, picture.scale, view.height);
    let lines = lines_of(&glyphs, view);
    let mut sizes = FontSizes::default();
    sizes.add(&lines);
    Some(Recognised {
        text: page_text(&lines, sizes.body()),
        confidence: reading.confidence,
        engine: SourceEngine::PpOcr,
    })
}

/// A line in points from the page's lower left corner.
struct Placed {
    words: Vec<(String, Corners)>,
    /// Where its lower edge starts.
    start: (f64, f64),
    /// The direction of writing, of length 1.
    direction: (f64, f64),
    height: f64,
}

impl Placed {
    fn across(&self) -> f64 {
        self.start.1 * self.direction.0 - self.start.0 * self.direction.1
    }

    fn along(&self) -> f64 {
        self.start.0 * self.direction.0 + self.start.1 * self.direction.1
    }
}

/// A glyph for each word and a blank behind it, row by row. `scale` is in points to a pixel, `height` the page's.
fn glyphs_of(lines: &[RecognisedLine], scale: f64, height: f64) -> Vec<Glyph> {
    let point = |(left, top): (f32, f32)| (f64::from(left) * scale, height - f64::from(top) * scale);
    let placed = |line: &RecognisedLine| {
        let [start, end, _, below] = line.corners.0.map(point);
        let length = distance(start, end).max(f64::EPSILON);
        Placed {
            words: line.words.iter().map(|word| (word.text.clone(), word.corners)).collect(),
            start: below,
            direction: ((end.0 - start.0) / length, (end.1 - start.1) / length),
            height: distance(start, below),
        }
    };
    let mut lines: Vec<Placed> = lines.iter().map(placed).collect();
    even_out(&mut lines);
    sort_by_rows(&mut lines);
    let glyphs_of_word = |line: &Placed, text: &str, corners: Corners| {
        let [_, _, right, left] = corners.0.map(point);
        let (along, lift) = (line.direction, DESCENT * line.height);
        let glyph = Glyph {
            text: text.to_owned(),
            x: left.0 - along.1 * lift,
            y: left.1 + along.0 * lift,
            direction: along,
            advance: distance(left, right),
            size: line.height,
            bold: false,
        };
        let (x, y) = (glyph.x + along.0 * glyph.advance, glyph.y + along.1 * glyph.advance);
        let blank = Glyph { text: " ".to_owned(), x, y, advance: 0.0, ..glyph.clone() };
        [glyph, blank]
    };
    let words = lines.iter().flat_map(|line| line.words.iter().map(move |word| (line, word)));
    words.flat_map(|(line, (text, corners))| glyphs_of_word(line, text, *corners)).collect()
}

/// From the top to the bottom, and in each row from its start to its end.
fn sort_by_rows(lines: &mut [Placed]) {
    lines.sort_by(|one, other| other.across().total_cmp(&one.across()));
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let lowest = first.across() - SAME_ROW * first.height;
        let in_row = rest.iter().take_while(|line| line.across() > lowest).count().max(1);
        let (row, below) = rest.split_at_mut(in_row);
        row.sort_by(|one, other| one.along().total_cmp(&other.along()));
        rest = below;
    }
}

/// Gives lines that run about like most the same direction, and those about as high as most the same height.
fn even_out(lines: &mut [Placed]) {
    let Some(direction) = middle(lines.iter().map(|line| line.direction.1.atan2(line.direction.0))) else {
        return;
    };
    let usual = (direction.cos(), direction.sin());
    for line in lines.iter_mut() {
        if line.direction.0 * usual.0 + line.direction.1 * usual.1 > ALIKE {
            line.direction = usual;
        }
    }
    let words = lines.iter().flat_map(|line| line.words.iter().map(|_| line.height));
    let Some(height) = middle(words) else { return };
    for line in lines {
        if (height / SAME_HEIGHT..height * SAME_HEIGHT).contains(&line.height) {
            line.height = height;
        }
    }
}

fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

fn middle(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
