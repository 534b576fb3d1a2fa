//! From tokens to the pieces of a text.

use std::collections::HashMap;
use std::mem;

use super::body::Body;
use super::characters::Characters;
use super::charsets;
use super::groups::{Group, Target};
use super::tokens::{Token, Tokens};
use crate::formats::page_writer::{PageWriter, on_one_line};

/// What holds until the next `\pard`.
#[derive(Clone, Copy, Default)]
struct Paragraph {
    level: Option<u8>,
    style: i32,
    in_table: bool,
}

pub(super) struct Reader<'w, 'a> {
    body: Body<'w, 'a>,
    characters: Characters,
    /// The levels of the styles that are headings.
    headings: HashMap<i32, u8>,
    group: Group,
    groups: Vec<Group>,
    paragraph: Paragraph,
    /// How many characters that stand in for another are still to come.
    stand_ins: usize,
    title: String,
    style_name: String,
    is_header_row: bool,
}

impl<'w, 'a> Reader<'w, 'a> {
    pub fn new(writer: &'w mut PageWriter<'a>) -> Self {
        Self {
            body: Body::new(writer),
            characters: Characters::default(),
            headings: HashMap::new(),
            group: Group::default(),
            groups: Vec::new(),
            paragraph: Paragraph::default(),
            stand_ins: 0,
            title: String::new(),
            style_name: String::new(),
            is_header_row: false,
        }
    }

    /// Reads all of it and gives back the title.
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
                Token::Symbol(b'~') => self.add(" "),
                Token::Symbol(b'_') => self.add("-"),
                Token::Symbol(_) => {}
                Token::Byte(byte) => self.byte(byte),
                Token::Word(word, number) => {
                    if mem::take(&mut is_optional) && !self.group.knows(word) {
                        self.group.target = Target::Nothing;
                    }
                    self.word(word, number);
                }
            }
        }
        self.flush();
        self.body.finish();
        let title = on_one_line(&self.title);
        (!title.is_empty()).then_some(title)
    }

    fn close(&mut self) {
        self.flush();
        if self.group.target == Target::Styles {
            self.end_style();
        }
        self.body.end_group(self.groups.len());
        self.group = self.groups.pop().unwrap_or_default();
    }

    fn byte(&mut self, byte: u8) {
        if self.stand_ins > 0 {
            self.stand_ins -= 1;
            return;
        }
        if self.characters.has_units() {
            self.flush();
        }
        self.characters.push_byte(byte);
    }

    fn unit(&mut self, number: i32) {
        if self.characters.has_bytes() {
            self.flush();
        }
        // Numbers above 32767 are written as negative ones.
        self.characters.push_unit(number as u16);
        self.stand_ins = self.group.stand_ins;
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let value = number.unwrap_or(1);
        if word == "u" {
            return self.unit(value);
        }
        self.stand_ins = 0;
        if let Some(target) = self.group.target_of(word) {
            self.flush();
            self.group.target = target;
            if target == Target::Note {
                self.body.begin_note(self.groups.len());
            }
            return;
        }
        match word {
            "uc" => self.group.stand_ins = usize::try_from(value).unwrap_or(1),
            "ansicpg" => self.characters.encoding = charsets::of_code_page(value),
            "mac" => self.characters.encoding = charsets::of_code_page(10_000),
            "f" => {
                self.flush();
                self.group.font = value;
            }
            "fcharset" => {
                if let Some(encoding) =
                    charsets::of_font(value).filter(|_| self.group.target == Target::Fonts)
                {
                    self.characters.set_font_encoding(self.group.font, encoding);
                }
            }
            "v" | "deleted" | "plain" => {
                self.flush();
                self.group.hidden = word != "plain" && value != 0;
            }
            "pard" => self.paragraph = Paragraph::default(),
            "s" => self.paragraph.style = value,
            "outlinelevel" => {
                self.paragraph.level = u8::try_from(value + 1).ok().filter(|level| (1..=6).contains(level));
            }
            "intbl" => self.paragraph.in_table = true,
            "par" | "sect" | "page" => self.end_paragraph(),
            "cell" => {
                self.flush();
                self.body.end_cell();
            }
            "trowd" => self.is_header_row = false,
            "trhdr" => self.is_header_row = true,
            "row" => {
                self.flush();
                self.body.end_row(self.is_header_row);
            }
            _ => self.add(character(word)),
        }
    }

    /// Adds text behind what waits to be decoded.
    fn add(&mut self, text: &str) {
        self.flush();
        if self.group.hidden {
            return;
        }
        match self.group.target {
            Target::Body | Target::Note => self.body.push(text),
            Target::Marker => self.body.push_marker(text),
            Target::Title => self.title.push_str(text),
            Target::Styles => self.style_name.push_str(text),
            Target::Nothing | Target::Fonts | Target::Info => {}
        }
    }

    fn flush(&mut self) {
        if self.characters.has_bytes() || self.characters.has_units() {
            let text = self.characters.take(self.group.font);
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
        if self.group.target != Target::Body || self.paragraph.in_table {
            return self.add(" ");
        }
        let level = self.paragraph.level.or_else(|| self.headings.get(&self.paragraph.style).copied());
        self.body.end_paragraph(level);
    }
}

/// What a word prints; nothing for those that say how text looks.
fn character(word: &str) -> &'static str {
    match word {
        "line" => "\n",
        "tab" => "\t",
        "emspace" | "enspace" | "qmspace" | "nestcell" | "nestrow" => " ",
        "bullet" => "\u{2022}",
        "endash" => "\u{2013}",
        "emdash" => "\u{2014}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        _ => "",
    }
}
