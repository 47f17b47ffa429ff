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
                    let whole = if name.starts_with("United Nations ") { "United Nations" } else { name };
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
        Self { organisation: most(&organisations), is_intergovernmental: organs >= 3 && organs >= bodies * 3, province: most(&provinces) }
    }

    /// The name of an organ or post of the organisation that the document is of, spelled out.
    pub fn organ(&self, name: &str) -> Option<String> {
        let organisation = self.organisation.as_ref()?;
        ORGANS.contains(&name).then(|| format!("{name} of the {organisation}"))
    }

    /// The name of a post or body of the province that the document is of.
    pub fn provincial(&self, name: &str) -> Option<String> {
        let province = self.province.as_ref()?;
        ["Governor", "Lieutenant Governor", "Legislature", "State Legislature"].contains(&name).then(|| format!("{name} of {province}"))
    }

    /// The kind of a public body that no list knows.
    pub fn kind_of(&self, name: &str) -> ActorKind {
        let organ = ["Committee", "Council", "Commission", "Assembly", "Conference", "Mission", "Board"].iter().any(|head| name.contains(head));
        if self.is_intergovernmental && organ { ActorKind::Intergovernmental } else { ActorKind::Government }
    }
}

fn is_organ(name: &str) -> bool {
    ORGANS.contains(&name)
}
