//! How fast the app's own window is, and what it takes, on this computer: `cargo bench --package footnote-desktop
//! --features custom-protocol`. One figure a line on standard output.

#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(dead_code, reason = "the tests of the window use the rest of what they share")]

mod desktop;
mod drag;
mod figures {
    pub mod endpoint;
    pub mod memory;
    pub mod milliseconds;
}
mod process;
mod window;

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use desktop::Desktop;
use drag::Drag;
use figures::endpoint::FastEndpoint;
use figures::memory;
use figures::milliseconds::told;
use window::Window;

const STARTS: usize = 5;
const FILES: usize = 1000;
const TOKENS: usize = 4000;
const TYPED: &str = "When was the lamp of the northern tower lit, and by whom?";

#[tokio::main]
async fn main() -> Result<()> {
    starts().await?;
    memory_at_rest().await?;
    typing_while_indexing().await?;
    tokens().await
}

/// From the start of the process to the first frame with something on it, and to the library's list.
async fn starts() -> Result<()> {
    let desktop = Desktop::new().await?;
    let window = desktop.open_app().await?;
    window.click("add-sample").await?;
    window.until_indexed().await?;
    window.close().await?;
    let mut painted = Vec::new();
    for _ in 0..STARTS {
        let window = desktop.open_app().await?;
        window.find("document-row").await?;
        let script = "
            const [paint] = performance.getEntriesByName('first-contentful-paint');
            return Date.now() - performance.timeOrigin - paint.startTime;";
        let since_paint = window.run(script, &[]).await?.as_f64().unwrap_or_default();
        painted.push(memory::age_of_app()?.as_secs_f64() * 1000.0 - since_paint);
        window.close().await?;
    }
    println!("start of the process to first paint: {}", told(&mut painted));
    Ok(())
}

async fn memory_at_rest() -> Result<()> {
    let desktop = Desktop::new().await?;
    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    println!("memory at rest, empty library: {}", memory::of_app()?);
    window.click("add-sample").await?;
    window.until_indexed().await?;
    window.ask("How much did the restoration cost in all?").await?;
    window.until_answered().await?;
    window.click("citation").await?;
    window.find("source-mark").await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    println!("memory at rest, an answer beside its page: {}", memory::of_app()?);
    window.close().await
}

async fn typing_while_indexing() -> Result<()> {
    let desktop = Desktop::new().await?;
    for letter in 0..FILES {
        let text = format!("Letter {letter}. The lamp of tower {} was lit at dusk. ", letter % 97).repeat(40);
        desktop.write(&format!("letters/{}/letter {letter}.txt", letter / 100), &text)?;
    }
    let window = desktop.open_app().await?;
    window.click("add-sample").await?;
    window.until_indexed().await?;
    Drag::over_the_app(&desktop, &[desktop.path("letters")])?.drop_files()?;
    window.find("cancel-indexing").await?;
    window.run(WATCH, &[]).await?;
    let question = window.find("question").await?;
    for character in TYPED.chars() {
        question.send_keys(&character.to_string()).await?;
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    ensure!(window.has("cancel-indexing").await?, "indexing was over before the typing was");
    println!(
        "keystroke to paint while {FILES} files are indexed: {}",
        told(&mut window.numbers("keyDelays").await?)
    );
    println!("frames meanwhile: {}", told(&mut window.numbers("frameTimes").await?));
    window.close().await
}

async fn tokens() -> Result<()> {
    let endpoint = FastEndpoint::start(TOKENS)?;
    let settings = [("FOOTNOTE_BASE_URL", endpoint.base_url()), ("FOOTNOTE_CHAT_MODEL", "writer".to_owned())];
    let desktop = Desktop::with_settings(&settings).await?;
    let window = desktop.open_app().await?;
    window.click("add-sample").await?;
    window.until_indexed().await?;
    window.run(WATCH, &[]).await?;
    let started = Instant::now();
    window.ask("How much did the restoration cost in all?").await?;
    window.until_answered().await?;
    let seconds = started.elapsed().as_secs_f64();
    let words = window.text("answer").await?.split_whitespace().count();
    ensure!(words >= TOKENS, "the whole answer is drawn: {words} words");
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let a_second = TOKENS as f64 / seconds;
    println!("tokens drawn, from the question to the last of {TOKENS}: {a_second:.0} a second");
    println!("frames meanwhile: {}", told(&mut window.numbers("frameTimes").await?));
    window.close().await
}

impl Window {
    async fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        Ok(serde_json::from_value(self.run("return window[arguments[0]]", &[name.to_owned()]).await?)?)
    }
}

/// Keeps the time between frames, and from each key to the frame that shows it.
const WATCH: &str = "
    window.frameTimes = [];
    let last = performance.now();
    requestAnimationFrame(function look(now) {
        window.frameTimes.push(now - last);
        last = now;
        requestAnimationFrame(look);
    });
    window.keyDelays = [];
    addEventListener('keydown', ({ timeStamp }) =>
        requestAnimationFrame(() => setTimeout(() => window.keyDelays.push(performance.now() - timeStamp))));";
