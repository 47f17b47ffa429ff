//! CSL-JSON, the format of citation processors (schema: citation-style-language/schema, csl-data.json).

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::reference::{Item, merge};
use super::serializer::{Json, Layout};
use crate::record::{Citation, Name, WorkKind};

/// The works cited as CSL-JSON items; `custom.cited_by` lists the citations of each.
#[must_use]
pub fn csl(citations: &[Citation]) -> Value {
    Value::Array(merge(citations).iter().map(item).collect())
}

/// One item.
#[must_use]
pub fn item(item: &Item) -> Value {
    serde_json::to_value(Csl(item)).unwrap_or_default()
}

/// One item on one line.
#[must_use]
pub fn line(item: &Item) -> String {
    let mut json = Json::new(Layout::OneLine, 512);
    // Writing into memory cannot fail.
    let _ = Csl(item).serialize(&mut json);
    String::from_utf8(json.out).unwrap_or_default()
}

/// An item that is written with its fields in the order of their names.
struct Csl<'a>(&'a Item);

impl Serialize for Csl<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let work = &self.0.work;
        let mut fields = Fields(serializer.serialize_map(None)?);
        fields.text("DOI", work.doi.as_deref())?;
        fields.text("URL", work.url.as_deref())?;
        fields.date("accessed", work.accessed.as_deref())?;
        fields.names("author", &work.authors)?;
        fields.text("container-title", work.container_title.as_deref())?;
        if !self.0.cited_by.is_empty() {
            fields.0.serialize_entry("custom", &BTreeMap::from([("cited_by", &self.0.cited_by)]))?;
        }
        fields.text("edition", work.edition.as_deref())?;
        fields.names("editor", &work.editors)?;
        fields.text("genre", (work.kind == WorkKind::PressRelease).then_some("Press release"))?;
        fields.text("id", Some(&self.0.key))?;
        fields.text("issue", work.issue.as_deref())?;
        fields.date("issued", work.date.as_deref())?;
        fields.text("number", work.number.as_deref())?;
        fields.text("page", work.pages.as_deref())?;
        fields.text("publisher", work.publisher.as_deref())?;
        fields.text("publisher-place", work.place.as_deref())?;
        fields.text("title", work.title.as_deref())?;
        match work.kind {
            WorkKind::PressRelease | WorkKind::Short => fields.text("type", Some("document"))?,
            kind => fields.0.serialize_entry("type", &kind)?,
        }
        fields.text("volume", work.volume.as_deref())?;
        fields.0.end()
    }
}

/// The fields of an item in the making; those without a value are left out.
struct Fields<M>(M);

impl<M: SerializeMap> Fields<M> {
    fn text(&mut self, name: &str, value: Option<&str>) -> Result<(), M::Error> {
        value.map_or(Ok(()), |value| self.0.serialize_entry(name, value))
    }

    fn date(&mut self, name: &str, date: Option<&str>) -> Result<(), M::Error> {
        let parts = date.and_then(parts);
        parts.map_or(Ok(()), |parts| self.0.serialize_entry(name, &BTreeMap::from([("date-parts", [parts])])))
    }

    fn names(&mut self, name: &str, names: &[Name]) -> Result<(), M::Error> {
        if names.is_empty() {
            return Ok(());
        }
        self.0.serialize_entry(name, &names.iter().map(Person).collect::<Vec<_>>())
    }
}

struct Person<'a>(&'a Name);

impl Serialize for Person<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = self.0;
        let mut fields = Fields(serializer.serialize_map(None)?);
        match (&name.literal, &name.family) {
            (Some(literal), _) => fields.text("literal", Some(literal))?,
            (None, Some(family)) => {
                fields.text("family", Some(family))?;
                fields.text("given", name.given.as_deref())?;
            }
            (None, None) => fields.0.serialize_entry("literal", &name.given)?,
        }
        fields.0.end()
    }
}

/// An ISO date as numbers: [2022, 2, 12].
pub(super) fn parts(date: &str) -> Option<Vec<u32>> {
    let parts: Vec<u32> = date.split('-').map_while(|part| part.parse().ok()).collect();
    (!parts.is_empty() && parts.len() <= 3).then_some(parts)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
        let one = item(&Item { key: "port2022ports".to_owned(), work: work.clone(), cited_by: vec!["c-1".to_owned()] });
        assert_eq!(
            one,
            json!({
                "id": "port2022ports", "type": "document", "genre": "Press release", "title": "Ports",
                "author": [{"literal": "Port Office"}], "editor": [{"family": "Kim", "given": "S."}],
                "issued": {"date-parts": [[2022, 2]]}, "custom": {"cited_by": ["c-1"]}
            })
        );
        assert_eq!(line(&Item { key: "port2022ports".to_owned(), work, cited_by: vec!["c-1".to_owned()] }), one.to_string());
    }
}
