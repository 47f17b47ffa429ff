//! Recommendations of different papers that belong together.
//!
//! The lexical part is the cosine of unit vectors of term weights, less where the papers are about different subjects: "name an officer" means another
//! thing there. A pair reaches a cosine of `t` only if both vectors have a common term in their
//! *prefixes*: the rarest terms, up to where the rest of the vector is shorter than `t` (Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity
//! Search", 2007). Only prefixes are indexed and looked up, so the work grows with the number of likely pairs and not with that of all pairs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Parameters;
use super::paper::{Demand, Paper};
use super::terms::{Direction, VERB_MARK, VerbClass, terms};
use super::work::folded;
use crate::record::Polarity;

/// Shares of the similarity: words first, then who is addressed and what it is about. Where one side says nothing of addressee or topic, the
/// share counts half, so that silence neither joins nor parts.
const LEXICAL: f32 = 0.80;
const ADDRESSEE: f32 = 0.12;
const TOPIC: f32 = 0.08;

/// Terms from which on a weight is halved: verb and object come first, what follows specifies.
const HALVED_FROM: f32 = 8.0;

/// What is left of the lexical part between papers that have no term in common, and how fast all of it is reached as their subjects get nearer:
/// papers on one subject have a cosine of 0.14 and more.
const OTHER_SUBJECT: f32 = 0.3;
const SUBJECT_SLOPE: f32 = 5.0;

/// The weightiest terms of a paper that tell its subject. Two long papers on different subjects share many of the others.
const SUBJECT_TERMS: usize = 50;

/// From this cosine of subjects on, papers of one title are versions of one another.
const VERSION: f32 = 0.5;

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
    /// The cosine of the term weights, less between subjects.
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
    /// The word that stands for each term of a vector, by its number in `words`.
    spellings: Vec<Vec<u32>>,
    heads: Vec<Option<VerbClass>>,
    words: Vec<String>,
    /// By number of the term: true for what is acted on, false for classes of verbs.
    is_object: Vec<bool>,
    /// The terms of each paper: unit vectors in order of the term.
    subjects: Vec<Vec<(u32, f32)>>,
    /// For each paper the first one that it is a version or a copy of.
    versions: Vec<usize>,
}

impl Demands {
    /// Makes the vectors of all recommendations of `papers`.
    #[must_use]
    pub fn new(papers: Arc<[Paper]>) -> Self {
        let place: Vec<(u32, u32)> =
            papers.iter().enumerate().flat_map(|(paper, one)| (0..one.recommendations.len()).map(move |at| (paper as u32, at as u32))).collect();
        let found: Vec<_> = place.par_iter().map(|&(paper, at)| terms(&papers[paper as usize].recommendations[at as usize].action)).collect();
        let (mut keys, mut words) = (Numbers::default(), Numbers::default());
        let numbered: Vec<Vec<(u32, u32)>> =
            found.iter().map(|one| one.terms.iter().map(|(key, word)| (keys.number(key), words.number(word))).collect()).collect();
        let mut counts = vec![0; keys.0.len()];
        numbered.iter().flatten().for_each(|&(term, _)| counts[term as usize] += 1);
        let total = numbered.len() as f32;
        let ranked = numbered.par_iter().map(|terms| vector(terms, &counts, total));
        let (vectors, spellings): (Vec<_>, Vec<_>) = ranked.unzip();
        let heads = found.iter().map(|one| one.head).collect();
        let is_object = keys.into_words().iter().map(|key| !key.starts_with(VERB_MARK)).collect();
        let (words, subjects) = (words.into_words(), subjects(&place, &vectors, papers.len(), counts.len()));
        let versions = versions(&papers, &subjects);
        Self { papers, place, vectors, spellings, heads, words, is_object, subjects, versions }
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
        self.spellings[index].iter().map(|&word| self.words[word as usize].as_str())
    }

    /// Its terms by number, the rarest first.
    pub(super) fn term_numbers(&self, index: usize) -> impl Iterator<Item = u32> {
        self.vectors[index].iter().map(|&(term, _)| term)
    }

    /// The first paper that a paper is a version or a copy of; most are the first and only one.
    #[must_use]
    pub fn version(&self, paper: usize) -> usize {
        self.versions[paper]
    }

    /// What of a lexical part counts between two papers: 1 on one subject, less between subjects.
    fn subject_share(&self, one: usize, other: usize) -> f32 {
        (OTHER_SUBJECT + SUBJECT_SLOPE * dot(&self.subjects[one], &self.subjects[other])).min(1.0)
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

/// Texts and the numbers given to them in order of first sight.
#[derive(Default)]
struct Numbers<'a>(HashMap<&'a str, u32>);

impl<'a> Numbers<'a> {
    fn number(&mut self, text: &'a str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text).or_insert(next)
    }

