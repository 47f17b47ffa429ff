//! Every rule finds what it says it catches, and nothing in what it says it spares.
//!
//! A rule's text is analysed alone, as plain text, and the ids in the record are looked at. A rule of kind `guard` blocks: in what it catches
//! its layer must stay empty, in what it spares its layer must hold something.

use std::collections::BTreeSet;

use policylens::rule::Rule;
use policylens::{Input, Settings, analyse};
use serde_json::Value;

fn record(text: &str, settings: &Settings) -> Value {
    let input = Input { id: "case", path: "case.txt", bytes: text.as_bytes() };
    let record = analyse(&input, settings).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    serde_json::to_value(record).expect("a record is JSON")
}

fn collect(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(id)) = fields.get("rule") {
                ids.insert(id.clone());
            }
            fields.values().for_each(|value| collect(value, ids));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, ids)),
        _ => {}
    }
}

/// True if the rule did its work on `text`: found something, or, for a guard, let nothing through.
fn fires(rule: &Rule, text: &str, settings: &Settings) -> bool {
    let record = record(text, settings);
    if rule.kind == "guard" {
        return record[format!("{}s", rule.layer())].as_array().is_some_and(Vec::is_empty);
    }
    let mut ids = BTreeSet::new();
    collect(&record, &mut ids);
    ids.contains(&rule.id)
}

#[test]
fn rules_catch_and_spare_what_they_say() {
    let settings = Settings::built_in().expect("built-in rules load");
    let mut wrong = Vec::new();
    for (_, rule) in settings.rules.iter() {
        if rule.catches.is_empty() {
            wrong.push(format!("{} has no example that it must catch", rule.id));
        }
        if rule.spares.is_empty() {
            wrong.push(format!("{} has no example that it must spare", rule.id));
        }
        wrong.extend(rule.catches.iter().filter(|text| !fires(rule, text, &settings)).map(|text| format!("{} misses {text:?}", rule.id)));
        wrong.extend(rule.spares.iter().filter(|text| fires(rule, text, &settings)).map(|text| format!("{} does not spare {text:?}", rule.id)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
