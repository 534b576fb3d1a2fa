//! Pictures for a prompt.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::response::Response;
use crate::usage::Counted;
use crate::{Error, ErrorKind, Violation};

/// A picture to make. What is `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImageRequest {
    /// The model's name; DeepInfra takes FLUX Schnell without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// What it shows.
    pub prompt: String,
    /// Width and height in pixels, such as `1024x1024`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// `standard` or `hd`; of no effect with DeepInfra.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// `vivid` or `natural`; of no effect with DeepInfra.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// An opaque identifier of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file.
    pub bytes: Vec<u8>,
    /// What kind of file it is, by its first bytes.
    pub media_type: &'static str,
    /// The prompt that was used, where the endpoint changed it.
    pub revised_prompt: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    b64_json: String,
    revised_prompt: Option<String>,
}

impl Counted for Body {}

pub(crate) async fn read(response: Response) -> Result<Vec<Image>, Error> {
    let exchange = response.exchange().clone();
    let body: Body = response.json().await?;
    if body.data.is_empty() {
        return Err(exchange.error(ErrorKind::EmptyAnswer));
    }
    let unreadable = || exchange.error(ErrorKind::Protocol(Violation::UnexpectedShape));
    let image = |entry: Entry| {
        // Some servers send a data URL.
        let text = entry.b64_json.rsplit_once("base64,").map_or(entry.b64_json.as_str(), |(_, text)| text);
        let bytes = STANDARD.decode(text.trim()).map_err(|_| unreadable())?;
        let media_type = media_type(&bytes).ok_or_else(unreadable)?;
        Ok(Image { bytes, media_type, revised_prompt: entry.revised_prompt })
    };
    body.data.into_iter().map(image).collect()
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}
