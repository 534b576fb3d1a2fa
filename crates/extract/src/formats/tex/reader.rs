//! The walk over a source.

use std::mem;

use super::commands::{HALF_SILENT, SILENT, WITH_LAYOUT, heading_level};
use super::cursor::Cursor;
use super::symbols::{accented, symbol};
use crate::BlockKind;
use crate::formats::page_writer::{BULLET, PageWriter};
use crate::formats::tables::write_table;

pub(super) struct Reader<'w, 'a, 't> {
    writer: &'w mut PageWriter<'a>,
    cursor: Cursor<'t>,
    text: String,
    notes: Vec<String>,
    /// The lists around: the number of the last item, or none where they have bullets.
    lists: Vec<Option<u32>>,
    /// Stands in front of the next block.
    marker: String,
    table: Option<Vec<Vec<String>>>,
}

/// The printed text of an argument.
pub(in crate::formats) fn inline_text(tex: &str) -> String {
    let mut sink = |_| {};
    let mut writer = PageWriter::new(&mut sink);
    let mut reader = Reader::new(tex, &mut writer);
    reader.walk();
    reader.text
}

impl<'w, 'a, 't> Reader<'w, 'a, 't> {
    pub fn new(tex: &'t str, writer: &'w mut PageWriter<'a>) -> Self {
        let cursor = Cursor::new(tex);
        Self {
            writer,
            cursor,
            text: String::new(),
            notes: Vec::new(),
            lists: Vec::new(),
            marker: String::new(),
            table: None,
        }
    }

    pub fn read(mut self) {
        self.walk();
        self.end_table();
        self.end_block();
        for note in mem::take(&mut self.notes) {
            self.writer.push(BlockKind::Paragraph, &note);
        }
    }

    fn walk(&mut self) {
        while let Some(character) = self.cursor.next() {
            match character {
                '\\' => {
                    let command = self.cursor.command();
                    self.command(command);
                }
                '\n' => self.line_end(),
                '{' | '}' => {}
                '~' => self.text.push(' '),
                '$' => {
                    let mark = if self.cursor.take("$") { "$$" } else { "$" };
                    let formula = self.cursor.until(mark);
                    self.text.push_str(&format!("${}$", formula.trim()));
                }
                '&' if self.table.is_some() => self.end_cell(),
                '`' if self.cursor.take("`") => self.text.push('\u{201c}'),
                '\'' if self.cursor.take("'") => self.text.push('\u{201d}'),
                '-' if self.cursor.take("--") => self.text.push('\u{2014}'),
                '-' if self.cursor.take("-") => self.text.push('\u{2013}'),
                character => self.text.push(character),
            }
        }
    }

    /// An empty line ends a paragraph.
    fn line_end(&mut self) {
        let mut lines = 1;
        loop {
            if self.cursor.take("\n") {
                lines += 1;
            } else if !(self.cursor.take(" ") || self.cursor.take("\t") || self.cursor.take("\r")) {
                break;
            }
        }
        if lines > 1 && self.table.is_none() { self.end_block() } else { self.text.push(' ') }
    }

    fn command(&mut self, command: &str) {
        if let Some(level) = heading_level(command) {
            self.cursor.skip_option();
            if let Some(heading) = self.cursor.argument() {
                self.end_block();
                self.writer.push(BlockKind::Heading { level }, &inline_text(heading).replace('\n', " "));
            }
            return;
        }
        match command {
            "begin" => self.begin(),
            "end" => self.end(),
            "item" => self.item(),
            "\\" | "tabularnewline" => {
                self.cursor.skip_option();
                if self.table.is_some() { self.end_row() } else { self.text.push('\n') }
            }
            "par" | "newpage" | "clearpage" | "maketitle" | "bigskip" | "medskip" => self.end_block(),
            "(" => self.formula("\\)"),
            "[" => self.formula("\\]"),
            "verb" | "lstinline" => {
                let mark = self.cursor.next().unwrap_or(' ').to_string();
                let code = self.cursor.until(&mark);
                self.text.push_str(code);
            }
            "footnote" | "footnotetext" => {
                if let Some(note) = self.cursor.argument() {
                    self.notes.push(format!("[{}] {}", self.notes.len() + 1, inline_text(note)));
                    self.text.push_str(&format!("[{}]", self.notes.len()));
                }
            }
            _ => self.other(command),
        }
    }

