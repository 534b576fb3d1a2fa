//! What a line says: for each step along it a network gives how likely each character is there, with one more for none
//! (connectionist temporal classification).

use rten::Value;

use super::RecognisedLine;
use super::picture::{Corners, Picture};
use crate::network::Network;
use crate::{InferenceError, ModelFolder};

const FILE: &str = "recognition.onnx";
/// The network's classes, one a line: first none, at last the space.
const CHARACTERS: &str = "characters.txt";

/// What the network looks at, in pixels.
const HEIGHT: usize = 48;
const LEAST_WIDTH: f32 = 48.0;
/// Longer lines are drawn narrower.
const MOST_WIDTH: f32 = 3_200.0;
/// A line that is this much higher than wide runs from the top to the bottom.
const UPRIGHT: f32 = 1.5;

pub(super) struct Recognition {
    network: Network,
    characters: Vec<String>,
}

/// A word on a picture.
#[derive(Debug, Clone)]
pub struct RecognisedWord {
    /// Without spaces.
    pub text: String,
    /// Around it, as far as the network tells.
    pub corners: Corners,
}

/// One character, and the step at which the network saw it.
struct Seen<'a> {
    character: &'a str,
    step: usize,
    likely: f32,
}

impl Recognition {
    pub(super) fn load(folder: &ModelFolder) -> Result<Self, InferenceError> {
        let network = Network::load(folder, FILE)?;
        let characters =
            String::from_utf8(folder.read(CHARACTERS)?).map_err(|error| network.failed(error))?;
        let characters = characters.split_terminator('\n').map(str::to_owned).collect();
        Ok(Self { network, characters })
    }

    pub(super) fn failed(&self, reason: &str) -> InferenceError {
        self.network.failed(reason)
    }

    /// Nothing where it sees no character.
    pub(super) fn line(
        &self,
        picture: &Picture,
        corners: Corners,
    ) -> Result<Option<RecognisedLine>, InferenceError> {
        let runs_down = corners.height() > corners.width() * UPRIGHT;
        let corners = if runs_down { Corners([1, 2, 3, 0].map(|corner| corners.0[corner])) } else { corners };
        let width = corners.width() / corners.height().max(1.0) * HEIGHT as f32;
        let width = width.clamp(LEAST_WIDTH, MOST_WIDTH) as usize;
        let input = network_input(&picture.upright(&corners, width, HEIGHT));
        let input =
            Value::from_shape([1, 3, HEIGHT, width], input).map_err(|error| self.network.failed(error))?;
        let ([_, steps, classes], likely) = self.network.run(vec![("x", input)])?;
        if classes != self.characters.len() {
            return Err(self.network.failed("it knows other characters than its list"));
        }
        let seen = self.seen(&likely, classes);
        let confidence = seen.iter().map(|seen| seen.likely).sum::<f32>() / seen.len().max(1) as f32;
        let words = words(&seen, &corners, steps);
        Ok((!words.is_empty()).then_some(RecognisedLine { words, corners, confidence }))
    }

    /// The most likely character of each step; one that goes on over several steps is one.
    fn seen(&self, likely: &[f32], classes: usize) -> Vec<Seen<'_>> {
        let mut before = 0;
        let mut seen = Vec::new();
        for (step, likely) in likely.chunks_exact(classes).enumerate() {
            let best = likely.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
            let Some((class, &likely)) = best else { continue };
            if class != 0 && class != before {
                seen.push(Seen { character: &self.characters[class], step, likely });
            }
            before = class;
        }
        seen
    }
}

/// What stands between spaces, with its place along the line.
fn words(seen: &[Seen], corners: &Corners, steps: usize) -> Vec<RecognisedWord> {
    let letters = seen.split(|seen| seen.character.trim().is_empty()).filter(|letters| !letters.is_empty());
    let place = |step: f32| (step / steps.max(1) as f32).clamp(0.0, 1.0);
    letters
        .map(|letters| RecognisedWord {
            text: letters.iter().map(|seen| seen.character).collect(),
            corners: corners.part(
                place(letters[0].step as f32 - 0.5),
                place(letters[letters.len() - 1].step as f32 + 1.5),
            ),
        })
        .collect()
}

/// Three times the same shades, from -1 to 1.
pub(super) fn network_input(shades: &[f32]) -> Vec<f32> {
    let shades: Vec<f32> = shades.iter().map(|shade| shade * 2.0 - 1.0).collect();
    [shades.as_slice(); 3].concat()
}
