//! Small documents to fill a library with.

use libraries::Library;
use library::{ContentHash, NewChunk, NewDocument, NewPage, PageSpan, TextHash};

/// A document with a page for each text; each line of a page is a chunk.
pub fn document(path: &str, pages: &[&str]) -> NewDocument {
    let mut chunks = Vec::new();
    for (number, text) in (1..).zip(pages) {
        let mut start = 0;
        for line in text.split('\n') {
            chunks.push(NewChunk {
                text: line.to_owned(),
                embedded_text: format!("{path}\n{line}"),
                heading_path: vec![format!("Part {number}")],
                page_spans: vec![PageSpan { page: number, start, end: start + line.len() }],
            });
            start += line.len() + 1;
        }
    }
    let page = |(number, text): (u32, &&str)| NewPage {
        number,
        label: Some(format!("p{number}")),
        text: (*text).to_owned(),
        layout: vec![1, 2, 3],
        quality: 1.0,
        source_engine: "text".to_owned(),
    };
    NewDocument {
        path: path.into(),
        folder: None,
        format: "text".to_owned(),
        title: None,
        size: 10,
        mtime_ns: 1_000,
        content_hash: ContentHash(TextHash::of(&pages.join("\n")).0),
        pages: (1..).zip(pages).map(page).collect(),
        chunks,
        warnings: Vec::new(),
    }
}

/// A few papers of a law office.
pub fn papers() -> Vec<NewDocument> {
    vec![
        document(
            "/papers/Lease 2021.txt",
            &[
                "The rent is 1,577 euros a month.\nIt is due on the first day of each month.",
                "The tenant pays the costs of heating and water.\nPets need the consent of the landlord.",
            ],
        ),
        document(
            "/papers/old/Lease 2018.txt",
            &["The rent is 1,200 euros a month.\nThe tenant may keep a dog.\nThe flat has three rooms."],
        ),
        document(
            "/papers/Insurance.txt",
            &[
                "The insurance pays for damage by water and fire.\nThe premium is paid each year in March.",
                "A claim is made within two weeks.\nThe harbour light was insured, too.",
            ],
        ),
        document(
            "/papers/Mietvertrag.txt",
            &[
                "Die Mieter zahlen die Miete im Voraus.\nDie Häuser haben keine Garage.\nDie Kündigung ist schriftlich zu erklären.",
            ],
        ),
    ]
}

/// Stores documents, with vectors of two values that go round with the place of each text.
pub fn fill(library: &Library, documents: &[NewDocument]) {
    for document in documents {
        library.store_document(document).unwrap();
    }
    let space = library::EmbeddingSpace {
        model: "places".to_owned(),
        passage_instruction: String::new(),
        dimensions: 2,
    };
    let space = library.space(&space, None).unwrap();
    let texts = documents.iter().flat_map(|document| &document.chunks);
    let vectors: Vec<_> = texts
        .enumerate()
        .map(|(place, chunk)| (TextHash::of(&chunk.embedded_text), around(place as f32 / 20.0)))
        .collect();
    library.store_vectors(space, &vectors).unwrap();
    library.activate_space(space).unwrap();
}

/// A vector of unit length at an angle.
pub fn around(angle: f32) -> Vec<f32> {
    vec![angle.cos(), angle.sin()]
}
