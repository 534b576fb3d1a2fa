//! Thinking that stands in a model's text, told from its answer.

use super::harmony::{self, Harmony};
use crate::ChatEvent;

/// What opens and closes thinking, by the models' own templates: most families; Claude; Gemini; Mistral; Seed; Kimi;
/// Cohere.
const MARKS: &[(&str, &str)] = &[
    ("<think>", CLOSE),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
    ("<seed:think>", "</seed:think>"),
    ("◁think▷", "◁/think▷"),
    ("<|START_THINKING|>", "<|END_THINKING|>"),
];

const CLOSE: &str = "</think>";

/// What closes thinking whose opening mark the text lacks: templates of some models end with that mark, and servers
/// that drop the control tokens of Harmony leave the two names between which they stood.
const LONE_ENDS: &[&str] = &[CLOSE, harmony::FINAL, harmony::BARE_FINAL];

/// Reads a text piece by piece, wherever it is split, and tells its thinking from its answer.
///
/// Thinking stands before the answer, if at all. Where its opening mark is missing, what came before the closing one
/// is taken back when that arrives.
#[derive(Debug, Default)]
pub(super) struct ThinkingSplitter {
    part: Part,
    /// Text that may be the beginning of a mark, or white space that may be trimmed.
    held: String,
    wrote_text: bool,
    closed: bool,
}

