use serde::{Deserialize, Serialize};

/// A picture to make of an answer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PictureRequest {
    /// The answer's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub message: i64,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Picture {
    /// Such as `image/png`.
    pub media_type: String,
    /// The file.
    pub base64: String,
}
