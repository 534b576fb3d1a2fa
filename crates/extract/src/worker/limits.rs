//! Memory: how much this process holds, and a wall it cannot climb.

/// Address space that is reserved but never filled: stacks, code, the allocator's arenas.
#[cfg(unix)]
const RESERVED_BYTES: u64 = 2 << 30;

/// Physical memory held now, in bytes; 0 where the operating system does not tell.
pub(super) fn memory_bytes() -> u64 {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem as u64)
}

/// The second wall behind the watch over [`memory_bytes`], for memory that grows faster than it is watched: an
/// allocation beyond it fails and ends the process. Linux and the BSDs keep to it; macOS accepts it and does
/// not; on Windows there is only the watch.
#[cfg(unix)]
pub(super) fn limit_address_space(memory_bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let most = memory_bytes.saturating_add(RESERVED_BYTES);
    let maximum = getrlimit(Resource::As).maximum;
    let limit = Rlimit { current: Some(maximum.map_or(most, |maximum| maximum.min(most))), maximum };
    // A refusal leaves the first wall standing.
    let _ = setrlimit(Resource::As, limit);
}

#[cfg(not(unix))]
pub(super) fn limit_address_space(_memory_bytes: u64) {}
