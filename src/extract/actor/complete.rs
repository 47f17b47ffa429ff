//! Whole names of offices: what the lines of an address, or the document's own short forms, say they are of.

use rustc_hash::FxHashMap as HashMap;

use super::rules::ActorRule;
use super::scan::Draft;
use super::{RawMention, Referent};
use crate::lexicon::{Lexicon, of, of_lower};
use crate::record::ActorKind;

/// How many mentions may stand between an office and the body below it in an address.
const ADDRESS_LINES: usize = 4;

/// The body that stands on a line of its own below an office that does, too: "Chairman", then "Committee on Rivers".
/// Gives the index of the body for each such office.
pub(super) fn addresses(drafts: &[Draft]) -> HashMap<usize, usize> {
    let mut bodies = HashMap::default();
    for (index, office) in drafts.iter().enumerate().filter(|(_, draft)| is_open_office(draft)) {
        let mut end = office.span.end();
        for (below, draft) in drafts.iter().enumerate().skip(index + 1).take(ADDRESS_LINES) {
            // An honorific and a line end stand between at most.
            if !draft.whole_line || draft.span.start() > end + 24 {
                break;
            }
            end = draft.span.end();
            if draft.rule != ActorRule::Office && is_body(draft.kind) {
                bodies.insert(index, below);
                break;
            }
        }
    }
    bodies
}

fn is_open_office(draft: &Draft) -> bool {
    let open = |name: &str| !name.contains(" of ") && !name.contains(" for ");
    draft.rule == ActorRule::Office && draft.whole_line && matches!(&draft.referent, Referent::Named { name, country: None } if open(name))
}

fn is_body(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Government | ActorKind::Intergovernmental | ActorKind::Organization)
}

/// The name that a referent gives.
pub(super) fn name_of<'a>(referent: &'a Referent, lexicon: &'a Lexicon) -> Option<&'a str> {
    match referent {
        Referent::Known(entry) => Some(lexicon.entry(*entry).name.as_ref()),
        Referent::Named { name, .. } => Some(name),
        _ => None,
    }
}

/// An office with the name of its body spelled out: "Secretary-General of the Forum", "Director of the CEAC".
pub(super) fn spelled_out(
    office: &str,
    lexicon: &Lexicon,
    defined: impl Fn(u64) -> Option<String>,
    heads: &HashMap<u64, Vec<usize>>,
    mentions: &[RawMention],
) -> Option<String> {
    let (post, body) = office.rsplit_once(" of the ").or_else(|| office.rsplit_once(" of "))?;
    if body.contains(' ') {
        return None;
    }
    let acronym = body.len() >= 2 && body.chars().all(|c| c.is_uppercase() || c == '.');
    let full = if acronym {
        defined(of(body))
    } else {
        let named = heads.get(&of_lower(body)).and_then(|names| names.last())?;
        name_of(&mentions.get(*named)?.referent, lexicon).filter(|name| name.contains(' ')).map(str::to_owned)
    };
    full.map(|full| format!("{post} of the {full}"))
}
