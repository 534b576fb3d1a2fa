//! Thinking that stands between `<think>` and `</think>` in a model's text, told from its answer.

use crate::ChatEvent;

const OPEN: &str = "<think>";
const CLOSE: &str = "</think>";

/// Reads a text piece by piece, wherever it is split, and tells its thinking from its answer.
///
/// Thinking stands before the answer, if at all. Prompt templates of some models end with the opening tag, so
/// that the text has none; then what came before the closing tag is taken back when that tag arrives.
#[derive(Debug, Default)]
pub(super) struct ThinkingSplitter {
    part: Part,
    /// Text that may be the beginning of a tag, or white space that may be trimmed.
    held: String,
    wrote_text: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing but white space came yet.
    #[default]
    Start,
    /// Right after the opening tag: white space belongs to nobody.
    ThinkingStart,
    Thinking,
    /// An answer, or thinking whose opening tag the text lacks.
    Unmarked,
    /// Right after a closing tag: white space belongs to nobody.
    AnswerStart,
    Answer,
}

impl ThinkingSplitter {
    /// From here on all text is answer: the endpoint tells thinking apart itself.
    pub(super) fn endpoint_tells_apart(&mut self) {
        if self.part == Part::Start {
            self.part = Part::AnswerStart;
        }
    }

    /// What the next piece of text adds.
    pub(super) fn push(&mut self, piece: &str) -> Vec<ChatEvent> {
        self.held.push_str(piece);
        let mut events = Vec::new();
        while self.step(&mut events) {}
        events
    }

    /// What was held back, now that no more text comes.
    pub(super) fn finish(&mut self) -> Vec<ChatEvent> {
        let rest = std::mem::take(&mut self.held);
        let mut events = Vec::new();
        match self.part {
            Part::Thinking => add(&mut events, ChatEvent::Reasoning, &rest),
            Part::Start | Part::Unmarked | Part::Answer => add(&mut events, ChatEvent::Text, &rest),
            Part::ThinkingStart | Part::AnswerStart => {}
        }
        events
    }

    /// Takes from what is held; whether there may be more to take.
    fn step(&mut self, events: &mut Vec<ChatEvent>) -> bool {
        match self.part {
            Part::Start => self.begin(),
            Part::Thinking => self.think(events),
            Part::Unmarked => self.write_until_close(events),
            Part::ThinkingStart => self.skip_white_space(Part::Thinking),
            Part::AnswerStart => self.skip_white_space(Part::Answer),
            Part::Answer => {
                add(events, ChatEvent::Text, &std::mem::take(&mut self.held));
                false
            }
        }
    }

    fn begin(&mut self) -> bool {
        let text = self.held.trim_start();
        if text.is_empty() || (text.len() < OPEN.len() && OPEN.starts_with(text)) {
            return false;
        }
        if let Some(thinking) = text.strip_prefix(OPEN) {
            self.held = thinking.to_owned();
            self.part = Part::ThinkingStart;
        } else {
            self.part = Part::Unmarked;
        }
        true
    }

    fn skip_white_space(&mut self, next: Part) -> bool {
        self.held.drain(..self.held.len() - self.held.trim_start().len());
        if self.held.is_empty() {
            return false;
        }
        self.part = next;
        true
    }

    fn think(&mut self, events: &mut Vec<ChatEvent>) -> bool {
        let (thinking, closed) = self.take_until_close();
        add(events, ChatEvent::Reasoning, &thinking);
        closed
    }

    fn write_until_close(&mut self, events: &mut Vec<ChatEvent>) -> bool {
        let (text, closed) = self.take_until_close();
        if closed && !self.wrote_text {
            add(events, ChatEvent::Reasoning, &text);
            return true;
        }
        self.wrote_text |= !text.is_empty();
        add(events, ChatEvent::Text, &text);
        if closed {
            events.push(ChatEvent::TextWasReasoning);
        }
        closed
    }

