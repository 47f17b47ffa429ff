//! What the page needs of all papers at once; the records themselves are only opened with their paper.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::compare::Comparison;
use crate::record::{Analysis, Polarity, SectionKind, Strength};

/// The most actors that the heat map shows.
const HEAT_MAP_ACTORS: usize = 40;

#[derive(Serialize)]
pub struct Index {
    papers: Vec<PaperEntry>,
    actors: Vec<ActorEntry>,
    topics: BTreeMap<u8, String>,
    recommendations: Vec<RecommendationEntry>,
    themes: Vec<ThemeEntry>,
    matrix: Matrix,
    similarity: Vec<Similarity>,
    /// (paper, kind, label, papers with it)
    silences: Vec<(usize, &'static str, String, usize)>,
}

#[derive(Serialize)]
struct PaperEntry {
    at: usize,
    id: String,
    title: Option<String>,
    date: Option<String>,
    publisher: Option<String>,
    words: usize,
    recommendations: usize,
    actors: usize,
    citations: usize,
    /// Where its record is, if not in the page.
    file: Option<String>,
}

#[derive(Serialize)]
struct ActorEntry {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct RecommendationEntry {
    id: String,
    paper: usize,
    text: String,
    addressees: Vec<usize>,
    strength: Strength,
    polarity: Polarity,
    topics: Vec<u8>,
    kind: Option<SectionKind>,
    deadline: Option<String>,
    /// The deadline as a date, as precise as known.
    due: Option<String>,
}

#[derive(Serialize)]
struct ThemeEntry {
    id: String,
    label: String,
    papers: usize,
    members: Vec<MemberEntry>,
}

#[derive(Serialize)]
struct MemberEntry {
    /// Index into the recommendations.
    at: usize,
    opposed: bool,
}

/// (paper, other paper, overall, recommendations, actors, citations, topics)
type Similarity = (usize, usize, f32, Option<f32>, Option<f32>, Option<f32>, Option<f32>);

#[derive(Serialize)]
struct Matrix {
    actors: Vec<usize>,
    /// (paper, column, mentions, addressed)
    cells: Vec<(usize, usize, usize, usize)>,
}

/// Makes the index of `records`, which are in the order of the comparison's papers.
pub fn index(records: &[&Analysis], comparison: &Comparison, folder: Option<&str>) -> Index {
    let mut actors = ActorTable::default();
    let mut topics = BTreeMap::new();
    let mut recommendations = Vec::new();
    let mut place: HashMap<(usize, &str), usize> = HashMap::new();
    for (paper, record) in records.iter().enumerate() {
        let kinds: HashMap<&str, SectionKind> = record.sections.iter().map(|section| (section.id.as_str(), section.kind)).collect();
        for one in &record.recommendations {
            place.insert((paper, &one.id), recommendations.len());
            one.topics.iter().for_each(|topic| {
                topics.entry(topic.code).or_insert_with(|| topic.name.clone());
            });
            recommendations.push(RecommendationEntry {
                id: one.id.clone(),
                paper,
                text: one.text.clone(),
                addressees: one.addressees.iter().map(|party| actors.place(&party.actor, &party.name)).collect(),
                strength: one.strength,
                polarity: one.polarity,
                topics: one.topics.iter().map(|topic| topic.code).collect(),
                kind: one.section.as_deref().and_then(|id| kinds.get(id).copied()),
                deadline: one.deadline.clone(),
                due: one.deadline.as_deref().and_then(year_in),
            });
        }
    }
    let demands = &comparison.demands;
    let themes = comparison
        .themes
        .iter()
        .map(|theme| ThemeEntry {
            id: theme.id.clone(),
            label: theme.label.clone(),
            papers: theme.papers.len(),
            members: theme
                .members
                .iter()
                .filter_map(|member| {
                    let at = *place.get(&(demands.paper(member.demand), demands.demand(member.demand).id.as_str()))?;
                    Some(MemberEntry { at, opposed: member.opposed })
                })
                .collect(),
        })
        .collect();
    let matrix = matrix(comparison, &mut actors);
    Index {
        papers: records.iter().enumerate().map(|(at, record)| paper_entry(at, record, folder)).collect(),
        actors: actors.entries,
        topics,
        recommendations,
        themes,
        matrix,
        similarity: comparison
            .documents
            .iter()
            .map(|pair| (pair.first, pair.second, pair.overall, pair.recommendations, pair.actors, pair.citations, pair.topics))
            .collect(),
        silences: comparison.silences.iter().map(|one| (one.paper, one.kind.name(), one.label.clone(), one.papers)).collect(),
    }
}

fn paper_entry(at: usize, record: &Analysis, folder: Option<&str>) -> PaperEntry {
    PaperEntry {
        at,
        id: record.document.id.clone(),
        title: record.document.title.clone(),
        date: record.document.date.clone(),
        publisher: record.document.publisher.clone(),
        words: record.document.words,
        recommendations: record.recommendations.len(),
        actors: record.actors.len(),
        citations: record.citations.len(),
        file: folder.map(|folder| format!("{folder}/{at}.js")),
    }
}

/// The first year named in a deadline ("by 2030", "within two years of 2027").
fn year_in(deadline: &str) -> Option<String> {
    deadline.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))).map(str::to_owned)
}

#[derive(Default)]
struct ActorTable {
    entries: Vec<ActorEntry>,
    places: HashMap<String, usize>,
}

impl ActorTable {
    fn place(&mut self, id: &str, name: &str) -> usize {
        if let Some(&at) = self.places.get(id) {
            return at;
        }
        self.places.insert(id.to_owned(), self.entries.len());
        self.entries.push(ActorEntry { id: id.to_owned(), name: name.to_owned() });
        self.entries.len() - 1
    }
}

/// The actors of most papers, with their use in each paper.
fn matrix(comparison: &Comparison, actors: &mut ActorTable) -> Matrix {
    let mut spread: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
    for actor in comparison.papers.iter().flat_map(|paper| &paper.actors) {
        let entry = spread.entry(&actor.id).or_insert((0, 0, &actor.name));
        entry.0 += 1;
        entry.1 += actor.mentions;
    }
    let mut columns: Vec<(&str, (usize, usize, &str))> = spread.into_iter().collect();
    columns.sort_by(|one, other| (other.1.0, other.1.1).cmp(&(one.1.0, one.1.1)).then_with(|| one.0.cmp(other.0)));
    columns.truncate(HEAT_MAP_ACTORS);
    let column: HashMap<&str, usize> = columns.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let cells = comparison
        .papers
        .iter()
        .enumerate()
        .flat_map(|(paper, one)| {
            let column = &column;
            one.actors.iter().filter_map(move |actor| Some((paper, *column.get(actor.id.as_str())?, actor.mentions, actor.addressed)))
        })
        .collect();
    Matrix { actors: columns.iter().map(|(id, (_, _, name))| actors.place(id, name)).collect(), cells }
}
