//! How the cells of an old workbook (xls) are shown. The library that reads it knows, and does not tell.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::formats::compound;
use crate::formats::number_format::{Epoch, NumberFormat, built_in};

/// Kinds of records, as MS-XLS numbers them.
const DATE_1904: u16 = 0x22;
const FORMAT: u16 = 0x41e;
const EXTENDED_FORMAT: u16 = 0xe0;
const END: u16 = 0x0a;

/// The formats of a workbook.
pub(super) struct XlsFormats {
    pub epoch: Epoch,
    /// By the number that cells name; none shows numbers as they are.
    formats: Vec<Option<NumberFormat>>,
}

impl XlsFormats {
    /// Of the workbook that a compound file holds; none where that is of Excel 5 or older.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let bytes = compound::rewritten(bytes).ok()?;
        let mut stream = Vec::new();
        CompoundFile::open(Cursor::new(bytes))
            .ok()?
            .open_stream("/Workbook")
            .ok()?
            .read_to_end(&mut stream)
            .ok()?;
        let mut codes: HashMap<u32, String> = HashMap::new();
        let (mut ids, mut epoch) = (Vec::new(), Epoch::Year1900);
        for (kind, record) in records(&stream).take_while(|(kind, _)| *kind != END) {
            match kind {
                DATE_1904 if number(record, 0) == Some(1) => epoch = Epoch::Year1904,
                FORMAT => codes.extend(number(record, 0).map(u32::from).zip(text(record.get(2..)?))),
                EXTENDED_FORMAT => ids.push(u32::from(number(record, 2)?)),
                _ => {}
            }
        }
        let format = |id: &u32| match codes.get(id).map(String::as_str).or(built_in(*id)) {
            None | Some("General") => None,
            Some(code) => Some(NumberFormat::parse(code)),
        };
        Some(Self { epoch, formats: ids.iter().map(format).collect() })
    }

    pub fn format(&self, number: u16) -> Option<&NumberFormat> {
        self.formats.get(usize::from(number))?.as_ref()
    }
}

fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (number(stream, 0)?, usize::from(number(stream, 2)?));
        let record = stream.get(4..4 + length)?;
        stream = &stream[4 + length..];
        Some((kind, record))
    })
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A text with its length in front, in one byte a character or in two.
fn text(bytes: &[u8]) -> Option<String> {
    let length = usize::from(number(bytes, 0)?);
    let is_wide = bytes.get(2)? & 1 == 1;
    let characters = bytes.get(3..)?;
    Some(if is_wide {
        let units = characters.as_chunks::<2>().0.iter().take(length).map(|unit| u16::from_le_bytes(*unit));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        characters.iter().take(length).map(|byte| char::from(*byte)).collect()
    })
}
