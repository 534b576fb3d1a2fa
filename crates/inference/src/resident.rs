//! A model in memory for as long as it is used.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::InferenceError;

/// A model is given back when it has not been used for so long. Loading MiniLM again takes a tenth of a second.
pub(crate) const IDLE: Duration = Duration::from_secs(60);

/// Loads a model when it is first needed, and gives its memory back when it is idle.
pub(crate) struct Resident<T> {
    load: Box<dyn Fn() -> Result<T, InferenceError> + Send + Sync>,
    idle: Duration,
    slot: Arc<Mutex<Slot<T>>>,
}

struct Slot<T> {
    model: Option<Arc<T>>,
    used: Instant,
}

impl<T: Send + Sync + 'static> Resident<T> {
    pub(crate) fn new(
        idle: Duration,
        load: impl Fn() -> Result<T, InferenceError> + Send + Sync + 'static,
    ) -> Self {
        let slot = Slot { model: None, used: Instant::now() };
        Self { load: Box::new(load), idle, slot: Arc::new(Mutex::new(slot)) }
    }

    /// The model, loaded if it is not in memory.
    ///
    /// # Errors
    /// It cannot be loaded.
    pub(crate) fn get(&self) -> Result<Arc<T>, InferenceError> {
        let mut slot = lock(&self.slot);
        slot.used = Instant::now();
        if let Some(model) = &slot.model {
            return Ok(Arc::clone(model));
        }
        let model = Arc::new((self.load)()?);
        slot.model = Some(Arc::clone(&model));
        let (idle, watched) = (self.idle, Arc::downgrade(&self.slot));
        // Where no thread can be started, the model stays in memory.
        let _ = thread::Builder::new().name("idle-model".into()).spawn(move || give_back(&watched, idle));
        Ok(model)
    }
}

/// Ends when the model has been given back, or is not wanted any more.
fn give_back<T>(slot: &Weak<Mutex<Slot<T>>>, idle: Duration) {
    let mut wait = idle;
    loop {
        thread::sleep(wait);
        let Some(slot) = slot.upgrade() else { return };
        let mut slot = lock(&slot);
        let in_use = slot.model.as_ref().is_some_and(|model| Arc::strong_count(model) > 1);
        if in_use {
            slot.used = Instant::now();
        }
        wait = idle.saturating_sub(slot.used.elapsed());
        if wait.is_zero() {
            slot.model = None;
            return;
        }
    }
}

fn lock<T>(slot: &Mutex<Slot<T>>) -> MutexGuard<'_, Slot<T>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use super::*;

    #[test]
    fn a_model_is_loaded_once_kept_while_it_is_used_and_given_back_when_idle() {
        let loads = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&loads);
        let resident = Resident::new(Duration::from_millis(50), move || Ok(counted.fetch_add(1, SeqCst)));
        assert_eq!(loads.load(SeqCst), 0, "nothing is loaded before it is needed");
        let model = resident.get().expect("a model");
        let weak = Arc::downgrade(&model);
        thread::sleep(Duration::from_millis(200));
        assert_eq!(*resident.get().expect("a model"), 0, "it is in use");
        drop(model);
        let deadline = Instant::now() + Duration::from_secs(10);
        while weak.upgrade().is_some() {
            assert!(Instant::now() < deadline, "it is given back");
            thread::sleep(Duration::from_millis(60));
        }
        assert_eq!(*resident.get().expect("a model"), 1);
    }

    #[test]
    fn what_cannot_be_loaded_is_tried_again() {
        let resident = Resident::<()>::new(IDLE, || Err(InferenceError::Cancelled));
        assert!(resident.get().is_err() && resident.get().is_err());
    }
}
