//! Recommendations of different papers that belong together.
//!
//! The lexical part is the cosine of unit vectors of term weights. A pair reaches a cosine of `t` only if both vectors have a common term in their
//! *prefixes*: the rarest terms, up to where the rest of the vector is shorter than `t` (Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity
//! Search", 2007). Only prefixes are indexed and looked up, so the work grows with the number of likely pairs and not with that of all pairs.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Parameters;
use super::paper::{Demand, Paper};
use super::terms::{Direction, VerbClass, terms};
use crate::record::Polarity;

/// Shares of the similarity: words first, then who is addressed and what it is about. Where one side says nothing of addressee or topic, the
/// share counts half, so that silence neither joins nor parts.
const LEXICAL: f32 = 0.80;
const ADDRESSEE: f32 = 0.12;
const TOPIC: f32 = 0.08;

/// How two recommendations relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// They ask for the same.
    Same,
    /// They are about the same and ask for something near.
    Related,
    /// One urges what the other advises against.
    Opposed,
}

impl Relation {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Related => "related",
            Self::Opposed => "opposed",
        }
    }
}

/// Two aligned recommendations of different papers, as indices into [`Demands`], the first smaller.
#[derive(Debug, Clone)]
pub struct Pair {
    pub first: usize,
    pub second: usize,
    /// Between 0 and 1.
    pub similarity: f32,
    /// The cosine of the term weights.
    pub lexical: f32,
    pub relation: Relation,
    /// Actor ids that both address.
    pub addressees: Vec<String>,
    /// Words of the first that both have, the weightiest first.
    pub terms: Vec<String>,
    /// Topic codes that both have.
    pub topics: Vec<u8>,
}

/// All recommendations of a set of papers with their term vectors.
#[derive(Debug)]
pub struct Demands {
    papers: Arc<[Paper]>,
    /// Paper and position in it of each recommendation.
    place: Vec<(u32, u32)>,
    /// Unit vectors: (term, weight), the rarest term first.
    vectors: Vec<Vec<(u32, f32)>>,
    heads: Vec<Option<VerbClass>>,
    /// The word that stood for each term where it first occurred.
    words: Vec<String>,
}

impl Demands {
    /// Makes the vectors of all recommendations of `papers`.
    #[must_use]
    pub fn new(papers: Arc<[Paper]>) -> Self {
        let place: Vec<(u32, u32)> =
            papers.iter().enumerate().flat_map(|(paper, one)| (0..one.recommendations.len()).map(move |at| (paper as u32, at as u32))).collect();
        let found: Vec<_> = place.par_iter().map(|&(paper, at)| terms(&papers[paper as usize].recommendations[at as usize].action)).collect();
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let (mut words, mut counts) = (Vec::new(), Vec::<u32>::new());
        let mut vectors = Vec::with_capacity(found.len());
        for one in &found {
            let mut vector = Vec::with_capacity(one.terms.len());
            for (key, word) in &one.terms {
                let number = *numbers.entry(key).or_insert_with(|| {
                    words.push(word.clone());
                    counts.push(0);
                    words.len() as u32 - 1
                });
                counts[number as usize] += 1;
                vector.push((number, 0.0));
            }
            vectors.push(vector);
        }
        let total = vectors.len() as f32;
        vectors.par_iter_mut().for_each(|vector: &mut Vec<(u32, f32)>| {
            for (term, weight) in vector.iter_mut() {
                *weight = inverse_document_frequency(counts[*term as usize] as f32, total);
            }
            let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
            vector.sort_by_key(|&(term, _)| (counts[term as usize], term));
        });
        let heads = found.iter().map(|one| one.head).collect();
        drop(numbers);
        Self { papers, place, vectors, heads, words }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.place.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.place.is_empty()
    }

    #[must_use]
    pub fn demand(&self, index: usize) -> &Demand {
        let (paper, at) = self.place[index];
        &self.papers[paper as usize].recommendations[at as usize]
    }

    /// The index of its paper.
    #[must_use]
    pub fn paper(&self, index: usize) -> usize {
        self.place[index].0 as usize
    }

    /// The id of its paper.
    #[must_use]
    pub fn paper_id(&self, index: usize) -> &str {
        &self.papers[self.paper(index)].id
    }

