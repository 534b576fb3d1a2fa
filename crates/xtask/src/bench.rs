//! Figures of this computer: ingestion, search, first token; and of the vector index beside those of others.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use xshell::{Shell, cmd};

use crate::{pdfium, peers};

/// What else can be measured.
#[derive(Subcommand)]
pub enum Part {
    /// The vector index at these sizes, beside usearch, hnswlib and faiss: recall, time, memory
    Vectors {
        /// How many vectors
        #[arg(default_values_t = [20_000, 100_000, 300_000, 1_000_000])]
        counts: Vec<usize>,
    },
    /// Searches in libraries of these sizes, made from the documents of one that has vectors: time, memory, disk
    Search {
        /// The folder of that library
        library: PathBuf,
        /// How many chunks
        #[arg(default_values_t = [15_000, 150_000, 1_000_000])]
        counts: Vec<usize>,
    },
}

pub fn run(shell: &Shell, documents: Option<PathBuf>, part: Option<Part>) -> Result<()> {
    match part {
        Some(Part::Vectors { counts }) => {
            peers::install_indexes(shell)?;
            let counts = counts.iter().map(ToString::to_string);
            cmd!(shell, "cargo bench --package vectors --bench neighbours -- {counts...}").run()?;
        }
        Some(Part::Search { library, counts }) => {
            let counts = counts.iter().map(ToString::to_string);
            cmd!(shell, "cargo bench --package libraries --bench search -- {library} {counts...}").run()?;
        }
        None => {
            pdfium::install(shell)?;
            cmd!(shell, "cargo bench --package engine --bench roads -- {documents...}").run()?;
        }
    }
    Ok(())
}