#[derive(Debug, Default)]
enum Part {
    /// Nothing but white space came yet.
    #[default]
    Start,
    /// Right after this opening mark's partner: white space belongs to nobody.
    ThinkingStart(&'static str),
    /// Until this closing mark.
    Thinking(&'static str),
    /// An answer, or thinking whose opening mark the text lacks.
    Unmarked,
    /// Right after a closing mark: white space belongs to nobody.
    AnswerStart,
    Answer,
    /// In channels.
    Harmony(Harmony),
}

impl ThinkingSplitter {
    /// From here on all text is answer: the endpoint tells thinking apart itself.
    pub(super) fn endpoint_tells_apart(&mut self) {
        if matches!(self.part, Part::Start) {
            self.part = Part::AnswerStart;
        }
    }

    /// Whether thinking came and its end was marked.
    pub(super) fn came_to_an_end(&self) -> bool {
        self.closed
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
        match &self.part {
            Part::Thinking(_) => add(&mut events, ChatEvent::Reasoning, &rest),
            Part::Start | Part::Unmarked | Part::AnswerStart | Part::Answer => {
                add(&mut events, ChatEvent::Text, &rest);
            }
            Part::Harmony(harmony) => add(&mut events, harmony.kind(), &rest),
            Part::ThinkingStart(_) => {}
        }
        events
    }

    /// Takes from what is held; whether there may be more to take.
    fn step(&mut self, events: &mut Vec<ChatEvent>) -> bool {
        match &mut self.part {
            Part::Start => self.begin(),
            Part::ThinkingStart(close) => {
                let close = *close;
                self.skip_white_space(Part::Thinking(close))
            }
            Part::Thinking(close) => {
                let close = *close;
                self.think(close, events)
            }
            Part::Unmarked => self.write_until_close(events),
            Part::AnswerStart => self.begin_answer(),
            Part::Answer => {
                add(events, ChatEvent::Text, &std::mem::take(&mut self.held));
                false
            }
            Part::Harmony(harmony) => harmony.step(&mut self.held, events),
        }
    }

    fn begin(&mut self) -> bool {
        let text = self.held.trim_start();
        let openers = || MARKS.iter().map(|(open, _)| *open).chain(harmony::STARTS);
        if text.is_empty() || openers().any(|open| text.len() < open.len() && open.starts_with(text)) {
            return false;
        }
        let opened = MARKS.iter().find_map(|(open, close)| Some((text.strip_prefix(open)?, close)));
        if let Some((thinking, close)) = opened {
            self.held = thinking.to_owned();
            self.part = Part::ThinkingStart(close);
        } else if harmony::STARTS.iter().any(|start| text.starts_with(start)) {
            self.held = text.to_owned();
            self.part = Part::Harmony(Harmony::default());
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

    /// Some models close their thinking twice, or close what the endpoint has told apart already.
    fn begin_answer(&mut self) -> bool {
        let text = self.held.trim_start();
        if text.len() < CLOSE.len() && CLOSE.starts_with(text) {
            self.held = text.to_owned();
            return false;
        }
        match text.strip_prefix(CLOSE) {
            Some(answer) => self.held = answer.to_owned(),
            None => {
                self.held = text.to_owned();
                self.part = Part::Answer;
            }
        }
        true
    }

    fn think(&mut self, close: &'static str, events: &mut Vec<ChatEvent>) -> bool {
        let (thinking, closed) = take_until(&mut self.held, &[close]);
        add(events, ChatEvent::Reasoning, &thinking);
        if closed.is_some() {
            self.part = Part::AnswerStart;
            self.closed = true;
        }
        closed.is_some()
    }

    fn write_until_close(&mut self, events: &mut Vec<ChatEvent>) -> bool {
        let (text, closed) = take_until(&mut self.held, LONE_ENDS);
        let Some(mark) = closed else {
            self.wrote_text |= !text.is_empty();
            add(events, ChatEvent::Text, &text);
            return false;
        };
        self.closed = true;
        self.part =
            if mark == harmony::FINAL { Part::Harmony(Harmony::in_answer()) } else { Part::AnswerStart };
        if self.wrote_text {
            add(events, ChatEvent::Text, &text);
            events.push(ChatEvent::TextWasReasoning);
        } else {
            add(events, ChatEvent::Reasoning, &text);
        }
        true
    }
}

/// What is held up to the first of the marks, and which it was; without one, all that cannot be the beginning of one.
pub(super) fn take_until(held: &mut String, marks: &[&'static str]) -> (String, Option<&'static str>) {
    let first =
        marks.iter().filter_map(|mark| Some((held.find(mark)?, *mark))).min_by_key(|(place, _)| *place);
    if let Some((place, mark)) = first {
        let before = held[..place].to_owned();
        held.drain(..place + mark.len());
        return (before, Some(mark));
    }
    let beginning = |mark: &&'static str| {
        let lengths = (1..mark.len()).rev().filter(|&length| mark.is_char_boundary(length));
        lengths.into_iter().find(|&length| held.ends_with(&mark[..length]))
    };
    let kept = marks.iter().filter_map(beginning).max().unwrap_or(0);
    (held.drain(..held.len() - kept).collect(), None)
}

pub(super) fn add(events: &mut Vec<ChatEvent>, kind: fn(String) -> ChatEvent, text: &str) {
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
        ("<think>Hm.</think>\n</think>\n\nIt is 4.", "Hm.", "It is 4."),
        ("Hm.</think></thin", "Hm.", "</thin"),
        ("<thinking>Hm.</thinking>\nIt is 4.", "Hm.", "It is 4."),
        ("[THINK]Hm.[/THINK]It is [4].", "Hm.", "It is [4]."),
        ("◁think▷Hm.◁/think▷It is 4.", "Hm.", "It is 4."),
        ("<thought>Never </think> done", "Never </think> done", ""),
        ("[1] says 4.", "", "[1] says 4."),
        (
            "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>It is <4>.<|return|>",
            "Hm.",
            "It is <4>.",
        ),
        ("<|start|>assistant<|message|>It is 4.<|end|>", "", "It is 4."),
        ("<|channel|>commentary to=functions.add<|message|>{}<|call|>", "{}", ""),
        (
            "Hm.<|end|><|start|>assistant<|channel|>final<|message|>It is 4.",
            "Hm.<|end|><|start|>assistant",
            "It is 4.",
        ),
        ("analysisHm.assistantfinalIt is 4.", "analysisHm.", "It is 4."),
        ("Analysis is final. An assistant helps.", "", "Analysis is final. An assistant helps."),
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

        #[test]
        fn splits_change_nothing_in_channels(
            parts in prop::collection::vec("(<\\|(start|channel|message|end|return)\\|>|<\\||final|assistant|[A-ZÉ ]{0,3})", 0..12),
        ) {
            let whole = parts.concat();
            let pieces: Vec<_> = parts.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&pieces), read(&[&whole]));
        }
    }
}
