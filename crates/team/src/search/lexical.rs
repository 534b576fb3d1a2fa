//! Lexical search: chunks and pages by their words and phrases, ranked by BM25.

use library::{BEGINNING_OF_PAGE, BESIDE_CHUNK, Candidates, ChunkId, DocumentId, Hit, PageHit, Query};
use serde_json::Value as JsonValue;
use tokio_postgres::Row;

use super::InScope;
use super::sought::{Stems, phrases, words};
use crate::connection::{Session, Value};
use crate::error::Done;
use crate::sql::number;

/// Rows of one kind, which are ranked among themselves.
struct Table {
    name: &'static str,
    /// The column that tells a row from the others of its document.
    row: &'static str,
    /// What a row has to say to be found by a word.
    matches: &'static str,
    weight: f32,
    /// The columns of documents with how many rows there are, and their words.
    extent: (&'static str, &'static str),
}

const CHUNKS: Table = Table {
    name: "chunk_words",
    row: "ordinal",
    matches: "words @@ sought OR beside @@ sought",
    weight: BESIDE_CHUNK,
    extent: ("chunk_rows", "chunk_words"),
};

/// What stands at the beginning of a page stands on the page, too.
const PAGES: Table = Table {
    name: "page_words",
    row: "number",
    matches: "words @@ sought",
    weight: BEGINNING_OF_PAGE,
    extent: ("page_rows", "page_words"),
};

/// The chunks and pages with words and phrases of the question.
pub(super) async fn search(session: &Session<'_>, query: &Query<'_>, scope: &InScope) -> Done<Candidates> {
    let stems = Stems::of_documents(session).await?;
    let words = words(session, &stems, query.text).await?;
    let (phrases, forms) = phrases(&stems, query.text);
    let chunk = |row: &Row| Hit { chunk: ChunkId(row.get(0)), score: row.get(1) };
    let page =
        |row: &Row| PageHit { document: DocumentId(row.get(0)), page: number(row.get(1)), score: row.get(2) };
    let chunks = async |sought, said| -> Done<Vec<Hit>> {
        let query_of =
            "SELECT id, score FROM best JOIN chunks USING (document_id, ordinal) ORDER BY score DESC, id";
        let rows = best(session, &CHUNKS, (sought, said), query.chunks, scope, query_of).await?;
        Ok(rows.iter().map(chunk).collect())
    };
    let pages = async |sought, said| -> Done<Vec<PageHit>> {
        let query_of = "SELECT document_id, number, score FROM best ORDER BY score DESC, document_id, number";
        let rows = best(session, &PAGES, (sought, said), query.pages, scope, query_of).await?;
        Ok(rows.iter().map(page).collect())
    };
    Ok(Candidates {
        lexical: chunks(&words, Said::Words).await?,
        phrases: chunks(&phrases, Said::InARow(&forms)).await?,
        pages: pages(&words, Said::Words).await?,
        page_phrases: pages(&phrases, Said::InARow(&forms)).await?,
        ..Candidates::default()
    })
}

/// What a row has to say.
#[derive(Clone, Copy)]
enum Said<'a> {
    Words,
    /// The words of phrases, each in one of its forms.
    InARow(&'a [JsonValue]),
}

/// The best rows of a table for what is sought, as `select` takes them from `best`. How rare a word is, is counted in the whole
/// library.
async fn best(
    session: &Session<'_>,
    table: &Table,
    (sought, said): (&[String], Said<'_>),
    limit: usize,
    scope: &InScope,
    select: &str,
) -> Done<Vec<Row>> {
    if sought.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let Table { name, row, matches, weight, extent: (rows, words) } = table;
    let (condition, mut values) = scope.condition("document_id", 2);
    let (times, matches, phrases) = match said {
        Said::Words => {
            (format!("times_said(words, sought) + {weight} * times_said(beside, sought)"), *matches, &[][..])
        }
        Said::InARow(phrases) => ("times_in_a_row(words, phrase)".to_owned(), "words @@ sought", phrases),
    };
    // Saturation 1.2 and length .75, as at home and elsewhere.
    let query = format!(
        "WITH extent AS (
             SELECT sum({rows})::float8 AS rows, sum({words}) / greatest(sum({rows}), 1) AS mean
             FROM documents WHERE failure IS NULL
         ), hits AS MATERIALIZED (
             SELECT place, document_id, {row}, ({times})::float8 AS times, length
             FROM unnest($1::text[]::tsquery[], $2::jsonb[]) WITH ORDINALITY AS given (sought, phrase, place)
             JOIN {name} ON {matches}
         ), held AS (
             SELECT place, ln(1 + (rows - count(*) + 0.5) / (count(*) + 0.5)) AS rarity
             FROM hits CROSS JOIN extent GROUP BY place, rows
         ), best AS (
             SELECT document_id, {row},
                    sum(rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / mean)))::real AS score
             FROM hits JOIN held USING (place) CROSS JOIN extent WHERE {condition}
             GROUP BY document_id, {row} ORDER BY score DESC, document_id, {row} LIMIT {limit}
         ) {select}"
    );
    let mut all: Vec<Value<'_>> = vec![&sought, &phrases];
    all.append(&mut values);
    session.rows(&query, &all).await
}
