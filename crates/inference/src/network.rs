//! A network of the runtime, which is rten.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};

use crate::{InferenceError, ModelFolder};

/// A network in memory. Any number of threads may run it at once.
pub(crate) struct Network {
    name: String,
    model: Model,
    /// Of one thread each, those that no run uses now: without one of its own, runs would wait for each other.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Network {
    pub(crate) fn load(folder: &ModelFolder, file: &str) -> Result<Self, InferenceError> {
        let bytes = folder.read(file)?;
        let name = folder.manifest().name.clone();
        let model = ModelOptions::with_all_ops()
            .load(bytes)
            .map_err(|error| InferenceError::NotLoaded { model: name.clone(), reason: error.to_string() })?;
        Ok(Self { name, model, pools: Mutex::default() })
    }

    /// The first output for these inputs, its shape and its numbers. Inputs that the network has no use for are left
    /// out.
    pub(crate) fn run<const N: usize>(
        &self,
        inputs: Vec<(&str, Value)>,
    ) -> Result<([usize; N], Vec<f32>), InferenceError> {
        let known = |(name, value): (&str, Value)| Some((self.model.find_node(name)?, value.into()));
        let inputs: Vec<(NodeId, ValueOrView)> = inputs.into_iter().filter_map(known).collect();
        let outputs = self.model.output_ids().get(..1).ok_or_else(|| self.failed("it has no output"))?;
        let pool = self.pools().pop().unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
        let values = self.model.run(inputs, outputs, Some(options));
        self.pools().push(pool);
        let value = values.map_err(|error| self.failed(error))?.into_iter().next();
        let value = value.ok_or_else(|| self.failed("it gives no output"))?;
        value.into_shape_vec().map_err(|error| self.failed(error))
    }

    #[allow(clippy::needless_pass_by_value, reason = "errors are handed over as map_err gives them")]
    pub(crate) fn failed(&self, reason: impl ToString) -> InferenceError {
        InferenceError::Failed { model: self.name.clone(), reason: reason.to_string() }
    }

    fn pools(&self) -> MutexGuard<'_, Vec<Arc<ThreadPool>>> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
