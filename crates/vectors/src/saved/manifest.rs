//! What a saved index says of itself: one line of JSON, then the checksum of that line.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{damaged, reading};
use crate::LoadError;
use crate::graph::Graph;

const NAME: &str = "manifest";
/// Changes whenever the meaning of a file changes; older indexes are then built again.
const FORMAT: u32 = 1;

/// BLAKE3 of each file, in hexadecimal, by its name.
pub(super) type Checksums = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub kind: String,
    pub owner: String,
    pub revision: u64,
    pub dimensions: usize,
    pub slots: usize,
    pub graph_len: usize,
    pub folder: String,
    pub checksums: Checksums,
}

impl Manifest {
    pub fn current_kind() -> String {
        format!("{FORMAT} {}", Graph::kind())
    }

    pub fn read(directory: &Path) -> Result<Self, LoadError> {
        let file = directory.join(NAME);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(LoadError::Missing(directory.to_owned()));
            }
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                return Err(damaged(&file, "it is not text"));
            }
            Err(error) => return Err(reading(&file)(error)),
        };
        let (line, checksum) = text.split_once('\n').ok_or_else(|| damaged(&file, "it was cut off"))?;
        if blake3::hash(line.as_bytes()).to_hex().as_str() != checksum {
            return Err(damaged(&file, "its checksum differs"));
        }
        serde_json::from_str(line).map_err(|error| LoadError::Foreign {
            directory: directory.to_owned(),
            expected: Self::current_kind(),
            found: format!("another version ({error})"),
        })
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

    pub fn check(&self, directory: &Path, owner: &str, dimensions: usize) -> Result<(), LoadError> {
        let describe =
            |kind: &str, owner: &str, dimensions| format!("{owner} in {dimensions} dimensions ({kind})");
        let found = describe(&self.kind, &self.owner, self.dimensions);
        let expected = describe(&Self::current_kind(), owner, dimensions);
        if found == expected {
            Ok(())
        } else {
            Err(LoadError::Foreign { directory: directory.to_owned(), expected, found })
        }
    }

    pub fn verify(&self, file: &Path, name: &str, checksum: &str) -> Result<(), LoadError> {
        if self.checksums.get(name).is_some_and(|saved| saved == checksum) {
            Ok(())
        } else {
            Err(damaged(file, "its checksum differs"))
        }
    }
}

pub(super) fn checksum(file: &Path) -> io::Result<String> {
    Ok(blake3::Hasher::new().update_reader(File::open(file)?)?.finalize().to_hex().to_string())
}
