//! Keys in the operating system's keychain.

use keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

/// What the keychain's entries belong to.
const SERVICE: &str = "Footnote";

/// Keeps secrets by name. Its calls block, and the system may ask the person to unlock it meanwhile.
pub trait Keychain: Send + Sync {
    /// The secret of this name; none where there is none, or no keychain.
    fn read(&self, name: &str) -> Option<SecretString>;

    /// Keeps a secret, in place of the one that had its name.
    ///
    /// # Errors
    /// The system has no keychain, or it stays locked.
    fn store(&self, name: &str, secret: &SecretString) -> Result<(), NoKeychain>;

    /// Forgets the secret of this name, if there is one.
    fn delete(&self, name: &str);
}

/// The system has no keychain, or it stays locked.
#[derive(Debug)]
pub struct NoKeychain;

/// The operating system's own: Keychain on macOS, Credential Manager on Windows, the Secret Service elsewhere.
#[derive(Debug)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn read(&self, name: &str) -> Option<SecretString> {
        entry(name).ok()?.get_password().ok().map(SecretString::from)
    }

    fn store(&self, name: &str, secret: &SecretString) -> Result<(), NoKeychain> {
        entry(name).and_then(|entry| entry.set_password(secret.expose_secret())).map_err(|_| NoKeychain)
    }

    fn delete(&self, name: &str) {
        if let Ok(entry) = entry(name) {
            // Without an entry there is nothing to forget.
            let _ = entry.delete_credential();
        }
    }
}

fn entry(name: &str) -> Result<Entry, Error> {
    Entry::new(SERVICE, name)
}

#[cfg(test)]
pub(crate) mod in_memory {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use super::{Keychain, NoKeychain, SecretString};

    /// A keychain that lasts as long as a test.
    #[derive(Default)]
    pub(crate) struct InMemory(pub(crate) Mutex<HashMap<String, SecretString>>);

    impl Keychain for InMemory {
        fn read(&self, name: &str) -> Option<SecretString> {
            self.0.lock().unwrap().get(name).cloned()
        }

        fn store(&self, name: &str, secret: &SecretString) -> Result<(), NoKeychain> {
            self.0.lock().unwrap().insert(name.to_owned(), secret.clone());
            Ok(())
        }

        fn delete(&self, name: &str) {
            self.0.lock().unwrap().remove(name);
        }
    }
}
