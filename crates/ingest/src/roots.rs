//! The folders and files that a job looks at: each once, and none that lies in another.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use libraries::Library;
use library::{Exclusions, Folder, FolderId};

use crate::IngestError;
use crate::rules::Rules;

/// A folder or file to look at.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    pub(crate) path: PathBuf,
    /// The remembered folder it is or lies in.
    pub(crate) folder: Option<FolderId>,
    /// Whether files that failed before are read again though they have not changed.
    pub(crate) retry_failures: bool,
}

/// What a job looks at.
#[derive(Debug, Default)]
pub(crate) struct Roots {
    pub(crate) roots: Vec<Root>,
    /// What it leaves out of them.
    pub(crate) exclusions: Exclusions,
    /// What a person named and is not there.
    pub(crate) missing: Vec<IngestError>,
}

impl Roots {
    /// Those that a person named. Folders are remembered.
    ///
    /// # Errors
    /// None of them is there, or the library cannot be written.
    pub(crate) fn named(library: &Library, paths: &[PathBuf]) -> Result<Self, IngestError> {
        let mut found = Vec::new();
        let mut missing = Vec::new();
        for path in paths {
            let known = known_path(library, path)?;
            match fs::metadata(&known) {
                Ok(metadata) => found.push((known, metadata.is_dir())),
                Err(source) => missing.push(IngestError::NoSuchPath { path: path.clone(), source }),
            }
        }
        if found.is_empty()
            && let Some(error) = missing.pop()
        {
            return Err(error);
        }
        let roots = found.iter().map(|(path, is_folder)| root(library, path, *is_folder));
        let roots = roots.collect::<Result<Vec<_>, _>>()?;
        Ok(Self { missing, ..Self::apart(library, &roots)? })
    }

    /// The remembered folders, and the files that were added by themselves; only those of these paths, where some are given.
    ///
    /// # Errors
    /// The library cannot be read.
    pub(crate) fn remembered(library: &Library, only: Option<&[PathBuf]>) -> Result<Self, IngestError> {
        let folders = library.folders()?.into_iter().map(|Folder { id, path }| (path, Some(id)));
        let files = library
            .documents()?
            .into_iter()
            .filter(|document| document.folder.is_none())
            .map(|file| (file.path, None));
        let root = |(path, folder)| Root { path, folder, retry_failures: false };
        let mut all = Self::apart(library, &folders.chain(files).map(root).collect::<Vec<_>>())?;
        all.roots.retain(|root| only.is_none_or(|only| only.contains(&root.path)));
        Ok(all)
    }

    fn apart(library: &Library, roots: &[Root]) -> Result<Self, IngestError> {
        let exclusions = library.exclusions()?;
        let mut seen = HashSet::new();
        let mut folders: Vec<_> = roots
            .iter()
            .filter(|root| root.folder.is_some())
            .map(|root| (&root.path, Rules::of(&root.path, &exclusions)))
            .collect();
        let mut is_outer = |root: &&Root| {
            let mut around = folders
                .iter_mut()
                .filter(|(folder, _)| root.path.starts_with(folder) && **folder != root.path);
            !around.any(|(_, rules)| rules.let_through(&root.path)) && seen.insert(root.path.clone())
        };
        let outer = roots.iter().filter(|root| is_outer(root)).cloned().collect();
        drop(folders);
        Ok(Self { roots: outer, exclusions, missing: Vec::new() })
    }
}

fn root(library: &Library, path: &Path, is_folder: bool) -> Result<Root, IngestError> {
    library.lift_exclusion(path)?;
    let exclusions = library.exclusions()?;
    // What its rules leave out and a person names all the same is looked at by itself.
    let is_around = |folder: &Folder| {
        path.starts_with(&folder.path) && Rules::of(&folder.path, &exclusions).let_through(path)
    };
    let around = library.folders()?.into_iter().find(is_around);
    let folder = match around {
        Some(folder) => Some(folder.id),
        None if is_folder => {
            let mut rules = Rules::of(path, &exclusions);
            Some(library.add_folder(path, |inner| rules.let_through(inner))?)
        }
        None => None,
    };
    Ok(Root { path: path.to_owned(), folder, retry_failures: true })
}

/// The path by which the library would know what a person names: absolute, without `..`, and through the remembered
/// folder that it lies in, whichever way the person has come to it.
///
/// # Errors
/// The library cannot be read.
pub fn known_path(library: &Library, path: &Path) -> Result<PathBuf, library::Error> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = fs::canonicalize(&absolute);
    let path: PathBuf = match &real {
        Ok(real) if absolute.components().any(|part| part == Component::ParentDir) => real.clone(),
        // Without a slash at the end.
        _ => absolute.components().collect(),
    };
    let folders = library.folders()?;
    let is_inside = folders.iter().any(|folder| path.starts_with(&folder.path));
    let (false, Ok(real)) = (is_inside, real) else { return Ok(path) };
    let through = |folder: &Folder| {
        let inner = real.strip_prefix(fs::canonicalize(&folder.path).ok()?).ok()?.to_owned();
        Some(folder.path.join(inner).components().collect())
    };
    Ok(folders.iter().find_map(through).unwrap_or(path))
}
