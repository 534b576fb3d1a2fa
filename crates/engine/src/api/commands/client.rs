//! The window's client, written from the table: `ui/src/api/commands.ts`.

use std::collections::BTreeSet;
use std::fs;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;
use ts_rs::{Config, TS, TypeVisitor};

/// What the table says of a command.
pub struct Declared {
    pub documentation: &'static [&'static str],
    /// `call`, `stream` or `bytes`.
    pub kind: &'static str,
    pub name: &'static str,
    pub arguments: Vec<(&'static str, TypeScript)>,
    /// The reply of a call, the event of a stream.
    pub result: TypeScript,
}

/// A type as TypeScript writes it, with the names that it takes from files of their own.
pub struct TypeScript {
    name: String,
    imports: Imports,
}

#[derive(Default)]
struct Imports(BTreeSet<String>);

impl TypeVisitor for Imports {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            self.0.insert(T::ident(&Config::default()));
        }
    }
}

impl TypeScript {
    pub fn of<T: TS + 'static>() -> Self {
        let mut imports = Imports::default();
        imports.visit::<T>();
        T::visit_generics(&mut imports);
        // Ids count up from 1 and stay far below what a JavaScript number holds.
        let name = T::name(&Config::new().with_large_int("number"));
        Self { name: if name == "null" { "void".to_owned() } else { name }, imports }
    }
}

/// A command as the template writes it.
#[derive(Serialize)]
struct Row {
    documentation: String,
    kind: &'static str,
    name: &'static str,
    method: String,
    parameters: String,
    promised: String,
    given: String,
    arguments: String,
    listener: &'static str,
}

impl Row {
    fn of(command: &Declared) -> Self {
        let names: Vec<String> = command.arguments.iter().map(|(name, _)| camel_case(name)).collect();
        let mut parameters: Vec<String> =
            names.iter().zip(&command.arguments).map(|(name, (_, kind))| parameter(name, kind)).collect();
        let mut given = names.clone();
        let streams = command.kind == "stream";
        if streams {
            parameters.push(format!("onEvent: Listener<{}>", command.result.name));
            given.push("onEvent".to_owned());
        }
        Self {
            documentation: command.documentation.concat().trim().to_owned(),
            kind: command.kind,
            name: command.name,
            method: camel_case(command.name),
            parameters: parameters.join(", "),
            promised: match command.kind {
                "bytes" => "ArrayBuffer".to_owned(),
                "stream" => "void".to_owned(),
                _ => command.result.name.clone(),
            },
            given: given.join(", "),
            arguments: names.join(", "),
            listener: if streams { ", onEvent" } else { "" },
        }
    }
}

/// What may be missing may be left out.
fn parameter(name: &str, kind: &TypeScript) -> String {
    match kind.name.strip_suffix(" | null") {
        Some(kind) => format!("{name}?: {kind}"),
        None => format!("{name}: {}", kind.name),
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(1);
        name + &initial.to_uppercase() + rest
    })
}

#[test]
fn export_bindings_of_the_client() {
    let commands = super::declared();
    let mut imports = BTreeSet::new();
    for command in &commands {
        let types = command.arguments.iter().map(|(_, kind)| kind).chain([&command.result]);
        imports.extend(types.flat_map(|kind| kind.imports.0.iter().cloned()));
    }
    let rows: Vec<Row> = commands.iter().map(Row::of).collect();
    let table = context! { imports => Value::from(Serde(imports)), commands => Value::from(Serde(rows)) };
    let client = Environment::new().render_str(include_str!("client.ts.jinja"), table).unwrap();
    assert!(client.contains("openDocument(documentId: number, page?: number): Promise<void>;"), "{client}");
    fs::write(Config::from_env().out_dir().join("commands.ts"), client + "\n").unwrap();
}
