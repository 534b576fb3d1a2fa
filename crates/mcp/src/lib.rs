//! The library for other programs' models, by the Model Context Protocol: tools that search, read and ask, and the
//! documents as resources.
//!
//! Nothing can be changed through it, and nothing that is asked is kept. Each result names its document by the path and
//! has a `footnote://` link, which is the document's resource, too, and opens it in the window.

mod arguments;
mod progress;
mod resources;
mod results;
mod server;
mod turns;

use std::sync::Arc;

use engine::Engine;
use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::io::{stdin, stdout};
use tokio::task::JoinError;
use tokio_util::io::InspectReader;
use tokio_util::sync::CancellationToken;

pub use server::Server;
pub use turns::Turns;

/// The connection was not kept to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The other program does not speak the protocol.
    #[error("the other program did not begin as the protocol asks")]
    NotBegun(#[source] Box<ServerInitializeError>),
    /// A fault of the server.
    #[error("the server ended in the midst of its work")]
    Crashed(#[from] JoinError),
}

/// Serves one program over standard input and output until it closes the input, which ends a question that is under way.
/// Nothing else may write to the output.
///
/// # Errors
/// The other program does not speak the protocol, or the server has a fault.
pub async fn serve_stdio(engine: Arc<Engine>) -> Result<(), Error> {
    let left = CancellationToken::new();
    let server = Server::new(engine, Turns::default(), left.clone());
    let input = InspectReader::new(stdin(), move |read: &[u8]| {
        if read.is_empty() {
            left.cancel();
        }
    });
    let running = match server.serve((input, stdout())).await {
        Ok(running) => running,
        Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(error) => return Err(Error::NotBegun(Box::new(error))),
    };
    running.waiting().await?;
    Ok(())
}

/// No call is as large as this, in bytes.
const LARGEST_CALL: usize = 1 << 20;

/// Serves programs over HTTP, each in a session of its own. Whoever mounts it sees to who may call.
pub fn http_service(engine: Arc<Engine>, turns: Turns) -> StreamableHttpService<Server, LocalSessionManager> {
    let settings = StreamableHttpServerConfig::default().with_max_request_body_bytes(LARGEST_CALL);
    let server = Server::new(engine, turns, CancellationToken::new());
    StreamableHttpService::new(move || Ok(server.clone()), Arc::default(), settings)
}
