//! The package that people install, with PDFium and the models in it.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};
use xshell::{Shell, cmd};

use crate::{models, pdfium, system_packages, ui};

const BUNDLER: &str = "@tauri-apps/cli@2.12.3";

/// Where the command, and what shells and desktops know of it, are put on Linux: in the package, and here.
const FOR_SHELLS: [(&str, &str); 3] = [
    ("bash", "/usr/share/bash-completion/completions/footnote"),
    ("zsh", "/usr/share/zsh/vendor-completions/_footnote"),
    ("fish", "/usr/share/fish/vendor_completions.d/footnote.fish"),
];
const METAINFO: (&str, &str) = (
    "/usr/share/metainfo/app.footnote.desktop.metainfo.xml",
    "src-tauri/packaging/app.footnote.desktop.metainfo.xml",
);

/// Packages of the kinds that this system knows; `options` are those of `tauri build`.
pub fn run(shell: &Shell, options: &[String]) -> Result<()> {
    system_packages::ensure(shell, system_packages::WINDOW)?;
    ui::build(shell)?;
    pdfium::install(shell)?;
    models::install(shell)?;
    let (library, name) = (pdfium::fetched(), pdfium::file_name());
    ensure!(library.exists(), "a package without PDFium reads PDFs worse and no scans: fetch it first");
    let files = models::fetched(shell)?.into_iter().chain([(library, name.into())]);
    let resources: Map<String, Value> =
        files.map(|(file, place)| (from_desktop(&file), json!(place))).collect();
    let command = if cfg!(target_os = "linux") { command(shell)? } else { Map::new() };
    let linux = json!({ "deb": { "files": command }, "rpm": { "files": command } });
    let bundle = json!({ "bundle": { "resources": resources, "linux": linux } }).to_string();
    let npx = which::which("npx")?;
    Ok(cmd!(shell, "{npx} --yes {BUNDLER} build --config {bundle} {options...}").run()?)
}

/// The command line with its completions and manual pages, by their places on Linux.
fn command(shell: &Shell) -> Result<Map<String, Value>> {
    cmd!(shell, "cargo build --release --package footnote").run()?;
    let footnote = Path::new("target/release/footnote");
    let made = shell.create_dir("target/packaging")?;
    let mut files = Map::from_iter([
        ("/usr/bin/footnote".to_owned(), json!(from_desktop(footnote))),
        (METAINFO.0.to_owned(), json!(from_desktop(Path::new(METAINFO.1)))),
    ]);
    for (name, place) in FOR_SHELLS {
        let script = made.join(name);
        shell.write_file(&script, cmd!(shell, "{footnote} completions {name}").read()?)?;
        files.insert(place.to_owned(), json!(script));
    }
    let manual = made.join("man");
    cmd!(shell, "{footnote} man {manual}").run()?;
    for page in shell.read_dir(&manual)? {
        let name = page.file_name().unwrap_or_default().display();
        files.insert(format!("/usr/share/man/man1/{name}"), json!(page));
    }
    Ok(files)
}

/// A path below the project's folder, as the settings of the window's package name it.
fn from_desktop(file: &Path) -> String {
    format!("../{}", file.display())
}
