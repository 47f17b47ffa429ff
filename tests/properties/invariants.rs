//! The invariants of a record.

use std::collections::BTreeSet;

use policylens::Settings;
use policylens::record::{Analysis, Place, Recommendation, Section};

/// Everything that is wrong with a record.
pub fn check(analysis: &Analysis, settings: &Settings) -> Vec<String> {
    let mut checker = Checker { analysis, settings, points: analysis.text.chars().collect(), wrong: Vec::new() };
    checker.document();
    checker.sections();
    checker.actors();
    checker.recommendations();
    checker.apparatus();
    checker.round_trip();
    checker.wrong
}

struct Checker<'a> {
    analysis: &'a Analysis,
    settings: &'a Settings,
    points: Vec<char>,
    wrong: Vec<String>,
}

impl Checker<'_> {
    fn demand(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    fn place(&mut self, place: Place, what: &str) {
        let length = self.points.len();
        self.demand(place.start <= place.end && place.end <= length, || format!("{what}: {place:?} does not lie in the text of {length}"));
    }

    /// The place says the text after clean-up: nothing is added, and it begins and ends with the same letter or digit.
    fn says(&mut self, place: Place, text: &str, what: &str) {
        self.place(place, what);
        let slice: Vec<char> = self.points.get(place.start..place.end).unwrap_or_default().to_vec();
        let mut source = slice.iter();
        // Characters that clean-up writes itself (an entity, a ligature) do not occur in plain text and Markdown without mark-up.
        let plain = !slice.contains(&'&') && !slice.contains(&'\\');
        let missing = text.chars().filter(|c| !c.is_whitespace()).find(|c| !source.any(|other| other == c));
        self.demand(missing.is_none() || !plain, || format!("{what}: {missing:?} of {text:?} is not in {:?}", slice.iter().collect::<String>()));
        // A link is cited with its mark-up, as the guidelines have it: "[Title](address)" says "Title".
        let words = if slice.starts_with(&['[']) && !text.starts_with('[') { &slice[1..] } else { &slice[..] };
        self.demand(!plain || text.is_empty() || first(&text.chars().collect::<Vec<_>>()) == first(words), || {
            format!("{what}: {text:?} and {:?} begin differently", slice.iter().collect::<String>())
        });
    }

    fn unique<'i>(&mut self, ids: impl Iterator<Item = &'i str>, what: &str) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        for id in ids {
            let new = seen.insert(id.to_owned());
            self.demand(new && !id.is_empty(), || format!("{what} {id:?} twice or empty"));
        }
        seen
    }

    fn rule(&mut self, rule: &str, confidence: f32, what: &str) {
        let known = self.settings.rules.find(rule).is_some();
        self.demand(known, || format!("{what}: no rule {rule:?}"));
        let least = self.settings.min_confidence - 0.005;
        self.demand((0.0..=1.0).contains(&confidence) && confidence >= least, || format!("{what}: confidence {confidence}"));
    }

    fn document(&mut self) {
        let (document, length) = (&self.analysis.document, self.points.len());
        self.demand(document.characters == length, || format!("{} characters, not {length}", document.characters));
        for page in &self.analysis.pages {
            self.place(page.place, "page");
        }
        let ordered = self.analysis.pages.windows(2).all(|two| two[0].number < two[1].number && two[0].place.end <= two[1].place.start);
        self.demand(ordered, || "pages overlap".to_owned());
        for warning in self.analysis.warnings.iter().filter_map(|warning| warning.place) {
            self.place(warning, "warning");
        }
    }

    fn sections(&mut self) {
        let sections = &self.analysis.sections;
        self.unique(sections.iter().map(|section| section.id.as_str()), "section");
        for (index, section) in sections.iter().enumerate() {
            self.place(section.place, "section");
            if let Some(heading) = &section.heading {
                self.says(heading.place, &heading.text, "heading");
                let inside = section.place.start <= heading.place.start && heading.place.end <= section.place.end;
                self.demand(inside, || format!("heading {heading:?} outside its section {:?}", section.place));
            }
            let parent = section.parent.as_deref().map(|id| sections[..index].iter().find(|other| other.id == id));
            match parent {
                None => self.demand(section.level == 1, || format!("{section:?} has no parent and is not on level 1")),
                Some(None) => self.wrong.push(format!("{section:?}: the parent does not come before it")),
                Some(Some(parent)) => {
                    self.demand(parent.level < section.level && holds(parent, section), || format!("{section:?} does not nest in {parent:?}"));
                }
            }
        }
        for two in sections.windows(2) {
            let nested = two[1].place.start >= two[0].place.end || holds(&two[0], &two[1]);
            self.demand(nested, || format!("{:?} and {:?} cross", two[0], two[1]));
        }
    }

    fn actors(&mut self) {
        let actors = &self.analysis.actors;
        self.unique(actors.iter().map(|actor| actor.id.as_str()), "actor");
        for actor in actors {
            self.demand(!actor.name.trim().is_empty(), || format!("{} has no name", actor.id));
            let mut places = BTreeSet::new();
            for mention in &actor.mentions {
                self.place(mention.place, "mention");
                self.demand(mention.place.start < mention.place.end, || format!("{}: an empty mention", actor.name));
                self.demand(places.insert(mention.place), || format!("{}: {:?} twice", actor.name, mention.place));
                self.rule(&mention.rule, mention.confidence, "mention");
            }
        }
    }

    fn recommendations(&mut self) {
        let analysis = self.analysis;
        let all: Vec<&Recommendation> = analysis.recommendations.iter().chain(&analysis.reported_recommendations).collect();
        let ids = self.unique(all.iter().map(|one| one.id.as_str()), "recommendation");
        let citations: BTreeSet<&str> = analysis.citations.iter().map(|citation| citation.id.as_str()).collect();
        let sections: BTreeSet<&str> = analysis.sections.iter().map(|section| section.id.as_str()).collect();
        let actors: BTreeSet<&str> = analysis.actors.iter().map(|actor| actor.id.as_str()).collect();
        for one in all {
            self.says(one.place, &one.text, "recommendation");
            self.rule(&one.rule, one.confidence, "recommendation");
            if let Some(action) = &one.action {
                self.says(action.place, &action.text, "action");
            }
            self.demand(one.section.as_deref().is_none_or(|id| sections.contains(id)), || format!("no section {:?}", one.section));
            self.demand(one.restates.as_ref().is_none_or(|id| ids.contains(id) && *id != one.id), || format!("no recommendation {:?}", one.restates));
            for id in &one.citations {
                self.demand(citations.contains(id.as_str()), || format!("no citation {id}"));
            }
            for party in one.addressees.iter().chain(&one.targets) {
                self.demand(actors.contains(party.actor.as_str()), || format!("no actor {} in {:?}", party.actor, one.text));
                if let Some(place) = party.place {
                    self.place(place, "addressee");
                }
            }
            let source = one.attribution.as_ref().and_then(|source| source.actor.as_deref());
            self.demand(source.is_none_or(|id| actors.contains(id)), || format!("no actor {source:?}"));
        }
    }

    fn apparatus(&mut self) {
        let analysis = self.analysis;
        let notes = self.unique(analysis.notes.iter().map(|note| note.id.as_str()), "note");
        let citations = self.unique(analysis.citations.iter().map(|citation| citation.id.as_str()), "citation");
        for note in &analysis.notes {
            self.demand(note.place.is_some() == note.text.is_some(), || format!("{note:?}: text without place or place without text"));
            if let (Some(place), Some(text)) = (note.place, &note.text) {
                self.says(place, text, "note");
            }
            for &anchor in &note.anchors {
                self.place(anchor, "anchor");
            }
        }
        for citation in &analysis.citations {
            self.says(citation.place, &citation.text, "citation");
            self.rule(&citation.rule, citation.confidence, "citation");
            self.demand(citation.note.as_ref().is_none_or(|id| notes.contains(id)), || format!("no note {:?}", citation.note));
            self.demand(citation.refers_to.as_ref().is_none_or(|id| citations.contains(id) && *id != citation.id), || {
                format!("no citation {:?}", citation.refers_to)
            });
            for &anchor in &citation.anchors {
                self.place(anchor, "author-year mark");
            }
        }
    }

    fn round_trip(&mut self) {
        let json = policylens::write::json::pretty(self.analysis);
        let read: Result<Analysis, _> = serde_json::from_slice(&json);
        match read {
            Ok(read) => self.demand(read == *self.analysis, || "the record read back from JSON differs".to_owned()),
            Err(error) => self.wrong.push(format!("the record cannot be read back: {error}")),
        }
    }
}

fn holds(outer: &Section, inner: &Section) -> bool {
    outer.place.start <= inner.place.start && inner.place.end <= outer.place.end
}

fn first(text: &[char]) -> Option<char> {
    text.iter().copied().find(|c| !c.is_whitespace())
}
