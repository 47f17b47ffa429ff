//! What must hold of every record, whatever the input: random text, the sample papers, pieces and heaps of them.

#[path = "properties/invariants.rs"]
mod invariants;
#[path = "properties/references.rs"]
mod references;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use invariants::check;
use policylens::{Input, Settings, analyse};
use proptest::prelude::*;

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings::built_in().expect("built-in rules load"));
static STRICT: LazyLock<Settings> = LazyLock::new(|| Settings { min_confidence: 0.9, ..Settings::built_in().expect("built-in rules load") });

/// Analyses the text as plain text and as Markdown and checks both records.
fn check_text(text: &str) {
    for path in ["text.txt", "text.md"] {
        check_bytes(path, text.as_bytes(), &SETTINGS);
    }
}

fn check_bytes(path: &str, bytes: &[u8], settings: &Settings) {
    let input = Input { id: "text", path, bytes };
    if let Ok(analysis) = analyse(&input, settings) {
        let wrong = check(&analysis, settings);
        assert!(wrong.is_empty(), "{path} {:?}\n{}", String::from_utf8_lossy(bytes), wrong.join("\n"));
        let again = analyse(&input, settings).expect("what was read once is read again");
        assert!(analysis == again, "a second analysis differs: {path} {:?}", String::from_utf8_lossy(bytes));
    }
}

/// The sample papers in text form, by name.
fn papers() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut papers: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the sample papers are there")
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let is_text = path.extension().is_some_and(|extension| extension == "txt" || extension == "md");
            let text = fs::read(&path).ok().filter(|_| is_text)?;
            Some((path.file_name()?.to_string_lossy().into_owned(), String::from_utf8_lossy(&text).into_owned()))
        })
        .collect();
    papers.sort();
    papers
}

fn check_prefixes(step: usize) {
    for (name, text) in papers() {
        for end in (0..text.len()).step_by(step).filter(|&end| text.is_char_boundary(end)) {
            check_bytes(&name, &text.as_bytes()[..end], &SETTINGS);
        }
    }
}

#[test]
fn records_of_the_sample_papers_are_sound() {
    for (name, text) in papers() {
        check_bytes(&name, text.as_bytes(), &SETTINGS);
        check_bytes(&name, text.as_bytes(), &STRICT);
        check_bytes(&name, text.replace('\n', "\r\n").as_bytes(), &SETTINGS);
    }
}

#[test]
fn records_of_prefixes_are_sound() {
    check_prefixes(997);
}

#[test]
#[ignore = "takes long: every prefix"]
fn records_of_every_prefix_are_sound() {
    check_prefixes(1);
}

#[test]
fn records_of_suffixes_and_concatenations_are_sound() {
    let papers = papers();
    for (index, (name, text)) in papers.iter().enumerate() {
        let middle = (text.len() / 3..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        check_bytes(name, &text.as_bytes()[middle..], &SETTINGS);
        let (_, next) = &papers[(index + 1) % papers.len()];
        check_bytes(name, format!("{text}{next}").as_bytes(), &SETTINGS);
        check_bytes(name, format!("{}\u{c}{next}", &text[middle..]).as_bytes(), &SETTINGS);
    }
}

/// Pieces of policy papers, mark-up and Unicode that mean something to one stage or another.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "\u{c}",
        "# ",
        "## ",
        "- ",
        "1. ",
        "(a) ",
        "> ",
        "---\n",
        "**",
        "*",
        "_",
        "`",
        "[",
        "](",
        "](https://example.org/a_b)",
        ")",
        "[^1]",
        "[^1]: ",
        "[1]",
        "¹",
        "\n1 ",
        "|",
        "&amp;",
        "<br>",
        "<sup>2</sup>",
        "-\n",
        "\u{ad}\n",
        "U.S. ",
        "the United States ",
        "Japan, South Korea and the EU ",
        "Ministers ",
        "The Council ",
        "should ",
        "must not ",
        "We recommend that ",
        "all three countries ",
        "Recommendations",
        "References",
        "Notes",
        "Ibid., 12.",
        "Smith, J. (2020). Title. Press.",
        "See Jane Smith, “Lending,” Foreign Affairs, March 2022, https://example.org/x-\ny.",
        "doi:10.1000/xyz",
        "A/RES/70/1",
        "(Smith 2020; Jones, 2021)",
        ". ",
        "? ",
        "”",
        "“",
        "’s ",
        "…",
        "—",
        "é",
        "e\u{301}",
        "日本",
        "𝄞",
        "\u{200b}",
        "\u{202e}",
        "\u{feff}",
        "İ",
        "ß",
        "ﬁ",
        "\u{2028}",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<String>(), 2 => "[A-Z]?[a-z]{1,9} "]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_of_random_pieces_are_sound(pieces in prop::collection::vec(piece(), 0..60)) {
        check_text(&pieces.concat());
    }

    #[test]
    fn records_of_random_text_are_sound(text in any::<String>()) {
        check_text(&text);
    }

    #[test]
    fn random_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400), extension in prop::sample::select(vec!["txt", "md", "html", "pdf", "docx", "odt", "epub"])) {
        check_bytes(&format!("text.{extension}"), &bytes, &SETTINGS);
    }
}
