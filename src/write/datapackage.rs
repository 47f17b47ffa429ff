//! The description of the tables: a Frictionless Data Package with Table Schemas.

use serde_json::{Map, Value, json};

use super::table::{Column, Kind, Link, TABLES, Table};

/// `datapackage.json`: what a program needs to load the tables with types, keys and links.
#[must_use]
pub fn package() -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "policylens-output",
        "title": "Sections, recommendations, actors and citations from policy papers",
        "resources": TABLES.iter().map(resource).collect::<Vec<Value>>(),
    })
}

fn resource(table: &Table) -> Value {
    // Readers of data packages take a composite key with an empty cell for a broken link, so links that a row may lack stand apart.
    let (optional, foreign): (Vec<&Link>, Vec<&Link>) = table.links.iter().partition(|link| link.columns.iter().any(|column| !table.key.contains(column)));
    json!({
        "name": table.name,
        "title": table.title,
        "description": format!("A row: {}.", lower_first(table.about)),
        "path": format!("{}.csv", table.name),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true},
        "schema": {
            "fields": table.columns.iter().map(|column| field(table, column)).collect::<Vec<Value>>(),
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": foreign.into_iter().map(foreign_key).collect::<Vec<Value>>(),
            "optionalForeignKeys": optional.into_iter().map(foreign_key).collect::<Vec<Value>>(),
        },
    })
}

fn field(table: &Table, column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    field.insert("type".to_owned(), json!(type_name(column.kind)));
    let joined = if column.kind == Kind::List { "; several are joined by \"; \"" } else { "" };
    field.insert("description".to_owned(), json!(format!("{}{joined}", column.about)));
    if table.key.contains(&column.name) {
        field.insert("constraints".to_owned(), json!({"required": true}));
    }
    Value::Object(field)
}

fn foreign_key(link: &Link) -> Value {
    json!({"fields": link.columns, "reference": {"resource": link.table, "fields": link.target}})
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::List => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
