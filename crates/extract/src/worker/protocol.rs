//! What passes between parent and worker: frames of a length (four bytes, little endian) and a postcard value.

use std::ffi::OsString;
use std::io::{self, Read, Write};

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};

use crate::formats::{DocumentInfo, Engines};
use crate::{ExtractError, Page, PagePicture, Transcript};

/// More than any page of text takes; a larger length means that the stream is out of step.
const LARGEST_FRAME: u32 = 1 << 30;

/// One file, and what to do with it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// Its path; not text, because paths need not be.
    pub path: OsString,
    #[serde(serialize_with = "exposed")]
    pub password: Option<SecretString>,
    pub task: Task,
}

/// What to do with a file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Read all of its pages.
    Read {
        engines: Engines,
        /// What is known of pages that are pictures.
        transcripts: Vec<Transcript>,
    },
    /// Draw one of its pages, counted from 1.
    Draw { page: u32 },
}

/// The pipe is the one place that a password goes to; it is never written elsewhere.
fn exposed<S: Serializer>(password: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    password.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

/// The worker's side: any number of pages or a picture, then the end.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    Page(Page),
    /// A page is being recognised, which takes long.
    Recognising,
    Picture(PagePicture),
    Finished {
        #[serde(with = "in_json")]
        result: Result<DocumentInfo, ExtractError>,
        /// Whether the reader gave up in the midst of it, without a reason of its own.
        panicked: bool,
        /// What the worker holds after this file.
        memory_bytes: u64,
    },
}

/// What postcard cannot read back: enums that hold their code as a field.
mod in_json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serde_json::to_string(value).map_err(S::Error::custom)?.serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

pub(crate) fn write_frame(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_stdvec(value).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// The end of the stream is an error of kind [`io::ErrorKind::UnexpectedEof`].
pub(crate) fn read_frame<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LARGEST_FRAME {
        return Err(io::Error::other(format!("a frame of {length} bytes")));
    }
    let mut bytes = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut bytes)?;
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}
