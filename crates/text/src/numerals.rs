//! Numbers as lists and pages are counted.

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Longer rows of one letter are no numbers that anybody counts with.
const MOST_LETTERS: u32 = 10;

/// a, b, … z, aa, bb, … as Word and PDF count.
#[must_use]
pub fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(MOST_LETTERS) as usize).collect()
}

/// i, ii, iii, iv, …; digits where there is no numeral.
#[must_use]
pub fn roman(number: u32) -> String {
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, numeral) in ROMAN {
        while rest >= value {
            text.push_str(numeral);
            rest -= value;
        }
    }
    text
}

/// What a numeral in small letters stands for.
#[must_use]
pub fn of_roman(text: &str) -> Option<u32> {
    let (mut rest, mut number) = (text, 0);
    for (value, numeral) in ROMAN {
        while let Some(shorter) = rest.strip_prefix(numeral) {
            (rest, number) = (shorter, number + value);
        }
    }
    (number > 0 && roman(number) == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_in_letters_and_in_numerals() {
        assert_eq!([1, 26, 27].map(letters), ["a", "z", "aa"]);
        assert_eq!([4, 19, 1994].map(roman), ["iv", "xix", "mcmxciv"]);
        assert_eq!(["iv", "xix", "mcmxciv"].map(of_roman), [Some(4), Some(19), Some(1994)]);
        assert_eq!(["iiii", "vx", "mild", ""].map(of_roman), [None; 4]);
    }
}
