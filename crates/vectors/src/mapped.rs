//! A file as bytes in memory, read by the system where they are first used.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

pub(crate) struct Mapped(memmap2::Mmap);

impl Mapped {
    /// Maps a file that holds at least one byte.
    pub fn open(file: &Path) -> io::Result<Self> {
        let file = File::open(file)?;
        // A million vectors of 1,024 dimensions are a gigabyte, which cannot be read within a tenth of a second.
        #[allow(
            unsafe_code,
            reason = "memmap2 leaves it to its caller that nobody changes the file meanwhile. Segments are written once, \
                      before their name stands in a manifest, and then only removed, which leaves the mapping whole. \
                      Whoever cuts one short while it is open ends the process, as with the file by which SQLite shares \
                      its log, which is mapped, too."
        )]
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Self(map))
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}
