//! What the text of a group is for.

/// What the text of a group is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Body,
    Nothing,
    Fonts,
    Styles,
    Info,
    Title,
    /// The number or bullet of a list's item.
    Marker,
    Note,
}

/// What a group begins with and gives back at its end.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub target: Target,
    pub font: i32,
    pub hidden: bool,
    /// How many characters stand in for one that old readers do not know.
    pub stand_ins: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self { target: Target::Body, font: -1, hidden: false, stand_ins: 1 }
    }
}

impl Group {
    /// What the word makes of the group that it stands in; none where it says nothing of that.
    pub fn target_of(&self, word: &str) -> Option<Target> {
        Some(match (word, self.target) {
            // The text of a drawing lies deep in what draws it.
            ("shptxt", _) => Target::Body,
            (_, Target::Nothing) => return None,
            ("title", Target::Info) => Target::Title,
            ("fonttbl", _) => Target::Fonts,
            ("stylesheet", _) => Target::Styles,
            ("info", _) => Target::Info,
            ("listtext" | "pntext", _) => Target::Marker,
            ("footnote" | "annotation", _) => Target::Note,
            _ if holds_no_text(word) => Target::Nothing,
            _ => return None,
        })
    }

    /// Whether a word that old readers may pass over together with its group is known here.
    pub fn knows(&self, word: &str) -> bool {
        matches!(word, "shpinst" | "shptxt" | "annotation") || self.target == Target::Styles
    }
}

fn holds_no_text(word: &str) -> bool {
    let tables = [
        "colortbl",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "xmlnstbl",
        "filetbl",
        "revtbl",
        "latentstyles",
    ];
    let pictures_and_objects =
        ["pict", "shppict", "shpinst", "objdata", "objclass", "themedata", "datastore"];
    let furniture = ["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"];
    let marks = ["generator", "fldinst", "bkmkstart", "bkmkend", "tc", "xe", "nonesttables"];
    [tables.as_slice(), &pictures_and_objects, &furniture, &marks].iter().any(|words| words.contains(&word))
}
