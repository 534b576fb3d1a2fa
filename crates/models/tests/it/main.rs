//! The models of an endpoint, against the loopback endpoint, and those that a person installs.

mod chat_model;
mod embedder;
mod installing;
mod transcription;

use std::time::Duration;

use endpoint::{Endpoint, Ledger, Profile, Purpose, Retry};
use testkit::loopback::{Loopback, Options};

fn start(options: Options) -> (Loopback, Endpoint) {
    let server = Loopback::start(options).expect("the loopback starts");
    let profile = Profile {
        retry: Retry { times: 2, first_delay: Duration::from_millis(5) },
        ..Profile::new(server.base_url())
    };
    let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    (server, endpoint)
}
