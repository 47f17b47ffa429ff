//! Works named by author and year in the running text: "(Ward, 2020; Kim and Lee 2019a)", "Ward et al. (2021)".
//! Where there is a list, such marks point to its entries.
//!
//! Forms after the APA manual (7th edition, 8.11), Harvard and the author-date style of the Chicago manual.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashSet as HashSet;

use super::Found;
use crate::document::{BlockKind, Document};
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Name, Work, WorkKind};
use crate::span::Span;

const RULE: &str = "citation.running.author-year";

/// The longest bracket that is read, in bytes: one that lists a dozen works.
const LONGEST_BRACKET: usize = 400;
/// The longest run of names, in bytes.
const LONGEST_NAMES: usize = 90;

/// A mark in a block.
struct Mark {
    range: Range<usize>,
    authors: Vec<Name>,
    year: String,
    /// Nothing but a citation is written so: several authors, "et al.", several works in one bracket.
    sure: bool,
}

/// Adds the works that the running text cites by author and year, in order, if the document lists them, or lists no works and cites two or more so.
pub(super) fn find(document: &Document, lexicon: &Lexicon) -> Vec<(usize, Found)> {
    let listed = Listed::of(document);
    let running = document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text() && !block.kind.is_heading());
    let marks: Vec<(usize, Span, Mark)> =
        running.flat_map(|(index, block)| marks_in(document.text(block.span)).into_iter().map(move |mark| (index, block.span, mark))).collect();
    let places = Places::new(&document.reading);
    let marks = marks.into_iter().filter(|(_, _, mark)| listed.as_ref().is_none_or(|listed| listed.hold(mark)));
    let marks: Vec<_> = marks.filter(|(_, _, mark)| mark.sure || !is_place(&places, lexicon, mark)).collect();
    if listed.is_none() && marks.len() < 2 && !marks.iter().any(|(_, _, mark)| mark.sure) {
        return Vec::new();
    }
    marks
        .into_iter()
        .map(|(index, block, mark)| {
            let span = Span::new(block.start() + mark.range.start, block.start() + mark.range.end);
            let work = Work { kind: WorkKind::Short, authors: mark.authors, date: Some(mark.year), ..Work::default() };
            (index, Found { span, source: None, work, rule: RULE.to_owned(), confidence: 0.85 })
        })
        .collect()
}

/// The names and years with which the entries of a list of works begin.
struct Listed<'a>(HashSet<(&'a str, &'a str)>);

impl<'a> Listed<'a> {
    /// None for a document that lists no works.
    fn of(document: &'a Document) -> Option<Self> {
        /// Author and year stand so near to the beginning of an entry, or not at all, in bytes.
        const HEAD: usize = 300;
        let mut listed = HashSet::default();
        let mut entries = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Reference { .. })).peekable();
        entries.peek()?;
        for entry in entries {
            let text = document.text(entry.span);
            let head = &text[..text.floor_char_boundary(HEAD)];
            let words = || head.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')));
            for year in words().filter_map(|word| year_at(word).filter(|(_, rest)| rest.is_empty()).and_then(|_| word.get(..4))) {
                listed.extend(words().filter(|word| word.starts_with(char::is_uppercase)).map(|word| (word, year)));
            }
        }
        Some(Self(listed))
    }

    /// True if an entry begins with the first name of the mark and has its year.
    fn hold(&self, mark: &Mark) -> bool {
        let name = mark.authors.first().and_then(|name| match (&name.family, &name.literal) {
            (Some(family), _) => family.rsplit(' ').next(),
            (None, Some(literal)) => literal.split(' ').next(),
            _ => None,
        });
        name.is_some_and(|name| self.0.contains(&(name, mark.year.as_str())))
    }
}

/// "(Norland, 1995)" says where and when: a state, or what the document writes of elsewhere as a place.
fn is_place(places: &Places, lexicon: &Lexicon, mark: &Mark) -> bool {
    let [Name { family, given: None, literal }] = mark.authors.as_slice() else { return false };
    let Some(name) = family.as_deref().or(literal.as_deref()) else { return false };
    let state =
        |naming: &crate::lexicon::Naming| naming.entry.is_some_and(|entry| matches!(lexicon.entry(entry).kind, ActorKind::State | ActorKind::Subnational));
    lexicon.names().find(name).iter().any(state) || family.is_some() && places.hold(name)
}

