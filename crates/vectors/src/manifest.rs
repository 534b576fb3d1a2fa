//! What a saved index says of itself: one line of JSON, then the checksum of that line.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::LoadError;

pub(crate) const NAME: &str = "manifest";
/// Changes whenever the meaning of a file changes; older indexes are then built again.
const FORMAT: u32 = 2;

/// Which vectors an index holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Whose vectors they are: an index saved for others is foreign.
    pub owner: String,
    /// Up to which change of the owner's they were taken in; only the owner knows its meaning.
    pub revision: u64,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    pub owner: String,
    pub revision: u64,
    pub dimensions: usize,
    pub segments: Vec<SavedSegment>,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SavedSegment {
    /// The name of its file.
    pub file: String,
    /// Of its head.
    pub checksum: String,
    /// Its smallest id and its largest.
    pub ids: (u64, u64),
    pub removed: Vec<u64>,
}

impl Manifest {
    pub fn new(origin: &Origin, dimensions: usize, segments: Vec<SavedSegment>) -> Self {
        Self { format: FORMAT, owner: origin.owner.clone(), revision: origin.revision, dimensions, segments }
    }

    /// Reads the manifest of an index of these vectors.
    pub fn read(directory: &Path, owner: &str, dimensions: usize) -> Result<Self, LoadError> {
        let file = directory.join(NAME);
        let damaged = |reason: &str| LoadError::Damaged { file: file.clone(), reason: reason.to_owned() };
        let text = fs::read_to_string(&file).map_err(|source| match source.kind() {
            ErrorKind::NotFound => LoadError::Missing(directory.to_owned()),
            ErrorKind::InvalidData => damaged("it is not text"),
            _ => LoadError::Read { file: file.clone(), source },
        })?;
        let (line, checksum) = text.split_once('\n').ok_or_else(|| damaged("it was cut off"))?;
        if blake3::hash(line.as_bytes()).to_hex().as_str() != checksum {
            return Err(damaged("its checksum differs"));
        }
        let foreign = |found| {
            let expected = describe(FORMAT, owner, dimensions);
            LoadError::Foreign { directory: directory.to_owned(), expected, found }
        };
        let manifest: Self = serde_json::from_str(line).map_err(|_| foreign("another version".to_owned()))?;
        if (manifest.format, manifest.owner.as_str(), manifest.dimensions) != (FORMAT, owner, dimensions) {
            return Err(foreign(describe(manifest.format, &manifest.owner, manifest.dimensions)));
        }
        Ok(manifest)
    }

    pub fn write(&self, directory: &Path) -> io::Result<()> {
        let line = serde_json::to_string(self)?;
        let checksum = blake3::hash(line.as_bytes()).to_hex();
        let temporary = directory.join("manifest.new");
        let mut file = File::create(&temporary)?;
        write!(file, "{line}\n{checksum}")?;
        file.sync_all()?;
        fs::rename(&temporary, directory.join(NAME))
    }
}

fn describe(format: u32, owner: &str, dimensions: usize) -> String {
    format!("{owner} in {dimensions} dimensions (format {format})")
}
