//! From tokens to blocks.

use std::collections::HashMap;
use std::mem;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::charsets;
use super::tokens::{Token, Tokens};
use crate::BlockKind;
use crate::formats::page_writer::{BULLET, PageWriter, on_one_line};
use crate::formats::tables::write_table;

/// Groups that hold no text of the body.
const SKIPPED: [&str; 29] = [
    "colortbl",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "objdata",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "filetbl",
    "latentstyles",
    "revtbl",
    "tc",
    "xe",
    "nonesttables",
    "objclass",
    "shppict",
];

/// Groups marked as unknown to old readers that are known here.
const KNOWN: [&str; 3] = ["shpinst", "shptxt", "annotation"];

/// What the text of a group is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Body,
    Nothing,
    Fonts,
    Styles,
    Info,
    Title,
    /// The number or bullet of a list's item.
    Marker,
    Note,
}

/// What a group begins with and gives back at its end.
#[derive(Clone, Copy)]
struct Group {
    target: Target,
    font: i32,
    hidden: bool,
    /// How many characters stand in for one that old readers do not know.
    stand_ins: usize,
}

/// What holds until the next `\pard`.
#[derive(Clone, Copy, Default)]
struct Paragraph {
    level: Option<u8>,
    style: i32,
    in_table: bool,
}

pub(super) struct Reader<'w, 'a> {
    writer: &'w mut PageWriter<'a>,
    encoding: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    headings: HashMap<i32, u8>,
    group: Group,
    groups: Vec<Group>,
    paragraph: Paragraph,
    /// Bytes in the encoding of the font, and units of UTF-16, that wait to be decoded together.
    bytes: Vec<u8>,
    units: Vec<u16>,
    skip: usize,
    text: String,
    marker: String,
    title: String,
    style_name: String,
    /// The texts around a note, and the notes so far.
    around: Vec<(usize, String)>,
    notes: Vec<String>,
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
    headers: usize,
    is_header: bool,
}

impl<'w, 'a> Reader<'w, 'a> {
    pub fn new(writer: &'w mut PageWriter<'a>) -> Self {
        Self {
            writer,
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            headings: HashMap::new(),
            group: Group { target: Target::Body, font: -1, hidden: false, stand_ins: 1 },
            groups: Vec::new(),
            paragraph: Paragraph::default(),
            bytes: Vec::new(),
            units: Vec::new(),
            skip: 0,
            text: String::new(),
            marker: String::new(),
            title: String::new(),
            style_name: String::new(),
            around: Vec::new(),
            notes: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            headers: 0,
            is_header: false,
        }
    }

    pub fn read(mut self, bytes: &[u8]) -> Option<String> {
        let (mut is_first, mut is_optional) = (false, false);
        for token in Tokens::of(bytes) {
            let was_first = mem::replace(&mut is_first, token == Token::Open);
            match token {
                Token::Open => {
                    self.flush();
                    self.groups.push(self.group);
                }
                Token::Close => self.close(),
                // It means something at the beginning of a group only.
                Token::Symbol(b'*') => is_optional = was_first,
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.byte(byte),
                Token::Word(word, number) => {
                    if mem::take(&mut is_optional) && !self.is_known(word) {
                        self.group.target = Target::Nothing;
                    }
                    self.word(word, number);
                }
            }
        }
        self.end_paragraph();
        self.end_table();
        for note in mem::take(&mut self.notes) {
            self.writer.push(BlockKind::Paragraph, &note);
        }
        let title = on_one_line(&self.title);
        (!title.is_empty()).then_some(title)
    }

    fn is_known(&self, word: &str) -> bool {
        KNOWN.contains(&word) || self.group.target == Target::Styles
    }

