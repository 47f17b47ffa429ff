//! The tables agree with their description: types, keys and links.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::tool::{extract, status, stderr, table};

type Row = BTreeMap<String, String>;

fn columns(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list of columns").iter().filter_map(Value::as_str).collect()
}

fn cells(row: &Row, columns: &[&str]) -> Vec<String> {
    columns.iter().map(|&column| row[column].clone()).collect()
}

fn has_type(cell: &str, kind: &str) -> bool {
    match kind {
        "integer" => cell.parse::<u64>().is_ok(),
        "number" => cell.parse::<f64>().is_ok(),
        "string" => true,
        _ => false,
    }
}

#[test]
fn tables_are_as_the_data_package_says() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let output = extract(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")], dir.path(), &[]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let package: Value = serde_json::from_slice(&fs::read(dir.path().join("datapackage.json")).expect("it is there")).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    let rows: BTreeMap<&str, Vec<Row>> = resources
        .iter()
        .map(|resource| (resource["name"].as_str().unwrap_or_default(), table(dir.path(), resource["path"].as_str().unwrap_or_default())))
        .collect();
    assert!(!rows["documents"].is_empty());
    for resource in resources {
        let (name, schema) = (resource["name"].as_str().unwrap_or_default(), &resource["schema"]);
        let key = columns(&schema["primaryKey"]);
        let keys: BTreeSet<Vec<String>> = rows[name].iter().map(|row| cells(row, &key)).collect();
        assert_eq!(keys.len(), rows[name].len(), "{name}: {key:?} is unique");
        for field in schema["fields"].as_array().expect("fields") {
            let (column, kind) = (field["name"].as_str().unwrap_or_default(), field["type"].as_str().unwrap_or_default());
            for row in &rows[name] {
                assert!(row[column].is_empty() || has_type(&row[column], kind), "{name}.{column}: {:?} is no {kind}", row[column]);
                assert!(!row[column].is_empty() || !key.contains(&column), "{name}.{column} is empty in {row:?}");
            }
        }
        let links = ["foreignKeys", "optionalForeignKeys"].iter().flat_map(|kind| schema[kind].as_array().expect("links"));
        for link in links {
            let (from, to) = (columns(&link["fields"]), columns(&link["reference"]["fields"]));
            let target = link["reference"]["resource"].as_str().filter(|target| !target.is_empty()).unwrap_or(name);
            let targets: BTreeSet<Vec<String>> = rows[target].iter().map(|row| cells(row, &to)).collect();
            for row in &rows[name] {
                let value = cells(row, &from);
                assert!(value.iter().any(String::is_empty) || targets.contains(&value), "{name}: no {target} has {to:?} = {value:?}");
            }
        }
    }
}
