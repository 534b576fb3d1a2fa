//! Prints the base URL of a loopback endpoint and runs it until it is killed.

use std::io::{self, Write};
use std::time::Duration;

use clap::Parser;
use testkit::loopback::{Loopback, Options};

/// An OpenAI-compatible endpoint on this computer that serves the built-in models.
#[derive(Debug, Parser)]
struct Flags {
    /// Any free port where it is 0
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The key to ask for; none if it is not given
    #[arg(long)]
    key: Option<String>,
    /// Between two events of a stream
    #[arg(long, default_value_t = 0)]
    token_delay_ms: u64,
}

fn main() -> io::Result<()> {
    let flags = Flags::parse();
    let options = Options {
        port: flags.port,
        key: flags.key,
        token_delay: Duration::from_millis(flags.token_delay_ms),
        ..Options::default()
    };
    let endpoint = Loopback::start(options)?;
    writeln!(io::stdout(), "{}", endpoint.base_url())?;
    loop {
        std::thread::park();
    }
}
