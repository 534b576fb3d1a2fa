//! Brings the window's commands to the engine.

use std::sync::Arc;

use engine::api::ApiError;
use engine::api::commands::{Reply, run, run_unopened};
use serde_json::Value;
use tauri::ipc::{
    Channel, Invoke, InvokeBody, InvokeError, InvokeMessage, InvokeResponseBody, JavaScriptChannelId,
    Response,
};
use tauri::{AppHandle, Manager, Wry};

use crate::desktop::Desktop;
use crate::state::{AppState, library_directory};

/// The argument by which a command that streams names the channel of its events.
const CHANNEL: &str = "onEvent";

/// Runs a command of the engine's table, whichever it is.
pub fn handle(Invoke { message, resolver, .. }: Invoke<Wry>) -> bool {
    let app = message.webview_ref().app_handle().clone();
    let command = message.command().to_owned();
    let InvokeBody::Json(arguments) = message.payload() else { return false };
    let (arguments, channel) = (arguments.clone(), channel(&message));
    resolver.respond_async(async move {
        match reply(app, &command, arguments, channel).await {
            Ok(Reply::Json(value)) => Ok(Response::new(value)),
            Ok(Reply::Bytes(bytes)) => Ok(Response::new(bytes)),
            Err(error) => Err(InvokeError::from(error)),
        }
    });
    true
}

async fn reply(
    app: AppHandle,
    command: &str,
    arguments: Value,
    channel: Option<Channel<InvokeResponseBody>>,
) -> Result<Reply, ApiError> {
    let opened = app.state::<AppState>().engine().await;
    // A window that is gone needs no events.
    let send = |event: String| channel.as_ref().map(|channel| channel.send(InvokeResponseBody::Json(event)));
    let on_event = |event| drop(send(event));
    let reply = match opened {
        Ok(engine) => run(engine, Arc::new(Desktop(app)), command, arguments, on_event).await?,
        Err(error) => {
            let reply = run_unopened(library_directory()?, command, arguments, on_event).await;
            reply.unwrap_or(Err(error))?
        }
    };
    // Events may reach the window after the reply: this one is their last.
    drop(send("null".to_owned()));
    Ok(reply)
}

fn channel(message: &InvokeMessage<Wry>) -> Option<Channel<InvokeResponseBody>> {
    let InvokeBody::Json(arguments) = message.payload() else { return None };
    let id: JavaScriptChannelId = arguments.get(CHANNEL)?.as_str()?.parse().ok()?;
    Some(id.channel_on(message.webview()))
}