    fn close(&mut self) {
        self.flush();
        if self.group.target == Target::Styles {
            self.end_style();
        }
        let depth = self.groups.len();
        if self.around.last().is_some_and(|(start, _)| *start == depth)
            && let Some((_, around)) = self.around.pop()
        {
            let note = on_one_line(&mem::replace(&mut self.text, around));
            self.notes.push(format!("[{}] {note}", self.notes.len() + 1));
            self.text.push_str(&format!("[{}]", self.notes.len()));
        }
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'~' => self.character(' '),
            b'_' => self.character('-'),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.flush_units();
            self.bytes.push(byte);
        }
    }

    fn character(&mut self, character: char) {
        self.flush();
        self.add(character.encode_utf8(&mut [0; 4]));
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.destination(word) {
            return;
        }
        let value = number.unwrap_or(1);
        match word {
            "u" => {
                self.flush_bytes();
                // Numbers above 32767 are written as negative ones.
                self.units.push(value as u16);
                self.skip = self.group.stand_ins;
                return;
            }
            "uc" => self.group.stand_ins = usize::try_from(value).unwrap_or(1),
            "f" => {
                self.flush();
                self.group.font = value;
            }
            "ansicpg" => self.encoding = charsets::of_code_page(value),
            "mac" => self.encoding = charsets::of_code_page(10_000),
            "fcharset" => {
                if let Some(encoding) =
                    charsets::of_font(value).filter(|_| self.group.target == Target::Fonts)
                {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "v" | "deleted" => {
                self.flush();
                self.group.hidden = value != 0;
            }
            "plain" => {
                self.flush();
                self.group.hidden = false;
            }
            "pard" => self.paragraph = Paragraph::default(),
            "s" => self.paragraph.style = value,
            "outlinelevel" => {
                self.paragraph.level = u8::try_from(value + 1).ok().filter(|level| (1..=6).contains(level));
            }
            "intbl" => self.paragraph.in_table = true,
            "par" | "sect" | "page" => self.end_paragraph(),
            "cell" => self.end_cell(),
            "trowd" => self.is_header = false,
            "trhdr" => self.is_header = true,
            "row" => self.end_row(),
            "line" => self.character('\n'),
            "tab" => self.character('\t'),
            "bullet" => self.character('\u{2022}'),
            "endash" => self.character('\u{2013}'),
            "emdash" => self.character('\u{2014}'),
            "lquote" => self.character('\u{2018}'),
            "rquote" => self.character('\u{2019}'),
            "ldblquote" => self.character('\u{201c}'),
            "rdblquote" => self.character('\u{201d}'),
            "emspace" | "enspace" | "qmspace" | "nestcell" | "nestrow" => self.character(' '),
            _ => {}
        }
        self.skip = 0;
    }

    /// Whether the word says what the text of the group is for.
    fn destination(&mut self, word: &str) -> bool {
        let target = match word {
            _ if self.group.target == Target::Nothing && word != "shptxt" => return false,
            "fonttbl" => Target::Fonts,
            "stylesheet" => Target::Styles,
            "info" => Target::Info,
            "title" if self.group.target == Target::Info => Target::Title,
            "listtext" | "pntext" => Target::Marker,
            "footnote" | "annotation" => {
                self.flush();
                self.around.push((self.groups.len(), mem::take(&mut self.text)));
                Target::Note
            }
            "shpinst" => Target::Nothing,
            "shptxt" => Target::Body,
            _ if SKIPPED.contains(&word) => Target::Nothing,
            _ => return false,
        };
        self.flush();
        self.group.target = target;
        true
    }

    fn add(&mut self, text: &str) {
        match self.group.target {
            _ if self.group.hidden => {}
            Target::Body | Target::Note => self.text.push_str(text),
            Target::Marker => self.marker.push_str(text),
            Target::Title => self.title.push_str(text),
            Target::Styles => self.style_name.push_str(text),
            Target::Nothing | Target::Fonts | Target::Info => {}
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        self.flush_units();
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = mem::take(&mut self.bytes);
            let encoding = self.fonts.get(&self.group.font).copied().unwrap_or(self.encoding);
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            self.add(&text);
        }
    }

    fn flush_units(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&mem::take(&mut self.units));
            self.add(&text);
        }
    }

    fn end_style(&mut self) {
        let name = mem::take(&mut self.style_name);
        let style = mem::take(&mut self.paragraph).style;
        let name = name.trim().trim_end_matches(';').to_lowercase();
        let level = match name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok()) {
            Some(level) => level.clamp(1, 6),
            None if name == "title" => 1,
            None => return,
        };
        self.headings.insert(style, level);
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.group.target != Target::Body {
            self.add(" ");
            return;
        }
        if self.paragraph.in_table {
            self.text.push(' ');
            return;
        }
        self.end_table();
        let text = mem::take(&mut self.text);
        let marker = mem::take(&mut self.marker);
        let level = self.paragraph.level.or_else(|| self.headings.get(&self.paragraph.style).copied());
        let kind = match level {
            Some(level) => BlockKind::Heading { level },
            None if marker.trim().is_empty() => BlockKind::Paragraph,
            None => BlockKind::ListItem,
        };
        let text = text.trim();
        if !text.is_empty() {
            self.writer.push(kind, &format!("{}{text}", shown_marker(&marker)));
        }
    }

    fn end_cell(&mut self) {
        self.flush();
        let marker = mem::take(&mut self.marker);
        let text = mem::take(&mut self.text);
        self.cells.push(format!("{}{text}", shown_marker(&marker)));
    }

    fn end_row(&mut self) {
        self.flush();
        if self.is_header && self.headers == self.rows.len() {
            self.headers += 1;
        }
        self.rows.push(mem::take(&mut self.cells));
    }

    fn end_table(&mut self) {
        if !self.cells.is_empty() {
            self.end_row();
        }
        let rows = mem::take(&mut self.rows);
        let headers = mem::take(&mut self.headers);
        write_table(self.writer, &rows, (headers > 0).then_some(headers));
    }
}

/// Numbers and letters as they stand; bullets are drawn from all kinds of fonts.
fn shown_marker(marker: &str) -> String {
    let marker = marker.trim();
    match marker.chars().any(char::is_alphanumeric) {
        true => format!("{marker} "),
        false if marker.is_empty() => String::new(),
        false => BULLET.to_owned(),
    }
}
