//! Marked stretches of a page's content that are to be read as something else than their glyphs.

use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, decode_text_string};

use super::content::Operand;
use super::layers::Layers;
use super::lookup::{as_dictionary, get, get_dictionary, resolve};

/// More is not what a stretch of glyphs stands for.
const LONGEST: usize = 4096;

/// What the stretch that `BDC` begins stands for: nothing if it is hidden. None if its glyphs speak for themselves.
pub(super) fn replacement(
    document: &Document,
    layers: &Layers,
    resources: Option<&Dictionary>,
    operands: &[Operand],
    content: &[u8],
) -> Option<String> {
    let [.., Operand::Name(tag), properties] = operands else { return None };
    let named = |name: &[u8]| get_dictionary(document, resources?, b"Properties")?.get(name).ok();
    match properties {
        Operand::Name(name) => {
            let properties = named(&content[name.clone()])?;
            if &content[tag.clone()] == b"OC" {
                return layers.hide(document, properties).then(String::new);
            }
            actual_text(document, resolve(document, properties).and_then(as_dictionary)?)
        }
        Operand::Dictionary(place) => {
            let written = &content[place.clone()];
            // Nearly all have nothing but a number.
            memchr::memmem::find(written, b"ActualText")?;
            let operation = Content::decode(&[written, b" BDC"].concat()).ok()?.operations.pop()?;
            actual_text(document, operation.operands.first().and_then(as_dictionary)?)
        }
        _ => None,
    }
}

fn actual_text(document: &Document, properties: &Dictionary) -> Option<String> {
    let text = match get(document, properties, b"ActualText")? {
        text @ Object::String(..) => decode_text_string(text).ok()?,
        _ => return None,
    };
    (text.len() <= LONGEST).then_some(text)
}
