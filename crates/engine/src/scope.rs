//! Which documents a question is about: said in the question itself, or beside it.

use std::path::Path;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use library::{Coverage, DocumentId, Scope, ScopePart};

use crate::Engine;
use crate::api::{ApiError, Place, RequestError};
use crate::overview::text;

/// A question without the filters that stood in it, and the documents that it is about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scoped {
    pub(crate) question: String,
    pub(crate) scope: Scope,
    /// As they stood in the question.
    pub(crate) filters: Vec<String>,
}

impl Engine {
    /// Takes the filters out of a question and puts them together with `place`. What they name has to be there: a slip
    /// in a name would look like an answer that the documents do not hold.
    pub(crate) async fn scoped(&self, question: &str, place: &Place) -> Result<Scoped, ApiError> {
        let scoped = scoped(question, place)?;
        let scope = scoped.scope.clone();
        let unmatched = self.with_library(move |library| {
            let unmatched = library.unmatched(&scope)?;
            let is_empty = || library.coverage(&Scope::default()).map(|all| all == Coverage::default());
            if unmatched.is_empty() || is_empty()? {
                Ok(Vec::new())
            } else {
                Ok::<_, library::Error>(unmatched)
            }
        });
        match unmatched.await?.first() {
            Some(part) => Err(no_such(part).into()),
            None => Ok(scoped),
        }
    }
}

fn no_such(part: &ScopePart) -> RequestError {
    match part {
        ScopePart::Document(name) => RequestError::NoSuchDocument { name: name.clone() },
        ScopePart::Folder(folder) => RequestError::NoSuchFolder { folder: text(folder) },
        ScopePart::FolderName(name) => RequestError::NoSuchFolderName { name: name.clone() },
        ScopePart::Type(name) => RequestError::NoSuchType { name: name.clone() },
    }
}

/// Takes `@file`, `folder:`, `type:`, `before:` and `after:` out of a question and puts them together with `place`.
/// A value with spaces stands in quotes: `@"annual report.pdf"`.
fn scoped(question: &str, place: &Place) -> Result<Scoped, ApiError> {
    let mut scope = Scope {
        document: place.document_id.map(DocumentId),
        documents: place.document.iter().cloned().collect(),
        folder: place
            .folder
            .as_ref()
            .map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.into())),
        types: place.types.clone(),
        modified_before: place.before.as_deref().map(beginning).transpose()?,
        modified_since: place.after.as_deref().map(beginning).transpose()?,
        ..Scope::default()
    };
    let mut words = Vec::new();
    let mut filters = Vec::new();
    for word in words_and_quotes(question) {
        if take(&word, &mut scope)? {
            filters.push(word);
        } else {
            words.push(word);
        }
    }
    Ok(Scoped { question: words.join(" ").trim().to_owned(), scope, filters })
}

/// Whether a word is a filter; it is in the scope then.
fn take(word: &str, scope: &mut Scope) -> Result<bool, ApiError> {
    if let Some(name) = word.strip_prefix('@').map(unquoted).filter(|name| !name.is_empty()) {
        scope.documents.push(document_glob(name));
        return Ok(true);
    }
    let Some((filter, value)) = word.split_once(':').map(|(filter, value)| (filter, unquoted(value))) else {
        return Ok(false);
    };
    if value.is_empty() {
        return Ok(false);
    }
    match filter {
        "folder" if Path::new(value).is_absolute() => scope.folder = Some(value.into()),
        "folder" => scope.folder_names.push(value.to_owned()),
        "type" => scope.types.push(value.to_owned()),
        "before" => scope.modified_before = Some(beginning(value)?),
        "after" => scope.modified_since = Some(beginning(value)?),
        _ => return Ok(false),
    }
    Ok(true)
}

/// A whole file name or a glob as it is; a part of a name wherever it stands in one.
fn document_glob(name: &str) -> String {
    let is_whole = Path::new(name).extension().is_some() || name.contains(['*', '?', '/']);
    if is_whole { name.to_owned() } else { format!("*{}*", glob_of(name)) }
}

/// A glob that matches this text alone.
fn glob_of(text: &str) -> String {
    text.chars().map(|c| if "[]{}".contains(c) { format!("[{c}]") } else { c.to_string() }).collect()
}

/// The first moment of a year, a month or a day, in nanoseconds since 1970, in the system's time zone.
fn beginning(date: &str) -> Result<i64, ApiError> {
    let whole = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    let moment = whole
        .parse::<Date>()
        .and_then(|date| DateTime::from(date).to_zoned(TimeZone::system()))
        .ok()
        .and_then(|moment| i64::try_from(moment.timestamp().as_nanosecond()).ok());
    moment.ok_or_else(|| RequestError::NoDate { date: date.to_owned() }.into())
}

/// The words of a text; what stands in straight quotes right behind a filter belongs to it.
fn words_and_quotes(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let is_filter = |start: &str| start.starts_with('@') || start.ends_with(':');
        let space = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let end = match rest[..space].find('"') {
            Some(quote) if is_filter(&rest[..quote]) => {
                rest[quote + 1..].find('"').map_or(space, |closing| quote + 1 + closing + 1)
            }
            _ => space,
        };
        words.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    words
}

fn unquoted(value: &str) -> &str {
    value.trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(question: &str) -> Scoped {
        scoped(question, &Place::default()).unwrap()
    }

    #[test]
    fn filters_are_taken_out_of_the_question() {
        let found = filtered("What did @report.pdf say of tides type:pdf folder:\"old papers\" in 1871?");
        assert_eq!(found.question, "What did say of tides in 1871?");
        assert_eq!(found.scope.documents, ["report.pdf"]);
        assert_eq!(found.scope.types, ["pdf"]);
        assert_eq!(found.scope.folder_names, ["old papers"]);
        assert_eq!(found.filters, ["@report.pdf", "type:pdf", "folder:\"old papers\""]);
    }

    #[test]
    fn a_name_may_be_a_part_of_one_or_stand_in_quotes() {
        assert_eq!(filtered("@\"annual report\" net income?").scope.documents, ["*annual report*"]);
        assert_eq!(filtered("@2023-*.md net income?").scope.documents, ["2023-*.md"]);
    }

    #[test]
    fn dates_are_years_months_or_days() {
        let scope = filtered("leases after:2023 before:2024-05-31").scope;
        let year = 1_672_531_200_000_000_000;
        let day = 86_400_000_000_000;
        assert!((scope.modified_since.unwrap() - year).abs() <= day, "the first of January 2023: {scope:?}");
        assert!((scope.modified_before.unwrap() - year - 515 * day).abs() <= day, "{scope:?}");
        let error = scoped("leases after:soon", &Place::default()).unwrap_err();
        assert!(crate::wording::error(&error.message).contains("2024-05"), "{error:?}");
    }

    #[test]
    fn what_is_no_filter_stays_in_the_question() {
        for question in [
            "Who wrote to a@b.example?",
            "What does note: mean?",
            "Is it 12:30 or http://x.example?",
            "\"folder:\" @ ?",
        ] {
            assert_eq!(filtered(question).question, question);
            assert!(filtered(question).filters.is_empty());
        }
    }

    #[test]
    fn what_is_set_beside_the_question_counts_too() {
        let place = Place {
            document: Some("*.md".to_owned()),
            types: vec!["markdown".to_owned()],
            ..Place::default()
        };
        let found = scoped("tides @log.md", &place).unwrap();
        assert_eq!(found.scope.documents, ["*.md", "log.md"]);
        assert_eq!(
            (found.scope.types, found.filters),
            (vec!["markdown".to_owned()], vec!["@log.md".to_owned()])
        );
    }
}
