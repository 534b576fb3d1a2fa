//! The text of a page, read off its picture by a vision model.

use crate::{ChatModel, ChatPrompt, FinishReason, Instead, ModelError, Picture};

const RULES: &str = include_str!("../prompts/transcription.md");

const ASKED: &str = "Copy the text of this page.";

/// A page of small print has some 2,000 words, a table more tokens than words. Servers refuse more than the model's
/// context has left beside the picture.
const MOST_TOKENS: u32 = 4_096;

/// The text of a page, the rows of its tables with ` | ` between their cells; empty where there is none.
///
/// # Errors
/// The model cannot be reached, or did not come to the end of the page ([`ModelError::CutOff`]).
pub async fn transcribe(model: &dyn ChatModel, page: Picture) -> Result<String, ModelError> {
    let prompt = ChatPrompt::exact(RULES, ASKED.to_owned(), MOST_TOKENS);
    let reply = match model.reply(ChatPrompt { picture: Some(page), ..prompt }).await {
        // So it says that there is no text.
        Err(ModelError::NoAnswer { instead: Instead::Nothing, .. }) => return Ok(String::new()),
        reply => reply?,
    };
    if reply.reason == FinishReason::Length {
        return Err(ModelError::CutOff { model: model.name().to_owned() });
    }
    Ok(without_fence(reply.text.trim()).to_owned())
}

/// What stands between the marks of a code block, where a model has put them around its answer all the same.
fn without_fence(text: &str) -> &str {
    let inside = text.strip_prefix("```").and_then(|text| text.strip_suffix("```"));
    // What follows the opening mark on its line names a language.
    let inside = inside.and_then(|inside| inside.split_once('\n'));
    inside.map_or(text, |(_, inside)| inside.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_around_the_text_is_taken_off() {
        assert_eq!(without_fence("```text\nThe lamp\nwas lit.\n```"), "The lamp\nwas lit.");
        assert_eq!(without_fence("```\n```"), "");
        for whole in ["The lamp.", "", "```", "The lamp.\n```sh\nls\n```"] {
            assert_eq!(without_fence(whole), whole);
        }
    }
}
