//! One number, and whether another is the same.

use std::ops::Range;

use super::measure::Measure;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Figure {
    /// Where it stands, in bytes, its scale and unit included.
    pub(in super::super) range: Range<usize>,
    /// What it is worth. "4.331" is two numbers: what a point means depends on the language.
    pub(super) values: Vec<f64>,
    pub(in super::super) measure: Measure,
    /// Whether "million" or the like stands behind it.
    pub(super) scaled: bool,
    /// Written as a word.
    pub(in super::super) spelled: bool,
    /// Whether signs part its thousands or decimals.
    pub(super) parted: bool,
    /// Digits that say how exact it is.
    pub(super) digits: usize,
}

/// How one number fits another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Fit {
    /// Another number, or of another measure.
    No,
    /// The same digits, but only one of them says whether they are millions.
    ScaleUnknown,
    /// The same.
    Same,
}

impl Figure {
    /// Whether it is likely a year.
    pub(in super::super) fn year(&self) -> Option<u32> {
        let value = self.values.last().copied().unwrap_or_default();
        let plain = self.measure == Measure::Plain && !self.scaled && !self.spelled && !self.parted;
        (plain && self.digits <= 4 && value.fract() == 0.0 && (1000.0..2200.0).contains(&value))
            .then_some(value as u32)
    }

    /// Whether `source` says this number, where numbers without a scale of their own count `scales` (from "in
    /// millions" above a table), and what stands "about" may be rounded.
    pub(in super::super) fn fits(&self, source: &Self, scales: &[f64], about: bool) -> Fit {
        let plain_word = source.spelled && source.measure == Measure::Plain;
        if !self.measure.agrees(source.measure) || (plain_word && self.measure != Measure::Plain) {
            return Fit::No;
        }
        let same = |one: f64, other: f64| (one - other).abs() <= one.abs().max(other.abs()) * 1e-9;
        let may_be_rounded = about || self.scaled != source.scaled || self.spelled;
        let rounded = |own: f64, other: f64| may_be_rounded && same(own, to_digits(other, self.digits));
        let pairs =
            || self.values.iter().flat_map(|own| source.values.iter().map(move |other| (*own, *other)));
        let fits =
            |scale: f64| pairs().any(|(own, other)| same(own, other * scale) || rounded(own, other * scale));
        let takes_scale = !source.scaled && source.measure == Measure::Plain && source.year().is_none();
        if pairs().any(|(own, other)| same(own, other))
            || pairs().any(|(own, other)| rounded(own, other))
            || (takes_scale && scales.iter().any(|scale| fits(*scale)))
        {
            return Fit::Same;
        }
        if self.scaled && takes_scale && scales.is_empty() && [1e3, 1e6, 1e9].into_iter().any(fits) {
            return Fit::ScaleUnknown;
        }
        Fit::No
    }
}

/// `value` with so many digits that count.
fn to_digits(value: f64, digits: usize) -> f64 {
    if value == 0.0 {
        return value;
    }
    let place = 10_f64.powi(value.abs().log10().floor() as i32 + 1 - digits.clamp(1, 15) as i32);
    (value / place).round() * place
}