    /// The words of its terms, the rarest first.
    pub fn words(&self, index: usize) -> impl Iterator<Item = &str> {
        self.vectors[index].iter().map(|&(term, _)| self.words[term as usize].as_str())
    }

    /// How many of the rarest terms suffice to find every partner with a cosine of at least `least`.
    fn prefix(&self, index: usize, least: f32) -> &[(u32, f32)] {
        let vector = &self.vectors[index];
        let mut rest = 0.0;
        let mut keep = vector.len();
        while keep > 0 {
            rest += vector[keep - 1].1 * vector[keep - 1].1;
            if rest >= least * least {
                break;
            }
            keep -= 1;
        }
        &vector[..keep]
    }
}

/// The form of BM25 that is never negative.
fn inverse_document_frequency(count: f32, total: f32) -> f32 {
    (1.0 + (total - count + 0.5) / (count + 0.5)).ln()
}

/// Aligns the recommendations of different papers. The result is in order of the indices.
#[must_use]
pub fn pairs(demands: &Demands, parameters: &Parameters) -> Vec<Pair> {
    // Without a shared addressee or topic known, half of their shares is the most that is added to the lexical part.
    let least = (parameters.related - ADDRESSEE - TOPIC) / LEXICAL;
    let mut postings: HashMap<u32, Vec<u32>> = HashMap::new();
    for index in 0..demands.len() {
        for &(term, _) in demands.prefix(index, least) {
            postings.entry(term).or_default().push(index as u32);
        }
    }
    postings.retain(|_, list| list.len() > 1 && list.len() <= parameters.common_term);
    let near: Vec<Vec<(u32, f32)>> = (0..demands.len()).into_par_iter().map(|index| neighbours(demands, index, least, &postings, parameters)).collect();
    let mut kept = BTreeSet::new();
    for (index, list) in near.iter().enumerate() {
        kept.extend(list.iter().map(|&(other, _)| (index.min(other as usize), index.max(other as usize))));
    }
    let kept: Vec<(usize, usize)> = kept.into_iter().collect();
    let found = kept.into_par_iter().map(|(first, second)| pair(demands, first, second, parameters));
    found.filter(|pair| pair.terms.len() >= parameters.shared_terms).collect()
}

/// The nearest recommendations of other papers, with their similarity.
fn neighbours(demands: &Demands, index: usize, least: f32, postings: &HashMap<u32, Vec<u32>>, parameters: &Parameters) -> Vec<(u32, f32)> {
    let mut candidates: Vec<u32> = demands.prefix(index, least).iter().filter_map(|(term, _)| postings.get(term)).flatten().copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut near: Vec<(u32, f32)> = candidates
        .into_iter()
        .filter(|&other| demands.paper(other as usize) != demands.paper(index))
        .map(|other| (other, similarity(demands, index, other as usize).1))
        .filter(|&(_, similarity)| similarity >= parameters.related)
        .collect();
    near.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    near.truncate(parameters.neighbours);
    near
}

/// The lexical part and the whole similarity.
fn similarity(demands: &Demands, first: usize, second: usize) -> (f32, f32) {
    let lexical = cosine(&demands.vectors[first], &demands.vectors[second]);
    let (one, other) = (demands.demand(first), demands.demand(second));
    let addressee = agreement(&one.addressees, &other.addressees, |id| id);
    let topic = agreement(&one.topics, &other.topics, |topic| &topic.code);
    (lexical, LEXICAL * lexical + ADDRESSEE * addressee + TOPIC * topic)
}

/// 1 if the lists share a value, 0 if they share none, a half if one of them is empty.
fn agreement<T, K: PartialEq>(one: &[T], other: &[T], key: impl Fn(&T) -> &K) -> f32 {
    if one.is_empty() || other.is_empty() {
        0.5
    } else if one.iter().any(|a| other.iter().any(|b| key(a) == key(b))) {
        1.0
    } else {
        0.0
    }
}

/// The dot product of two unit vectors. They are short, and sorted by rarity and not by term, so each is scanned.
fn cosine(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let partner = |term: u32| other.iter().find(|&&(candidate, _)| candidate == term).map_or(0.0, |&(_, weight)| weight);
    one.iter().map(|&(term, weight)| weight * partner(term)).sum()
}

