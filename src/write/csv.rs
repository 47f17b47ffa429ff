//! The rows that a record gives to each table.

use rustc_hash::FxHashMap as HashMap;

use serde::Serialize;

use super::bytes;
use super::points::CodePoints;
use super::table::{ERRORS_AT, TABLES};
use crate::batch::job::Failure;
use crate::lanes;
use crate::record::{Actor, ActorReference, Analysis, Citation, Name, Note, Place, Recommendation, Section, wire_name};

/// Rows of every table of [`TABLES`], as CSV without header lines.
pub type Rows = [Vec<u8>; TABLES.len()];

/// The header lines of the tables.
#[must_use]
pub fn headers() -> Rows {
    TABLES.map(|table| {
        let mut sheet = Sheet::new();
        table.columns.iter().for_each(|column| sheet.text(column.name));
        sheet.end();
        sheet.bytes()
    })
}

/// The rows of a record. Cells that a spreadsheet would run are made harmless.
#[must_use]
pub fn rows(analysis: &Analysis) -> Rows {
    rows_in(analysis, Sheet::new)
}

/// The rows of a record with every cell as it is, for programs.
#[must_use]
pub fn plain_rows(analysis: &Analysis) -> Rows {
    rows_in(analysis, Sheet::plain)
}

fn rows_in(analysis: &Analysis, sheet: fn() -> Sheet) -> Rows {
    let tables = Tables::new(analysis, sheet);
    [
        tables.documents(),
        tables.sections(),
        tables.recommendations(),
        tables.recommendation_actors(),
        tables.actors(),
        tables.mentions(),
        tables.notes(),
        tables.citations(),
        tables.citation_authors(),
        Vec::new(),
    ]
}

/// The rows of a document that has no record: one in the errors table.
#[must_use]
pub fn failure(failure: &Failure) -> Rows {
    let mut rows = Rows::default();
    let mut sheet = Sheet::new();
    sheet.text(&failure.id);
    sheet.text(&failure.path);
    sheet.text(&failure.stage);
    sheet.text(&failure.message);
    sheet.option(failure.sha256.as_deref());
    sheet.end();
    rows[ERRORS_AT] = sheet.bytes();
    rows
}

/// A table of any columns, with its header line. Cells that a spreadsheet would run are made harmless.
#[must_use]
pub fn sheet<R: AsRef<[String]>>(header: &[String], rows: impl IntoIterator<Item = R>) -> Vec<u8> {
    let mut sheet = Sheet::new();
    header.iter().for_each(|cell| sheet.text(cell));
    sheet.end();
    for row in rows {
        row.as_ref().iter().for_each(|cell| sheet.text(cell));
        sheet.end();
    }
    sheet.bytes()
}

struct Tables<'a> {
    analysis: &'a Analysis,
    /// The cell of the document's id, which begins the rows of all tables.
    id: Vec<u8>,
    /// The cells of the document's id and title.
    id_and_title: Vec<u8>,
    sections: HashMap<&'a str, &'a Section>,
    actors: HashMap<&'a str, &'a Actor>,
    notes: HashMap<&'a str, &'a Note>,
    /// Makes an empty sheet.
    sheet: fn() -> Sheet,
}

impl<'a> Tables<'a> {
    fn new(analysis: &'a Analysis, sheet: fn() -> Sheet) -> Self {
        let mut cells = sheet();
        cells.text(&analysis.document.id);
        let id = cells.out.clone();
        cells.option(analysis.document.title.as_deref());
        Self {
            analysis,
            id,
            id_and_title: cells.out,
            sections: analysis.sections.iter().map(|section| (section.id.as_str(), section)).collect(),
            actors: analysis.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect(),
            notes: analysis.notes.iter().map(|note| (note.id.as_str(), note)).collect(),
            sheet,
        }
    }

    /// An empty sheet with room for so many bytes.
    fn table(&self, bytes: usize) -> Sheet {
        let mut sheet = (self.sheet)();
        sheet.out.reserve(bytes);
        sheet
    }

