//! `footnote serve`

use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use engine::Engine;
use serde_json::json;
use server::Token;
use tokio::net::TcpListener;

use crate::arguments::Serve;
use crate::output::{print_json, say};

pub(crate) async fn run(engine: Arc<Engine>, arguments: &Serve, as_json: bool) -> Result<ExitCode> {
    let own = std::env::var("FOOTNOTE_SERVER_TOKEN").ok().and_then(Token::of);
    let is_own = own.is_some();
    let token = own.unwrap_or_else(Token::random);
    let port = arguments.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
        format!("Port {port} cannot be used. Choose another with --port, or 0 for any that is free")
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    if as_json {
        let token = (!is_own).then(|| token.reveal());
        let (api, mcp) = (format!("{address}/v1"), format!("{address}/mcp"));
        print_json(&json!({ "base_url": api, "mcp": mcp, "token": token }))?;
    } else {
        let token = if is_own { "the one in FOOTNOTE_SERVER_TOKEN" } else { token.reveal() };
        say(&format!(
            "An API like OpenAI's, model \"footnote\": {address}/v1\nMCP: {address}/mcp\nToken: {token}\nCtrl-C ends it."
        ));
    }
    tokio::select! {
        served = server::serve(engine, listener, token) => served.context("The server has ended")?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(ExitCode::SUCCESS)
}
