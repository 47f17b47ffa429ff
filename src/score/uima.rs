//! Records as UIMA CAS in XMI, and back: what INCEpTION (Klie et al. 2018) and the DKPro tools read.
//!
//! Mentions are named entities of the built-in layer, with the actor's type as value and its Wikidata address as identifier. Recommendations are spans of
//! a layer "Recommendation" with the string features `strength` and `polarity`, which a project must have. Offsets in XMI count UTF-16 units.

use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::gold::{Gold, GoldMention, GoldRecommendation, Scope};
use super::passage;
use super::standoff::{self, Entity, KINDS, RECOMMENDATION};
use super::utf16::Units;
use crate::record::{Analysis, Place, Polarity, Strength, wire_name};

/// The types that the files use, as a UIMA type system description: the contents of `TypeSystem.xml`.
#[must_use]
pub fn type_system() -> String {
    let types = [
        ("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence", &[][..]),
        ("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", &["value", "identifier"]),
        ("webanno.custom.Recommendation", &["strength", "polarity"]),
    ];
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n");
    for (name, features) in types {
        let _ = writeln!(out, "    <typeDescription>\n      <name>{name}</name>\n      <supertypeName>uima.tcas.Annotation</supertypeName>\n      <features>");
        for feature in features {
            let _ = writeln!(
                out,
                "        <featureDescription>\n          <name>{feature}</name>\n          <rangeTypeName>uima.cas.String</rangeTypeName>\n        </featureDescription>"
            );
        }
        out.push_str("      </features>\n    </typeDescription>\n");
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}

/// A record's text, sentences and items, to stand as NAME.xmi beside `TypeSystem.xml`.
#[must_use]
pub fn xmi(record: &Analysis) -> String {
    let units = Units::new(&record.text);
    let mut out = String::from(HEAD);
    let mut members = Vec::new();
    let mut annotation = |element: &str, place: Place, features: &[(&str, &str)]| {
        let id = members.len() + FIRST_ID;
        members.push(id.to_string());
        let _ = write!(out, "  <{element} xmi:id=\"{id}\" sofa=\"1\" begin=\"{}\" end=\"{}\"", units.of(place.start), units.of(place.end));
        for (name, value) in features {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        out.push_str("/>\n");
    };
    annotation("tcas:DocumentAnnotation", Place { start: 0, end: units.points() }, &[("language", "en")]);
    for (place, _) in passage::passages(record).into_iter().flat_map(|passage| passage.sentences) {
        annotation("segmentation:Sentence", place, &[]);
    }
    for Entity { label, place, attributes, identifier, .. } in standoff::entities(record) {
        if label == RECOMMENDATION {
            let features: Vec<(String, &str)> = attributes.iter().map(|(name, value)| (name.to_lowercase(), value.as_str())).collect();
            let features: Vec<(&str, &str)> = features.iter().map(|(name, value)| (name.as_str(), *value)).collect();
            annotation("custom:Recommendation", place, &features);
        } else {
            let identifier = identifier.map(|id| format!("http://www.wikidata.org/entity/{id}"));
            let features: Vec<(&str, &str)> = [("value", label.as_str())].into_iter().chain(identifier.as_deref().map(|id| ("identifier", id))).collect();
            annotation("ner:NamedEntity", place, &features);
        }
    }
    let _ = writeln!(out, "  <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{}\"/>", escaped(&record.text));
    let _ = writeln!(out, "  <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>", members.join(" "));
    out
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\"
  xmlns:segmentation=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\"
  xmlns:ner=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmlns:custom=\"http:///webanno/custom.ecore\" xmi:version=\"2.0\">
  <cas:NULL xmi:id=\"0\"/>
";

/// 0 is the null, 1 the text.
const FIRST_ID: usize = 2;

/// An attribute value. A sign that XML does not allow becomes a blank, so that offsets stay.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => {
                let _ = write!(out, "&#{};", c as u32);
            }
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An XMI file that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmiError {
    #[error("not XML: {0}")]
    Xml(String),
    #[error("it holds no text (no sofaString)")]
    NoText,
    #[error("{what} {value:?} of a {element}")]
    Value { element: String, what: &'static str, value: String },
}

/// An annotation as it stands in the file.
#[derive(Debug, Default)]
struct Raw {
    element: String,
    begin: String,
    end: String,
    features: Vec<(String, String)>,
}

impl Raw {
    fn new(element: &str, tag: &BytesStart) -> Self {
        let mut raw = Self { element: element.to_owned(), ..Self::default() };
        for (name, value) in attributes(tag) {
            match name.as_str() {
                "begin" => raw.begin = value,
                "end" => raw.end = value,
                _ => raw.features.push((name, value)),
            }
        }
        raw
    }

    fn feature(&self, name: &str) -> Option<&str> {
        self.features.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn trouble(&self, what: &'static str, value: &str) -> XmiError {
        XmiError::Value { element: self.element.clone(), what, value: value.to_owned() }
    }

    fn place(&self, units: &Units) -> Result<Place, XmiError> {
        let point = |value: &str| value.parse().ok().and_then(|unit| units.point(unit)).ok_or_else(|| self.trouble("no place in the text: offset", value));
        let place = Place { start: point(&self.begin)?, end: point(&self.end)? };
        if place.start < place.end { Ok(place) } else { Err(self.trouble("an empty span: end", &self.end)) }
    }
}

fn attributes(tag: &BytesStart) -> Vec<(String, String)> {
    let value = |attribute: &quick_xml::events::attributes::Attribute| {
        attribute.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
    };
    tag.attributes().with_checks(false).flatten().map(|one| (one.key.local_name().into_inner().to_owned(), value(&one))).collect()
}

/// Reads corrected annotations back: the text, and recommendations with strength and polarity and mentions with their type.
///
/// # Errors
/// If the file is no XMI, an offset lies outside the text, or a value is unknown.
pub fn from_xmi(xmi: &str) -> Result<(String, Gold), XmiError> {
    let (text, found) = read(xmi)?;
    let units = Units::new(&text);
    let points: Vec<char> = text.chars().collect();
    let mut gold = Gold { scope: Scope::One(Place { start: 0, end: points.len() }), ..Gold::default() };
    for raw in &found {
        let place = raw.place(&units)?;
        let words: String = points.get(place.start..place.end).unwrap_or_default().iter().collect();
        if raw.element == "Recommendation" {
            gold.recommendations.push(GoldRecommendation {
                place,
                text: words,
                strength: strength(raw)?,
                polarity: polarity(raw)?,
                ..GoldRecommendation::default()
            });
        } else {
            let value = raw.feature("value").unwrap_or_default();
            let kind = KINDS.into_iter().find(|kind| wire_name(kind).eq_ignore_ascii_case(value)).ok_or_else(|| raw.trouble("unknown value", value))?;
            gold.mentions.push(GoldMention { place, names: vec![words.clone()], text: words, kind, ..GoldMention::default() });
        }
    }
    gold.recommendations.sort_by_key(|one| one.place);
    gold.mentions.sort_by_key(|one| one.place);
    gold.layers = Some(standoff::layers());
    Ok((text, gold))
}

/// The text, and the annotations of the two layers.
fn read(xmi: &str) -> Result<(String, Vec<Raw>), XmiError> {
    let mut reader = Reader::from_str(xmi);
    let (mut text, mut found) = (None, Vec::new());
    loop {
        match reader.read_event().map_err(|error| XmiError::Xml(error.to_string()))? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                "Sofa" => text = text.or_else(|| attributes(&tag).into_iter().find(|(name, _)| name == "sofaString").map(|(_, value)| value)),
                name @ ("NamedEntity" | "Recommendation") => found.push(Raw::new(name, &tag)),
                _ => {}
            },
            Event::Eof => return Ok((text.ok_or(XmiError::NoText)?, found)),
            _ => {}
        }
    }
}

/// "should", as the annotation guidelines have it, where none is set.
fn strength(raw: &Raw) -> Result<Strength, XmiError> {
    match raw.feature("strength") {
        Some("must") => Ok(Strength::Must),
        None | Some("" | "should") => Ok(Strength::Should),
        Some("could") => Ok(Strength::Could),
        Some(other) => Err(raw.trouble("unknown strength", other)),
    }
}

fn polarity(raw: &Raw) -> Result<Polarity, XmiError> {
    match raw.feature("polarity") {
        None | Some("" | "do") => Ok(Polarity::Do),
        Some("do_not") => Ok(Polarity::DoNot),
        Some(other) => Err(raw.trouble("unknown polarity", other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Actor, ActorKind, Mention, Recommendation};

    fn record() -> Analysis {
        let text = "𝔸 note:\u{c}\nJapan must not \"cut\" its <aid>\tnow.".to_owned();
        let recommendation =
            Recommendation { place: Place { start: 9, end: 44 }, strength: Strength::Must, polarity: Polarity::DoNot, ..Recommendation::default() };
        let mention = Mention { place: Place { start: 9, end: 14 }, ..Mention::default() };
        let actor = Actor { kind: ActorKind::State, name: "Japan".to_owned(), wikidata: Some("Q17".to_owned()), mentions: vec![mention], ..Actor::default() };
        Analysis { text, recommendations: vec![recommendation], actors: vec![actor], ..Analysis::default() }
    }

    #[test]
    fn what_is_written_reads_back() {
        let record = record();
        let written = xmi(&record);
        assert!(written.contains("identifier=\"http://www.wikidata.org/entity/Q17\""), "{written}");
        let (text, gold) = from_xmi(&written).expect("our own file");
        assert_eq!(text, record.text.replace('\u{c}', " "));
        let one = &gold.recommendations[0];
        assert_eq!((one.place, one.strength, one.polarity), (record.recommendations[0].place, Strength::Must, Polarity::DoNot));
        assert_eq!((gold.mentions[0].kind, gold.mentions[0].text.as_str()), (ActorKind::State, "Japan"));
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        assert_eq!(from_xmi("<a/>").expect_err("no text"), XmiError::NoText);
        let file = |annotation: &str| format!("<x:XMI xmlns:x=\"x\">{annotation}<x:Sofa sofaString=\"𝔸 Japan\"/></x:XMI>");
        assert!(from_xmi(&file("<x:NamedEntity begin=\"3\" end=\"8\" value=\"State\"/>")).is_ok());
        for wrong in ["begin=\"1\" end=\"8\" value=\"State\"", "begin=\"3\" end=\"99\" value=\"State\"", "begin=\"3\" end=\"8\" value=\"Planet\""] {
            assert!(matches!(from_xmi(&file(&format!("<x:NamedEntity {wrong}/>"))), Err(XmiError::Value { .. })), "{wrong}");
        }
    }
}
