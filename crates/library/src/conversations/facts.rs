//! What is known about a citation, as it is kept with an answer.

use serde::{Deserialize, Serialize};

/// The form in which [`Facts`] are kept.
pub const FACTS_VERSION: u32 = 1;

/// What is known about a citation: deterministic, and no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Facts {
    /// [`FACTS_VERSION`] when they were found.
    pub version: u32,
    /// How the sentence's words stand to those of the quote.
    pub wording: Wording,
    /// Whether the quote comes near the sentence; else no text of the passage does.
    pub near: bool,
    /// The figures, dates and names of the sentence, in that order.
    pub items: Vec<Fact>,
}

/// A figure, date or name of the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// As the sentence writes it.
    pub text: String,
    /// The nearest place where it stands.
    pub place: FactPlace,
}

/// What can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FactKind {
    /// A number with what it counts.
    Figure,
    /// A day, or a month.
    Date,
    /// Capital words.
    Name,
}

/// Where something stands, the nearest place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FactPlace {
    /// In the quote.
    Quote,
    /// Elsewhere in the passage.
    Passage,
    /// Elsewhere on its pages.
    Page,
    /// In the document's title or in a heading above the passage.
    Title,
    /// Only a part of it stands in any of these: a day without its year, most words of a name.
    InPart,
    /// In none of them.
    Nowhere,
}

/// How the words of a sentence stand to those of its quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Wording {
    /// All of them stand there in a row.
    WordForWord,
    /// Almost all of them do.
    Nearly,
    /// It is put in other words.
    OwnWords,
    /// It is in another language, so that words and names cannot be compared.
    OtherLanguage,
}

impl Facts {
    /// The figures, dates and names that stand nowhere in what is cited.
    pub fn missing(&self) -> impl Iterator<Item = &Fact> {
        self.items.iter().filter(|fact| fact.place == FactPlace::Nowhere)
    }

    /// Whether a reader should look: something of the sentence stands nowhere in what is cited, or nothing comes near it.
    #[must_use]
    pub fn raise_alarm(&self) -> bool {
        !self.near || self.missing().next().is_some()
    }
}
