//! What a contributor runs: `cargo xtask start`, `test`, `lint`, `types`, `bench`, `package`, `book`, `eval`.

#![allow(clippy::print_stdout, reason = "it talks to a person at a terminal")]

mod bench;
mod book;
mod browser;
mod eval;
mod licences;
mod links;
mod lint;
mod models;
mod package;
mod package_manager;
mod pdfium;
mod peers;
mod python_packages;
mod start;
mod system_packages;
mod test;
mod tools;
mod try_package;
mod types;
mod ui;
mod workspace;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, and open the window on a sample library
    Start,
    /// Install what is missing, and run every test
    Test,
    /// Check the format and the lints of Rust and of the window's code
    Lint,
    /// Write the window's TypeScript types from the engine's
    Types,
    /// Print pages and chunks a second, search latency, and what is added to an endpoint's first token
    #[command(args_conflicts_with_subcommands = true)]
    Bench {
        /// A folder of documents; without one, PDFs are written for the purpose
        documents: Option<PathBuf>,
        #[command(subcommand)]
        part: Option<bench::Part>,
    },
    /// Make the packages that people install, with PDFium and the models in them
    Package {
        /// Options of `tauri bundle`, such as `--bundles deb`
        #[arg(last = true)]
        options: Vec<String>,
    },
    /// Install the Debian package in a clean root, ask a question there, and remove it again
    TryPackage,
    /// Make a book of the documentation, in target/book/html
    Book,
    /// Measure how well retrieval finds the right page
    Eval(eval::Eval),
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let shell = workspace::enter()?;
    match arguments.command {
        Command::Start => start::run(&shell),
        Command::Test => test::run(&shell),
        Command::Lint => lint::run(&shell),
        Command::Types => types::run(&shell),
        Command::Bench { documents, part } => bench::run(&shell, documents, part),
        Command::Package { options } => package::run(&shell, &options),
        Command::TryPackage => try_package::run(&shell),
        Command::Book => book::run(&shell),
        Command::Eval(eval) => eval::run(&shell, &eval),
    }
}
