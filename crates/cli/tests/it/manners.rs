//! How the command behaves on a terminal and in a script.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use serde_json::Value;

use crate::footnote::{Footnote, error_of};

fn with_log() -> Footnote {
    let footnote = Footnote::new();
    footnote.write("tides.md", "# Tides\n\nThe gauge at the quay is read at noon.\n");
    footnote.write("lamp.txt", "The lamp was lit in 1871\u{1b}[31m.\n");
    footnote.add(&footnote.documents());
    footnote
}

#[test]
fn whoever_has_seen_enough_may_close_the_pipe() {
    let footnote = with_log();
    for arguments in
        [&["search", "lamp", "-k", "50"][..], &["status"], &["list"], &["ask", "When was the lamp lit?"]]
    {
        let mut command = footnote.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Closed before the command has written anything.
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(child.wait().unwrap().success(), "{arguments:?}: {said}");
        assert!(!said.contains("error"), "{arguments:?}: {said}");
    }
}

#[test]
fn nothing_that_steers_a_terminal_comes_through() {
    let footnote = with_log();
    footnote.write("bell\u{7}\u{1b}]0;title.txt", "The bell rings at seven.");
    footnote.run(&["add", footnote.documents().to_str().unwrap()]);
    for arguments in
        [&["search", "lamp bell"][..], &["list"], &["ask", "When was the lamp lit?"], &["status"]]
    {
        let output = footnote.run(arguments);
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.iter().any(|byte| matches!(byte, 0x1b | 0x07)), "{arguments:?}");
    }
}

#[test]
fn json_is_printed_whatever_happens() {
    let footnote = with_log();
    for (arguments, code) in [
        (&["ask", "  ", "--json"][..], "request"),
        (&["search", "@nofile.txt tides", "--json"], "request"),
        (&["add", "/no/such/folder", "--json"], "request"),
        (&["remove", "/no/such/folder", "--json"], "request"),
        (&["conversations", "export", "9", "--json"], "gone"),
        (&["endpoint", "check", "--json"], "unset"),
        (&["ask", "--json"], "usage"),
        (&["search", "tides", "--json", "--colour"], "usage"),
    ] {
        let output = footnote.run(arguments);
        assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?}");
        let error: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", error_of(&output)));
        assert_eq!(error["error"]["code"], code, "{arguments:?}");
        assert!(error_of(&output).contains("error"), "{}", error_of(&output));
    }
    let streamed = footnote.run(&["ask", "  ", "--json", "--stream"]);
    let event: Value = serde_json::from_slice(&streamed.stdout).unwrap();
    assert_eq!((event["event"].as_str(), event["error"]["code"].as_str()), (Some("error"), Some("request")));
    for arguments in
        [&["conversations", "delete", "9", "--json"][..], &["list", "--json"], &["status", "--json"]]
    {
        footnote.json(arguments);
    }
}

