//! The `tesseract` program.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::super::pdfium::Picture;
use crate::worker::without_console_window;

/// Besides those of PATH: desktop apps are started with a short one on macOS, and its installer for Windows adds none.
const PLACES: [&str; 3] = ["/opt/homebrew/bin", "/usr/local/bin", r"C:\Program Files\Tesseract-OCR"];

/// With more languages it gets slower and mistakes one for the other.
const MOST_LANGUAGES: usize = 4;

/// A page of small print takes it some ten seconds.
const TIME_FOR_A_PAGE: Duration = Duration::from_secs(40);

/// Where it is, and the languages that it is to read.
struct Tesseract {
    program: PathBuf,
    languages: String,
}

pub(in super::super) fn is_installed() -> bool {
    installed().is_some()
}

fn installed() -> Option<&'static Tesseract> {
    static INSTALLED: OnceLock<Option<Tesseract>> = OnceLock::new();
    let find = || {
        let places = PLACES.map(|folder| Path::new(folder).join("tesseract"));
        std::iter::once(PathBuf::from("tesseract")).chain(places).find_map(|program| {
            let languages = languages_of(&program)?;
            Some(Tesseract { program, languages })
        })
    };
    INSTALLED.get_or_init(find).as_ref()
}

/// None where there is no such program, or no language for it.
fn languages_of(program: &Path) -> Option<String> {
    let output = command(program).arg("--list-langs").stdin(Stdio::null()).output().ok()?;
    let list = String::from_utf8(output.stdout).ok()?;
    // `osd` tells how a page is turned, `equ` finds formulas, and the first line is a title.
    let mut languages: Vec<&str> =
        list.lines().skip(1).filter(|language| !matches!(*language, "osd" | "equ" | "")).collect();
    languages.sort_by_key(|language| *language != "eng");
    languages.truncate(MOST_LANGUAGES);
    (!languages.is_empty()).then(|| languages.join("+"))
}

/// The words of a picture as a table; none if it fails or takes too long.
pub(super) fn read(picture: &Picture) -> Option<String> {
    let tesseract = installed()?;
    let dots = (72.0 / picture.scale).round().to_string();
    let mut child = command(&tesseract.program)
        .args(["stdin", "stdout", "-l", &tesseract.languages, "--dpi", &dots, "tsv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let table = exchange(&mut child, picture);
    // It has ended, or it has to.
    let _ = child.kill();
    let _ = child.wait();
    table
}

fn exchange(child: &mut Child, picture: &Picture) -> Option<String> {
    let (mut input, mut output) = (child.stdin.take()?, child.stdout.take()?);
    let (sender, table) = channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut table = String::new();
            let read = output.read_to_string(&mut table).map(|_| table);
            let _ = sender.send(read);
        });
        scope.spawn(move || {
            let head = format!("P5\n{} {}\n255\n", picture.width, picture.height);
            // If it does not take the picture, it says nothing about it either.
            let _ = input.write_all(head.as_bytes()).and_then(|()| input.write_all(&picture.pixels));
        });
        let table = table.recv_timeout(TIME_FOR_A_PAGE);
        // The threads wait for the program.
        let _ = child.kill();
        table.ok()?.ok()
    })
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    // Files are read side by side already; its own threads would stand in each other's way.
    command.env("OMP_THREAD_LIMIT", "1").stderr(Stdio::null());
    without_console_window(&mut command);
    command
}
