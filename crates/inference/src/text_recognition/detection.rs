//! Where lines of text are: a network gives each pixel how likely it is text, and what hangs together is a line
//! ("Real-time Scene Text Detection with Differentiable Binarization", Liao and others, 2020).

use rten::Value;

use super::picture::{Corners, Picture};
use crate::network::Network;
use crate::{InferenceError, ModelFolder};

const FILE: &str = "detection.onnx";

/// The longer side of what the network looks at, in pixels. Small print of a page of A4 is then some 14 pixels high.
const LONGER_SIDE: f32 = 1_600.0;
/// The network takes sides that are multiples of this.
const SIDE_STEP: usize = 32;
/// Mean and standard deviation of the shades that the network was trained with: red, green, blue.
const MEANS: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATIONS: [f32; 3] = [0.229, 0.224, 0.225];

/// The thresholds that the network was published with: a pixel is text from the first on, a line from the second on, as
/// the mean of its pixels.
const TEXT_PIXEL: f32 = 0.3;
const TEXT_LINE: f32 = 0.6;
/// The network marks the middle of a line: it is grown by its area times this over its circumference.
const GROWTH: f32 = 1.5;
/// Smaller marks are specks, in pixels.
const LEAST_SIDE: f32 = 3.0;
/// A mark that is less drawn out does not show in which direction its line runs.
const DRAWN_OUT: f32 = 2.0;

pub(super) struct Detection {
    network: Network,
}

impl Detection {
    pub(super) fn load(folder: &ModelFolder) -> Result<Self, InferenceError> {
        Ok(Self { network: Network::load(folder, FILE)? })
    }

    /// From the top to the bottom.
    pub(super) fn lines(&self, picture: &Picture) -> Result<Vec<Corners>, InferenceError> {
        let scale = (LONGER_SIDE / picture.width.max(picture.height) as f32).min(1.0);
        let side =
            |pixels: usize| (pixels as f32 * scale / SIDE_STEP as f32).round().max(1.0) as usize * SIDE_STEP;
        let (width, height) = (side(picture.width), side(picture.height));
        let (right, bottom) = (picture.width as f32, picture.height as f32);
        let all = Corners([(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)]);
        let shades = picture.upright(&all, width, height);
        let channels = MEANS.iter().zip(DEVIATIONS);
        let input: Vec<f32> = channels
            .flat_map(|(mean, deviation)| shades.iter().map(move |shade| (shade - mean) / deviation))
            .collect();
        let input =
            Value::from_shape([1, 3, height, width], input).map_err(|error| self.network.failed(error))?;
        let ([_, _, rows, columns], likely) = self.network.run(vec![("x", input)])?;
        let stretch = (right / columns as f32, bottom / rows as f32);
        let mut lines: Vec<Corners> = marks(&likely, columns)
            .iter()
            .filter_map(|mark| corners(mark, &likely, columns))
            .map(|Corners(corners)| Corners(corners.map(|(left, top)| (left * stretch.0, top * stretch.1))))
            .collect();
        lines.sort_by(|one, other| one.0[0].1.total_cmp(&other.0[0].1));
        Ok(lines)
    }
}

/// The places of pixels that are text and hang together.
fn marks(likely: &[f32], columns: usize) -> Vec<Vec<usize>> {
    let mut is_new: Vec<bool> = likely.iter().map(|likely| *likely > TEXT_PIXEL).collect();
    let mut marks = Vec::new();
    for start in 0..is_new.len() {
        if !std::mem::take(&mut is_new[start]) {
            continue;
        }
        let (mut mark, mut next) = (vec![start], 0);
        while let Some(&place) = mark.get(next) {
            next += 1;
            let (row, column) = (place / columns, place % columns);
            let beside = column.saturating_sub(1)..(column + 2).min(columns);
            for row in row.saturating_sub(1)..(row + 2).min(likely.len() / columns) {
                for place in beside.clone().map(|column| row * columns + column) {
                    if std::mem::take(&mut is_new[place]) {
                        mark.push(place);
                    }
                }
            }
        }
        marks.push(mark);
    }
    marks
}