#[test]
fn a_question_needs_no_quotes_and_a_conversation_goes_on() {
    let footnote = with_log();
    let first = footnote.run(&["ask", "When", "was", "the", "lamp", "lit?"]);
    assert!(String::from_utf8_lossy(&first.stdout).contains("1871"), "{}", error_of(&first));
    assert!(error_of(&first).contains("Conversation 1;"), "{}", error_of(&first));
    let second = footnote.json(&["ask", "--continue", "--json", "Which", "lamp?"]);
    assert_eq!(second["conversation"], 1);
    let none = Footnote::new().run(&["ask", "--continue", "Which lamp?"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(error_of(&none).contains("no conversation"), "{}", error_of(&none));
}

#[test]
fn one_thing_is_said_to_be_one() {
    let footnote = Footnote::new();
    footnote.write("tides.md", "The gauge at the quay is read at noon.");
    footnote.add(&footnote.documents());
    let status = String::from_utf8(footnote.run(&["status"]).stdout).unwrap();
    assert!(status.starts_with("1 document, 1 page, 1 chunk, 1 vector\n"), "{status}");
}

#[test]
fn help_shows_a_commands_own_options_first() {
    let help = Footnote::new().run(&["search", "--help"]);
    let lines: Vec<String> = BufReader::new(&help.stdout[..]).lines().map(Result::unwrap).collect();
    let place = |option: &str| lines.iter().position(|line| line.contains(option)).unwrap();
    assert!(place("--limit") < place("--json") && place("--json") < place("--library"), "{lines:#?}");
    assert!(place("--json") < place("--base-url"), "{lines:#?}");
}

/// As another user where the tests run as one who may write everywhere.
#[cfg(unix)]
#[test]
fn a_library_that_may_only_be_read_is_searched_and_asked() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;

    fn set_modes(path: &Path, folder: u32, file: u32) {
        if path.is_dir() {
            set_permissions(path, Permissions::from_mode(0o755)).unwrap();
            for entry in std::fs::read_dir(path).unwrap() {
                set_modes(&entry.unwrap().path(), folder, file);
            }
        }
        set_permissions(path, Permissions::from_mode(if path.is_dir() { folder } else { file })).unwrap();
    }

    const NOBODY: u32 = 65_534;
    let footnote = with_log();
    let library = footnote.library();
    let above = library.parent().unwrap();
    set_permissions(above, Permissions::from_mode(0o755)).unwrap();
    set_modes(&library, 0o555, 0o444);
    let is_superuser = std::fs::metadata(&library).unwrap().uid() == 0;
    let run = |arguments: &[&str]| {
        let mut command = footnote.command(arguments);
        if is_superuser {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    };
    let found = run(&["search", "gauge"]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("tides.md"), "{}", error_of(&found));
    let answer = run(&["ask", "When was the lamp lit?", "--json"]);
    let json: Value =
        serde_json::from_slice(&answer.stdout).unwrap_or_else(|_| panic!("{}", error_of(&answer)));
    assert_eq!((json["conversation"].as_i64(), json["citations"][0]["page"].as_i64()), (Some(0), Some(1)));
    assert_eq!(run(&["status"]).status.code(), Some(0));
    let refused = run(&["add", footnote.documents().to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(error_of(&refused).contains("may only be read"), "{}", error_of(&refused));
    set_modes(&library, 0o755, 0o644);
}

#[test]
fn a_question_may_come_from_the_standard_input() {
    let footnote = with_log();
    for command in ["ask", "search"] {
        let mut process = footnote.command(&[command, "-", "--json"]);
        let mut process = process.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        process.stdin.take().unwrap().write_all(b"When was the lamp lit?\n").unwrap();
        let output = process.wait_with_output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let best = &json["passages"][0];
        assert!(best["document"].as_str().unwrap().ends_with("lamp.txt"), "{json}");
        let link = best["link"].as_str().unwrap();
        assert!(
            link.starts_with("footnote:///") && link.contains("lamp.txt?page=1&quote=The+lamp"),
            "{link}"
        );
    }
}

#[test]
fn what_goes_into_a_file_has_neither_colours_nor_links() {
    let footnote = with_log();
    for arguments in [&["ask", "When was the lamp lit?"][..], &["search", "lamp"], &["--help"]] {
        let mut command = footnote.command(arguments);
        let output = command.env("TERM", "xterm-256color").env("COLUMNS", "40").output().unwrap();
        assert!(!output.stdout.contains(&0x1b), "{arguments:?}");
    }
    let answer = footnote.run(&["ask", "When was the lamp lit?"]);
    let written = String::from_utf8(answer.stdout).unwrap();
    assert!(written.starts_with("The lamp was lit in 1871␛[31m. [1]\n\n[1] "), "{written}");
    assert!(written.contains("lamp.txt, page 1 (word for word)\n    “The lamp was lit"), "{written}");
}

#[test]
fn shells_and_packages_get_completions_and_manual_pages() {
    let footnote = Footnote::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = String::from_utf8(footnote.run(&["completions", shell]).stdout).unwrap();
        assert!(script.contains("conversations") && script.contains("second-opinion"), "{shell}: {script}");
    }
    let folder = footnote.documents().join("man");
    assert!(footnote.run(&["man", folder.to_str().unwrap()]).status.success());
    let page = std::fs::read_to_string(folder.join("footnote-ask.1")).unwrap();
    assert!(page.contains(".SH EXTRA") && page.contains("footnote ask"), "{page}");
    assert!(std::fs::read_to_string(folder.join("footnote.1")).unwrap().contains("Exit status"));
    assert!(!footnote.library().exists(), "no library was begun");
}
