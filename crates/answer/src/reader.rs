//! Reads a streamed answer: text, markers, and the quotes behind the markers.

use std::ops::Range;
use std::path::PathBuf;

use library::{DocumentId, FactPlace, Facts, Wording};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::Evidence;
use crate::citation::{Checked, MarkerParser, Piece, check, claims_something};

/// Fewer words stand in a passage by chance.
const LEAST_MATCHED: usize = 5;

/// A marker in the answer, tied to a passage and a verbatim quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The number in the marker: the passage's place among the evidence, counted from 1.
    pub marker: u32,
    /// Where the marker stands in the answer, in UTF-16 code units, as a webview counts.
    pub range: Range<u32>,
    /// The document that is cited.
    pub document: DocumentId,
    /// Its path.
    pub path: PathBuf,
    /// Its own title, or its file name.
    pub title: String,
    /// The page that the quote stands on, counted from 1.
    pub page: u32,
    /// What that page is called, where it is not by its number.
    pub page_label: Option<String>,
    /// Letter for letter as on the page.
    pub quote: String,
    /// What is known of the sentence before the marker and what it cites.
    pub facts: Facts,
    /// Whether the model cited nothing here, and the sentence was found in the passage.
    pub matched: bool,
}

/// What a piece of the stream has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// Text of the answer, to be appended; markers come as `[n]`, whole.
    Token(String),
    /// The marker that has just been appended.
    Citation(Citation),
    /// A sentence that claims something and cites nothing, told at the end of the answer. Where it stands, in UTF-16
    /// code units.
    Uncited(Range<u32>),
}

/// Follows one answer from its first piece to its last.
#[derive(Debug)]
pub struct AnswerReader {
    evidence: Vec<Evidence>,
    markers: MarkerParser,
    /// The answer with its markers.
    text: String,
    /// The answer without them: what the sentences are read from.
    prose: String,
    /// How long `text` is as a webview counts.
    utf16_length: u32,
    citations: Vec<Citation>,
    /// Where markers stand in `prose`, in bytes, and how long they are as a webview counts.
    marked: Vec<(usize, u32)>,
    uncited: Vec<Range<u32>>,
    unknown_markers: u32,
}

impl AnswerReader {
    /// Markers `[1]`, `[2]`, … mean the evidence in its order.
    #[must_use]
    pub fn new(evidence: Vec<Evidence>) -> Self {
        Self {
            evidence,
            markers: MarkerParser::default(),
            text: String::new(),
            prose: String::new(),
            utf16_length: 0,
            citations: Vec::new(),
            marked: Vec::new(),
            uncited: Vec::new(),
            unknown_markers: 0,
        }
    }

    /// Takes in the next piece of the stream.
    pub fn push(&mut self, text: &str) -> Vec<Update> {
        let pieces = self.markers.push(text);
        self.take_in(pieces)
    }

    /// The stream has ended. Sentences without a marker that stand nearly word for word in a passage get one, of which no
    /// update tells.
    pub fn finish(&mut self) -> Vec<Update> {
        let pieces = self.markers.finish();
        let mut updates = self.take_in(pieces);
        self.match_uncited();
        let uncited = self.find_uncited().into_iter();
        self.uncited =
            uncited.map(|sentence| self.in_text(sentence.start)..self.in_text(sentence.end)).collect();
        updates.extend(self.uncited.iter().cloned().map(Update::Uncited));
        updates
    }

    /// What came so far was thinking, not answer.
    pub fn start_again(&mut self) {
        *self = Self::new(std::mem::take(&mut self.evidence));
    }

    /// The answer so far, with its markers.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The citations so far, in the order of their markers.
    #[must_use]
    pub fn citations(&self) -> &[Citation] {
        &self.citations
    }

    /// The sentences that claim something and cite nothing, once the answer has ended.
    #[must_use]
    pub fn uncited(&self) -> &[Range<u32>] {
        &self.uncited
    }

    /// How many markers named a source that does not exist; they were dropped.
    #[must_use]
    pub fn unknown_markers(&self) -> u32 {
        self.unknown_markers
    }

