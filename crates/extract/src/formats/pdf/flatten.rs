//! Page content reduced to its text operators, with form XObjects written out in their place, so that
//! pdf-extract meets nothing it stumbles over and any number of pages can share one set of fonts.

use std::collections::HashMap;
use std::io::Write;

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::annotations::appearances_on;
use super::content::{Operand, Operations};
use super::filters::decoded;
use super::fonts::is_bold;
use super::layers::Layers;
use super::lookup::{as_dictionary, get_dictionary, get_name, get_numbers, resolve};
use super::marked_content;
use super::page_tree::PageEntry;

/// A page with more text operators than this is an attack; what is there until then is kept.
const LARGEST_PAGE: usize = 32 << 20;
const DEEPEST_FORM: usize = 12;
const MOST_FORMS_ON_A_PAGE: usize = 5_000;

/// What goes between the text operators, as a filled rectangle, to tell the output device something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Marker {
    /// The next page begins.
    Page = 1,
    /// The glyphs from here on are bold.
    Bold = 2,
    /// The glyphs from here on are not bold.
    Regular = 3,
    /// The glyphs from here on stand for something else.
    Replaced = 4,
    /// A character that they stand for; its number is the rectangle's height above the origin.
    Character = 5,
    /// The end of the glyphs that stand for something else.
    AsShown = 6,
}

impl Marker {
    const ALL: [Self; 6] =
        [Self::Page, Self::Bold, Self::Regular, Self::Replaced, Self::Character, Self::AsShown];

    fn write(self, to: &mut Vec<u8>) {
        self.write_with(0, to);
    }

    fn write_with(self, number: u32, to: &mut Vec<u8>) {
        write(to, format_args!("{} {number} 0 0 re f\n", self as u8));
    }

    /// The marker behind a rectangle at this place.
    pub fn at(x: f64) -> Option<Self> {
        Self::ALL.into_iter().find(|marker| f64::from(*marker as u8) == x)
    }
}

/// The fonts that the flattened content names, under names that hold for the whole document.
#[derive(Default)]
pub(super) struct FontNames {
    /// Each name with the font as the file has it.
    pub fonts: Vec<(String, Object)>,
    known: HashMap<ObjectId, usize>,
}

impl FontNames {
    fn index_of(&mut self, font: &Object) -> usize {
        let known = font.as_reference().ok().and_then(|id| self.known.get(&id));
        if let Some(index) = known {
            return *index;
        }
        let index = self.fonts.len();
        self.fonts.push((format!("F{index}"), font.clone()));
        if let Ok(id) = font.as_reference() {
            self.known.insert(id, index);
        }
        index
    }
}

/// Appends one page to `to`, in the coordinates of its view; whether it shows pictures.
pub(super) fn flatten_page(
    document: &Document,
    layers: &Layers,
    page: &PageEntry,
    fonts: &mut FontNames,
    to: &mut Vec<u8>,
) -> bool {
    Marker::Page.write(to);
    let limit = to.len() + LARGEST_PAGE;
    let mut flattener = Flattener {
        document,
        layers,
        fonts,
        to,
        limit,
        forms: 0,
        open_forms: Vec::new(),
        has_font: false,
        bold: false,
        replaced: false,
        shown: 0,
        has_pictures: false,
    };
    let view = page.view(document).matrix;
    flattener.open_group(view);
    flattener.append(&page.content(document), page.resources(document));
    flattener.to.extend(b"Q\n");
    for appearance in appearances_on(document, layers, &page.dictionary) {
        flattener.open_group(view);
        flattener.open_group(appearance.placement);
        flattener.append_form_content(appearance.form, None);
        flattener.to.extend(b"Q\nQ\n");
    }
    flattener.set_bold(false);
    flattener.has_pictures
}

struct Flattener<'a> {
    document: &'a Document,
    layers: &'a Layers,
    fonts: &'a mut FontNames,
    to: &'a mut Vec<u8>,
    limit: usize,
    forms: usize,
    /// The forms that are being written out: one that holds itself would have no end.
    open_forms: Vec<&'a Stream>,
    /// Text shown before any font is chosen cannot be decoded.
    has_font: bool,
    bold: bool,
    /// Whether what is shown stands for something else.
    replaced: bool,
    /// How many operations have shown text.
    shown: usize,
    has_pictures: bool,
}

