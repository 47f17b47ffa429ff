//! The walk through a document: block by block, sentence by sentence.

use std::ops::Range;

use super::candidate::{Candidate, Scene};
use super::clause::{Clause, Link};
use super::context::{self, LeadIn, LeadIns};
use super::frame::frame;
use super::grammar::{Cue, Force, Grammar, Kind};
use super::imperative::{addresses_reader, after_fronted, after_gerund_phrase, has_main_verb, imperative, may_command};
use super::label::{Label, label};
use super::predicate::{Verb, action_end};
use super::reported::{Voice, nominal, quotations};
use super::token::{Reading, Tokens};
use super::unit::{Unit, units};
use super::word::Class;
use super::{Addressee, AddresseeSource, RawRecommendation};
use super::{evaluative, idiom, modal, need, option, performative};
use crate::document::{Block, BlockKind, Document};
use crate::record::{Polarity, SectionKind, Strength};
use crate::section::Outline;
use crate::sentence::{Sentence, enclosed_label};
use crate::span::Span;

/// One pass over a document.
pub struct Finder<'a> {
    document: &'a Document,
    outline: &'a Outline,
    sentences: &'a [Sentence],
    grammar: &'a Grammar,
    reading: Reading<'a>,
    cues: Vec<Cue>,
    /// The cues of the block at hand.
    here: Range<usize>,
    /// What the heading above the block at hand says.
    above: Above,
    advising: Vec<bool>,
    /// Blocks that are items of a list of orders.
    ordering: Vec<bool>,
    directive: bool,
    leads: LeadIns,
    /// Depth and style of the item that gave the last lead-in, so that items of another style count as below it.
    lead_style: Option<(usize, Style)>,
    /// A label that stood alone, for the block that follows.
    label: Option<String>,
    /// The section held a recommendation lately, so that options near it are advice.
    near: bool,
    found: Vec<RawRecommendation>,
    /// Recommendations made by headings, kept if nothing below repeats them: with the number of recommendations found before.
    headings: Vec<(RawRecommendation, usize, usize)>,
}

/// What a heading says of the blocks below it.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    heading: Option<usize>,
    /// It says that the section tells what the law or the present rules are.
    legal: bool,
    /// The words of it that may name who is addressed, once they were asked for.
    addressed: Option<Option<Span>>,
}

/// Facts about a block that all its sentences share.
struct Place {
    advice: bool,
    item: bool,
    depth: usize,
    quotations: Vec<Span>,
    quoted: bool,
    /// Bytes of a bullet that the format's reader left in the text.
    marker: usize,
    /// The heading above says that the section tells what the law or the present rules are.
    legal: bool,
    /// The words of the heading above that may name who is addressed.
    heading: Option<Span>,
}

impl<'a> Finder<'a> {
    pub fn new(document: &'a Document, outline: &'a Outline, sentences: &'a [Sentence], grammar: &'a Grammar) -> Self {
        let reading = Reading::new(&document.reading);
        Self {
            document,
            outline,
            sentences,
            grammar,
            cues: grammar.cues(&reading),
            reading,
            here: 0..0,
            above: Above::default(),
            advising: context::advising_sections(document, outline),
            ordering: context::ordering_items(document, grammar),
            directive: context::is_directive(document),
            leads: LeadIns::default(),
            lead_style: None,
            label: None,
            near: false,
            found: Vec::new(),
            headings: Vec::new(),
        }
    }

    pub fn run(mut self) -> Vec<RawRecommendation> {
        let mut sentence = 0;
        for (index, block) in self.document.blocks.iter().enumerate() {
            let from = sentence;
            while self.sentences.get(sentence).is_some_and(|one| one.block <= index) {
                sentence += 1;
            }
            let of_block = from..sentence;
            self.come_to(block.span);
            match &block.kind {
                BlockKind::Heading { .. } => self.heading(index, block, of_block.start),
                kind if kind.is_running_text() => self.block(index, block, of_block),
                BlockKind::TableRow => self.block(index, block, of_block),
                _ => {}
            }
        }
        self.settle_headings();
        self.found
    }

    /// Moves on to the cues of a block.
    fn come_to(&mut self, block: Span) {
        let after = |from: usize, offset: usize| from + self.cues[from..].iter().take_while(|cue| cue.span.start() < offset).count();
        let start = after(self.here.end, block.start());
        self.here = start..after(start, block.end());
    }

    fn advises(&self, block: usize) -> bool {
        let section = self.outline.of_block.get(block).copied().flatten();
        section.and_then(|section| self.advising.get(section)).copied().unwrap_or(false)
    }

