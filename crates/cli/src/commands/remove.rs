//! `footnote remove`

use std::process::ExitCode;

use anyhow::Result;
use engine::Engine;
use engine::api::RemoveRequest;
use engine::wording::counted;

use crate::arguments::Remove;
use crate::failing::failure;
use crate::output::{print_json, say};

pub(crate) async fn run(engine: &Engine, arguments: Remove, json: bool) -> Result<ExitCode> {
    let request = RemoveRequest { paths: arguments.paths };
    let removed = engine.remove(request).await.map_err(failure)?;
    if json {
        print_json(&removed)?;
    }
    for path in &removed.unknown {
        say(&format!("{path} is not in the library."));
    }
    let folders = match removed.folders {
        0 => String::new(),
        folders => format!("{} and ", counted(folders, "folder")),
    };
    let documents = counted(removed.documents, "document");
    say(&format!("{folders}{documents} taken out of the library; what is on disk stays."));
    Ok(if removed.unknown.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
