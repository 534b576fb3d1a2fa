use std::time::Duration;

/// The median and the 95th percentile of some durations, in words.
pub fn percentiles(mut durations: Vec<Duration>) -> String {
    durations.sort();
    let at = |share: usize| durations.get(durations.len() * share / 100).copied().unwrap_or_default();
    format!("median {:.2} ms, p95 {:.2} ms", at(50).as_secs_f64() * 1e3, at(95).as_secs_f64() * 1e3)
}
