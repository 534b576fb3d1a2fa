//! Search.

use std::path::PathBuf;

use libraries::Library;
use library::{Candidates, Query, Scope, ScopePart};

use crate::contract::{of_both, of_each};
use crate::samples::{around, document, fill, papers};

fn search(library: &Library, text: &str, scope: &Scope, vector: Option<&[f32]>) -> Candidates {
    library.candidates(&Query { text, vector, scope, chunks: 50, pages: 20, near: 5 }).unwrap()
}

/// The texts that are found by words, best first.
fn found(library: &Library, text: &str, scope: &Scope) -> Vec<String> {
    let found = search(library, text, scope, None);
    let chunks: Vec<_> = found.lexical.iter().map(|hit| hit.chunk).collect();
    library.passages(&chunks).unwrap().into_iter().map(|passage| passage.text).collect()
}

#[test]
fn words_are_found_in_all_their_forms() {
    of_each(|library| {
        fill(library, &papers());
        let first =
            |question| found(library, question, &Scope::default()).into_iter().next().unwrap_or_default();
        assert_eq!(first("insured harbours"), "The harbour light was insured, too.");
        assert_eq!(first("1577"), "The rent is 1,577 euros a month.");
        assert_eq!(first("die Garagen der Hauser"), "Die Häuser haben keine Garage.");
        assert_eq!(first("kundigung"), "Die Kündigung ist schriftlich zu erklären.");
        // While somebody types, and with a slip.
        assert_eq!(first("premi"), "The premium is paid each year in March.");
        assert_eq!(first("the landlrod of it"), "Pets need the consent of the landlord.");
        assert_eq!(first("unicorn"), "");
        assert_eq!(first("' | & <-> \\ : * !"), "");
    });
}

#[test]
fn a_scope_holds_for_each_way_of_finding() {
    of_each(|library| {
        fill(library, &papers());
        let scopes = [
            Scope { documents: vec!["lease 2018.txt".to_owned()], ..Scope::default() },
            Scope { documents: vec!["*2018*".to_owned()], ..Scope::default() },
            Scope { documents: vec!["old/Lease 2018.txt".to_owned()], ..Scope::default() },
            Scope { folder: Some(PathBuf::from("/papers/old")), ..Scope::default() },
            Scope { folder_names: vec!["Old".to_owned()], types: vec!["txt".to_owned()], ..Scope::default() },
        ];
        for scope in scopes {
            assert_eq!(
                found(library, "the rent of the tenant", &scope),
                ["The tenant may keep a dog.", "The rent is 1,200 euros a month."],
                "{scope:?}"
            );
            let near = search(library, "rent", &scope, Some(&around(0.0))).near;
            assert_eq!(near.len(), 3);
            let coverage = library.coverage(&scope).unwrap();
            assert_eq!((coverage.indexed, coverage.failed), (1, 0));
            assert!(library.unmatched(&scope).unwrap().is_empty());
        }
        let none = Scope { types: vec!["pdf".to_owned()], modified_since: Some(5), ..Scope::default() };
        assert!(found(library, "rent", &none).is_empty());
        assert_eq!(library.unmatched(&none).unwrap(), [ScopePart::Type("pdf".to_owned())]);
    });
}

#[test]
fn chunks_are_found_by_their_vectors_and_surroundings() {
    of_each(|library| {
        fill(library, &papers());
        let question = around(0.1);
        let near = search(library, "x", &Scope::default(), Some(&question)).near;
        let chunks: Vec<_> = near.iter().map(|hit| hit.chunk).collect();
        let texts: Vec<String> =
            library.passages(&chunks).unwrap().into_iter().map(|passage| passage.text).collect();
        assert_eq!(texts[0], "The tenant pays the costs of heating and water.");
        assert!((near[0].similarity - 1.0).abs() < 0.002, "{near:?}");
        // Of the sum of the vectors at .10 and .15.
        assert!((near[0].around - 0.025_f32.cos()).abs() < 0.002, "{near:?}");
        assert_eq!(near.len(), 5);
        assert!(near.is_sorted_by(|one, next| one.similarity >= next.similarity));
    });
}

#[test]
fn both_kinds_rank_alike() {
    of_both(|own, team| {
        let mut documents = papers();
        documents.extend((0..60).map(|number| {
            let page = format!(
                "Report {number} of the harbour.\nThe keeper wrote {} times about the light, the light and the sea.\n\
                 The cost of goods sold was {number} in that year.",
                number % 7
            );
            document(&format!("/reports/Report {number}.txt"), &[&page, "The costs of goods are not known.\nThe end."])
        }));
        for library in [own, team] {
            fill(library, &documents);
        }
        let questions = [
            "What is the rent of the lease of 2021?",
            "light of the harbour keeper",
            "cost of goods sold in report 17",
            "Wer zahlt die Miete?",
            "water",
        ];
        for question in questions {
            let texts = |library: &Library, hits: &[library::Hit]| -> Vec<(String, PathBuf)> {
                let chunks: Vec<_> = hits.iter().map(|hit| hit.chunk).collect();
                let passages = library.passages(&chunks).unwrap().into_iter();
                passages.map(|passage| (passage.text, passage.path)).collect()
            };
            let [here, there] = [own, team].map(|library| search(library, question, &Scope::default(), None));
            assert_eq!(texts(own, &here.lexical), texts(team, &there.lexical), "{question}");
            for (one, other) in here.lexical.iter().zip(&there.lexical) {
                // Lengths of rows are kept to about a tenth at home.
                assert!((one.score / other.score - 1.0).abs() < 0.05, "{question}: {one:?} {other:?}");
            }
            assert_eq!(here.pages.len(), there.pages.len(), "{question}");
            assert_eq!(here.phrases.len(), there.phrases.len(), "{question}");
            assert_eq!(here.page_phrases.len(), there.page_phrases.len(), "{question}");
            let named = |names: &library::Names| -> Vec<(usize, usize)> {
                names.words.iter().map(|word| (word.in_name.len(), word.in_beginning.len())).collect()
            };
            assert_eq!(named(&here.names), named(&there.names), "{question}");
            assert_eq!(here.names.documents, there.names.documents);
            assert_eq!(own.words_held(question).unwrap(), team.words_held(question).unwrap());
        }
    });
}

#[test]
fn what_bears_on_a_question_is_counted_alike() {
    of_both(|own, team| {
        for library in [own, team] {
            fill(library, &papers());
        }
        let bearing = |library: &Library| {
            let documents = library.documents().unwrap();
            let pages: Vec<_> =
                documents.iter().flat_map(|document| [(document.id, 1), (document.id, 2)]).collect();
            let place = |id| documents.iter().position(|document| document.id == id);
            let bearing =
                library.bearing("Who pays the water of the lease, and the unicorn?", &pages).unwrap();
            let words = bearing.words.into_iter().map(|word| {
                let mut pages: Vec<_> = word.pages.iter().map(|(id, page)| (place(*id), *page)).collect();
                let mut named: Vec<_> = word.named.iter().map(|id| place(*id)).collect();
                pages.sort_unstable();
                named.sort_unstable();
                (word.word, word.held_by, pages, named)
            });
            (bearing.pages, words.collect::<Vec<_>>())
        };
        assert_eq!(bearing(own), bearing(team));
    });
}
