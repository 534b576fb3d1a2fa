//! What was wrong with a library, and is no more.

use library::Mended;

use super::places::counted;

/// What was wrong and what was done, and what a person may do now.
#[must_use]
pub fn mended(mended: &Mended) -> String {
    match *mended {
        Mended::Salvaged { rows, lost } => format!(
            "The database was damaged. What could be read of it is in a new one ({}; about {lost} could not), and the \
             damaged one lies beside it, as library.db.damaged. Run footnote sync to read again what is missing.",
            counted(rows, "row")
        ),
        Mended::Reindexed => {
            "Indexes inside the database did not agree with its tables: they were made anew.".to_owned()
        }
        Mended::Orphans { rows } => format!("{} that belonged to nothing went.", counted(rows, "row")),
        Mended::Incomplete { documents } => format!(
            "{} had lost pages or passages. Run footnote sync, which reads them again.",
            counted(documents, "document")
        ),
        Mended::UnusedVectors { vectors } => {
            format!("{} of texts that are in no document went.", counted(vectors, "vector"))
        }
        Mended::BrokenVectors { vectors } => format!(
            "{} had another length than the model's. Run footnote sync, which embeds their texts again.",
            counted(vectors, "vector")
        ),
        Mended::ConversationWords => "The words of conversations were taken in again.".to_owned(),
        Mended::Words { documents } => format!(
            "The index of words did not hold what is in {}: taken in again.",
            counted(documents, "document")
        ),
        Mended::WordFiles => {
            "The files of the index of words could not be used: they were made anew.".to_owned()
        }
        Mended::VectorFiles => {
            "The files of the index of vectors could not be used: they were made anew.".to_owned()
        }
        Mended::Jobs { jobs } => format!(
            "{} had ended with the process that did it, undone. To do the rest: footnote jobs run, or open the window.",
            counted(jobs, "job")
        ),
        Mended::Leftovers { bytes } => {
            format!("{} that a broken-off backup had left behind went.", counted(bytes, "byte"))
        }
    }
}
