//! What is wrong with the settings or the system.

use crate::api::SystemError;

pub(super) fn system(error: &SystemError) -> String {
    match error {
        SystemError::SettingsNotWritten { file, detail } => format!(
            "The settings could not be written to {file}: {detail}. Look whether there is room and leave to write."
        ),
        SystemError::SettingsUnusable { file, detail } => {
            format!("The settings in {file} cannot be used: {detail}. Correct the file or delete it.")
        }
        SystemError::EndpointSettingsUnusable { detail } => {
            format!(
                "The settings of the endpoint cannot be used: {detail}. Correct settings.json or delete it."
            )
        }
        SystemError::UnknownPreset { detail } => {
            format!("There is no such preset: {detail}. Name one of them, or the endpoint's address.")
        }
        SystemError::UnknownOpinionTime { detail } => {
            format!("It cannot be told when to ask for a second opinion: {detail}. Name one of them.")
        }
        SystemError::NoHome => {
            "The system names no home folder. Say where the library is: --library DIR, or FOOTNOTE_LIBRARY."
                .into()
        }
        SystemError::ProgramUnknown { detail } => {
            format!("The system does not tell where Footnote's program is: {detail}. Install Footnote again.")
        }
        SystemError::SampleMissing => {
            "The sample that comes with Footnote was not found. Install Footnote again.".into()
        }
        SystemError::NotWritten { path, detail } => {
            format!("{path} could not be written: {detail}. Choose another place.")
        }
        SystemError::NotOpened { path, detail } => format!(
            "{path} could not be opened: {detail}. Look whether it is still there and a program is set for its kind."
        ),
        SystemError::NoSaveDialog => {
            "A browser saves a conversation itself: take it by export_conversation.".into()
        }
    }
}
