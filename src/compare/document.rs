//! How near papers are to one another.
//!
//! Four measures, each between 0 and 1, and their mean over those that both papers have something for:
//! actors (cosine of log mention counts weighted by rarity), citations (Jaccard), recommendations (share of the recommendations of both that are
//! aligned as `same`), topics (cosine of the numbers of recommendations by topic).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Parameters;
use super::align::{Demands, Pair, Relation};
use super::paper::Paper;
use super::work::SharedWork;

/// Sets of at most this many papers get every pair in the table; larger ones each paper's nearest.
const EVERY_PAIR: usize = 200;

/// A key that stands in more papers than this leads to no candidates.
const COMMON: usize = 200;

/// Two papers, as indices, the first smaller, and how near they are. A measure is absent where one paper has nothing to measure.
#[derive(Debug, Clone)]
pub struct DocumentPair {
    pub first: usize,
    pub second: usize,
    pub actors: Option<f32>,
    pub citations: Option<f32>,
    pub recommendations: Option<f32>,
    pub topics: Option<f32>,
    /// The mean of the measures that are there.
    pub overall: f32,
}

/// The document pairs, in order of the indices.
#[must_use]
pub fn similarities(papers: &[Paper], demands: &Demands, pairs: &[Pair], works: &[SharedWork], parameters: &Parameters) -> Vec<DocumentPair> {
    let facts = Facts::new(papers, demands, pairs, works);
    let candidates = if papers.len() <= EVERY_PAIR { every_pair(papers.len()) } else { facts.candidates() };
    let mut found: Vec<DocumentPair> = candidates.into_iter().map(|(first, second)| facts.pair(first, second)).collect();
    if papers.len() > EVERY_PAIR {
        found = nearest(found, parameters.document_neighbours);
    }
    found
}

fn every_pair(count: usize) -> BTreeSet<(usize, usize)> {
    (0..count).flat_map(|first| (first + 1..count).map(move |second| (first, second))).collect()
}

/// The pairs that are among the nearest of one of their papers.
fn nearest(found: Vec<DocumentPair>, neighbours: usize) -> Vec<DocumentPair> {
    let mut of: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, pair) in found.iter().enumerate() {
        of.entry(pair.first).or_default().push(index);
        of.entry(pair.second).or_default().push(index);
    }
    let mut kept = BTreeSet::new();
    for list in of.values_mut() {
        list.sort_by(|&one, &other| found[other].overall.total_cmp(&found[one].overall).then(one.cmp(&other)));
        kept.extend(list.iter().take(neighbours).copied());
    }
    found.into_iter().enumerate().filter(|(index, _)| kept.contains(index)).map(|(_, pair)| pair).collect()
}

struct Facts<'a> {
    papers: &'a [Paper],
    /// Unit vectors over actors, sorted by id.
    actors: Vec<Vec<(&'a str, f32)>>,
    topics: Vec<Vec<(u8, f32)>>,
    /// Number of shared works of two papers.
    works: HashMap<(usize, usize), usize>,
    /// Recommendations of either paper that are aligned with one of the other.
    aligned: HashMap<(usize, usize), usize>,
}

impl<'a> Facts<'a> {
    fn new(papers: &'a [Paper], demands: &Demands, pairs: &[Pair], works: &[SharedWork]) -> Self {
        let mut spread: HashMap<&str, usize> = HashMap::new();
        papers.iter().flat_map(|paper| &paper.actors).for_each(|actor| *spread.entry(&actor.id).or_default() += 1);
        let rarity = |id: &str| (1.0 + papers.len() as f32 / spread[id] as f32).ln();
        let actors = papers
            .iter()
            .map(|paper| unit(paper.actors.iter().map(|actor| (actor.id.as_str(), (1.0 + actor.mentions as f32).ln() * rarity(&actor.id))).collect()))
            .collect();
        let topics = papers.iter().map(topic_vector).collect();
        let mut shared = HashMap::new();
        for work in works.iter().filter(|work| work.papers.len() <= COMMON) {
            for (at, &first) in work.papers.iter().enumerate() {
                work.papers[at + 1..].iter().for_each(|&second| *shared.entry((first, second)).or_default() += 1);
            }
        }
        let mut ends: BTreeSet<((usize, usize), usize)> = BTreeSet::new();
        for pair in pairs.iter().filter(|pair| pair.relation == Relation::Same) {
            let key = (demands.paper(pair.first), demands.paper(pair.second));
            ends.extend([(key, pair.first), (key, pair.second)]);
        }
        let mut aligned = HashMap::new();
        ends.into_iter().for_each(|(key, _)| *aligned.entry(key).or_default() += 1);
        Self { papers, actors, topics, works: shared, aligned }
    }