    fn is_quiet(&self, block: usize) -> bool {
        matches!(
            self.outline.kind_of(block),
            SectionKind::References | SectionKind::Notes | SectionKind::About | SectionKind::Contents | SectionKind::Boilerplate | SectionKind::Acknowledgments
        )
    }

    /// Moves on to the heading above a block.
    fn come_under(&mut self, block: usize) {
        let heading = self.outline.headings_above(block).next();
        if self.above.heading != heading {
            let legal = heading.is_some_and(|heading| context::is_legal_heading(self.document.text(self.document.blocks[heading].span)));
            self.above = Above { heading, legal, addressed: None };
        }
    }

    /// "To the Government of Kenya", "Recommendations for donors": the part of the heading above a block that may name who is addressed.
    fn addressed_by_heading(&mut self, block: usize) -> Option<Span> {
        let heading = self.above.heading.filter(|_| self.advises(block))?;
        if let Some(known) = self.above.addressed {
            return known;
        }
        let span = self.document.blocks[heading].span;
        let addressed = context::addressed(self.document.text(span)).map(|range| Span::from(range).shifted(span.start()));
        self.above.addressed = Some(addressed);
        addressed
    }

    fn heading(&mut self, index: usize, block: &Block, sentence: usize) {
        self.leads.clear();
        self.near = false;
        let text = self.document.text(block.span);
        let marker = label(text);
        self.label = marker.filter(|marker| marker.taken >= text.len()).map(|marker| text[..marker.len].to_owned());
        if self.is_quiet(index) {
            return;
        }
        let ended = text.trim_end().ends_with('.');
        let leads = context::leads_on(text);
        let advises = self.advises(index);
        let may_state = (ended || leads || advises) && self.cues_in(block.span).iter().any(|cue| !self.is_idle(cue, block.span));
        if may_state && self.statement(index, sentence, ended) || !advises {
            return;
        }
        let base = block.span.start() + marker.map_or(0, |marker| marker.taken);
        let body = Span::new(base, block.span.end());
        let tokens = Tokens::new(&self.reading, body, &self.grammar.words);
        let Some(found) = imperative(&tokens, 0).filter(|_| tokens.len() >= 3) else { return };
        let Some((rule, definition)) = self.grammar.rule("recommendation.imperative.item") else { return };
        let end = action_end(&tokens, found.start);
        let mut raw = RawRecommendation {
            span: body,
            sentence,
            label: marker.map(|marker| text[..marker.len].to_owned()),
            addressee: Vec::new(),
            deontic: None,
            action: tokens.span(found.start..end),
            actions: Vec::new(),
            purpose: None,
            condition: None,
            deadline: None,
            or_else: None,
            strength: Strength::Should,
            polarity: if found.negated { Polarity::DoNot } else { Polarity::Do },
            attribution: None,
            needs_actor: false,
            among_advice: true,
            rule: *rule,
            // A heading may only name what its section goes on to say.
            confidence: definition.confidence - 0.2,
        };
        // A heading that runs on into a paragraph in small letters is one sentence with it.
        if let Some(next) = self.document.blocks.get(index + 1)
            && next.kind.is_running_text()
            && self.document.text(next.span).starts_with(char::is_lowercase)
        {
            let first = self.sentences.get(sentence + 1).map_or(next.span, |one| one.span);
            raw.span = body.cover(first);
            raw.action = Some(Span::new(raw.action.map_or(base, Span::start), trimmed_end(self.document, first)));
            self.leads.set(0, Some(lead_of(&raw)));
            self.found.push(raw);
            return;
        }
        self.headings.push((raw, self.found.len(), index));
    }

    /// "D. The Government must publish the criteria." as a heading: sentences that recommend like any other, if a full stop ends them; else its section may
    /// only say it again. True if the heading recommends.
    fn statement(&mut self, index: usize, first: usize, ended: bool) -> bool {
        let end = first + self.sentences[first..].iter().take_while(|sentence| sentence.block == index).count();
        let place = Place { marker: 0, advice: self.advises(index), item: false, depth: 0, quotations: Vec::new(), quoted: false, legal: false, heading: None };
        let (mut label, before) = (self.label.take(), self.found.len());
        for at in first..end {
            self.sentence(at, &place, at == first, &mut label);
        }
        if self.found.len() == before {
            return false;
        }
        self.near = true;
        if !ended {
            let said: Vec<RawRecommendation> = self.found.drain(before..).collect();
            self.headings.extend(said.into_iter().map(|raw| (raw, before, index)));
        }
        true
    }

