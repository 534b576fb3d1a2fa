//! Presentations: a slide is a page, its notes below it; slides with titles make the outline.

use office_oxide::DocumentIR;
use office_oxide::pptx::{AutoShape, PptxDocument, Shape, TextContent};

use super::elements::ElementWriter;
use crate::formats::page_writer::{PageWriter, on_one_line};
use crate::{BlockKind, OutlineEntry};

/// `presentation` is the file as it is built, where it is one of today's format.
pub(super) fn write(
    content: &DocumentIR,
    presentation: Option<&PptxDocument>,
    writer: &mut PageWriter,
) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    for (index, slide) in content.sections.iter().enumerate() {
        let page = writer.page_number();
        let mut elements = ElementWriter::new(writer);
        elements.write_all(&slide.elements);
        elements.write_notes();
        let shapes =
            presentation.and_then(|presentation| presentation.slides.get(index)).map(|slide| &slide.shapes);
        for title in shapes.map(|shapes| titles_of(shapes)).unwrap_or_default().iter().skip(1) {
            writer.push(BlockKind::Paragraph, title);
        }
        if let Some(notes) = &slide.speaker_notes {
            writer.push(BlockKind::Paragraph, "Notes:");
            let mut elements = ElementWriter::new(writer);
            elements.write_all(notes);
            elements.write_notes();
        }
        writer.end_page();
        if let Some(title) = &slide.title {
            outline.push(OutlineEntry { title: on_one_line(title), level: 1, page });
        }
    }
    outline
}

/// All titles of a slide. Templates use the shape for large figures too, and the library gives the first alone.
fn titles_of(shapes: &[Shape]) -> Vec<String> {
    let titles = shapes.iter().flat_map(|shape| match shape {
        Shape::AutoShape(shape) if is_title(shape) => vec![text_of(shape)],
        Shape::Group(group) => titles_of(&group.children),
        _ => Vec::new(),
    });
    titles.filter(|title| !title.is_empty()).collect()
}

fn is_title(shape: &AutoShape) -> bool {
    let kind = shape.placeholder.as_ref().and_then(|placeholder| placeholder.ph_type.as_deref());
    matches!(kind, Some("title" | "ctrTitle"))
}

fn text_of(shape: &AutoShape) -> String {
    let paragraphs = shape.text_body.iter().flat_map(|body| &body.paragraphs);
    let lines = paragraphs.map(|paragraph| {
        let parts = paragraph.content.iter().map(|part| match part {
            TextContent::Run(run) => run.text.as_str(),
            TextContent::Field(field) => field.text.as_str(),
            TextContent::LineBreak => "\n",
        });
        parts.collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}
