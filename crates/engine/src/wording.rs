//! What people are told, in English, where a shell has no words of its own: on the command line and in logs. The window has
//! its words in `ui/src/words`.

mod files;
mod page_ranges;

pub use files::{reason, unread, warning};
pub use page_ranges::page_ranges;