    /// Keeps a heading's recommendation only where its section holds no other.
    fn settle_headings(&mut self) {
        let mut kept = Vec::new();
        for (position, (raw, before, block)) in self.headings.iter().enumerate() {
            let until = self.headings.get(position + 1).map_or(self.found.len(), |next| next.1);
            let section_end = self.outline.section_of(*block).map_or(self.document.reading.len(), |section| section.span.end());
            let repeated = self.found[*before..until.max(*before)].iter().any(|other| other.span.start() < section_end);
            if !repeated {
                kept.push(raw.clone());
            }
        }
        self.found.extend(kept);
        self.found.sort_by_key(|raw| (raw.span.start(), raw.span.end()));
    }

    fn block(&mut self, index: usize, block: &Block, sentences: Range<usize>) {
        let (item, depth) = match &block.kind {
            BlockKind::ListItem { depth, marker } => (true, self.depth_below_lead(usize::from(*depth), marker)),
            BlockKind::Paragraph if is_marked_item(self.document.text(block.span)) || self.finishes_lead(index, block) => (true, 0),
            _ => (false, 0),
        };
        if !item {
            self.leads.clear();
        }
        if self.is_quiet(index) {
            return;
        }
        let text = self.document.text(block.span);
        let marker = if matches!(block.kind, BlockKind::Paragraph) { bullet_length(text).max(letter_length(text)) } else { 0 };
        let quoted = block.kind == BlockKind::Quotation && self.introduces_quotation(index);
        self.come_under(index);
        let mut place = Place {
            marker,
            advice: self.advises(index) || self.ordering.get(index).copied().unwrap_or(false),
            item,
            depth,
            quotations: quotations(text, block.span.start()),
            quoted,
            legal: self.above.legal,
            heading: self.addressed_by_heading(index),
        };
        let before = self.found.len();
        let waiting = self.label.take();
        let mut label_now = waiting;
        for at in sentences.clone() {
            // What follows in the paragraph of a labelled recommendation is advice as well.
            let labelled = self.sentence(at, &place, at == sentences.start, &mut label_now);
            place.advice |= labelled;
        }
        self.options(sentences.clone(), &place, before);
        self.near = self.found.len() > before || (self.near && item);
        self.set_lead(block, &place, sentences, before);
    }

    /// "We recommend that the bureau take these actions:" and below, in a paragraph without a marker, "Establish procedures": an order right after its lead-in.
    fn finishes_lead(&self, index: usize, block: &Block) -> bool {
        if self.leads.at(0).is_none() {
            return false;
        }
        let before = index.checked_sub(1).map(|before| &self.document.blocks[before]);
        let led = before.is_some_and(|before| before.kind == BlockKind::Paragraph && context::leads_on(self.document.text(before.span)));
        let text = self.document.text(block.span);
        let word = text.split(char::is_whitespace).next().unwrap_or_default();
        let verb = word.starts_with(char::is_uppercase) && word.len() < 24 && self.grammar.words.class(&word.to_ascii_lowercase()).any(Class::BASE);
        led && verb
    }

    /// A quotation set off is someone's words if the text before leads to it; else the author sets off their own.
    fn introduces_quotation(&self, index: usize) -> bool {
        let before = index.checked_sub(1).map(|before| &self.document.blocks[before]);
        before.is_some_and(|block| block.kind == BlockKind::Quotation || self.document.text(block.span).trim_end().ends_with([':', ',']))
    }

    /// The lead-in that this block gives to items below it.
    fn set_lead(&mut self, block: &Block, place: &Place, sentences: Range<usize>, before: usize) {
        let Some(last) = sentences.end.checked_sub(1).filter(|last| *last >= sentences.start).and_then(|last| self.sentences.get(last)) else { return };
        let text = self.document.text(last.span);
        let below = if place.item { place.depth + 1 } else { 0 };
        if !context::leads_on(text) && !self.ends_in_operator(last.span) {
            if place.item {
                self.leads.set(below, None);
            }
            return;
        }
        let own = self.found[before..].iter().rev().find(|raw| last.span.contains(raw.span) || raw.span.contains(last.span)).map(lead_of);
        let following = text.contains("following");
        let lead = own
            .map(|own| self.with_addressee(own, last.span, place))
            .map(|own| LeadIn { announces: own.announces || following, ..own })
            .or_else(|| self.bare_lead(last.span, place))
            .or_else(|| self.performative_lead(last.span, place))
            .or_else(|| announced(text, place.advice))
            .or_else(|| named_lead(text, last.span, place.advice));
        let inherited = if place.item { self.leads.at(place.depth).cloned() } else { None };
        self.leads.set(below, lead.or(inherited));
        self.lead_style = match (&block.kind, place.item) {
            (BlockKind::ListItem { marker, .. }, true) => Some((place.depth, style(marker))),
            _ => None,
        };
    }

