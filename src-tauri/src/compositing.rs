//! How WebKitGTK paints the window.

use std::env;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// WebKitGTK reads it when it starts: pages are painted straight into the window, and not put together from layers.
const DISABLED: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Starts this program once more in its own place, without compositing, where there is no graphics card. There a program
/// would have to do the card's work: its layers and the compiler that it needs take 80 MiB. The environment of a process
/// that runs cannot be changed safely. Comes back where there is a card, or where a person has said which way to paint.
pub fn fit_to_graphics_card() {
    if env::var_os(DISABLED).is_some() || has_graphics_card() {
        return;
    }
    if let Ok(program) = env::current_exe() {
        let failure = Command::new(program).args(env::args_os().skip(1)).env(DISABLED, "1").exec();
        tracing::debug!(%failure, "the window is composited in software");
    }
}

/// Whether the system has a device that renders.
fn has_graphics_card() -> bool {
    let devices = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("render"))
}