    fn documents(&self) -> Vec<u8> {
        let (analysis, document) = (self.analysis, &self.analysis.document);
        let mut sheet = (self.sheet)();
        sheet.text(&document.id);
        sheet.text(&document.path);
        sheet.option(document.title.as_deref());
        sheet.option(document.subtitle.as_deref());
        sheet.list(&document.authors);
        sheet.option(document.publisher.as_deref());
        sheet.option(document.date.as_deref());
        sheet.option(document.language.as_deref());
        sheet.text(&document.media_type);
        sheet.option(document.encoding.as_deref());
        sheet.text(&document.sha256);
        sheet.number(Some(document.bytes));
        sheet.number(document.pages);
        sheet.count(document.characters);
        sheet.count(document.words);
        sheet.count(document.sentences);
        let mentions = analysis.actors.iter().map(|actor| actor.mentions.len()).sum::<usize>();
        let counts = [
            analysis.sections.len(),
            analysis.recommendations.len(),
            analysis.reported_recommendations.len(),
            analysis.actors.len(),
            mentions,
            analysis.notes.len(),
            analysis.citations.len(),
            analysis.warnings.len(),
        ];
        counts.into_iter().for_each(|count| sheet.count(count));
        sheet.end();
        sheet.bytes()
    }

    fn sections(&self) -> Vec<u8> {
        let mut sheet = self.table(self.analysis.sections.len() * 128);
        for section in &self.analysis.sections {
            sheet.cells(&self.id);
            sheet.text(&section.id);
            sheet.option(section.parent.as_deref());
            sheet.number(Some(section.level));
            sheet.name(&section.kind);
            sheet.option(section.number.as_deref());
            sheet.option(heading(section));
            sheet.place(Some(section.place));
            sheet.end();
        }
        sheet.bytes()
    }

    /// Own and reported recommendations with their status, in the order of the text.
    fn all_recommendations(&self) -> Vec<(&'static str, &'a Recommendation)> {
        let own = self.analysis.recommendations.iter().map(|one| ("own", one));
        let mut all: Vec<_> = own.chain(self.analysis.reported_recommendations.iter().map(|one| ("reported", one))).collect();
        all.sort_by_key(|(_, one)| one.place);
        all
    }

    fn recommendations(&self) -> Vec<u8> {
        let all = self.all_recommendations();
        let mut sheet = self.table(all.len() * 1024);
        for (status, one) in all {
            let section = one.section.as_deref().and_then(|id| self.sections.get(id));
            sheet.cells(&self.id_and_title);
            sheet.text(&one.id);
            sheet.clean(status);
            sheet.option(one.section.as_deref());
            sheet.option(section.and_then(|section| heading(section)));
            sheet.name_option(section.map(|section| section.kind));
            sheet.number(one.page);
            sheet.option(one.label.as_deref());
            sheet.text(&one.text);
            sheet.list(one.addressees.iter().map(|actor| &actor.name));
            sheet.option(one.action.as_ref().map(|action| action.text.as_str()));
            sheet.option(one.deontic.as_deref());
            sheet.name(&one.strength);
            sheet.name(&one.polarity);
            sheet.list(one.targets.iter().map(|actor| &actor.name));
            sheet.option(one.purpose.as_deref());
            sheet.option(one.condition.as_deref());
            sheet.option(one.deadline.as_deref());
            sheet.list(one.topics.iter().map(|topic| &topic.name));
            sheet.list(&one.citations);
            sheet.option(one.restates.as_deref());
            sheet.option(one.attribution.as_ref().map(|source| source.name.as_str()));
            sheet.text(&one.rule);
            sheet.confidence(one.confidence);
            sheet.place(Some(one.place));
            sheet.end();
        }
        sheet.bytes()
    }

    fn recommendation_actors(&self) -> Vec<u8> {
        let mut sheet = (self.sheet)();
        for (_, one) in self.all_recommendations() {
            self.parties(&mut sheet, one, "addressee", &one.addressees);
            self.parties(&mut sheet, one, "target", &one.targets);
        }
        sheet.bytes()
    }

    fn parties(&self, sheet: &mut Sheet, recommendation: &Recommendation, role: &str, parties: &[ActorReference]) {
        for (index, party) in parties.iter().enumerate() {
            sheet.cells(&self.id);
            sheet.text(&recommendation.id);
            sheet.clean(role);
            sheet.count(index + 1);
            sheet.text(&party.actor);
            sheet.text(&party.name);
            sheet.name_option(self.actors.get(party.actor.as_str()).map(|actor| actor.kind));
            sheet.place(party.place);
            sheet.end();
        }
    }