    /// "11. The board recommends that members:" and "(a) Adopt": letters under numbers are one level deeper even where the layout does not show it.
    fn depth_below_lead(&self, depth: usize, marker: &str) -> usize {
        let below = self.lead_style.is_some_and(|(of_lead, lead)| of_lead == depth && lead != style(marker)) && self.leads.at(depth + 1).is_some();
        depth + usize::from(below)
    }

    /// "The ministry should" without a colon, as lists set line by line have it.
    fn ends_in_operator(&self, span: Span) -> bool {
        let end = span.start() + self.document.text(span).trim_end().len();
        self.cues_in(span).last().is_some_and(|cue| cue.kind == Kind::Modal && cue.span.end() == end && !self.is_idle(cue, span))
    }

    /// A lead-in that recommends but has no verb of its own for its addressee.
    fn with_addressee(&self, mut lead: LeadIn, span: Span, place: &Place) -> LeadIn {
        if lead.addressee.is_empty()
            && let Some(named) = self.performative_lead(span, place)
        {
            lead.addressee = named.addressee;
        }
        lead
    }

    /// "The Secretary-General recommends that members:", "We urge donors to:": the addressee stands between the verb and the items.
    fn performative_lead(&self, span: Span, place: &Place) -> Option<LeadIn> {
        let scene = self.scene(span, place, false);
        let tokens = &scene.tokens;
        let cue = self.cues_in(span).iter().find(|cue| matches!(cue.kind, Kind::Performative | Kind::Operative))?;
        let verb = tokens.index_at(cue.span.start());
        let mut from = tokens.index_at(cue.span.end().saturating_sub(1)) + 1;
        while tokens.word(from) == "that" || tokens.is(from, Class::COMMA) {
            from += 1;
        }
        let mut end = tokens.len().checked_sub(1)?;
        while end > from && (tokens.is(end - 1, Class::TO.and(Class::MODAL).and(Class::COLON)) || tokens.word(end - 1) == "to") {
            end -= 1;
        }
        let short = from < end && end - from <= 24 && !(from..end).any(|at| tokens.is(at, Class::COLON.and(Class::AUXILIARY).and(Class::MODAL)));
        let named = short && !tokens.at(from, &["the", "following"]) && tokens.word(from) != "following";
        let (_, rule) = self.grammar.rules_of(cue)[0];
        let definition = self.grammar.get(rule);
        let clause = super::clause::clause(tokens, verb);
        let own = clause.subject.is_empty()
            || super::reported::is_self(tokens, clause.subject.clone())
            || self.grammar.subject_fits(rule, tokens.lower(clause.subject.clone()));
        (named && own).then(|| LeadIn {
            strength: definition.strength.unwrap_or_default(),
            polarity: Polarity::Do,
            deontic: tokens.span(verb..from),
            addressee: tokens.span(from..end).into_iter().collect(),
            confidence: definition.confidence,
            announces: true,
            names_action: false,
            attribution: None,
        })
    }

    /// "Agencies must:", "We recommend that the government:": an operator without an action.
    fn bare_lead(&self, span: Span, place: &Place) -> Option<LeadIn> {
        let scene = self.scene(span, place, false);
        let last = scene.tokens.len().checked_sub(1)?;
        let cue = self.cues_in(span).last()?;
        let operator = scene.tokens.index_at(cue.span.start())..scene.tokens.index_at(cue.span.end().saturating_sub(1)) + 1;
        if cue.kind != Kind::Modal || self.is_idle(cue, span) || last.saturating_sub(operator.end) > 3 {
            return None;
        }
        let clause = super::clause::clause(&scene.tokens, operator.start);
        let definition = self.grammar.get(self.grammar.rules_of(cue)[0].1);
        let negated = (operator.end..last).any(|at| scene.tokens.is(at, Class::NEGATION));
        let voice = scene.voice(&clause, operator.start);
        Some(LeadIn {
            strength: definition.strength.unwrap_or_default(),
            polarity: if negated { Polarity::DoNot } else { Polarity::Do },
            deontic: scene.tokens.span(operator),
            addressee: scene.tokens.span(clause.subject).into_iter().collect(),
            confidence: definition.confidence,
            announces: false,
            names_action: false,
            attribution: attribution(&scene, &voice),
        })
    }

