//! Columns of running text that the content shows row by row, as some printers and programs for recognition do.

use super::lines::{Gap, Line, LineWord};
use super::runs::DESCENT;

/// Shorter columns are a few lines beside each other.
const FEWEST_LINES: usize = 4;
/// In words a line. Tables of words have less.
const SHORTEST_LINES: usize = 3;
/// Lines of a column are no further apart, in units of the font size.
const FARTHEST: f64 = 2.0;
/// The space between two words, in units of the font size.
const SPACE: f64 = 0.25;
/// One line in so many may end early without ending a sentence. Those of a table end where their cell does.
const LINES_TO_SHORT: usize = 4;

/// Puts such columns one after the other; all other lines stay as they are.
pub(super) fn one_after_the_other(lines: &[Line]) -> Vec<Line> {
    let mut ordered = Vec::with_capacity(lines.len());
    let mut rest = lines;
    while let [line, below @ ..] = rest {
        let begins = below.first().is_some_and(|next| line.has_cells() || line.stands_beside(next));
        let (taken, columns) = if begins { columns_at(rest) } else { (0, Vec::new()) };
        if columns.len() > 1 && columns.iter().all(|column| is_running_text(column)) {
            ordered.extend(columns.into_iter().flatten());
            rest = &rest[taken..];
        } else {
            ordered.push(line.clone());
            rest = below;
        }
    }
    ordered
}

/// The columns that begin with the first of these lines, from left to right, and how many of the lines they take.
fn columns_at(lines: &[Line]) -> (usize, Vec<Vec<Line>>) {
    let mut columns: Vec<Vec<Line>> = Vec::new();
    let mut taken = 0;
    'lines: for line in lines {
        let cells = cells_of(line);
        let mut places = Vec::with_capacity(cells.len());
        for cell in &cells {
            match place_of(cell, &columns) {
                Some(place) if !places.contains(&place) || place == columns.len() => places.push(place),
                _ => break 'lines,
            }
        }
        let known = columns.len();
        for (cell, place) in cells.into_iter().zip(places) {
            if place < known {
                columns[place].push(cell);
            } else {
                columns.push(vec![cell]);
            }
        }
        taken += 1;
    }
    columns.sort_by(|a, b| a[0].start.total_cmp(&b[0].start));
    (taken, columns)
}

/// The column that a cell goes on, or the number of columns where it begins one beside them.
fn place_of(cell: &Line, columns: &[Vec<Line>]) -> Option<usize> {
    let overlaps =
        |column: &&Vec<Line>| column.iter().any(|line| line.start < cell.end && cell.start < line.end);
    let mut overlapping = columns.iter().enumerate().filter(|(_, column)| overlaps(column));
    let place = overlapping.next();
    match (place, overlapping.next()) {
        (None, _) => columns
            .iter()
            .all(|column| column.len() == 1 && column[0].stands_beside(cell))
            .then_some(columns.len()),
        (Some((place, column)), None) => {
            let last = column.last()?;
            let em = last.size.max(cell.size);
            let distance = (last.baseline - cell.baseline) / em;
            let goes_on = last.runs_like(cell.direction)
                && (last.size - cell.size).abs() < 0.1 * em
                && (0.5..FARTHEST).contains(&distance);
            goes_on.then_some(place)
        }
        _ => None,
    }
}

/// The parts of a line between its wide gaps, as lines of their own.
fn cells_of(line: &Line) -> Vec<Line> {
    let cells = line.words.chunk_by(|_, next| next.before != Gap::Cell);
    let part = |words: &[LineWord]| {
        let extents = || words.iter().map(|word| line.extent(word));
        let letters = words.iter().map(|word| word.text.chars().count()).sum();
        let mut words = words.to_vec();
        words[0].before = Gap::Space;
        Line {
            baseline: baseline_of(line, &words),
            start: extents().map(|(start, _)| start).fold(f64::INFINITY, f64::min),
            end: extents().map(|(_, end)| end).fold(f64::NEG_INFINITY, f64::max),
            letters,
            bold_letters: if line.bold { letters } else { 0 },
            words,
            ..*line
        }
    };
    cells.map(part).collect()
}

/// That of the longest word: parts of a line may be set a little lower than others.
fn baseline_of(line: &Line, words: &[LineWord]) -> f64 {
    let longest = words.iter().max_by_key(|word| word.text.len());
    let lowest = longest.map(|LineWord { bounds, .. }| {
        let corners = [(bounds.left, bounds.bottom), (bounds.right, bounds.top)];
        corners.map(|(x, y)| line.across(x.into(), y.into())).into_iter().fold(f64::INFINITY, f64::min)
    });
    lowest.map_or(line.baseline, |lowest| lowest + DESCENT * line.size)
}

/// Whether a column is filled as running text fills it: each line takes as many words as there is room for.
fn is_running_text(column: &[Line]) -> bool {
    let words = || column.iter().flat_map(|line| &line.words);
    let with_letters = words().filter(|word| word.text.contains(char::is_alphabetic)).count();
    let edge = column.iter().map(|line| line.end).fold(f64::NEG_INFINITY, f64::max);
    let ends_early = |pair: &&[Line]| {
        let (start, end) = pair[1].words.first().map_or((0.0, 0.0), |word| pair[1].extent(word));
        let ends_sentence =
            pair[0].words.last().is_some_and(|word| word.text.ends_with(['.', '!', '?', ':', ';', '。']));
        !ends_sentence && pair[0].end + SPACE * pair[0].size + (end - start) <= edge
    };
    column.len() >= FEWEST_LINES
        && with_letters >= SHORTEST_LINES * column.len()
        && column.windows(2).filter(ends_early).count() * LINES_TO_SHORT < column.len()
}
