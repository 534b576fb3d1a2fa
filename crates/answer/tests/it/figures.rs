//! How often the check says what a reader says.

use std::collections::BTreeMap;

use answer::Support;

const LABELS: [Support; 3] = [Support::Supported, Support::Partly, Support::Unsupported];

/// Labels against grades.
#[derive(Default)]
pub struct Figures {
    counts: BTreeMap<(Support, Support), u32>,
    kinds: BTreeMap<String, [u32; 3]>,
}

impl Figures {
    pub fn count(&mut self, label: Support, kind: &str, grade: Support) {
        *self.counts.entry((label, grade)).or_default() += 1;
        let column = LABELS.iter().position(|own| *own == grade).unwrap_or_default();
        self.kinds.entry(kind.to_owned()).or_default()[column] += 1;
    }

    /// Of what is shown so, the share that is so.
    pub fn precision(&self, grade: Support) -> f64 {
        share(self.sum(Some(grade), Some(grade)), self.sum(None, Some(grade)))
    }

    /// Of what is so, the share that is shown so.
    pub fn recall(&self, label: Support) -> f64 {
        share(self.sum(Some(label), Some(label)), self.sum(Some(label), None))
    }

    /// Of what is so, the share that is shown otherwise than `grade`.
    pub fn not_shown_as(&self, label: Support, grade: Support) -> f64 {
        1.0 - share(self.sum(Some(label), Some(grade)), self.sum(Some(label), None))
    }

    fn sum(&self, label: Option<Support>, grade: Option<Support>) -> u32 {
        let counts = self.counts.iter().filter(|((own_label, own_grade), _)| {
            label.is_none_or(|label| label == *own_label) && grade.is_none_or(|grade| grade == *own_grade)
        });
        counts.map(|(_, count)| count).sum()
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{:<14}{:>10}{:>8}{:>13}{:>11}{:>9}",
            "", "supported", "partly", "unsupported", "precision", "recall"
        )?;
        for label in LABELS {
            let counts = LABELS.map(|grade| self.sum(Some(label), Some(grade)));
            writeln!(
                f,
                "{:<14}{:>10}{:>8}{:>13}{:>10.1}%{:>8.1}%",
                format!("{label:?}").to_lowercase(),
                counts[0],
                counts[1],
                counts[2],
                self.precision(label) * 100.0,
                self.recall(label) * 100.0
            )?;
        }
        let false_ones = self.not_shown_as(Support::Unsupported, Support::Supported) * 100.0;
        let true_ones = self.not_shown_as(Support::Supported, Support::Unsupported) * 100.0;
        writeln!(f, "false ones not shown as supported: {false_ones:.1}%")?;
        writeln!(f, "true ones not shown as unsupported: {true_ones:.1}%")?;
        for (kind, [supported, partly, unsupported]) in &self.kinds {
            writeln!(f, "  {kind:<12}{supported:>10}{partly:>8}{unsupported:>13}")?;
        }
        Ok(())
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}
