//! A record whose text fields try to take over what shows them: the tables, the page and the terminal stay harmless.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::tool::{command, extract, files, status, stderr};

/// Formulas, elements, links, control sequences and orders of reading, each of them first once.
const EVIL: [&str; 5] = [
    "=HYPERLINK(\"http://evil.example\";\"click\")",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)>",
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}gnp.exe",
    "@SUM(1+1)*cmd|' /C calc'!A0",
];

/// Fields that hold free text.
const FREE: [&str; 20] = [
    "title",
    "subtitle",
    "publisher",
    "place",
    "text",
    "name",
    "label",
    "url",
    "doi",
    "number",
    "deadline",
    "purpose",
    "condition",
    "literal",
    "family",
    "given",
    "container_title",
    "path",
    "message",
    "deontic",
];

fn poison(value: &mut Value, key: &str, count: &mut usize) {
    match value {
        Value::String(text) if FREE.contains(&key) => {
            *text = if key == "url" { "javascript:alert(3)".to_owned() } else { format!("{} {}", EVIL[*count % EVIL.len()], EVIL.concat()) };
            *count += 1;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, if key == "authors" { "literal" } else { key }, count)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, item)| poison(item, name, count)),
        _ => {}
    }
}

/// Two records of a paper, each poisoned in another way, in folders of their own.
fn poisoned(dir: &Path) -> [PathBuf; 2] {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let clean = dir.join("clean");
    let run = extract(&[&corpus.join("cables-pacific-v1.md"), &corpus.join("cables-pacific-v2.md"), &corpus.join("cables-oped.txt")], &clean, &[]);
    assert_eq!(status(&run), 0, "{}", stderr(&run));
    [0, 2].map(|first| {
        let folder = dir.join(format!("evil-{first}"));
        fs::create_dir_all(&folder).expect("a folder");
        for (path, bytes) in files(&clean.join("documents")) {
            let mut record: Value = serde_json::from_slice(&bytes).expect("a record");
            let mut count = first;
            poison(&mut record, "", &mut count);
            assert!(count > 50, "{count} fields are poisoned");
            fs::write(folder.join(path), record.to_string()).expect("written");
        }
        folder
    })
}

fn assert_harmless_on_terminal(text: &str) {
    let bad = text.chars().find(|&c| (c.is_control() && c != '\n') || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    assert_eq!(bad, None, "{text}");
}

fn assert_harmless_in_spreadsheet(bytes: &[u8], name: &str) {
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).records() {
        for cell in &row.expect("well-formed") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']) || cell.parse::<f64>().is_ok(), "{name}: {cell:?} is a formula");
        }
    }
}

/// Runs a command; gives what it printed.
fn printed(arguments: &[&str]) -> String {
    let output = command(arguments).output().expect("the program can be run");
    assert!([0, 1].contains(&status(&output)), "{}", stderr(&output));
    assert_harmless_on_terminal(&stderr(&output));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_hostile_record_stays_harmless() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let [one, other] = poisoned(dir.path());
    let path = |path: &Path| path.to_str().expect("a plain path").to_owned();
    let (one, other, out) = (path(&one), path(&other), path(&dir.path().join("out")));
    let page = path(&dir.path().join("page").join("report.html"));

    for arguments in [
        &["compare", &one, "-o", &out][..],
        &["report", &one, "-o", &page],
        &["sample", &one, "-o", &out],
        &["diff", &one, &other],
        &["diff", &one, &other, "--format", "markdown"],
    ] {
        let text = printed(arguments);
        assert!(!text.is_empty());
        assert_harmless_on_terminal(&text);
        assert!(
            arguments[0] != "diff" || !arguments.contains(&"markdown") || !text.contains(['<', '>'].as_slice()) || text.replace("<br>", "").find('<').is_none(),
            "{text}"
        );
    }
    assert_harmless_in_spreadsheet(printed(&["diff", &one, &other, "--format", "csv"]).as_bytes(), "diff");
    let tables: Vec<_> = files(Path::new(&out)).into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "csv")).collect();
    assert!(tables.len() > 8, "{}", tables.len());
    tables.iter().for_each(|(path, bytes)| assert_harmless_in_spreadsheet(bytes, &path.to_string_lossy()));

    let html = fs::read_to_string(page).expect("the page");
    for evil in ["<script>alert", "<img", "\u{202e}", "\u{1b}"] {
        assert!(!html.contains(evil), "{evil:?} is in the page");
    }
}

#[test]
fn a_hostile_paper_stays_harmless() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut text = String::from("# =HYPERLINK(\"http://evil.example\") of ports\n\n");
    for evil in EVIL {
        text.push_str(&format!("## {evil}\n\n{evil} The Ministry of Ports {evil} should close the quay.[^1] @Minister of Ports must pay.\n\n"));
    }
    text.push_str(&format!("[^1]: =Ward, \"{}\" <javascript:alert(1)> (2020), https://example.org/=x\n", EVIL.concat()));
    let paper = dir.path().join("evil.md");
    fs::write(&paper, text).expect("written");
    let output = dir.path().join("output");
    let run = extract(&[&paper], &output, &[]);
    assert_eq!(status(&run), 0, "{}", stderr(&run));
    assert_harmless_on_terminal(&stderr(&run));
    for (path, bytes) in files(&output) {
        if path.extension().is_some_and(|end| end == "csv") {
            assert_harmless_in_spreadsheet(&bytes, &path.to_string_lossy());
        }
    }
    assert_harmless_on_terminal(&printed(&["show", paper.to_str().expect("a plain path")]));
}
