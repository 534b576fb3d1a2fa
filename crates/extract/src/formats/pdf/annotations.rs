//! What annotations and form fields show on a page.

use pdf_extract::{Dictionary, Document, Object, Stream};

use super::layers::Layers;
use super::lookup::{
    as_dictionary, get, get_array, get_dictionary, get_integer, get_name, get_numbers, resolve,
};

/// Annotation flags: hidden, and not to be viewed.
const INVISIBLE: i64 = 1 << 1 | 1 << 5;

/// A form that an annotation draws.
pub(super) struct Appearance<'a> {
    pub form: &'a Stream,
    /// Takes the form's coordinates, its own matrix applied, to those of the page.
    pub placement: [f64; 6],
}

pub(super) fn appearances_on<'a>(
    document: &'a Document,
    layers: &Layers,
    page: &'a Dictionary,
) -> Vec<Appearance<'a>> {
    let annotations = get_array(document, page, b"Annots").unwrap_or_default();
    let dictionaries = annotations.iter().filter_map(|item| resolve(document, item).and_then(as_dictionary));
    let shown = dictionaries.filter(|annotation| !layers.hide_object(document, annotation));
    shown.filter_map(|annotation| appearance_of(document, annotation)).collect()
}

fn appearance_of<'a>(document: &'a Document, annotation: &'a Dictionary) -> Option<Appearance<'a>> {
    if !is_visible(document, annotation) || get_name(document, annotation, b"Subtype") == Some(b"Popup") {
        return None;
    }
    let normal = get(document, get_dictionary(document, annotation, b"AP")?, b"N")?;
    let form = match normal {
        Object::Stream(form) => form,
        // One for each state, as of a check box.
        Object::Dictionary(states) => {
            let state = get_name(document, annotation, b"AS")?;
            get(document, states, state)?.as_stream().ok()?
        }
        _ => return None,
    };
    let rectangle = get_numbers(document, annotation, b"Rect")?;
    let placement = placement_of(document, form, ordered(rectangle));
    Some(Appearance { form, placement })
}

pub(super) fn is_visible(document: &Document, annotation: &Dictionary) -> bool {
    get_integer(document, annotation, b"F").unwrap_or(0) & INVISIBLE == 0
}

/// The form's box, turned by its matrix, is fitted into the annotation's rectangle. A form without a box keeps its
/// size.
fn placement_of(document: &Document, form: &Stream, rectangle: [f64; 4]) -> [f64; 6] {
    let [left, bottom, right, top] = ordered(get_numbers(document, &form.dict, b"BBox").unwrap_or_default());
    let [a, b, c, d, e, f] =
        get_numbers(document, &form.dict, b"Matrix").unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)];
    let turned = corners.map(|(x, y)| (a * x + c * y + e, b * x + d * y + f));
    let lowest = |values: [f64; 4]| values.into_iter().fold(f64::INFINITY, f64::min);
    let highest = |values: [f64; 4]| values.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let (xs, ys) = (turned.map(|(x, _)| x), turned.map(|(_, y)| y));
    let scale = |from: f64, to: f64| if from > 0.0 { to / from } else { 1.0 };
    let x_scale = scale(highest(xs) - lowest(xs), rectangle[2] - rectangle[0]);
    let y_scale = scale(highest(ys) - lowest(ys), rectangle[3] - rectangle[1]);
    let (x, y) = (rectangle[0] - lowest(xs) * x_scale, rectangle[1] - lowest(ys) * y_scale);
    [x_scale, 0.0, 0.0, y_scale, x, y]
}

fn ordered([a, b, c, d]: [f64; 4]) -> [f64; 4] {
    [a.min(c), b.min(d), a.max(c), b.max(d)]
}