    fn scene<'b>(&'b self, span: Span, place: &'b Place, first: bool) -> Scene<'b> {
        Scene {
            tokens: Tokens::new(&self.reading, span, &self.grammar.words),
            grammar: self.grammar,
            advice: place.advice,
            item: place.item,
            directive: self.directive,
            legal: place.legal,
            first,
            quotations: &place.quotations,
        }
    }

    /// The cues in a stretch of the block at hand.
    fn cues_in(&self, span: Span) -> &[Cue] {
        let cues = &self.cues[self.here.clone()];
        let from = cues.iter().take_while(|cue| cue.span.start() < span.start()).count();
        let len = cues[from..].iter().take_while(|cue| cue.span.start() < span.end()).count();
        &cues[from..from + len]
    }

    fn sentence(&mut self, index: usize, place: &Place, first: bool, waiting: &mut Option<String>) -> bool {
        let Some(mut whole) = self.sentences.get(index).map(|sentence| sentence.span) else { return false };
        let marker = if first { place.marker } else { 0 };
        let marker = if marker == 0 { numeral_length(self.document.text(whole)) } else { marker };
        if marker < whole.len() {
            whole = Span::new(whole.start() + marker, whole.end());
        }
        let text = self.document.text(whole);
        let found_label = label(text);
        let start = whole.start() + found_label.map_or(0, |label| label.taken);
        let named = found_label.map(|label: Label| text[..label.len].to_owned());
        if start >= whole.end() {
            // "Recommendation 4." alone: the label of what follows.
            *waiting = named;
            return true;
        }
        let labelled = named.is_some() || waiting.is_some();
        let end = if place.item { context::item_end(&self.document.reading, start..whole.end()) } else { whole.end() };
        let span = Span::new(start, end);
        if !self.may_recommend(span, place, first, labelled) {
            return labelled;
        }
        let raws = {
            let mut scene = self.scene(span, place, first);
            scene.advice |= labelled;
            let candidates = self.candidates(&scene, span, place, labelled);
            let units = units(&scene.tokens, candidates);
            let lead = if place.item { self.leads.at(place.depth) } else { None };
            units.iter().filter_map(|unit| self.raw(&scene, unit, index, place, lead)).collect::<Vec<_>>()
        };
        for mut raw in raws {
            raw.label = named.clone().or_else(|| waiting.clone());
            if labelled {
                raw.confidence = raw.confidence.max(0.95);
            }
            self.found.push(raw);
            *waiting = None;
        }
        labelled
    }

    /// "may" forbids only after "No …", or in a directive, and "will" orders only there; elsewhere the sentence is not looked at for them.
    fn is_idle(&self, cue: &Cue, span: Span) -> bool {
        match cue.force {
            Force::Full | Force::Option => false,
            Force::May => !self.document.text(span).starts_with("No "),
            Force::Directive => !self.directive,
        }
    }

    /// A glance at a sentence that spares most of those without a recommendation from being parsed.
    fn may_recommend(&self, span: Span, place: &Place, first: bool, labelled: bool) -> bool {
        let (mut cued, mut optional) = (false, false);
        for cue in self.cues_in(span).iter().filter(|cue| !self.is_idle(cue, span)) {
            cued |= cue.force != Force::Option;
            optional |= cue.force == Force::Option;
        }
        if cued {
            return true;
        }
        // Without an operator only a command is left.
        let led = place.item && self.leads.at(place.depth).is_some();
        let text = self.document.text(span);
        (optional || self.may_open(span, place, first, labelled)) && (labelled || led || may_command(&self.reading, span, place.advice, &self.grammar.words))
            || opens_without_verb(text, self.reading.of(self.reading.opening(span)), place, first)
    }

    /// A sentence without a cue can still be an imperative or finish a lead-in.
    fn may_open(&self, span: Span, place: &Place, first: bool, labelled: bool) -> bool {
        let text = self.document.text(span);
        if place.item && first && self.leads.at(place.depth).is_some() || labelled || text.starts_with("That ") {
            return true;
        }
        let word = self.reading.opening(span);
        if word.len() > 24 {
            return false;
        }
        let class = self.reading.class(word, &self.grammar.words);
        class.any(Class::BASE.and(Class::ADVERB).and(Class::LINK).and(Class::NEGATION))
            || place.advice && class.any(Class::PREPOSITION.and(Class::SUBORDINATOR).and(Class::TO)) && text.contains(", ")
    }

