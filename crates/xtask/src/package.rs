//! The packages that people install, with PDFium, the models and the licences of all that they carry.

use std::env::consts::EXE_SUFFIX;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};
use xshell::{Shell, cmd};

use crate::{licences, models, pdfium, system_packages, ui, workspace};

const BUNDLER: &str = "@tauri-apps/cli@2.12.3";

/// Where what packages contain is made.
const MADE: &str = "target/packaging";
const BUILT: &str = "target/release";

const THIRD_PARTY: &str = "THIRD-PARTY.md";

/// Where shells look for completions on Linux.
const COMPLETIONS: [(&str, &str); 3] = [
    ("bash", "/usr/share/bash-completion/completions/footnote"),
    ("zsh", "/usr/share/zsh/vendor-completions/_footnote"),
    ("fish", "/usr/share/fish/vendor_completions.d/footnote.fish"),
];

/// Packages of the kinds that this system knows; `options` are those of `tauri bundle`.
pub fn run(shell: &Shell, options: &[String]) -> Result<()> {
    system_packages::ensure(shell, system_packages::WINDOW)?;
    ui::install(shell)?;
    pdfium::install(shell)?;
    models::install(shell)?;
    let npx = which::which("npx")?;
    // In one build, so that the features that both need of a dependency are the same.
    let packages = ["--package", "footnote", "--package", "footnote-desktop"];
    cmd!(shell, "{npx} --yes {BUNDLER} build --no-bundle -- {packages...}").run()?;

    shell.create_dir(MADE)?;
    licences::write(shell, &Path::new(MADE).join(THIRD_PARTY))?;
    let contents = contents(shell)?.to_string();
    let bundle = |options: &[String]| {
        cmd!(shell, "{npx} --yes {BUNDLER} bundle --config {contents} {options...}").run()
    };
    if !options.is_empty() || !cfg!(target_os = "linux") {
        return Ok(bundle(options)?);
    }
    bundle(&["--bundles".into(), "deb,rpm".into()])?;
    if bundle(&["--bundles".into(), "appimage".into()]).is_err() {
        workspace::lacks(
            "No AppImage: the programs that make one are fetched from GitHub, which cannot be reached.",
        )?;
    }
    Ok(())
}

/// Settings of the bundler: what the packages contain beside the window.
fn contents(shell: &Shell) -> Result<Value> {
    let (library, name) = (pdfium::fetched(), pdfium::file_name());
    ensure!(library.exists(), "a package without PDFium reads PDFs worse and no scans: fetch it first");
    let mut resources = models::fetched(shell)?;
    resources.push((library, name.into()));
    resources.push((Path::new(MADE).join(THIRD_PARTY), THIRD_PARTY.into()));
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        resources.push((licence.into(), licence.into()));
    }
    let resources: Map<String, Value> =
        resources.into_iter().map(|(file, place)| (from_desktop(&file), json!(place))).collect();
    // The bundler takes a program by its name with the system that it is for.
    let system = cmd!(shell, "rustc --print host-tuple").read()?;
    let command = Path::new(MADE).join("footnote");
    shell.copy_file(
        Path::new(BUILT).join(format!("footnote{EXE_SUFFIX}")),
        Path::new(MADE).join(format!("footnote-{system}{EXE_SUFFIX}")),
    )?;
    let files = if cfg!(target_os = "linux") { for_linux(shell)? } else { Map::new() };
    Ok(json!({ "bundle": {
        "resources": resources,
        "externalBin": [from_desktop(&command)],
        "linux": { "deb": { "files": files }, "rpm": { "files": files } },
    } }))
}

/// Completions, manual pages and what software centres show, by their places on Linux.
fn for_linux(shell: &Shell) -> Result<Map<String, Value>> {
    let footnote = Path::new(BUILT).join("footnote");
    let metainfo = "app.footnote.desktop.metainfo.xml";
    let mut files = Map::from_iter([
        (format!("/usr/share/metainfo/{metainfo}"), json!(format!("packaging/{metainfo}"))),
        ("/usr/share/doc/footnote/copyright".to_owned(), json!("packaging/copyright")),
    ]);
    for (name, place) in COMPLETIONS {
        let script = Path::new(MADE).join(name);
        shell.write_file(&script, cmd!(shell, "{footnote} completions {name}").read()?)?;
        files.insert(place.to_owned(), json!(from_desktop(&script)));
    }
    let manual = Path::new(MADE).join("man");
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