    /// What is held up to the closing tag, and whether the tag was there; without it, all that cannot be its
    /// beginning.
    fn take_until_close(&mut self) -> (String, bool) {
        if let Some(end) = self.held.find(CLOSE) {
            let before = self.held[..end].to_owned();
            self.held.drain(..end + CLOSE.len());
            self.part = Part::AnswerStart;
            return (before, true);
        }
        let kept = (1..CLOSE.len()).rev().find(|&length| self.held.ends_with(&CLOSE[..length])).unwrap_or(0);
        (self.held.drain(..self.held.len() - kept).collect(), false)
    }
}

fn add(events: &mut Vec<ChatEvent>, kind: fn(String) -> ChatEvent, text: &str) {
    if !text.is_empty() {
        events.push(kind(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Thinking and answer as a person sees them in the end.
    fn read(pieces: &[&str]) -> (String, String) {
        let mut splitter = ThinkingSplitter::default();
        let mut events: Vec<_> = pieces.iter().flat_map(|piece| splitter.push(piece)).collect();
        events.extend(splitter.finish());
        let (mut thinking, mut answer) = (String::new(), String::new());
        for event in events {
            match event {
                ChatEvent::Reasoning(text) => thinking += &text,
                ChatEvent::Text(text) => answer += &text,
                ChatEvent::TextWasReasoning => thinking += &std::mem::take(&mut answer),
                ChatEvent::Finished { .. } => unreachable!("a splitter does not finish an answer"),
            }
        }
        (thinking, answer)
    }

    fn pair(thinking: &str, answer: &str) -> (String, String) {
        (thinking.to_owned(), answer.to_owned())
    }

    const CASES: &[(&str, &str, &str)] = &[
        ("Just an answer.", "", "Just an answer."),
        ("<think>\nHm.\n</think>\n\nIt is 4.", "Hm.\n", "It is 4."),
        (" \n<think>Hm.</think>It is 4.", "Hm.", "It is 4."),
        ("Hm, 2 < 3.\n</think>\n\nIt is 4.", "Hm, 2 < 3.\n", "It is 4."),
        ("<think></think>\n\nIt is 4.", "", "It is 4."),
        ("<think>Never done", "Never done", ""),
        ("<think>2 </ 3 </thin", "2 </ 3 </thin", ""),
        ("2 <think 3", "", "2 <think 3"),
        ("<thin", "", "<thin"),
        (
            "<think>ü</think>The tag </think> closes, <think> opens.",
            "ü",
            "The tag </think> closes, <think> opens.",
        ),
        ("", "", ""),
    ];

    #[test]
    fn tells_thinking_from_answer_wherever_the_text_is_split_once() {
        for (text, thinking, answer) in CASES {
            for place in (0..=text.len()).filter(|&place| text.is_char_boundary(place)) {
                assert_eq!(
                    read(&[&text[..place], &text[place..]]),
                    pair(thinking, answer),
                    "{text:?} at {place}"
                );
            }
        }
    }

    #[test]
    fn takes_back_at_once_what_was_shown_as_an_answer() {
        let mut splitter = ThinkingSplitter::default();
        assert_eq!(splitter.push("Hm. "), [ChatEvent::Text("Hm. ".to_owned())]);
        assert_eq!(
            splitter.push("</think>\nFour"),
            [ChatEvent::TextWasReasoning, ChatEvent::Text("Four".to_owned())]
        );
    }

    #[test]
    fn leaves_the_text_alone_where_the_endpoint_tells_apart() {
        let mut splitter = ThinkingSplitter::default();
        splitter.endpoint_tells_apart();
        assert_eq!(splitter.push("a </think> b"), [ChatEvent::Text("a </think> b".to_owned())]);
    }

    proptest! {
        #[test]
        fn splits_change_nothing_and_nothing_is_lost(
            parts in prop::collection::vec("(<think>|</think>|<|/|think>|[A-ZÉ \n]{0,5})", 0..12),
        ) {
            let whole = parts.concat();
            let pieces: Vec<_> = parts.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&pieces), read(&[&whole]));
            let (thinking, answer) = read(&pieces);
            let letters = |text: &str| text.chars().filter(|letter| letter.is_uppercase()).collect::<String>();
            prop_assert_eq!(letters(&thinking) + &letters(&answer), letters(&whole));
        }
    }
}
