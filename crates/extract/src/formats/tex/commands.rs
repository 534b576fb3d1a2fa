//! What the usual commands and environments do with their arguments.

/// Commands that print none of their arguments, and how many they have.
pub(super) const SILENT: [(&str, usize); 33] = [
    ("label", 1),
    ("ref", 1),
    ("eqref", 1),
    ("pageref", 1),
    ("autoref", 1),
    ("cref", 1),
    ("cite", 1),
    ("citep", 1),
    ("citet", 1),
    ("nocite", 1),
    ("bibliography", 1),
    ("bibliographystyle", 1),
    ("input", 1),
    ("include", 1),
    ("usepackage", 1),
    ("documentclass", 1),
    ("includegraphics", 1),
    ("vspace", 1),
    ("hspace", 1),
    ("setlength", 2),
    ("pagestyle", 1),
    ("thispagestyle", 1),
    ("title", 1),
    ("newcommand", 2),
    ("renewcommand", 2),
    ("providecommand", 2),
    ("newenvironment", 3),
    ("setcounter", 2),
    ("addtocounter", 2),
    ("color", 1),
    ("pagenumbering", 1),
    ("def", 1),
    ("index", 1),
];

/// Commands whose first argument is not printed, while the others are.
pub(super) const HALF_SILENT: [&str; 5] = ["href", "hypertarget", "textcolor", "parbox", "fontsize"];

/// Environments whose first argument says how they look.
pub(super) const WITH_LAYOUT: [&str; 7] =
    ["tabular", "tabularx", "longtable", "array", "minipage", "multicols", "thebibliography"];

/// The level of the heading that a command begins.
pub(super) fn heading_level(command: &str) -> Option<u8> {
    Some(match command {
        "part" | "chapter" => 1,
        "section" => 2,
        "subsection" => 3,
        "subsubsection" => 4,
        "paragraph" | "subparagraph" => 5,
        _ => return None,
    })
}