/// What a document says things are in or from, looked up when a name first asks for it.
struct Places<'a> {
    reading: &'a str,
    /// The texts after the prepositions, as far as a name may reach, in order.
    after: OnceCell<Vec<&'a str>>,
}

impl<'a> Places<'a> {
    fn new(reading: &'a str) -> Self {
        Self { reading, after: OnceCell::new() }
    }

    /// True if the document has "in Norland" or the like.
    fn hold(&self, name: &str) -> bool {
        let after = self.after.get_or_init(|| Self::collected(self.reading));
        after.get(after.partition_point(|text| *text < name)).is_some_and(|text| text.starts_with(name))
    }

    fn collected(reading: &'a str) -> Vec<&'a str> {
        // A name, and a character that the end may cut.
        const REACH: usize = LONGEST_NAMES + 4;
        let follows = |before: &'static str| {
            memchr::memmem::find_iter(reading.as_bytes(), before).map(move |at| {
                let text = &reading[at + before.len()..];
                &text[..text.floor_char_boundary(REACH)]
            })
        };
        let mut after: Vec<&str> = ["in ", "from ", "across ", "throughout ", "outside "].into_iter().flat_map(follows).collect();
        after.sort_unstable();
        after
    }
}

fn marks_in(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for open in memchr::memchr_iter(b'(', text.as_bytes()) {
        let Some(close) = memchr::memchr2(b')', b'(', &text.as_bytes()[open + 1..]).map(|length| open + 1 + length) else { break };
        if close - open > LONGEST_BRACKET || text.as_bytes()[close] == b'(' {
            continue;
        }
        let inside = open + 1..close;
        match narrative(text, &inside) {
            Some(mark) => marks.push(mark),
            None => marks.extend(listed(text, inside)),
        }
    }
    marks
}

/// "Kim and Lee (2019a)", "Ward et al. (2021, p. 7)": the names stand before the bracket, which is part of the mark.
fn narrative(text: &str, inside: &Range<usize>) -> Option<Mark> {
    let (year, rest) = year_at(text.get(inside.clone())?)?;
    if !(rest.is_empty() || is_locator(rest)) {
        return None;
    }
    // "Ward (2020): Ports and Rails", "Ward (2020) ‘Ports’": a reference, whose title follows.
    let after = text.get(inside.end + 1..).unwrap_or_default();
    if after.starts_with(':') || after.trim_start().starts_with(['‘', '“', '"']) && after.starts_with(' ') {
        return None;
    }
    let head = text[..inside.start - 1].trim_end();
    let start = names_start(head);
    let names = head.get(start..).filter(|names| !names.is_empty())?;
    let authors = authors(names)?;
    let sure = authors.len() > 1 || names.contains("et al");
    Some(Mark { range: start..inside.end + 1, authors, year, sure })
}

/// The works in a bracket, parted by semicolons; none if one of the parts is something else.
fn listed(text: &str, inside: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut from = inside.start;
    let parts = text[inside].split(';').map(|part| {
        let start = from + (part.len() - part.trim_start().len());
        from += part.len() + 1;
        (start, part.trim())
    });
    let parts: Vec<(usize, &str)> = parts.collect();
    for &(start, part) in &parts {
        let lead = LEADS.iter().find_map(|lead| part.strip_prefix(lead)).map_or(0, |rest| part.len() - rest.trim_start_matches([',', ' ']).len());
        let Some(mark) = entry(&part[lead..], start + lead) else { return Vec::new() };
        marks.push(mark);
    }
    let several = marks.len() > 1;
    marks.iter_mut().for_each(|mark| mark.sure |= several);
    marks
}

/// What leads to a citation in a bracket and is no part of it.
const LEADS: [&str; 9] = ["see also ", "See also ", "see, e.g., ", "see ", "See ", "e.g. ", "e.g., ", "cf. ", "for example "];

/// "Ward, 2020", "Kim & Lee 2019a: 12".
fn entry(part: &str, start: usize) -> Option<Mark> {
    let at = part.find(|c: char| c.is_ascii_digit())?;
    let (year, rest) = year_at(&part[at..])?;
    let names = part[..at].trim_end_matches([' ', ',']);
    if names.len() > LONGEST_NAMES || names.len() == at || !(rest.is_empty() || is_locator(rest)) {
        return None;
    }
    let authors = authors(names)?;
    let sure = authors.len() > 1 || names.contains("et al");
    let end = start + part.len() - rest.len();
    Some(Mark { range: start..end, authors, year, sure })
}