    fn candidates(&self, scene: &Scene, span: Span, place: &Place, labelled: bool) -> Vec<Candidate> {
        let tokens = &scene.tokens;
        let mut found = Vec::new();
        for cue in self.cues_in(span).iter().filter(|cue| !self.is_idle(cue, span)) {
            let phrase = tokens.index_at(cue.span.start())..tokens.index_at(cue.span.end().saturating_sub(1)) + 1;
            let one = self.grammar.rules_of(cue).iter().find_map(|&(kind, rule)| match kind {
                Kind::Modal => modal::find(scene, rule, phrase.clone()),
                Kind::Evaluative => evaluative::find(scene, rule, phrase.end - 1),
                Kind::Idiom => idiom::find(scene, rule, phrase.clone()),
                Kind::Performative => performative::find(scene, rule, phrase.clone()),
                Kind::Passive => performative::passive(scene, rule, phrase.clone()),
                Kind::Wish => performative::wish(scene, rule, phrase.clone()),
                Kind::Operative => performative::operative(scene, rule, phrase.clone()),
                Kind::Need => need::find(scene, phrase.clone()),
                Kind::Option => None,
            });
            found.extend(one);
        }
        if found.is_empty() {
            found.extend(performative::subjunctive(scene).or_else(|| performative::infinitive_item(scene)));
        }
        if found.iter().all(|candidate| !tokens.is(0, Class::BASE) || candidate.start > 0 && candidate.operator.start > 1)
            && let Some(candidate) = self.imperative(scene, place, labelled, found.is_empty())
        {
            found.push(candidate);
        }
        found
    }

    /// A bare verb at the head of the sentence, or an item that finishes its lead-in; a gerund only where no operator recommends (`alone`): "Housing
    /// ministries need to" is no phrase of its own.
    fn imperative(&self, scene: &Scene, place: &Place, labelled: bool, alone: bool) -> Option<Candidate> {
        let tokens = &scene.tokens;
        if scene.is_question() || scene.quotation(0).is_some() {
            return None;
        }
        // The sentences of an item after its first take the lead-in too, where they are orders.
        let lead = if place.item { self.leads.at(place.depth) } else { None };
        let fronted = if place.advice || labelled || lead.is_some() { after_fronted(tokens) } else { after_gerund_phrase(tokens) };
        // "Calls upon States: (a) To adopt".
        let infinitive = tokens.is_infinitive(0)
            && (lead.is_some_and(|lead| lead.announces) || alone && place.item && place.advice && scene.first && tokens.is(0, Class::CAPITAL));
        let opening = usize::from(infinitive);
        let found = imperative(tokens, fronted.unwrap_or(opening));
        let (id, start, verb, negated) = match (found, lead) {
            (Some(found), Some(_)) if scene.first || found.sure && !addresses_reader(scene, found) => {
                ("recommendation.item.lead-in", found.start, found.verb, found.negated)
            }
            (Some(found), _) if labelled || place.advice && self.is_whole(scene) && (place.item || !addresses_reader(scene, found)) => {
                ("recommendation.imperative.item", found.start, found.verb, found.negated)
            }
            (Some(found), _) if found.sure && tokens.len() >= 5 && !addresses_reader(scene, found) && self.is_prose(scene) => {
                ("recommendation.imperative.sentence", found.start, found.verb, found.negated)
            }
            // "Departments must tell a person: - that a system was used".
            (None, Some(lead))
                if lead.names_action && lead.strength == Strength::Must && tokens.is(0, Class::THAT.and(Class::INTERROGATIVE)) && tokens.len() >= 3 =>
            {
                ("recommendation.item.lead-in", 0, 0, false)
            }
            // "Training inspectors in the new methods." among recommendations: what is to be done, without a finite verb.
            (None, None) if alone && place.advice && !place.quoted && performative::is_gerund_phrase(scene) => ("recommendation.gerund.item", 0, 0, false),
            (None, Some(lead)) if lead.announces && tokens.is(0, Class::GERUND) && tokens.len() >= 3 && !has_main_verb(tokens, 1) => {
                ("recommendation.item.lead-in", 0, 0, false)
            }
            _ => return None,
        };
        let (rule, definition) = self.grammar.rule(id)?;
        let clause = Clause { link: Link::Main, subject: 0..0 };
        let mut candidate = scene.candidate(*rule, &clause, start..start, Verb { start, verb, negated });
        candidate.start = 0;
        candidate.confidence = definition.confidence;
        candidate.active = true;
        Some(candidate)
    }