    fn actors(&self) -> Vec<u8> {
        let mut addressed: HashMap<&str, (usize, usize)> = HashMap::default();
        for one in &self.analysis.recommendations {
            distinct(&one.addressees).into_iter().for_each(|actor| addressed.entry(actor).or_default().0 += 1);
            distinct(&one.targets).into_iter().for_each(|actor| addressed.entry(actor).or_default().1 += 1);
        }
        let mut sheet = self.table(self.analysis.actors.len() * 160);
        for actor in &self.analysis.actors {
            let (addressee, target) = addressed.get(actor.id.as_str()).copied().unwrap_or_default();
            sheet.cells(&self.id_and_title);
            sheet.text(&actor.id);
            sheet.text(&actor.name);
            sheet.name(&actor.kind);
            sheet.option(actor.country.as_deref());
            sheet.option(actor.wikidata.as_deref());
            sheet.count(actor.mentions.len());
            sheet.count(addressee);
            sheet.count(target);
            sheet.count_option(actor.mentions.iter().map(|mention| mention.place.start).min());
            sheet.end();
        }
        sheet.bytes()
    }

    fn mentions(&self) -> Vec<u8> {
        let points = CodePoints::new(&self.analysis.text);
        let rows: usize = self.analysis.actors.iter().map(|actor| actor.mentions.len()).sum();
        let mut sheet = self.table(rows * 192);
        let mut actor_cells = (self.sheet)();
        for actor in &self.analysis.actors {
            actor_cells.out.clear();
            actor_cells.cells(&self.id);
            actor_cells.text(&actor.id);
            actor_cells.text(&actor.name);
            actor_cells.name(&actor.kind);
            for mention in &actor.mentions {
                sheet.cells(&actor_cells.out);
                sheet.text(&bytes::one_line(points.get(mention.place)));
                sheet.name(&mention.form);
                sheet.option(self.section_at(mention.place));
                sheet.place(Some(mention.place));
                sheet.text(&mention.rule);
                sheet.confidence(mention.confidence);
                sheet.end();
            }
        }
        sheet.bytes()
    }

    /// The id of the innermost section that holds a place. Sections are in the order of their start.
    fn section_at(&self, place: Place) -> Option<&'a str> {
        let sections = &self.analysis.sections;
        let after = sections.partition_point(|section| section.place.start <= place.start);
        let mut section = sections.get(after.checked_sub(1)?)?;
        while section.place.end < place.end {
            section = self.sections.get(section.parent.as_deref()?)?;
        }
        Some(&section.id)
    }

    fn notes(&self) -> Vec<u8> {
        let mut cited: HashMap<&str, usize> = HashMap::default();
        self.analysis.citations.iter().filter_map(|citation| citation.note.as_deref()).for_each(|note| *cited.entry(note).or_default() += 1);
        let mut sheet = self.table(self.analysis.notes.len() * 256);
        for note in &self.analysis.notes {
            sheet.cells(&self.id);
            sheet.text(&note.id);
            sheet.text(&note.label);
            sheet.name_option(note.kind);
            sheet.option(note.text.as_deref());
            sheet.list(note.anchors.iter().map(|anchor| format!("{}-{}", anchor.start, anchor.end)));
            sheet.count(cited.get(note.id.as_str()).copied().unwrap_or(0));
            sheet.place(note.place);
            sheet.end();
        }
        sheet.bytes()
    }

    fn citations(&self) -> Vec<u8> {
        let mut sheet = self.table(self.analysis.citations.len() * 640);
        for citation in &self.analysis.citations {
            self.citation(&mut sheet, citation);
        }
        sheet.bytes()
    }

    fn citation(&self, sheet: &mut Sheet, citation: &Citation) {
        let work = &citation.work;
        let note = citation.note.as_deref().and_then(|id| self.notes.get(id));
        let year = work.date.as_deref().and_then(|date| date.get(..4)).and_then(|year| year.parse::<u16>().ok());
        sheet.cells(&self.id_and_title);
        sheet.text(&citation.id);
        sheet.option(citation.note.as_deref());
        sheet.option(note.map(|note| note.label.as_str()));
        sheet.name(&work.kind);
        sheet.list(work.authors.iter().map(Name::display));
        [&work.title, &work.container_title, &work.publisher, &work.place, &work.date].into_iter().for_each(|field| sheet.option(field.as_deref()));
        sheet.number(year);
        [&work.volume, &work.issue, &work.pages, &work.number, &work.url, &work.doi, &work.accessed, &citation.refers_to]
            .into_iter()
            .for_each(|field| sheet.option(field.as_deref()));
        sheet.text(&citation.text);
        sheet.text(&citation.rule);
        sheet.confidence(citation.confidence);
        sheet.place(Some(citation.place));
        sheet.end();
    }

    fn citation_authors(&self) -> Vec<u8> {
        let mut sheet = (self.sheet)();
        for citation in &self.analysis.citations {
            for (role, names) in [("author", &citation.work.authors), ("editor", &citation.work.editors)] {
                for (index, name) in names.iter().enumerate() {
                    sheet.cells(&self.id);
                    sheet.text(&citation.id);
                    sheet.clean(role);
                    sheet.count(index + 1);
                    sheet.option(name.family.as_deref());
                    sheet.option(name.given.as_deref());
                    sheet.option(name.literal.as_deref());
                    sheet.end();
                }
            }
        }
        sheet.bytes()
    }
}

