//! A line of the table.

use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

pub struct Measured {
    pub name: String,
    /// Of the ten nearest.
    pub recall: f64,
    /// Of the processor, with the exact ranking of the candidates.
    pub query: Duration,
    /// A vector, in memory.
    pub bytes: usize,
    /// Of the processor.
    pub build: Duration,
    pub open: Duration,
}

pub fn heading() -> String {
    format!(
        "{:<28} {:>9} {:>10} {:>8} {:>9} {:>9}",
        "", "recall@10", "µs a query", "bytes", "build s", "open ms"
    )
}

impl Display for Measured {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write!(
            formatter,
            "{:<28} {:>9.4} {:>10} {:>8} {:>9.1} {:>9.1}",
            self.name,
            self.recall,
            self.query.as_micros(),
            self.bytes,
            self.build.as_secs_f64(),
            self.open.as_secs_f64() * 1e3
        )
    }
}

/// Bytes of this process in memory.
pub fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem)
}
