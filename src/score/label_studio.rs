//! Records as tasks of Label Studio to correct, and back from its JSON export.

use serde::Deserialize;
use serde_json::{Value, json};

use super::gold::{Gold, GoldMention, GoldRecommendation, Scope};
use super::standoff::{self, KINDS, RECOMMENDATION, capital};
use super::utf16::Units;
use crate::record::{Analysis, Place, Polarity, Strength, wire_name};

/// The attributes of recommendations: their name in the labelling interface, and the values to choose from.
const CHOICES: [(&str, &[&str]); 2] = [("strength", &["must", "should", "could"]), ("polarity", &["do", "do_not"])];

/// A task with the record's items as predictions to correct. Offsets are code points.
#[must_use]
pub fn task(record: &Analysis) -> Value {
    let mut result = Vec::new();
    for (at, entity) in standoff::entities(record).into_iter().enumerate() {
        let part = |from: &str, kind: &str, key: &str, value: &str| {
            json!({
                "id": format!("e{at}"), "from_name": from, "to_name": "text", "type": kind,
                "value": {"start": entity.place.start, "end": entity.place.end, "text": entity.text, key: [value]},
            })
        };
        result.push(part("label", "labels", "labels", &entity.label));
        result.extend(entity.attributes.iter().map(|(name, value)| part(&name.to_lowercase(), "choices", "choices", value)));
    }
    json!({
        "data": {"id": record.document.id, "file": record.document.path, "title": record.document.title, "text": record.text},
        "predictions": [{"model_version": format!("policylens {}", env!("CARGO_PKG_VERSION")), "result": result}],
    })
}

/// The labelling interface that Label Studio asks for.
#[must_use]
pub fn configuration() -> String {
    let labels: Vec<String> = std::iter::once(RECOMMENDATION.to_owned())
        .chain(KINDS.iter().map(|kind| capital(&wire_name(kind))))
        .map(|label| format!("    <Label value=\"{label}\"/>\n"))
        .collect();
    let choices = CHOICES.map(|(name, values)| {
        let values: String = values.iter().map(|value| format!("    <Choice value=\"{value}\"/>\n")).collect();
        format!(
            "  <Choices name=\"{name}\" toName=\"text\" perRegion=\"true\" whenTagName=\"label\" whenLabelValue=\"{RECOMMENDATION}\">\n{values}  </Choices>\n"
        )
    });
    format!(
        "<View>\n  <Labels name=\"label\" toName=\"text\">\n{}  </Labels>\n{}  <Text name=\"text\" value=\"$text\"/>\n</View>\n",
        labels.concat(),
        choices.concat()
    )
}

#[derive(Deserialize)]
struct Task {
    data: Data,
    #[serde(default)]
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Data {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    result: Vec<Part>,
}

/// A span with its label, or a choice for the span of the same id.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    id: String,
    #[serde(default)]
    from_name: String,
    value: Option<Span>,
}

#[derive(Deserialize)]
struct Span {
    start: Option<usize>,
    end: Option<usize>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    choices: Vec<String>,
}

/// The annotations of one paper.
#[derive(Debug)]
pub struct Annotated {
    /// The document's id.
    pub id: String,
    pub text: String,
    pub gold: Gold,
}

/// An export that cannot be understood.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("no JSON export of Label Studio: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{id}: {reason}: {value:?}")]
    Value { id: String, reason: &'static str, value: String },
}

/// Reads an export (format "JSON"): of each task its last annotation that was not skipped. Tasks without one are left out.
///
/// # Errors
/// If it is no such export, a span does not lie in the text, or a label is unknown.
pub fn from_export(export: &str) -> Result<Vec<Annotated>, ExportError> {
    let tasks: Vec<Task> = serde_json::from_str(export)?;
    let coded = tasks.into_iter().filter_map(|task| {
        let last = task.annotations.into_iter().rfind(|annotation| !annotation.was_cancelled)?;
        Some((task.data, last.result))
    });
    coded.map(|(data, parts)| Ok(Annotated { gold: gold(&data, &parts)?, id: data.id, text: data.text })).collect()
}

