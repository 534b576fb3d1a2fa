//! The loopback endpoint is a fair stand-in: the official client can talk to it.

use std::path::Path;
use std::process::Command;

use testkit::loopback::{Loopback, Options};
use testkit::peers;

const KEY: &str = "sk-loopback-3f9c";

#[test]
fn the_official_openai_client_gets_what_it_asks_for() {
    let Some(python) = peers::find("venv/bin/python") else { return };
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients/openai_client.py");
    let output = Command::new(python).arg(script).args([&loopback.base_url(), KEY]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
