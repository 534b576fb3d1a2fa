//! Lines usually come in the order in which they are read. Where they do not, they are put into it by their places.

use super::lines::Line;

/// Pages with fewer lines show no order.
const FEWEST_LINES: usize = 8;
/// Headers, footers and boxes step back a few times; this share of all steps shows that the order means nothing.
const MOST_STEPS_BACK: f64 = 0.25;

/// Lines further apart, in units of the font size, belong to different parts of the page.
const PARTS: f64 = 1.8;

/// The line before may stand in another column.
const NEAR_BEFORE: usize = 3;

/// Whether so many lines stand above a line before them that the order of the content is not that of reading.
pub(super) fn jumps(lines: &[Line]) -> bool {
    let is_back = |index: &usize| {
        let before = &lines[index.saturating_sub(NEAR_BEFORE)..*index];
        before.iter().any(|line| steps_back(line, &lines[*index]))
    };
    let back = (0..lines.len()).filter(is_back).count();
    lines.len() >= FEWEST_LINES && back as f64 > MOST_STEPS_BACK * (lines.len() - 1) as f64
}

fn steps_back(line: &Line, next: &Line) -> bool {
    let beside = line.end <= next.start || next.end <= line.start;
    line.runs_like(next.direction) && !beside && next.baseline > line.baseline + line.size / 2.0
}

/// From the top to the bottom, column by column where a gutter runs between columns. Lines in other directions
/// follow.
pub(super) fn by_place(lines: Vec<Line>) -> Vec<Line> {
    let Some(direction) = lines.first().map(|line| line.direction) else { return lines };
    let (mut upright, turned): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.runs_like(direction));
    upright.sort_by(|a, b| b.baseline.total_cmp(&a.baseline).then(a.start.total_cmp(&b.start)));
    let mut ordered = Vec::new();
    read_columns(upright, &mut ordered);
    ordered.extend(turned);
    ordered
}

/// Takes lines sorted from the top to the bottom.
fn read_columns(mut lines: Vec<Line>, ordered: &mut Vec<Line>) {
    if let Some(gutter) = gutter(&lines) {
        let (left, right): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.end <= gutter);
        read_columns(left, ordered);
        read_columns(right, ordered);
    } else if let Some(below) = widest_gap(&lines) {
        let lower = lines.split_off(below);
        read_columns(lines, ordered);
        read_columns(lower, ordered);
    } else {
        ordered.extend(lines);
    }
}

/// The line below the widest gap between lines: what stands above it may go over all columns below.
fn widest_gap(lines: &[Line]) -> Option<usize> {
    let gap = |pair: &[Line]| (pair[0].baseline - pair[1].baseline) / pair[0].size.max(pair[1].size);
    let gaps = lines.windows(2).map(gap).enumerate();
    let (above, widest) = gaps.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    (widest > PARTS).then_some(above + 1)
}

/// Where the first column ends: a place that no line crosses.
fn gutter(lines: &[Line]) -> Option<f64> {
    let mut by_start: Vec<&Line> = lines.iter().collect();
    by_start.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut end = by_start.first()?.end;
    for line in by_start {
        if line.start > end {
            return Some(end);
        }
        end = end.max(line.end);
    }
    None
}
