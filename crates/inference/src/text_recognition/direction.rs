//! Whether a page stands on its head.

use rten::Value;

use super::picture::{Corners, Picture};
use crate::network::Network;
use crate::{InferenceError, ModelFolder};

const FILE: &str = "direction.onnx";

/// What the network looks at, in pixels.
const WIDTH: usize = 160;
const HEIGHT: usize = 80;
/// The lines of a page stand all one way: the longest ones tell which.
const LINES: usize = 5;

pub(super) struct Direction {
    network: Network,
}

impl Direction {
    pub(super) fn load(folder: &ModelFolder) -> Result<Self, InferenceError> {
        Ok(Self { network: Network::load(folder, FILE)? })
    }

    pub(super) fn is_upside_down(
        &self,
        picture: &Picture,
        lines: &[Corners],
    ) -> Result<bool, InferenceError> {
        let mut longest: Vec<&Corners> = lines.iter().collect();
        longest.sort_by(|one, other| other.width().total_cmp(&one.width()));
        longest.truncate(LINES);
        let mut turned = 0;
        for line in &longest {
            turned += usize::from(self.is_turned(picture, line)?);
        }
        Ok(turned * 2 > longest.len())
    }

    fn is_turned(&self, picture: &Picture, line: &Corners) -> Result<bool, InferenceError> {
        // Of a long line the beginning, which keeps its letters' shape.
        let part = line.part(0.0, (line.height() * 8.0 / line.width()).min(1.0));
        let input = super::recognition::network_input(&picture.upright(&part, WIDTH, HEIGHT));
        let input =
            Value::from_shape([1, 3, HEIGHT, WIDTH], input).map_err(|error| self.network.failed(error))?;
        let ([_, classes], likely) = self.network.run(vec![("x", input)])?;
        if classes != 2 {
            return Err(self.network.failed("it knows other directions than up and down"));
        }
        Ok(likely[1] > likely[0])
    }
}
