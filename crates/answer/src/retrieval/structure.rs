//! A question may name a place in a document: "on page 12", "the last page", "Table 3", "Section 4.1", "Appendix C",
//! "the last chapter".

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use libraries::Library;
use library::{ChunkId, DocumentId};
use regex::Regex;
use text::{Figures, fold, is_stop_word};

use super::candidates::Candidates;
use super::fusion::{Part, Parts, best_first};
use super::params::PARAMS;

/// What pages are called in languages that write these letters, folded.
const PAGES: [&str; 16] = [
    "page", "pages", "slide", "slides", "p", "pp", "seite", "seiten", "folie", "pagina", "paginas", "pagine",
    "paginii", "sayfa", "trang", "strona",
];
const FIRST: [&str; 3] = ["cover", "title", "front"];
const LAST: [&str; 1] = ["last"];
const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// What a figure, a section or an appendix is numbered by: "3", "4.1", "2a", "IV", "C", "P-10".
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[IVXLC]{1,6}|[A-Z]|[A-Z]{1,2}-?\d{1,3})$")
        .expect("the pattern is constant and tested")
});

/// A place that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Pages by their numbers, as counted or as printed.
    Pages(u32, u32),
    /// A page by the name that is printed on it, folded.
    Called(String),
    LastPage,
    /// Where a line begins with a word and a number, both folded: a caption or a heading.
    Label(String, String),
    /// The last heading of a word and a number, of which this is the word, folded.
    LastLabel(String),
}

/// Puts what stands at the places that the question names, in the document that comes first, before all else of it. The
/// order is best first before and after.
///
/// # Errors
/// The library cannot be read.
pub(super) fn lead_to_places(
    library: &Library,
    question: &str,
    found: &mut Candidates,
    fused: &mut Vec<(ChunkId, Parts)>,
) -> Result<(), library::Error> {
    let named = named(question);
    let first =
        fused.first().and_then(|(chunk, parts)| Some((found.places.get(chunk)?.document, parts.score())));
    let Some((document, best)) = first else { return Ok(()) };
    let (mut labels, mut pages) = (Vec::new(), Vec::new());
    for place in named {
        match place {
            Place::Label(..) => labels.push(place),
            Place::LastLabel(word) => labels.extend(last_label(library, document, word)?),
            _ => pages.push(place),
        }
    }
    let mut there = HashSet::new();
    if !pages.is_empty() {
        there.extend(on_pages(library, &pages, document, found)?);
    }
    if !labels.is_empty() {
        there.extend(with_labels(library, &labels, document, found, fused)?);
    }
    if there.is_empty() {
        return Ok(());
    }
    let mut scores: HashMap<ChunkId, Parts> = fused.drain(..).collect();
    for chunk in there {
        scores.entry(chunk).or_default().add(Part::Places, PARAMS.named_place * best);
    }
    fused.extend(scores);
    best_first(fused);
    Ok(())
}

/// The chunks of the pages that are named, found by words or vectors or not.
fn on_pages(
    library: &Library,
    named: &[Place],
    document: DocumentId,
    found: &mut Candidates,
) -> Result<Vec<ChunkId>, library::Error> {
    let labels = library.page_labels(document)?;
    let printed = |name: String| {
        let is_named =
            move |label: &Option<String>| label.as_deref().is_some_and(|label| fold(label) == name);
        (1..).zip(&labels).filter(move |(_, label)| is_named(label)).map(|(page, _)| page)
    };
    let mut pages: Vec<u32> = Vec::new();
    for place in named {
        match place {
            Place::Pages(first, last) => {
                pages.extend(*first..=*last);
                pages.extend((*first..=*last).flat_map(|page| printed(page.to_string())));
            }
            Place::Called(name) => pages.extend(printed(name.clone())),
            Place::LastPage => pages.extend(library.document(document)?.map(|document| document.page_count)),
            Place::Label(..) | Place::LastLabel(_) => {}
        }
    }
    let there = library.chunks_on(document, &pages)?;
    found.places.extend(there.iter().map(|place| (place.chunk, *place)));
    Ok(there.into_iter().map(|place| place.chunk).collect())
}

/// Those of the best chunks in which a line begins with a label that is named, or that stand below such a heading.
fn with_labels(
    library: &Library,
    named: &[Place],
    document: DocumentId,
    found: &Candidates,
    fused: &[(ChunkId, Parts)],
) -> Result<Vec<ChunkId>, library::Error> {
    let is_of_it = |chunk: &ChunkId| found.places.get(chunk).is_some_and(|place| place.document == document);
    let best: Vec<ChunkId> =
        fused.iter().map(|(chunk, _)| *chunk).filter(is_of_it).take(PARAMS.labels_among).collect();
    let passages = library.passages(&best)?;
    let has_label = |line: &str| named.iter().any(|place| begins_with(line, place));
    let there = passages.into_iter().filter(|passage| {
        let headings = passage.heading_path.iter().map(String::as_str);
        passage.text.lines().chain(headings).any(has_label)
    });
    Ok(there.map(|passage| passage.chunk).collect())
}

/// The label of the last heading that begins with a word and has a number.
fn last_label(
    library: &Library,
    document: DocumentId,
    word: String,
) -> Result<Option<Place>, library::Error> {
    let headings = library.headings_that_begin_with(document, &word)?;
    let number =
        headings.iter().find_map(|heading| words(heading).nth(1).filter(|next| LABEL.is_match(next)));
    Ok(number.map(|number| Place::Label(word, fold(number))))
}

