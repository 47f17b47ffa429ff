//! What most papers of a set speak of and one does not.

use std::collections::BTreeMap;

use super::Parameters;
use super::paper::Paper;
use super::theme::Theme;

/// The least number of papers in which "most" means something.
const LEAST_PAPERS: usize = 3;

/// What kind of thing is not spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SilenceKind {
    Theme,
    Actor,
    Topic,
}

impl SilenceKind {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Actor => "actor",
            Self::Topic => "topic",
        }
    }
}

/// A theme, actor or topic that is usual in the set and absent from a paper.
#[derive(Debug, Clone)]
pub struct Silence {
    /// Index of the paper.
    pub paper: usize,
    pub kind: SilenceKind,
    /// Theme id, actor id or topic code.
    pub item: String,
    pub label: String,
    /// How many papers have it.
    pub papers: usize,
}

/// The silences, by paper, kind, and number of papers that do speak.
#[must_use]
pub fn silences(papers: &[Paper], themes: &[Theme], parameters: &Parameters) -> Vec<Silence> {
    if papers.len() < LEAST_PAPERS {
        return Vec::new();
    }
    let mut present: BTreeMap<(SilenceKind, String), (String, Vec<usize>)> = BTreeMap::new();
    for theme in themes {
        present.insert((SilenceKind::Theme, theme.id.clone()), (theme.label.clone(), theme.papers.clone()));
    }
    for (index, paper) in papers.iter().enumerate() {
        for actor in &paper.actors {
            note(&mut present, SilenceKind::Actor, &actor.id, &actor.name, index);
        }
        for topic in paper.recommendations.iter().flat_map(|one| &one.topics) {
            note(&mut present, SilenceKind::Topic, &topic.code.to_string(), &topic.name, index);
        }
    }
    let usual = |count: usize| count as f32 > parameters.usual * papers.len() as f32;
    let mut found: Vec<Silence> = present
        .iter()
        .filter(|(_, (_, having))| usual(having.len()))
        .flat_map(|((kind, item), (label, having))| {
            let absent = (0..papers.len()).filter(move |paper| having.binary_search(paper).is_err());
            absent.map(move |paper| Silence { paper, kind: *kind, item: item.clone(), label: label.clone(), papers: having.len() })
        })
        .collect();
    found.sort_by(|one, other| (one.paper, one.kind, other.papers, &one.item).cmp(&(other.paper, other.kind, one.papers, &other.item)));
    found
}

/// Papers come in order, so that the list stays sorted.
fn note(present: &mut BTreeMap<(SilenceKind, String), (String, Vec<usize>)>, kind: SilenceKind, item: &str, label: &str, paper: usize) {
    let (_, having) = present.entry((kind, item.to_owned())).or_insert_with(|| (label.to_owned(), Vec::new()));
    if having.last() != Some(&paper) {
        having.push(paper);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::compare::paper::ActorUse;

    #[test]
    fn names_the_paper_that_leaves_out_what_the_others_have() {
        let with = |id: &str, actors: &[&str]| Paper {
            id: id.to_owned(),
            actors: actors.iter().map(|name| ActorUse { id: (*name).to_owned(), name: (*name).to_owned(), mentions: 1, ..ActorUse::default() }).collect(),
            ..Paper::default()
        };
        let found = compare(vec![with("a", &["EU"]), with("b", &["EU", "UN"]), with("c", &["UN"]), with("d", &["EU"])], Parameters::default());
        let silent: Vec<(usize, &str)> = found.silences.iter().map(|silence| (silence.paper, silence.item.as_str())).collect();
        assert_eq!(silent, [(2, "EU")]);
    }
}
