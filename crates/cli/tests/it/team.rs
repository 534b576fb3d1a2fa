//! A team's library.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::documents::pdf;
use testkit::postgres::Postgres;

use crate::footnote::{Footnote, error_of};

fn fill(footnote: &Footnote) {
    fs::create_dir(footnote.documents().join("reports")).unwrap();
    footnote
        .write("reports/tides 2023.md", "# Tides\n\nThe mean range at the quay was 5.8 metres in 2023.\n");
    footnote.write("tides 2024.txt", "The mean range at the quay was 6.1 metres in 2024.\n");
    footnote.write("report.pdf", pdf(&[&["The gauge is read at noon."], &["The lamp was lit in 1871."]]));
    footnote.write("empty.txt", "");
}

/// Without what differs from one library to the next: times, ids, and where the documents are.
fn same(value: &Value, footnote: &Footnote) -> Value {
    match value {
        Value::Object(fields) => {
            let differs = [
                "document_id",
                "conversation",
                "conversation_id",
                "message_id",
                "timings_ms",
                "seconds",
                "score",
                "job",
            ];
            let fields = fields.iter().filter(|(name, _)| !differs.contains(&name.as_str()));
            fields.map(|(name, value)| (name.clone(), same(value, footnote))).collect()
        }
        Value::Array(values) => values.iter().map(|value| same(value, footnote)).collect(),
        Value::String(text) => text.replace(footnote.documents().to_str().unwrap(), "").into(),
        value => value.clone(),
    }
}

#[test]
fn a_team_is_answered_as_a_person_is() {
    let Some(postgres) = Postgres::start() else { return };
    let (own, team) = (Footnote::new(), Footnote::new().in_team(&postgres.address("postgres", "postgres")));
    for footnote in [&own, &team] {
        fill(footnote);
        footnote.add(&footnote.documents());
    }
    let both = |arguments: &[&str]| {
        let [here, there] = [&own, &team].map(|footnote| same(&footnote.json(arguments), footnote));
        assert_eq!(here, there, "{arguments:?}");
        there
    };
    let answer = both(&["ask", "What was the mean range at the quay in 2023?", "--json"]);
    assert!(answer["answer"].as_str().unwrap().contains("5.8"), "{answer}");
    both(&["search", "mean range folder:reports", "--json"]);
    both(&["search", "lamp lit", "--json"]);
    both(&["search", "unicorn", "--json"]);
    for field in ["documents", "pages", "chunks", "vectors"] {
        assert_eq!(own.status()[field], team.status()[field], "{field}");
    }
    fs::remove_file(team.documents().join("tides 2024.txt")).unwrap();
    team.write("report.pdf", pdf(&[&["The gauge is read at dusk."]]));
    let synced = team.json(&["sync", "--json"]);
    assert_eq!((&synced["removed"], &synced["updated"]), (&1.into(), &1.into()), "{synced}");
    assert_eq!(team.status()["vectors"], team.status()["chunks"]);
    let backup = team.run(&["backup", team.documents().join("b.footnote").to_str().unwrap()]);
    assert!(error_of(&backup).contains("Only a library on this computer"), "{}", error_of(&backup));
}

#[test]
fn a_password_is_never_printed() {
    let footnote = Footnote::new();
    for address in [
        "postgres://ida:hidden-word@127.0.0.1:1/papers",
        "postgres://ida:hidden-word@host/papers?sslmode=never",
    ] {
        for command in ["status", "join", "doctor"] {
            let output = footnote.run(&["--library", address, command, "--json"]);
            assert_eq!(output.status.code(), Some(1));
            let printed = error_of(&output) + &String::from_utf8_lossy(&output.stdout);
            assert!(!printed.contains("hidden-word") && printed.contains("team"), "{printed}");
        }
    }
}

#[test]
fn four_fill_a_library_and_what_one_leaves_when_killed_is_done_by_the_others() {
    let Some(postgres) = Postgres::start() else { return };
    let team = Footnote::new().in_team(&postgres.address("postgres", "postgres"));
    for number in 0..120 {
        team.write(&format!("{number}.md"), format!("Observation {number} was taken at the quay."));
    }
    let documents = team.documents();
    // Begins the library, so that the four do not wait for it.
    team.status();
    let mut fillers = [(); 4].map(|()| team.start(&["add", documents.to_str().unwrap()]));
    let begun = Instant::now();
    while team.status()["documents"].as_u64() < Some(10) {
        assert!(begun.elapsed() < Duration::from_secs(60));
        sleep(Duration::from_millis(20));
    }
    fillers[0].kill().unwrap();
    // Nobody waits two minutes here: it is dead.
    let _ = postgres.psql(
        "postgres",
        "UPDATE footnote.claims SET until = now(); UPDATE footnote.text_claims SET until = now()",
    );
    for filler in &mut fillers[1..] {
        assert!(filler.wait().unwrap().success());
    }
    let _ = fillers[0].wait();
    let again = team.add(&documents);
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &120.into()), "{again}");
    let status = team.status();
    assert_eq!(
        (&status["documents"], &status["chunks"], &status["vectors"]),
        (&120.into(), &120.into(), &120.into())
    );
}
