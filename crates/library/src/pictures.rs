//! Pictures made of answers, kept with their conversation.

use rusqlite::{OptionalExtension, params};

use crate::{Library, Message, MessageId, Result};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Such as `image/png`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Library {
    /// A message by its id.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT question, answer, created_at FROM messages WHERE id = ?1")?
                .query_row([id], |row| {
                    Ok(Message { id, question: row.get(0)?, answer: row.get(1)?, created_at: row.get(2)? })
                })
                .optional()
        })
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stays_with_its_message_and_goes_with_the_conversation() {
        let directory = tempfile::tempdir().unwrap();
        let library = Library::open(directory.path()).unwrap();
        let conversation = library.create_conversation("The light").unwrap();
        let message = library.append_message(conversation, "When?", "{}").unwrap();
        let picture = Picture { media_type: "image/png".to_owned(), bytes: b"\x89PNG".to_vec() };
        library.add_picture(message, &picture).unwrap();
        assert_eq!(library.pictures(message).unwrap(), [picture]);
        assert_eq!(library.message(message).unwrap().unwrap().question, "When?");
        library.delete_conversation(conversation).unwrap();
        assert_eq!(library.pictures(message).unwrap(), []);
    }
}
