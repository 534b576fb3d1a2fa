//! How a chat model says that the sources do not answer.

/// What the model is asked to write then. It is no word of a language, so that no answer holds it by chance and no
/// model translates it.
pub(crate) const REFUSAL: &str = "NOT_IN_SOURCES";

/// Takes the token out of a stream of text, whatever the model writes around it: in any case, between the marks of
/// emphasis or code, with its underscores escaped.
#[derive(Debug, Default)]
pub(crate) struct RefusalFilter {
    /// What may become the token.
    held: String,
}

impl RefusalFilter {
    /// Takes in the next piece of the stream. Returns what is certainly text, and whether the token was there.
    pub(crate) fn push(&mut self, text: &str) -> (String, bool) {
        let (mut certain, mut refused) = (String::new(), false);
        for character in text.chars() {
            self.held.push(character);
            if !begins_token(&self.held) {
                self.held.pop();
                certain.push_str(&std::mem::take(&mut self.held));
                // It may be the first character of the token all the same.
                self.held.push(character);
                if !begins_token(&self.held) {
                    certain.push_str(&std::mem::take(&mut self.held));
                }
            } else if plain(&self.held).len() == REFUSAL.len() {
                self.held.clear();
                refused = true;
            }
        }
        (certain, refused)
    }

    /// The stream has ended: what was held back is text.
    pub(crate) fn finish(&mut self) -> String {
        std::mem::take(&mut self.held)
    }
}

fn begins_token(text: &str) -> bool {
    REFUSAL.get(..plain(text).len()).is_some_and(|start| start.eq_ignore_ascii_case(&plain(text)))
}

/// Without the backslashes that Markdown puts before underscores.
fn plain(text: &str) -> String {
    text.replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> (String, bool) {
        let mut filter = RefusalFilter::default();
        let (mut text, mut refused) = (String::new(), false);
        for piece in pieces {
            let (certain, found) = filter.push(piece);
            text += &certain;
            refused |= found;
        }
        (text + &filter.finish(), refused)
    }

    #[test]
    fn the_token_is_found_whatever_stands_around_it_and_wherever_it_is_cut() {
        for (written, rest) in [
            ("NOT_IN_SOURCES", ""),
            ("**Not_in_sources**.", "****."),
            ("NOT\\_IN\\_SOURCES", ""),
            ("NNOT_IN_SOURCES", "N"),
            ("Dazu steht nichts in den Quellen. NOT_IN_SOURCES\n", "Dazu steht nichts in den Quellen. \n"),
            ("関連する記述はありません。NOT_IN_SOURCES。", "関連する記述はありません。。"),
        ] {
            assert_eq!(read(&[written]), (rest.to_owned(), true), "{written}");
            let characters: Vec<String> = written.chars().map(String::from).collect();
            let characters: Vec<&str> = characters.iter().map(String::as_str).collect();
            assert_eq!(read(&characters), (rest.to_owned(), true), "{written}");
        }
    }

    #[test]
    fn text_stays_as_it_is() {
        for text in ["", "Not in sources 1 and 2.", "It is NOT_IN", "NOT_\\", "nn\\_o", "It burned on [1]."] {
            assert_eq!(read(&[text]), (text.to_owned(), false));
        }
    }
}
