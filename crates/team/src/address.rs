//! Where a team's library is: `postgres://member@host/database`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use secrecy::{ExposeSecret as _, SecretString};
use tokio_postgres::Config;
use tokio_postgres::config::Host;
use url::Url;

/// The address of a team's library. What is printed of it has no password.
#[derive(Clone)]
pub struct Address {
    url: Url,
    password: Option<SecretString>,
}

/// Why a text is no such address. It does not repeat the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin with `postgres://` or `postgresql://`, or names no host.
    #[error("the address is not of the form postgres://member@host/database")]
    Form,
    /// It asks for something of the connection that there is not, or turns encryption off.
    #[error("the address asks for what a connection cannot be given")]
    Setting,
}

impl Address {
    /// Whether a text is meant to be one.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// The password that stood in it.
    #[must_use]
    pub fn password(&self) -> Option<&SecretString> {
        self.password.as_ref()
    }

    /// The same with this password.
    #[must_use]
    pub fn with_password(self, password: SecretString) -> Self {
        Self { password: Some(password), ..self }
    }

    /// The host and the database, without the member.
    #[must_use]
    pub fn server(&self) -> String {
        let port = self.url.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{port}{}", self.url.host_str().unwrap_or_default(), self.url.path())
    }

    /// How to connect, and whether that stays on this computer.
    pub(crate) fn config(&self) -> Result<(Config, bool), AddressError> {
        let mut config = Config::from_str(self.url.as_str()).map_err(|_| AddressError::Setting)?;
        if let Some(password) = &self.password {
            config.password(password.expose_secret());
        }
        let is_here = |host: &Host| match host {
            Host::Tcp(name) => {
                name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            }
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        let stays_here =
            config.get_hosts().iter().all(is_here) && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
        Ok((config, stays_here))
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut url = Url::parse(text).map_err(|_| AddressError::Form)?;
        if !Self::is_meant(text) || url.cannot_be_a_base() {
            return Err(AddressError::Form);
        }
        let config = Config::from_str(text).map_err(|_| AddressError::Setting)?;
        let password = config.get_password().and_then(|password| std::str::from_utf8(password).ok());
        let password = password.map(SecretString::from);
        url.set_password(None).map_err(|()| AddressError::Form)?;
        Ok(Self { url, password })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(formatter)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_used_and_not_shown() {
        let address: Address = "postgres://ida:s%40fe@db.example.org:6432/papers".parse().unwrap();
        assert_eq!(address.to_string(), "postgres://ida@db.example.org:6432/papers");
        assert!(!format!("{address:?}").contains("fe@"));
        assert_eq!(address.server(), "db.example.org:6432/papers");
        let (config, stays_here) = address.config().unwrap();
        assert_eq!(config.get_password(), Some(b"s@fe".as_slice()));
        assert!(!stays_here);
    }

    #[test]
    fn what_is_no_address_is_not_repeated() {
        let refused = "postgres://ida:secret@host/papers?sslmode=never".parse::<Address>().unwrap_err();
        assert_eq!(refused, AddressError::Setting);
        assert!(!refused.to_string().contains("secret"));
        assert_eq!("mysql://host/papers".parse::<Address>().unwrap_err(), AddressError::Form);
    }

    #[test]
    fn loopback_stays_on_this_computer() {
        for address in [
            "postgres://ida@127.0.0.1/papers",
            "postgres://localhost:5433/papers",
            "postgres://ida@[::1]/papers",
        ] {
            let (_, stays_here) = address.parse::<Address>().unwrap().config().unwrap();
            assert!(stays_here, "{address}");
        }
        let elsewhere = "postgres://ida@localhost/papers?hostaddr=203.0.113.5".parse::<Address>().unwrap();
        assert!(!elsewhere.config().unwrap().1, "the name is not what is connected to");
    }
}
