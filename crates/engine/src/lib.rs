//! Puts the rooms together for a shell: settings, library, jobs, conversations, events.

pub mod api;
