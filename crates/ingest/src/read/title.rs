//! What a document is called. Many files give themselves a title that a program left there: a number, the name of
//! another file, "untitled", a scanner's stamp.

use std::ops::Range;

use extract::{BlockKind, ExtractedDocument, Page};
use text::is_unspaced;

/// A title of so many words was written by a person; a shorter one has to stand on the first page.
const OWN_WORDS: usize = 3;
/// In letters: what is longer is running text.
const LONGEST: usize = 160;
/// Words with a digit that are this long are numbers of something, unless they are dates.
const CODE_LETTERS: usize = 8;
/// The largest words are larger than the page's usual ones by this factor, and those that go on with them hardly smaller.
const LARGE: f32 = 1.15;
const AS_LARGE: f32 = 0.9;
/// The first heading stands on one of the first pages.
const FIRST_PAGES: usize = 3;

/// The title that a file gives itself where it is one; else, where the file's name does not tell what it is about, the
/// largest words of the first page or the first heading. Nothing where the name says it best.
pub(super) fn title_of(document: &ExtractedDocument, file_name: &str) -> Option<String> {
    let first = document.pages.first();
    let own = document.title.as_deref().map(str::trim).filter(|title| is_own_title(title, first));
    if let Some(own) = own {
        return Some(own.to_owned());
    }
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    if tells(stem) {
        return None;
    }
    let heading = || document.pages.iter().take(FIRST_PAGES).find_map(first_heading);
    first.and_then(largest_words).or_else(heading)
}

fn is_own_title(title: &str, first: Option<&Page>) -> bool {
    if !is_mostly_letters(title) || names_a_file(title) {
        return false;
    }
    let on_page: Vec<String> = first.map(|page| words(&page.text)).unwrap_or_default();
    let words = words(title);
    let stand_there = words.iter().filter(|word| on_page.contains(word)).count();
    telling_words(&words) >= OWN_WORDS || stand_there * 2 > words.len()
}

/// Whether a file's name says what the file is about: two words, or one with a year, and no number of something.
fn tells(stem: &str) -> bool {
    let words = words(stem);
    let telling = telling_words(&words);
    !words.iter().any(|word| is_code(word))
        && (telling > 1 || (telling == 1 && words.iter().any(|word| is_year(word))))
}

fn is_mostly_letters(title: &str) -> bool {
    let letters = title.chars().filter(|character| character.is_alphabetic()).count();
    let shown = title.chars().filter(|character| !character.is_whitespace()).count();
    letters * 2 >= shown && title.chars().count() <= LONGEST
}

