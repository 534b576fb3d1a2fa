//! Which documents a search may find, as conditions on their rows.

use library::{Result, Scope, ScopePart, folded};

use crate::TeamLibrary;
use crate::connection::{Session, Value};
use crate::error::Done;

/// A scope, as statements put it.
pub(crate) struct InScope {
    /// With `$` in front of the number of each value.
    conditions: Vec<Group>,
    document: Option<i64>,
    before: Option<i64>,
    since: Option<i64>,
}

/// A document has to meet one of these.
struct Group(Vec<Condition>);

/// What is true of the row of a document that fits.
struct Condition {
    /// With `$` for the value.
    sql: &'static str,
    value: String,
}

const NAMED: &str = "folded_name = $";
const END_OF_PATH: &str = "(folded_path = $ OR right(folded_path, length('/' || $)) = '/' || $)";
const GLOB: &str = "(folded_path ~ $ OR folded_name ~ $)";
const BELOW: &str = "starts_with(folded_path, $ || '/')";
const BELOW_NAMED: &str = "strpos(folded_path, '/' || $ || '/') > 0";
const EXTENSION: &str = "right(folded_name, length('.' || $)) = '.' || $";

impl TeamLibrary {
    /// What of a scope no document of the library fits, such as a name with a slip in it.
    ///
    /// # Errors
    /// The server refuses.
    pub fn unmatched(&self, scope: &Scope) -> Result<Vec<ScopePart>> {
        let parts = scope.parts().concat();
        self.connections.read(async |session| {
            let mut unmatched = Vec::new();
            for part in &parts {
                if !Condition::of(session, part).await?.is_met(session).await? {
                    unmatched.push(part.clone());
                }
            }
            Ok(unmatched)
        })
    }
}

impl InScope {
    pub async fn of(session: &Session<'_>, scope: &Scope) -> Done<Self> {
        let mut conditions = Vec::new();
        for parts in scope.parts().iter().filter(|parts| !parts.is_empty()) {
            let mut any = Vec::new();
            for part in parts {
                any.push(Condition::of(session, part).await?);
            }
            conditions.push(Group(any));
        }
        Ok(Self {
            conditions,
            document: scope.document.map(|document| document.0),
            before: scope.modified_before,
            since: scope.modified_since,
        })
    }

    /// What is true of a column with the id of a document in it, with its values, which come behind so many others.
    pub fn condition(&self, column: &str, others: usize) -> (String, Vec<Value<'_>>) {
        let mut values: Vec<Value<'_>> = Vec::new();
        let mut all: Vec<String> = Vec::new();
        for Group(any) in &self.conditions {
            let mut alternatives = Vec::new();
            for Condition { sql, value } in any {
                values.push(value);
                // Each value is a text, which a parameter alone does not say.
                alternatives.push(sql.replace('$', &format!("${}::text", others + values.len())));
            }
            all.push(format!("({})", alternatives.join(" OR ")));
        }
        let numbers = [("id =", &self.document), ("mtime_ns <", &self.before), ("mtime_ns >=", &self.since)];
        for (sql, number) in numbers {
            if let Some(number) = number {
                values.push(number);
                all.push(format!("{sql} ${}", others + values.len()));
            }
        }
        if all.is_empty() {
            return ("true".to_owned(), values);
        }
        (format!("{column} = ANY(ARRAY(SELECT id FROM documents WHERE {}))", all.join(" AND ")), values)
    }
}

impl Condition {
    /// What a document is called goes before a glob: file names may hold brackets and stars.
    async fn of(session: &Session<'_>, part: &ScopePart) -> Done<Self> {
        let condition = |sql, value: String| Self { sql, value };
        Ok(match part {
            ScopePart::Document(name) => {
                let name = folded(name);
                let called = condition(if name.contains('/') { END_OF_PATH } else { NAMED }, name.clone());
                if called.is_met(session).await? { called } else { condition(GLOB, of_glob(&name)) }
            }
            ScopePart::Folder(folder) => {
                condition(BELOW, folded(&folder.to_string_lossy()).trim_end_matches('/').to_owned())
            }
            ScopePart::FolderName(name) => condition(BELOW_NAMED, folded(name)),
            ScopePart::Type(name) => condition(EXTENSION, folded(name)),
        })
    }

    /// Whether any document fits.
    async fn is_met(&self, session: &Session<'_>) -> Done<bool> {
        let condition = self.sql.replace('$', "$1::text");
        let query = format!("SELECT EXISTS (SELECT 1 FROM documents WHERE {condition})");
        Ok(session.row(&query, &[&self.value]).await?.get(0))
    }
}

/// A glob as a regular expression: a star stands for anything, a question mark for one letter, brackets for one of some.
fn of_glob(glob: &str) -> String {
    let mut expression = String::from("^");
    let mut rest = glob;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            '[' => match rest.find(']').filter(|end| *end > 0) {
                Some(end) => {
                    let one_of = rest[..end].replace('\\', "\\\\");
                    let one_of =
                        one_of.strip_prefix(['!', '^']).map_or(one_of.clone(), |others| format!("^{others}"));
                    expression.push_str(&format!("[{one_of}]"));
                    rest = &rest[end + 1..];
                }
                None => expression.push_str("\\["),
            },
            letter if letter.is_alphanumeric() || letter == '_' || letter == '/' || letter == ' ' => {
                expression.push(letter);
            }
            letter if letter.is_ascii() => expression.extend(['\\', letter]),
            letter => expression.push(letter),
        }
    }
    expression.push('$');
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_is_an_expression() {
        assert_eq!(of_glob("*.pdf"), r"^.*\.pdf$");
        assert_eq!(of_glob("lease 20[12]?.txt"), r"^lease 20[12].\.txt$");
        assert_eq!(of_glob("[!a]b(c"), r"^[^a]b\(c$");
        assert_eq!(of_glob("a[b"), r"^a\[b$");
    }
}