/// Whether a line begins with a label: "Fig. 5" with "Figure 5:", "Section 4.1" with "4.1 Methods" too.
fn begins_with(line: &str, place: &Place) -> bool {
    let Place::Label(word, number) = place else { return false };
    let mut words = words(line).map(fold);
    let Some(first) = words.next() else { return false };
    let is_word = first.len() >= 3 && (first.starts_with(word.as_str()) || word.starts_with(&first));
    (number.contains('.') && first == *number)
        || (is_word && words.next().is_some_and(|second| second == *number))
}

/// The places that a question names.
fn named(question: &str) -> Vec<Place> {
    let undated = without_dates(question);
    let words: Vec<&str> = words(&undated).collect();
    let mut places = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let (folded, next) = (fold(word), words.get(at + 1).copied());
        if PAGES.contains(&folded.as_str()) {
            let before = at.checked_sub(1).map(|before| fold(words[before]));
            places.extend(before.and_then(|before| page_before(&before)));
            places.extend(next.and_then(page_behind));
        } else if let Some(label) = next.filter(|next| LABEL.is_match(next))
            && is_kind(&folded)
        {
            places.push(Place::Label(folded, fold(label)));
        } else if LAST.contains(&folded.as_str())
            && let Some(kind) = next.map(fold).filter(|next| is_kind(next) && !PAGES.contains(&next.as_str()))
        {
            places.push(Place::LastLabel(kind));
        }
    }
    places
}

/// Whether a word may say what kind of place it is that a number names.
fn is_kind(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !is_stop_word(word)
}

/// "July 18" is no place.
fn without_dates(question: &str) -> String {
    let (mut undated, mut end) = (String::new(), 0);
    for (date, _) in Figures::of(question, false).dates {
        undated.push_str(question.get(end..date.start).unwrap_or_default());
        end = date.end;
    }
    undated + question.get(end..).unwrap_or_default()
}

/// "The second page", "the last page".
fn page_before(word: &str) -> Option<Place> {
    let ordinal = || ORDINALS.iter().position(|ordinal| *ordinal == word);
    let number = if FIRST.contains(&word) { Some(0) } else { ordinal() };
    match number.and_then(|number| u32::try_from(number).ok()) {
        Some(number) => Some(Place::Pages(number + 1, number + 1)),
        None => LAST.contains(&word).then_some(Place::LastPage),
    }
}

/// "Page 12", "pages 51-53", "page twelve", "page xii".
fn page_behind(word: &str) -> Option<Place> {
    let number = |word: &str| word.parse().ok().filter(|number| *number > 0);
    if let Some((first, last)) = word.split_once(['-', '–'])
        && let (Some(first), Some(last)) = (number(first), number(last))
    {
        return (first <= last && last - first <= PARAMS.most_pages).then_some(Place::Pages(first, last));
    }
    let spelled = || {
        let figures = Figures::of(word, false);
        let value = *figures.numbers.first()?.values.first()?;
        word.chars().all(char::is_alphabetic).then_some(value as u32)
    };
    if let Some(number) = number(word).or_else(spelled) {
        return Some(Place::Pages(number, number));
    }
    text::of_roman(&fold(word)).map(|_| Place::Called(fold(word)))
}

/// The words of a text without what stands around them; "65+" stays, which is no number of a figure.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let around =
        |c: char| matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '\'' | '’' | '"' | '“' | '”' | '[' | ']');
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .map(move |word| word.trim_matches(around))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(word: &str, number: &str) -> Place {
        Place::Label(word.to_owned(), number.to_owned())
    }

    #[test]
    fn places_are_read_out_of_questions() {
        for (question, places) in [
            ("What is the final step at the top of page 5?", vec![Place::Pages(5, 5)]),
            ("What date is at the beginning of page(1)?", vec![Place::Pages(1, 1)]),
            ("How many figures are there in Pages 51-53?", vec![Place::Pages(51, 53)]),
            ("What is the number on page fourteen?", vec![Place::Pages(14, 14)]),
            ("Was steht auf Seite 7?", vec![Place::Pages(7, 7)]),
            ("Who wrote the text on page xii?", vec![Place::Called("xii".to_owned())]),
            ("Is there a signature on the last page?", vec![Place::LastPage]),
            ("What is the second page about?", vec![Place::Pages(2, 2)]),
            ("Which court is on the cover page?", vec![Place::Pages(1, 1)]),
            ("How many of Fig. 5 and Table 2 are right?", vec![label("fig", "5"), label("table", "2")]),
            ("What does Section 3.4 say?", vec![label("section", "3.4")]),
            ("What are the strengths in Appendix C?", vec![label("appendix", "c")]),
            ("Where is Exhibit P-10?", vec![label("exhibit", "p-10")]),
            ("Who dies in the last chapter?", vec![Place::LastLabel("chapter".to_owned())]),
            ("What was paid in 2018?", vec![]),
            ("What was said from July 18 to September 30, 2013?", vec![]),
            ("How many people aged 65+ have a telephone?", vec![]),
            ("Is there a table of the costs?", vec![]),
        ] {
            assert_eq!(named(question), places, "{question}");
        }
    }

    #[test]
    fn a_caption_begins_its_line_and_a_reference_does_not() {
        assert!(begins_with("Figure 5: The lamp", &label("fig", "5")));
        assert!(begins_with("4.1 Methods", &label("section", "4.1")));
        assert!(begins_with("Appendix C. Strengths", &label("appendix", "c")));
        assert!(!begins_with("As Figure 5 shows, the lamp was lit.", &label("figure", "5")));
        assert!(!begins_with("Figure 50 shows the lamp.", &label("figure", "5")));
    }
}
