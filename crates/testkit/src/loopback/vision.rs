//! A chat model that reads pictures: it counts the black bars on them.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use png::{ColorType, Decoder};
use serde_json::Value;

use super::answer::{Written, cut};
use super::refusal::Refusal;
use super::{Shared, refusal};

/// Darker than this, of 255, is black.
const BLACK: u8 = 64;

/// The text that belongs to the picture of the last message, which has to be a PNG file of shades of grey.
pub(super) fn read(shared: &Shared, request: &Value) -> Result<Written, Refusal> {
    let unreadable = || refusal::invalid("The picture cannot be read", "messages");
    let bars = picture(request).and_then(|file| bars(&file)).ok_or_else(unreadable)?;
    let text = bars.checked_sub(1).and_then(|bar| shared.options.page_texts.get(bar));
    let text = text.cloned().unwrap_or_else(|| format!("A page with {bars} bars."));
    let words = text.split_inclusive(' ').map(str::to_owned).collect();
    Ok(cut(shared, words, 1_000, request))
}

fn picture(request: &Value) -> Option<Vec<u8>> {
    let parts = request["messages"].as_array()?.last()?["content"].as_array()?;
    let url = parts.iter().find(|part| part["type"] == "image_url")?["image_url"]["url"].as_str()?;
    STANDARD.decode(url.strip_prefix("data:image/png;base64,")?).ok()
}

/// How often the middle column of pixels, from the top, becomes black.
fn bars(file: &[u8]) -> Option<usize> {
    let mut reader = Decoder::new(Cursor::new(file)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    if frame.color_type != ColorType::Grayscale {
        return None;
    }
    let width = frame.width as usize;
    let middle: Vec<bool> = pixels.chunks_exact(width).map(|row| row[width / 2] < BLACK).collect();
    let begins = |two: &[bool]| !two[0] && two[1];
    Some(usize::from(middle.first() == Some(&true)) + middle.windows(2).filter(|two| begins(two)).count())
}
