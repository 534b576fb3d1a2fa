//! Pages as pictures, for whoever can read them.

use serde::{Deserialize, Serialize};

/// The longer side of a picture, in pixels: print of 8 points on A4 is still told apart, and vision models scale
/// larger pictures down.
pub(crate) const LONGER_SIDE: u32 = 2_000;

/// A page as it looks, in shades of grey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePicture {
    /// A PNG file; its longer side has at most 2,000 pixels.
    pub png: Vec<u8>,
    /// Whether there is so little ink on it that it holds no text.
    pub is_blank: bool,
}
