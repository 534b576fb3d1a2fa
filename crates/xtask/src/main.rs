//! What a contributor runs: cargo xtask start, test, bench.
fn main() {}
