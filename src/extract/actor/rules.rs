//! The ids of the actor rules and how far each is to be trusted.

use crate::rule::{RuleId, RuleSet};

macro_rules! actor_rules {
    ($($name:ident = $id:literal),* $(,)?) => {
        /// A rule that finds mentions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum ActorRule { $($name),* }

        const IDS: &[&str] = &[$($id),*];
    };
}

actor_rules! {
    State = "actor.name.state",
    Known = "actor.name.known",
    Demonym = "actor.name.demonym",
    People = "actor.name.people",
    Metonym = "actor.metonym.acting",
    StateBody = "actor.pattern.state-body",
    Administration = "actor.pattern.administration",
    Coalition = "actor.pattern.led-coalition",
    Government = "actor.pattern.government",
    Organization = "actor.pattern.organization",
    Company = "actor.pattern.company",
    Office = "actor.pattern.office",
    PersonKnown = "actor.person.known",
    PersonTitled = "actor.person.titled",
    PersonName = "actor.person.name",
    PersonSurname = "actor.person.surname",
    Defined = "actor.document.acronym",
    Acronym = "actor.document.unknown-acronym",
    Short = "actor.document.short-form",
    Country = "actor.description.country",
    Set = "actor.description.set",
    Authority = "actor.description.government",
    Role = "actor.role.acting",
    Member = "actor.role.members",
}

/// The actor rules of a run.
pub(super) struct ActorRules {
    ids: Vec<Option<(RuleId, f32)>>,
}

impl ActorRules {
    pub fn new(rules: &RuleSet) -> Self {
        let find = |id: &&str| rules.find(id).map(|found| (found, rules.get(found).confidence));
        Self { ids: IDS.iter().map(find).collect() }
    }

    /// The id and confidence of a rule; none if the run's rules leave it out, which switches it off.
    pub fn get(&self, rule: ActorRule) -> Option<(RuleId, f32)> {
        self.ids.get(rule as usize).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_in_the_rule_file_and_every_one_there_is_used() {
        let rules = RuleSet::built_in().expect("built-in rules load");
        let actor_rules = ActorRules::new(&rules);
        assert!(actor_rules.ids.iter().all(Option::is_some), "{:?}", IDS.iter().filter(|id| rules.find(id).is_none()).collect::<Vec<_>>());
        let unused: Vec<&str> = rules
            .iter()
            .filter(|(_, rule)| rule.layer() == "actor" && rule.kind != "guard")
            .map(|(_, rule)| rule.id.as_str())
            .filter(|id| !IDS.contains(id))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
