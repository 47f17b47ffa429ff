//! Gold annotations, as the annotation tools write them. Offsets are code points into the text with CRLF read as LF and a leading byte order mark dropped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::{ActorKind, Form, Name, NoteKind, Place, Polarity, SectionKind, Strength};

/// The annotations of one document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Gold {
    pub scope: Scope,
    /// If given, only these layers are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<Vec<String>>,
    pub sections: Vec<GoldSection>,
    pub recommendations: Vec<GoldRecommendation>,
    pub mentions: Vec<GoldMention>,
    pub notes: Vec<GoldNote>,
    pub anchors: Vec<GoldAnchor>,
    pub citations: Vec<GoldCitation>,
    /// Actor types mapped before they are compared.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub coarse: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore_types: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore_forms: Vec<String>,
    /// Places in which mentions do not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub neutral: Vec<Place>,
}

/// What part of the text is annotated; what is found outside is not counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Scope {
    One(Place),
    Many(Vec<Place>),
}

impl Default for Scope {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Scope {
    #[must_use]
    pub fn places(&self) -> &[Place] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Many(places) => places,
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldSection {
    #[serde(flatten)]
    pub place: Place,
    #[serde(default)]
    pub text: String,
    pub level: u8,
    pub kind: SectionKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldRecommendation {
    #[serde(flatten)]
    pub place: Place,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub addressees: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    pub strength: Strength,
    pub polarity: Polarity,
    /// Neither owed nor held against.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub borderline: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldMention {
    #[serde(flatten)]
    pub place: Place,
    #[serde(default)]
    pub text: String,
    #[serde(rename = "type")]
    pub kind: ActorKind,
    pub names: Vec<String>,
    #[serde(default)]
    pub form: Form,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldNote {
    pub label: String,
    #[serde(flatten)]
    pub place: Place,
    pub kind: NoteKind,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldAnchor {
    #[serde(flatten)]
    pub place: Place,
    pub label: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldCitation {
    #[serde(flatten)]
    pub place: Place,
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub authors: Vec<GoldName>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub container_title: Option<String>,
    #[serde(default)]
    pub publisher: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub doi: Option<String>,
    #[serde(default)]
    pub number: Option<String>,
}

/// A name as annotators write it: in parts, or in one string.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum GoldName {
    Parts(Name),
    Whole(String),
}

impl GoldName {
    /// The part by which names are compared: the family name, or the whole.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Whole(name) => name,
            Self::Parts(name) => name.family.as_deref().or(name.literal.as_deref()).unwrap_or_default(),
        }
    }
}