/// The corners of a mark's line; nothing where it is none.
fn corners(mark: &[usize], likely: &[f32], columns: usize) -> Option<Corners> {
    let count = mark.len() as f32;
    if mark.iter().map(|&place| likely[place]).sum::<f32>() < TEXT_LINE * count {
        return None;
    }
    let points = || mark.iter().map(|place| ((place % columns) as f32 + 0.5, (place / columns) as f32 + 0.5));
    let (right, down) = points().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let middle = (right / count, down / count);
    let direction = direction(points(), middle);
    let across = (-direction.1, direction.0);
    let along =
        |point: (f32, f32), axis: (f32, f32)| (point.0 - middle.0) * axis.0 + (point.1 - middle.1) * axis.1;
    let extent = |axis: (f32, f32)| {
        points()
            .map(|point| along(point, axis))
            .fold((f32::MAX, f32::MIN), |(least, most), at| (least.min(at - 0.5), most.max(at + 0.5)))
    };
    let ((start, end), (top, bottom)) = (extent(direction), extent(across));
    let (width, height) = (end - start, bottom - top);
    if width.min(height) < LEAST_SIDE {
        return None;
    }
    let growth = width * height * GROWTH / (2.0 * (width + height));
    let corner = |along: f32, down: f32| {
        (middle.0 + direction.0 * along + across.0 * down, middle.1 + direction.1 * along + across.1 * down)
    };
    let (start, end, top, bottom) = (start - growth, end + growth, top - growth, bottom + growth);
    Some(Corners([corner(start, top), corner(end, top), corner(end, bottom), corner(start, bottom)]))
}

/// The direction in which points are drawn out, of length 1: to the right, or down in a line that runs down.
fn direction(points: impl Iterator<Item = (f32, f32)>, middle: (f32, f32)) -> (f32, f32) {
    let (mut along, mut across, mut both) = (0.0, 0.0, 0.0);
    for point in points {
        let (right, down) = (point.0 - middle.0, point.1 - middle.1);
        along += right * right;
        across += down * down;
        both += right * down;
    }
    // The axes of the ellipse with the same moments.
    let spread = ((along - across) / 2.0).hypot(both);
    let (most, least) = ((along + across) / 2.0 + spread, (along + across) / 2.0 - spread);
    if most < least.max(1.0) * DRAWN_OUT * DRAWN_OUT {
        return (1.0, 0.0);
    }
    let angle = (2.0 * both).atan2(along - across) / 2.0;
    let (right, down) = (angle.cos(), angle.sin());
    if right < 0.0 || (right < 0.1 && down < 0.0) { (-right, -down) } else { (right, down) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar of text that falls by one pixel in ten.
    #[test]
    fn a_line_that_is_not_level_has_corners_that_are_not() {
        let columns = 100;
        let mut likely = vec![0.0; columns * 40];
        for column in 10..90 {
            for row in 0..6 {
                likely[(10 + column / 10 + row) * columns + column] = 0.9;
            }
        }
        let marks = marks(&likely, columns);
        assert_eq!(marks.len(), 1);
        let found = corners(&marks[0], &likely, columns).expect("a line");
        let [start, end, ..] = found.0;
        let slope = (end.1 - start.1) / (end.0 - start.0);
        assert!((slope - 0.1).abs() < 0.02, "{found:?}");
        assert!(found.height() > 8.0 && found.height() < 20.0 && found.width() > 82.0, "{found:?}");
    }

    #[test]
    fn specks_and_doubtful_marks_are_no_lines() {
        let mut likely = vec![0.0; 1_000];
        likely[105] = 0.9;
        let speck = marks(&likely, 100);
        assert!(corners(&speck[0], &likely, 100).is_none());
        likely[300..800].fill(0.4);
        assert!(marks(&likely, 100).iter().all(|mark| corners(mark, &likely, 100).is_none()));
    }
}
