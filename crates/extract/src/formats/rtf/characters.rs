//! Bytes and numbers to characters.

use std::collections::HashMap;
use std::mem;

use encoding_rs::{Encoding, WINDOWS_1252};

/// Bytes in the encoding of a font and units of UTF-16, which wait until they can be decoded together.
pub(super) struct Characters {
    /// Of the whole file, for fonts that name none.
    pub encoding: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    bytes: Vec<u8>,
    units: Vec<u16>,
}

impl Default for Characters {
    fn default() -> Self {
        Self { encoding: WINDOWS_1252, fonts: HashMap::new(), bytes: Vec::new(), units: Vec::new() }
    }
}

impl Characters {
    pub fn set_font_encoding(&mut self, font: i32, encoding: &'static Encoding) {
        self.fonts.insert(font, encoding);
    }

    pub fn has_bytes(&self) -> bool {
        !self.bytes.is_empty()
    }

    pub fn has_units(&self) -> bool {
        !self.units.is_empty()
    }

    pub fn push_byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub fn push_unit(&mut self, unit: u16) {
        self.units.push(unit);
    }

    /// What waits, as text. Bytes and units never wait together.
    pub fn take(&mut self, font: i32) -> String {
        let bytes = mem::take(&mut self.bytes);
        let encoding = self.fonts.get(&font).copied().unwrap_or(self.encoding);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        let units = mem::take(&mut self.units);
        if units.is_empty() {
            text.into_owned()
        } else {
            format!("{text}{}", String::from_utf16_lossy(&units))
        }
    }
}
