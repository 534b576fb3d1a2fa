//! One number, and whether another is the same.

use std::ops::Range;

use super::measure::Measure;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Where it stands, in bytes, its scale and unit included.
    pub range: Range<usize>,
    /// What it is worth. "4.331" is two numbers: what a point means depends on the language.
    pub values: Vec<f64>,
    /// What it counts.
    pub measure: Measure,
    /// Whether "million" or the like stands behind it.
    pub(super) scaled: bool,
    /// Written as a word.
    pub(super) spelled: bool,
    /// Whether signs part its thousands or decimals.
    pub(super) parted: bool,
    /// Digits that say how exact it is.
    pub(super) digits: usize,
}

impl Figure {
    /// Whether it is likely a year.
    #[must_use]
    pub fn year(&self) -> Option<u32> {
        let value = self.values.last().copied().unwrap_or_default();
        let plain = self.measure == Measure::Plain && !self.scaled && !self.spelled && !self.parted;
        (plain && self.digits <= 4 && value.fract() == 0.0 && (1000.0..2200.0).contains(&value))
            .then_some(value as u32)
    }

    /// Whether `source` says this number, exactly or with more digits. Numbers without a scale of their own count
    /// `scales` ("in millions" above a table); where none is known, it may be the one of this number.
    #[must_use]
    pub fn is_in(&self, source: &Self, scales: &[f64]) -> bool {
        // A number in words without a unit counts what stands behind it.
        let counts_things = source.spelled && source.measure == Measure::Plain;
        if !self.measure.agrees(source.measure) || (counts_things && self.measure != Measure::Plain) {
            return false;
        }
        let pairs =
            || self.values.iter().flat_map(|own| source.values.iter().map(move |other| (*own, *other)));
        // One digit is the beginning of every tenth number: a rounded one has the source's unit, too.
        let is_telling = self.digits > 1 || self.measure == source.measure;
        let may_be_rounded =
            self.year().is_none() && source.year().is_none() && self.digits < source.digits && is_telling;
        let says = |scale: f64| {
            pairs().any(|(own, other)| {
                let other = other * scale;
                same(own, other) || (may_be_rounded && same(own, to_digits(other, self.digits)))
            })
        };
        let scales = if self.scaled && scales.is_empty() { &[1e3, 1e6, 1e9] } else { scales };
        let takes_scale = !source.scaled && source.measure == Measure::Plain && source.year().is_none();
        says(1.0) || (takes_scale && scales.iter().any(|scale| says(*scale)))
    }
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= one.abs().max(other.abs()) * 1e-9
}

/// `value` with so many digits that count.
fn to_digits(value: f64, digits: usize) -> f64 {
    if value == 0.0 {
        return value;
    }
    let place = 10_f64.powi(value.abs().log10().floor() as i32 + 1 - digits.clamp(1, 15) as i32);
    (value / place).round() * place
}
