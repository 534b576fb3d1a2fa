//! `footnote mcp`

mod hosts;

use std::fs;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use engine::Engine;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::arguments::Host;
use crate::asking::agreed;
use crate::output::{print_json, say};

/// What the server is called in the settings of other programs.
const NAME: &str = "footnote";

pub(crate) async fn serve(engine: Arc<Engine>) -> Result<ExitCode> {
    if io::stdin().is_terminal() {
        say(
            "Waiting for a program that speaks MCP on standard input. To connect one: footnote mcp --install PROGRAM",
        );
    }
    mcp::serve_stdio(engine).await?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the server into the settings of a host. No library is opened.
pub(crate) fn install(host: Host, library: Option<String>, yes: bool, json: bool) -> Result<ExitCode> {
    let file = hosts::settings_file(host)?;
    let entry = hosts::entry(host, &command()?, &arguments(library));
    let before = read(&file)?;
    let settings = with_server(host, before.as_deref(), entry.clone())
        .with_context(|| format!("{} was left as it is. Add this by hand: {entry}", file.display()))?;
    if before.as_deref() == Some(settings.as_str()) {
        say(&format!("{} has Footnote already.", file.display()));
    } else {
        say(&format!("To be written into {}: \"{NAME}\": {entry}", file.display()));
        let unasked = "Nothing was written: nobody can be asked here. Say --yes to have it written.";
        ensure!(yes || agreed("Write it?", unasked)?, "Nothing was written.");
        write(&file, before.as_deref(), &settings)?;
        say("Done. Start the program again, and its model can search and ask your documents.");
    }
    if json {
        print_json(&json!({ "file": file, "server": entry }))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn command() -> Result<PathBuf> {
    std::env::current_exe().context("The system does not tell where this program is")
}

/// How a library in a directory is named, from wherever the host starts the server.
pub(crate) fn place(library: &Path) -> Result<String> {
    let library = absolute(library).context("The library's directory cannot be named")?;
    Ok(library.to_string_lossy().into_owned())
}

fn arguments(library: Option<String>) -> Vec<String> {
    let mut arguments = vec!["mcp".to_owned()];
    arguments.extend(library.into_iter().flat_map(|library| ["--library".to_owned(), library]));
    arguments
}

fn read(file: &Path) -> Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}

/// Settings with the server in them, and all else as it was.
fn with_server(host: Host, before: Option<&str>, entry: Value) -> Result<String> {
    let before = before.filter(|text| !text.trim().is_empty()).unwrap_or("{}");
    let mut settings: Value = serde_json::from_str(before).context("It is no plain JSON")?;
    let key = hosts::key(host);
    let servers = settings.as_object_mut().map(|settings| settings.entry(key).or_insert_with(|| json!({})));
    let Some(servers) = servers.and_then(Value::as_object_mut) else {
        bail!("Its \"{key}\" is no list of servers")
    };
    servers.insert(NAME.to_owned(), entry);
    Ok(serde_json::to_string_pretty(&settings)? + "\n")
}

/// In one step, with what stood there in a copy.
fn write(file: &Path, before: Option<&str>, settings: &str) -> Result<()> {
    let written = || {
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        if before.is_some() {
            let copy = file.with_added_extension("before-footnote");
            fs::copy(file, &copy)?;
            say(&format!("What stood there is in {}.", copy.display()));
        }
        let mut new = NamedTempFile::new_in(folder)?;
        new.write_all(settings.as_bytes())?;
        new.persist(file)?;
        Ok::<_, io::Error>(())
    };
    written().with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_comes_beside_what_is_there() {
        let before = r#"{ "theme": "dark", "mcpServers": { "other": { "command": "x" }, "footnote": {} } }"#;
        let entry = json!({ "command": "/usr/bin/footnote", "args": ["mcp"] });
        let after = with_server(Host::Cursor, Some(before), entry.clone()).unwrap();
        let after: Value = serde_json::from_str(&after).unwrap();
        assert_eq!(after["theme"], "dark");
        assert_eq!(after["mcpServers"], json!({ "other": { "command": "x" }, "footnote": entry }));
    }

    #[test]
    fn settings_that_are_not_understood_are_not_touched() {
        for before in ["{ // a comment\n }", "[]", r#"{ "servers": 3 }"#] {
            assert!(with_server(Host::VsCode, Some(before), json!({})).is_err(), "{before}");
        }
        assert!(with_server(Host::VsCode, Some(""), json!({})).unwrap().contains("\"servers\""));
    }
}