    fn other(&mut self, command: &str) {
        if let Some((_, arguments)) = SILENT.iter().find(|(name, _)| *name == command) {
            self.cursor.skip_option();
            for _ in 0..*arguments {
                if self.cursor.argument().is_none() && self.cursor.take("\\") {
                    self.cursor.command();
                }
                self.cursor.skip_option();
            }
        } else if HALF_SILENT.contains(&command) {
            self.cursor.skip_option();
            self.cursor.argument();
        } else if let Some(symbol) = symbol(command) {
            self.text.push_str(symbol);
            self.cursor.take("{}");
        } else if accented(command, "a").is_some() {
            let letter = self.cursor.argument().map(str::to_owned);
            let letter = letter.or_else(|| self.cursor.next().map(String::from)).unwrap_or_default();
            let letter = if letter == "\\" { self.cursor.command().to_owned() } else { letter };
            self.text.push_str(&accented(command, &letter).unwrap_or_default());
        } else if command.starts_with(|first: char| first.is_ascii_alphabetic()) {
            // What it does is unknown; its arguments in braces are read as text.
            self.cursor.skip_option();
            if self.cursor.take(" ") && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
        }
    }

    fn formula(&mut self, end: &str) {
        let formula = self.cursor.until(end);
        self.text.push_str(&format!("${}$", formula.trim()));
    }

    fn begin(&mut self) {
        let Some(name) = self.cursor.argument() else { return };
        let name = name.trim_end_matches('*');
        self.end_block();
        match name {
            "itemize" | "description" => self.lists.push(None),
            "enumerate" => self.lists.push(Some(0)),
            "verbatim" | "lstlisting" | "minted" | "Verbatim" | "alltt" => self.verbatim(name),
            "comment" => {
                self.cursor.until("\\end{comment}");
            }
            "equation" | "align" | "gather" | "multline" | "displaymath" | "eqnarray" | "math" => {
                let formula = self.cursor.until(&format!("\\end{{{name}")).trim();
                self.cursor.until("}");
                self.writer.push(BlockKind::Paragraph, formula);
            }
            _ => {}
        }
        self.cursor.skip_option();
        if WITH_LAYOUT.contains(&name) {
            self.cursor.argument();
            if matches!(name, "tabularx") {
                self.cursor.argument();
            }
            if matches!(name, "tabular" | "tabularx" | "longtable") {
                self.end_table();
                self.table = Some(vec![Vec::new()]);
            }
        }
    }

    fn end(&mut self) {
        let Some(name) = self.cursor.argument() else { return };
        match name.trim_end_matches('*') {
            "tabular" | "tabularx" | "longtable" => self.end_table(),
            "itemize" | "description" | "enumerate" => {
                self.end_block();
                self.lists.pop();
            }
            _ => self.end_block(),
        }
    }

    fn verbatim(&mut self, name: &str) {
        let code = self.cursor.until(&format!("\\end{{{name}"));
        self.cursor.until("}");
        self.writer.push(BlockKind::Code, code);
    }

    fn item(&mut self) {
        self.end_block();
        self.marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}. ")
            }
            _ => BULLET.to_owned(),
        };
    }

    fn end_block(&mut self) {
        let text = mem::take(&mut self.text);
        let kind = if self.lists.is_empty() { BlockKind::Paragraph } else { BlockKind::ListItem };
        let lines: Vec<String> = text.lines().map(crate::formats::page_writer::on_one_line).collect();
        let text = lines.join("\n");
        if !text.trim().is_empty() {
            let marker = mem::take(&mut self.marker);
            self.writer.push(kind, &format!("{marker}{}", text.trim()));
        }
    }

    fn end_cell(&mut self) {
        if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
            row.push(mem::take(&mut self.text));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(rows) = &mut self.table {
            rows.push(Vec::new());
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        if let Some(rows) = self.table.take() {
            let rows: Vec<Vec<String>> =
                rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
            write_table(self.writer, &rows, None);
        }
    }
}
