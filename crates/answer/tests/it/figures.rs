//! How often an alarm of the check is one, and a true sentence raises none.

use std::collections::BTreeMap;

use answer::Checked;
use library::Wording;

use crate::pairs::Kind;

/// Pairs counted by their kind.
#[derive(Default)]
pub struct Figures(BTreeMap<Kind, Counts>);

#[derive(Default, Clone, Copy)]
struct Counts {
    pairs: u32,
    alarms: u32,
    word_for_word: u32,
}

impl Figures {
    pub fn count(&mut self, kind: Kind, checked: Option<&Checked>) {
        let counts = self.0.entry(kind).or_default();
        counts.pairs += 1;
        counts.alarms += u32::from(checked.is_none_or(|checked| checked.facts.raise_alarm()));
        counts.word_for_word +=
            u32::from(checked.is_some_and(|checked| checked.facts.wording == Wording::WordForWord));
    }

    /// The share of true sentences that raise an alarm.
    pub fn false_alarms(&self) -> f64 {
        share(self.sum(Kind::is_true), |counts| counts.alarms)
    }

    /// The share of planted figures, dates and names that raise one, of those that stand nowhere on the page.
    pub fn found(&self) -> f64 {
        share(self.sum(Kind::is_nowhere), |counts| counts.alarms)
    }

    /// The share of pairs that are told to be word for word or not as they are.
    pub fn right_wording(&self) -> f64 {
        let (copies, others) = (self.sum(|kind| kind == Kind::Copy), self.sum(|kind| kind != Kind::Copy));
        let right = copies.word_for_word + others.pairs - others.word_for_word;
        f64::from(right) / f64::from(copies.pairs + others.pairs)
    }

    fn sum(&self, of: impl Fn(Kind) -> bool) -> Counts {
        let counts = self.0.iter().filter(|(kind, _)| of(**kind)).map(|(_, counts)| *counts);
        counts.fold(Counts::default(), |sum, counts| Counts {
            pairs: sum.pairs + counts.pairs,
            alarms: sum.alarms + counts.alarms,
            word_for_word: sum.word_for_word + counts.word_for_word,
        })
    }
}

fn share(counts: Counts, part: impl Fn(Counts) -> u32) -> f64 {
    f64::from(part(counts)) / f64::from(counts.pairs.max(1))
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:<10}{:>6}{:>8}{:>15}", "", "pairs", "alarms", "word for word")?;
        for (kind, Counts { pairs, alarms, word_for_word }) in &self.0 {
            writeln!(
                f,
                "{:<10}{pairs:>6}{alarms:>8}{word_for_word:>15}",
                format!("{kind:?}").to_lowercase()
            )?;
        }
        writeln!(f, "true sentences that raise an alarm: {:.1} %", self.false_alarms() * 100.0)?;
        writeln!(f, "what stands nowhere on the page that raises one: {:.1} %", self.found() * 100.0)?;
        writeln!(f, "word for word or not, as it is: {:.1} %", self.right_wording() * 100.0)
    }
}
