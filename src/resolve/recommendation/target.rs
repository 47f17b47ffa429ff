//! Actors in the action that are not to act themselves.

use super::Party;
use crate::extract::recommendation::RawRecommendation;
use crate::resolve::actor::Actors;

/// The actors named in the action, each once, without the addressees.
#[must_use]
pub fn targets(raw: &RawRecommendation, addressees: &[Party], actors: &Actors) -> Vec<Party> {
    let Some(action) = raw.action else { return Vec::new() };
    let mut targets: Vec<Party> = Vec::new();
    for mention in actors.in_span(action) {
        for &actor in &mention.actors {
            let known = addressees.iter().chain(&targets).any(|party| party.actor == actor);
            if !known {
                targets.push(Party { actor, span: Some(mention.span) });
            }
        }
    }
    targets
}
