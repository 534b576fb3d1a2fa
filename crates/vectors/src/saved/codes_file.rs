//! The file of codes: for each slot its id, whether it can be found, the scale and the values of its code.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use super::manifest::Manifest;
use super::{damaged, reading};
use crate::code::Code;
use crate::{LoadError, VectorIndex};

pub(super) const NAME: &str = "codes";

/// Bytes of a record in front of the values: an id of 8, a flag of 1, a scale of 4.
const HEAD: usize = 13;

pub(super) fn write(index: &VectorIndex, path: &Path) -> io::Result<String> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut hasher = blake3::Hasher::new();
    let mut record = Vec::with_capacity(HEAD + index.dimensions);
    for (slot, id) in index.ids.iter().enumerate() {
        let code = &index.codes[slot];
        record.clear();
        record.extend(id.unwrap_or_default().to_le_bytes());
        record.push(u8::from(id.is_some()));
        record.extend(code.scale.to_le_bytes());
        record.extend(code.values.iter().map(|value| value.cast_unsigned()));
        hasher.update(&record);
        file.write_all(&record)?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Fills an empty index. On an error what it was filled with is of no use.
pub(super) fn read(index: &mut VectorIndex, path: &Path, manifest: &Manifest) -> Result<(), LoadError> {
    let file = File::open(path).map_err(reading(path))?;
    let bytes = file.metadata().map_err(reading(path))?.len();
    // Before anything is made room for: a length is the one thing that damage often changes.
    if bytes != manifest.slots as u64 * (HEAD + index.dimensions) as u64 {
        return Err(damaged(path, format!("it holds {bytes} bytes, not {} vectors", manifest.slots)));
    }
    let mut file = BufReader::with_capacity(1 << 20, file);
    let mut hasher = blake3::Hasher::new();
    let mut head = [0; HEAD];
    let mut values = vec![0; index.dimensions];
    for slot in 0..manifest.slots {
        file.read_exact(&mut head).map_err(reading(path))?;
        file.read_exact(&mut values).map_err(reading(path))?;
        hasher.update(&head).update(&values);
        let (id, rest) = head.split_first_chunk::<8>().expect("a head begins with eight bytes of id");
        let (findable, scale) = rest.split_first_chunk::<1>().expect("a flag follows the id");
        let scale = f32::from_le_bytes(scale.try_into().expect("four bytes of scale are left"));
        let code = Code { scale, values: values.iter().map(|value| value.cast_signed()).collect() };
        let id = (findable[0] == 1).then_some(u64::from_le_bytes(*id));
        index.slots.extend(id.map(|id| (id, slot as u32)));
        index.ids.push(id);
        index.codes.push(code);
    }
    manifest.verify(path, NAME, &hasher.finalize().to_hex())
}
