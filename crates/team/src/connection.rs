//! A pool of connections, and the transactions that go over them.
//!
//! Storage is synchronous here as elsewhere: the connections live on a small runtime of their own, and whoever calls waits.
//! (The synchronous `postgres` crate is the same with a runtime for each connection, and has no pool.)

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Transaction};
use library::{Error, Result, ServerRefusal};
use tokio::runtime::{self, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, IsolationLevel, NoTls, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Done, Failure, refused};
use crate::{Address, AddressError};

/// A member's computer seldom does more at once.
const CONNECTIONS: usize = 8;

/// To reach the server, and to get one of its connections while others use them.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a search may take at most, and what a change may: its longest transaction is one large document.
const LONGEST_READ: &str = "SET LOCAL statement_timeout = '30s'";
const LONGEST_WRITE: &str = "SET LOCAL statement_timeout = '10min'";

/// Without compiling statements at run time, which takes longer than ours do. After the tables, where the extension may be.
const SETTINGS: &str = "-c jit=off -c search_path=footnote,public,extensions";

/// A dead peer is noticed after about a minute, on either side.
const IDLE: Duration = Duration::from_secs(30);

pub(crate) struct Connections {
    runtime: Option<Runtime>,
    pool: Pool,
    server: String,
}

/// A transaction.
pub(crate) struct Session<'a>(Transaction<'a>);

impl Connections {
    pub fn open(address: &Address) -> Result<Self> {
        let server = address.server();
        let other = |source: Box<dyn std::error::Error + Send + Sync>| Error::Server {
            server: server.clone(),
            refusal: ServerRefusal::Other,
            source: Some(source),
        };
        let (mut config, stays_here) = address.config().map_err(|error: AddressError| other(error.into()))?;
        config
            .application_name("footnote")
            .connect_timeout(PATIENCE)
            .keepalives_idle(IDLE)
            .tcp_user_timeout(2 * IDLE)
            .options(SETTINGS);
        let manager = manager(config, stays_here).map_err(|error| other(error.into()))?;
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .build()
            .map_err(|error| other(error.into()))?;
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("team library")
            .enable_all()
            .build()
            .map_err(|error| other(error.into()))?;
        Ok(Self { runtime: Some(runtime), pool, server })
    }

    pub fn server(&self) -> &str {
        &self.server
    }

    /// Runs a query. It sees one state of the database, whatever is written meanwhile. Where the connection was lost it is asked
    /// once more.
    #[allow(clippy::needless_pass_by_value, reason = "a query is written where it is run")]
    pub fn read<T>(&self, query: impl AsyncFn(&Session<'_>) -> Done<T>) -> Result<T> {
        self.wait(async {
            match self.read_once(&query).await {
                Err(failure) if failure.is_lost_connection() => self.read_once(&query).await,
                answer => answer,
            }
        })
    }

    async fn read_once<T>(&self, query: &impl AsyncFn(&Session<'_>) -> Done<T>) -> Done<T> {
        let mut connection = self.pool.get().await?;
        let transaction = connection.build_transaction();
        let transaction = transaction.isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let session = Session(transaction.start().await?);
        session.run(LONGEST_READ).await?;
        let answer = query(&session).await?;
        session.0.commit().await?;
        Ok(answer)
    }

    /// Runs a change as one transaction: all of it is stored, or nothing.
    pub fn write<T>(&self, change: impl AsyncFnOnce(&Session<'_>) -> Done<T>) -> Result<T> {
        self.wait(async {
            let mut connection = self.pool.get().await?;
            let session = Session(connection.transaction().await?);
            session.run(LONGEST_WRITE).await?;
            let answer = change(&session).await?;
            session.0.commit().await?;
            Ok(answer)
        })
    }

    fn wait<T>(&self, work: impl Future<Output = Done<T>>) -> Result<T> {
        let Some(runtime) = &self.runtime else { return Err(refused(&self.server, ServerRefusal::Other)) };
        runtime.handle().block_on(work).map_err(|failure: Failure| failure.of(&self.server))
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        // Waiting for it is not allowed on an async thread, where the last owner may be.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Outside this computer a connection is encrypted, and the server's certificate is checked as the system does.
fn manager(mut config: Config, stays_here: bool) -> std::result::Result<Manager, rustls::Error> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    if stays_here {
        return Ok(Manager::from_config(config, NoTls, recycling));
    }
    config.ssl_mode(tokio_postgres::config::SslMode::Require);
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new(std::sync::Arc::clone(&provider))?;
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(std::sync::Arc::new(verifier))
        .with_no_client_auth();
    Ok(Manager::from_config(config, MakeRustlsConnect::new(tls), recycling))
}

/// A value of a statement.
pub(crate) type Value<'a> = &'a (dyn ToSql + Sync);

impl Session<'_> {
    /// All rows of a query.
    pub async fn rows(&self, query: &str, values: &[Value<'_>]) -> Done<Vec<Row>> {
        let statement = self.0.prepare_cached(query).await?;
        Ok(self.0.query(&statement, values).await?)
    }

    /// Its only row.
    pub async fn row(&self, query: &str, values: &[Value<'_>]) -> Done<Row> {
        let statement = self.0.prepare_cached(query).await?;
        Ok(self.0.query_one(&statement, values).await?)
    }

    /// Its only row, if there is one.
    pub async fn row_if_any(&self, query: &str, values: &[Value<'_>]) -> Done<Option<Row>> {
        let statement = self.0.prepare_cached(query).await?;
        Ok(self.0.query_opt(&statement, values).await?)
    }

    /// Changes rows, and says how many.
    pub async fn change(&self, statement: &str, values: &[Value<'_>]) -> Done<u64> {
        let statement = self.0.prepare_cached(statement).await?;
        Ok(self.0.execute(&statement, values).await?)
    }

    /// Runs statements that take and give nothing.
    pub async fn run(&self, statements: &str) -> Done<()> {
        Ok(self.0.batch_execute(statements).await?)
    }
}
