//! The same vectors in the indexes of others, each in a process of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::clustered::Sample;
use crate::measured::Measured;

/// Where `cargo xtask bench vectors` has put the packages.
const PYTHON: &str = "../../target/peers/bench/bin/python";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/neighbours/peers.py");
const PEERS: [&str; 3] = ["usearch", "hnswlib", "faiss"];

pub fn measure(sample: &Sample, directory: &Path) {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join(PYTHON);
    let files = ["vectors", "queries"].map(|name| directory.join(format!("{name}.f32")));
    for (file, values) in files.iter().zip(sample.raw()) {
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        std::fs::write(file, bytes).unwrap();
    }
    for peer in PEERS {
        let mut command = Command::new(&python);
        command.arg(SCRIPT).arg(peer).args(&files).arg(crate::DIMENSIONS.to_string());
        let output = command.output().ok().filter(|output| output.status.success());
        match output.and_then(|output| line(peer, sample, &String::from_utf8_lossy(&output.stdout))) {
            Some(measured) => println!("{measured}"),
            None => println!("{peer:<28} skipped: its Python package is missing or failed"),
        }
    }
}

/// The script prints its figures and then, for each question, the ids it found.
fn line(peer: &str, sample: &Sample, output: &str) -> Option<Measured> {
    let mut lines = output.lines();
    let figures: Vec<f64> =
        lines.next()?.split(' ').map(|figure| figure.parse().ok()).collect::<Option<_>>()?;
    let [query, bytes, build, open] = figures.try_into().ok()?;
    let found: Option<Vec<Vec<u64>>> =
        lines.map(|line| line.split(' ').map(|id| id.parse().ok()).collect()).collect();
    Some(Measured {
        name: format!("{peer} (8 bits, ranked again)"),
        recall: sample.recall(&found?, None),
        query: Duration::from_secs_f64(query),
        bytes: bytes as usize,
        build: Duration::from_secs_f64(build),
        open: Duration::from_secs_f64(open),
    })
}