fn pair(demands: &Demands, first: usize, second: usize, parameters: &Parameters) -> Pair {
    let (lexical, similarity) = similarity(demands, first, second);
    let (one, other) = (demands.demand(first), demands.demand(second));
    let relation = if similarity >= parameters.opposed && are_opposed(demands, first, second) {
        Relation::Opposed
    } else if similarity >= parameters.same {
        Relation::Same
    } else {
        Relation::Related
    };
    let mut shared: Vec<(u32, f32)> =
        demands.vectors[first].iter().filter(|(term, _)| demands.vectors[second].iter().any(|(other, _)| other == term)).copied().collect();
    shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Pair {
        first,
        second,
        similarity,
        lexical,
        relation,
        addressees: one.addressees.iter().filter(|id| other.addressees.contains(id)).cloned().collect(),
        terms: shared.into_iter().map(|(term, _)| demands.words[term as usize].clone()).collect(),
        topics: one.topics.iter().map(|topic| topic.code).filter(|code| other.topics.iter().any(|topic| topic.code == *code)).collect(),
    }
}

/// True if one urges what the other advises against: the same class of verb in opposite directions, or the same action with and without "not".
/// "Do not reduce" and "increase" agree.
fn are_opposed(demands: &Demands, first: usize, second: usize) -> bool {
    let same_polarity = demands.demand(first).polarity == demands.demand(second).polarity;
    match (demands.heads[first], demands.heads[second]) {
        (Some(one), Some(other)) if one.name == other.name => {
            let stance = |index: usize, class: VerbClass| (class.direction == Direction::Toward) == (demands.demand(index).polarity == Polarity::Do);
            stance(first, one) != stance(second, other)
        }
        _ => !same_polarity,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::compare::compare;

    pub fn paper(id: &str, actions: &[(&str, Polarity)]) -> Paper {
        let recommendations = actions
            .iter()
            .enumerate()
            .map(|(at, &(action, polarity))| Demand {
                id: format!("r-{at}"),
                text: action.to_owned(),
                action: action.to_owned(),
                polarity,
                ..Demand::default()
            })
            .collect();
        Paper { id: id.to_owned(), recommendations, ..Paper::default() }
    }

    /// Papers about other things, so that the words of the pair in question are rare.
    fn others() -> Vec<Paper> {
        let actions =
            ["train more nurses in rural clinics", "audit the tax office each year", "teach coding in primary schools", "plant trees along city roads"];
        actions.iter().enumerate().map(|(at, action)| paper(&format!("z{at}"), &[(action, Polarity::Do)])).collect()
    }

    fn relation(one: (&str, Polarity), other: (&str, Polarity)) -> Option<Relation> {
        let mut papers = others();
        papers.extend([paper("a", &[one]), paper("b", &[other])]);
        compare(papers, Parameters::default()).pairs.first().map(|pair| pair.relation)
    }

    #[test]
    fn the_same_demand_in_other_words_is_the_same() {
        let found = relation(("establish a strategic cobalt reserve", Polarity::Do), ("set up a strategic reserve of cobalt", Polarity::Do));
        assert_eq!(found, Some(Relation::Same));
    }

    #[test]
    fn opposite_directions_are_opposed() {
        let found = relation(("impose export controls on cobalt", Polarity::Do), ("lift export controls on cobalt", Polarity::Do));
        assert_eq!(found, Some(Relation::Opposed));
        let found = relation(("reduce cobalt export quotas", Polarity::DoNot), ("increase cobalt export quotas", Polarity::Do));
        assert_ne!(found, Some(Relation::Opposed));
    }

    #[test]
    fn demands_about_different_things_are_no_pair() {
        assert_eq!(relation(("establish a strategic cobalt reserve", Polarity::Do), ("license new ferry routes", Polarity::Do)), None);
    }

    #[test]
    fn the_order_of_papers_does_not_matter() {
        let papers = || vec![paper("a", &[("build a dam at the river", Polarity::Do)]), paper("b", &[("build the river dam", Polarity::Do)])];
        let mut turned = papers();
        turned.reverse();
        let (one, other) = (compare(papers(), Parameters::default()), compare(turned, Parameters::default()));
        assert_eq!(format!("{:?}", one.pairs), format!("{:?}", other.pairs));
    }
}