fn gold(data: &Data, parts: &[Part]) -> Result<Gold, ExportError> {
    let (points, units) = (data.text.chars().collect::<Vec<char>>(), Units::new(&data.text));
    let mut gold = Gold { scope: Scope::One(Place { start: 0, end: points.len() }), layers: Some(standoff::layers()), ..Gold::default() };
    let trouble = |reason: &'static str, value: &str| ExportError::Value { id: data.id.clone(), reason, value: value.to_owned() };
    for part in parts {
        let Some(span) = &part.value else { continue };
        for label in &span.labels {
            let place = place(&points, &units, span).ok_or_else(|| trouble("its offsets do not lead to this span", &span.text))?;
            let text: String = points[place.start..place.end].iter().collect();
            if label == RECOMMENDATION {
                let (strength, polarity) = attributes(parts, &part.id);
                gold.recommendations.push(GoldRecommendation { place, text, strength, polarity, ..GoldRecommendation::default() });
            } else {
                let kind = KINDS.into_iter().find(|kind| capital(&wire_name(kind)) == *label).ok_or_else(|| trouble("unknown label", label))?;
                gold.mentions.push(GoldMention { place, names: vec![text.clone()], text, kind, ..GoldMention::default() });
            }
        }
    }
    gold.recommendations.sort_by_key(|one| one.place);
    gold.mentions.sort_by_key(|one| one.place);
    Ok(gold)
}

/// The place of a span in code points. Some versions count UTF-16 units; the words of the span tell.
fn place(points: &[char], units: &Units, span: &Span) -> Option<Place> {
    let (start, end) = (span.start?, span.end?);
    let fits = |place: &Place| {
        let words = points.get(place.start..place.end);
        words.is_some_and(|words| !words.is_empty() && (span.text.is_empty() || same_words(words.iter().collect::<String>().as_str(), &span.text)))
    };
    let in_units = || Some(Place { start: units.point(start)?, end: units.point(end)? });
    Some(Place { start, end }).filter(fits).or_else(|| in_units().filter(fits))
}

/// Label Studio shows and stores line ends in several ways.
fn same_words(one: &str, other: &str) -> bool {
    let other = other.replace("\\n", " ");
    one.split_whitespace().eq(other.split_whitespace())
}

/// What was chosen for a recommendation; "should" and "do" where nothing was.
fn attributes(parts: &[Part], id: &str) -> (Strength, Polarity) {
    let chosen = |name: &str| {
        let part = parts.iter().rfind(|part| part.from_name == name && part.id == id)?;
        part.value.as_ref()?.choices.first().map(String::as_str)
    };
    let strength = match chosen("strength") {
        Some("must") => Strength::Must,
        Some("could") => Strength::Could,
        _ => Strength::Should,
    };
    (strength, if chosen("polarity") == Some("do_not") { Polarity::DoNot } else { Polarity::Do })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Actor, ActorKind, DocumentInfo, Mention, Recommendation};

    fn record() -> Analysis {
        let recommendation =
            Recommendation { place: Place { start: 2, end: 25 }, strength: Strength::Must, polarity: Polarity::DoNot, ..Recommendation::default() };
        let mention = Mention { place: Place { start: 2, end: 7 }, ..Mention::default() };
        let actor = Actor { kind: ActorKind::State, name: "Japan".to_owned(), mentions: vec![mention], ..Actor::default() };
        let document = DocumentInfo { id: "a".to_owned(), ..DocumentInfo::default() };
        Analysis {
            document, text: "𝔸 Japan must\nnot cut aid.".to_owned(), recommendations: vec![recommendation], actors: vec![actor], ..Analysis::default()
        }
    }

    /// The export after a coder accepted the predictions, with offsets as `count` counts them.
    fn export(count: impl Fn(usize) -> usize) -> String {
        let mut task = task(&record());
        let mut parts = task["predictions"][0]["result"].clone();
        for part in parts.as_array_mut().expect("parts") {
            for bound in ["start", "end"] {
                part["value"][bound] = json!(count(part["value"][bound].as_u64().expect("a number") as usize));
            }
        }
        task["annotations"] = json!([{"was_cancelled": true, "result": []}, {"result": parts}, {"was_cancelled": true, "result": []}]);
        json!([task, {"data": {"id": "b", "text": "not coded"}}]).to_string()
    }

    #[test]
    fn accepted_predictions_read_back() {
        for text in [export(|point| point), export(|point| if point == 0 { 0 } else { point + 1 })] {
            let found = from_export(&text).expect("an export");
            assert_eq!(found.len(), 1, "only what was coded");
            let one = &found[0].gold.recommendations[0];
            assert_eq!((one.place, one.strength, one.polarity), (record().recommendations[0].place, Strength::Must, Polarity::DoNot));
            assert_eq!((found[0].gold.mentions[0].kind, found[0].gold.mentions[0].text.as_str()), (ActorKind::State, "Japan"));
        }
    }

    #[test]
    fn offsets_that_lead_elsewhere_are_named() {
        let error = from_export(&export(|point| point + 9)).expect_err("wrong offsets");
        assert!(error.to_string().starts_with("a: its offsets"), "{error}");
        assert!(from_export("{}").is_err());
    }
}
