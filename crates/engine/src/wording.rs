//! What people are told, in English, where a shell has no words of its own: on the command line and in logs. The window has
//! its words in `ui/src/words`.

mod ended;
mod errors;
mod explaining;
mod facts;
mod files;
mod ledger;
mod library;
mod local_models;
mod mended;
mod models;
mod nothing;
mod page_ranges;
mod places;
mod requests;
mod system;

pub use ended::ended;
pub use errors::error;
pub use explaining::explanation;
pub use facts::facts;
pub use files::{reason, unread, warning};
pub use ledger::{ledger_request, ledger_sum};
pub use mended::mended;
pub use nothing::why_nothing;
pub use page_ranges::page_ranges;
pub use places::{counted, coverage, page};
