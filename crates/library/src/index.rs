//! The vector index in memory, as a follower of the table of vectors.
//!
//! Vectors get ever larger ids and never change. So the index needs to know only the largest one it has taken in
//! to catch up, whichever process wrote the rest. What was removed stays in it and is left out when what it finds
//! is looked up in the database.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use rusqlite::{Connection, params};
use vectors::{DamagedSegment, Lost, Origin, SaveError, VectorError, VectorIndex};

use crate::connection::{Connections, identity};
use crate::search::InScope;
use crate::spaces::active;
use crate::vector_store::{from_blob, last_vector};
use crate::{EmbeddingSpace, Error, Library, Result, SpaceId};

/// How the index came to be in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexOrigin {
    /// Read from its files, which lacked nothing.
    Loaded,
    /// Read from its files, and the vectors stored since taken from the database.
    CaughtUp {
        /// How many those were.
        added: usize,
    },
    /// Built from the vectors in the database, all of it or what was damaged.
    Rebuilt {
        /// What was wrong with its files.
        reason: String,
    },
}

/// The state of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexReport {
    /// How it came to be in memory.
    pub origin: IndexOrigin,
    /// How many vectors it holds now.
    pub count: usize,
    /// How long that took when the library was opened.
    pub seconds: f64,
}

pub(crate) struct Index {
    directory: PathBuf,
    following: RwLock<Option<Following>>,
    /// Held while segments are written, which goes on beside searches and changes.
    saving: Mutex<()>,
}

/// The index of one space.
pub(crate) struct Following {
    pub space: SpaceId,
    pub vectors: VectorIndex,
    pub in_scope: Mutex<Option<InScope>>,
    directory: PathBuf,
    owner: String,
    /// The largest id of any vector that was there when it was last brought up to date.
    revision: u64,
    /// What its files hold; `None` when they are not to be used.
    saved: Option<Extent>,
    /// How often vectors of damaged segments were taken back: what was planned before is out of date then.
    mended: usize,
    origin: IndexOrigin,
    seconds: f64,
}

/// How much an index holds. Two indexes of one owner and of the same extent are the same.
#[derive(PartialEq, Eq)]
struct Extent {
    revision: u64,
    vectors: usize,
}

impl Index {
    pub fn open(directory: &Path, connections: &Connections) -> Result<Self> {
        let index =
            Self { directory: directory.to_owned(), following: RwLock::new(None), saving: Mutex::new(()) };
        index.follow(connections)?;
        Ok(index)
    }

