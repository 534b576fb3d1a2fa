//! The sections of a format code: for positive numbers, negative ones, zero and text, or as their conditions say.

use super::tokens::{Condition, Token, sections_of};

#[derive(Debug)]
pub(super) struct Section {
    pub tokens: Vec<Token>,
    pub condition: Option<Condition>,
    pub kind: Kind,
    /// Whether no other numbers come here, so that they are written without their sign.
    pub is_for_negatives: bool,
}

/// What a section shows numbers as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    General,
    Date,
    Number,
}

pub(super) fn parse(code: &str) -> Vec<Section> {
    let sections = sections_of(code);
    let count = sections.len();
    let has_conditions = sections.iter().any(|(_, condition)| condition.is_some());
    let section = |(index, (tokens, condition)): (usize, (Vec<Token>, Option<Condition>))| {
        let is_for_negatives = match condition {
            Some(condition) => condition.comparison.starts_with('<') && condition.bound <= 0.0,
            None => index == 1 && !has_conditions,
        };
        // Of nothing but a colour, say.
        let kind = if count == 1 && tokens.is_empty() { Kind::General } else { kind_of(&tokens) };
        let tokens = if kind == Kind::Date { with_minutes(tokens) } else { tokens };
        Section { tokens, condition, kind, is_for_negatives }
    };
    sections.into_iter().enumerate().map(section).collect()
}

fn kind_of(tokens: &[Token]) -> Kind {
    let has = |is: fn(&Token) -> bool| tokens.iter().any(is);
    if has(|token| matches!(token, Token::Date(..) | Token::Elapsed(..) | Token::HalfOfDay(_))) {
        Kind::Date
    } else if has(|token| matches!(token, Token::General | Token::Text)) {
        Kind::General
    } else {
        Kind::Number
    }
}

/// With the `m` of minutes told from that of months: after hours or in front of seconds.
fn with_minutes(mut tokens: Vec<Token>) -> Vec<Token> {
    let units: Vec<(usize, char)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(index, token)| match token {
            Token::Date(unit, _) | Token::Elapsed(unit, _) => Some((index, *unit)),
            _ => None,
        })
        .collect();
    for (place, (index, unit)) in units.iter().enumerate() {
        let after_hours = place > 0 && units[place - 1].1 == 'h';
        let before_seconds = units.get(place + 1).is_some_and(|(_, unit)| *unit == 's');
        if let Token::Date('m', count @ (1 | 2)) = tokens[*index]
            && *unit == 'm'
            && (after_hours || before_seconds)
        {
            tokens[*index] = Token::Date('n', count);
        }
    }
    tokens
}

impl Section {
    pub fn has_place_for_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    /// The section's words around a text or a number.
    pub fn around(&self, shown: &str) -> String {
        let parts = self.tokens.iter().map(|token| match token {
            Token::Literal(literal) => literal,
            Token::General | Token::Text => shown,
            Token::Percent => "%",
            _ => "",
        });
        if self.tokens.is_empty() { shown.to_owned() } else { parts.collect() }
    }
}
