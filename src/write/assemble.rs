//! Makes the public record from what the stages found: ids, names, and offsets in code points into the source.

use rustc_hash::FxHashSet as HashSet;

use crate::document::{Block, BlockKind, Document};
use crate::id::{self, IdMaker};
use crate::lanes;
use crate::pipeline::{Input, Settings};
use crate::record::{
    Actor, ActorReference, Analysis, Attribution, Citation, DocumentInfo, Mention, Note, PageSpan, Place, Recommendation, SCHEMA, Section, TextPlace, Warning,
};
use crate::resolve::actor::Actors;
use crate::resolve::citation::Apparatus;
use crate::resolve::recommendation::{self, Party};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::{SourceSpan, Span};
use crate::write::points::CodePoints;

/// Builds the record of one document. The document's source text becomes the record's text.
#[allow(clippy::too_many_arguments, reason = "one parameter per stage: it is the place where they meet")]
pub(crate) fn record(
    input: &Input,
    settings: &Settings,
    document: Document,
    outline: &Outline,
    sentences: &[Sentence],
    recommendations: &[recommendation::Recommendation],
    actors: &Actors,
    apparatus: &Apparatus,
) -> Analysis {
    let places = CodePoints::new(&document.source);
    let writer = Writer { settings, document: &document, places, actors };
    let section_ids = writer.section_ids(outline);
    let (notes, note_ids) = writer.notes(apparatus);
    let (citations, citation_ids) = writer.citations(apparatus, &note_ids);
    let (own, reported) = writer.recommendations(recommendations, sentences, outline, &section_ids, &citation_ids);
    let sections = writer.sections(outline, &section_ids);
    let info = DocumentInfo {
        id: input.id.to_owned(),
        path: input.path.to_owned(),
        media_type: document.metadata.media_type.to_owned(),
        encoding: document.metadata.encoding.map(str::to_owned),
        sha256: id::sha256(input.bytes),
        bytes: input.bytes.len() as u64,
        title: document.metadata.title.clone(),
        subtitle: document.metadata.subtitle.clone(),
        authors: document.metadata.authors.clone(),
        publisher: document.metadata.publisher.clone(),
        date: document.metadata.date.clone(),
        language: document.metadata.language.clone(),
        pages: document.pages.last().map(|page| page.number),
        characters: writer.places.total,
        words: words(&document.reading),
        sentences: sentences.len(),
    };
    let pages = document.pages.iter().map(|page| PageSpan { number: page.number, place: writer.places.place(page.source) }).collect();
    let warnings = document
        .warnings
        .iter()
        .map(|warning| Warning {
            stage: warning.stage.to_owned(),
            message: warning.message.clone(),
            place: warning.source.map(|span| writer.places.place(span)),
        })
        .collect();
    let actors = writer.actors(recommendations);
    let mut analysis = Analysis {
        schema: SCHEMA.to_owned(),
        generator: settings.generator(),
        document: info,
        pages,
        sections,
        recommendations: own,
        reported_recommendations: reported,
        actors,
        notes,
        citations,
        warnings,
        text: document.source,
    };
    if settings.min_confidence > 0.0 {
        drop_dangling(&mut analysis);
    }
    analysis
}

/// Takes out references to items that were left out for their low confidence.
fn drop_dangling(analysis: &mut Analysis) {
    let citations: HashSet<String> = analysis.citations.iter().map(|citation| citation.id.clone()).collect();
    let all = || analysis.recommendations.iter().chain(&analysis.reported_recommendations);
    let recommendations: HashSet<String> = all().map(|one| one.id.clone()).collect();
    for citation in &mut analysis.citations {
        citation.refers_to.take_if(|id| !citations.contains(id));
    }
    for one in analysis.recommendations.iter_mut().chain(&mut analysis.reported_recommendations) {
        one.citations.retain(|id| citations.contains(id));
        one.restates.take_if(|id| !recommendations.contains(id));
    }
}

struct Writer<'a> {
    settings: &'a Settings,
    document: &'a Document,
    places: CodePoints<'a>,
    actors: &'a Actors,
}

