//! Which documents a question has name words of: company, year, title or file name.

use library::{DocumentId, NameWord, Names};
use text::{is_stop_word, name_terms};

use super::sought::Stems;
use crate::connection::Session;
use crate::error::Done;
use crate::sql::count;

pub(super) async fn names(session: &Session<'_>, question: &str) -> Done<Names> {
    let mut words = name_terms(question);
    words.retain(|word| !is_stop_word(word));
    let stems = Stems::of_documents(session).await?;
    let sought: Vec<String> = words.iter().map(|word| stems.any(word)).collect();
    let documents: i64 =
        session.row("SELECT count(*) FROM documents WHERE failure IS NULL", &[]).await?.get(0);
    let mut names = Names { documents: count(documents), words: vec![NameWord::default(); sought.len()] };
    let query = "SELECT (place - 1)::integer, id, name_words @@ sought, beginning_words @@ sought
                 FROM unnest($1::text[]::tsquery[]) WITH ORDINALITY AS given (sought, place)
                 JOIN documents ON name_words @@ sought OR beginning_words @@ sought
                 WHERE failure IS NULL ORDER BY place, id";
    for row in session.rows(query, &[&sought]).await? {
        let (place, document) = (row.get::<_, i32>(0) as usize, DocumentId(row.get(1)));
        let word = &mut names.words[place];
        if row.get(2) {
            word.in_name.push(document);
        }
        if row.get(3) {
            word.in_beginning.push(document);
        }
    }
    Ok(names)
}
