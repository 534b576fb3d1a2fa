//! An index on disk: a manifest that names a folder with the codes and the graph, and their checksums.
//!
//! A save writes a new folder, then replaces the manifest in one step, then removes the old folder: a
//! crash at any moment leaves either the old index or the new one.

mod codes_file;
mod manifest;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::graph::{self, Graph};
use crate::{LoadError, SaveError, VectorIndex};
use manifest::{Checksums, Manifest};

/// Which vectors an index holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Whose vectors they are: an index saved for others is foreign.
    pub owner: String,
    /// Up to which change of the owner's they were taken in; only the owner knows its meaning.
    pub revision: u64,
}

impl VectorIndex {
    /// Writes the index into `directory`, which is created, in place of the one saved there before.
    ///
    /// # Errors
    /// The file system refused; the index saved before still stands.
    pub fn save(&self, directory: &Path, origin: &Origin) -> Result<(), SaveError> {
        fs::create_dir_all(directory).map_err(writing(directory))?;
        let folder = unused_folder(directory);
        let path = directory.join(&folder);
        fs::create_dir(&path).map_err(writing(&path))?;
        let saved = self.write_folder(&path).and_then(|(graph_len, checksums)| {
            let manifest = Manifest {
                kind: Manifest::current_kind(),
                owner: origin.owner.clone(),
                revision: origin.revision,
                dimensions: self.dimensions,
                slots: self.ids.len(),
                graph_len,
                folder: folder.clone(),
                checksums,
            };
            manifest.write(directory).map_err(writing(directory))
        });
        // Whatever was left behind goes: the old folder, or the one that did not become whole.
        let keep =
            if saved.is_ok() { Some(folder) } else { Manifest::read(directory).ok().map(|m| m.folder) };
        remove_other_folders(directory, keep.as_deref());
        saved
    }

    fn write_folder(&self, path: &Path) -> Result<(usize, Checksums), SaveError> {
        let mut checksums = Checksums::new();
        let codes = path.join(codes_file::NAME);
        let checksum = codes_file::write(self, &codes).map_err(writing(&codes))?;
        checksums.insert(codes_file::NAME.to_owned(), checksum);
        if self.graph.len() == 0 {
            return Ok((0, checksums));
        }
        let graph_len =
            self.graph.save(path).ok_or_else(|| SaveError::Graph { directory: path.to_owned() })?;
        for name in graph::FILES {
            let file = path.join(name);
            let checksum = manifest::checksum(&file).and_then(|checksum| {
                File::options().append(true).open(&file)?.sync_all()?;
                Ok(checksum)
            });
            checksums.insert(name.to_owned(), checksum.map_err(writing(&file))?);
        }
        Ok((graph_len, checksums))
    }

    /// Reads the index saved in `directory` for `owner`, with the revision it was saved at. Every byte is
    /// checked before it is used.
    ///
    /// # Errors
    /// There is no whole index for this owner; build it again.
    pub fn load(directory: &Path, owner: &str, dimensions: usize) -> Result<(Self, u64), LoadError> {
        let manifest = Manifest::read(directory)?;
        manifest.check(directory, owner, dimensions)?;
        let path = directory.join(&manifest.folder);
        let mut index = Self::new(dimensions);
        codes_file::read(&mut index, &path.join(codes_file::NAME), &manifest)?;
        if manifest.graph_len > 0 {
            index.graph = load_graph(&index, &path, &manifest)?;
        }
        Ok((index, manifest.revision))
    }
}

fn load_graph(index: &VectorIndex, path: &Path, manifest: &Manifest) -> Result<Graph, LoadError> {
    for name in graph::FILES {
        let file = path.join(name);
        let checksum = manifest::checksum(&file).map_err(reading(&file))?;
        manifest.verify(&file, name, &checksum)?;
    }
    Graph::load(path, Arc::clone(&index.codes))
        .filter(|graph| graph.len() == manifest.graph_len)
        .ok_or_else(|| damaged(&path.join(graph::FILES[0]), "the graph could not be read"))
}

/// A name that no earlier save has left behind.
fn unused_folder(directory: &Path) -> String {
    (1_u64..)
        .map(|number| format!("{FOLDER_PREFIX}{number}"))
        .find(|name| !directory.join(name).exists())
        .expect("a folder cannot hold 2⁶⁴ others")
}

const FOLDER_PREFIX: &str = "index-";

/// What cannot be removed now is removed after the next save.
fn remove_other_folders(directory: &Path, keep: Option<&str>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.starts_with(FOLDER_PREFIX) && Some(name) != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn damaged(file: &Path, reason: impl Into<String>) -> LoadError {
    LoadError::Damaged { file: file.to_owned(), reason: reason.into() }
}

fn reading(file: &Path) -> impl FnOnce(io::Error) -> LoadError {
    let file = PathBuf::from(file);
    move |source| LoadError::Read { file, source }
}

fn writing(file: &Path) -> impl FnOnce(io::Error) -> SaveError {
    let file = PathBuf::from(file);
    move |source| SaveError::Write { file, source }
}
