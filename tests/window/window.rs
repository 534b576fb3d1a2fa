//! The app's window, as a person sees and uses it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::Value;

/// Longer than anything here takes on a busy machine with two cores.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Window {
    client: Client,
}

impl Window {
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Waits for the element with this `data-testid`.
    pub async fn find(&self, test_id: &str) -> Result<Element> {
        let css = css(test_id);
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&css))
            .await
            .with_context(|| format!("{test_id} is not in the window"))
    }

    pub async fn has(&self, test_id: &str) -> Result<bool> {
        Ok(!self.client.find_all(Locator::Css(&css(test_id))).await?.is_empty())
    }

    pub async fn count(&self, test_id: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::Css(&css(test_id))).await?.len())
    }

    pub async fn click(&self, test_id: &str) -> Result<()> {
        self.find(test_id).await?.click().await.with_context(|| format!("{test_id} cannot be clicked"))
    }

    pub async fn type_into(&self, test_id: &str, text: &str) -> Result<()> {
        Ok(self.find(test_id).await?.send_keys(text).await?)
    }

    /// What the element shows; empty where it is not there.
    pub async fn text(&self, test_id: &str) -> Result<String> {
        let script = "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''";
        Ok(self.run(script, &[css(test_id)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// What each of the elements shows.
    pub async fn texts(&self, test_id: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)";
        Ok(serde_json::from_value(self.run(script, &[css(test_id)]).await?)?)
    }

    /// Chooses from a list by the value behind the words.
    pub async fn choose(&self, test_id: &str, value: &str) -> Result<()> {
        Ok(self.find(test_id).await?.select_by_value(value).await?)
    }

    /// All that the window shows.
    pub async fn page_text(&self) -> Result<String> {
        Ok(self.run("return document.body.innerText", &[]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the window.
    pub async fn run(&self, script: &str, arguments: &[String]) -> Result<Value> {
        let arguments = arguments.iter().cloned().map(Value::from).collect();
        Ok(self.client.execute(script, arguments).await?)
    }

    /// Calls a command of the app as the window's own code does, and returns what it gives or how it fails.
    pub async fn call(&self, command: &str, arguments: Value) -> Result<Value> {
        let script = "
            const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args).then(done, done);";
        Ok(self.client.execute_async(script, vec![command.into(), arguments]).await?)
    }

    /// Asks a question as a person does.
    pub async fn ask(&self, question: &str) -> Result<()> {
        self.type_into("question", question).await?;
        self.click("send").await
    }

    /// Waits for the end of an answer: while it runs there is a button that stops it.
    pub async fn until_answered(&self) -> Result<()> {
        self.find("answer").await?;
        self.until("the end of the answer", async |window| Ok(!window.has("stop").await?)).await
    }

    /// Waits for the end of indexing and for what it has brought to be listed.
    pub async fn until_indexed(&self) -> Result<()> {
        self.find("document-row").await?;
        self.until("the end of indexing", async |window| Ok(!window.has("cancel-indexing").await?)).await
    }

    /// Whether the marked quote lies within what its pane shows.
    pub async fn mark_is_in_view(&self) -> Result<bool> {
        let script = "
            const [pane, mark] = [...arguments].map((css) => document.querySelector(css)?.getBoundingClientRect());
            return Boolean(pane && mark && mark.height > 0 && mark.top >= pane.top && mark.bottom <= pane.bottom
                && mark.top >= 0 && mark.bottom <= window.innerHeight);";
        Ok(self.run(script, &[css("source-pane"), css("source-mark")]).await? == true)
    }

    /// Looks again and again until `seen` says yes.
    pub async fn until(&self, what: &str, seen: impl AsyncFn(&Self) -> Result<bool>) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !seen(self).await? {
            if Instant::now() > deadline {
                self.take_screenshot("failed").await?;
                bail!("waited in vain for {what}; the window shows:\n{}", self.page_text().await?);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Keeps a picture for people to look at: `target/window-screenshots/NAME.png`.
    pub async fn take_screenshot(&self, name: &str) -> Result<()> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("window-screenshots");
        fs::create_dir_all(&folder)?;
        // The picture is of the last frame that was painted: it must be one with the fonts and with all that is there.
        let painted = "
            const [done] = arguments;
            document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));";
        self.client.execute_async(painted, vec![]).await?;
        Ok(fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await?)?)
    }

    /// Ends the app.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

fn css(test_id: &str) -> String {
    format!("[data-testid='{test_id}']")
}
