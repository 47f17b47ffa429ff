//! What the fuzz targets share: a document of given bytes must give an error or a record that holds together.

use std::io::Write as _;
use std::sync::LazyLock;

use policylens::record::{Analysis, Place};
use policylens::{Input, Settings, analyse};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings::built_in().expect("built-in rules load"));

/// Analyses the bytes as a file with this name and checks the record.
///
/// # Panics
/// If a place lies outside the text, or the text of a place is not what the record says.
pub fn check(path: &str, bytes: &[u8]) {
    let Ok(analysis) = analyse(&Input { id: "fuzz", path, bytes }, &SETTINGS) else { return };
    let length = analysis.text.chars().count();
    let inside = |place: Place| assert!(place.start <= place.end && place.end <= length, "{place:?} in {length}");
    analysis.sections.iter().for_each(|section| inside(section.place));
    analysis.recommendations.iter().for_each(|one| inside(one.place));
    analysis.citations.iter().for_each(|one| inside(one.place));
    analysis.notes.iter().flat_map(|note| note.place).for_each(inside);
    analysis.actors.iter().flat_map(|actor| &actor.mentions).for_each(|mention| inside(mention.place));
    let json = policylens::write::json::pretty(&analysis);
    let again: Analysis = serde_json::from_slice(json.as_ref()).expect("a record can be read back");
    assert_eq!(again.text, analysis.text);
}

/// A ZIP archive with these members.
///
/// # Panics
/// If memory cannot be written to.
#[must_use]
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(*name, options).expect("memory takes a member");
        writer.write_all(bytes).expect("memory takes bytes");
    }
    writer.finish().expect("memory takes an archive").into_inner()
}
