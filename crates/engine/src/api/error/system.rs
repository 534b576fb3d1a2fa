use serde::{Deserialize, Serialize};

/// What is wrong with the settings, or with what a shell needs of the system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum SystemError {
    /// The settings could not be written.
    SettingsNotWritten {
        /// Their file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// The file of the settings makes no sense.
    SettingsUnusable {
        /// Their file.
        file: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The settings of the endpoint make no sense.
    EndpointSettingsUnusable {
        /// What is wrong with them.
        detail: String,
    },
    /// There is no such preset.
    UnknownPreset {
        /// What there is.
        detail: String,
    },
    /// It cannot be told when a second opinion is wanted.
    UnknownOpinionTime {
        /// What can be said.
        detail: String,
    },
    /// The system names no home folder.
    NoHome,
    /// The system does not tell where Footnote's program is.
    ProgramUnknown {
        /// What the system says.
        detail: String,
    },
    /// The sample documents are not where the installation puts them.
    SampleMissing,
    /// What a person exported could not be written.
    NotWritten {
        /// Where to.
        path: String,
        /// What the system says.
        detail: String,
    },
    /// A document could not be opened in its own program.
    NotOpened {
        /// Its path.
        path: String,
        /// What the system says.
        detail: String,
    },
    /// A shell cannot ask where a file is to be saved.
    NoSaveDialog,
}
