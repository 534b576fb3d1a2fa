//! The address of a team's library, and its password, which is kept in the keychain alone.

use libraries::Library;
use secrecy::SecretString;

use crate::TeamAddress;
use crate::api::{ApiError, LibraryError};
use crate::keychain::Keychain;
use crate::off_thread::off_thread;

/// The address that a text is; `None` where it is meant as none.
///
/// # Errors
/// It is meant as one, and is none.
pub fn team_address(text: &str) -> Option<Result<TeamAddress, ApiError>> {
    let parsed = || text.parse::<TeamAddress>().map_err(|error| LibraryError::from(error).into());
    TeamAddress::is_meant(text).then(parsed)
}

/// Tries a password and has the keychain keep it for the next time. Returns whether it does.
///
/// # Errors
/// The library cannot be opened with it.
pub async fn join(
    address: TeamAddress,
    password: SecretString,
    keychain: impl Keychain + 'static,
) -> Result<bool, ApiError> {
    off_thread(move || {
        let name = address.to_string();
        Library::join(&address.with_password(password.clone()))?;
        Ok::<_, library::Error>(keychain.store(&name, &password).is_ok())
    })
    .await
}

/// With the password of the keychain, where the address has none itself.
pub(crate) fn with_password(address: TeamAddress, keychain: Option<&dyn Keychain>) -> TeamAddress {
    if address.password().is_some() {
        return address;
    }
    match keychain.and_then(|keychain| keychain.read(&address.to_string())) {
        Some(password) => address.with_password(password),
        None => address,
    }
}