    pub fn read(&self) -> RwLockReadGuard<'_, Option<Following>> {
        self.following.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Following>> {
        self.following.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings the index up to the database's state: another active space, or vectors stored since.
    pub fn follow(&self, connections: &Connections) -> Result<()> {
        let (identity, active, last) = connections
            .read(|connection| Ok((identity(connection)?, active(connection)?, last_vector(connection)?)))?;
        let Some((space, description)) = active else {
            *self.write() = None;
            return Ok(());
        };
        let owner = owner(&identity, space);
        let is_current = |following: &Following| following.owner == owner && following.revision >= last;
        if self.read().as_ref().is_some_and(is_current) {
            return Ok(());
        }
        let mut following = self.write();
        if let Some(following) = following.as_mut().filter(|following| following.owner == owner) {
            return following.catch_up(connections).map(|_| ());
        }
        // Searches go on in the former space while the other one is opened.
        drop(following);
        let mut opened = Following::open(&self.directory, (space, owner), &description, connections)?;
        let mut following = self.write();
        opened.catch_up(connections)?;
        *following = Some(opened);
        Ok(())
    }

    /// Takes in vectors just stored, `before` being the largest id before them. Where the index lacks others too,
    /// it is brought up to date by the next search.
    pub fn take_in(&self, owner: &str, before: u64, vectors: &[(u64, &[f32])]) -> Result<()> {
        let mut following = self.write();
        let Some(following) = following.as_mut().filter(|following| following.owner == owner) else {
            return Ok(());
        };
        let Some((last, _)) = vectors.last().filter(|_| following.revision == before) else { return Ok(()) };
        for (id, vector) in vectors {
            following.vectors.insert(*id, vector)?;
        }
        following.revision = *last;
        Ok(())
    }

    /// Leaves out vectors that are no longer in the database.
    pub fn leave_out(&self, vectors: &[u64]) {
        if let Some(following) = self.write().as_mut() {
            for &id in vectors {
                following.vectors.remove(id);
            }
        }
    }

    /// Takes the vectors of a damaged segment from the database again.
    pub fn mend(&self, damaged: &DamagedSegment, connections: &Connections) -> Result<()> {
        let mut following = self.write();
        let Some(following) = following.as_mut() else { return Ok(()) };
        // Another search may have done so.
        following.vectors.discard(damaged).map_or(Ok(()), |lost| following.take_back(lost, connections))
    }

    /// Writes what its files do not hold. Searches and changes wait only while it is put in place. Where it is another index
    /// by then, or was mended, that is left to the next time.
    fn save(&self, is_cancelled: &(dyn Fn() -> bool + Sync)) -> std::result::Result<(), SaveError> {
        let (plan, directory, origin, mended) = {
            let following = self.read();
            let Some(following) = following.as_ref() else { return Ok(()) };
            let origin = Origin { owner: following.owner.clone(), revision: following.revision };
            (following.vectors.plan(), following.directory.clone(), origin, following.mended)
        };
        let written = plan.map(|plan| plan.write(&directory, &origin.owner, is_cancelled)).transpose()?;
        let mut following = self.write();
        let is_same =
            |following: &&mut Following| following.owner == origin.owner && following.mended == mended;
        let Some(following) = following.as_mut().filter(is_same) else { return Ok(()) };
        let is_new = written.is_some();
        written.into_iter().for_each(|written| following.vectors.adopt(written));
        let extent = Extent { revision: origin.revision, vectors: following.vectors.len() };
        if is_new || following.saved.as_ref() != Some(&extent) {
            following.vectors.commit(&directory, &origin)?;
            following.saved = Some(extent);
        }
        Ok(())
    }

    /// Looks at all that its files hold, and whether that is what the database does; what is damaged or lacking is taken from
    /// there. Returns whether anything was, also when it was opened.
    pub fn check(&self, connections: &Connections) -> Result<bool> {
        self.follow(connections)?;
        let mut is_mended =
            self.report().is_some_and(|report| matches!(report.origin, IndexOrigin::Rebuilt { .. }));
        let stored = match self.read().as_ref() {
            Some(following) => following.stored(connections)?,
            None => return Ok(is_mended),
        };
        while let Some(damaged) = self.damaged(&stored)? {
            self.mend(&damaged, connections)?;
            is_mended = true;
        }
        let mut following = self.write();
        let Some(following) = following.as_mut() else { return Ok(is_mended) };
        let holds_all = stored.iter().all(|id| following.vectors.holds(*id));
        if holds_all && following.vectors.len() == stored.len() {
            return Ok(is_mended);
        }
        following.rebuild("it holds other vectors than the database".to_owned(), connections)?;
        Ok(true)
    }

    /// A search that is to find any of these looks at each of their codes, and at the checksum of each segment first.
    fn damaged(&self, ids: &[u64]) -> Result<Option<DamagedSegment>> {
        let following = self.read();
        let Some(following) = following.as_ref() else { return Ok(None) };
        let anywhere = vec![1.0; following.vectors.dimensions()];
        match following.vectors.search(&anywhere, 1, Some(ids)) {
            Err(VectorError::Damaged(damaged)) => Ok(Some(damaged)),
            Err(error) => Err(error.into()),
            Ok(_) => Ok(None),
        }
    }

    pub fn report(&self) -> Option<IndexReport> {
        self.read().as_ref().map(|following| IndexReport {
            origin: following.origin.clone(),
            count: following.vectors.len(),
            seconds: following.seconds,
        })
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    pub fn directory_of(&self, space: SpaceId) -> PathBuf {
        self.directory.join(space.0.to_string())
    }
}

impl Following {
    /// Loads the index of a space and brings it up to date, or builds it again.
    fn open(
        parent: &Path,
        (space, owner): (SpaceId, String),
        description: &EmbeddingSpace,
        connections: &Connections,
    ) -> Result<Self> {
        let start = Instant::now();
        let directory = parent.join(space.0.to_string());
        let loaded = VectorIndex::load(&directory, &owner, description.dimensions);
        let mut following = Self {
            space,
            vectors: VectorIndex::new(description.dimensions),
            in_scope: Mutex::new(None),
            directory,
            owner,
            revision: 0,
            saved: None,
            mended: 0,
            origin: IndexOrigin::Loaded,
            seconds: 0.0,
        };
        let unusable = match loaded {
            Ok((vectors, revision, lost)) => {
                following.vectors = vectors;
                following.revision = revision;
                following.saved = Some(following.extent());
                let added = following.catch_up(connections)?;
                if added > 0 {
                    following.origin = IndexOrigin::CaughtUp { added };
                }
                lost.into_iter().try_for_each(|lost| following.take_back(lost, connections))?;
                following.doubt(connections)?
            }
            Err(error) => Some(error.to_string()),
        };
        if let Some(reason) = unusable {
            following.rebuild(reason, connections)?;
        }
        following.seconds = start.elapsed().as_secs_f64();
        let rebuilt = matches!(following.origin, IndexOrigin::Rebuilt { .. });
        tracing::info!(
            rebuilt,
            count = following.vectors.len(),
            seconds = following.seconds,
            "vector index opened"
        );
        Ok(following)
    }

    /// Takes in all vectors stored since. Returns how many.
    fn catch_up(&mut self, connections: &Connections) -> Result<usize> {
        let (before, last) = (self.vectors.len(), connections.read(last_vector)?);
        self.take_in(self.revision + 1..=last, connections)?;
        self.revision = self.revision.max(last);
        Ok(self.vectors.len() - before)
    }

    fn take_back(&mut self, lost: Lost, connections: &Connections) -> Result<()> {
        tracing::warn!("a damaged part of the vector index is read from the database again");
        self.saved = None;
        self.mended += 1;
        self.take_in(lost.ids, connections)?;
        self.origin = IndexOrigin::Rebuilt { reason: lost.reason };
        Ok(())
    }

    /// Takes in those of these vectors that it does not hold.
    fn take_in(&mut self, ids: RangeInclusive<u64>, connections: &Connections) -> Result<()> {
        let mut failed = None;
        connections.read(|connection| {
            for_each_vector(connection, (self.space, self.vectors.dimensions()), ids, |id, vector| {
                if !self.vectors.holds(id)
                    && let Err(error) = self.vectors.insert(id, vector)
                {
                    failed = Some(error);
                }
            })
        })?;
        // A vector that was stored with the wrong dimensions cannot come from this library.
        failed.map_or(Ok(()), Err)?;
        Ok(())
    }

    /// Why the index cannot be what the database holds, once it has caught up.
    fn doubt(&self, connections: &Connections) -> Result<Option<String>> {
        let (last, count): (u64, usize) = connections.read(|connection| {
            let count = connection.query_row(
                "SELECT count(*) FROM vectors WHERE space_id = ?1",
                [self.space],
                |row| row.get(0),
            )?;
            Ok((last_vector(connection)?, count))
        })?;
        Ok(if self.revision > last {
            Some("it is ahead of the database, which must be an older copy".to_owned())
        } else if self.vectors.len() != count {
            Some(format!("it holds {} vectors and the database {count}", self.vectors.len()))
        } else {
            None
        })
    }

    /// The ids of all vectors that it should hold, in ascending order.
    fn stored(&self, connections: &Connections) -> Result<Vec<u64>> {
        connections.read(|connection| {
            let mut select = connection.prepare("SELECT id FROM vectors WHERE space_id = ?1 ORDER BY id")?;
            select.query_map([self.space], |row| row.get(0))?.collect()
        })
    }

    fn rebuild(&mut self, reason: String, connections: &Connections) -> Result<()> {
        self.vectors = VectorIndex::new(self.vectors.dimensions());
        self.revision = 0;
        self.saved = None;
        self.origin = IndexOrigin::Rebuilt { reason };
        self.catch_up(connections)?;
        Ok(())
    }

    fn extent(&self) -> Extent {
        Extent { revision: self.revision, vectors: self.vectors.len() }
    }
}

impl Library {
    /// Lets the index of words take in what it lacks, and writes the vectors that the files of theirs lack into segments, each
    /// with a graph where there are more of them than [`vectors::GRAPH_FROM`] (about a millisecond a vector). Call it at the end
    /// of a job. Once `is_cancelled` returns true no more is taken in and no further graph is built, and what there is is written.
    ///
    /// # Errors
    /// The files cannot be written; the library is whole without them.
    pub fn save_index(&self, is_cancelled: &(dyn Fn() -> bool + Sync)) -> Result<()> {
        self.write_lock.acquire()?;
        let _saving = self.index.saving.lock().unwrap_or_else(PoisonError::into_inner);
        self.words.finish(is_cancelled)?;
        self.index.follow(&self.connections)?;
        loop {
            match self.index.save(is_cancelled) {
                Err(SaveError::Damaged(damaged)) => self.index.mend(&damaged, &self.connections)?,
                saved => return saved.map_err(Error::SaveIndex),
            }
        }
    }
}

/// Whose index it is: the library's, which is another one after a backup took its place, and the space's.
pub(crate) fn owner(identity: &str, space: SpaceId) -> String {
    format!("{identity}/{}", space.0)
}

fn for_each_vector(
    connection: &Connection,
    (space, dimensions): (SpaceId, usize),
    ids: RangeInclusive<u64>,
    mut use_vector: impl FnMut(u64, &[f32]),
) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(
        "SELECT id, vector FROM vectors WHERE id BETWEEN ?1 AND ?2 AND space_id = ?3 ORDER BY id",
    )?;
    let mut rows = select.query(params![ids.start(), ids.end(), space])?;
    while let Some(row) = rows.next()? {
        use_vector(row.get(0)?, &from_blob(row.get_ref(1)?, dimensions)?);
    }
    Ok(())
}
