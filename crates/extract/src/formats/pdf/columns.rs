//! The columns of a table, so that a row with empty cells keeps the places of the others.

use std::collections::HashSet;

use super::lines::{Gap, Line, LineWord};

/// From its start to its end, along the line.
type Extent = (f64, f64);

/// The column of each cell, counted from 0, row by row. Where cells are in each other's way they are just counted.
pub(super) fn columns_of(rows: &[Vec<Extent>]) -> Vec<Vec<usize>> {
    let gaps = Gaps::between(rows);
    let mut cells: Vec<(Extent, usize)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        cells.extend(row.iter().filter(|cell| !gaps.has_inside(**cell)).map(|cell| (*cell, index)));
    }
    cells.sort_by(|((a, _), _), ((b, _), _)| a.total_cmp(b));
    let columns = apart(stacks_of(&cells));
    let place = |(start, _): &Extent| columns.partition_point(|column| column.end <= *start);
    let places: Vec<Vec<usize>> = rows.iter().map(|row| row.iter().map(place).collect()).collect();
    if places.iter().all(|row| row.is_sorted_by(|one, next| one < next)) {
        return places;
    }
    rows.iter().map(|row| (0..row.len()).collect()).collect()
}

/// Whether a cell begins between two words of a row. A sign of a currency belongs to the figure behind it, however far.
pub(super) fn begins_cell(word: &LineWord, next: &LineWord) -> bool {
    let is_currency = |sign| matches!(sign, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20cf}');
    next.before == Gap::Cell && !word.text.chars().all(is_currency)
}

pub(super) fn cells_of(row: &Line) -> Vec<Extent> {
    let cells = row.words.chunk_by(|word, next| !begins_cell(word, next));
    let extent = |words: &[LineWord]| {
        let extents = words.iter().map(|word| row.extent(word));
        extents.fold((f64::INFINITY, f64::NEG_INFINITY), |(start, end), (from, to)| {
            (start.min(from), end.max(to))
        })
    };
    cells.map(extent).collect()
}

/// Cells above each other.
struct Stack {
    end: f64,
    rows: HashSet<usize>,
}

/// Takes cells by their start.
fn stacks_of(cells: &[(Extent, usize)]) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    for ((start, end), row) in cells {
        match stacks.last_mut() {
            Some(stack) if *start < stack.end => {
                stack.end = stack.end.max(*end);
                stack.rows.insert(*row);
            }
            _ => stacks.push(Stack { end: *end, rows: HashSet::from([*row]) }),
        }
    }
    stacks
}

/// Neighbours that no row has both of are one column: a heading at the left above figures at the right.
fn apart(stacks: Vec<Stack>) -> Vec<Stack> {
    let mut columns: Vec<Stack> = Vec::new();
    for stack in stacks {
        match columns.last_mut() {
            Some(column) if column.rows.is_disjoint(&stack.rows) => {
                column.end = stack.end;
                column.rows.extend(stack.rows);
            }
            _ => columns.push(stack),
        }
    }
    columns
}

/// The gaps between neighbouring cells.
struct Gaps {
    /// Where they start, and the first end of all gaps from this one on.
    by_start: Vec<Extent>,
}

impl Gaps {
    fn between(rows: &[Vec<Extent>]) -> Self {
        let between = rows.iter().flat_map(|row| row.windows(2).map(|pair| (pair[0].1, pair[1].0)));
        let mut by_start: Vec<Extent> = between.collect();
        by_start.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut first_end = f64::INFINITY;
        for (_, end) in by_start.iter_mut().rev() {
            first_end = first_end.min(*end);
            *end = first_end;
        }
        Self { by_start }
    }

    /// Whether a cell goes over a gap of another row, and so over several columns.
    fn has_inside(&self, (start, end): Extent) -> bool {
        let after = self.by_start.partition_point(|(gap, _)| *gap <= start);
        self.by_start.get(after).is_some_and(|(_, first_end)| *first_end < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: Extent = (0.0, 60.0);
    const FIRST: Extent = (100.0, 120.0);
    const SECOND: Extent = (200.0, 220.0);

    fn columns(rows: &[&[Extent]]) -> Vec<Vec<usize>> {
        columns_of(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
    }

    #[test]
    fn empty_cells_keep_their_column() {
        let rows: [&[Extent]; 4] =
            [&[FIRST, SECOND], &[LABEL, FIRST], &[LABEL, SECOND], &[LABEL, FIRST, SECOND]];
        assert_eq!(columns(&rows), [vec![1, 2], vec![0, 1], vec![0, 2], vec![0, 1, 2]]);
    }

    #[test]
    fn headings_stand_above_figures_at_the_other_side_of_their_column() {
        let right = (140.0, 160.0);
        assert_eq!(columns(&[&[LABEL, FIRST, SECOND], &[LABEL, right, SECOND]]), [[0, 1, 2], [0, 1, 2]]);
    }

    #[test]
    fn a_heading_over_several_columns_joins_none_of_them() {
        let over_both = (100.0, 220.0);
        assert_eq!(
            columns(&[&[LABEL, over_both], &[LABEL, FIRST, SECOND], &[LABEL, SECOND]]),
            [vec![0, 1], vec![0, 1, 2], vec![0, 2]]
        );
    }

    #[test]
    fn cells_in_each_others_way_are_counted() {
        let (far, near): (Extent, Extent) = ((110.0, 190.0), (150.0, 210.0));
        let rows: [&[Extent]; 4] = [&[LABEL, FIRST, SECOND], &[LABEL, far], &[LABEL, near], &[LABEL, SECOND]];
        assert_eq!(columns(&rows), [vec![0, 1, 2], vec![0, 1], vec![0, 1], vec![0, 1]]);
    }
}
