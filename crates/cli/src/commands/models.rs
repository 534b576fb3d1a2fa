//! `footnote models`

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use engine::Engine;
use engine::api::{InstallEvent, InstallOutcome, InstallRequest, LocalModel, LocalModels, ModelPlace, Role};
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::ModelsCommand;
use crate::asking::agreed;
use crate::failing::failure;
use crate::output::{print, print_json, say};

/// What an installation is stopped by.
const INSTALLATION: &str = "models";

const UNASKED: &str = "Nothing was fetched: nobody can be asked here. Say --yes to have the model fetched.";

pub(crate) async fn run(
    engine: &Arc<Engine>,
    command: Option<ModelsCommand>,
    json: bool,
) -> Result<ExitCode> {
    match command {
        None => {}
        Some(ModelsCommand::Install { name, yes }) => install(engine, name, yes).await?,
        Some(ModelsCommand::Import { folder }) => import(engine, folder).await?,
        Some(ModelsCommand::Remove { name }) => {
            engine.remove_model(name.clone()).await.map_err(failure)?;
            say(&format!("{name} was removed."));
        }
        Some(ModelsCommand::Use { name }) => {
            engine.use_model(name.clone()).await.map_err(failure)?;
            if is_in_use(engine, &name).await? {
                say(&format!("{name} is used from now on."));
                say_unembedded(engine).await?;
            } else {
                say(&format!("{name} is chosen, but flags or FOOTNOTE_ variables go before it."));
            }
        }
    }
    list(&engine.local_models().await.map_err(failure)?, json)?;
    Ok(ExitCode::SUCCESS)
}

async fn install(engine: &Arc<Engine>, name: String, yes: bool) -> Result<()> {
    let LocalModels { hub, models } = engine.local_models().await.map_err(failure)?;
    let offer = models.iter().find(|model| model.id == name && model.place == ModelPlace::Offered);
    if let Some(offer) = offer {
        say(&format!("To be fetched from {hub}: {}", line(offer)));
        if !yes && !agreed("Fetch it?", UNASKED)? {
            bail!("Nothing was fetched.");
        }
    }
    let bar = ProgressBar::new(0);
    let template = "{bar:30} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).context("The bar's template is wrong")?);
    let ended = Mutex::new(None);
    let request = InstallRequest { model: name.clone(), id: Some(INSTALLATION.to_owned()) };
    let installing = engine.install_model(request, |event| match event {
        InstallEvent::Progress { fetched, total } => {
            bar.set_length(total);
            bar.set_position(fetched);
        }
        InstallEvent::Finished { outcome } => {
            bar.finish_and_clear();
            *ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        }
    });
    until_interrupted(engine, installing).await;
    match ended.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(InstallOutcome::Failed { error }) => Err(failure(error)),
        Some(InstallOutcome::Installed) => say_installed(engine, &name).await,
        Some(InstallOutcome::Stopped) | None => {
            bail!(
                "Stopped. What has been fetched is kept: `footnote models install {name}` goes on from there."
            )
        }
    }
}

/// Ctrl-C stops the installation; what has been fetched is kept.
async fn until_interrupted(engine: &Engine, installing: impl Future<Output = ()>) {
    let mut installing = std::pin::pin!(installing);
    tokio::select! {
        () = &mut installing => return,
        _ = tokio::signal::ctrl_c() => engine.stop(INSTALLATION),
    }
    installing.await;
}

async fn import(engine: &Arc<Engine>, folder: PathBuf) -> Result<()> {
    let name = engine.import_model(folder).await.map_err(failure)?;
    say_installed(engine, &name).await
}

async fn say_installed(engine: &Arc<Engine>, name: &str) -> Result<()> {
    say(&if is_in_use(engine, name).await? {
        format!("{name} is installed and in use.")
    } else {
        format!("{name} is installed. `footnote models use {name}` has it used.")
    });
    Ok(())
}

async fn is_in_use(engine: &Engine, name: &str) -> Result<bool> {
    let here = engine.local_models().await.map_err(failure)?.models;
    Ok(here.iter().any(|model| model.id == name && model.in_use))
}

async fn say_unembedded(engine: &Engine) -> Result<()> {
    let status = engine.status().await.map_err(failure)?;
    if status.vectors < status.chunks {
        say("The library is found by its words alone until `footnote sync` has embedded it anew.");
    }
    Ok(())
}

fn list(listed: &LocalModels, json: bool) -> Result<()> {
    if json {
        return print_json(listed);
    }
    let LocalModels { hub, models } = listed;
    for (place, heading) in [
        (ModelPlace::BuiltIn, "Come with Footnote:".to_owned()),
        (ModelPlace::Installed, "Installed:".to_owned()),
        (ModelPlace::Offered, format!("Can be installed, from {hub}:")),
    ] {
        let of_it: Vec<&LocalModel> = models.iter().filter(|model| model.place == place).collect();
        if !of_it.is_empty() {
            print(&heading)?;
        }
        for model in of_it {
            print(&format!("  {}", line(model)))?;
        }
    }
    Ok(())
}

fn line(model: &LocalModel) -> String {
    let does = match model.role {
        Role::Embed => "embeds",
        Role::Write => "writes",
        Role::Rerank => "puts passages in order",
        Role::ReadPages => "reads scanned pages",
        Role::MakePictures => "makes pictures",
        Role::Judge => "judges sentences by what they cite",
    };
    let languages = model.languages.iter().map(|tag| if tag == "mul" { "many languages" } else { tag });
    let languages = languages.collect::<Vec<_>>().join(", ");
    let size = format!("{} MB on disk and in memory", model.megabytes);
    let work = model.work.filter(|&times| times > 1);
    let work = work.map(|times| format!("takes {times} times as long as the built-in one"));
    let fetched = (model.fetched > 0).then(|| format!("{} MB of it are here", model.fetched / 1_000_000));
    let in_use = model.in_use.then(|| "in use".to_owned());
    let license = if model.license.is_empty() { "licence not stated" } else { &model.license };
    let facts =
        [Some(does.to_owned()), Some(languages), Some(size), work, Some(license.to_owned()), fetched, in_use];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    format!("{}: {}", model.id, facts.join("; "))
}
