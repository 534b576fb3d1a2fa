//! Lines grouped into what belongs together, told by their geometry.

use super::columns::{cells_of, columns_of};
use super::lines::{Gap, Line};
use crate::BlockKind;
use crate::formats::blocks::starts_list_item;

/// Line distance, in units of the font size, where a page does not show its own.
const USUAL_LEADING: f64 = 1.2;
/// A distance larger than the page's usual one by this factor parts two paragraphs.
const LOOSE: f64 = 1.25;
/// A first line is moved in by more than this many font sizes.
const INDENT: f64 = 0.8;
/// In letters.
const LONGEST_HEADING: usize = 160;

/// Lines that belong together.
pub(super) struct Group<'a> {
    pub kind: BlockKind,
    pub lines: Vec<&'a Line>,
    /// Of a row of a table the column of each cell.
    pub columns: Vec<usize>,
}

/// `body_size` is the font size of the document's running text, in points.
pub(super) fn groups_of(lines: &[Line], body_size: f64) -> Vec<Group<'_>> {
    let rows = table_rows(lines);
    let leading = usual_leading(lines);
    let mut groups: Vec<Group> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let follows = index > 0
            && !rows[index]
            && !rows[index - 1]
            && groups.last().is_some_and(|group| continues(group, line, leading));
        match groups.last_mut() {
            Some(group) if follows => group.lines.push(line),
            _ => {
                let kind = match () {
                    () if rows[index] => BlockKind::TableRow { header: false },
                    () if starts_list_item(&text_of(line)) => BlockKind::ListItem,
                    () => BlockKind::Paragraph,
                };
                groups.push(Group { kind, lines: vec![line], columns: Vec::new() });
            }
        }
    }
    let is_row = |group: &Group| matches!(group.kind, BlockKind::TableRow { .. });
    for table in
        groups.chunk_by_mut(|one, next| is_row(one) && is_row(next)).filter(|table| is_row(&table[0]))
    {
        let cells: Vec<_> = table.iter().map(|row| cells_of(row.lines[0])).collect();
        for (row, columns) in table.iter_mut().zip(columns_of(&cells)) {
            row.columns = columns;
        }
    }
    mark_table_headers(&mut groups);
    for group in &mut groups {
        if let Some(level) = heading_level(group, body_size) {
            group.kind = BlockKind::Heading { level };
        }
    }
    groups
}

fn text_of(line: &Line) -> String {
    line.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Lines with cells, in company: a single wide gap may as well be a title with its page number.
fn table_rows(lines: &[Line]) -> Vec<bool> {
    let gaps: Vec<usize> = lines.iter().map(cell_gaps).collect();
    (0..lines.len())
        .map(|index| {
            let above = index.checked_sub(1).map_or(0, |above| gaps[above]);
            let below = gaps.get(index + 1).copied().unwrap_or(0);
            gaps[index] > 1 || (gaps[index] == 1 && above.max(below) > 0)
        })
        .collect()
}

/// The gap behind a list's marker is no cell.
fn cell_gaps(line: &Line) -> usize {
    let gaps = line.words.iter().skip(1).filter(|word| word.before == Gap::Cell).count();
    let behind_marker =
        line.words.get(1).is_some_and(|word| word.before == Gap::Cell) && starts_list_item(&text_of(line));
    gaps - usize::from(behind_marker)
}

/// Few distances are smaller than those inside paragraphs, and many are larger.
fn usual_leading(lines: &[Line]) -> f64 {
    let mut leadings: Vec<f64> = lines
        .windows(2)
        .map(|pair| (pair[0].baseline - pair[1].baseline) / pair[0].size.max(pair[1].size))
        .filter(|leading| (0.8..2.5).contains(leading))
        .collect();
    leadings.sort_by(f64::total_cmp);
    leadings.get(leadings.len() / 4).copied().unwrap_or(USUAL_LEADING)
}

fn continues(group: &Group, line: &Line, leading: f64) -> bool {
    let (Some(first), Some(last)) = (group.lines.first(), group.lines.last()) else { return false };
    let em = last.size.max(line.size);
    let distance = (last.baseline - line.baseline) / em;
    let left = group.lines.iter().skip(1).map(|line| line.start).fold(f64::INFINITY, f64::min);
    // The second line may be moved out (a first line that is indented) or in (an item that hangs).
    let indented = group.lines.len() > 1 && line.start > left + INDENT * em;
    let same_style = (last.size - line.size).abs() < 0.1 * em && first.bold == line.bold;
    let overlap = last.end.min(line.end) - last.start.max(line.start);
    let indented_start = group.kind == BlockKind::Paragraph
        && group.lines.len() == 1
        && line.start > first.start + INDENT * em;
    last.runs_like(line.direction)
        && same_style
        && overlap > 0.0
        && distance > 0.3
        && distance < leading.max(1.0) * LOOSE
        && !indented
        && !indented_start
        && !starts_list_item(&text_of(line))
}

/// The first row of a table whose cells are words, if there are figures below.
fn mark_table_headers(groups: &mut [Group]) {
    let has_figures = |group: &Group| {
        let words = || group.lines.iter().flat_map(|line| &line.words);
        let with_digits = words().filter(|word| word.text.bytes().any(|byte| byte.is_ascii_digit())).count();
        with_digits * 2 > words().count()
    };
    let is_row = |group: &Group| matches!(group.kind, BlockKind::TableRow { .. });
    for index in 0..groups.len().saturating_sub(1) {
        let first = is_row(&groups[index]) && (index == 0 || !is_row(&groups[index - 1]));
        if first && is_row(&groups[index + 1]) && !has_figures(&groups[index]) {
            groups[index].kind = BlockKind::TableRow { header: true };
        }
    }
}

/// Larger than the running text, or bold and short.
fn heading_level(group: &Group, body_size: f64) -> Option<u8> {
    let first = group.lines.first()?;
    let letters: usize = group.lines.iter().map(|line| line.letters).sum();
    let text = text_of(first);
    let has_words = text.chars().filter(|character| character.is_alphabetic()).count() > 1;
    let is_text = group.kind == BlockKind::Paragraph || (group.kind == BlockKind::ListItem && first.bold);
    if !is_text || !has_words || group.lines.len() > 4 || letters > LONGEST_HEADING {
        return None;
    }
    let ratio = first.size / body_size;
    let last_words = text_of(group.lines.last()?);
    let is_sentence = last_words.ends_with(['.', ',', ';']);
    match () {
        () if ratio >= 1.8 => Some(1),
        () if ratio >= 1.4 => Some(2),
        () if ratio >= 1.15 && !is_sentence => Some(3),
        () if first.bold && ratio > 0.95 && group.lines.len() <= 2 && !is_sentence => Some(4),
        () => None,
    }
}