/// What `q` saves.
struct Saved {
    bold: bool,
    /// Where the `q` stands in the flattened content.
    place: usize,
    shown: usize,
}

impl<'a> Flattener<'a> {
    fn append(&mut self, content: &[u8], resources: Option<&'a Dictionary>) {
        let mut operations = Operations::of(content);
        // Only what this content saved itself may be restored.
        let mut saved: Vec<Saved> = Vec::new();
        // Whether each of the marked stretches that have begun stands for something else.
        let mut marked: Vec<bool> = Vec::new();
        while let Some(operator) = operations.next_operator() {
            if self.to.len() > self.limit {
                break;
            }
            match (operator, operations.operands.as_slice()) {
                (b"q", _) => {
                    saved.push(Saved { bold: self.bold, place: self.to.len(), shown: self.shown });
                    self.to.extend(b"q\n");
                }
                (b"Q", _) => {
                    if let Some(saved) = saved.pop() {
                        self.restore(&saved);
                    }
                }
                (b"Tf", [.., Operand::Name(name), Operand::Number(size)]) => {
                    let name = &content[name.clone()];
                    self.choose_font(resources, name, *size);
                }
                (b"Do", [.., Operand::Name(name)]) => {
                    let name = content[name.clone()].to_vec();
                    self.append_form(resources, &name);
                }
                (b"BMC", _) => marked.push(false),
                (b"BDC", operands) => {
                    let replacement =
                        marked_content::replacement(self.document, self.layers, resources, operands, content);
                    marked.push(self.begin_replaced(replacement));
                }
                (b"EMC", _) => {
                    if marked.pop() == Some(true) {
                        self.end_replaced();
                    }
                }
                _ => self.append_text_operation(operator, &operations, content),
            }
        }
        for saved in saved.iter().rev() {
            self.restore(saved);
        }
        if marked.contains(&true) {
            self.end_replaced();
        }
    }

    /// Whether the stretch that begins stands for something else; within such a one all belongs to it.
    fn begin_replaced(&mut self, replacement: Option<String>) -> bool {
        let Some(text) = replacement.filter(|_| !self.replaced) else { return false };
        Marker::Replaced.write(self.to);
        for character in text.chars() {
            Marker::Character.write_with(character.into(), self.to);
        }
        // Keeps the markers where `q` and `Q` enclose no text.
        self.shown += 1;
        self.replaced = true;
        true
    }

    fn end_replaced(&mut self) {
        Marker::AsShown.write(self.to);
        self.shown += 1;
        self.replaced = false;
    }

    /// Pictures and lines are drawn between `q` and `Q` too: without text in between, nothing of it is needed.
    fn restore(&mut self, saved: &Saved) {
        if saved.shown == self.shown {
            self.to.truncate(saved.place);
            self.bold = saved.bold;
        } else {
            self.to.extend(b"Q\n");
            self.set_bold(saved.bold);
        }
    }

    fn append_text_operation(&mut self, operator: &[u8], operations: &Operations, content: &[u8]) {
        let operands = operations.operands.as_slice();
        match operator {
            b"BT" | b"ET" | b"T*" => self.write_operation(&[], operator),
            b"cm" | b"Tm" => self.write_numbers::<6>(operands, operator),
            b"Td" | b"TD" => self.write_numbers::<2>(operands, operator),
            b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" => self.write_numbers::<1>(operands, operator),
            b"Tj" | b"'" if self.has_font => {
                self.shown += 1;
                if operator == b"'" {
                    self.to.extend(b"T*\n");
                }
                if let [.., Operand::String(string)] = operands {
                    self.write_operation(&content[string.clone()], b"Tj");
                }
            }
            b"\"" if self.has_font => {
                self.shown += 1;
                if let [.., Operand::Number(word), Operand::Number(character), Operand::String(string)] =
                    operands
                {
                    write(self.to, format_args!("{word} Tw {character} Tc T*\n"));
                    self.write_operation(&content[string.clone()], b"Tj");
                }
            }
            b"TJ" if self.has_font => {
                self.shown += 1;
                if let [.., Operand::Array(array)] = operands {
                    self.to.push(b'[');
                    for item in operations.array_items(array.clone()) {
                        match item {
                            Operand::Number(number) => write(self.to, format_args!("{number} ")),
                            Operand::String(string) => self.to.extend(&content[string]),
                            _ => {}
                        }
                    }
                    self.to.extend(b"]TJ\n");
                }
            }
            _ => {}
        }
    }

