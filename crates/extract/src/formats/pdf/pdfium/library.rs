//! Finding and loading the library.

use std::env;
use std::path::PathBuf;
use std::sync::OnceLock;

use pdfium_render::prelude::Pdfium;

/// The path of the library, for development; goes before all other places.
const VARIABLE: &str = "FOOTNOTE_PDFIUM";

/// Where it lies below the executable's folder: beside it, and where packages of macOS and of Linux put resources.
const BESIDE: [&str; 4] = ["", "../Resources", "../Frameworks", "../lib/Footnote"];

/// Loaded once for this process.
pub(super) fn library() -> Option<&'static Pdfium> {
    static LIBRARY: OnceLock<Option<Pdfium>> = OnceLock::new();
    LIBRARY.get_or_init(load).as_ref()
}

fn load() -> Option<Pdfium> {
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    let folder = env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    let shipped = folder.iter().flat_map(|folder| BESIDE.map(|place| folder.join(place)));
    let shipped = shipped.map(|folder| Pdfium::pdfium_platform_library_name_at_path(&folder));
    let found = named.into_iter().chain(shipped).find(|path| path.is_file());
    let bindings = match found {
        Some(path) => Pdfium::bind_to_library(path),
        None => Pdfium::bind_to_system_library(),
    };
    bindings.ok().map(Pdfium::new)
}
