//! Numbers as spreadsheets show them: the number formats of ECMA-376, 18.8.31, in the English of the United States.

mod dates;
mod digits;
mod general;
mod numbers;
mod sections;
mod tokens;

use self::sections::{Kind, Section};

pub(super) use general::general;

/// The day that dates count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is the first of January 1900, and 60 a 29th of February that never was.
    Year1900,
    /// 0 is the first of January 1904.
    Year1904,
}

/// A format code, ready to show values in it.
#[derive(Debug)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Reads a format code such as `#,##0.00;[Red]-#,##0.00`.
    pub fn parse(code: &str) -> Self {
        Self { sections: sections::parse(code) }
    }

    /// The number as it is shown; what cannot be shown in the format, such as a date before all dates, in general.
    pub fn number(&self, value: f64, epoch: Epoch) -> String {
        let section = self.section_for(value);
        // A section for negative numbers alone has the sign that is wanted in it.
        let shows_sign = value < 0.0 && !section.is_for_negatives;
        let shown = match section.kind {
            Kind::General => Some(section.around(&general(value.abs()))),
            Kind::Date => dates::shown(&section.tokens, value, epoch),
            Kind::Number => Some(numbers::shown(&section.tokens, value.abs())),
        };
        match (shown, section.kind) {
            (None, _) => general(value),
            (Some(shown), Kind::Date) => shown,
            // What rounds to nothing has no sign.
            (Some(shown), _) if shows_sign && shown.contains(|c| matches!(c, '1'..='9')) => {
                format!("-{shown}")
            }
            (Some(shown), _) => shown,
        }
    }

    /// Text as it is shown: in the section for texts, where there is one.
    pub fn text(&self, text: &str) -> String {
        let section = self.sections.iter().rev().find(|section| section.has_place_for_text());
        section.map_or_else(|| text.to_owned(), |section| section.around(text))
    }

    fn section_for(&self, value: f64) -> &Section {
        let numeric =
            self.sections.iter().filter(|section| !section.has_place_for_text() || self.sections.len() == 1);
        let numeric: Vec<&Section> = numeric.collect();
        if let Some(section) =
            numeric.iter().find(|section| section.condition.is_some_and(|c| c.holds(value)))
        {
            return section;
        }
        let mut open = numeric.iter().filter(|section| section.condition.is_none());
        let has_conditions = numeric.iter().any(|section| section.condition.is_some());
        let wanted = match value {
            _ if has_conditions => open.next_back(),
            value if value < 0.0 => open.nth(1),
            0.0 => open.nth(2),
            _ => None,
        };
        wanted.or(numeric.first()).copied().unwrap_or(&self.sections[0])
    }
}

/// The code of a format that files name by its number only. Dates that each computer shows in the way of its region
/// come in the one way that is read alike everywhere.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "$#,##0_);($#,##0)",
        7 | 8 => "$#,##0.00_);($#,##0.00)",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 27..=31 | 36 | 50..=54 | 57..=58 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 34 | 55 => "h:mm",
        21 | 33 | 35 | 56 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        42 => "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        44 => "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
