//! What was asked, and what goes wrong next.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::Fault;

/// A request as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Path without the host.
    pub path: String,
    /// Header names and values, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; null if it is no JSON.
    pub body: Value,
}

#[derive(Debug, Default)]
pub(super) struct Record {
    requests: Mutex<Vec<Recorded>>,
    faults: Mutex<VecDeque<Fault>>,
    embedded_inputs: AtomicUsize,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
    disconnects: AtomicUsize,
    nanoseconds_at_work: AtomicU64,
}

impl Record {
    pub(super) fn add_request(&self, request: Recorded) {
        lock(&self.requests).push(request);
    }

    pub(super) fn requests(&self) -> Vec<Recorded> {
        lock(&self.requests).clone()
    }

    pub(super) fn add_fault(&self, fault: Fault) {
        lock(&self.faults).push_back(fault);
    }

    pub(super) fn forget_faults(&self) {
        lock(&self.faults).clear();
    }

    pub(super) fn next_fault(&self) -> Option<Fault> {
        lock(&self.faults).pop_front()
    }

    pub(super) fn add_embedded_inputs(&self, inputs: usize) {
        self.embedded_inputs.fetch_add(inputs, Ordering::Relaxed);
    }

    pub(super) fn embedded_inputs(&self) -> usize {
        self.embedded_inputs.load(Ordering::Relaxed)
    }

    /// Counts a request as under way until the guard is dropped.
    pub(super) fn enter(&self) -> InFlight<'_> {
        let now = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        self.most_in_flight.fetch_max(now, Ordering::Relaxed);
        InFlight(self)
    }

    pub(super) fn add_work(&self, time: Duration) {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds_at_work.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    pub(super) fn time_at_work(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds_at_work.load(Ordering::Relaxed))
    }

    pub(super) fn in_flight(&self) -> usize {
        self.in_flight.load(Ordering::Relaxed)
    }

    pub(super) fn most_in_flight(&self) -> usize {
        self.most_in_flight.load(Ordering::Relaxed)
    }

    pub(super) fn add_disconnect(&self) {
        self.disconnects.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn disconnects(&self) -> usize {
        self.disconnects.load(Ordering::Relaxed)
    }
}

/// A request under way; a client that leaves drops it too.
pub(super) struct InFlight<'a>(&'a Record);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