fn heading(section: &Section) -> Option<&str> {
    section.heading.as_ref().map(|heading| heading.text.as_str())
}

/// The ids of the actors, each once.
fn distinct(parties: &[ActorReference]) -> Vec<&str> {
    let mut ids: Vec<&str> = parties.iter().map(|party| party.actor.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Cells and rows of one table, RFC 4180: a comma after every cell, of which the last in a row gives way to the line end.
struct Sheet {
    out: Vec<u8>,
    /// Where the row under way begins.
    row: usize,
    /// A list in the making.
    cell: String,
    /// Cells that a spreadsheet would run are made harmless.
    harmless: bool,
}

impl Sheet {
    fn new() -> Self {
        Self { out: Vec::new(), row: 0, cell: String::new(), harmless: true }
    }

    /// A sheet whose cells are written as they are.
    fn plain() -> Self {
        Self { harmless: false, ..Self::new() }
    }

    /// Cells of any content.
    fn text(&mut self, text: &str) {
        let is_formula = self.harmless && is_formula(text);
        let must_quote = lanes::find(text.as_bytes(), |byte| (byte == b',') | (byte == b'"') | (byte == b'\r') | (byte == b'\n')).is_some();
        if must_quote {
            self.out.push(b'"');
        }
        if is_formula {
            self.out.push(b'\'');
        }
        if !must_quote {
            return self.clean(text);
        }
        let mut done = 0;
        for quote in memchr::memchr_iter(b'"', text.as_bytes()) {
            // The mark is written twice.
            self.out.extend_from_slice(&text.as_bytes()[done..=quote]);
            done = quote;
        }
        self.out.extend_from_slice(&text.as_bytes()[done..]);
        self.out.extend_from_slice(b"\",");
    }

    /// A cell that is known to have nothing that must be quoted or made harmless.
    fn clean(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b',');
    }

    /// A value in its name on the wire, which is letters, hyphens and underscores.
    fn name(&mut self, value: &impl Serialize) {
        self.clean(&wire_name(value));
    }

    fn name_option(&mut self, value: Option<impl Serialize>) {
        match value {
            Some(value) => self.name(&value),
            None => self.out.push(b','),
        }
    }

    /// Cells that another sheet has written, to be repeated in each row.
    fn cells(&mut self, cells: &[u8]) {
        self.out.extend_from_slice(cells);
    }

    #[inline]
    fn option(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.out.push(b','),
        }
    }

    fn list<T: AsRef<str>>(&mut self, items: impl IntoIterator<Item = T>) {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        for item in items {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(item.as_ref());
        }
        self.text(&cell);
        self.cell = cell;
    }

    fn number(&mut self, number: Option<impl Into<u64>>) {
        if let Some(number) = number {
            bytes::integer(&mut self.out, number.into());
        }
        self.out.push(b',');
    }

    fn count(&mut self, count: usize) {
        self.count_option(Some(count));
    }

    fn count_option(&mut self, count: Option<usize>) {
        self.number(count.map(|count| count as u64));
    }

    fn confidence(&mut self, confidence: f32) {
        match bytes::hundredths(confidence) {
            Some(hundredths @ 1..=99) => {
                bytes::fraction(&mut self.out, hundredths);
                self.out.push(b',');
            }
            Some(100) => self.clean("1"),
            _ => self.clean(&confidence.to_string()),
        }
    }

    fn place(&mut self, place: Option<Place>) {
        self.count_option(place.map(|place| place.start));
        self.count_option(place.map(|place| place.end));
    }

    fn end(&mut self) {
        if self.out.len() > self.row {
            self.out.pop();
        }
        // An empty line would be no row.
        if self.out.len() == self.row {
            self.out.extend_from_slice(b"\"\"");
        }
        self.out.extend_from_slice(b"\r\n");
        self.row = self.out.len();
    }

    fn bytes(self) -> Vec<u8> {
        self.out
    }
}

