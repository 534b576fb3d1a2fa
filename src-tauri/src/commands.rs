//! What the window may call.

pub mod answering;
pub mod conversations;
pub mod indexing;
pub mod overview;
pub mod settings;
pub mod source;

use tauri::ipc::{Channel, IpcResponse};

/// Sends the engine's events to the window. A window that is gone needs none of them.
fn forward<Event: IpcResponse + Send + Sync + 'static>(
    channel: Channel<Event>,
) -> impl Fn(Event) + Send + Sync + 'static {
    move |event| drop(channel.send(event))
}
