//! The comparison as tables.

use std::collections::BTreeMap;

use super::Comparison;
use super::paper::ActorUse;
use crate::record::wire_name;

/// A table: its file name, its header, and its rows.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: &'static str,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(name: &'static str, header: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { name, header: header.iter().map(|&cell| cell.to_owned()).collect(), rows }
    }
}

/// All tables of a comparison, in the order in which they are best read.
#[must_use]
pub fn tables(comparison: &Comparison) -> Vec<Table> {
    vec![
        themes(comparison),
        theme_members(comparison),
        recommendation_pairs(comparison),
        actor_document(comparison),
        actor_matrix(comparison),
        shared_citations(comparison),
        document_similarity(comparison),
        silences(comparison),
    ]
}

fn themes(comparison: &Comparison) -> Table {
    let demands = &comparison.demands;
    let rows = comparison
        .themes
        .iter()
        .map(|theme| {
            let representative = demands.demand(theme.representative);
            let [must, should, could] = theme.strengths(demands);
            let addressees: Vec<String> = theme.addressees(demands).into_iter().map(|(name, count)| format!("{name} ({count})")).collect();
            let papers: Vec<&str> = theme.papers.iter().map(|&paper| comparison.papers[paper].id.as_str()).collect();
            vec![
                theme.id.clone(),
                theme.label.clone(),
                theme.papers.len().to_string(),
                theme.members.len().to_string(),
                theme.members.iter().filter(|member| member.opposed).count().to_string(),
                addressees.join("; "),
                must.to_string(),
                should.to_string(),
                could.to_string(),
                demands.paper_id(theme.representative).to_owned(),
                representative.id.clone(),
                representative.text.clone(),
                papers.join("; "),
            ]
        })
        .collect();
    let header = [
        "theme_id",
        "label",
        "papers",
        "recommendations",
        "opposed",
        "addressees",
        "must",
        "should",
        "could",
        "representative_document_id",
        "representative_recommendation_id",
        "representative_text",
        "document_ids",
    ];
    Table::new("themes", &header, rows)
}

fn theme_members(comparison: &Comparison) -> Table {
    let demands = &comparison.demands;
    let mut rows = Vec::new();
    for theme in &comparison.themes {
        for member in &theme.members {
            let demand = demands.demand(member.demand);
            rows.push(vec![
                theme.id.clone(),
                demands.paper_id(member.demand).to_owned(),
                demand.id.clone(),
                comparison.papers[demands.paper(member.demand)].label().to_owned(),
                number(member.similarity),
                if member.opposed { "opposed" } else { "agrees" }.to_owned(),
                demand.addressee_names.join("; "),
                wire_name(&demand.strength),
                wire_name(&demand.polarity),
                demand.text.clone(),
            ]);
        }
    }
    let header = ["theme_id", "document_id", "recommendation_id", "document_title", "similarity", "stance", "addressees", "strength", "polarity", "text"];
    Table::new("theme_members", &header, rows)
}

fn recommendation_pairs(comparison: &Comparison) -> Table {
    let demands = &comparison.demands;
    let rows = comparison
        .pairs
        .iter()
        .map(|pair| {
            let (one, other) = (demands.demand(pair.first), demands.demand(pair.second));
            let names: Vec<&str> =
                pair.addressees.iter().filter_map(|id| one.addressees.iter().position(|own| own == id)).map(|at| one.addressee_names[at].as_str()).collect();
            let topics: Vec<&str> = one.topics.iter().filter(|topic| pair.topics.contains(&topic.code)).map(|topic| topic.name.as_str()).collect();
            vec![
                demands.paper_id(pair.first).to_owned(),
                one.id.clone(),
                demands.paper_id(pair.second).to_owned(),
                other.id.clone(),
                pair.relation.name().to_owned(),
                number(pair.similarity),
                number(pair.lexical),
                names.join("; "),
                pair.terms.join("; "),
                topics.join("; "),
                one.text.clone(),
                other.text.clone(),
            ]
        })
        .collect();
    let header = [
        "document_id",
        "recommendation_id",
        "other_document_id",
        "other_recommendation_id",
        "relation",
        "similarity",
        "lexical",
        "shared_addressees",
        "shared_terms",
        "shared_topics",
        "text",
        "other_text",
    ];
    Table::new("recommendation_pairs", &header, rows)
}

