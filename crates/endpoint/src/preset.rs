//! Profiles of well-known endpoints, to begin with.

use serde::{Deserialize, Serialize};

use crate::{AuthScheme, Paths, Profile};

/// A well-known endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// DeepInfra.
    #[serde(rename = "deepinfra")]
    DeepInfra,
    /// OpenAI.
    #[serde(rename = "openai")]
    OpenAi,
    /// A gateway with `x-api-key` and `/v4/beta/chat/completions`, at an address of one's own.
    Gateway,
    /// Ollama on this computer.
    Ollama,
    /// LM Studio on this computer.
    LmStudio,
    /// llama.cpp's server on this computer.
    LlamaCpp,
    /// Jan on this computer.
    Jan,
    /// GPT4All on this computer.
    #[serde(rename = "gpt4all")]
    Gpt4All,
    /// vLLM on this computer.
    Vllm,
    /// OpenRouter.
    #[serde(rename = "openrouter")]
    OpenRouter,
    /// Any other.
    Custom,
}

impl Preset {
    /// All of them, in the order in which to offer them.
    pub const ALL: [Self; 11] = [
        Self::DeepInfra,
        Self::OpenAi,
        Self::OpenRouter,
        Self::Gateway,
        Self::Ollama,
        Self::LmStudio,
        Self::LlamaCpp,
        Self::Jan,
        Self::Gpt4All,
        Self::Vllm,
        Self::Custom,
    ];

    /// Those that people run on their own computer, at a port that is known for it.
    pub const LOCAL: [Self; 5] = [Self::Ollama, Self::LmStudio, Self::LlamaCpp, Self::Jan, Self::Gpt4All];

    /// Whether the endpoint answers nobody without a key.
    #[must_use]
    pub fn needs_key(self) -> bool {
        matches!(self, Self::DeepInfra | Self::OpenAi | Self::OpenRouter | Self::Gateway)
    }

    /// What is known of it. Models are named where there is an obvious first choice; an address that is a
    /// person's own is empty.
    #[must_use]
    pub fn profile(self) -> Profile {
        let model = |name: &str| Some(name.to_owned());
        match self {
            Self::DeepInfra => Profile {
                chat_model: model("meta-llama/Meta-Llama-3-8B-Instruct"),
                embedding_model: model("BAAI/bge-large-en-v1.5"),
                image_model: model("black-forest-labs/FLUX-1-schnell"),
                ..named("DeepInfra", "https://api.deepinfra.com/v1/openai")
            },
            Self::OpenAi => Profile {
                chat_model: model("gpt-4o-mini"),
                embedding_model: model("text-embedding-3-small"),
                image_model: model("gpt-image-1"),
                vision_model: model("gpt-4o-mini"),
                ..named("OpenAI", "https://api.openai.com/v1")
            },
            Self::OpenRouter => named("OpenRouter", "https://openrouter.ai/api/v1"),
            Self::Gateway => Profile {
                auth: AuthScheme::Header("x-api-key".to_owned()),
                paths: Paths { chat: "/v4/beta/chat/completions".to_owned(), ..Paths::default() },
                ..named("Gateway", "")
            },
            Self::Ollama => local("Ollama", "http://localhost:11434/v1"),
            Self::LmStudio => local("LM Studio", "http://localhost:1234/v1"),
            Self::LlamaCpp => local("llama.cpp", "http://localhost:8080/v1"),
            Self::Jan => local("Jan", "http://localhost:1337/v1"),
            Self::Gpt4All => local("GPT4All", "http://localhost:4891/v1"),
            Self::Vllm => named("vLLM", "http://localhost:8000/v1"),
            Self::Custom => named("", ""),
        }
    }
}

fn named(name: &str, base_url: &str) -> Profile {
    Profile { name: name.to_owned(), ..Profile::new(base_url) }
}

/// Servers for one person work on one or two requests at a time and let the others wait.
fn local(name: &str, base_url: &str) -> Profile {
    Profile { concurrency: 2, ..named(name, base_url) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Endpoint, Ledger, Purpose};

    #[test]
    fn every_preset_with_an_address_can_be_called() {
        for preset in Preset::ALL {
            let profile = preset.profile();
            let has_address = !profile.base_url.is_empty();
            assert_eq!(
                Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).is_ok(),
                has_address,
                "{preset:?}"
            );
        }
    }
}