    fn choose_font(&mut self, resources: Option<&Dictionary>, name: &[u8], size: f64) {
        let fonts = resources.and_then(|resources| get_dictionary(self.document, resources, b"Font"));
        let Some(font) = fonts.and_then(|fonts| fonts.get(&unescaped(name)).ok()) else { return };
        let Some(dictionary) = resolve(self.document, font).and_then(as_dictionary) else { return };
        self.set_bold(is_bold(self.document, dictionary));
        let index = self.fonts.index_of(font);
        write(self.to, format_args!("/F{index} {size} Tf\n"));
        self.has_font = true;
    }

    fn append_form(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) {
        let document = self.document;
        let objects = resources.and_then(|resources| get_dictionary(document, resources, b"XObject"));
        let object = objects.and_then(|objects| objects.get(&unescaped(name)).ok());
        let Some(Object::Stream(form)) = object.and_then(|object| resolve(document, object)) else { return };
        match get_name(document, &form.dict, b"Subtype") {
            Some(b"Form") if !self.layers.hide_object(document, &form.dict) => {
                self.append_form_content(form, resources);
            }
            Some(b"Image") => self.has_pictures = true,
            _ => {}
        }
    }

    fn append_form_content(&mut self, form: &'a Stream, resources: Option<&'a Dictionary>) {
        let holds_itself = self.open_forms.iter().any(|open| std::ptr::eq(*open, form));
        if holds_itself || self.open_forms.len() >= DEEPEST_FORM || self.forms >= MOST_FORMS_ON_A_PAGE {
            return;
        }
        let document = self.document;
        self.forms += 1;
        let own_resources = get_dictionary(document, &form.dict, b"Resources").or(resources);
        let matrix = get_numbers(document, &form.dict, b"Matrix");
        let (has_font, bold) = (self.has_font, self.bold);
        self.open_group(matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
        self.open_forms.push(form);
        self.append(&decoded(document, form), own_resources);
        self.open_forms.pop();
        self.to.extend(b"Q\n");
        self.has_font = has_font;
        self.set_bold(bold);
    }

    fn open_group(&mut self, [a, b, c, d, e, f]: [f64; 6]) {
        write(self.to, format_args!("q {a} {b} {c} {d} {e} {f} cm\n"));
    }

    fn set_bold(&mut self, bold: bool) {
        if bold != self.bold {
            self.bold = bold;
            let marker = if bold { Marker::Bold } else { Marker::Regular };
            marker.write(self.to);
        }
    }

    /// An operation with the wrong operands is left out.
    fn write_numbers<const N: usize>(&mut self, operands: &[Operand], operator: &[u8]) {
        let numbers: Vec<f64> = operands
            .iter()
            .filter_map(|operand| if let Operand::Number(number) = operand { Some(*number) } else { None })
            .collect();
        if let Some(numbers) = numbers.last_chunk::<N>() {
            for number in numbers {
                write(self.to, format_args!("{number} "));
            }
            self.write_operation(&[], operator);
        }
    }

    fn write_operation(&mut self, operand: &[u8], operator: &[u8]) {
        self.to.extend(operand);
        self.to.push(b' ');
        self.to.extend(operator);
        self.to.push(b'\n');
    }
}

fn write(to: &mut Vec<u8>, text: std::fmt::Arguments) {
    // Writing to memory cannot fail.
    let _ = to.write_fmt(text);
}

/// A name without its `#41` escapes, as dictionaries hold it.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [byte, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) if *byte == b'#' => {
                plain.push(escaped);
                rest = &tail[2..];
            }
            _ => {
                plain.push(*byte);
                rest = tail;
            }
        }
    }
    plain
}
