//! A picture of an answer.

use answer::{picture_prompt, without_markers};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use library::MessageId;

use crate::Engine;
use crate::api::{ApiError, Picture, PictureRequest};

impl Engine {
    /// Makes a picture of an answer and keeps it with the conversation.
    ///
    /// # Errors
    /// The answer is gone, no image model is set, the endpoint fails, or the library cannot be written.
    pub async fn picture(&self, request: PictureRequest) -> Result<Picture, ApiError> {
        let id = MessageId(request.message);
        let (question, answer) = self.answered(id).await?;
        let prompt = picture_prompt(&question, &without_markers(&answer.text));
        let image = self.image(&prompt, None).await?;
        let picture = library::Picture { media_type: image.media_type.to_owned(), bytes: image.bytes };
        let shown = shown_picture(&picture);
        self.with_library(move |library| library.add_picture(id, &picture)).await?;
        Ok(shown)
    }
}

/// A stored picture as a shell shows it.
pub(crate) fn shown_picture(picture: &library::Picture) -> Picture {
    Picture { media_type: picture.media_type.clone(), base64: STANDARD.encode(&picture.bytes) }
}
