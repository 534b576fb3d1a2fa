//! The models on offer. Sizes are those of the files on Hugging Face in November 2026.

use super::Purpose;

/// A model that can be installed from a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The name of its folder, which it is called by.
    pub id: &'static str,
    /// As its authors call it, and as hubs know it.
    pub name: &'static str,
    /// What it does.
    pub purpose: Purpose,
    /// As an SPDX expression.
    pub license: &'static str,
    /// The languages that it was made for, as BCP 47 tags; `mul` for many.
    pub languages: &'static [&'static str],
    /// About how much there is to fetch, and about how much memory it takes while it works, in millions of bytes.
    pub megabytes: u32,
    /// How many times as long as the model that comes with Footnote it takes over a text: layers times the square of
    /// their width, against 6 layers of 384.
    pub work: u32,
}

/// All of them, in the order in which to offer them.
pub static OFFERS: [Offer; 4] = [
    Offer {
        id: "bge-small-en-v1.5",
        name: "BAAI/bge-small-en-v1.5",
        purpose: Purpose::Embed,
        license: "MIT",
        languages: &["en"],
        megabytes: 134,
        work: 2,
    },
    Offer {
        id: "bge-large-en-v1.5",
        name: "BAAI/bge-large-en-v1.5",
        purpose: Purpose::Embed,
        license: "MIT",
        languages: &["en"],
        megabytes: 1_341,
        work: 28,
    },
    Offer {
        id: "multilingual-e5-small",
        name: "intfloat/multilingual-e5-small",
        purpose: Purpose::Embed,
        license: "MIT",
        languages: &["mul"],
        megabytes: 487,
        work: 2,
    },
    Offer {
        id: "ms-marco-minilm-l6-v2",
        name: "cross-encoder/ms-marco-MiniLM-L6-v2",
        purpose: Purpose::Rerank,
        license: "Apache-2.0",
        languages: &["en"],
        megabytes: 92,
        work: 1,
    },
];

impl Offer {
    /// The one of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        OFFERS.iter().find(|offer| offer.id == id)
    }
}
