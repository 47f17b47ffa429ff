//! One paper in five formats gives five records that agree, up to what a format cannot hold: page furniture, the place of notes, line breaks.

use std::collections::BTreeSet;
use std::path::Path;

use policylens::record::Analysis;
use policylens::{Input, Settings, analyse};

const FORMATS: [&str; 5] = ["txt", "md", "html", "docx", "pdf"];

fn records() -> Vec<(&'static str, Analysis)> {
    let settings = Settings::built_in().expect("built-in rules load");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats");
    let read = |extension: &'static str| {
        let name = format!("nitrate-small-systems.{extension}");
        let bytes = std::fs::read(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let record = analyse(&Input { id: "nitrate", path: &name, bytes: &bytes }, &settings).unwrap_or_else(|error| panic!("{name}: {error}"));
        (extension, record)
    };
    FORMATS.map(read).into_iter().collect()
}

/// Letters and digits only: formats differ in quotation marks, dashes and white space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    one.intersection(other).count() as f64 / one.union(other).count().max(1) as f64
}

/// Compares what `items` takes from every record with what it takes from the plain text's: they agree in at least `least` of all. Markdown has no
/// "Notes" heading.
fn agree(layer: &str, least: f64, items: impl Fn(&Analysis) -> BTreeSet<String>) {
    let records = records();
    let plain = items(&records[0].1);
    assert!(!plain.is_empty(), "{layer}: the plain text has none");
    for (format, record) in &records[1..] {
        let found = items(record);
        let missing: Vec<_> = plain.difference(&found).collect();
        let extra: Vec<_> = found.difference(&plain).collect();
        assert!(share(&plain, &found) >= least, "{layer} of {format}, {:.2}: missing {missing:#?}, extra {extra:#?}", share(&plain, &found));
    }
}

#[test]
fn sections_agree() {
    agree("sections", 0.8, |record| record.sections.iter().filter_map(|section| section.heading.as_ref()).map(|heading| letters(&heading.text)).collect());
}

#[test]
fn recommendations_agree() {
    agree("recommendations", 0.9, |record| record.recommendations.iter().map(|one| letters(&one.text)).collect());
}

#[test]
fn actors_agree() {
    agree("actors", 0.85, |record| record.actors.iter().map(|actor| actor.id.clone()).collect());
}

#[test]
fn notes_agree() {
    agree("notes", 0.9, |record| record.notes.iter().map(|note| letters(note.text.as_deref().unwrap_or_default())).collect());
}

#[test]
fn every_note_has_its_mark() {
    for (format, record) in records() {
        let bare: Vec<_> = record.notes.iter().filter(|note| note.anchors.is_empty()).map(|note| note.label.clone()).collect();
        assert!(bare.is_empty(), "{format}: the notes {bare:?} have no mark");
    }
}

#[test]
fn the_title_agrees() {
    let titles: BTreeSet<Option<String>> = records().into_iter().map(|(_, record)| record.document.title.map(|title| letters(&title))).collect();
    assert_eq!(titles.len(), 1, "{titles:?}");
}