/// It ends like a file's name, or is a path.
fn names_a_file(title: &str) -> bool {
    let is_ending = |ending: &str| {
        (2..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.starts_with(|letter: char| letter.is_ascii_alphabetic())
    };
    let has_ending = title.rsplit_once('.').is_some_and(|(_, ending)| is_ending(ending));
    has_ending || title.contains('\\') || title.starts_with('/') || title.contains("://")
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// How many words say something: of letters alone, and three at least. In scripts without spaces two letters are one.
fn telling_words(words: &[String]) -> usize {
    let telling = |word: &String| match word.chars().count() {
        letters if word.contains(is_unspaced) => (letters / 2).max(1),
        letters => usize::from(letters > 2 && word.chars().all(char::is_alphabetic)),
    };
    words.iter().map(telling).sum()
}

fn is_code(word: &str) -> bool {
    let has_digit = word.contains(|character: char| character.is_ascii_digit());
    let is_date = word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit()) && is_year(&word[..4]);
    has_digit && word.len() >= CODE_LETTERS && !is_date
}

/// Perhaps with more behind it, as in `2023q4`.
fn is_year(word: &str) -> bool {
    let begins = word.starts_with("19") || word.starts_with("20");
    begins && word.bytes().take(4).filter(u8::is_ascii_digit).count() == 4
}

/// A heading says more than one word: "Contents" and "Invoice" are no titles.
fn as_title(text: &str) -> Option<String> {
    let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words(&title);
    (words.len() > 1 && telling_words(&words) > 0 && is_mostly_letters(&title)).then_some(title)
}

fn largest_words(page: &Page) -> Option<String> {
    let usual = usual_height(page, 0..page.text.len())?;
    let blocks: Vec<(f32, String)> = page
        .blocks
        .iter()
        .filter_map(|block| {
            Some((usual_height(page, block.range.clone())?, as_title(&page.text[block.range.clone()])?))
        })
        .collect();
    let largest = blocks.iter().map(|(height, _)| *height).fold(0.0, f32::max);
    if largest < LARGE * usual {
        return None;
    }
    let from = blocks.iter().position(|(height, _)| *height == largest)?;
    let mut title = String::new();
    for (_, text) in blocks[from..].iter().take_while(|(height, _)| *height >= AS_LARGE * largest) {
        if title.chars().count() + text.chars().count() > LONGEST {
            break;
        }
        title = format!("{title} {text}").trim().to_owned();
    }
    Some(title)
}

/// The middle one of the heights of the words in a stretch of the page's text.
fn usual_height(page: &Page, range: Range<usize>) -> Option<f32> {
    let words = page.words.iter().filter(|word| range.contains(&word.range.start));
    let mut heights: Vec<f32> = words.map(|word| word.bounds.top - word.bounds.bottom).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied()
}

fn first_heading(page: &Page) -> Option<String> {
    let headings = page.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    headings.into_iter().find_map(|block| as_title(&page.text[block.range.clone()]))
}

#[cfg(test)]
mod tests {
    use extract::{Block, Bounds, SourceEngine, Word};

    use super::*;

    /// A first page of lines of these heights, in points.
    fn document(title: Option<&str>, lines: &[(f32, &str)]) -> ExtractedDocument {
        let (mut text, mut blocks, mut words) = (String::new(), Vec::new(), Vec::new());
        for (height, line) in lines {
            let start = text.len();
            for word in line.split(' ') {
                let range = text.len()..text.len() + word.len();
                let bounds = Bounds { left: 0.0, bottom: 0.0, right: 9.0, top: *height };
                words.push(Word { range, bounds });
                text.push_str(word);
                text.push(' ');
            }
            blocks.push(Block { kind: BlockKind::Paragraph, range: start..text.len() });
        }
        let page = Page {
            number: 1,
            label: None,
            text,
            blocks,
            words,
            size: Some((595.0, 842.0)),
            quality: 1.0,
            source_engine: SourceEngine::PdfExtract,
        };
        ExtractedDocument {
            title: title.map(str::to_owned),
            pages: vec![page],
            ..ExtractedDocument::default()
        }
    }

    const PAPER: [(f32, &str); 4] = [
        (9.0, "Proceedings of the society"),
        (18.0, "Salt marshes under"),
        (18.0, "rising tides"),
        (10.0, "We measured the marsh for a year and found that it grows as the tide does."),
    ];

    fn called(title: Option<&str>, file_name: &str) -> Option<String> {
        title_of(&document(title, &PAPER), file_name)
    }

    #[test]
    fn what_a_program_left_there_is_no_title() {
        let printed = Some("Salt marshes under rising tides".to_owned());
        for left in [
            "0000764478-17-000008",
            "untitled",
            "Microsoft Word - marsh final v3.doc",
            "C:\\Users\\Public\\marsh",
            "KM_C224e-20180110",
            "PowerPoint Presentation",
            "",
        ] {
            assert_eq!(called(Some(left), "2310.07609v1.pdf"), printed, "{left}");
        }
        assert_eq!(called(None, "a5879805d70c854e.pdf"), printed);
    }

    #[test]
    fn a_title_that_is_one_stays() {
        for title in ["Salt marshes", "A guide to the northern harbours", "海岸湿地の調査報告"] {
            assert_eq!(called(Some(title), "2310.07609v1.pdf").as_deref(), Some(title));
        }
    }

    #[test]
    fn a_name_that_tells_what_the_file_is_about_goes_before_what_is_printed_large() {
        for name in ["HARBOUR_2018_10K.pdf", "harbour dues.pdf", "minutes-20230524.pdf"] {
            assert_eq!(called(Some("0000764478-17-000008"), name), None, "{name}");
        }
    }

    #[test]
    fn a_page_of_one_size_shows_no_title() {
        let letter = [(10.0, "Dear keeper of the light"), (10.0, "the oil has come.")];
        assert_eq!(title_of(&document(None, &letter), "scan0001.pdf"), None);
    }
}
