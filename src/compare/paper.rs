//! What a comparison needs of a record.

use std::collections::BTreeMap;

use crate::record::{ActorKind, Analysis, Polarity, Strength, Topic, Work, WorkKind};

/// A paper, reduced to what is compared.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    pub id: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub recommendations: Vec<Demand>,
    /// In order of id.
    pub actors: Vec<ActorUse>,
    pub works: Vec<Cited>,
}

/// A recommendation, reduced to what is compared.
#[derive(Debug, Clone, Default)]
pub struct Demand {
    pub id: String,
    pub text: String,
    /// What is to be done; the whole text where no action was found.
    pub action: String,
    /// Actor ids, in order.
    pub addressees: Vec<String>,
    pub addressee_names: Vec<String>,
    pub topics: Vec<Topic>,
    pub strength: Strength,
    pub polarity: Polarity,
    pub deadline: Option<String>,
}

/// How a paper uses an actor.
#[derive(Debug, Clone, Default)]
pub struct ActorUse {
    pub id: String,
    pub name: String,
    pub kind: ActorKind,
    pub country: Option<String>,
    pub mentions: usize,
    /// Recommendations that address it.
    pub addressed: usize,
    /// Recommendations whose action concerns it.
    pub target: usize,
}

/// A citation of a work.
#[derive(Debug, Clone, Default)]
pub struct Cited {
    pub id: String,
    pub text: String,
    pub work: Work,
}

impl Paper {
    /// Takes from a record what is compared. Restatements and short citations are left out, since they say nothing of their own.
    #[must_use]
    pub fn from_record(record: &Analysis) -> Self {
        let recommendations = record.recommendations.iter().filter(|one| one.restates.is_none()).map(demand).collect();
        let works = record
            .citations
            .iter()
            .filter(|citation| citation.work.kind != WorkKind::Short && citation.refers_to.is_none())
            .map(|citation| Cited { id: citation.id.clone(), text: citation.text.clone(), work: citation.work.clone() })
            .collect();
        Self {
            id: record.document.id.clone(),
            title: record.document.title.clone(),
            date: record.document.date.clone(),
            recommendations,
            actors: actor_uses(record),
            works,
        }
    }

    /// The title, or the id where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }
}

fn demand(one: &crate::record::Recommendation) -> Demand {
    let mut parties: Vec<(&str, &str)> = one.addressees.iter().map(|party| (party.actor.as_str(), party.name.as_str())).collect();
    parties.sort_unstable();
    parties.dedup();
    Demand {
        id: one.id.clone(),
        text: one.text.clone(),
        action: one.action.as_ref().map_or_else(|| one.text.clone(), |action| action.text.clone()),
        addressees: parties.iter().map(|(id, _)| (*id).to_owned()).collect(),
        addressee_names: parties.iter().map(|(_, name)| (*name).to_owned()).collect(),
        topics: one.topics.clone(),
        strength: one.strength,
        polarity: one.polarity,
        deadline: one.deadline.clone(),
    }
}

fn actor_uses(record: &Analysis) -> Vec<ActorUse> {
    let mut uses: BTreeMap<&str, ActorUse> = BTreeMap::new();
    for actor in &record.actors {
        let one = uses.entry(&actor.id).or_insert_with(|| ActorUse {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            country: actor.country.clone(),
            ..ActorUse::default()
        });
        one.mentions += actor.mentions.len();
    }
    for one in &record.recommendations {
        for party in &one.addressees {
            if let Some(found) = uses.get_mut(party.actor.as_str()) {
                found.addressed += 1;
            }
        }
        for party in &one.targets {
            if let Some(found) = uses.get_mut(party.actor.as_str()) {
                found.target += 1;
            }
        }
    }
    uses.into_values().collect()
}
