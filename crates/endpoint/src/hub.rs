//! A model hub: which files a model has, and their bytes. Hugging Face and its mirrors serve them so.

use std::time::Duration;

use bytes::Bytes;
use futures::Stream;
use reqwest::StatusCode;
use reqwest::header::RANGE;
use reqwest::redirect::{Attempt, Policy};
use serde::Deserialize;
use url::Url;

use crate::base_url::is_loopback;
use crate::ledger::{Ledger, Purpose, Sent};
use crate::response::{Context, Response};
use crate::retry::{Repeat, Waiting, with_retries};
use crate::usage::Counted;
use crate::{Call, Error, Operation, ProfileFault, Retry, Timeouts};

/// The hub that is asked unless another one is named.
pub const HUGGING_FACE: &str = "https://huggingface.co";

/// A file of some gigabytes over a slow line takes hours; a line that stands still is noticed by the idle time.
const WHOLE_FILE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// A hub answers at once, or not at all: it has no model to load.
const FIRST_BYTE: Duration = Duration::from_secs(60);
/// Hugging Face sends a request on to its store of large files, and one for an old name to the new one.
const MOST_REDIRECTS: usize = 5;

/// A model hub. It is sent names of models and of their files; no key and no text.
#[derive(Debug, Clone)]
pub struct Hub {
    address: Url,
    client: reqwest::Client,
    ledger: Ledger,
}

/// A model on a hub, as it stood when it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubModel {
    /// Its name, as in `BAAI/bge-small-en-v1.5`.
    pub name: String,
    /// The commit: its files are those and no others.
    pub revision: String,
    /// Its files.
    pub files: Vec<HubFile>,
}

/// A file of a model on a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubFile {
    /// Its path in the model's folder, with `/`.
    pub path: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// What its bytes must give.
    pub checksum: HubChecksum,
}

/// A checksum, in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HubChecksum {
    /// SHA-256, of files that are kept outside of git.
    Sha256(String),
    /// SHA-1 of the bytes with git's header for a blob in front.
    GitBlob(String),
}

/// The rest of a file, as it arrives.
pub struct Download<S> {
    /// Where it begins: 0, although more was known, from a hub that serves whole files only.
    pub from: u64,
    /// Its pieces. A connection that breaks off is the last one.
    pub pieces: S,
}

#[derive(Deserialize)]
struct Listing {
    sha: String,
    siblings: Vec<Sibling>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sibling {
    #[serde(rename = "rfilename")]
    path: String,
    size: u64,
    blob_id: String,
    lfs: Option<LargeFile>,
}

#[derive(Deserialize)]
struct LargeFile {
    sha256: String,
}

impl Counted for Listing {}

impl Hub {
    /// Sets up the client; calls nothing yet. Each request is noted in `ledger`.
    ///
    /// # Errors
    /// The address is none of HTTP.
    pub fn new(address: &str, ledger: Ledger) -> Result<Self, Error> {
        let address = Url::parse(address.trim()).ok();
        let is_usable = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        let address = address.filter(is_usable).ok_or_else(|| Error::profile(ProfileFault::BaseUrl))?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("footnote/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Timeouts::default().connect)
            .redirect(Policy::custom(follow_but_stay_encrypted));
        if is_loopback(&address) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|_| Error::profile(ProfileFault::Client))?;
        Ok(Self { address, client, ledger })
    }

    /// The name of its computer.
    #[must_use]
    pub fn host(&self) -> &str {
        self.address.host_str().unwrap_or_default()
    }

    /// A model's files, with what to check them by.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn model(&self, name: &str) -> Result<HubModel, Error> {
        let mut url = self.url(&format!("api/models/{name}/revision/main"));
        url.set_query(Some("blobs=true"));
        let listing: Listing =
            with_retries(Retry::default(), Repeat::Passing, &Waiting::default(), || async {
                self.get(name, &url, None).await?.json().await
            })
            .await?;
        let file = |Sibling { path, size, blob_id, lfs }| HubFile {
            path,
            bytes: size,
            checksum: match lfs {
                Some(large) => HubChecksum::Sha256(large.sha256),
                None => HubChecksum::GitBlob(blob_id),
            },
        };
        let files = listing.siblings.into_iter().map(file).collect();
        Ok(HubModel { name: name.to_owned(), revision: listing.sha, files })
    }

    /// The bytes of a file from this one on.
    ///
    /// # Errors
    /// Any [`crate::ErrorKind`].
    pub async fn download(
        &self,
        model: &HubModel,
        path: &str,
        from: u64,
    ) -> Result<Download<impl Stream<Item = Result<Bytes, Error>> + Send + use<>>, Error> {
        let url = self.url(&format!("{}/resolve/{}/{path}", model.name, model.revision));
        let rest = (from > 0).then(|| format!("bytes={from}-"));
        let response = with_retries(Retry::default(), Repeat::Passing, &Waiting::default(), || {
            self.get(&model.name, &url, rest.as_deref())
        })
        .await?;
        let is_the_rest = response.exchange().status == StatusCode::PARTIAL_CONTENT.as_u16();
        Ok(Download { from: if is_the_rest { from } else { 0 }, pieces: response.into_pieces() })
    }

    async fn get(&self, model: &str, url: &Url, range: Option<&str>) -> Result<Response, Error> {
        let mut request = self.client.get(url.clone());
        if let Some(range) = range {
            request = request.header(RANGE, range);
        }
        let timeouts = Timeouts { first_byte: FIRST_BYTE, whole: WHOLE_FILE, ..Timeouts::default() };
        // Whoever takes a file knows how long it must be.
        let most = usize::MAX;
        let context = Context {
            call: Call::new(Operation::Models, url),
            sent: Sent { model: Some(model.to_owned()), ..Sent::new(url, Purpose::FetchModel, None) },
            ledger: self.ledger.clone(),
            key: None,
            timeouts,
            most,
            slot: None,
        };
        Response::begin(request, context).await
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.address.clone();
        url.set_path(&format!("{}/{path}", self.address.path().trim_end_matches('/')));
        url
    }
}

/// A redirect may lead anywhere, as to a hub's store of large files: what is sent is known to everybody. What comes back
/// is not to be changed on its way.
fn follow_but_stay_encrypted(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let was_encrypted = attempt.previous().last().is_some_and(|from| from.scheme() == "https");
    let stays = !was_encrypted || attempt.url().scheme() == "https";
    if stays && attempt.previous().len() <= MOST_REDIRECTS { attempt.follow() } else { attempt.stop() }
}
