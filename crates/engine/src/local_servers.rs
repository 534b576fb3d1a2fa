//! Servers of models on this computer, found at the ports that are known for them.

use std::time::Duration;

use ::endpoint::{Endpoint, ErrorKind, Ledger, Preset, Profile, Purpose, Retry, Timeouts};
use ::models::{is_named_embedder, is_named_reranker};
use futures::future::join_all;

use crate::Engine;
use crate::api::LocalServer;
use crate::configuring::preset_id;

/// A server on this computer that runs answers within milliseconds; one that is busy may take longer.
const PATIENCE: Duration = Duration::from_secs(1);

impl Engine {
    /// The servers on this computer that answer now, with the models they list. All that is sent is a request for the
    /// list, to each port that is known for such a server, at the same time and without a key.
    pub async fn local_servers(&self) -> Vec<LocalServer> {
        join_all(Preset::LOCAL.map(|preset| server(preset, preset.profile(), &self.keeper.notes)))
            .await
            .into_iter()
            .flatten()
            .collect()
    }
}

async fn server(preset: Preset, profile: Profile, ledger: &Ledger) -> Option<LocalServer> {
    let base_url = profile.base_url.clone();
    let name = profile.name.clone();
    let timeouts = Timeouts { connect: PATIENCE, first_byte: PATIENCE, idle: PATIENCE, whole: PATIENCE };
    let retry = Retry { times: 0, ..Retry::default() };
    let endpoint =
        Endpoint::new(Profile { timeouts, retry, ..profile }, ledger.clone(), Purpose::FindServers).ok()?;
    let (models, needs_key) = match endpoint.models().await {
        Ok(models) => (models.into_iter().map(|model| model.id).collect(), false),
        Err(error) if error.kind() == ErrorKind::Unauthorized => (Vec::new(), true),
        Err(_) => return None,
    };
    let (embedding_models, others): (Vec<String>, Vec<String>) =
        models.into_iter().partition(|model: &String| is_named_embedder(model));
    let chat_models = others.into_iter().filter(|model| !is_named_reranker(model)).collect();
    Some(LocalServer { preset: preset_id(preset), name, base_url, chat_models, embedding_models, needs_key })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use testkit::loopback::{CHAT_MODEL, EMBEDDING_MODEL, Fault, Loopback, Options};

    use super::*;

    fn at(loopback: &Loopback) -> Profile {
        Profile::new(loopback.base_url())
    }

    #[tokio::test]
    async fn a_server_is_found_by_its_list_of_models_and_sent_nothing_else() {
        let loopback = Loopback::start(Options::default()).unwrap();
        let found = server(Preset::Ollama, at(&loopback), &Ledger::unkept()).await.unwrap();
        assert_eq!((found.preset.as_str(), &found.base_url), ("ollama", &loopback.base_url()));
        assert!(found.chat_models.iter().any(|model| model == CHAT_MODEL), "{found:?}");
        assert_eq!((found.embedding_models, found.needs_key), (vec![EMBEDDING_MODEL.to_owned()], false));
        let requests = loopback.requests();
        let asked: Vec<_> = requests.iter().map(|request| (request.path.as_str(), &request.body)).collect();
        assert_eq!(asked, [("/v1/models", &serde_json::Value::Null)]);
        assert!(!requests[0].headers.iter().any(|(name, _)| name == "authorization"));
    }

    #[tokio::test]
    async fn what_hangs_fails_or_is_not_there_is_none() {
        let loopback = Loopback::start(Options::default()).unwrap();
        let started = Instant::now();
        for fault in [Fault::Hang, Fault::status(503, "Loading"), Fault::Body("<html></html>".to_owned())] {
            loopback.inject(fault);
            assert_eq!(server(Preset::Jan, at(&loopback), &Ledger::unkept()).await, None);
        }
        let address = at(&loopback);
        drop(loopback);
        assert_eq!(server(Preset::Jan, address, &Ledger::unkept()).await, None);
        assert!(started.elapsed() < 3 * PATIENCE);

        let locked = Loopback::start(Options { key: Some("sk".to_owned()), ..Options::default() }).unwrap();
        let found = server(Preset::LmStudio, at(&locked), &Ledger::unkept()).await.unwrap();
        assert!(found.needs_key && found.chat_models.is_empty(), "{found:?}");
    }
}
