//! The layers, each compared in its own way.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::align::{Aligner, Word, Words};
use super::fold::{fold, fold_name, fold_url, token_f1};
use super::gold::{Gold, GoldCitation};
use super::reliability::Judged;
use super::tally::Tallies;
use crate::record::{Analysis, Citation, Name, Place, wire_name};

/// Overlap from which on two items are one.
const HALF: f64 = 0.5;

/// Token F1 from which on two actions agree.
const ACTION_AGREES: f64 = 0.7;

/// What scoring one document gives.
pub struct Outcome {
    pub tallies: Tallies,
    pub problems: Vec<Problem>,
    pub judged: Vec<Judged>,
}

pub fn score(gold: &Gold, text: &str, record: &Analysis, aligner: &Aligner) -> Outcome {
    let mut scorer = Scorer::new(gold, text, record, aligner);
    scorer.sections();
    scorer.recommendations();
    scorer.mentions();
    scorer.notes();
    scorer.anchors();
    scorer.citations();
    if let Some(layers) = &gold.layers {
        scorer.tallies.keep(layers);
        scorer.problems.retain(|problem| layers.iter().any(|layer| layer == problem.layer));
        scorer.judged.retain(|one| layers.iter().any(|layer| layer == one.layer));
    }
    Outcome { tallies: scorer.tallies, problems: scorer.problems, judged: scorer.judged }
}

struct Scorer<'a> {
    gold: &'a Gold,
    record: &'a Analysis,
    aligner: &'a Aligner,
    gold_text: Points<'a>,
    record_text: Points<'a>,
    scope: Words,
    scope_is_whole: bool,
    tallies: Tallies,
    problems: Vec<Problem>,
    judged: Vec<Judged>,
}

