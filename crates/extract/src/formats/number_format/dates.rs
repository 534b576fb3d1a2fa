//! Days and times, which spreadsheets keep as numbers of days.

use super::Epoch;
use super::tokens::Token;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The day after the last of the year 9999.
const END_OF_DAYS: f64 = 2_958_466.0;

/// From the first day of the one epoch to that of the other.
const BETWEEN_EPOCHS: i64 = 1462;

const SECONDS_A_DAY: i64 = 86_400;

/// A point in time, or time that has passed.
struct Time {
    year: i64,
    month: usize,
    day: i64,
    weekday: usize,
    /// Of the day.
    second: i64,
    /// All of them, for passed time.
    seconds: i64,
    /// Parts of a second, as many digits as are shown.
    part: i64,
}

/// The value as a date; none where there is no such date.
pub(super) fn shown(tokens: &[Token], value: f64, epoch: Epoch) -> Option<String> {
    let counts_time = tokens.iter().any(|token| matches!(token, Token::Elapsed(..)));
    if value.abs() >= END_OF_DAYS || value < 0.0 && !counts_time {
        return None;
    }
    let is_afternoon_told = tokens.iter().any(|token| matches!(token, Token::HalfOfDay(_)));
    let digits = (0..tokens.len()).map(|at| part_digits(tokens, at)).max().unwrap_or(0);
    let time = time_of(value.abs(), digits, epoch);
    let mut text = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Date(unit, count) => text.push_str(&part(&time, *unit, *count, is_afternoon_told)),
            Token::Elapsed(unit, count) => {
                let passed = time.seconds
                    / match unit {
                        'h' => 3600,
                        'm' => 60,
                        _ => 1,
                    };
                text.push_str(&format!("{passed:0count$}"));
            }
            Token::HalfOfDay(halves) => {
                let (morning, afternoon) = halves.split_once('/').unwrap_or((halves, halves));
                text.push_str(if time.second < SECONDS_A_DAY / 2 { morning } else { afternoon });
            }
            Token::Point if part_digits(tokens, at - 1) > 0 => {
                text.push_str(&format!(".{:0digits$}", time.part));
                at += digits;
            }
            Token::Literal(literal) => text.push_str(literal),
            Token::Digit(digit) => text.push(*digit),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Slash => text.push('/'),
            Token::Percent => text.push('%'),
            Token::Exponent { .. } | Token::Text | Token::General => {}
        }
    }
    Some(if value < 0.0 && time.seconds > 0 { format!("-{text}") } else { text })
}

/// How many digits of parts of a second the point at this place begins.
fn part_digits(tokens: &[Token], at: usize) -> usize {
    let follows_seconds = at > 0 && matches!(tokens[at - 1], Token::Date('s', _) | Token::Elapsed('s', _));
    if tokens[at] != Token::Point || !follows_seconds {
        return 0;
    }
    tokens[at + 1..].iter().take_while(|token| **token == Token::Digit('0')).count().min(3)
}

/// To the smallest part that is shown, but at least to the second.
fn time_of(value: f64, digits: usize, epoch: Epoch) -> Time {
    let parts_a_second = 10_i64.pow(u32::try_from(digits).unwrap_or(0));
    let parts = (value * (SECONDS_A_DAY * parts_a_second) as f64).round() as i64;
    let seconds = parts / parts_a_second;
    let serial = seconds / SECONDS_A_DAY + if epoch == Epoch::Year1904 { BETWEEN_EPOCHS } else { 0 };
    let (year, month, day) = match serial {
        0 => (1900, 1, 0),
        60 => (1900, 2, 29),
        // Days before the 29th of February that never was are a day later than the others make them.
        _ => civil(serial + i64::from(serial < 60)),
    };
    let weekday = usize::try_from((serial + 6) % 7).unwrap_or(0);
    Time { year, month, day, weekday, second: seconds % SECONDS_A_DAY, seconds, part: parts % parts_a_second }
}

/// Year, month and day of a number of days after the 30th of December 1899.
fn civil(serial: i64) -> (i64, usize, i64) {
    // In years that begin with March the day that comes every four years is the last.
    const DAYS_TO_1899: i64 = 693_899;
    const DAYS_IN_400_YEARS: i64 = 146_097;
    let days = serial + DAYS_TO_1899;
    let era = days.div_euclid(DAYS_IN_400_YEARS);
    let of_era = days.rem_euclid(DAYS_IN_400_YEARS);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}

fn part(time: &Time, unit: char, count: usize, is_afternoon_told: bool) -> String {
    let number = |number: i64| format!("{number:0width$}", width = count.min(2));
    let name = |name: &str| match count {
        3 => name[..3].to_owned(),
        5 => name[..1].to_owned(),
        _ => name.to_owned(),
    };
    let year = |year: i64| if count <= 2 { format!("{:02}", year % 100) } else { year.to_string() };
    match unit {
        'y' => year(time.year),
        // In Thailand years are counted from Buddha.
        'b' => year(time.year + 543),
        'e' => time.year.to_string(),
        'm' if count > 2 => name(MONTHS[time.month - 1]),
        'm' => number(time.month as i64),
        'd' if count > 2 => name(WEEKDAYS[time.weekday]),
        'd' => number(time.day),
        'h' if is_afternoon_told => number((time.second / 3600 + 11) % 12 + 1),
        'h' => number(time.second / 3600),
        'n' => number(time.second / 60 % 60),
        's' => number(time.second % 60),
        // The era of Japan's emperors, which the year in our count does without.
        _ => String::new(),
    }
}
