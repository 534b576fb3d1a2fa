//! PDF files made for the tests.

use pdf_extract::{Dictionary, Document, Object, Stream, dictionary};

/// One page for each content stream, in Helvetica (`/F1`) and Helvetica Bold (`/F2`), on US letter paper.
pub fn pdf_of_contents(contents: &[&[u8]]) -> Document {
    let streams = contents.iter().map(|content| Stream::new(Dictionary::new(), content.to_vec())).collect();
    pdf_of_streams(streams)
}

pub fn pdf_of_streams(streams: Vec<Stream>) -> Document {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let regular = document.add_object(helvetica("Helvetica"));
    let bold = document.add_object(helvetica("Helvetica-Bold"));
    let kids: Vec<Object> = streams
        .into_iter()
        .map(|stream| {
            let content = document.add_object(stream);
            let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    let tree = dictionary! {
        "Type" => "Pages",
        "Count" => kids.len() as i64,
        "Kids" => kids,
        "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => regular, "F2" => bold } },
    };
    document.objects.insert(pages, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document
}

pub fn bytes_of(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("the PDF is written to memory");
    bytes
}

fn helvetica(name: &str) -> Dictionary {
    dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding" }
}

/// The first page's dictionary.
pub fn page_of(document: &mut Document) -> &mut Dictionary {
    let id = document.get_pages()[&1];
    document.get_dictionary_mut(id).expect("the page is a dictionary")
}