/// True for a cell that a spreadsheet would run: the list of the OWASP page on CSV injection. Such a cell gets an apostrophe before it.
fn is_formula(text: &str) -> bool {
    match text.as_bytes() {
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n', ..] => true,
        // The full-width forms.
        [0xef, ..] => text.starts_with(['＝', '＋', '－', '＠']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ActorReference, Attribution, Mention, TextPlace, Topic, Work};

    fn full() -> Analysis {
        let mut analysis = Analysis { text: "Späte Räte sollen. =1+1".to_owned(), ..Analysis::default() };
        analysis.document.id = "paper".to_owned();
        analysis.document.title = Some("=1+1".to_owned());
        analysis.document.authors = vec!["A".to_owned(), "B".to_owned()];
        analysis.sections.push(Section { id: "s".to_owned(), place: Place { start: 0, end: 18 }, ..Section::default() });
        let party = ActorReference { actor: "role:x".to_owned(), name: "council, \"late\"".to_owned(), place: Some(Place { start: 0, end: 10 }) };
        let one = Recommendation {
            id: "r".to_owned(),
            section: Some("s".to_owned()),
            addressees: vec![party.clone(), party],
            action: Some(TextPlace::default()),
            topics: vec![Topic::default()],
            ..Recommendation::default()
        };
        analysis.reported_recommendations.push(Recommendation { id: "q".to_owned(), attribution: Some(Attribution::default()), ..one.clone() });
        analysis.recommendations.push(one);
        let mention = Mention { place: Place { start: 6, end: 10 }, ..Mention::default() };
        analysis.actors.push(Actor { id: "role:x".to_owned(), mentions: vec![mention], ..Actor::default() });
        analysis.notes.push(Note { id: "n".to_owned(), anchors: vec![Place { start: 1, end: 2 }, Place { start: 3, end: 4 }], ..Note::default() });
        let authors = vec![Name::person("Yoon", Some("Suk-Yeol")), Name::institution("White House")];
        let work = Work { authors: authors.clone(), editors: authors, date: Some("2022-02".to_owned()), ..Work::default() };
        analysis.citations.push(Citation { id: "c".to_owned(), note: Some("n".to_owned()), work, ..Citation::default() });
        analysis
    }

    fn table(rows: &Rows, name: &str) -> Vec<HashMap<String, String>> {
        let at = TABLES.iter().position(|table| table.name == name).expect("the table exists");
        let bytes = [headers()[at].as_slice(), &rows[at]].concat();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        reader.deserialize().map(|row| row.expect("rows are as long as the header")).collect()
    }

    #[test]
    fn every_row_is_as_long_as_its_header() {
        let (rows, failed) = (rows(&full()), failure(&Failure { id: "x".into(), path: "x".into(), stage: "read".into(), message: "=no".into(), sha256: None }));
        for (index, description) in TABLES.iter().enumerate() {
            let found = table(if index == ERRORS_AT { &failed } else { &rows }, description.name);
            assert!(!found.is_empty(), "{}", description.name);
        }
    }

    #[test]
    fn cells_that_would_be_formulas_are_made_harmless() {
        let rows = rows(&full());
        assert_eq!(table(&rows, "documents")[0]["title"], "'=1+1");
        assert_eq!(table(&rows, "documents")[0]["authors"], "A; B");
        assert_eq!(table(&plain_rows(&full()), "documents")[0]["title"], "=1+1");
    }

    #[test]
    fn offsets_are_code_points() {
        let rows = rows(&full());
        assert_eq!(table(&rows, "mentions")[0]["text"], "Räte");
        assert_eq!(table(&rows, "mentions")[0]["section_id"], "s");
    }

    #[test]
    fn both_kinds_of_recommendation_are_told_apart() {
        let rows = rows(&full());
        let status: Vec<String> = table(&rows, "recommendations").iter().map(|row| row["status"].clone()).collect();
        assert_eq!(status, ["own", "reported"]);
        assert_eq!(table(&rows, "actors")[0]["as_addressee"], "1");
        assert_eq!(table(&rows, "recommendation_actors").len(), 4);
    }
}
