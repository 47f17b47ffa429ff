//! The public record: the one place that names wire fields. See `RECORD` in the documentation for what each layer means.
//!
//! All offsets here are Unicode code points into `text`, end exclusive. Absent values are left out of the JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of this format.
pub const SCHEMA: &str = "policylens.document/1";

/// The JSON Schema of [`Analysis`].
#[must_use]
pub fn json_schema() -> String {
    serde_json::to_string_pretty(&schemars::schema_for!(Analysis)).unwrap_or_default()
}

/// Everything extracted from one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Analysis {
    pub schema: String,
    /// What made the record: by this, records of several runs are told apart.
    #[serde(default)]
    pub generator: Generator,
    pub document: DocumentInfo,
    /// The document's text as read. All `start` and `end` values are code points into it.
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageSpan>,
    pub sections: Vec<Section>,
    pub recommendations: Vec<Recommendation>,
    /// What others demand and the author only reports.
    pub reported_recommendations: Vec<Recommendation>,
    pub actors: Vec<Actor>,
    pub notes: Vec<Note>,
    pub citations: Vec<Citation>,
    pub warnings: Vec<Warning>,
}

/// The program and rules that made a record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Generator {
    /// Of policylens.
    pub version: String,
    /// A hash of the built-in rules.
    pub rules: String,
    /// A hash of the names that the user added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<String>,
    /// Items below this confidence were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f32>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentInfo {
    /// From the path within the input; unique in a run.
    pub id: String,
    /// Relative to the input argument.
    pub path: String,
    pub media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    pub sha256: String,
    pub bytes: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// ISO 8601, as precise as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Code points in `text`.
    pub characters: usize,
    pub words: usize,
    pub sentences: usize,
}

/// A place in `text`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// A place in `text` with what it says after clean-up: white space runs read as one space, line-end hyphens mended, mark-up and note marks left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TextPlace {
    #[serde(flatten)]
    pub place: Place,
    pub text: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageSpan {
    pub number: u32,
    #[serde(flatten)]
    pub place: Place,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// 1 for a top-level section.
    pub level: u8,
    pub kind: SectionKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Left out for text before the first heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<TextPlace>,
    /// Heading and everything below it, subsections included.
    #[serde(flatten)]
    pub place: Place,
    /// What told that this is a heading, or what its words mean; left out for text before the first heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    pub confidence: f32,
}

/// What a section is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    Summary,
    Introduction,
    Background,
    #[default]
    Body,
    Recommendations,
    Conclusion,
    References,
    Notes,
    Methods,
    Appendix,
    Acknowledgments,
    About,
    Contents,
    Boilerplate,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommendation {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The marker of the list item that it stands in ("3.", "(a)", "•").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    #[serde(flatten)]
    pub place: Place,
    pub text: String,
    pub addressees: Vec<ActorReference>,
    /// The operator as written, in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deontic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<TextPlace>,
    /// Where the addressees were found; left out if there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee_source: Option<AddresseeSource>,
    /// The actions one by one, where one operator governs several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<TextPlace>,
    /// Other actors in the action.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<ActorReference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// The deadline as an ISO 8601 date, as precise as given, or duration ("P6M").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_date: Option<String>,
    /// What is said to follow if it is not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or_else: Option<String>,
    pub strength: Strength,
    pub polarity: Polarity,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// Ids of the citations anchored in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<String>,
    /// Id of the earlier recommendation in this document that it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restates: Option<String>,
    /// Who demands it, in `reported_recommendations`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// The page on which it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    pub rule: String,
    pub confidence: f32,
}

/// Where the addressees of a recommendation were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddresseeSource {
    Sentence,
    LeadIn,
    Heading,
    /// Named in the words before; the sentence has a pronoun.
    Antecedent,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActorReference {
    /// The actor's id in this document's `actors`.
    pub actor: String,
    pub name: String,
    /// The words that name it.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    pub name: String,
}

/// How strongly something is urged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    Could,
    #[default]
    Should,
    Must,
}

/// Whether something is to be done or not to be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    #[default]
    Do,
    DoNot,
}

impl Polarity {
    /// The opposite.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::Do => Self::DoNot,
            Self::DoNot => Self::Do,
        }
    }
}

/// A major topic of the Comparative Agendas Project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Topic {
    pub code: u8,
    pub name: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 code of the country it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    pub mentions: Vec<Mention>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    State,
    Government,
    Subnational,
    Intergovernmental,
    #[default]
    Organization,
    Company,
    Person,
    People,
    Role,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    #[serde(flatten)]
    pub place: Place,
    pub form: Form,
    pub rule: String,
    pub confidence: f32,
}

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    #[default]
    Name,
    Acronym,
    Demonym,
    Metonym,
    Description,
    Role,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    pub id: String,
    pub label: String,
    /// Left out where the note itself is not in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<NoteKind>,
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its marks in the running text.
    pub anchors: Vec<Place>,
    /// What told that this is a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    pub confidence: f32,
}

/// What a note does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    #[default]
    Citation,
    Comment,
    Mixed,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    pub id: String,
    /// The id of the note that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(flatten)]
    pub place: Place,
    pub text: String,
    #[serde(flatten)]
    pub work: Work,
    /// For ibid., supra and short forms: the id of the citation meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
    /// Author-year marks in the running text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Place>,
    pub rule: String,
    pub confidence: f32,
}

/// The fields of a cited work, as far as the citation gives them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    #[serde(rename = "type")]
    pub kind: WorkKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editors: Vec<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// ISO 8601, as precise as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// The place in the work that is pointed to, apart from its page range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinpoint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Report, document, docket or act number, or a symbol such as A/RES/70/1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<String>,
}

/// A person (`family`, `given`) or an institution (`literal`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

impl Name {
    #[must_use]
    pub fn person(family: &str, given: Option<&str>) -> Self {
        Self { family: Some(family.to_owned()), given: given.map(str::to_owned), literal: None }
    }

    #[must_use]
    pub fn institution(literal: &str) -> Self {
        Self { literal: Some(literal.to_owned()), ..Self::default() }
    }

    /// The name on one line: "Yoon, Suk-Yeol" or "White House".
    #[must_use]
    pub fn display(&self) -> String {
        match (&self.literal, &self.family, &self.given) {
            (Some(literal), ..) => literal.clone(),
            (None, Some(family), Some(given)) => format!("{family}, {given}"),
            (None, Some(family), None) => family.clone(),
            (None, None, given) => given.clone().unwrap_or_default(),
        }
    }
}

/// The type of a work, in CSL's words, and `short` for citations that point back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WorkKind {
    Report,
    Webpage,
    ArticleNewspaper,
    ArticleMagazine,
    ArticleJournal,
    Article,
    Book,
    Chapter,
    Legislation,
    #[serde(rename = "legal_case")]
    LegalCase,
    Bill,
    Hearing,
    Speech,
    Interview,
    Thesis,
    Dataset,
    Treaty,
    PressRelease,
    PostWeblog,
    #[default]
    Document,
    Short,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    pub stage: String,
    pub message: String,
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// The name of a value as it stands in JSON ("article-journal"), for tables and the terminal.
#[must_use]
pub fn wire_name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
