//! Numbers in the places for their digits.

use super::digits::Decimal;
use super::tokens::Token;

/// The largest denominator that is tried for a fraction: one of three digits.
const MOST_DENOMINATOR_DIGITS: usize = 3;

/// A number that is not negative.
pub(super) fn shown(tokens: &[Token], value: f64) -> String {
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    let thousands = (0..tokens.len()).filter(|index| comma(tokens, *index) == Some(CommaUse::Scales)).count();
    let decimal = Decimal::of(value).shifted(2 * small(percents) - 3 * small(thousands));
    if let Some(at) = tokens.iter().position(|token| matches!(token, Token::Exponent { .. })) {
        return scientific(&tokens[..at], &tokens[at], &tokens[at + 1..], decimal);
    }
    if let Some(fraction) = Fraction::of(tokens) {
        return fraction.shown(value);
    }
    let (whole_places, decimal_places) = places(tokens);
    if whole_places + decimal_places == 0 {
        // Words stand for the number.
        return tokens.iter().map(as_it_stands).collect();
    }
    let (whole, decimals) = decimal.rounded(decimal_places);
    in_places(tokens, &whole, &decimals)
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(0)
}

/// What a comma does.
#[derive(PartialEq, Eq)]
enum CommaUse {
    /// Parts the digits in threes.
    Groups,
    /// Shows the number in thousands.
    Scales,
}

/// What the comma at this place does; none where there is none, or where it stands for itself.
fn comma(tokens: &[Token], at: usize) -> Option<CommaUse> {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    if tokens[at] != Token::Comma || !tokens[..at].iter().any(is_digit) {
        return None;
    }
    let next = tokens[at + 1..].iter().find(|token| is_digit(token) || **token == Token::Point);
    Some(if next.is_some_and(is_digit) { CommaUse::Groups } else { CommaUse::Scales })
}

/// How many digits have a place in front of the point, and how many behind it.
fn places(tokens: &[Token]) -> (usize, usize) {
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let digits = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    (digits(&tokens[..point]), digits(&tokens[point..]))
}

/// Digits in front of the point and behind it, each in its place.
fn in_places(tokens: &[Token], whole: &str, decimals: &str) -> String {
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let (front, behind) = tokens.split_at(point);
    let mut shown =
        whole_in_places(front, whole, (0..point).any(|at| comma(tokens, at) == Some(CommaUse::Groups)));
    let mut decimals = decimals.chars();
    for token in behind {
        match token {
            Token::Point => shown.push('.'),
            Token::Digit(place) => {
                let is_over = decimals.as_str().bytes().all(|digit| digit == b'0');
                let digit = decimals.next();
                shown.extend(if is_over { filler(*place) } else { digit });
            }
            other => shown.push_str(as_it_stands(other)),
        }
    }
    shown
}

/// The digits from the right; those without a place of their own come in the leftmost.
fn whole_in_places(tokens: &[Token], whole: &str, in_groups: bool) -> String {
    let leftmost = tokens.iter().position(|token| matches!(token, Token::Digit(_)));
    let mut digits = whole.chars().rev();
    let mut reversed: Vec<char> = Vec::new();
    let mut position = 0;
    for (index, token) in tokens.iter().enumerate().rev() {
        let Token::Digit(place) = token else {
            reversed.extend(as_it_stands(token).chars().rev());
            continue;
        };
        let mut next = digits.next().or(filler(*place));
        while let Some(digit) = next {
            if in_groups && position > 0 && position % 3 == 0 && digit.is_ascii_digit() {
                reversed.push(',');
            }
            reversed.push(digit);
            position += 1;
            next = if leftmost == Some(index) { digits.next() } else { None };
        }
    }
    reversed.extend(digits);
    reversed.iter().rev().collect()
}

/// What stands where a number has no digit.
fn filler(place: char) -> Option<char> {
    match place {
        '0' => Some('0'),
        '?' => Some(' '),
        _ => None,
    }
}

fn as_it_stands(token: &Token) -> &str {
    match token {
        Token::Literal(literal) => literal,
        Token::Percent => "%",
        Token::Slash => "/",
        _ => "",
    }
}

