//! What went wrong with a model of this process, or with installing one.

use super::models;
use crate::api::LocalModelError;

pub(super) fn local_model(error: &LocalModelError) -> String {
    match error {
        LocalModelError::ModelUnreadable { file, detail } => {
            format!("{file} of the model cannot be read ({detail}). Install the model again.")
        }
        LocalModelError::ModelDamaged { file } => {
            format!("{file} of the model is damaged: its checksum is another. Install the model again.")
        }
        LocalModelError::ModelUndescribed { file, detail } => format!(
            "{file} describes no model that this version of Footnote can run: {detail}. Choose another one."
        ),
        LocalModelError::ModelOfOtherKind { model } => {
            format!("The model {model} is not made for this. Choose another one.")
        }
        LocalModelError::ModelNotLoaded { model, detail } => {
            format!("The model {model} cannot be loaded: {detail}. Choose another model.")
        }
        LocalModelError::ModelFailed { model, detail } => {
            format!("The model {model} cannot be run: {detail}. Choose another model.")
        }
        LocalModelError::ModelStopped => "The model was stopped. Try again.".into(),
        LocalModelError::NoPlaceForModels => {
            "The system names no folder for Footnote's data. Name one for models in FOOTNOTE_MODELS.".into()
        }
        LocalModelError::NotOnHub { host, call } => format!(
            "{host} does not have the model, or not for everybody{}. Name another hub in HF_ENDPOINT.",
            of_call(call.as_deref())
        ),
        LocalModelError::NoHub { host, call } => format!(
            "{host} does not answer as a model hub does{}. Check the address in HF_ENDPOINT.",
            of_call(call.as_deref())
        ),
        LocalModelError::HubFailed(call) => format!(
            "{} What has been fetched of the model is kept, and not fetched again.",
            models::endpoint(call)
        ),
        LocalModelError::ModelFileMissing { file, place } => format!(
            "{place} has no {file}. Footnote runs models that are there as ONNX, with their tokenizer: choose another one."
        ),
        LocalModelError::ModelFileLength { file, expected, received } => format!(
            "{file} has {received} bytes, and the hub says {expected}. It was thrown away: try again, or name another hub \
             in HF_ENDPOINT."
        ),
        LocalModelError::ModelFileChecksum { file } => format!(
            "{file} is damaged: its checksum is not the hub's. It was thrown away: try again, or name another hub in \
             HF_ENDPOINT."
        ),
        LocalModelError::ModelNotInstalled { model } => {
            format!("{model} is no model that was installed. `footnote models` lists those that are.")
        }
        LocalModelError::ModelNotOffered { model, offered } => {
            format!("There is no model {model} to install. There are: {}.", offered.join(", "))
        }
        LocalModelError::ModelNotHere { model } => {
            format!("{model} is not on this computer. Install it first, then use it.")
        }
        LocalModelError::ModelBusy { model } => {
            format!("{model} is being installed by another Footnote. Wait until it is, or stop it there.")
        }
        LocalModelError::ModelWithoutLength { file } => format!(
            "{file} does not say how much the model reads, so that Footnote cannot run it. Choose another one."
        ),
        LocalModelError::ModelOfManyClasses { file } => format!(
            "By {file} the model tells more than two classes apart: it grades no passages. Choose another one."
        ),
        LocalModelError::ModelPartUnknown { file, part } => {
            format!(
                "{file} names {part}, which this version of Footnote does not compute. Choose another model."
            )
        }
        LocalModelError::ModelFile { file, detail } => format!(
            "{file} cannot be read or written: {detail}. Look whether it is there, and whether there is room."
        ),
        LocalModelError::InstallationCrashed => {
            "The installation ended in the midst of its work. Try again.".into()
        }
    }
}

fn of_call(call: Option<&str>) -> String {
    call.map(|call| format!(" ({call})")).unwrap_or_default()
}