/// The year at the start of a text, and what stands behind it and its letter.
fn year_at(text: &str) -> Option<(String, &str)> {
    let year = text.get(..4).filter(|year| (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = &text[4..];
    let rest = rest.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
    (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '–' || c == '-')).then(|| (year.to_owned(), rest))
}

/// ", p. 7", ": 12–14", ", chapter 3".
fn is_locator(rest: &str) -> bool {
    let inner = rest.trim_start_matches([',', ':', ' ']);
    let word = ["pp.", "pp", "p.", "p", "para.", "paras.", "ch.", "chap.", "chapter", "section", "sec.", "§", "Table", "Figure"]
        .iter()
        .find_map(|word| inner.strip_prefix(word));
    rest.starts_with([',', ':']) && word.unwrap_or(inner).trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Where the names begin that a text ends with: the last run of capitalised words and the words that join them.
fn names_start(head: &str) -> usize {
    let mut start = head.len();
    let mut at = head.len();
    for word in head.rsplit(' ') {
        let from = at - word.len();
        let bare = word.trim_end_matches([',', '’', '\'']);
        let capital = bare.starts_with(char::is_uppercase) && is_name_word(bare.trim_end_matches("’s").trim_end_matches("'s"));
        let joins = matches!(word, "and" | "&" | "et" | "al." | "al" | "of" | "for") || PARTICLES.contains(&word);
        if word.is_empty() || !capital && !joins || head.len() - from > LONGEST_NAMES {
            break;
        }
        if capital {
            start = from;
        }
        // "Kim, Lee and Ward": a comma before the first name ends the run where no other name follows it.
        at = from.saturating_sub(1);
        if head[..at].ends_with(',') && !head[start..].contains(" and ") && !head[start..].contains('&') && !head[start..].contains("et al") {
            break;
        }
    }
    // "As Ward (2020) shows": what opens a sentence is no name.
    let first = head[start..].split(' ').next().unwrap_or_default();
    if OPENERS.contains(&first) { start + first.len() + usize::from(head.len() > start + first.len()) } else { start }
}

const PARTICLES: [&str; 11] = ["de", "du", "da", "del", "der", "den", "van", "von", "la", "le", "bin"];

/// Words that begin a sentence or qualify what follows, with a capital.
const OPENERS: [&str; 24] = [
    "The",
    "A",
    "An",
    "In",
    "As",
    "By",
    "For",
    "Both",
    "See",
    "According",
    "While",
    "Although",
    "However",
    "Since",
    "Following",
    "From",
    "With",
    "But",
    "And",
    "Similarly",
    "Likewise",
    "Recently",
    "Building",
    "Citing",
];

/// Words that are dated and are no authors.
const DATED: [&str; 58] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "Spring",
    "Summer",
    "Autumn",
    "Fall",
    "Winter",
    "Act",
    "Acts",
    "Bill",
    "Law",
    "Code",
    "Table",
    "Figure",
    "Chapter",
    "Section",
    "Article",
    "Annex",
    "Appendix",
    "Resolution",
    "Convention",
    "Agreement",
    "Treaty",
    "Protocol",
    "Declaration",
    "Directive",
    "Regulation",
    "Order",
    "Summit",
    "Conference",
    "Olympics",
    "Games",
    "FY",
    "Phase",
    "Round",
    "Q1",
];

fn is_name_word(word: &str) -> bool {
    !DATED.contains(&word.trim_end_matches('.')) && !word.contains(|c: char| c.is_ascii_digit() || matches!(c, '“' | '”' | '"' | '(' | '[' | '/'))
}

/// The authors in a run of names; none if one of its words is no part of a name.
fn authors(names: &str) -> Option<Vec<Name>> {
    let plain = names.trim().strip_suffix("et al.").or_else(|| names.trim().strip_suffix("et al")).unwrap_or(names).trim_end_matches([',', ' ']);
    let plain = plain.strip_suffix("’s").or_else(|| plain.strip_suffix("'s")).unwrap_or(plain);
    if institution(plain) {
        return Some(vec![Name { literal: Some(plain.trim_start_matches("the ").to_owned()), ..Name::default() }]);
    }
    let pieces =
        plain.split([',', '&']).flat_map(|piece| piece.split(" and ")).map(|piece| piece.trim().trim_start_matches("and ")).filter(|piece| !piece.is_empty());
    let authors: Option<Vec<Name>> = pieces.map(person).collect();
    authors.filter(|authors| !authors.is_empty() && authors.len() <= 8)
}

/// True for the name of a body: words that are joined as those of persons are not, several capitalised words, or capitals alone.
fn institution(name: &str) -> bool {
    if name.contains([',', '&']) {
        return false;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let fits = words.iter().all(|word| {
        word.starts_with(char::is_uppercase) && is_name_word(word) || ["of", "for", "the", "on", "and", "in"].contains(word) || word.starts_with('(')
    });
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let joined = words.iter().any(|word| ["of", "for", "on"].contains(word));
    let initial = words.iter().any(|word| word.ends_with('.') && word.len() <= 3);
    let acronym = words.len() == 1 && name.len() >= 2 && name.chars().all(|c| c.is_uppercase());
    fits && !initial && (joined && capitals >= 2 || words.len() >= 2 && capitals == words.len() || acronym)
}

/// "Ward", "K. Ward", "du Plessis".
fn person(name: &str) -> Option<Name> {
    let words: Vec<&str> = name.split(' ').collect();
    let given = words.iter().take_while(|word| word.ends_with('.') && word.starts_with(char::is_uppercase)).count();
    let family = words.get(given..).filter(|family| !family.is_empty() && family.len() <= 3)?;
    let (last, before) = family.split_last()?;
    let fits = last.starts_with(char::is_uppercase) && is_name_word(last) && last.len() >= 2 && !last.ends_with('.');
    let particles = before.iter().all(|word| PARTICLES.contains(word) || PARTICLES.contains(&word.to_lowercase().as_str()));
    (fits && particles).then(|| Name::person(&family.join(" "), (given > 0).then(|| words[..given].join(" ")).as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(&str, String)> {
        marks_in(text).into_iter().map(|mark| (&text[mark.range.clone()], mark.year)).collect()
    }

    #[test]
    fn reads_brackets_with_one_or_more_works() {
        let text =
            "It is the largest shock (Ward, 2020; Kim & du Pont 2019a), and it lasts (see also Harbour Ministry of Works, 2003; Lee et al., 2018, p. 7).";
        let found: Vec<&str> = marks(text).into_iter().map(|(mark, _)| mark).collect();
        assert_eq!(found, ["Ward, 2020", "Kim & du Pont 2019a", "Harbour Ministry of Works, 2003", "Lee et al., 2018"]);
    }

    #[test]
    fn reads_names_before_a_bracket() {
        let found: Vec<&str> = marks("As Kim and Lee (2019) show, the World Harbour Organization (2018) and Ward et al. (2017, p. 12) agree.")
            .into_iter()
            .map(|(mark, _)| mark)
            .collect();
        assert_eq!(found, ["Kim and Lee (2019)", "World Harbour Organization (2018)", "Ward et al. (2017, p. 12)"]);
    }

    #[test]
    fn spares_dates_tables_and_laws() {
        let text =
            "In March (2020) the Harbour Act (2015) was read (Table 2, 2019); it ended (spring 2021) with the plan (2019–2022) and Resolution 12 (1999).";
        assert_eq!(marks(text), Vec::new());
    }

    #[test]
    fn knows_what_things_are_in() {
        let places = Places::new("The port of Norland is in Sudmark, ships come from Vale-on-Sea, and the ferry goes to Ost.");
        assert!(["Sudmark", "Sud", "Vale-on-Sea"].iter().all(|name| places.hold(name)));
        assert!(!["Norland", "Ost", "Sudmarks", "Zyr"].iter().any(|name| places.hold(name)));
    }

    #[test]
    fn tells_persons_from_bodies() {
        assert_eq!(authors("K. Ward"), Some(vec![Name::person("Ward", Some("K."))]));
        assert_eq!(authors("OECD").and_then(|names| names[0].literal.clone()).as_deref(), Some("OECD"));
        assert_eq!(authors("Ministry of Ports").and_then(|names| names[0].literal.clone()).as_deref(), Some("Ministry of Ports"));
        assert_eq!(authors("Kim, Lee and Ward").map(|names| names.len()), Some(3));
    }
}
