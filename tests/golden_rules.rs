//! The English golden rules of pySBD, where the development data is at hand: the splitter must keep the number it has reached.

use std::path::Path;

use policylens::sentence::split;
use serde_json::Value;

/// All 48 rules that are answered as pySBD's authors answer them. A change in either direction must be recorded here.
const ANSWERED: usize = 48;

#[test]
fn golden_rules_of_pysbd() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/dev/golden-rules-en.jsonl");
    let Ok(rules) = std::fs::read_to_string(path) else { return };
    let mut wrong = Vec::new();
    let mut answered = 0;
    for line in rules.lines() {
        let rule: Value = serde_json::from_str(line).expect("each line is JSON");
        let text = rule["text"].as_str().expect("a rule has a text");
        let expected: Vec<&str> = rule["expected"].as_array().expect("a rule has sentences").iter().filter_map(Value::as_str).collect();
        let found: Vec<&str> = split(text).into_iter().map(|span| span.of(text)).collect();
        if found == expected {
            answered += 1;
        } else {
            wrong.push(format!("{}: expected {expected:#?}\nfound {found:#?}", rule["id"]));
        }
    }
    assert_eq!(answered, ANSWERED, "{}", wrong.join("\n"));
}
