//! Grades of passages.

use inference::{InferenceError, ModelFolder, RelevanceModel};
use testkit::tiny_models::write_relevance;

use crate::{folder, never};

#[test]
fn each_passage_has_a_grade_of_its_own_whatever_stands_beside_it() {
    let folder = folder();
    write_relevance(folder.path(), "tiny").expect("a model");
    let model = RelevanceModel::new(ModelFolder::open(folder.path()).expect("a model")).expect("a model");
    let passages = ["The tide is high at noon.", "Bread needs salt.", "The tide is high at noon."];
    let grades = model.relevances("When is the tide high?", &passages, &never).expect("grades");
    assert_eq!(grades.len(), 3);
    assert!(
        (grades[0] - grades[2]).abs() < f32::EPSILON && (grades[0] - grades[1]).abs() > 1e-3,
        "{grades:?}"
    );
    let alone = model.relevances("When is the tide high?", &passages[1..2], &never).expect("grades");
    assert!((alone[0] - grades[1]).abs() < f32::EPSILON);
    let cancelled = model.relevances("When is the tide high?", &passages, &|| true);
    assert!(matches!(cancelled, Err(InferenceError::Cancelled)));
}
