//! Taking what can be read out of a damaged database.

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};

use super::Mended;
use crate::backup::{fresh_identity, replace};
use crate::part::Part;
use crate::schema::LIBRARY;
use crate::{Error, Result};

/// In an order in which each table comes behind those that its rows belong to. Triggers and tables of words follow by themselves.
const TABLES: &[&str] = &[
    "folders",
    "exclusions",
    "mount_points",
    "spaces",
    "documents",
    "transcripts",
    "pages",
    "chunks",
    "vectors",
    "conversations",
    "messages",
    "pictures",
    "jobs",
];

/// Puts a new database, with all that can be read of the damaged one, in its place. The damaged one is kept beside it.
pub fn salvage(directory: &Path, file: &Path) -> Result<Mended> {
    let part = Part::beside(file)?;
    let at_part = |error| Error::database(part.path(), error);
    let mut copy = Connection::open(part.path()).map_err(at_part)?;
    copy.pragma_update(None, "page_size", 16 << 10).map_err(at_part)?;
    copy.pragma_update(None, "journal_mode", "off").map_err(at_part)?;
    LIBRARY.bring_up(&mut copy, part.path())?;
    let damaged = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE);
    let damaged = damaged.map_err(|error| Error::database(file, error))?;
    if !LIBRARY.is_latest(&damaged, file)? {
        let source = rusqlite::Error::InvalidQuery;
        return Err(Error::Damaged { file: file.to_owned(), source });
    }
    // Rows come in whatever is missing of what they belong to; what belongs to nothing is removed behind this.
    copy.pragma_update(None, "foreign_keys", false).map_err(at_part)?;
    let (mut rows, mut lost) = (0, 0);
    for table in TABLES {
        let saved = Table { damaged: &damaged, copy: &copy, name: table }.save().map_err(at_part)?;
        rows += saved.rows;
        lost += saved.lost;
    }
    if rows == 0 {
        return Err(Error::Damaged { file: file.to_owned(), source: rusqlite::Error::QueryReturnedNoRows });
    }
    settle(&damaged, &copy).map_err(at_part)?;
    fresh_identity(&copy).map_err(at_part)?;
    // What its log holds belongs to it; where that cannot be read, the rest is kept all the same.
    let _ = damaged.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    drop(damaged);
    let mut kept = file.as_os_str().to_owned();
    kept.push(".damaged");
    fs::copy(file, Path::new(&kept)).map_err(|error| Error::file(Path::new(&kept), error))?;
    replace(directory, &part, copy, &|_| true)?;
    Ok(Mended::Salvaged { rows, lost })
}

#[derive(Default)]
struct Saved {
    rows: u64,
    lost: u64,
}

struct Table<'a> {
    damaged: &'a Connection,
    copy: &'a Connection,
    name: &'a str,
}

impl Table<'_> {
    /// An error is one of the copy's.
    fn save(&self) -> rusqlite::Result<Saved> {
        let mut saved = Saved::default();
        let Some(columns) = self.columns()? else { return Ok(saved) };
        let transaction = self.copy.unchecked_transaction()?;
        for first in (0..=self.last()).step_by(AT_ONCE) {
            self.save_rows(&columns, first..=first + AT_ONCE as i64 - 1, &mut saved)?;
        }
        transaction.commit()?;
        Ok(saved)
    }

    /// Those that both have. `None` where the damaged one does not tell.
    fn columns(&self) -> rusqlite::Result<Option<String>> {
        let of = |connection: &Connection| -> rusqlite::Result<Vec<String>> {
            let mut select = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
            let names = select.query_map([self.name], |row| row.get(0))?;
            names.collect()
        };
        let (Ok(old), new) = (of(self.damaged), of(self.copy)?) else { return Ok(None) };
        let both: Vec<String> =
            new.into_iter().filter(|name| old.contains(name)).map(|name| format!("\"{name}\"")).collect();
        Ok((!both.is_empty()).then(|| both.join(", ")))
    }

    /// The largest id, as far as it is known.
    fn last(&self) -> i64 {
        let largest = |sql: &str| self.damaged.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
        let counted = format!("SELECT seq FROM sqlite_sequence WHERE name = '{}'", self.name);
        let there = format!("SELECT max(rowid) FROM \"{}\"", self.name);
        let known =
            [largest(&there), largest(&counted)].into_iter().filter_map(|last| last.ok().flatten()).max();
        known.unwrap_or_else(|| self.furthest())
    }

    /// An id a little behind the last row that can be read, where the end of the table is damaged: each row behind it would be
    /// tried for nothing.
    fn furthest(&self) -> i64 {
        let behind = format!("SELECT TRUE FROM \"{}\" WHERE rowid >= ?1 LIMIT 1", self.name);
        let can_be_read =
            |id: &i64| self.damaged.query_row(&behind, [id], |row| row.get::<_, bool>(0)).is_ok();
        let Some(power) = (0..i64::BITS - 2).rev().map(|bits| 1 << bits).find(can_be_read) else { return 0 };
        let step = (power / 64).max(1);
        (0..64).rev().map(|steps| power + steps * step).find(can_be_read).unwrap_or(power) + step
    }

    /// Halves what cannot be read until it is one row.
    fn save_rows(&self, columns: &str, ids: RangeInclusive<i64>, saved: &mut Saved) -> rusqlite::Result<()> {
        let (first, last) = (*ids.start(), *ids.end());
        match self.read(columns, first, last) {
            Ok(rows) => {
                for row in rows {
                    saved.rows += self.insert(columns, row)?;
                }
                Ok(())
            }
            Err(_) if first >= last => {
                saved.lost += 1;
                Ok(())
            }
            Err(_) => {
                let middle = first.midpoint(last);
                self.save_rows(columns, first..=middle, saved)?;
                self.save_rows(columns, middle + 1..=last, saved)
            }
        }
    }

    fn read(&self, columns: &str, first: i64, last: i64) -> rusqlite::Result<Vec<Vec<Value>>> {
        let select = format!("SELECT {columns} FROM \"{}\" WHERE rowid BETWEEN ?1 AND ?2", self.name);
        let mut select = self.damaged.prepare_cached(&select)?;
        let count = select.column_count();
        let rows =
            select.query_map([first, last], |row| (0..count).map(|column| row.get(column)).collect())?;
        rows.collect()
    }

    /// Returns how many were put in: a row whose text is damaged may break a rule of the table.
    fn insert(&self, columns: &str, row: Vec<Value>) -> rusqlite::Result<u64> {
        let places = vec!["?"; row.len()].join(", ");
        let insert = format!("INSERT OR IGNORE INTO \"{}\" ({columns}) VALUES ({places})", self.name);
        Ok(self.copy.prepare_cached(&insert)?.execute(params_from_iter(row))? as u64)
    }
}

/// What the damaged one says of itself; where it does not say which space was searched, the one with the most vectors.
fn settle(damaged: &Connection, copy: &Connection) -> rusqlite::Result<()> {
    let said =
        damaged.query_row("SELECT active_space, unpacked_chunks, unpacked_vectors FROM library", [], |row| {
            Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        });
    let (space, chunks, vectors) = said.unwrap_or_default();
    copy.execute(
        "UPDATE library SET unpacked_chunks = ?2, unpacked_vectors = ?3, active_space = coalesce(
             (SELECT id FROM spaces WHERE id = ?1),
             (SELECT space_id FROM vectors GROUP BY space_id ORDER BY count(*) DESC LIMIT 1))",
        params![space, chunks, vectors],
    )?;
    Ok(())
}

/// So many rows are held in memory.
const AT_ONCE: usize = 1 << 10;