    fn take_in(&mut self, pieces: Vec<Piece>) -> Vec<Update> {
        let mut updates = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    self.prose.push_str(&text);
                    self.append(&text);
                    updates.push(Update::Token(text));
                }
                Piece::Marker(numbers) => {
                    for number in numbers {
                        self.cite(number, &mut updates);
                    }
                }
            }
        }
        updates
    }

    fn cite(&mut self, number: u32, updates: &mut Vec<Update>) {
        let evidence = (number as usize).checked_sub(1).and_then(|index| self.evidence.get(index));
        let sentence = last_sentence(&self.prose);
        let checked = evidence.and_then(|evidence| Some((evidence, check(sentence, evidence)?)));
        let Some((evidence, mut checked)) = checked else {
            self.unknown_markers += 1;
            return;
        };
        // What stands before an earlier marker of the sentence is that one's to show.
        let behind = self.behind_earlier_marker(sentence);
        checked.facts.items.retain(|fact| behind.contains(&fact.text));
        let marker = marker(number);
        let start = self.utf16_length;
        let citation = citation(number, start, evidence, checked);
        self.append(&marker);
        self.marked.push((self.prose.trim_end().len(), self.utf16_length - start));
        updates.push(Update::Token(marker));
        self.citations.push(citation.clone());
        updates.push(Update::Citation(citation));
    }

    /// The end of the prose's last sentence, from the last marker on that stands inside it.
    fn behind_earlier_marker<'a>(&self, sentence: &'a str) -> &'a str {
        let end = self.prose.trim_end().len();
        let inside = self.marked.iter().rev().map(|(at, _)| *at).find(|at| *at < end);
        let behind = inside.and_then(|at| sentence.get((at + sentence.len()).checked_sub(end)?..));
        behind.unwrap_or(sentence)
    }

    fn append(&mut self, text: &str) {
        self.text.push_str(text);
        self.utf16_length += utf16_length(text);
    }

    /// The sentences without a marker, in bytes of `prose`.
    fn find_uncited(&self) -> Vec<Range<usize>> {
        let is_cited = |sentence: &Range<usize>| {
            self.marked.iter().any(|(at, _)| sentence.start < *at && *at <= sentence.end)
        };
        claims(&self.prose).into_iter().filter(|sentence| !is_cited(sentence)).collect()
    }

    fn match_uncited(&mut self) {
        for sentence in self.find_uncited() {
            let said = self.prose[sentence.clone()].to_owned();
            if let Some((number, checked)) = self.matching(&said) {
                self.insert(sentence.end, number, checked);
            }
        }
    }

    /// The evidence that says a sentence word for word, or else nearly so, with all its figures, dates and names.
    fn matching(&self, sentence: &str) -> Option<(u32, Checked)> {
        if sentence.unicode_words().count() < LEAST_MATCHED {
            return None;
        }
        let checked = (1..)
            .zip(&self.evidence)
            .filter_map(|(number, evidence)| Some((number, check(sentence, evidence)?)));
        let matches = checked.filter(|(_, checked)| is_match(&checked.facts));
        matches.min_by_key(|(_, checked)| checked.facts.wording != Wording::WordForWord)
    }

    /// Puts a marker behind a sentence that ends at this byte of `prose`.
    fn insert(&mut self, end: usize, number: u32, checked: Checked) {
        let Some(evidence) = self.evidence.get(number as usize - 1) else { return };
        let (inserted, start) = (format!(" {}", marker(number)), self.in_text(end));
        let length = utf16_length(&inserted);
        let citation = Citation { matched: true, ..citation(number, start + 1, evidence, checked) };
        // Markers are as many bytes as code units.
        let before: u32 = self.marked.iter().filter(|(at, _)| *at < end).map(|(_, length)| length).sum();
        self.text.insert_str(end + before as usize, &inserted);
        self.utf16_length += length;
        let place = self.citations.partition_point(|citation| citation.range.start < start);
        for behind in &mut self.citations[place..] {
            behind.range = behind.range.start + length..behind.range.end + length;
        }
        self.citations.insert(place, citation);
        self.marked.push((end, length));
    }

    /// A place in `prose`, in bytes, as a place in the text, as a webview counts.
    fn in_text(&self, place: usize) -> u32 {
        let before: u32 = self.marked.iter().filter(|(at, _)| *at < place).map(|(_, length)| length).sum();
        utf16_length(&self.prose[..place]) + before
    }
}

fn marker(number: u32) -> String {
    format!("[{number}]")
}

fn citation(number: u32, start: u32, evidence: &Evidence, checked: Checked) -> Citation {
    Citation {
        marker: number,
        range: start..start + utf16_length(&marker(number)),
        document: evidence.document(),
        path: evidence.passage().path.clone(),
        title: evidence.title(),
        page: checked.page,
        page_label: evidence.passage().page_labels.get(&checked.page).cloned(),
        quote: checked.quote,
        facts: checked.facts,
        matched: false,
    }
}

