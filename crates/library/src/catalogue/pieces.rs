//! The column of a chunk's pieces: each by the bytes since the one before, as there are many and most follow it closely.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::chunks::PageSpan;
use crate::json::Json;

/// The pieces of a chunk, in reading order. Older versions stored them as JSON.
pub(crate) struct Pieces<T>(pub T);

/// How many pages and bytes behind the end of the piece before, and how many bytes long.
type Step = (i64, i64, i64);

impl ToSql for Pieces<&[PageSpan]> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let mut before = (0, 0);
        let steps = self.0.iter().map(|piece| {
            let (page, start, end) = (i64::from(piece.page), piece.start as i64, piece.end as i64);
            let step = (page - before.0, start - before.1, end - start);
            before = (page, end);
            step
        });
        let steps: Vec<Step> = steps.collect();
        let bytes = postcard::to_stdvec(&steps);
        Ok(bytes.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?.into())
    }
}

impl FromSql for Pieces<Vec<PageSpan>> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let ValueRef::Blob(bytes) = value else {
            return Json::column_result(value).map(|Json(pieces)| Self(pieces));
        };
        let steps: Vec<Step> =
            postcard::from_bytes(bytes).map_err(|error| FromSqlError::Other(Box::new(error)))?;
        let (mut page, mut end) = (0_i64, 0_i64);
        let pieces = steps.into_iter().map(|(pages, bytes, length)| {
            let start = end.saturating_add(bytes);
            (page, end) = (page.saturating_add(pages), start.saturating_add(length));
            let number = |number: i64| usize::try_from(number).map_err(|_| FromSqlError::OutOfRange(number));
            let page = u32::try_from(page).map_err(|_| FromSqlError::OutOfRange(page))?;
            Ok(PageSpan { page, start: number(start)?, end: number(end)? })
        });
        pieces.collect::<FromSqlResult<_>>().map(Self)
    }
}
