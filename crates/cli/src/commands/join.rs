//! `footnote join`.

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use engine::api::LibraryError;
use engine::{SystemKeychain, TeamAddress, join};
use serde_json::json;

use super::unlock::read_password;
use crate::failing::failure;
use crate::output::{print_json, say};

pub(crate) async fn run(team: Option<TeamAddress>, json: bool) -> Result<ExitCode> {
    let address = team.ok_or_else(|| failure(LibraryError::NoTeamAddress.into()))?;
    let name = address.to_string();
    let password = match address.password() {
        Some(password) => password.clone(),
        None => read_password(&name).context("The password cannot be read")?.into(),
    };
    let kept = join(address, password, SystemKeychain).await.map_err(failure)?;
    if json {
        print_json(&json!({ "library": name, "kept": kept }))?;
    }
    say(&match kept {
        true => format!("The library at {name} lets you in. Its password is in the keychain."),
        false => format!(
            "The library at {name} lets you in, but the system has no keychain that takes the password: it is not kept."
        ),
    });
    Ok(ExitCode::SUCCESS)
}