/// A text that is sliced by code points.
struct Points<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> Points<'a> {
    fn new(text: &'a str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        Self { text, starts }
    }

    fn slice(&self, place: Place) -> String {
        let byte = |at: usize| self.starts.get(at).map_or(self.text.len(), |&start| start as usize);
        let slice = self.text.get(byte(place.start)..byte(place.end)).unwrap_or_default();
        slice.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The share of words that two spans have in common.
fn overlap(one: &Words, other: &Words) -> f64 {
    let both = one.intersection(other).count();
    if both == 0 { 0.0 } else { both as f64 / (one.len() + other.len() - both) as f64 }
}

/// Pairs spans one to one, the best overlap first. Gives (index in gold, index in found).
fn pair(gold: &[Words], found: &[Words], least: f64) -> Vec<(usize, usize)> {
    let mut holders: BTreeMap<Word, Vec<usize>> = BTreeMap::new();
    for (at, words) in found.iter().enumerate() {
        words.iter().for_each(|&word| holders.entry(word).or_default().push(at));
    }
    let mut scored = Vec::new();
    for (at, words) in gold.iter().enumerate() {
        let near: BTreeSet<usize> = words.iter().filter_map(|word| holders.get(word)).flatten().copied().collect();
        scored.extend(near.into_iter().map(|other| (overlap(words, &found[other]), at, other)));
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let (mut used_gold, mut used_found) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (share, at, other) in scored {
        if share >= least && !used_gold.contains(&at) && !used_found.contains(&other) {
            used_gold.insert(at);
            used_found.insert(other);
            pairs.push((at, other));
        }
    }
    pairs
}

impl<'a> Scorer<'a> {
    fn new(gold: &'a Gold, text: &'a str, record: &'a Analysis, aligner: &'a Aligner) -> Self {
        let scope: Words = gold.scope.places().iter().flat_map(|&place| aligner.in_gold(place)).collect();
        let scope_is_whole = scope.len() == aligner.gold_len();
        Self {
            gold,
            record,
            aligner,
            gold_text: Points::new(text),
            record_text: Points::new(&record.text),
            scope,
            scope_is_whole,
            tallies: Tallies::default(),
            problems: Vec::new(),
            judged: Vec::new(),
        }
    }

    /// The items of the record that lie in scope, with their words.
    fn inside<T>(&self, items: impl Iterator<Item = (Place, T)>) -> (Vec<T>, Vec<Words>) {
        items
            .filter_map(|(place, item)| {
                let words = self.aligner.in_record(place);
                let is_known = words.iter().any(|word| matches!(word, Word::Gold(_)));
                let in_scope = words.intersection(&self.scope).count() * 2 >= words.len();
                let counts = !words.is_empty() && (in_scope || (!is_known && self.scope_is_whole));
                counts.then_some((item, words))
            })
            .unzip()
    }

    fn in_gold(&self, places: impl Iterator<Item = Place>) -> Vec<Words> {
        places.map(|place| self.aligner.in_gold(place)).collect()
    }

    fn problem(&mut self, layer: &'static str, kind: &'static str, text: String, gold: String, found: String) {
        self.problems.push(Problem { layer, kind, text, gold, found });
    }

    fn one_sided(&mut self, layer: &'static str, missed: Vec<Place>, extra: Vec<Place>) {
        for place in missed {
            let text = self.gold_text.slice(place);
            self.problem(layer, "missed", text, String::new(), String::new());
        }
        for place in extra {
            let text = self.record_text.slice(place);
            self.problem(layer, "extra", text, String::new(), String::new());
        }
    }

    fn sections(&mut self) {
        let headings = self.record.sections.iter().filter_map(|section| Some((section.heading.as_ref()?.place, section)));
        let (found, found_words) = self.inside(headings);
        let gold = &self.gold.sections;
        let pairs = pair(&self.in_gold(gold.iter().map(|one| one.place)), &found_words, HALF);
        let tally = self.tallies.layer("sections");
        tally.count(pairs.len(), found.len(), gold.len());
        tally.share("level", pairs.iter().filter(|&&(g, f)| gold[g].level == found[f].level).count(), pairs.len());
        tally.share("kind", pairs.iter().filter(|&&(g, f)| gold[g].kind == found[f].kind).count(), pairs.len());
        let (missed, extra) = unpaired(&pairs, gold.len(), found.len());
        let places = |at: usize| found[at].heading.as_ref().map_or_else(Place::default, |heading| heading.place);
        self.one_sided("sections", missed.iter().map(|&at| gold[at].place).collect(), extra.iter().map(|&at| places(at)).collect());
    }

    fn recommendations(&mut self) {
        let (found, found_words) = self.inside(self.record.recommendations.iter().map(|one| (one.place, one)));
        let gold = &self.gold.recommendations;
        let pairs = pair(&self.in_gold(gold.iter().map(|one| one.place)), &found_words, HALF);
        let forgiven: BTreeSet<usize> = pairs.iter().filter(|&&(g, _)| gold[g].borderline).map(|&(_, f)| f).collect();
        let owed: Vec<usize> = (0..gold.len()).filter(|&g| !gold[g].borderline).collect();
        let held: Vec<usize> = (0..found.len()).filter(|f| !forgiven.contains(f)).collect();
        let hard: Vec<(usize, usize)> = pairs.into_iter().filter(|&(g, _)| !gold[g].borderline).collect();
        let tally = self.tallies.layer("recommendations");
        tally.count(hard.len(), held.len(), owed.len());
        tally.share("strength", hard.iter().filter(|&&(g, f)| gold[g].strength == found[f].strength).count(), hard.len());
        tally.share("polarity", hard.iter().filter(|&&(g, f)| gold[g].polarity == found[f].polarity).count(), hard.len());
        let missed = owed.iter().filter(|&&g| !hard.iter().any(|pair| pair.0 == g)).map(|&g| gold[g].place).collect();
        let extra = held.iter().filter(|&&f| !hard.iter().any(|pair| pair.1 == f)).map(|&f| found[f].place).collect();
        self.one_sided("recommendations", missed, extra);
        let right = |f: usize| hard.iter().any(|pair| pair.1 == f);
        self.judged.extend(held.iter().map(|&f| Judged { layer: "recommendations", confidence: found[f].confidence, right: right(f) }));

        let gold_names: Vec<BTreeSet<String>> = gold.iter().map(|one| one.addressees.iter().map(|name| fold_name(name)).collect()).collect();
        let found_names: Vec<BTreeSet<String>> = found.iter().map(|one| one.addressees.iter().map(|party| fold_name(&party.name)).collect()).collect();
        let hit = hard.iter().map(|&(g, f)| gold_names[g].intersection(&found_names[f]).count()).sum();
        let predicted = held.iter().map(|&f| found_names[f].len()).sum();
        self.tallies.layer("addressees").count(hit, predicted, owed.iter().map(|&g| gold_names[g].len()).sum());
        let action = |f: usize| found[f].action.as_ref().map_or("", |action| action.text.as_str());
        let mut agree = 0;
        for &(g, f) in &hard {
            if gold_names[g] != found_names[f] {
                self.problem("addressees", "addressees", gold[g].text.clone(), joined(&gold_names[g]), joined(&found_names[f]));
            }
            let Some(wanted) = gold[g].action.as_deref().filter(|wanted| !wanted.is_empty()) else { continue };
            if token_f1(wanted, action(f)) >= ACTION_AGREES {
                agree += 1;
            } else {
                self.problem("action", "action", gold[g].text.clone(), wanted.to_owned(), action(f).to_owned());
            }
        }
        let owed_actions = owed.iter().filter(|&&g| gold[g].action.as_deref().is_some_and(|action| !action.is_empty())).count();
        self.tallies.layer("action").count(agree, held.len(), owed_actions);
    }

    /// A span that stands for several actors appears under each of them, and counts once.
    fn mentions(&mut self) {
        let mut spans: BTreeMap<Place, (String, BTreeSet<String>)> = BTreeMap::new();
        let mut confidences: BTreeMap<Place, f32> = BTreeMap::new();
        for actor in &self.record.actors {
            let kind = wire_name(&actor.kind);
            let coarse = self.gold.coarse.get(&kind).unwrap_or(&kind);
            for mention in &actor.mentions {
                let ignored = self.gold.ignore_types.contains(&kind) || self.gold.ignore_forms.contains(&wire_name(&mention.form));
                if !ignored {
                    confidences.insert(mention.place, mention.confidence);
                    spans.entry(mention.place).or_insert_with(|| (coarse.clone(), BTreeSet::new())).1.insert(fold_name(&actor.name));
                }
            }
        }
        let quiet: Words = self
            .gold
            .notes
            .iter()
            .map(|note| note.place)
            .chain(self.gold.citations.iter().map(|citation| citation.place))
            .chain(self.gold.neutral.iter().copied())
            .flat_map(|place| self.aligner.in_gold(place))
            .collect();
        let (found, found_words) = self.inside(spans.iter().map(|(&place, one)| (place, (place, one))));
        let counted: Vec<usize> = (0..found.len()).filter(|&at| found_words[at].is_disjoint(&quiet)).collect();
        let by_words: BTreeMap<&Words, usize> = counted.iter().map(|&at| (&found_words[at], at)).collect();
        let gold_words = self.in_gold(self.gold.mentions.iter().map(|one| one.place));
        let (mut exact, mut spotted, mut linked) = (0, 0, 0);
        for (mention, words) in self.gold.mentions.iter().zip(&gold_words) {
            let names: BTreeSet<String> = mention.names.iter().map(|name| fold_name(name)).collect();
            let Some(&at) = by_words.get(words) else {
                self.problem("mentions", "missed", mention.text.clone(), wire_name(&mention.kind), String::new());
                continue;
            };
            let (kind, found_names) = found[at].1;
            spotted += 1;
            if *kind == wire_name(&mention.kind) {
                exact += 1;
            } else {
                self.problem("mentions", "type", mention.text.clone(), wire_name(&mention.kind), kind.clone());
            }
            if *found_names == names {
                linked += 1;
            } else {
                self.problem("mentions", "names", mention.text.clone(), joined(&names), joined(found_names));
            }
        }
        let known: BTreeSet<&Words> = gold_words.iter().collect();
        for &at in counted.iter().filter(|&&at| !known.contains(&found_words[at])) {
            let text = self.record_text.slice(found[at].0);
            self.problem("mentions", "extra", text, String::new(), found[at].1.0.clone());
        }
        let typed: BTreeSet<(&Words, String)> = gold_words.iter().zip(&self.gold.mentions).map(|(words, one)| (words, wire_name(&one.kind))).collect();
        let judged: Vec<Judged> = counted
            .iter()
            .map(|&at| {
                let right = typed.contains(&(&found_words[at], found[at].1.0.clone()));
                Judged { layer: "mentions", confidence: confidences.get(&found[at].0).copied().unwrap_or_default(), right }
            })
            .collect();
        self.judged.extend(judged);
        let counted_words: Vec<Words> = counted.iter().map(|&at| found_words[at].clone()).collect();
        let tally = self.tallies.layer("mentions");
        tally.count(exact, counted.len(), gold_words.len());
        tally.share("linked", linked, spotted);
        self.tallies.layer("overlap").count(pair(&gold_words, &counted_words, 0.01).len(), counted.len(), gold_words.len());
        let gold_actors: BTreeSet<String> = self.gold.mentions.iter().flat_map(|one| &one.names).map(|name| fold_name(name)).collect();
        let found_actors: BTreeSet<String> = counted.iter().flat_map(|&at| found[at].1.1.iter().cloned()).collect();
        self.tallies.layer("actors").count(gold_actors.intersection(&found_actors).count(), found_actors.len(), gold_actors.len());
    }

    fn notes(&mut self) {
        let (found, found_words) = self.inside(self.record.notes.iter().filter_map(|note| Some((note.place?, note))));
        let gold = &self.gold.notes;
        let mut pairs = pair(&self.in_gold(gold.iter().map(|one| one.place)), &found_words, 0.3);
        pairs.retain(|&(g, f)| gold[g].label == found[f].label);
        let tally = self.tallies.layer("notes");
        tally.count(pairs.len(), found.len(), gold.len());
        tally.share("kind", pairs.iter().filter(|&&(g, f)| Some(gold[g].kind) == found[f].kind).count(), pairs.len());
        let (missed, extra) = unpaired(&pairs, gold.len(), found.len());
        let places = extra.iter().filter_map(|&at| found[at].place).collect();
        self.one_sided("notes", missed.iter().map(|&at| gold[at].place).collect(), places);
    }

    fn anchors(&mut self) {
        let anchors = self.record.notes.iter().flat_map(|note| note.anchors.iter().map(move |&place| (place, (place, note.label.as_str()))));
        let (found, found_words) = self.inside(anchors);
        let gold = &self.gold.anchors;
        let mut pairs = pair(&self.in_gold(gold.iter().map(|one| one.place)), &found_words, 0.01);
        pairs.retain(|&(g, f)| gold[g].label == found[f].1);
        self.tallies.layer("anchors").count(pairs.len(), found.len(), gold.len());
        let (missed, extra) = unpaired(&pairs, gold.len(), found.len());
        self.one_sided("anchors", missed.iter().map(|&at| gold[at].place).collect(), extra.iter().map(|&at| found[at].0).collect());
    }

    fn citations(&mut self) {
        let (found, found_words) = self.inside(self.record.citations.iter().map(|one| (one.place, one)));
        let gold = &self.gold.citations;
        let pairs = pair(&self.in_gold(gold.iter().map(|one| one.place)), &found_words, HALF);
        let tally = self.tallies.layer("citations");
        tally.count(pairs.len(), found.len(), gold.len());
        tally.share("type", pairs.iter().filter(|&&(g, f)| gold[g].kind == wire_name(&found[f].work.kind)).count(), pairs.len());
        let right = |f: usize| pairs.iter().any(|pair| pair.1 == f);
        self.judged.extend((0..found.len()).map(|f| Judged { layer: "citations", confidence: found[f].confidence, right: right(f) }));
        let (missed, extra) = unpaired(&pairs, gold.len(), found.len());
        self.one_sided("citations", missed.iter().map(|&at| gold[at].place).collect(), extra.iter().map(|&at| found[at].place).collect());
        let gold_fields: Vec<Fields> = gold.iter().map(gold_fields).collect();
        let found_fields: Vec<Fields> = found.iter().map(|one| found_fields(one)).collect();
        let hit = pairs.iter().map(|&(g, f)| gold_fields[g].intersection(&found_fields[f]).count()).sum();
        self.tallies.layer("fields").count(hit, found_fields.iter().map(BTreeSet::len).sum(), gold_fields.iter().map(BTreeSet::len).sum());
        for &(g, f) in pairs.iter().filter(|&&(g, f)| gold_fields[g] != found_fields[f]) {
            let listed = |fields: Vec<&(&'static str, String)>| fields.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ");
            let missed = listed(gold_fields[g].difference(&found_fields[f]).collect());
            let extra = listed(found_fields[f].difference(&gold_fields[g]).collect());
            let text = self.gold_text.slice(gold[g].place);
            self.problem("fields", "fields", text, missed, extra);
        }
    }
}

type Fields = BTreeSet<(&'static str, String)>;

fn unpaired(pairs: &[(usize, usize)], gold: usize, found: usize) -> (Vec<usize>, Vec<usize>) {
    let missed = (0..gold).filter(|&at| !pairs.iter().any(|pair| pair.0 == at)).collect();
    let extra = (0..found).filter(|&at| !pairs.iter().any(|pair| pair.1 == at)).collect();
    (missed, extra)
}

fn joined(names: &BTreeSet<String>) -> String {
    names.iter().cloned().collect::<Vec<_>>().join("; ")
}

fn fields<'n>(names: impl Iterator<Item = &'n str>, values: [(&'static str, Option<&str>); 5], date: Option<&str>, url: Option<&str>) -> Fields {
    let mut out: Fields = names.map(fold).filter(|name| !name.is_empty()).map(|name| ("authors", name)).collect();
    out.extend(values.into_iter().filter_map(|(name, value)| Some((name, fold(value?)))).filter(|(_, value)| !value.is_empty()));
    out.extend(date.filter(|date| !date.is_empty()).map(|date| ("year", date.chars().take(4).collect())));
    out.extend(url.filter(|url| !url.is_empty()).map(|url| ("url", fold_url(url))));
    out
}

fn gold_fields(one: &GoldCitation) -> Fields {
    let values = [
        ("title", one.title.as_deref()),
        ("container_title", one.container_title.as_deref()),
        ("publisher", one.publisher.as_deref()),
        ("doi", one.doi.as_deref()),
        ("number", one.number.as_deref()),
    ];
    fields(one.authors.iter().map(super::gold::GoldName::key), values, one.date.as_deref(), one.url.as_deref())
}

fn found_fields(one: &Citation) -> Fields {
    let work = &one.work;
    let values = [
        ("title", work.title.as_deref()),
        ("container_title", work.container_title.as_deref()),
        ("publisher", work.publisher.as_deref()),
        ("doi", work.doi.as_deref()),
        ("number", work.number.as_deref()),
    ];
    let key = |name: &'_ Name| name.family.clone().or_else(|| name.literal.clone()).unwrap_or_default();
    let names: Vec<String> = work.authors.iter().map(key).collect();
    fields(names.iter().map(String::as_str), values, work.date.as_deref(), work.url.as_deref())
}