fn is_match(facts: &Facts) -> bool {
    matches!(facts.wording, Wording::WordForWord | Wording::Nearly)
        && facts.items.iter().all(|fact| fact.place == FactPlace::Quote)
}

fn utf16_length(text: &str) -> u32 {
    let units: usize = text.chars().map(char::len_utf16).sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The sentences of an answer that say something which a source could bear out: no headings, no code, no questions, and
/// nothing that only leads to a list.
fn claims(prose: &str) -> Vec<Range<usize>> {
    let mut claims = Vec::new();
    let (mut start, mut is_code) = (0, false);
    for line in prose.split_inclusive('\n') {
        let text = line.trim();
        if text.starts_with("```") {
            is_code = !is_code;
        } else if !is_code && !text.starts_with(['#', '|']) {
            let sentences = text::sentences(line).into_iter();
            let sentences = sentences.filter(|sentence| claims_something(&line[sentence.clone()]));
            claims.extend(sentences.map(|sentence| start + sentence.start..start + sentence.end));
        }
        start += line.len();
    }
    claims
}

/// A sentence of an answer and the markers in it or right behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSentence {
    /// As far as its last marker, without markers.
    pub sentence: String,
    /// The places of its markers among those of the answer.
    pub citations: Range<usize>,
}

/// The sentences of an answer that cite something, in their order.
#[must_use]
pub fn cited_sentences(answer: &str) -> Vec<CitedSentence> {
    let mut parser = MarkerParser::default();
    let mut pieces = parser.push(answer);
    pieces.extend(parser.finish());
    let (mut prose, mut markers) = (String::new(), 0);
    let mut cited: Vec<(usize, CitedSentence)> = Vec::new();
    for piece in pieces {
        let more = match piece {
            Piece::Text(text) => {
                prose += &text;
                continue;
            }
            Piece::Marker(numbers) => numbers.len(),
        };
        let sentence = last_sentence(&prose);
        let start = prose.trim_end().len() - sentence.len();
        let citations = markers..markers + more;
        markers += more;
        match cited.last_mut() {
            Some((known, last)) if *known == start => {
                last.sentence = sentence.to_owned();
                last.citations.end = citations.end;
            }
            _ => cited.push((start, CitedSentence { sentence: sentence.to_owned(), citations })),
        }
    }
    cited.into_iter().map(|(_, sentence)| sentence).collect()
}

/// An answer as prose: what it says, without its citations.
#[must_use]
pub fn without_markers(answer: &str) -> String {
    let mut reader = AnswerReader::new(Vec::new());
    reader.push(answer);
    reader.finish();
    reader.prose
}

