//! How the table of commands becomes code.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Reply;
use crate::api::{ApiError, RequestError};

/// Makes of a table `run`, which the shells call, and for the tests `declared`, from which the client is written.
///
/// A command either gives one value (`call`), sends events while it runs (`stream`), or gives a file (`bytes`).
macro_rules! commands {
    (
        ($engine:ident, $shell:ident, $send:ident)
        $(
            $(#[doc = $doc:literal])*
            $kind:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block
        )*
    ) => {
        /// Runs the command of this name. `arguments` is a JSON object with the arguments by their names in camel
        /// case; `on_event` takes each event of a command that streams, as JSON, the last one before this returns.
        ///
        /// # Errors
        /// There is no such command, its arguments are others, or it failed.
        pub async fn run<S: Shell>(
            $engine: Arc<Engine>,
            $shell: Arc<S>,
            name: &str,
            arguments: serde_json::Value,
            on_event: impl Fn(String) + Send + Sync,
        ) -> Result<Reply, ApiError> {
            match name {
                $(stringify!($name) => {
                    #[derive(serde::Deserialize)]
                    #[serde(rename_all = "camelCase")]
                    struct Arguments { $($argument: $type),* }
                    let Arguments { $($argument),* } = declare::arguments(name, arguments)?;
                    commands!(@run $kind $send on_event $($result)? { $body })
                })*
                _ => Err(declare::unknown(name)),
            }
        }

        /// Whether the command of this name sends events before it ends.
        #[must_use]
        pub fn streams(name: &str) -> bool {
            match name {
                $(stringify!($name) => stringify!($kind) == "stream",)*
                _ => false,
            }
        }

        #[cfg(test)]
        fn declared() -> Vec<client::Declared> {
            vec![$(client::Declared {
                documentation: &[$($doc),*],
                kind: stringify!($kind),
                name: stringify!($name),
                arguments: vec![$((stringify!($argument), client::TypeScript::of::<$type>())),*],
                result: client::TypeScript::of::<commands!(@result $($result)?)>(),
            }),*]
        }
    };
    (@run call $send:ident $on_event:ident $result:ty { $body:block }) => {{
        let result: Result<$result, ApiError> = $body;
        declare::json(&result?)
    }};
    (@run stream $send:ident $on_event:ident $event:ty { $body:block }) => {{
        let $send = declare::sender::<$event>(&$on_event);
        let result: Result<(), ApiError> = $body;
        declare::json(&result?)
    }};
    (@run bytes $send:ident $on_event:ident { $body:block }) => { Ok(Reply::Bytes($body?)) };
    (@result $result:ty) => { $result };
    (@result) => { () };
}
pub(super) use commands;

pub(super) fn unknown(name: &str) -> ApiError {
    RequestError::UnknownCommand { name: name.to_owned() }.into()
}

/// What a command takes.
pub(super) fn arguments<T: DeserializeOwned>(name: &str, arguments: Value) -> Result<T, ApiError> {
    let taken = serde_json::from_value(arguments);
    taken.map_err(|error| {
        RequestError::OtherArguments { name: name.to_owned(), detail: error.to_string() }.into()
    })
}

/// What a command gives.
pub(super) fn json(value: &impl Serialize) -> Result<Reply, ApiError> {
    serde_json::to_string(value).map(Reply::Json).map_err(|_| ApiError::fault())
}

/// Sends events as JSON. The API's types are written without fail: there is nothing in them that JSON has no form for.
pub(super) fn sender<Event: Serialize>(
    on_event: &(impl Fn(String) + Send + Sync),
) -> impl Fn(Event) + Send + Sync {
    move |event| {
        if let Ok(event) = serde_json::to_string(&event) {
            on_event(event);
        }
    }
}
