//! Calendars (iCalendar, RFC 5545) and address books (vCard, RFC 6350): lines of a name and a value.

use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use super::decoding::decode;
use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source};
use crate::{BlockKind, ExtractError, OutlineEntry};

pub(super) const EXTENSIONS: &[&str] = &["ics", "ical", "ifb", "vcf", "vcard"];

/// What lists of appointments, tasks and people are made of.
const ENTRIES: [&str; 5] = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VCARD"];

/// What programs keep for themselves, pictures and keys.
const UNSEEN: [&str; 22] = [
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "UID",
    "DTSTAMP",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "TRANSP",
    "CLASS",
    "PRIORITY",
    "METHOD",
    "CALSCALE",
    "PHOTO",
    "LOGO",
    "SOUND",
    "KEY",
    "REV",
    "PROFILE",
    "RECURRENCE-ID",
    "ATTACH",
];

/// Names that a reader would not know.
const SHOWN_NAMES: [(&str, &str); 10] = [
    ("DTSTART", "Start"),
    ("DTEND", "End"),
    ("RRULE", "Repeats"),
    ("TEL", "Telephone"),
    ("ADR", "Address"),
    ("BDAY", "Birthday"),
    ("ORG", "Organization"),
    ("N", "Name"),
    ("DUE", "Due"),
    ("EXDATE", "Except"),
];

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = decode(&bytes[..bytes.len().min(64)]).text.to_ascii_uppercase();
    ["BEGIN:VCALENDAR", "BEGIN:VCARD"].iter().any(|begin| head.trim_start().starts_with(begin))
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let mut outline = Vec::new();
    let mut entry: Option<Vec<Line>> = None;
    // Alarms and the like, which lie in an entry.
    let mut inner = 0_usize;
    for line in unfolded(&decoded.text).iter().filter_map(|line| Line::parse(line)) {
        let kind = line.value.trim().to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" if entry.is_some() => inner += 1,
            "BEGIN" if ENTRIES.contains(&kind.as_str()) => entry = Some(Vec::new()),
            "END" if inner > 0 => inner -= 1,
            "END" => {
                if let Some(lines) = entry.take() {
                    write_entry(&lines, &mut writer, &mut outline);
                }
            }
            _ if inner == 0 => entry.iter_mut().for_each(|entry| entry.push(line.clone())),
            _ => {}
        }
    }
    if let Some(lines) = entry {
        write_entry(&lines, &mut writer, &mut outline);
    }
    writer.finish();
    Ok(DocumentInfo { outline, warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// A name with its parameters, and its value.
#[derive(Clone)]
struct Line {
    name: String,
    /// In capitals.
    parameters: String,
    time_zone: Option<String>,
    value: String,
}

impl Line {
    fn parse(line: &str) -> Option<Self> {
        // A colon may stand in a parameter in quotes.
        let mut in_quotes = false;
        let at = line.find(|character| {
            in_quotes ^= character == '"';
            character == ':' && !in_quotes
        })?;
        let (head, value) = (&line[..at], &line[at + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        // Address books of some programs group their lines: "item1.TEL".
        let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
        let zone = parameters.split(';').find_map(|parameter| parameter.strip_prefix("TZID="));
        let parameters = parameters.to_ascii_uppercase();
        let value = if parameters.contains("QUOTED-PRINTABLE") {
            quoted_printable_decode(value.as_bytes())
                .map_or_else(|| value.to_owned(), |bytes| decode(&bytes).text)
        } else {
            value.to_owned()
        };
        Some(Self { name, parameters, time_zone: zone.map(|zone| zone.trim_matches('"').to_owned()), value })
    }

    fn shown(&self) -> String {
        match self.name.as_str() {
            "DTSTART" | "DTEND" | "DUE" | "COMPLETED" | "EXDATE" | "RDATE" => {
                let times = self.value.split(',').map(|time| shown_time(time, self.time_zone.as_deref()));
                times.collect::<Vec<_>>().join(", ")
            }
            "N" | "ADR" | "ORG" => {
                let parts = parts_of(&self.value).into_iter().filter(|part| !part.trim().is_empty());
                parts.collect::<Vec<_>>().join(", ")
            }
            _ => {
                let value = unescaped(&self.value);
                ["mailto:", "tel:", "MAILTO:"]
                    .iter()
                    .find_map(|scheme| value.strip_prefix(scheme))
                    .unwrap_or(&value)
                    .to_owned()
            }
        }
    }
}

/// Lines that were broken are whole again.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(&line[1..]),
            // Quoted-printable text of old address books ends its broken lines with "=".
            Some(last) if last.ends_with('=') && last.to_ascii_uppercase().contains("QUOTED-PRINTABLE") => {
                last.pop();
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn write_entry(lines: &[Line], writer: &mut PageWriter, outline: &mut Vec<OutlineEntry>) {
    let value = |name: &str| lines.iter().find(|line| line.name == name).map(Line::shown);
    let title_name = ["SUMMARY", "FN", "N", "ORG"]
        .into_iter()
        .find(|name| value(name).is_some_and(|v| !v.trim().is_empty()));
    if let Some(title) = title_name.and_then(value) {
        let title = on_one_line(&title);
        outline.push(OutlineEntry { title: title.clone(), level: 1, page: writer.page_number() });
        writer.push(BlockKind::Heading { level: 1 }, &title);
    }
    let is_shown = |line: &&Line| {
        !UNSEEN.contains(&line.name.as_str())
            && !line.name.starts_with("X-")
            && !line.parameters.contains("ENCODING=B")
            && title_name != Some(line.name.as_str())
    };
    let shown = lines.iter().filter(is_shown).filter_map(|line| {
        let value = line.shown();
        (!value.trim().is_empty()).then(|| format!("{}: {value}", shown_name(&line.name)))
    });
    writer.push(BlockKind::Paragraph, &shown.collect::<Vec<_>>().join("\n"));
}

fn shown_name(name: &str) -> String {
    if let Some((_, shown)) = SHOWN_NAMES.iter().find(|(known, _)| *known == name) {
        return (*shown).to_owned();
    }
    let (first, rest) = name.split_at_checked(1).unwrap_or((name, ""));
    format!("{first}{}", rest.to_ascii_lowercase())
}

/// As 2025-03-03 10:00 and its time zone; what is no such time, as it stands.
fn shown_time(time: &str, zone: Option<&str>) -> String {
    let digits = |range: std::ops::Range<usize>| {
        time.get(range).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(4..6), digits(6..8)) else {
        return time.to_owned();
    };
    let date = format!("{year}-{month}-{day}");
    let (Some(hour), Some(minute)) = (digits(9..11), digits(11..13)) else { return date };
    let zone = if time.ends_with('Z') { Some("UTC") } else { zone };
    format!("{date} {hour}:{minute}{}", zone.map(|zone| format!(" ({zone})")).unwrap_or_default())
}

/// The parts of a value between semicolons.
fn parts_of(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for character in value.chars() {
        match parts.last_mut() {
            Some(_) if character == ';' && !is_escaped => parts.push(String::new()),
            Some(part) => part.push(character),
            None => {}
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    parts.iter().map(|part| unescaped(part)).collect()
}

fn unescaped(value: &str) -> String {
    let mut read = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => read.push('\n'),
                next => read.extend(next),
            },
            _ => read.push(character),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(file: &str) -> String {
        let mut pages = Vec::new();
        read(&Source::new(file.as_bytes(), "ics"), &mut |page| pages.push(page)).unwrap();
        pages.into_iter().map(|page| page.text).collect()
    }

    #[test]
    fn appointments_are_read() {
        let calendar = "BEGIN:VCALENDAR\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Riga\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\n\
            SUMMARY:Harbour meeting\r\nDTSTART;TZID=Europe/Riga:20250303T100000\r\nDTEND:20250303T110000Z\r\nLOCATION:Quay \r\n 3\\, north\r\n\
            DESCRIPTION:Bring the charts\\nand tea\r\nORGANIZER;CN=\"Ada: x\":mailto:ada@example.org\r\nBEGIN:VALARM\r\nDESCRIPTION:ring\r\nEND:VALARM\r\nEND:VEVENT\r\n\
            BEGIN:VTODO\r\nSUMMARY:Tar\r\nDUE;VALUE=DATE:20250304\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
        assert!(recognises(calendar.as_bytes()));
        assert_eq!(
            text(calendar),
            "Harbour meeting\n\nStart: 2025-03-03 10:00 (Europe/Riga)\nEnd: 2025-03-03 11:00 (UTC)\nLocation: Quay 3, north\n\
             Description: Bring the charts\nand tea\nOrganizer: ada@example.org\n\nTar\n\nDue: 2025-03-04"
        );
    }

    #[test]
    fn address_books_of_all_ages_are_read() {
        let book = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=\nller;Ada\nTEL;WORK:+49 555 0101\nEND:VCARD\n\
            BEGIN:VCARD\nVERSION:3.0\nFN:Ben Example\nitem1.ADR:;;Quay 3;Riga;;1001;Latvia\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n";
        assert_eq!(
            text(book),
            "M\u{fc}ller, Ada\n\nTelephone: +49 555 0101\n\nBen Example\n\nAddress: Quay 3, Riga, 1001, Latvia"
        );
    }
}
