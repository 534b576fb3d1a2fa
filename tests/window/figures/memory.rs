//! The app's processes, as the kernel tells of them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::desktop::APP;

/// Clock ticks a second in `/proc`, on every architecture of Linux.
const TICKS: f64 = 100.0;

/// How long the app has been running.
pub fn age_of_app() -> Result<Duration> {
    let started: f64 = stat(app()?)?[19].parse()?;
    let uptime = fs::read_to_string("/proc/uptime")?;
    let now: f64 = uptime.split(' ').next().context("/proc/uptime is empty")?.parse()?;
    Ok(Duration::from_secs_f64(now - started / TICKS))
}

/// What the app and all processes below it keep in memory, shared pages counted by their share.
pub fn of_app() -> Result<String> {
    let app = app()?;
    let mut parts = Vec::new();
    for process in processes()? {
        if is_below(process, app) {
            let name = fs::read_to_string(format!("/proc/{process}/comm"))?;
            parts.push((name.trim().to_owned(), proportional_set_size(process)?));
        }
    }
    let total: u64 = parts.iter().map(|(_, kib)| kib).sum();
    let each: Vec<_> = parts.iter().map(|(name, kib)| format!("{name} {}", kib / 1024)).collect();
    Ok(format!("{} MiB PSS ({})", total / 1024, each.join(", ")))
}

fn proportional_set_size(process: u32) -> Result<u64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = rollup.lines().find(|line| line.starts_with("Pss:")).context("no PSS")?;
    Ok(line.split_whitespace().nth(1).context("no PSS")?.parse()?)
}

/// Workers are started from the same file, by the app.
fn app() -> Result<u32> {
    let is_app = |process: &u32| {
        let runs = |process: u32| {
            fs::read_link(format!("/proc/{process}/exe")).is_ok_and(|exe| exe == Path::new(APP))
        };
        runs(*process) && parent(*process).is_ok_and(|parent| !runs(parent))
    };
    processes()?.into_iter().find(is_app).context("the app is not running")
}

fn is_below(process: u32, ancestor: u32) -> bool {
    process == ancestor || (process > 1 && parent(process).is_ok_and(|parent| is_below(parent, ancestor)))
}

fn parent(process: u32) -> Result<u32> {
    Ok(stat(process)?[1].parse()?)
}

/// The fields of `/proc/PID/stat` behind the name, the state being the first.
fn stat(process: u32) -> Result<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").context("no fields behind the name")?;
    Ok(fields.split(' ').map(str::to_owned).collect())
}

fn processes() -> Result<Vec<u32>> {
    let names = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter_map(|name| name.parse().ok()).collect())
}
