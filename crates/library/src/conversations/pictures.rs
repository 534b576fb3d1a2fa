//! Pictures made of answers, kept with their conversation.

use rusqlite::params;

use super::MessageId;
use crate::{Library, Result};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Such as `image/png`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Library {
    /// Keeps a picture with a message. It goes when the conversation goes.
    ///
    /// # Errors
    /// The message is gone, or the library cannot be written.
    pub fn add_picture(&self, message: MessageId, picture: &Picture) -> Result<()> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO pictures (message_id, media_type, bytes) VALUES (?1, ?2, ?3)",
                params![message, picture.media_type, picture.bytes],
            )?;
            Ok(())
        })
    }

    /// The pictures of a message, in the order they were made.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn pictures(&self, message: MessageId) -> Result<Vec<Picture>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT media_type, bytes FROM pictures WHERE message_id = ?1 ORDER BY id")?
                .query_map([message], |row| Ok(Picture { media_type: row.get(0)?, bytes: row.get(1)? }))?
                .collect()
        })
    }
}
