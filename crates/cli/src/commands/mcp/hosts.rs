//! Where programs keep the MCP servers that they use, and in which form.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use directories::BaseDirs;
use serde_json::{Value, json};

use crate::arguments::Host;

/// The file, which need not be there yet.
pub(super) fn settings_file(host: Host) -> Result<PathBuf> {
    let system = BaseDirs::new().context("The system names no home folder")?;
    let (home, settings) = (system.home_dir(), system.config_dir());
    Ok(match host {
        Host::ClaudeDesktop => settings.join("Claude/claude_desktop_config.json"),
        Host::Cursor => home.join(".cursor/mcp.json"),
        Host::GeminiCli => home.join(".gemini/settings.json"),
        Host::LmStudio => home.join(".lmstudio/mcp.json"),
        Host::VsCode => settings.join("Code/User/mcp.json"),
        Host::Windsurf => home.join(".codeium/windsurf/mcp_config.json"),
    })
}

/// What the servers are called in it.
pub(super) fn key(host: Host) -> &'static str {
    match host {
        Host::VsCode => "servers",
        Host::ClaudeDesktop | Host::Cursor | Host::GeminiCli | Host::LmStudio | Host::Windsurf => {
            "mcpServers"
        }
    }
}

/// What is said of one server.
pub(super) fn entry(host: Host, command: &Path, arguments: &[String]) -> Value {
    match host {
        Host::VsCode => json!({ "type": "stdio", "command": command, "args": arguments }),
        Host::ClaudeDesktop | Host::Cursor | Host::GeminiCli | Host::LmStudio | Host::Windsurf => {
            json!({ "command": command, "args": arguments })
        }
    }
}
