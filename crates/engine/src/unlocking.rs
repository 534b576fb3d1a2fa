//! Files that are locked with a password.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use library::ContentHash;
use secrecy::SecretString;

use crate::Engine;
use crate::api::{ApiError, IndexOutcome, RequestError, UnlockRequest, Unlocked};
use crate::errors::unreadable;
use crate::failures::of_document;
use crate::jobs::Work;
use crate::keychain::Keychain;
use crate::off_thread::off_thread;

/// The passwords of files, by the hash of their bytes: in the keychain, and those typed since Footnote was opened in
/// memory.
pub(crate) struct Passwords {
    keychain: Option<Arc<dyn Keychain>>,
    typed: Mutex<HashMap<ContentHash, SecretString>>,
}

impl Passwords {
    pub(crate) fn new(keychain: Option<Arc<dyn Keychain>>) -> Self {
        Self { keychain, typed: Mutex::default() }
    }

    /// May block until the person has unlocked the keychain.
    pub(crate) fn of(&self, content: ContentHash) -> Option<SecretString> {
        let typed = self.typed().get(&content).cloned();
        typed.or_else(|| self.keychain.as_ref()?.read(&name(content)))
    }

    /// Whether a keychain has taken it.
    fn remember(&self, content: ContentHash, password: &SecretString) -> bool {
        let stored = self.keychain.as_ref().map(|keychain| keychain.store(&name(content), password));
        matches!(stored, Some(Ok(())))
    }

    fn typed(&self) -> MutexGuard<'_, HashMap<ContentHash, SecretString>> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Under which the keychain keeps the password of a file.
fn name(content: ContentHash) -> String {
    let hash: String = content.0.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("document {hash}")
}

impl Engine {
    /// Reads a file in with its password, which stays in memory until the engine is dropped if it is the right one.
    /// Waits for its turn where a job is under way.
    ///
    /// # Errors
    /// There is no such file, the library or the embedding model fails, or indexing was cancelled. Another password
    /// than the file's is no error: see [`Unlocked`].
    pub async fn unlock_document(&self, request: UnlockRequest) -> Result<Unlocked, ApiError> {
        let UnlockRequest { path, password, remember } = request;
        let path = std::path::absolute(&path).map_err(|error| unreadable(&path, &error))?;
        let password = SecretString::from(password);
        let read = path.clone();
        let content =
            off_thread(move || ingest::content_hash(&read).map_err(|error| unreadable(&read, &error)));
        let content = content.await?;

        self.passwords.typed().insert(content, password.clone());
        let summary = self.run(Work::add(vec![path.clone()]), |_| {}).await;
        let passwords = Arc::clone(&self.passwords);
        let was_cancelled = summary.outcome == IndexOutcome::Cancelled;
        let unlocked = self.with_library(move |library| {
            let document = library.known_document(&path)?;
            let failure = document.as_ref().and_then(of_document);
            if failure.is_some() || was_cancelled {
                passwords.typed().remove(&content);
            }
            if was_cancelled {
                return Err(ApiError::from(RequestError::UnlockingStopped));
            }
            let remembered = remember && failure.is_none() && passwords.remember(content, &password);
            Ok(Unlocked { failure, remembered })
        });
        let unlocked = unlocked.await?;
        summary.error.map_or(Ok(unlocked), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keychain::in_memory::InMemory;
    use secrecy::ExposeSecret;

    #[test]
    fn a_remembered_password_is_found_by_the_files_content_after_a_restart() {
        let keychain = Arc::new(InMemory::default());
        let (file, other) = (ContentHash([7; 32]), ContentHash([8; 32]));
        let password = SecretString::from("harbour");
        assert!(Passwords::new(Some(keychain.clone())).remember(file, &password));
        let restarted = Passwords::new(Some(keychain));
        assert_eq!(restarted.of(file).unwrap().expose_secret(), "harbour");
        assert!(restarted.of(other).is_none());
        assert!(!Passwords::new(None).remember(file, &password));
    }

    #[test]
    fn a_request_can_be_logged() {
        let request = UnlockRequest { path: "a.pdf".into(), password: "harbour".to_owned(), remember: true };
        assert!(!format!("{request:?}").contains("harbour"));
    }
}
