//! Opens files in the programs that the system has for them.

use std::fs;
use std::path::Path;
use std::process::Command;

use engine::api::{ApiError, SystemError};
use opener::OpenError;

/// Programs for PDFs that open at a page, by what the name of their desktop entry holds, with the option that says
/// the page, after their manuals.
const PAGE_OPTIONS: [(&str, &str); 6] = [
    ("evince", "--page-index"),
    ("papers", "--page-index"),
    ("atril", "--page-index"),
    ("xreader", "--page-index"),
    ("okular", "--page"),
    ("zathura", "--page"),
];

/// Opens a file or folder in its own program, at a page (counted from 1) where that program is known to do so.
///
/// # Errors
/// It is gone, or no program opens it.
pub fn open(path: &Path, page: Option<u32>) -> Result<(), ApiError> {
    if page.is_some_and(|page| open_at(path, page).is_some()) {
        return Ok(());
    }
    // On Linux the opener itself does not tell that the file is gone.
    let opened = fs::metadata(path).map_err(OpenError::Io).and_then(|_| opener::open(path));
    opened.map_err(|error| {
        let path = path.to_string_lossy().into_owned();
        SystemError::NotOpened { path, detail: error.to_string() }.into()
    })
}

/// Starts the system's program for PDFs at a page; none where that program, or its way to a page, is not known.
fn open_at(path: &Path, page: u32) -> Option<()> {
    let is_pdf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
    if !cfg!(target_os = "linux") || !is_pdf || !path.is_file() {
        return None;
    }
    let asked = Command::new("xdg-mime").args(["query", "default", "application/pdf"]).output().ok()?;
    let (program, option) = page_option(&String::from_utf8_lossy(&asked.stdout))?;
    Command::new(program).arg(format!("{option}={page}")).arg(path).spawn().ok().map(drop)
}

/// The program that a desktop entry starts and its option for a page.
fn page_option(desktop_entry: &str) -> Option<(&'static str, &'static str)> {
    let entry = desktop_entry.to_lowercase();
    PAGE_OPTIONS.into_iter().find(|(program, _)| entry.contains(program))
}

#[cfg(test)]
mod tests {
    use engine::api::ErrorCode;

    use super::*;

    #[test]
    fn a_desktop_entry_tells_the_program_and_how_it_takes_a_page() {
        assert_eq!(page_option("org.gnome.Evince.desktop\n"), Some(("evince", "--page-index")));
        assert_eq!(page_option("okularApplication_pdf.desktop"), Some(("okular", "--page")));
        assert_eq!(page_option("chromium.desktop"), None);
    }

    #[test]
    fn a_file_that_is_gone_is_said_with_its_name() {
        let error = open(Path::new("/nowhere/minutes.txt"), None).unwrap_err();
        assert_eq!(error.code, ErrorCode::Gone);
        assert!(engine::wording::error(&error.message).contains("minutes.txt"), "{error:?}");
    }
}
