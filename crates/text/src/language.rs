//! What a text's language does to its letters and numbers.

use std::collections::HashSet;

/// Words of a language have to be seen so often before it is taken for it.
const LEAST_WORDS: usize = 3;

const GERMAN: &str = "der die das und ist nicht ein eine von mit wurde auf im den dem zu";

/// Languages that write "11,5" for eleven and a half.
const DECIMAL_COMMA: [&str; 8] = [
    GERMAN,
    "el la los las de que en por con una del se es",
    "le la les des et est dans une pour que du au",
    "il di che per una con del della sono è",
    "o os as de que em para com uma não do da",
    "și la de cu în este din sunt pe un o",
    "и в на не что с по как его из был",
    "ve bir bu ile için da de olarak çok",
];

/// How to read a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Language {
    /// As in German, where a capital tells no name.
    pub capitalises_nouns: bool,
    /// Whether a comma may stand before the decimals, and a point between thousands.
    pub has_decimal_comma: bool,
}

impl Language {
    /// By the small words of a text; English where they tell nothing.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: HashSet<&str> = text.split_whitespace().collect();
        let seen = |own: &str| own.split(' ').filter(|word| words.contains(word)).count();
        let english = seen("the of and to is in was by for with");
        let is = |own: &str| seen(own) >= LEAST_WORDS && seen(own) > english;
        Self { capitalises_nouns: is(GERMAN), has_decimal_comma: DECIMAL_COMMA.into_iter().any(is) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language() {
        let german =
            Language::of("Die Pest von 1576 tötete in der Stadt 50.000 Menschen und wurde nicht besiegt.");
        assert!(german.capitalises_nouns && german.has_decimal_comma);
        let spanish = Language::of("El campus de la universidad se encuentra en las afueras de la ciudad.");
        assert!(!spanish.capitalises_nouns && spanish.has_decimal_comma);
        assert!(!Language::of("The lamp of the tower was lit in 1871.").has_decimal_comma);
        assert!(!Language::of("Goodwill\t10,051\t10,513").has_decimal_comma);
    }
}
