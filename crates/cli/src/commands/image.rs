//! `footnote image`

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use engine::Engine;

use crate::arguments::Image;
use crate::failure;
use crate::output::say;

pub(crate) async fn run(engine: &Engine, arguments: Image) -> Result<ExitCode> {
    let image = engine.image(&arguments.prompt, arguments.size).await.map_err(failure)?;
    let file = arguments.output.display();
    std::fs::write(&arguments.output, &image.bytes).with_context(|| format!("{file} cannot be written"))?;
    say(&format!("{file}: {} bytes, {}", image.bytes.len(), image.media_type));
    Ok(ExitCode::SUCCESS)
}
