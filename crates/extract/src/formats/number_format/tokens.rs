//! What a format code is made of.

/// One part of a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Shown as it stands.
    Literal(String),
    /// The place of a digit: `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` or `E-`, and whether a plus is shown.
    Exponent {
        plus: bool,
    },
    Slash,
    /// `@`, the place of a text.
    Text,
    /// `General`, the place of a number in no format.
    General,
    /// `y`, `m`, `d`, `h`, `s` and the like in lower case, and how many of them; minutes are `n`.
    Date(char, usize),
    /// `[h]` and the like: all the time that has passed.
    Elapsed(char, usize),
    /// `AM/PM` or `A/P`.
    HalfOfDay(String),
}

/// A comparison in front of a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    pub comparison: &'static str,
    pub bound: f64,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let comparison = ["<=", ">=", "<>", "<", ">", "="].into_iter().find(|sign| text.starts_with(sign))?;
        let bound = text[comparison.len()..].trim().parse().ok()?;
        Some(Self { comparison, bound })
    }

    pub fn holds(self, value: f64) -> bool {
        match self.comparison {
            "<=" => value <= self.bound,
            ">=" => value >= self.bound,
            "<>" => value != self.bound,
            "<" => value < self.bound,
            ">" => value > self.bound,
            _ => value == self.bound,
        }
    }
}

/// The tokens of each section, and its condition.
pub(super) fn sections_of(code: &str) -> Vec<(Vec<Token>, Option<Condition>)> {
    let mut sections = vec![(Vec::new(), None)];
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (tokens, condition) = match sections.last_mut() {
            Some(section) if first != ';' => (&mut section.0, &mut section.1),
            _ => {
                sections.push((Vec::new(), None));
                rest = &rest[1..];
                continue;
            }
        };
        let length = match first {
            '[' => {
                let end = rest.find(']').unwrap_or(rest.len() - 1);
                bracket(&rest[1..end.max(1)], tokens, condition);
                end + 1
            }
            _ => token(rest, tokens),
        };
        rest = &rest[length.min(rest.len())..];
    }
    sections
}

/// Reads what stands in brackets: a currency, a condition or passed time; colours and languages are not shown.
fn bracket(inside: &str, tokens: &mut Vec<Token>, condition: &mut Option<Condition>) {
    if let Some(currency) = inside.strip_prefix('$') {
        let symbol = currency.rsplit_once('-').map_or(currency, |(symbol, _)| symbol);
        // Languages may have a name with hyphens of its own: "[$-ja-JP-x-gannen]".
        let symbol = if currency.starts_with('-') { "" } else { symbol };
        tokens.push(Token::Literal(symbol.to_owned()));
    } else if let Some(found) = Condition::parse(inside) {
        *condition = Some(found);
    } else if let Some(unit @ ('h' | 'm' | 's')) = inside.chars().next().map(|unit| unit.to_ascii_lowercase())
        && inside.chars().all(|character| character.eq_ignore_ascii_case(&unit))
    {
        tokens.push(Token::Elapsed(unit, inside.len()));
    }
}

/// Reads one token and gives back its length in bytes.
fn token(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let starts_with =
        |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let mut characters = rest.chars();
    let first = characters.next().unwrap_or_default();
    let second = characters.next();
    let second_length = second.map_or(0, char::len_utf8);
    let has_digits = tokens.iter().any(|token| matches!(token, Token::Digit(_)));
    if let Some(word) = ["AM/PM", "A/P", "General"].into_iter().find(|word| starts_with(word)) {
        let is_general = word == "General";
        tokens.push(if is_general {
            Token::General
        } else {
            Token::HalfOfDay(rest[..word.len()].to_owned())
        });
        return word.len();
    }
    let (token, length) = match first {
        '"' => {
            let end = rest[1..].find('"').map_or(rest.len(), |end| end + 1);
            (Token::Literal(rest[1..end].to_owned()), end + 1)
        }
        '\\' => (Token::Literal(second.map(String::from).unwrap_or_default()), 1 + second_length),
        // As wide as a character, and filled up with a character.
        '_' => (Token::Literal(" ".to_owned()), 1 + second_length),
        '*' => (Token::Literal(String::new()), 1 + second_length),
        '0' | '#' | '?' => (Token::Digit(first), 1),
        '.' => (Token::Point, 1),
        ',' => (Token::Comma, 1),
        '%' => (Token::Percent, 1),
        '/' => (Token::Slash, 1),
        '@' => (Token::Text, 1),
        'E' | 'e' if has_digits && matches!(second, Some('+' | '-')) => {
            (Token::Exponent { plus: second == Some('+') }, 2)
        }
        'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'b' | 'B' | 'g' | 'G' => {
            let count = rest.chars().take_while(|character| character.eq_ignore_ascii_case(&first)).count();
            (Token::Date(first.to_ascii_lowercase(), count), count)
        }
        _ => (Token::Literal(first.to_string()), first.len_utf8()),
    };
    tokens.push(token);
    length
}
