//! What is wrong with what was asked for.

use std::borrow::Cow;

use crate::api::RequestError;

pub(super) fn request(error: &RequestError) -> Cow<'_, str> {
    match error {
        RequestError::QuestionEmpty => "The question is empty. Type what you want to know.".into(),
        RequestError::QueryEmpty => "The query is empty. Type some words to search for.".into(),
        RequestError::SearchStopped => "The search was stopped.".into(),
        RequestError::OpinionStopped => "The second opinion was stopped.".into(),
        RequestError::NothingCited => "This answer cites nothing that could be checked.".into(),
        RequestError::NoSuchCitation { citations } => {
            format!("This answer has {citations} citation(s).").into()
        }
        RequestError::UnlockingStopped => "Reading was cancelled. Unlock the file again.".into(),
        RequestError::NoSuchPath { path, detail } => {
            no_such_path(path, detail).into()
        }
        RequestError::NotInLibrary { path } => {
            format!("{path} is not in the library. Check its name, or add it first.").into()
        }
        RequestError::FileUnreadable { path, detail } => {
            format!("{path} cannot be read: {detail}. Look whether the file is still there.").into()
        }
        RequestError::NoSuchDocument { name } => format!(
            "No document is called “{name}”. Look for its name in the list of documents, or leave it out."
        )
        .into(),
        RequestError::SeveralDocuments { name } => {
            format!("Several documents are called “{name}”. Give the whole path of the one that you mean.").into()
        }
        RequestError::NotALink => {
            "This is no link to a document: one begins with footnote:/// and the document's path.".into()
        }
        RequestError::NoSuchFolder { folder } => {
            format!("There are no documents in {folder}. Check the path, or add the folder.").into()
        }
        RequestError::NoSuchFolderName { name } => {
            format!("No folder with documents is called “{name}”.").into()
        }
        RequestError::NoSuchType { name } => format!("No document's file name ends with “.{name}”.").into(),
        RequestError::NoDate { date } => {
            format!("“{date}” is no date. Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.").into()
        }
        RequestError::VisionModelChanged { model, host, model_now, host_now } => format!(
            "The pages were to be read by {model} at {host}, and now {model_now} at {host_now} is set. Look again at what \
             would be sent."
        )
        .into(),
        RequestError::NoVisionModel => {
            "No vision model is set: name one in the settings or FOOTNOTE_VISION_MODEL, and its endpoint.".into()
        }
        RequestError::NoImageModel => {
            "No image model is set: name one in FOOTNOTE_IMAGE_MODEL, and its endpoint.".into()
        }
        RequestError::NoPicture => "The endpoint made no picture. Try again.".into(),
        RequestError::NoJudge => {
            "The built-in model has no opinion. Set an endpoint or install a model that judges.".into()
        }
        RequestError::NoEndpoint => {
            "There is no endpoint to try: name its address in the settings, FOOTNOTE_BASE_URL or FOOTNOTE_PRESET.".into()
        }
        RequestError::UnknownCommand { name } => {
            format!("Footnote has no command {name}. Install its newest version.").into()
        }
        RequestError::OtherArguments { name, detail } => {
            format!("{name} was called with other arguments: {detail}.").into()
        }
        RequestError::EmbeddingsNotKept => {
            "There are no such embeddings, or an older version made them and did not note where their model is. Look \
             at those that there are: footnote embeddings"
                .into()
        }
        RequestError::EmbeddingsInUse => {
            "These embeddings are not kept, or the library is searched by them. Choose others first: footnote \
             embeddings use"
                .into()
        }
        RequestError::JobGone => {
            "There is no such job: it has ended. Look at those that there are: footnote jobs".into()
        }
        RequestError::IndexingCrashed => {
            "Indexing stopped because of a fault in Footnote. The documents finished until then are kept; try again."
                .into()
        }
        RequestError::SearchCrashed => {
            "The search stopped because of a fault in Footnote. Try again.".into()
        }
    }
}

/// There is nothing at a path that a person named.
pub(super) fn no_such_path(path: &str, detail: &str) -> String {
    format!("{path} cannot be opened: {detail}. Check the path.")
}
