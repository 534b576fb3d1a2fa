//! The text of a picture: where lines are, which way up, and what they say. For models of the PP-OCR family.

mod detection;
mod direction;
mod picture;
mod recognition;

pub use picture::{Corners, Picture};
pub use recognition::RecognisedWord;

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
            return Err(InferenceError::OtherTask {
                model: manifest.name.clone(),
                wanted: "texts of pictures",
            });
        }
        Ok(Self {
            detection: Detection::load(folder)?,
            direction: Direction::load(folder)?,
            recognition: Recognition::load(folder)?,
        })
    }

    /// The lines of a picture, from the top to the bottom.
    ///
    /// # Errors
    /// The model fails.
    pub fn read(&self, picture: &Picture) -> Result<Vec<RecognisedLine>, InferenceError> {
        let mut lines = self.detection.lines(picture)?;
        if self.direction.is_upside_down(picture, &lines)? {
            lines = lines.iter().map(Corners::turned).collect();
        }
        let mut read = Vec::new();
        for corners in lines {
            read.extend(self.recognition.line(picture, corners)?);
        }
        Ok(read)
    }
}
