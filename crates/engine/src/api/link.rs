use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::Serialize;
use url::Url;

use super::{Citation, Passage, RequestError};

const SCHEME: &str = "footnote";

/// A link that opens a document of the library in the window, at a page, with a quote marked there: the URL of the
/// document's file with another scheme, such as `footnote:///home/anna/report.pdf?page=3&quote=in+1871`.
///
/// One comes from anywhere: a parsed one names an absolute path, and only documents of the library are opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    document: PathBuf,
    page: Option<u32>,
    quote: Option<String>,
    url: Url,
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LinkTarget {
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// Counted from 1; the whole document where none is named.
    pub page: Option<u32>,
    /// What is to be marked there.
    pub quote: Option<String>,
}

impl Link {
    /// So many characters of a quote are in a link: Windows hands on links of up to 2,083 bytes, and the beginning is
    /// found where the whole quote is.
    const LONGEST_QUOTE: usize = 300;

    /// Longer ones are of no document: the paths of files end at 4,096 bytes.
    const LONGEST: usize = 16_384;

    /// A link to a document, or to a page of it, counted from 1, or to a quote on that page; none where its path is not
    /// absolute, as in the library of another system.
    #[must_use]
    pub fn to(document: &Path, page: Option<u32>, quote: Option<&str>) -> Option<Self> {
        let mut url = Url::from_file_path(document).ok()?;
        let quote: Option<String> = quote.map(|quote| quote.chars().take(Self::LONGEST_QUOTE).collect());
        if page.is_some() || quote.is_some() {
            let mut query = url.query_pairs_mut();
            query.extend_pairs(page.map(|page| ("page", page.to_string())));
            query.extend_pairs(quote.as_ref().map(|quote| ("quote", quote)));
        }
        Some(Self { document: document.to_owned(), page, quote, url })
    }

    /// The document's path.
    #[must_use]
    pub fn document(&self) -> &Path {
        &self.document
    }

    /// The page, counted from 1.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        self.page
    }

    /// The beginning of what is to be marked.
    #[must_use]
    pub fn quote(&self) -> Option<&str> {
        self.quote.as_deref()
    }
}

impl Citation {
    /// What opens its page with the quote marked.
    #[must_use]
    pub fn link(&self) -> Option<Link> {
        Link::to(Path::new(&self.document), Some(self.page), Some(&self.quote))
    }
}

impl Passage {
    /// What opens its first page with the passage marked.
    #[must_use]
    pub fn link(&self) -> Option<Link> {
        Link::to(Path::new(&self.document), Some(self.page_first), Some(&self.text))
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}", self.url.as_str().trim_start_matches(self.url.scheme()))
    }
}

impl FromStr for Link {
    type Err = RequestError;

    /// Takes what [`Link::to`] makes, and nothing beside it: another host, another parameter or one given twice is an
    /// error.
    fn from_str(text: &str) -> Result<Self, RequestError> {
        parsed(text).ok_or(RequestError::NotALink)
    }
}

fn parsed(text: &str) -> Option<Link> {
    let rest = text.strip_prefix(SCHEME).filter(|_| text.len() <= Link::LONGEST)?;
    if !rest.starts_with(":///") {
        return None;
    }
    let url = Url::parse(&format!("file{rest}")).ok()?;
    if url.has_host() || url.fragment().is_some() {
        return None;
    }
    let (mut page, mut quote) = (None, None);
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "page" if page.is_none() => page = Some(value.parse().ok().filter(|page| *page > 0)?),
            "quote" if quote.is_none() && !value.is_empty() => quote = Some(value.into_owned()),
            _ => return None,
        }
    }
    let document = url.to_file_path().ok()?;
    Link::to(&document, page, quote.as_deref())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_back_as_it_was_made() {
        let document = Path::new("/home/anna/Reports & Jahresübersicht #3?.pdf");
        let link = Link::to(document, Some(3), Some("5 % of\nthe “tide” & more")).unwrap();
        let text = link.to_string();
        assert!(text.starts_with("footnote:///home/anna/Reports%20&%20Jahres"), "{text}");
        assert!(text.is_ascii() && !text.contains([' ', '\n', '"', '<', '>']), "{text}");
        assert_eq!(text.parse::<Link>().unwrap(), link);
        let whole = Link::to(document, None, None).unwrap();
        assert_eq!(whole.to_string().parse::<Link>().unwrap(), whole);
    }

    #[test]
    fn a_long_quote_is_found_by_its_beginning() {
        let quote = "潮".repeat(2_000);
        let link = Link::to(Path::new("/a.pdf"), Some(1), Some(&quote)).unwrap();
        assert!(quote.starts_with(link.quote().unwrap()));
        assert_eq!(link.to_string().parse::<Link>().unwrap(), link);
    }

    #[test]
    fn nothing_else_is_a_link() {
        for text in [
            "",
            "footnote:",
            "footnote://",
            "footnote:a.pdf",
            "footnote://host/a.pdf",
            "footnote://anna@/a.pdf",
            "footnote:///a.pdf#page=3",
            "footnote:///a.pdf?page=0",
            "footnote:///a.pdf?page=-1",
            "footnote:///a.pdf?page=1&page=2",
            "footnote:///a.pdf?quote=",
            "footnote:///a.pdf?run=ls",
            "file:///a.pdf",
            "https://example.com/a.pdf",
            " footnote:///a.pdf",
        ] {
            assert_eq!(text.parse::<Link>(), Err(RequestError::NotALink), "{text}");
        }
        assert!(format!("footnote:///{}", "a".repeat(20_000)).parse::<Link>().is_err());
        let outside = "footnote:///home/../etc/passwd".parse::<Link>().unwrap();
        assert_eq!(outside.document(), Path::new("/etc/passwd"), "which is no document of the library");
    }
}
