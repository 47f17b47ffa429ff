//! Groups of recommendations that say the same.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Demands, Pair, Relation};
use crate::record::Strength;

/// A representative recommendation and those of other papers that are close to it.
///
/// The groups are the stars of the similarity graph: the recommendation with most close neighbours becomes the centre of the first star and takes
/// its neighbours with it, and so on (Aslam, Pelekhov and Rus, "The Star Clustering Algorithm", 2004). Every member is close to the representative,
/// so a group cannot drift from one subject to another as chains do.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Made from the representative's paper and id.
    pub id: String,
    /// The words that its members share, the most frequent first.
    pub label: String,
    /// Index of the representative in [`Demands`].
    pub representative: usize,
    /// The representative first, then by index.
    pub members: Vec<Member>,
    /// Indices of its papers, in order.
    pub papers: Vec<usize>,
}

/// A recommendation in a theme.
#[derive(Debug, Clone)]
pub struct Member {
    pub demand: usize,
    /// To the representative; 1 for itself.
    pub similarity: f32,
    /// It urges what the representative advises against, or the other way round.
    pub opposed: bool,
}

impl Theme {
    /// How many members there are of each strength: must, should, could.
    #[must_use]
    pub fn strengths(&self, demands: &Demands) -> [usize; 3] {
        let count = |strength| self.members.iter().filter(|member| demands.demand(member.demand).strength == strength).count();
        [count(Strength::Must), count(Strength::Should), count(Strength::Could)]
    }

    /// Names of the addressees with the number of members that address them, the most frequent first.
    #[must_use]
    pub fn addressees(&self, demands: &Demands) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for member in &self.members {
            for name in &demands.demand(member.demand).addressee_names {
                *counts.entry(name).or_default() += 1;
            }
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        counts
    }
}

/// The themes that at least two papers share, those of most papers first. Versions and copies of one paper count as one.
#[must_use]
pub fn themes(demands: &Demands, pairs: &[Pair]) -> Vec<Theme> {
    let mut edges: Vec<Vec<(usize, f32, bool)>> = vec![Vec::new(); demands.len()];
    for pair in pairs.iter().filter(|pair| pair.relation != Relation::Related) {
        let opposed = pair.relation == Relation::Opposed;
        edges[pair.first].push((pair.second, pair.similarity, opposed));
        edges[pair.second].push((pair.first, pair.similarity, opposed));
    }
    let weight = |index: usize| edges[index].iter().map(|edge| edge.1).sum::<f32>();
    let version = |demand: usize| demands.version(demands.paper(demand));
    let distinct = |theme: &Theme| theme.papers.iter().map(|&paper| demands.version(paper)).collect::<BTreeSet<usize>>().len();
    let mut centres: Vec<usize> = (0..demands.len()).filter(|&index| !edges[index].is_empty()).collect();
    centres.sort_by(|&one, &other| weight(other).total_cmp(&weight(one)).then(one.cmp(&other)));
    let mut taken = vec![false; demands.len()];
    let mut found = Vec::new();
    for centre in centres {
        if taken[centre] {
            continue;
        }
        let mut members: Vec<Member> =
            edges[centre].iter().filter(|edge| !taken[edge.0]).map(|&(demand, similarity, opposed)| Member { demand, similarity, opposed }).collect();
        if members.iter().all(|member| version(member.demand) == version(centre)) {
            continue;
        }
        members.sort_by_key(|member| member.demand);
        members.insert(0, Member { demand: centre, similarity: 1.0, opposed: false });
        members.iter().for_each(|member| taken[member.demand] = true);
        found.push(theme(demands, centre, members));
    }
    found.sort_by(|one, other| {
        let size = |theme: &Theme| (distinct(theme), theme.papers.len(), theme.members.len());
        size(other).cmp(&size(one)).then(one.representative.cmp(&other.representative))
    });
    found
}

fn theme(demands: &Demands, representative: usize, members: Vec<Member>) -> Theme {
    let mut papers: Vec<usize> = members.iter().map(|member| demands.paper(member.demand)).collect();
    papers.sort_unstable();
    papers.dedup();
    let own = demands.demand(representative);
    let id = format!("t-{}", crate::id::sha256(format!("{}\n{}", demands.paper_id(representative), own.id).as_bytes()).get(..10).unwrap_or_default());
    Theme { id, label: label(demands, representative, &members), representative, members, papers }
}

/// Up to four words of the representative, in its order, that most members have.
fn label(demands: &Demands, representative: usize, members: &[Member]) -> String {
    let mut words: Vec<(usize, usize, &str)> = demands
        .term_numbers(representative)
        .zip(demands.words(representative))
        .enumerate()
        .map(|(rank, (term, word))| (members.iter().filter(|member| demands.term_numbers(member.demand).any(|other| other == term)).count(), rank, word))
        .collect();
    words.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    words.truncate(4);
    let text = demands.demand(representative).action.to_lowercase();
    words.sort_by_key(|(_, rank, word)| (text.find(word).unwrap_or(usize::MAX), *rank));
    words.into_iter().map(|(_, _, word)| word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::compare::align::tests::paper;
    use crate::compare::paper::Paper;
    use crate::compare::{Parameters, compare};
    use crate::record::Polarity;

    #[test]
    fn a_theme_has_the_papers_that_say_the_same() {
        let papers = vec![
            paper("a", &[("create a cable repair fleet", Polarity::Do), ("tax aviation fuel", Polarity::Do)]),
            paper("b", &[("establish a fleet for cable repair", Polarity::Do)]),
            paper("c", &[("create a cable repair fleet", Polarity::DoNot)]),
            paper("d", &[("teach civics at school", Polarity::Do)]),
        ];
        let found = compare(papers, Parameters::default());
        assert_eq!(found.themes.len(), 1);
        assert_eq!(found.themes[0].papers, [0, 1, 2]);
        assert_eq!(found.themes[0].members.iter().filter(|member| member.opposed).count(), 1);
    }

    #[test]
    fn versions_of_one_paper_share_no_theme() {
        let version = |id: &str| Paper { title: Some("Mending the Wires".to_owned()), ..paper(id, &[("create a cable repair fleet", Polarity::Do)]) };
        let found = compare(vec![version("a"), version("b"), paper("c", &[("teach civics at school", Polarity::Do)])], Parameters::default());
        assert_eq!((found.pairs.len(), found.themes.len()), (1, 0));
        let other = paper("d", &[("create a fleet for cable repair", Polarity::Do)]);
        let found = compare(vec![version("a"), version("b"), other], Parameters::default());
        assert_eq!(found.themes[0].papers, [0, 1, 2]);
    }
}
