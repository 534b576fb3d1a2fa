//! What there is: folders, their documents, and the pages and chunks of these.

mod chunks;
mod documents;
mod folders;
mod pages;
mod status;
mod store;

pub(crate) use chunks::{PLACE, pieces, place};