    /// No fragment that a line or cell broke off: it opens with a capital or closes as an item does.
    fn is_whole(&self, scene: &Scene) -> bool {
        scene.tokens.is(0, Class::CAPITAL) || scene.tokens.text.trim_end().ends_with(';')
    }

    /// Ends as a sentence does.
    fn is_prose(&self, scene: &Scene) -> bool {
        scene.tokens.is(0, Class::CAPITAL) && scene.tokens.text.trim_end().ends_with(['.', ';', '”'])
    }

    /// Options ("can", "could") count beside recommendations only.
    fn options(&mut self, sentences: Range<usize>, place: &Place, before: usize) {
        let beside = self.found.len() > before || place.advice || self.near;
        if !beside {
            return;
        }
        let mut added = Vec::new();
        for index in sentences {
            let Some(span) = self.sentences.get(index).map(|sentence| sentence.span) else { continue };
            if !self.cues_in(span).iter().any(|cue| cue.kind == Kind::Option) || self.found[before..].iter().any(|raw| raw.span.overlaps(span)) {
                continue;
            }
            let mut scene = self.scene(span, place, false);
            scene.advice |= self.found.len() > before;
            let candidates: Vec<Candidate> = self
                .cues_in(span)
                .iter()
                .filter(|cue| cue.kind == Kind::Option)
                // "might" tells what may happen, but in a section of recommendations.
                .filter(|cue| place.advice || !self.document.text(cue.span).eq_ignore_ascii_case("might"))
                .filter_map(|cue| {
                    option::find(
                        &scene,
                        self.grammar.rules_of(cue)[0].1,
                        scene.tokens.index_at(cue.span.start())..scene.tokens.index_at(cue.span.end().saturating_sub(1)) + 1,
                    )
                })
                .filter(|candidate| candidate.voice == Voice::Author)
                .take(1)
                .collect();
            for unit in units(&scene.tokens, candidates) {
                added.extend(self.raw(&scene, &unit, index, place, None));
            }
        }
        self.found.extend(added);
        self.found[before..].sort_by_key(|raw| (raw.span.start(), raw.span.end()));
    }

    fn raw(&self, scene: &Scene, unit: &Unit, sentence: usize, place: &Place, lead: Option<&LeadIn>) -> Option<RawRecommendation> {
        let tokens = &scene.tokens;
        let candidate = &unit.lead;
        let span = tokens.span(unit.range.clone())?;
        if candidate.action.is_empty() {
            // "The policy must:" only leads to its items.
            return None;
        }
        let parts = frame(tokens, unit.range.clone(), candidate);
        let follows_lead = candidate.operator.is_empty();
        let sentence_source = |span| Addressee { span, source: AddresseeSource::Sentence };
        let mut addressee: Vec<Addressee> = candidate.addressees.iter().filter_map(|range| tokens.span(range.clone())).map(sentence_source).collect();
        let (mut strength, mut polarity, mut confidence) = (candidate.strength, candidate.polarity, candidate.confidence);
        let mut deontic = tokens.span(candidate.operator.clone());
        let mut attribution = attribution(scene, &candidate.voice);
        if place.quoted {
            attribution = attribution.or(Some(None));
        }
        if let Some(lead) = lead
            && follows_lead
        {
            strength = lead.strength;
            if lead.polarity == Polarity::DoNot {
                polarity = polarity.flipped();
            }
            deontic = lead.deontic;
            confidence = confidence.min(lead.confidence);
            addressee.extend(lead.addressee.iter().map(|&span| Addressee { span, source: AddresseeSource::LeadIn }));
            attribution = attribution.or(lead.attribution);
        }
        if candidate.obliged {
            addressee.splice(0..0, place.heading.map(|span| Addressee { span, source: AddresseeSource::Heading }));
        } else if addressee.is_empty() {
            addressee.extend(place.heading.map(|span| Addressee { span, source: AddresseeSource::Heading }));
        }
        Some(RawRecommendation {
            span,
            sentence,
            label: None,
            addressee,
            deontic,
            action: tokens.span(candidate.action.clone()),
            actions: parts.actions.into_iter().filter_map(|range| tokens.span(range)).collect(),
            purpose: parts.purpose.and_then(|range| tokens.span(range)),
            condition: parts.condition.and_then(|range| tokens.span(range)),
            deadline: parts.deadline.and_then(|range| tokens.span(range)),
            or_else: parts.or_else.and_then(|range| tokens.span(range)),
            strength,
            polarity,
            attribution,
            needs_actor: candidate.needs_actor,
            among_advice: place.advice,
            rule: candidate.rule,
            confidence,
        })
    }
}

