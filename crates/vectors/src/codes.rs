//! Codes in memory, side by side, in the order of their ids.

use crate::code::Code;

pub(crate) struct Codes {
    dimensions: usize,
    ids: Vec<u64>,
    scales: Vec<f32>,
    values: Vec<i8>,
}

impl Codes {
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions, ids: Vec::new(), scales: Vec::new(), values: Vec::new() }
    }

    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The id must be larger than all before.
    pub fn push(&mut self, id: u64, code: Code<'_>) {
        self.ids.push(id);
        self.scales.push(code.scale);
        self.values.extend_from_slice(code.values);
    }

    pub fn ids(&self) -> &[u64] {
        &self.ids
    }

    pub fn code(&self, slot: usize) -> Code<'_> {
        let start = slot * self.dimensions;
        Code { scale: self.scales[slot], values: &self.values[start..start + self.dimensions] }
    }
}
