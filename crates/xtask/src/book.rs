//! The documentation as a book.

use std::path::Path;

use anyhow::Result;
use walkdir::WalkDir;
use xshell::{Shell, cmd};

use crate::tools::Tool;

const MDBOOK: Tool = Tool { name: "mdbook", version: "0.5.4", features: &["search"] };

const DOCS: &str = "docs";
/// What `docs/book.toml` names.
const PAGES: &str = "target/book/pages";

/// What links of the pages lead to, beside pages.
const BESIDE: [&str; 8] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "tests/window/screenshots",
];

/// Lays the pages out as they stand in the project, with the list of them at the top, and makes HTML of them.
pub fn run(shell: &Shell) -> Result<()> {
    let mdbook = MDBOOK.find(shell)?;
    shell.remove_path(PAGES)?;
    for part in BESIDE.into_iter().chain([DOCS]) {
        for file in WalkDir::new(part) {
            let file = file?;
            if file.file_type().is_file() {
                let place = Path::new(PAGES).join(file.path());
                shell.create_dir(place.parent().unwrap_or(&place))?;
                shell.copy_file(file.path(), place)?;
            }
        }
    }
    let list = shell.read_file(Path::new(DOCS).join("SUMMARY.md"))?;
    let from_the_top = list.replace("](", "](docs/").replace("](docs/../", "](");
    shell.write_file(Path::new(PAGES).join("SUMMARY.md"), from_the_top)?;
    Ok(cmd!(shell, "{mdbook} build {DOCS}").run()?)
}
