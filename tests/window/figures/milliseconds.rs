/// The spread of some times.
pub fn told(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        let last = times.len().saturating_sub(1);
        times.get(last * percent / 100).copied().unwrap_or_default()
    };
    format!("median {:.0} ms, 95th percentile {:.0} ms, longest {:.0} ms", at(50), at(95), at(100))
}