    /// Pairs that share a work, an aligned recommendation, or an actor that is not everywhere.
    fn candidates(&self) -> BTreeSet<(usize, usize)> {
        let mut found: BTreeSet<(usize, usize)> = self.works.keys().chain(self.aligned.keys()).copied().collect();
        let mut of_actor: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (paper, actors) in self.actors.iter().enumerate() {
            // The weightiest actors are what a paper is about; the rest would only add candidates.
            let mut top: Vec<_> = actors.iter().collect();
            top.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(other.0)));
            top.iter().take(5).for_each(|(id, _)| of_actor.entry(id).or_default().push(paper));
        }
        for papers in of_actor.values().filter(|papers| papers.len() <= COMMON) {
            for (at, &first) in papers.iter().enumerate() {
                found.extend(papers[at + 1..].iter().map(|&second| (first, second)));
            }
        }
        found
    }

    fn pair(&self, first: usize, second: usize) -> DocumentPair {
        let key = (first, second);
        let (one, other) = (&self.papers[first], &self.papers[second]);
        let recommendations = (!one.recommendations.is_empty() && !other.recommendations.is_empty()).then(|| {
            let all = (one.recommendations.len() + other.recommendations.len()) as f32;
            self.aligned.get(&key).copied().unwrap_or_default() as f32 / all
        });
        let citations = (!one.works.is_empty() && !other.works.is_empty()).then(|| {
            let shared = self.works.get(&key).copied().unwrap_or_default() as f32;
            (shared / (one.works.len() as f32 + other.works.len() as f32 - shared)).min(1.0)
        });
        let actors = dot(&self.actors[first], &self.actors[second]);
        let topics = dot(&self.topics[first], &self.topics[second]);
        let there: Vec<f32> = [actors, citations, recommendations, topics].into_iter().flatten().collect();
        let overall = if there.is_empty() { 0.0 } else { there.iter().sum::<f32>() / there.len() as f32 };
        DocumentPair { first, second, actors, citations, recommendations, topics, overall }
    }
}

fn topic_vector(paper: &Paper) -> Vec<(u8, f32)> {
    let mut counts: BTreeMap<u8, f32> = BTreeMap::new();
    paper.recommendations.iter().flat_map(|one| &one.topics).for_each(|topic| *counts.entry(topic.code).or_default() += 1.0);
    unit(counts.into_iter().collect())
}

fn unit<K: Ord>(mut vector: Vec<(K, f32)>) -> Vec<(K, f32)> {
    vector.sort_by(|one, other| one.0.cmp(&other.0));
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
    vector
}

/// The dot product of two vectors sorted by key; none if one is empty.
fn dot<K: Ord>(one: &[(K, f32)], other: &[(K, f32)]) -> Option<f32> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let (mut at, mut sum) = (0, 0.0);
    for (key, weight) in one {
        while at < other.len() && other[at].0 < *key {
            at += 1;
        }
        if at < other.len() && other[at].0 == *key {
            sum += weight * other[at].1;
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use crate::compare::align::tests::paper;
    use crate::compare::{Parameters, compare};
    use crate::record::Polarity;

    #[test]
    fn papers_with_the_same_demands_are_nearer() {
        let papers = vec![
            paper("a", &[("create a cable repair fleet", Polarity::Do)]),
            paper("b", &[("create a cable repair fleet", Polarity::Do)]),
            paper("c", &[("teach civics at school", Polarity::Do)]),
        ];
        let found = compare(papers, Parameters::default()).documents;
        let of = |first, second| found.iter().find(|pair| (pair.first, pair.second) == (first, second)).and_then(|pair| pair.recommendations);
        assert_eq!(of(0, 1), Some(1.0));
        assert_eq!(of(0, 2), Some(0.0));
    }
}
