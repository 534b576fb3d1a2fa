//! The text of a picture: where lines are, which way up, and what they say. For models of the PP-OCR family.

mod detection;
mod direction;
mod picture;
mod recognition;

pub use picture::{Corners, Picture};
pub use recognition::RecognisedWord;

use std::num::NonZero;
use std::thread;
use std::time::Instant;

use detection::Detection;
use direction::Direction;
use recognition::Recognition;

use crate::{InferenceError, ModelFolder, Task};

/// Reads text off pictures.
pub struct TextReader {
    detection: Detection,
    direction: Direction,
    recognition: Recognition,
}

/// What stands on a picture.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// From the top to the bottom; what looks more like a part of a picture than like writing is left out.
    pub lines: Vec<RecognisedLine>,
    /// How sure the model is of all that it took for a line, from 0 to 1. Of writing in a script that it does not know it
    /// is little.
    pub confidence: f32,
}

/// Below this confidence a line is mostly no writing, but part of a picture.
const LEAST_CONFIDENCE: f32 = 0.5;

/// A line of text on a picture.
#[derive(Debug, Clone)]
pub struct RecognisedLine {
    /// Its words from its beginning to its end.
    pub words: Vec<RecognisedWord>,
    /// Around all of it.
    pub corners: Corners,
    /// How sure the model is of its letters, from 0 to 1.
    pub confidence: f32,
}

impl TextReader {
    /// Loads the model of a folder.
    ///
    /// # Errors
    /// It is a model for something else, or it cannot be loaded.
    pub fn load(folder: &ModelFolder) -> Result<Self, InferenceError> {
        let manifest = folder.manifest();
        if manifest.task != Task::TextRecognition {
            return Err(InferenceError::OtherTask(manifest.name.clone()));
        }
        Ok(Self {
            detection: Detection::load(folder)?,
            direction: Direction::load(folder)?,
            recognition: Recognition::load(folder)?,
        })
    }

    /// Reads a picture, its lines side by side on all processors but one. Lines whose turn has not come at that time are
    /// left out, and counted as not read.
    ///
    /// # Errors
    /// The model fails.
    pub fn read(&self, picture: &Picture, until: Instant) -> Result<Reading, InferenceError> {
        let mut places = self.detection.lines(picture)?;
        if self.direction.is_upside_down(picture, &places)? {
            places = places.iter().map(Corners::turned).rev().collect();
        }
        let lines = self.lines(picture, &places, until)?;
        let all: f32 = places.iter().map(Corners::width).sum();
        let sure: f32 = lines.iter().map(|line| line.confidence * line.corners.width()).sum();
        let is_writing = |line: &RecognisedLine| line.confidence >= LEAST_CONFIDENCE;
        Ok(Reading {
            lines: lines.into_iter().filter(is_writing).collect(),
            confidence: if all > 0.0 { (sure / all).min(1.0) } else { 0.0 },
        })
    }

    /// One thread takes each so many-th line, so that all have about as much to do.
    fn lines(
        &self,
        picture: &Picture,
        places: &[Corners],
        until: Instant,
    ) -> Result<Vec<RecognisedLine>, InferenceError> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).saturating_sub(1).max(1);
        let read = |first: usize| {
            let mine = places.iter().enumerate().skip(first).step_by(threads);
            let in_time = mine.take_while(|_| Instant::now() < until);
            let line = |(place, corners): (usize, &Corners)| {
                let line = self.recognition.line(picture, *corners).transpose()?;
                Some(line.map(|line| (place, line)))
            };
            in_time.filter_map(line).collect::<Result<Vec<_>, _>>()
        };
        let parts: Vec<_> = thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || read(first))).collect();
            running.into_iter().map(thread::ScopedJoinHandle::join).collect()
        });
        let mut lines = Vec::new();
        for part in parts {
            lines.extend(part.map_err(|_| self.recognition.failed("it panicked"))??);
        }
        lines.sort_by_key(|(place, _)| *place);
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }
}
