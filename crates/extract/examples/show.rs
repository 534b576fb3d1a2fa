//! Prints what is read out of a file, block by block:
//! `cargo run -p extract --example show -- FILE`. Needs the worker: `cargo build -p extract`.
#![allow(clippy::print_stdout)]

use std::path::Path;

use extract::{Extractor, Limits, WorkerCommand};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args_os().nth(1).ok_or("which file?")?;
    let example = std::env::current_exe()?;
    let folder = example.parent().and_then(Path::parent).ok_or("the example's folder is unknown")?;
    let worker = WorkerCommand { program: folder.join("extract-worker"), arguments: Vec::new() };
    let document = Extractor::new(worker, Limits::default()).extract(Path::new(&file), &|| false)?;
    println!(
        "title {:?}, {} bookmarks, warnings {:?}",
        document.title,
        document.outline.len(),
        document.warnings
    );
    for page in &document.pages {
        println!("===== page {}, {:?}, quality {:.2}", page.number, page.size, page.quality);
        for block in &page.blocks {
            println!("[{:?}] {}", block.kind, &page.text[block.range.clone()]);
        }
    }
    Ok(())
}
