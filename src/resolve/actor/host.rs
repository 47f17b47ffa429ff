//! The body that a document is of or about: whose Secretary-General and Secretariat it means.

use std::collections::BTreeMap;

use crate::extract::actor::{RawMention, Referent};
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Form};

/// What the document's own offices and organs belong to.
#[derive(Debug, Default)]
pub(super) struct Host {
    /// The name of the intergovernmental organisation.
    pub organisation: Option<String>,
    /// Its organs outnumber the bodies of states: an unknown committee is one of them.
    pub is_intergovernmental: bool,
    /// The name of the part of a state that the document is of.
    pub province: Option<String>,
}

/// A body named in the first characters of a document is mostly the one that issued it.
const OPENING: usize = 300;
const OPENING_WEIGHT: usize = 5;

const UNITED_NATIONS: &str = "United Nations";

/// Posts and organs that every organisation has.
const ORGANS: [&str; 6] = ["Secretary-General", "Deputy Secretary-General", "Under-Secretary-General", "Director-General", "Secretariat", "Executive Board"];

impl Host {
    pub fn new(lexicon: &Lexicon, mentions: &[RawMention]) -> Self {
        let mut organisations: BTreeMap<&str, usize> = BTreeMap::new();
        let mut provinces: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut organs, mut bodies) = (0usize, 0usize);
        for mention in mentions {
            let name = match &mention.referent {
                Referent::Known(entry) => lexicon.entry(*entry).name.as_ref(),
                Referent::Named { name, .. } => name,
                _ => continue,
            };
            match mention.kind {
                ActorKind::Intergovernmental if is_organ(name) => organs += 1,
                ActorKind::Intergovernmental => {
                    organs += 1;
                    let whole = if name.starts_with(UNITED_NATIONS) { UNITED_NATIONS } else { name };
                    *organisations.entry(whole).or_default() += if mention.span.start() < OPENING { OPENING_WEIGHT } else { 1 };
                }
                ActorKind::Government if matches!(mention.referent, Referent::Known(_) | Referent::Named { country: Some(_), .. }) => bodies += 1,
                ActorKind::Subnational if mention.form == Form::Name => *provinces.entry(name).or_default() += 1,
                _ => {}
            }
        }
        let most = |counts: &BTreeMap<&str, usize>| {
            let (name, count) = counts.iter().max_by_key(|(_, count)| **count)?;
            (*count * 2 > counts.values().sum::<usize>()).then(|| (*name).to_owned())
        };
        // The Security Council is named in full only where the United Nations are the host, whatever forces it sends.
        let united = organisations.get(UNITED_NATIONS).is_some_and(|&count| count >= 2 && organs > bodies);
        let organisation = most(&organisations).or_else(|| united.then(|| UNITED_NATIONS.to_owned()));
        Self { organisation, is_intergovernmental: organs >= 3 && organs >= bodies * 3, province: most(&provinces) }
    }

    /// The name of an organ or post of the organisation that the document is of, spelled out.
    pub fn organ(&self, name: &str) -> Option<String> {
        let organisation = self.organisation.as_ref()?;
        if name == "Secretariat" && organisation == UNITED_NATIONS {
            return Some(format!("{organisation} {name}"));
        }
        ORGANS.contains(&name).then(|| format!("{name} of the {organisation}"))
    }

    /// The name of a post or body of the province that the document is of.
    pub fn provincial(&self, name: &str) -> Option<String> {
        let province = self.province.as_ref()?;
        ["Governor", "Lieutenant Governor", "Legislature", "State Legislature"].contains(&name).then(|| format!("{name} of {province}"))
    }

    /// The kind of a public body that no list knows. In a document on a state, departments and offices are of its government, whatever organisation
    /// the document is of.
    pub fn kind_of(&self, name: &str, of_state: bool) -> ActorKind {
        const ORGAN_HEADS: [&str; 8] = ["Committee", "Council", "Commission", "Assembly", "Conference", "Mission", "Panel", "Tribunal"];
        const OFFICE_HEADS: [&str; 5] = ["Board", "Department of", "Office of", "Office for", "Division"];
        let has = |heads: &[&str]| heads.iter().any(|head| name.contains(head));
        let organ = || has(&ORGAN_HEADS) || !of_state && has(&OFFICE_HEADS);
        if self.is_intergovernmental && !name.starts_with("National ") && organ() { ActorKind::Intergovernmental } else { ActorKind::Government }
    }

    /// True for a post or group of the organisation that the document is of: who chairs its organs (no president of a state), who speaks for its head
    /// ("Special Representative for Chad", also where the state is known), a group that it sets up.
    pub fn has(&self, name: &str, kind: ActorKind, of_state: bool) -> bool {
        const CHAIRS: [&str; 5] = ["President", "Vice President", "Chair", "Chairman", "Chairperson"];
        const ENVOYS: [&str; 7] = [
            "Special Representative",
            "Special Envoy",
            "Special Adviser",
            "Special Coordinator",
            "Resident Coordinator",
            "High Representative",
            "Vice-President of the Commission",
        ];
        const GROUPS: [&str; 6] = ["Working Group", "Expert Group", "Group of Friends", "Group of Experts", "Task Force", "Group of Governmental"];
        self.is_intergovernmental
            && match kind {
                ActorKind::Government => !of_state && CHAIRS.contains(&name) || ENVOYS.iter().any(|post| name.starts_with(post)),
                ActorKind::Organization => !of_state && GROUPS.iter().any(|group| name.contains(group)),
                _ => false,
            }
    }
}

fn is_organ(name: &str) -> bool {
    ORGANS.contains(&name)
}
