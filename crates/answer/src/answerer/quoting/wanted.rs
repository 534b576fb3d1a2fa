//! The kind of thing a question asks for.

use text::{fold, numbers};
use unicode_segmentation::UnicodeSegmentation as _;

/// What an answer has to hold, as far as the question's first words tell (in English).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// "How many", "how much", "how long".
    Number,
    /// "When", "which year".
    Time,
    /// "Why".
    Reason,
    /// Anything.
    Anything,
}

/// How questions ask for each kind, between commas.
const NUMBER: &str = "how many,how much,how long,how old,how far,how high,how tall,how deep,how wide,how big,\
    how large,how heavy,how fast,how often,what percent,what share,what number,what amount,what price,\
    what size,cost,percentage";
const TIME: &str = "when,what year,which year,what date,which date,what day,what month,what time";
const REASON: &str = "why,what caused,what is the reason,what was the reason";

/// The words, besides figures, that each kind comes in.
const NUMBER_WORDS: &str = "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty \
    forty fifty hundred thousand million half quarter dozen once twice every free";
const TIME_WORDS: &str = "january february march april may june july august september october november december \
    monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter century noon midnight \
    sunrise sunset year years";
const REASON_WORDS: &str = "because since reason reasons due cause caused causes therefore owing";

impl Wanted {
    pub(super) fn by(question: &str) -> Self {
        let folded = fold(question);
        let words: Vec<&str> = folded.unicode_words().collect();
        let question = format!(" {} ", words.join(" "));
        let asks = |phrases: &str| phrases.split(',').any(|phrase| question.contains(&format!(" {phrase} ")));
        if asks(NUMBER) {
            Self::Number
        } else if asks(TIME) {
            Self::Time
        } else if asks(REASON) {
            Self::Reason
        } else {
            Self::Anything
        }
    }

    pub(super) fn is_in(self, statement: &str) -> bool {
        let folded = fold(statement);
        let has = |words: &str| folded.unicode_words().any(|word| words.split(' ').any(|one| one == word));
        match self {
            Self::Number => !numbers(statement).is_empty() || has(NUMBER_WORDS),
            Self::Time => {
                numbers(statement).iter().any(|number| (1000.0..2200.0).contains(&number.value))
                    || has(TIME_WORDS)
                    || has_clock_time(&folded)
            }
            Self::Reason => has(REASON_WORDS),
            Self::Anything => true,
        }
    }
}

/// "16:15"
fn has_clock_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_tell_what_is_wanted() {
        assert_eq!(Wanted::by("How many panes were cracked?"), Wanted::Number);
        assert_eq!(Wanted::by("In which year was it lit?"), Wanted::Time);
        assert_eq!(Wanted::by("And why?"), Wanted::Reason);
        assert_eq!(Wanted::by("Who keeps the lamp?"), Wanted::Anything);
    }

    #[test]
    fn a_statement_holds_what_is_wanted() {
        assert!(Wanted::Number.is_in("Of the panes eleven were cracked."));
        assert!(!Wanted::Number.is_in("Some panes were cracked."));
        assert!(Wanted::Time.is_in("The last group goes up at 16:15."));
        assert!(Wanted::Time.is_in("It was lit in 1861."));
        assert!(!Wanted::Time.is_in("It was lit with 87 matches."));
        assert!(Wanted::Reason.is_in("It was closed because of the wind."));
    }
}
