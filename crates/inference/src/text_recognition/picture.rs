//! Pictures in shades of grey, and rectangles in them that need not be upright.

use std::array::from_fn;

/// Shades of grey.
pub struct Picture<'a> {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// From black to white, row by row from the top.
    pub pixels: &'a [u8],
}

/// The corners of a line in pixels, each from the left and from the top: where its top begins and ends, where its
/// bottom ends and begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corners(pub [(f32, f32); 4]);

impl Corners {
    /// Along the line.
    pub(super) fn width(&self) -> f32 {
        distance(self.0[0], self.0[1])
    }

    /// Across the line.
    pub(super) fn height(&self) -> f32 {
        distance(self.0[0], self.0[3])
    }

    /// The same place, read from the other end.
    pub(super) fn turned(&self) -> Self {
        Self(from_fn(|corner| self.0[(corner + 2) % 4]))
    }

    /// The part of the line between two places along it, from 0 to 1.
    pub(super) fn part(&self, start: f32, end: f32) -> Self {
        let [top_start, top_end, bottom_end, bottom_start] = self.0;
        Self([
            between(top_start, top_end, start),
            between(top_start, top_end, end),
            between(bottom_start, bottom_end, end),
            between(bottom_start, bottom_end, start),
        ])
    }
}

impl Picture<'_> {
    /// What is inside of these corners, drawn upright with so many pixels, from black (0) to white (1).
    pub(super) fn upright(&self, corners: &Corners, width: usize, height: usize) -> Vec<f32> {
        let [top_start, top_end, bottom_end, bottom_start] = corners.0;
        // A pixel of the result is the mean of so many places across, so that thin strokes are not lost.
        let steps = ((corners.height() / height as f32).round() as usize).clamp(1, 4);
        let mut drawn = Vec::with_capacity(width * height);
        for row in 0..height {
            for column in 0..width {
                let mut sum = 0.0;
                for (down, right) in (0..steps * steps).map(|step| (step / steps, step % steps)) {
                    let part = |at: usize, step: usize, all: usize| {
                        (at as f32 + (step as f32 + 0.5) / steps as f32) / all as f32
                    };
                    let (across, along) = (part(row, down, height), part(column, right, width));
                    let start = between(top_start, bottom_start, across);
                    let end = between(top_end, bottom_end, across);
                    sum += self.shade(between(start, end, along));
                }
                drawn.push(sum / (steps * steps) as f32 / 255.0);
            }
        }
        drawn
    }

    /// Between pixels the mean of those around; outside white.
    fn shade(&self, (left, top): (f32, f32)) -> f32 {
        let (left, top) = (left - 0.5, top - 0.5);
        let (column, row) = (left.floor(), top.floor());
        let (right, down) = (left - column, top - row);
        let pixel = |column: f32, row: f32| {
            let inside =
                (0.0..self.width as f32).contains(&column) && (0.0..self.height as f32).contains(&row);
            if inside { f32::from(self.pixels[row as usize * self.width + column as usize]) } else { 255.0 }
        };
        let upper = pixel(column, row) * (1.0 - right) + pixel(column + 1.0, row) * right;
        let lower = pixel(column, row + 1.0) * (1.0 - right) + pixel(column + 1.0, row + 1.0) * right;
        upper * (1.0 - down) + lower * down
    }
}

fn distance(one: (f32, f32), other: (f32, f32)) -> f32 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

fn between(one: (f32, f32), other: (f32, f32), part: f32) -> (f32, f32) {
    (one.0 + (other.0 - one.0) * part, one.1 + (other.1 - one.1) * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_rectangle_is_drawn_upright() {
        // A black pixel at the upper left of two by two.
        let picture = Picture { width: 2, height: 2, pixels: &[0, 255, 255, 255] };
        let corners = Corners([(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]);
        assert_eq!(picture.upright(&corners, 2, 2), [0.0, 1.0, 1.0, 1.0]);
        assert_eq!(picture.upright(&corners.turned(), 2, 2), [1.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_part_of_a_line_has_corners_of_its_own() {
        let corners = Corners([(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (0.0, 4.0)]);
        assert_eq!(corners.part(0.5, 1.0), Corners([(5.0, 0.0), (10.0, 0.0), (10.0, 4.0), (5.0, 4.0)]));
    }
}
