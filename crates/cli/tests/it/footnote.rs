//! Runs the command as a person's shell would, away from that person's own library and endpoint.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use testkit::loopback::{CHAT_MODEL, Loopback};
use testkit::tiny_models;

/// The key that loopback endpoints ask for.
pub const KEY: &str = "sk-loopback-3f9c";

/// A library and a folder of documents.
pub struct Footnote {
    directory: tempfile::TempDir,
    base_url: Option<String>,
    key: Option<String>,
    finds_programs: bool,
    own_models: bool,
    team: Option<String>,
}

impl Footnote {
    /// With no endpoint, and a tiny embedding model.
    pub fn new() -> Self {
        let footnote = Self::without_models();
        tiny_models::write_sentence_vectors(&footnote.models().join("all-minilm-l6-v2"), "tiny").unwrap();
        footnote
    }

    /// With no endpoint and no embedding model.
    pub fn without_models() -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("documents")).unwrap();
        Self { directory, base_url: None, key: None, finds_programs: true, own_models: true, team: None }
    }

    /// With no endpoint, and the embedding model that comes with the app; nothing where it has not been fetched.
    pub fn with_shipped_model() -> Option<Self> {
        let footnote = Self { own_models: false, ..Self::without_models() };
        let is_there = !footnote.status()["models"]["embed"].is_null();
        if !is_there {
            assert!(
                std::env::var_os("FOOTNOTE_REQUIRE_ALL").is_none(),
                "the embedding model is not there, and required"
            );
            let _ = writeln!(io::stderr(), "skipped: `cargo xtask test` fetches the embedding model");
        }
        is_there.then_some(footnote)
    }

    /// With the models of an endpoint, and its key.
    pub fn with_endpoint(loopback: &Loopback) -> Self {
        Self::new().at(&loopback.base_url(), KEY)
    }

    pub fn at(self, base_url: &str, key: &str) -> Self {
        Self { base_url: Some(base_url.to_owned()), ..self }.with_key(key)
    }

    pub fn with_key(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    /// With a team's library at this address, and the same documents and models.
    pub fn in_team(mut self, address: &str) -> Self {
        self.team = Some(address.to_owned());
        self
    }

    /// Finds no other program: no Tesseract.
    pub fn alone(self) -> Self {
        Self { finds_programs: false, ..self }
    }

    pub fn documents(&self) -> PathBuf {
        self.directory.path().join("documents")
    }

    /// Where its models are.
    pub fn models(&self) -> PathBuf {
        self.directory.path().join("models")
    }

    pub fn library(&self) -> PathBuf {
        self.directory.path().join("library")
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.documents().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_footnote"));
        let own = std::env::vars_os().map(|(name, _)| name);
        for name in own.filter(|name| name.to_string_lossy().starts_with("FOOTNOTE_")) {
            command.env_remove(name);
        }
        if let Some(base_url) = &self.base_url {
            command.env("FOOTNOTE_BASE_URL", base_url).env("FOOTNOTE_CHAT_MODEL", CHAT_MODEL);
        }
        if let Some(key) = &self.key {
            command.env("FOOTNOTE_API_KEY", key);
        }
        if self.own_models {
            command.env("FOOTNOTE_MODELS", self.models());
        }
        if !self.finds_programs {
            command.env("PATH", "");
        }
        match &self.team {
            // What a member has of it is in the place for data.
            Some(address) => command.env("FOOTNOTE_LIBRARY", address).env("XDG_DATA_HOME", self.library()),
            None => command.env("FOOTNOTE_LIBRARY", self.library()),
        };
        command.args(arguments);
        command
    }

    /// Adds a path and returns the summary.
    pub fn add(&self, path: &Path) -> Value {
        self.json(&["add", path.to_str().unwrap(), "--json"])
    }

    pub fn status(&self) -> Value {
        self.json(&["status", "--json"])
    }

    pub fn ask(&self, question: &str) -> Value {
        self.json(&["ask", question, "--json"])
    }

    /// The JSON of a command that must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", error_of(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// What a command said to the person.
pub fn error_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
