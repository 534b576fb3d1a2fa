//! `footnote image`

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use engine::Engine;
use serde_json::json;

use crate::arguments::Image;
use crate::failing::failure;
use crate::output::{print_json, say};

pub(crate) async fn run(engine: &Engine, arguments: Image, as_json: bool) -> Result<ExitCode> {
    let image = engine.image(&arguments.prompt, arguments.size).await.map_err(failure)?;
    let file = arguments.output.display();
    std::fs::write(&arguments.output, &image.bytes).with_context(|| format!("{file} cannot be written"))?;
    let (bytes, media_type) = (image.bytes.len(), image.media_type);
    if as_json {
        print_json(&json!({ "file": arguments.output, "bytes": bytes, "media_type": media_type }))?;
    }
    say(&format!("{file}: {bytes} bytes, {media_type}"));
    Ok(ExitCode::SUCCESS)
}
