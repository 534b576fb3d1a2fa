//! Judgements of sentences.

use std::path::Path;

use inference::{EntailmentModel, InferenceError, ModelFolder, Relation};
use testkit::tiny_models::write_entailment;

use crate::{folder, never};

fn model(folder: &Path, labels: [&str; 3]) -> EntailmentModel {
    write_entailment(folder, "tiny", labels).expect("a model");
    EntailmentModel::new(ModelFolder::open(folder).expect("a model")).expect("a model of entailment")
}

const PREMISE: &str = "The lamp was lit in 1871.";
const HYPOTHESIS: &str = "The light is from 1871.";

#[test]
fn what_a_number_means_stands_in_the_configuration_of_the_model() {
    let (one, other) = (folder(), folder());
    let labels = ["ENTAILMENT", "neutral", "contradiction"];
    let turned = ["contradiction", "neutral", "ENTAILMENT"];
    let as_labelled = model(one.path(), labels).judge(PREMISE, HYPOTHESIS, &never).expect("a judgement");
    let as_turned = model(other.path(), turned).judge(PREMISE, HYPOTHESIS, &never).expect("a judgement");
    let place = |all: [&str; 3], label: &str| all.iter().position(|one| *one == label);
    assert_eq!(place(labels, &as_labelled.label), place(turned, &as_turned.label));
    assert_eq!(as_labelled.relation == Relation::Entailment, as_labelled.label == "ENTAILMENT");
    assert!((1.0 / 3.0..=1.0).contains(&as_labelled.probability), "{as_labelled:?}");
}

#[test]
fn a_hypothesis_is_read_whole_however_long_its_premise_is() {
    let folder = folder();
    let model = model(folder.path(), ["entailment", "neutral", "contradiction"]);
    let long = "the tide is high at noon and low at dusk ".repeat(200);
    let judged = |hypothesis: &str| model.judge(&long, hypothesis, &never).expect("a judgement").probability;
    assert!((judged(HYPOTHESIS) - judged("Bread needs a little salt.")).abs() > f32::EPSILON);
}

#[test]
fn a_model_with_other_labels_and_a_cancelled_run_give_no_judgement() {
    let (one, other) = (folder(), folder());
    let unknown = model(one.path(), ["good", "neutral", "bad"]).judge(PREMISE, HYPOTHESIS, &never);
    assert!(matches!(unknown, Err(InferenceError::NotLoaded { .. })), "{unknown:?}");
    let known = model(other.path(), ["entailment", "neutral", "contradiction"]);
    let cancelled = known.judge(PREMISE, HYPOTHESIS, &|| true);
    assert!(matches!(cancelled, Err(InferenceError::Cancelled)), "{cancelled:?}");
}