fn scientific(mantissa: &[Token], sign: &Token, exponent_places: &[Token], decimal: Decimal) -> String {
    let (whole_places, decimals) = places(mantissa);
    let step = small(whole_places.max(1));
    let mut exponent = if decimal.is_zero() { 0 } else { (decimal.point - 1).div_euclid(step) * step };
    let decimal = decimal.shifted(-exponent);
    let (mut whole, mut fraction) = decimal.rounded(decimals);
    if whole.len() > whole_places.max(1) {
        // 9.99 is rounded to ten.
        exponent += step;
        (whole, fraction) = decimal.shifted(-step).rounded(decimals);
    }
    let sign = match sign {
        _ if exponent < 0 => "-",
        Token::Exponent { plus: true } => "+",
        _ => "",
    };
    let digits = if exponent == 0 { String::new() } else { exponent.abs().to_string() };
    let exponent = whole_in_places(exponent_places, &digits, false);
    format!("{}E{sign}{exponent}", in_places(mantissa, &whole, &fraction))
}

/// A format such as `# ??/??`.
struct Fraction<'a> {
    /// Stand around it.
    before: &'a [Token],
    after: &'a [Token],
    /// The places for a whole number in front of it.
    whole: Option<&'a [Token]>,
    denominator: Denominator,
}

enum Denominator {
    Fixed(u32),
    /// Of at most so many digits.
    Digits(usize),
}

impl<'a> Fraction<'a> {
    fn of(tokens: &'a [Token]) -> Option<Self> {
        let slash = tokens.iter().position(|token| *token == Token::Slash)?;
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let numerator_end = tokens[..slash].iter().rposition(is_digit)? + 1;
        let numerator =
            tokens[..numerator_end].iter().rposition(|token| !is_digit(token)).map_or(0, |at| at + 1);
        let whole_end = tokens[..numerator].iter().rposition(is_digit).map(|at| at + 1);
        let whole = whole_end.map(|end| {
            let start = tokens[..end].iter().rposition(|token| !is_digit(token)).map_or(0, |at| at + 1);
            (start, &tokens[start..end])
        });
        let before = &tokens[..whole.map_or(numerator, |(start, _)| start)];

        let mut digits = String::new();
        let mut end = slash + 1;
        for token in &tokens[slash + 1..] {
            match token {
                Token::Digit(place) => digits.push(*place),
                Token::Literal(literal) if literal.parse::<u8>().is_ok() => digits.push_str(literal),
                Token::Literal(literal) if digits.is_empty() && literal.trim().is_empty() => {}
                _ => break,
            }
            end += 1;
        }
        let denominator = match digits.parse() {
            Ok(fixed @ 1..) => Denominator::Fixed(fixed),
            _ if digits.is_empty() => return None,
            _ => Denominator::Digits(digits.len().min(MOST_DENOMINATOR_DIGITS)),
        };
        Some(Self { before, after: &tokens[end..], whole: whole.map(|(_, whole)| whole), denominator })
    }

    fn shown(&self, value: f64) -> String {
        let whole = if self.whole.is_some() { value.floor() } else { 0.0 };
        let rest = value - whole;
        let (numerator, denominator) = match self.denominator {
            Denominator::Fixed(denominator) => ((rest * f64::from(denominator)).round(), denominator),
            Denominator::Digits(digits) => nearest(rest, 10_u32.pow(small(digits).unsigned_abs()) - 1),
        };
        let is_whole = self.whole.is_some() && (numerator == 0.0 || numerator == f64::from(denominator));
        let whole = if is_whole && numerator > 0.0 { whole + 1.0 } else { whole };
        let whole = match self.whole {
            None => String::new(),
            Some(_) if is_whole && whole == 0.0 => "0".to_owned(),
            Some(places) => whole_in_places(places, &Decimal::of(whole).rounded(0).0, false),
        };
        let fraction = if is_whole { String::new() } else { format!("{numerator}/{denominator}") };
        let text = |tokens: &[Token]| tokens.iter().map(as_it_stands).collect::<String>();
        let number = format!("{whole} {fraction}");
        format!("{}{}{}", text(self.before), number.trim(), text(self.after))
    }
}

/// The fraction that comes nearest to a number, the simplest of equals.
fn nearest(value: f64, largest: u32) -> (f64, u32) {
    let distance = |denominator: u32| {
        let denominator = f64::from(denominator);
        (value - (value * denominator).round() / denominator).abs()
    };
    let mut best = 1;
    for denominator in 2..=largest {
        // Less by more than what computing costs.
        if distance(denominator) < distance(best) - 1e-12 {
            best = denominator;
        }
    }
    ((value * f64::from(best)).round(), best)
}