    fn into_words(self) -> Vec<String> {
        let mut words: Vec<(u32, &str)> = self.0.into_iter().map(|(word, number)| (number, word)).collect();
        words.sort_unstable();
        words.into_iter().map(|(_, word)| word.to_owned()).collect()
    }
}

/// The unit vector of the terms of an action, given in order of occurrence with their words; and the words, in the order of the vector.
fn vector(terms: &[(u32, u32)], counts: &[u32], total: f32) -> (Vec<(u32, f32)>, Vec<u32>) {
    let weight = |at: usize, term: u32| inverse_document_frequency(counts[term as usize] as f32, total) / (1.0 + at as f32 / HALVED_FROM);
    let mut weighted: Vec<(u32, f32, u32)> = terms.iter().enumerate().map(|(at, &(term, word))| (term, weight(at, term), word)).collect();
    weighted.sort_by_key(|&(term, ..)| (counts[term as usize], term));
    let length = weighted.iter().map(|(_, weight, _)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    weighted.into_iter().map(|(term, weight, word)| ((term, weight / length), word)).unzip()
}

/// The weightiest terms of each paper's recommendations, as unit vectors of log counts weighted by the inverse frequency over papers.
fn subjects(place: &[(u32, u32)], vectors: &[Vec<(u32, f32)>], papers: usize, terms: usize) -> Vec<Vec<(u32, f32)>> {
    let mut counts: Vec<BTreeMap<u32, f32>> = vec![BTreeMap::new(); papers];
    for (&(paper, _), vector) in place.iter().zip(vectors) {
        vector.iter().for_each(|&(term, _)| *counts[paper as usize].entry(term).or_default() += 1.0);
    }
    let mut spread = vec![0.0_f32; terms];
    counts.iter().flat_map(BTreeMap::keys).for_each(|&term| spread[term as usize] += 1.0);
    let rarity = |term: u32| (1.0 + papers as f32 / spread[term as usize]).ln();
    counts
        .into_par_iter()
        .map(|counts| {
            let mut vector: Vec<(u32, f32)> = counts.into_iter().map(|(term, count)| (term, (1.0 + count.ln()) * rarity(term))).collect();
            vector.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            vector.truncate(SUBJECT_TERMS);
            vector.sort_unstable_by_key(|&(term, _)| term);
            let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            vector.iter_mut().for_each(|(_, weight)| *weight /= length);
            vector
        })
        .collect()
}

/// Papers of one title that ask for much the same are versions of one paper, or copies of it in several formats.
fn versions(papers: &[Paper], subjects: &[Vec<(u32, f32)>]) -> Vec<usize> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let version = |(at, paper): (usize, &Paper)| {
        let title = paper.title.as_deref().map(folded).filter(|title| !title.is_empty())?;
        let earlier = *first.entry(title).or_insert(at);
        Some(earlier).filter(|&earlier| dot(&subjects[earlier], &subjects[at]) >= VERSION)
    };
    papers.iter().enumerate().map(version).enumerate().map(|(at, earlier)| earlier.unwrap_or(at)).collect()
}

/// The dot product of two vectors in order of the term.
fn dot(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for &(term, weight) in one {
        while at < other.len() && other[at].0 < term {
            at += 1;
        }
        if at < other.len() && other[at].0 == term {
            sum += weight * other[at].1;
        }
    }
    sum
}

/// The form of BM25 that is never negative.
fn inverse_document_frequency(count: f32, total: f32) -> f32 {
    (1.0 + (total - count + 0.5) / (count + 0.5)).ln()
}

/// Aligns the recommendations of different papers. The result is in order of the indices.
#[must_use]
pub fn pairs(demands: &Demands, parameters: &Parameters) -> Vec<Pair> {
    let least = parameters.lexical;
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
    let found = kept.into_par_iter().filter_map(|(first, second)| pair(demands, first, second, parameters));
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
        .filter_map(|other| Some((other, similarity(demands, index, other as usize, parameters)?.1)))
        .collect();
    near.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    near.truncate(parameters.neighbours);
    near
}

/// The lexical part and the whole similarity, if they are large enough for a relation.
fn similarity(demands: &Demands, first: usize, second: usize, parameters: &Parameters) -> Option<(f32, f32)> {
    let cosine = cosine(&demands.vectors[first], &demands.vectors[second]);
    let (one, other) = (demands.demand(first), demands.demand(second));
    let rest = ADDRESSEE * agreement(&one.addressees, &other.addressees, |id| id) + TOPIC * agreement(&one.topics, &other.topics, |topic| &topic.code);
    if cosine < parameters.lexical || LEXICAL * cosine + rest < parameters.related {
        return None;
    }
    let lexical = cosine * demands.subject_share(demands.paper(first), demands.paper(second));
    let whole = LEXICAL * lexical + rest;
    (lexical >= parameters.lexical && whole >= parameters.related).then_some((lexical, whole))
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

fn pair(demands: &Demands, first: usize, second: usize, parameters: &Parameters) -> Option<Pair> {
    let (lexical, similarity) = similarity(demands, first, second, parameters)?;
    let (one, other) = (demands.demand(first), demands.demand(second));
    let relation = if similarity >= parameters.opposed && are_opposed(demands, first, second) {
        Relation::Opposed
    } else if similarity >= parameters.same {
        Relation::Same
    } else {
        Relation::Related
    };
    let common = |term: u32| demands.vectors[second].iter().any(|&(other, _)| other == term);
    // Verbs in common say nothing of what is to be done to what.
    if !demands.term_numbers(first).any(|term| demands.is_object[term as usize] && common(term)) {
        return None;
    }
    let mut shared: Vec<(f32, u32)> = demands.vectors[first]
        .iter()
        .zip(&demands.spellings[first])
        .filter(|((term, _), _)| common(*term))
        .map(|(&(_, weight), &word)| (weight, word))
        .collect();
    shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Some(Pair {
        first,
        second,
        similarity,
        lexical,
        relation,
        addressees: one.addressees.iter().filter(|id| other.addressees.contains(id)).cloned().collect(),
        terms: shared.into_iter().map(|(_, word)| demands.words[word as usize].clone()).collect(),
        topics: one.topics.iter().map(|topic| topic.code).filter(|code| other.topics.iter().any(|topic| topic.code == *code)).collect(),
    })
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
