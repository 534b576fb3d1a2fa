use serde::{Deserialize, Serialize};

/// What is wrong with what was asked for, or missing to do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum RequestError {
    /// A question without words.
    QuestionEmpty,
    /// A search for nothing.
    QueryEmpty,
    /// A search that was stopped.
    SearchStopped,
    /// A second opinion that was stopped.
    OpinionStopped,
    /// An answer of which there is nothing to judge.
    NothingCited,
    /// An answer has fewer citations.
    NoSuchCitation {
        /// How many it has.
        citations: u32,
    },
    /// The reading of a file that was being unlocked was stopped.
    UnlockingStopped,
    /// There is nothing at a path.
    NoSuchPath {
        /// The path.
        path: String,
        /// What the system says.
        detail: String,
    },
    /// A file is not in the library.
    NotInLibrary {
        /// Its path.
        path: String,
    },
    /// A file of the library cannot be read.
    FileUnreadable {
        /// Its path.
        path: String,
        /// What the system says.
        detail: String,
    },
    /// No document has a name like this.
    NoSuchDocument {
        /// The name.
        name: String,
    },
    /// Several documents have the name that one of them is asked for by.
    SeveralDocuments {
        /// The name.
        name: String,
    },
    /// A link that is none of Footnote's.
    NotALink,
    /// No document lies in a folder.
    NoSuchFolder {
        /// Its path.
        folder: String,
    },
    /// No folder with documents has this name.
    NoSuchFolderName {
        /// The name.
        name: String,
    },
    /// No document is of this type.
    NoSuchType {
        /// The ending of file names.
        name: String,
    },
    /// A date that is none.
    NoDate {
        /// What was given.
        date: String,
    },
    /// Another model reads pages now than the one that a person has agreed to.
    VisionModelChanged {
        /// The one agreed to.
        model: String,
        /// Where it runs.
        host: String,
        /// The one that is set now.
        model_now: String,
        /// Where it runs.
        host_now: String,
    },
    /// Nothing reads pages.
    NoVisionModel,
    /// Nothing makes pictures.
    NoImageModel,
    /// The endpoint made no picture.
    NoPicture,
    /// No model gives second opinions.
    NoJudge,
    /// No endpoint is set.
    NoEndpoint,
    /// A command that this version does not have.
    UnknownCommand {
        /// Its name.
        name: String,
    },
    /// A command was called with other arguments than it takes.
    OtherArguments {
        /// Its name.
        name: String,
        /// How they differ.
        detail: String,
    },
    /// There are no such embeddings, or nobody knows where their model is.
    EmbeddingsNotKept,
    /// The library is searched by these embeddings, or there are none of the kind.
    EmbeddingsInUse,
    /// The job has ended, or there never was one.
    JobGone,
    /// A fault of Footnote ended the reading of documents.
    IndexingCrashed,
    /// A fault of Footnote ended a search.
    SearchCrashed,
}