fn actor_document(comparison: &Comparison) -> Table {
    let mut rows = Vec::new();
    for paper in comparison.papers.iter() {
        for actor in &paper.actors {
            rows.push(vec![
                paper.id.clone(),
                actor.id.clone(),
                actor.name.clone(),
                wire_name(&actor.kind),
                actor.country.clone().unwrap_or_default(),
                actor.mentions.to_string(),
                actor.addressed.to_string(),
                actor.target.to_string(),
            ]);
        }
    }
    let header = ["document_id", "actor_id", "name", "type", "country", "mentions", "addressed", "target"];
    Table::new("actor_document", &header, rows)
}

/// One row a paper, one column an actor, the number of mentions in each cell, zeros shown.
fn actor_matrix(comparison: &Comparison) -> Table {
    let mut spread: BTreeMap<&str, (usize, usize, &ActorUse)> = BTreeMap::new();
    for actor in comparison.papers.iter().flat_map(|paper| &paper.actors) {
        let entry = spread.entry(&actor.id).or_insert((0, 0, actor));
        entry.0 += 1;
        entry.1 += actor.mentions;
    }
    let mut columns: Vec<(usize, usize, &ActorUse)> = spread.into_values().collect();
    columns.sort_by(|one, other| (other.0, other.1).cmp(&(one.0, one.1)).then_with(|| one.2.id.cmp(&other.2.id)));
    columns.truncate(comparison.parameters.matrix_actors);
    let mut header = vec!["document_id".to_owned()];
    header.extend(columns.iter().map(|(_, _, actor)| actor.name.clone()));
    let rows = comparison
        .papers
        .iter()
        .map(|paper| {
            let mentions = |id: &str| paper.actors.binary_search_by(|actor| actor.id.as_str().cmp(id)).map_or(0, |at| paper.actors[at].mentions);
            std::iter::once(paper.id.clone()).chain(columns.iter().map(|(_, _, actor)| mentions(&actor.id).to_string())).collect()
        })
        .collect();
    Table { name: "actor_matrix", header, rows }
}

fn shared_citations(comparison: &Comparison) -> Table {
    let rows = comparison
        .works
        .iter()
        .filter_map(|work| {
            let cited = work.representative(&comparison.papers)?;
            let authors: Vec<String> = cited.work.authors.iter().map(crate::record::Name::display).collect();
            let papers: Vec<&str> = work.papers.iter().map(|&paper| comparison.papers[paper].id.as_str()).collect();
            let citations: Vec<String> =
                work.cited.iter().map(|&(paper, at)| format!("{}#{}", comparison.papers[paper].id, comparison.papers[paper].works[at].id)).collect();
            Some(vec![
                work.matched_by.to_owned(),
                work.key.clone(),
                work.papers.len().to_string(),
                work.cited.len().to_string(),
                authors.join("; "),
                cited.work.title.clone().unwrap_or_default(),
                cited.work.date.clone().unwrap_or_default(),
                cited.work.url.clone().unwrap_or_default(),
                cited.work.doi.clone().unwrap_or_default(),
                papers.join("; "),
                citations.join("; "),
            ])
        })
        .collect();
    let header = ["matched_by", "key", "papers", "citations", "authors", "title", "date", "url", "doi", "document_ids", "citation_ids"];
    Table::new("shared_citations", &header, rows)
}

fn document_similarity(comparison: &Comparison) -> Table {
    let measure = |value: Option<f32>| value.map(number).unwrap_or_default();
    let rows = comparison
        .documents
        .iter()
        .map(|pair| {
            vec![
                comparison.papers[pair.first].id.clone(),
                comparison.papers[pair.second].id.clone(),
                number(pair.overall),
                measure(pair.recommendations),
                measure(pair.actors),
                measure(pair.citations),
                measure(pair.topics),
            ]
        })
        .collect();
    Table::new("document_similarity", &["document_id", "other_document_id", "overall", "recommendations", "actors", "citations", "topics"], rows)
}

fn silences(comparison: &Comparison) -> Table {
    let rows = comparison
        .silences
        .iter()
        .map(|silence| {
            vec![
                comparison.papers[silence.paper].id.clone(),
                silence.kind.name().to_owned(),
                silence.item.clone(),
                silence.label.clone(),
                silence.papers.to_string(),
                comparison.papers.len().to_string(),
            ]
        })
        .collect();
    Table::new("silences", &["document_id", "kind", "item", "label", "papers_with_it", "papers"], rows)
}

/// Four decimal places: more would only show rounding.
fn number(value: f32) -> String {
    format!("{value:.4}")
}
