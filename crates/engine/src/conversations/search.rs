use std::collections::HashMap;

use library::ConversationId;
use text::fold;

/// Looks for the conversations that hold each of some words, or words that begin with them.
pub(super) struct Search {
    /// Folded.
    words: Vec<String>,
    /// For each conversation, which of the words were found.
    found: HashMap<ConversationId, Vec<bool>>,
}

impl Search {
    pub(super) fn new(query: &str) -> Self {
        Self { words: fold(query).split_whitespace().map(str::to_owned).collect(), found: HashMap::new() }
    }

    pub(super) fn look_into(&mut self, conversation: ConversationId, text: &str) {
        if self.words.is_empty() {
            return;
        }
        let text = fold(text);
        let found = self.found.entry(conversation).or_insert_with(|| vec![false; self.words.len()]);
        for (word, found) in self.words.iter().zip(found) {
            *found = *found || begins_a_word(&text, word);
        }
    }

    pub(super) fn has_found(&self, conversation: ConversationId) -> bool {
        self.words.is_empty()
            || self.found.get(&conversation).is_some_and(|found| found.iter().all(|&found| found))
    }
}

/// Scripts without spaces have no beginnings of words that could be told: there every place counts.
fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(place, _)| {
        let before = text[..place].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() || !before.is_ascii())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, texts: &[&str]) -> bool {
        let mut search = Search::new(query);
        for text in texts {
            search.look_into(ConversationId(1), text);
        }
        search.has_found(ConversationId(1))
    }

    #[test]
    fn each_word_has_to_begin_a_word_somewhere() {
        let texts = ["The lamp at Dover", "It was lit in 1871. Das Café war zu. 灯台は高い。"];
        for query in ["", "lamp", "LAM 1871", "cafe", "dover lit", "台は"] {
            assert!(finds(query, &texts), "{query}");
        }
        for query in ["amp", "lamp 1872", "over"] {
            assert!(!finds(query, &texts), "{query}");
        }
    }
}