/// A glance for the forms of advice that no bare verb opens: "Fees to be published", "To ratify", "Training pilots", "Before signing, ask".
fn opens_without_verb(text: &str, word: &str, place: &Place, first: bool) -> bool {
    let item = place.item && first && (place.advice && word == "To" || text.contains(" to be "));
    let gerund = place.advice && word.ends_with("ing") && word.len() > 5;
    item || gerund || matches!(word, "Before" | "After" | "When" | "Instead" | "By") && text.contains("ing ") && text.contains(", ")
}

/// How the marker of a list item counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Number,
    Letter,
    Bullet,
}

fn style(marker: &str) -> Style {
    match marker.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_ascii_digit() => Style::Number,
        Some(_) => Style::Letter,
        None => Style::Bullet,
    }
}

/// The length of a bullet and the space after it at the start of a text; 0 if there is none.
fn bullet_length(text: &str) -> usize {
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return 0;
    }
    let rest = text.trim_start_matches(['-', '•', '▪', '●', '◦', '‣', '*', '–']);
    let taken = text.len() - rest.len();
    if taken == 0 || taken > 3 || !rest.starts_with(' ') { 0 } else { taken + (rest.len() - rest.trim_start().len()) }
}

/// A paragraph that is an item: it opens with a bullet or a letter in brackets.
fn is_marked_item(text: &str) -> bool {
    bullet_length(text) > 0 || text.starts_with('(') && letter_length(text) > 0
}

/// The length of "D. " or "(d) " and the like before a capital at the start of a paragraph; 0 if there is none.
fn letter_length(text: &str) -> usize {
    let rest = text.strip_prefix('(').unwrap_or(text);
    let Some(letter) = rest.chars().next().filter(char::is_ascii_alphabetic) else { return 0 };
    let Some(after) = rest[letter.len_utf8()..].strip_prefix(['.', ')']) else { return 0 };
    let body = after.trim_start();
    let words = body.split_ascii_whitespace().take(2).filter(|word| word.starts_with(char::is_uppercase)).count();
    // "J. Smith Says": initials stand before names.
    if after.len() == body.len() || !body.starts_with(char::is_uppercase) || words == 2 { 0 } else { text.len() - body.len() }
}

/// The length of "(ii) " before a capital at the start of a sentence, the space included.
fn numeral_length(text: &str) -> usize {
    let numeral = enclosed_label(text).filter(|label| label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')));
    numeral.map_or(0, |label| label.len() + "() ".len())
}

/// What an item or paragraph that recommends gives to the items below it.
fn lead_of(raw: &RawRecommendation) -> LeadIn {
    LeadIn {
        strength: raw.strength,
        polarity: raw.polarity,
        deontic: raw.deontic,
        addressee: raw.addressee.iter().map(|addressee| addressee.span).collect(),
        confidence: raw.confidence,
        announces: false,
        names_action: true,
        attribution: raw.attribution,
    }
}

/// A lead-in that only announces recommendations.
fn announced(text: &str, advice: bool) -> Option<LeadIn> {
    context::announces(text).then(|| LeadIn {
        strength: Strength::Should,
        polarity: Polarity::Do,
        deontic: None,
        addressee: Vec::new(),
        confidence: if advice { 0.9 } else { 0.85 },
        announces: true,
        names_action: false,
        attribution: None,
    })
}

/// "To the Government of Kenya:" alone: who is addressed by the items below.
fn named_lead(text: &str, span: Span, advice: bool) -> Option<LeadIn> {
    let starts = text.starts_with("To ") || text.starts_with("For ");
    let phrase = context::addressed(text.trim_end_matches(':')).filter(|_| starts && advice)?;
    Some(LeadIn {
        strength: Strength::Should,
        polarity: Polarity::Do,
        deontic: None,
        addressee: vec![Span::from(phrase).shifted(span.start())],
        confidence: 0.9,
        announces: true,
        names_action: false,
        attribution: None,
    })
}

fn attribution(scene: &Scene, voice: &Voice) -> Option<Option<Span>> {
    match voice {
        Voice::Author => None,
        Voice::Other(speaker) => Some(speaker.clone().and_then(|range| nominal(&scene.tokens, range)).and_then(|range| scene.tokens.span(range))),
    }
}

/// Where the text of a span ends without its closing mark.
fn trimmed_end(document: &Document, span: Span) -> usize {
    span.start() + document.text(span).trim_end_matches([':', '.', ';', ' ']).len()
}
