//! Tells a client how far an answer is.

use std::time::Duration;

use engine::api::AnswerEvent;
use engine::wording::counted;
use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::RequestContext;
use rmcp::{Peer, RoleServer};
use tokio::sync::watch;

/// No notification comes sooner after the one before it. A client that waits for a sign of life waits much longer.
const PAUSE: Duration = Duration::from_millis(250);

/// What is to be told to a client that has asked to be told.
pub(crate) struct Progress {
    asked: Option<(Peer<RoleServer>, ProgressToken)>,
    now: watch::Sender<String>,
}

impl Progress {
    pub(crate) fn of(context: &RequestContext<RoleServer>) -> Self {
        let asked = context.meta.get_progress_token().map(|token| (context.peer.clone(), token));
        Self { asked, now: watch::Sender::new("Searching the documents".to_owned()) }
    }

    /// Takes in what happens.
    pub(crate) fn see(&self, event: &AnswerEvent) {
        let now = match event {
            AnswerEvent::Passages { passages } => {
                format!("Found {}", counted(passages.len() as u64, "passage"))
            }
            AnswerEvent::Reasoning { .. } => "The model is thinking".to_owned(),
            AnswerEvent::Token { .. } => "Writing the answer".to_owned(),
            _ => return,
        };
        self.now.send_replace(now);
    }

    /// Tells the client each new thing, the last one where several have come at once. Goes on until it is dropped.
    pub(crate) async fn tell(&self) {
        let Some((peer, token)) = &self.asked else { return std::future::pending().await };
        let mut now = self.now.subscribe();
        now.mark_changed();
        let mut told = 0_u32;
        while now.changed().await.is_ok() {
            told += 1;
            let message = now.borrow_and_update().clone();
            let said = ProgressNotificationParam::new(token.clone(), told.into()).with_message(message);
            // A client that is gone ends the call itself.
            let _ = peer.notify_progress(said).await;
            tokio::time::sleep(PAUSE).await;
        }
    }
}
