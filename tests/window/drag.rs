//! Files dragged onto the app with the pointer, from a window of another program.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::desktop::{APP, Desktop};
use crate::process::Process;

/// Middle of the small window that the files come from, which opens in the corner.
const SOURCE: (i32, i32) = (60, 40);

/// Middle of the display, which the app's window covers wherever it opens.
const TARGET: (i32, i32) = (640, 450);

/// As many small moves as a hand makes; a single jump is not taken for a drag.
const MOVES: i32 = 20;

/// Files held over the app.
pub struct Drag<'d> {
    desktop: &'d Desktop,
    _source: Process,
}

impl<'d> Drag<'d> {
    /// Takes hold of the files and moves them over the app.
    pub fn over_the_app(desktop: &'d Desktop, files: &[PathBuf]) -> Result<Self> {
        let mut source = Process::start(
            Command::new(Path::new(APP).with_file_name("examples").join("drag-source"))
                .args(files)
                .env("DISPLAY", desktop.display_name())
                .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
                .env("NO_AT_BRIDGE", "1")
                .env("GDK_BACKEND", "x11")
                .stdout(Stdio::piped()),
        )?;
        let mut line = String::new();
        BufReader::new(source.output().context("the drag source has no output")?).read_line(&mut line)?;
        ensure!(line.trim() == "ready", "the drag source did not open its window");

        let drag = Self { desktop, _source: source };
        let mut steps =
            format!("sleep 0.5 mousemove {} {} sleep 0.2 mousedown 1 sleep 0.2", SOURCE.0, SOURCE.1);
        for step in 1..=MOVES {
            let along = |from: i32, to: i32| from + (to - from) * step / MOVES;
            steps +=
                &format!(" mousemove {} {} sleep 0.03", along(SOURCE.0, TARGET.0), along(SOURCE.1, TARGET.1));
        }
        drag.pointer(&steps)?;
        Ok(drag)
    }

    /// Lets go of the files.
    pub fn drop_files(self) -> Result<()> {
        // The source answers the app's request for the files before it goes.
        self.pointer("mouseup 1 sleep 1")
    }

    fn pointer(&self, steps: &str) -> Result<()> {
        let status = Command::new("xdotool")
            .args(steps.split(' '))
            .env("DISPLAY", self.desktop.display_name())
            .status()
            .context("xdotool did not start")?;
        ensure!(status.success(), "xdotool failed: {status}");
        Ok(())
    }
}