/// The sentence that a marker at the end of `prose` belongs to.
fn last_sentence(prose: &str) -> &str {
    let paragraph = prose.trim_end().rsplit("\n\n").next().unwrap_or_default();
    let line = paragraph.rsplit("\n- ").next().unwrap_or_default();
    text::sentences(line).pop().map_or("", |range| &line[range])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence() -> Vec<Evidence> {
        vec![
            Evidence::for_test(3, &["The lamp was lit in 1871.", "It burned oil until 1932."]),
            Evidence::for_test(7, &["The 灯台 gauge stands at\nthe quay.", "It was read twice a day."]),
        ]
    }

    fn read(pieces: &[&str]) -> (AnswerReader, String) {
        let mut reader = AnswerReader::new(evidence());
        let mut updates: Vec<Update> = pieces.iter().flat_map(|piece| reader.push(piece)).collect();
        updates.extend(reader.finish());
        let tokens = updates.into_iter().filter_map(|update| match update {
            Update::Token(text) => Some(text),
            Update::Citation(_) | Update::Uncited(_) => None,
        });
        let tokens = tokens.collect();
        (reader, tokens)
    }

    #[test]
    fn each_marker_gets_the_sentence_that_it_stands_behind() {
        let (reader, tokens) = read(&["It burned oil until 1932 [1]. The gauge stands at the quay. [2]"]);
        assert_eq!(tokens, reader.text());
        let quotes: Vec<_> =
            reader.citations().iter().map(|c| (c.page, c.quote.as_str(), c.facts.wording)).collect();
        assert_eq!(
            quotes,
            [
                (3, "It burned oil until 1932.", Wording::WordForWord),
                (7, "The 灯台 gauge stands at\nthe quay.", Wording::OwnWords)
            ]
        );
    }

    #[test]
    fn a_marker_shows_the_facts_that_stand_behind_the_one_before_it() {
        let (reader, _) = read(&["It burned oil until 1932 [1], and a gauge of 1871 [2][1] stands there."]);
        let items = |citation: &Citation| {
            citation.facts.items.iter().map(|fact| fact.text.clone()).collect::<Vec<_>>()
        };
        let shown: Vec<_> = reader.citations().iter().map(items).collect();
        assert_eq!(shown, [["1932"], ["1871"], ["1871"]]);
    }

    #[test]
    fn ranges_count_as_a_webview_counts() {
        let (reader, _) = read(&["🗼 was lit in 1871 [", "1]."]);
        let range = reader.citations()[0].range.clone();
        let units: Vec<u16> = reader.text().encode_utf16().collect();
        assert_eq!(String::from_utf16(&units[range.start as usize..range.end as usize]).unwrap(), "[1]");
    }

    #[test]
    fn markers_of_sources_that_do_not_exist_are_dropped_and_counted() {
        let (reader, _) = read(&["It was lit [9] in 1871 [0][1]."]);
        assert_eq!(reader.text(), "It was lit  in 1871 [1].");
        assert_eq!(reader.unknown_markers(), 2);
    }

    #[test]
    fn thinking_that_was_taken_for_text_is_forgotten() {
        let (mut reader, _) = read(&["Let me see [1]"]);
        reader.start_again();
        reader.push("Lit in 1871 [1].");
        assert_eq!((reader.text(), reader.citations().len()), ("Lit in 1871 [1].", 1));
    }

    #[test]
    fn sentences_that_claim_something_and_cite_nothing_are_told() {
        let (reader, _) = read(&[
            "## The lamp\nHere is what is known:\n- 🗼 It was lit in 1871 [1]. It is green.\n- It burned oil. [1]\n\n",
            "The gauge is broken. Shall I go on?",
        ]);
        let units: Vec<u16> = reader.text().encode_utf16().collect();
        let text = |range: &Range<u32>| {
            String::from_utf16(&units[range.start as usize..range.end as usize]).unwrap()
        };
        let uncited: Vec<String> = reader.uncited().iter().map(text).collect();
        assert_eq!(uncited, ["It is green.", "The gauge is broken."]);
    }

    #[test]
    fn a_sentence_that_stands_in_a_passage_gets_the_marker_that_the_model_left_out() {
        let (reader, streamed) = read(&[
            "🗼 The lamp was lit in 1871. It burned oil until 1933. The 灯台 gauge stands at the quay. ",
            "It burned oil [1].\n\n- **It burned oil until 1932.**\n- Twice a day.",
        ]);
        assert_eq!(
            reader.text(),
            "🗼 The lamp was lit in 1871. [1] It burned oil until 1933. The 灯台 gauge stands at the quay. [2] \
             It burned oil [1].\n\n- **It burned oil until 1932. [1]**\n- Twice a day."
        );
        let units: Vec<u16> = reader.text().encode_utf16().collect();
        let text = |range: &Range<u32>| {
            String::from_utf16(&units[range.start as usize..range.end as usize]).unwrap()
        };
        let citations: Vec<_> =
            reader.citations().iter().map(|citation| (text(&citation.range), citation.matched)).collect();
        let expected = [("[1]", true), ("[2]", true), ("[1]", false), ("[1]", true)];
        assert_eq!(citations, expected.map(|(marker, matched)| (marker.to_owned(), matched)));
        let uncited: Vec<String> = reader.uncited().iter().map(text).collect();
        assert_eq!(uncited, ["It burned oil until 1933.", "- Twice a day."]);
        assert_eq!(streamed.matches('[').count(), 1, "nobody is told of what was not streamed");
        assert_eq!(cited_sentences(reader.text()).len(), 4);
    }

    #[test]
    fn a_stored_answer_gives_its_cited_sentences_again() {
        let (reader, _) = read(&[
            "It was lit in 1871 [1][2]. The gauge 【2】 stands `[1]` at the quay [1, 2]. No more.\n- Twice [1]",
        ]);
        let cited: Vec<_> =
            cited_sentences(reader.text()).into_iter().map(|c| (c.sentence, c.citations)).collect();
        let sentences =
            [("It was lit in 1871", 0..2), ("The gauge  stands `[1]` at the quay", 2..5), ("Twice", 5..6)];
        assert_eq!(reader.citations().len(), 6);
        assert_eq!(cited, sentences.map(|(sentence, citations)| (sentence.to_owned(), citations)));
    }
}
