//! A small window from which files can be dragged: what a file manager is to the app.
//! Its arguments are the files; it says `ready` when it can be seen.

#![allow(clippy::print_stdout, reason = "it talks to the test over its standard output")]

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use gtk::gdk::{DragAction, ModifierType};
    use gtk::prelude::*;

    gtk::init()?;
    let files = std::env::args()
        .skip(1)
        .map(|file| Ok(gtk::glib::filename_to_uri(file, None)?.to_string()))
        .collect::<Result<Vec<String>, gtk::glib::Error>>()?;

    let source = gtk::EventBox::new();
    source.add(&gtk::Label::new(Some("Drag me")));
    source.drag_source_set(ModifierType::BUTTON1_MASK, &[], DragAction::COPY);
    source.drag_source_add_uri_targets();
    source.connect_drag_data_get(move |_, _, data, _, _| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        data.set_uris(&files);
    });

    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_title("drag source");
    window.set_default_size(120, 80);
    window.move_(0, 0);
    window.set_keep_above(true);
    window.add(&source);
    window.connect_map_event(|_, _| {
        println!("ready");
        gtk::glib::Propagation::Proceed
    });
    window.show_all();
    gtk::main();
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {}
