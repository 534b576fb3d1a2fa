//! Reads tauri.conf.json and the capabilities, and puts the bundled resources beside the binary.
fn main() {
    tauri_build::build();
}
