use serde::Deserialize;

/// Which documents to look at; all of them by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields = nullable))]
pub struct Place {
    /// Only this document.
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub document_id: Option<i64>,
    /// Only documents whose path or file name matches this glob.
    pub document: Option<String>,
    /// Only documents below this folder.
    pub folder: Option<String>,
    /// Only documents whose file has one of these extensions.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub types: Vec<String>,
    /// Only documents whose file was changed before this year, month or day, such as `2024-05`.
    pub before: Option<String>,
    /// Only documents whose file was changed in this year, month or day, or later.
    pub after: Option<String>,
}
