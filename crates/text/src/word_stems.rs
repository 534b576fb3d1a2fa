//! Stems by the language of a document.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use whatlang::{Lang, Script};

/// The language that the words of a document are reduced to their stems by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StemLanguage(Lang);

impl StemLanguage {
    /// That of a text; English where it is in Latin letters and nothing tells another for sure.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let told = whatlang::detect(text).filter(|told| told.is_reliable() || told.script() != Script::Latin);
        Self(told.map_or(Lang::Eng, |told| told.lang()))
    }

    /// Its three letters (ISO 639-3).
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The language with these three letters.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Lang::from_code(code).map(Self)
    }

    /// The stem of a word as it is searched ([`search_terms`](crate::search_terms)); the word itself in languages
    /// without rules.
    #[must_use]
    pub fn stem(self, word: &str) -> Cow<'_, str> {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let stem =
            self.algorithm().filter(|_| !is_number).map(|language| Stemmer::create(language).stem(word));
        // Some rules take away all of a word that is nothing but an ending.
        stem.filter(|stem| !stem.is_empty()).unwrap_or(Cow::Borrowed(word))
    }

    fn algorithm(self) -> Option<Algorithm> {
        Some(match self.0 {
            Lang::Ara => Algorithm::Arabic,
            Lang::Dan => Algorithm::Danish,
            Lang::Deu => Algorithm::German,
            Lang::Ell => Algorithm::Greek,
            Lang::Eng => Algorithm::English,
            Lang::Fin => Algorithm::Finnish,
            Lang::Fra => Algorithm::French,
            Lang::Hun => Algorithm::Hungarian,
            Lang::Ita => Algorithm::Italian,
            Lang::Nld => Algorithm::Dutch,
            Lang::Nob => Algorithm::Norwegian,
            Lang::Por => Algorithm::Portuguese,
            Lang::Ron => Algorithm::Romanian,
            Lang::Rus => Algorithm::Russian,
            Lang::Spa => Algorithm::Spanish,
            Lang::Swe => Algorithm::Swedish,
            Lang::Tam => Algorithm::Tamil,
            Lang::Tur => Algorithm::Turkish,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search_terms;

    fn stems(language: StemLanguage, text: &str) -> Vec<String> {
        search_terms(text).iter().map(|word| language.stem(word).into_owned()).collect()
    }

    #[test]
    fn forms_of_a_word_have_one_stem_in_their_language() {
        for (text, code, forms) in [
            ("The keeper of the lamp was paid twice in the autumn of the year.", "eng", "repaired repairing"),
            (
                "Der Leuchtturm wurde im Herbst repariert, und die Wärter ersetzten die alte Lampe durch eine neue.",
                "deu",
                "lampe lampen",
            ),
            ("Le gardien du phare a réparé la lampe pendant l’automne dernier.", "fra", "lampe lampes"),
            (
                "Смотритель маяка починил лампу осенью прошлого года, и с тех пор она горит каждую ночь без перерыва.",
                "rus",
                "лампа лампы лампу",
            ),
        ] {
            let language = StemLanguage::of(text);
            assert_eq!(language.code(), code);
            assert_eq!(StemLanguage::of_code(code), Some(language));
            let stems = stems(language, forms);
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        let english = StemLanguage::of("1,577 ·");
        assert_eq!((english.code(), english.stem("1577").as_ref()), ("eng", "1577"));
        assert_eq!(StemLanguage(Lang::Ell).stem("ησα"), "ησα");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn every_word_has_a_stem_in_every_language(
            text in "\\PC{0,30}|[a-zğüşıöç]{1,12}|[\u{b80}-\u{bff}]{1,12}|[α-ω]{1,12}|[ء-ي]{1,12}|[а-я]{1,12}",
        ) {
            for lang in Lang::all() {
                for word in search_terms(&text) {
                    let stem = StemLanguage(*lang).stem(&word);
                    prop_assert!(!stem.is_empty() && !stem.contains(' '), "{lang} {word:?} {stem:?}");
                }
            }
        }
    }
}