impl Writer<'_> {
    fn source(&self, span: Span) -> SourceSpan {
        self.document.map.source(span)
    }

    fn place(&self, span: Span) -> Place {
        self.places.place(self.source(span))
    }

    fn text_place(&self, span: Span) -> TextPlace {
        TextPlace { place: self.place(span), text: self.document.text(span).to_owned() }
    }

    fn words(&self, span: Option<Span>) -> Option<String> {
        span.map(|span| self.document.text(span).to_owned())
    }

    fn rule(&self, id: crate::rule::RuleId) -> String {
        self.settings.rules.get(id).id.clone()
    }

    fn section_ids(&self, outline: &Outline) -> Vec<String> {
        let mut ids = IdMaker::default();
        let heading = |section: &crate::section::Section| section.heading.map_or("", |block| self.document.text(self.document.blocks[block].span));
        outline.sections.iter().map(|section| ids.make("s", heading(section))).collect()
    }

    fn sections(&self, outline: &Outline, ids: &[String]) -> Vec<Section> {
        let one = |(section, id): (&crate::section::Section, &String)| Section {
            id: id.clone(),
            parent: section.parent.map(|parent| ids[parent].clone()),
            level: section.level,
            kind: section.kind,
            number: section.number.clone(),
            heading: section.heading.map(|block| self.text_place(self.document.blocks[block].span)),
            place: self.place(section.span),
            rule: section.rule.map(|rule| self.rule(rule)),
            confidence: rounded(section.confidence),
        };
        outline.sections.iter().zip(ids).map(one).collect()
    }

    fn notes(&self, apparatus: &Apparatus) -> (Vec<Note>, Vec<String>) {
        let mut ids = IdMaker::default();
        let notes: Vec<Note> = apparatus
            .notes
            .iter()
            .map(|note| Note {
                id: ids.make("n", &format!("{}\n{}", note.label, note.span.map_or("", |span| self.document.text(span)))),
                label: note.label.clone(),
                kind: note.kind,
                place: note.span.map(|span| self.place(span)),
                text: self.words(note.span),
                anchors: note.anchors.iter().map(|&mark| self.places.place(mark)).collect(),
                rule: note.rule.map(|rule| self.rule(rule)),
                confidence: rounded(note.confidence),
            })
            .collect();
        let ids = notes.iter().map(|note| note.id.clone()).collect();
        (notes, ids)
    }

    /// The words of the citation, or the address of a link whose words are the author's own.
    fn citation_text(&self, citation: &crate::resolve::citation::Citation) -> &str {
        match citation.source {
            Some(place) if !place.contains(self.source(citation.span)) => place.of(&self.document.source),
            _ => self.document.text(citation.span),
        }
    }

    fn citations(&self, apparatus: &Apparatus, notes: &[String]) -> (Vec<Citation>, Vec<String>) {
        let mut maker = IdMaker::default();
        let ids: Vec<String> = apparatus.citations.iter().map(|citation| maker.make("c", self.document.text(citation.span))).collect();
        let one = |(citation, id): (&crate::resolve::citation::Citation, &String)| Citation {
            id: id.clone(),
            note: citation.note.map(|note| notes[note].clone()),
            place: self.places.place(citation.source.unwrap_or_else(|| self.source(citation.span))),
            text: self.citation_text(citation).to_owned(),
            work: citation.work.clone(),
            refers_to: citation.refers_to.map(|other| ids[other].clone()),
            anchors: citation.anchors.iter().map(|&anchor| self.places.place(anchor)).collect(),
            rule: self.rule(citation.rule),
            confidence: rounded(citation.confidence),
        };
        let kept = apparatus.citations.iter().zip(&ids).filter(|(citation, _)| citation.confidence >= self.settings.min_confidence).map(one).collect();
        (kept, ids)
    }

    fn recommendations(
        &self,
        found: &[recommendation::Recommendation],
        sentences: &[Sentence],
        outline: &Outline,
        sections: &[String],
        citations: &[String],
    ) -> (Vec<Recommendation>, Vec<Recommendation>) {
        let mut maker = IdMaker::default();
        let ids: Vec<String> = found.iter().map(|one| maker.make("r", self.document.text(one.raw.span))).collect();
        let mut out = (Vec::new(), Vec::new());
        for (one, id) in found.iter().zip(&ids).filter(|(one, _)| one.raw.confidence >= self.settings.min_confidence) {
            let block = sentences.get(one.raw.sentence).map(|sentence| sentence.block);
            let record = Recommendation {
                id: id.clone(),
                section: block.and_then(|block| outline.of_block.get(block).copied().flatten()).map(|section| sections[section].clone()),
                label: one.raw.label.clone(),
                item: block.and_then(|block| marker(&self.document.blocks[block])),
                place: self.place(one.raw.span),
                text: self.document.text(one.raw.span).to_owned(),
                addressees: self.parties(&one.addressees),
                deontic: one.raw.deontic.map(|span| self.document.text(span).to_lowercase()),
                action: one.raw.action.map(|span| self.text_place(span)),
                addressee_source: one.addressee_source,
                actions: one.raw.actions.iter().map(|&span| self.text_place(span)).collect(),
                targets: self.parties(&one.targets),
                purpose: self.words(one.raw.purpose),
                condition: self.words(one.raw.condition),
                deadline: self.words(one.raw.deadline),
                deadline_date: one.deadline_date.clone(),
                or_else: self.words(one.raw.or_else),
                strength: one.strength,
                polarity: one.raw.polarity,
                topics: one.topics.clone(),
                citations: one.citations.iter().map(|&citation| citations[citation].clone()).collect(),
                restates: one.restates.map(|other| ids[other].clone()),
                attribution: one
                    .attribution
                    .as_ref()
                    .map(|(actor, name)| Attribution { actor: actor.map(|actor| self.actors.actors[actor].id.clone()), name: name.clone() }),
                page: block.and_then(|block| self.document.blocks[block].page),
                rule: self.rule(one.raw.rule),
                confidence: rounded(one.raw.confidence),
            };
            if record.attribution.is_some() { out.1.push(record) } else { out.0.push(record) }
        }
        out
    }

    fn parties(&self, parties: &[Party]) -> Vec<ActorReference> {
        let one = |party: &Party| {
            let actor = &self.actors.actors[party.actor];
            ActorReference { actor: actor.id.clone(), name: actor.name.clone(), place: party.span.map(|span| self.place(span)) }
        };
        parties.iter().map(one).collect()
    }

    /// The actors that are mentioned or have a part in a recommendation.
    fn actors(&self, recommendations: &[recommendation::Recommendation]) -> Vec<Actor> {
        let mut records: Vec<Actor> = self
            .actors
            .actors
            .iter()
            .map(|actor| Actor {
                id: actor.id.clone(),
                name: actor.name.clone(),
                kind: actor.kind,
                country: actor.country.clone(),
                wikidata: actor.wikidata.clone(),
                mentions: Vec::new(),
            })
            .collect();
        for mention in self.actors.mentions.iter().filter(|mention| mention.confidence >= self.settings.min_confidence) {
            let record =
                Mention { place: self.place(mention.span), form: mention.form, rule: self.rule(mention.rule), confidence: rounded(mention.confidence) };
            for &actor in &mention.actors {
                // A set may name an actor twice, and an entity may stand for all of two mentions.
                if records[actor].mentions.last().is_none_or(|last| last.place != record.place) {
                    records[actor].mentions.push(record.clone());
                }
            }
        }
        let mut used = vec![false; records.len()];
        for one in recommendations {
            let parties = one.addressees.iter().chain(&one.targets).map(|party| party.actor);
            parties.chain(one.attribution.as_ref().and_then(|(actor, _)| *actor)).for_each(|actor| used[actor] = true);
        }
        records.into_iter().zip(used).filter(|(actor, used)| *used || !actor.mentions.is_empty()).map(|(actor, _)| actor).collect()
    }
}

/// How many words white space divides a text into.
fn words(text: &str) -> usize {
    let is_space = |byte: u8| (byte == b' ') | (byte == b'\n') | (byte == b'\t') | (byte == b'\r') | (byte == 0x0c);
    let first = text.bytes().next().is_some_and(|byte| !is_space(byte));
    usize::from(first) + lanes::count_pairs(text.as_bytes(), |byte, next| is_space(byte) & !is_space(next))
}

/// The marker of a list item.
fn marker(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::ListItem { marker, .. } => Some(marker.clone()),
        _ => None,
    }
}

/// Two decimals: more would claim a precision that the calibration does not have.
fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        for text in ["", "a", " a", "a ", "one two\nthree\u{a0}four  five", "\n", &"word ".repeat(700)] {
            assert_eq!(words(text), text.split_ascii_whitespace().count(), "{text}");
        }
    }
}
