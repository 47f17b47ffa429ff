//! CSL-JSON, the format of citation processors (schema: citation-style-language/schema, csl-data.json).

use serde_json::{Map, Value, json};

use super::reference::{Item, merge};
use crate::record::{Citation, Name, WorkKind, wire_name};

/// The works cited as CSL-JSON items; `custom.cited_by` lists the citations of each.
#[must_use]
pub fn csl(citations: &[Citation]) -> Value {
    Value::Array(merge(citations).iter().map(item).collect())
}

/// One item.
#[must_use]
pub fn item(item: &Item) -> Value {
    let work = &item.work;
    let mut fields = Map::new();
    fields.insert("id".to_owned(), json!(item.key));
    let (kind, genre) = match work.kind {
        WorkKind::PressRelease => ("document".to_owned(), Some("Press release")),
        WorkKind::Short => ("document".to_owned(), None),
        kind => (wire_name(&kind), None),
    };
    fields.insert("type".to_owned(), json!(kind));
    let texts = [
        ("title", &work.title),
        ("container-title", &work.container_title),
        ("publisher", &work.publisher),
        ("publisher-place", &work.place),
        ("volume", &work.volume),
        ("issue", &work.issue),
        ("page", &work.pages),
        ("edition", &work.edition),
        ("number", &work.number),
        ("URL", &work.url),
        ("DOI", &work.doi),
    ];
    for (name, value) in texts {
        if let Some(value) = value {
            fields.insert(name.to_owned(), json!(value));
        }
    }
    if let Some(genre) = genre {
        fields.insert("genre".to_owned(), json!(genre));
    }
    for (name, names) in [("author", &work.authors), ("editor", &work.editors)] {
        if !names.is_empty() {
            fields.insert(name.to_owned(), Value::Array(names.iter().map(person).collect()));
        }
    }
    for (name, date) in [("issued", &work.date), ("accessed", &work.accessed)] {
        if let Some(date) = date.as_deref().and_then(parts) {
            fields.insert(name.to_owned(), json!({ "date-parts": [date] }));
        }
    }
    if !item.cited_by.is_empty() {
        fields.insert("custom".to_owned(), json!({ "cited_by": item.cited_by }));
    }
    Value::Object(fields)
}

fn person(name: &Name) -> Value {
    match (&name.literal, &name.family, &name.given) {
        (Some(literal), ..) => json!({ "literal": literal }),
        (None, Some(family), Some(given)) => json!({ "family": family, "given": given }),
        (None, Some(family), None) => json!({ "family": family }),
        (None, None, given) => json!({ "literal": given }),
    }
}

/// An ISO date as numbers: [2022, 2, 12].
pub(super) fn parts(date: &str) -> Option<Vec<u32>> {
    let parts: Vec<u32> = date.split('-').map_while(|part| part.parse().ok()).collect();
    (!parts.is_empty() && parts.len() <= 3).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Work;

    #[test]
    fn an_item_has_the_schema_s_names_and_shapes() {
        let work = Work {
            kind: WorkKind::PressRelease,
            authors: vec![Name::institution("Port Office")],
            editors: vec![Name::person("Kim", Some("S."))],
            title: Some("Ports".to_owned()),
            date: Some("2022-02".to_owned()),
            ..Work::default()
        };
        let one = item(&Item { key: "port2022ports".to_owned(), work, cited_by: vec!["c-1".to_owned()] });
        assert_eq!(
            one,
            json!({
                "id": "port2022ports", "type": "document", "genre": "Press release", "title": "Ports",
                "author": [{"literal": "Port Office"}], "editor": [{"family": "Kim", "given": "S."}],
                "issued": {"date-parts": [[2022, 2]]}, "custom": {"cited_by": ["c-1"]}
            })
        );
    }
}
