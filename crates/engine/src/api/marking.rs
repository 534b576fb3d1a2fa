use serde::Deserialize;

/// A person's word on a citation of a stored answer.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MarkRequest {
    /// The answer's own id.
    #[cfg_attr(test, ts(type = "number"))]
    pub message: i64,
    /// The citation's place among those of the answer, from 0.
    pub citation: u32,
    /// Whether it was right; `false` takes the mark back.
    pub right: bool,
}
