//! Numbers in decimal digits, to the 15 that spreadsheets keep.

/// The digits of a number and where its point is.
pub(super) struct Decimal {
    /// Each from 0 to 9; the first is not 0, unless all are.
    digits: Vec<u8>,
    /// As many digits stand in front of the point; less than 0 with zeros behind it.
    pub point: i32,
}

impl Decimal {
    /// Of a number that is not negative.
    pub fn of(value: f64) -> Self {
        let scientific = format!("{value:.14e}");
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        Self { digits, point: exponent.parse::<i32>().unwrap_or(0) + 1 }
    }

    pub fn is_zero(&self) -> bool {
        self.digits.iter().all(|digit| *digit == 0)
    }

    /// Moves the point to the right.
    pub fn shifted(self, places: i32) -> Self {
        Self { point: self.point + places, ..self }
    }

    /// The digits in front of the point, none for 0, and so many behind it; halves are rounded up.
    pub fn rounded(&self, decimals: usize) -> (String, String) {
        let kept = self.point + i32::try_from(decimals).unwrap_or(i32::MAX / 2);
        let mut digits: Vec<u8> = Vec::new();
        // Zeros behind the point, in front of the digits.
        let leading = usize::try_from(-self.point).unwrap_or(0).min(decimals);
        digits.resize(leading, 0);
        let kept_digits = usize::try_from(kept).unwrap_or(0);
        digits.extend(self.digits.iter().chain(std::iter::repeat(&0)).take(kept_digits));
        let next = usize::try_from(kept).ok().and_then(|kept| self.digits.get(kept));
        if next.is_some_and(|digit| *digit >= 5) {
            round_up(&mut digits);
        }
        let whole = digits.len().saturating_sub(decimals);
        let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let (whole, fraction) = text.split_at(whole);
        (whole.trim_start_matches('0').to_owned(), format!("{fraction:0<decimals$}"))
    }
}

fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        *digit = (*digit + 1) % 10;
        if *digit != 0 {
            return;
        }
    }
    digits.insert(0, 1);
}
