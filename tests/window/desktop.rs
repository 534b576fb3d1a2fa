//! A desktop of a test's own: a display, a home folder, a library and a WebDriver, all gone with it.

use std::env;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::process::Process;
use crate::window::Window;

/// The app as Cargo has built it for this test.
pub const APP: &str = env!("CARGO_BIN_EXE_footnote-desktop");

const OPENED_FILES: &str = "opened-files";

pub struct Desktop {
    // Fields are dropped from the top: the app goes with its driver, and with its display at the latest.
    _driver: Process,
    _display: Process,
    driver_port: u16,
    display_name: String,
    home: TempDir,
}

impl Desktop {
    /// A desktop on which the app uses its built-in models.
    pub async fn new() -> Result<Self> {
        Self::with_settings(&[]).await
    }

    /// A desktop on which the app runs with these `FOOTNOTE_…` variables.
    pub async fn with_settings(settings: &[(&str, String)]) -> Result<Self> {
        let home = tempfile::tempdir()?;
        fs::create_dir(home.path().join("run"))?;
        let programs = stand_in_for_other_programs(home.path())?;
        let (display, display_name) = start_display()?;
        let driver_port = free_port()?;
        let driver = Process::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={driver_port}"))
                .env_clear()
                .env("PATH", programs)
                .env("LANG", "C.UTF-8")
                .env("HOME", home.path())
                .env("XDG_RUNTIME_DIR", home.path().join("run"))
                .env("DISPLAY", &display_name)
                .env("FOOTNOTE_LIBRARY", home.path().join("library"))
                .envs(settings.iter().cloned())
                // Tauri lets a driver in only where it is told to.
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                // Without a bus address GTK starts a bus that outlives the test.
                .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
                .env("NO_AT_BRIDGE", "1"),
        )?;
        let desktop = Self { _driver: driver, _display: display, driver_port, display_name, home };
        desktop.wait_for_driver().await?;
        Ok(desktop)
    }

    /// Starts the app. It can be started again on the same library once it is closed.
    pub async fn open_app(&self) -> Result<Window> {
        self.open_app_with(&[]).await
    }

    /// Starts the app with arguments, as the system does for a file or a link.
    pub async fn open_app_with(&self, arguments: &[&str]) -> Result<Window> {
        let capabilities = json!({
            "browserName": "wry",
            "webkitgtk:browserOptions": { "binary": APP, "args": arguments },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().cloned().unwrap_or_default())
            .connect(&format!("http://127.0.0.1:{}", self.driver_port))
            .await
            .context("the app did not start under WebKitWebDriver")?;
        Ok(Window::new(client))
    }

    /// A path in the home folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file into the home folder.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
        Ok(path)
    }

    /// Holds the path of each file that the app has opened in its own program.
    pub fn opened_files(&self) -> PathBuf {
        self.path(OPENED_FILES)
    }

    /// Where programs that share this desktop find its display.
    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    async fn wait_for_driver(&self) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", self.driver_port)).await.is_err() {
            ensure!(
                Instant::now() < deadline,
                "WebKitWebDriver does not listen on port {}",
                self.driver_port
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

/// Returns a PATH on which the desktop's own opener only notes what it was given.
fn stand_in_for_other_programs(home: &Path) -> Result<OsString> {
    let folder = home.join("programs");
    let opener = folder.join("xdg-open");
    fs::create_dir(&folder)?;
    fs::write(&opener, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$HOME/{OPENED_FILES}\"\n"))?;
    fs::set_permissions(&opener, Permissions::from_mode(0o755))?;
    let path = env::var_os("PATH").context("PATH is not set")?;
    Ok(env::join_paths(std::iter::once(folder).chain(env::split_paths(&path)))?)
}

/// Starts a display under a number that Xvfb finds free.
fn start_display() -> Result<(Process, String)> {
    let mut display = Process::start(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    )?;
    let mut number = String::new();
    BufReader::new(display.output().context("Xvfb has no output")?).read_line(&mut number)?;
    ensure!(!number.trim().is_empty(), "Xvfb ended before its display was there");
    Ok((display, format!(":{}", number.trim())))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
