use serde::{Deserialize, Serialize};

use super::EndpointError;

/// Why a model of this process could not be loaded, run, or installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LocalModelError {
    /// A file of it cannot be read.
    ModelUnreadable {
        /// The file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// A file of it is not the one that it was published with.
    ModelDamaged {
        /// The file.
        file: String,
    },
    /// Its description makes no sense, or speaks of something that this version does not know.
    ModelUndescribed {
        /// The file.
        file: String,
        /// How.
        detail: String,
    },
    /// It does something else than was asked of it.
    ModelOfOtherKind {
        /// Its name.
        model: String,
    },
    /// The runtime cannot make a model of its files.
    ModelNotLoaded {
        /// Its name.
        model: String,
        /// What the runtime says.
        detail: String,
    },
    /// It failed, or gave numbers of another shape than models of its kind do.
    ModelFailed {
        /// Its name.
        model: String,
        /// What the runtime says.
        detail: String,
    },
    /// Whoever asked it does not want its answer any more.
    ModelStopped,
    /// The system names no folder where models could be kept.
    NoPlaceForModels,
    /// The hub does not have the model, or not for everybody.
    NotOnHub {
        /// The hub.
        host: String,
        /// The method and address of the call.
        call: Option<String>,
    },
    /// What answers is no model hub.
    NoHub {
        /// Its host.
        host: String,
        /// The method and address of the call.
        call: Option<String>,
    },
    /// A call of the hub failed.
    HubFailed(EndpointError),
    /// A file without which a model cannot be run is not there.
    ModelFileMissing {
        /// Its path in the model's folder.
        file: String,
        /// The folder, or the hub's.
        place: String,
    },
    /// A file that was fetched has another length than the hub says.
    ModelFileLength {
        /// Its path in the model's folder.
        file: String,
        /// What the hub says, in bytes.
        #[cfg_attr(test, ts(type = "number"))]
        expected: u64,
        /// What came, in bytes.
        #[cfg_attr(test, ts(type = "number"))]
        received: u64,
    },
    /// A file that was fetched is not the one that the hub speaks of.
    ModelFileChecksum {
        /// Its path in the model's folder.
        file: String,
    },
    /// No model of this name was installed.
    ModelNotInstalled {
        /// Its name.
        model: String,
    },
    /// There is no model of this name to install.
    ModelNotOffered {
        /// Its name.
        model: String,
        /// Those that there are.
        offered: Vec<String>,
    },
    /// A model has to be installed before it can be used.
    ModelNotHere {
        /// Its name.
        model: String,
    },
    /// Another process installs it.
    ModelBusy {
        /// Its name.
        model: String,
    },
    /// The model's files do not say how much it reads.
    ModelWithoutLength {
        /// Where that would stand.
        file: String,
    },
    /// It tells more classes apart than two.
    ModelOfManyClasses {
        /// Where they stand.
        file: String,
    },
    /// It was made with something that this version does not compute.
    ModelPartUnknown {
        /// Where it stands.
        file: String,
        /// Its name.
        part: String,
    },
    /// A file of a model, or the folder it is kept in, cannot be read or written.
    ModelFile {
        /// The file or folder.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// A fault of Footnote.
    InstallationCrashed,
}
