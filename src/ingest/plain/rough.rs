//! What a unit of lines may be, judged by itself; its neighbours decide later.

use super::boilerplate;
use super::line::Line;
use super::wrap::{self, Unit};
use crate::ingest::marker::{self, Form, Marker};
use crate::ingest::shape::{self, Shape};
use crate::lanes;
use crate::record::SectionKind;
use crate::section::kind::HeadingWords;
use crate::section::numbering::{self, Numbering};

/// A first guess at what a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rough {
    Prose,
    /// Short and without final stop: a heading, if what follows says so.
    Short,
    /// Has a list marker or a number and is no possible heading.
    Item,
    /// A line of dashes or underscores.
    Rule,
    /// Nothing but a number.
    Number,
    Contents,
    Caption,
    Byline,
    Date,
    /// "Phone: (202) …", and lines that are neither heading nor prose.
    Field,
    Row,
    Boilerplate,
    Furniture,
}

/// A unit with what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    pub rough: Rough,
    pub first: usize,
    pub last: usize,
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
    pub after_blank: bool,
    pub page: u32,
    pub indent: u16,
    pub marker: Option<Marker<'a>>,
    pub number: Option<Numbering<'a>>,
    pub shape: Shape,
    /// What the whole text says if it is one of the words that headings use.
    pub named: Option<SectionKind>,
    /// The line below underlines it: the level that this stands for.
    pub underlined: Option<u8>,
}

/// The longest text that may be a heading, in bytes.
const LONGEST_HEADING: usize = 220;

/// Guesses what each unit is.
#[must_use]
pub fn pieces<'a>(source: &'a str, lines: &[Line], units: &[Unit]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(units.len());
    for unit in units {
        let (Some(first), Some(last)) = (lines.get(unit.first), lines.get(unit.last - 1)) else { continue };
        let text = source.get(first.start..last.end).unwrap_or_default();
        if wrap::is_underline(text) && unit.last == unit.first + 1 && !first.after_blank && underline(&mut pieces, *first, text) {
            continue;
        }
        let mut piece = Piece {
            rough: Rough::Prose,
            first: unit.first,
            last: unit.last,
            start: first.start,
            end: last.end,
            text,
            after_blank: first.after_blank,
            page: first.page,
            indent: first.indent,
            marker: marker::read(text),
            number: None,
            shape: Shape::default(),
            named: None,
            underlined: None,
        };
        if let Some(at) = Some(text).filter(|text| text.len() < 120).and_then(boilerplate::glued_link) {
            let (link, rest) = text.split_at(at);
            pieces.push(Piece { rough: Rough::Boilerplate, text: link, end: piece.start + at, ..piece });
            piece = Piece { text: rest, start: piece.start + at, marker: None, ..piece };
        }
        if let Some((level, at)) = hashes(text) {
            let words = &text[at..];
            pieces.push(Piece { rough: Rough::Short, text: words, start: piece.start + at, shape: Shape::of(words), underlined: Some(level), ..piece });
            continue;
        }
        piece.rough = rough(&mut piece);
        pieces.push(piece);
    }
    numbers_before_names(&mut pieces);
    pieces
}

/// The level of a heading that kept its mark-up, "##Response" or "## Response", and where its words begin.
fn hashes(text: &str) -> Option<(u8, usize)> {
    let count = text.bytes().take_while(|&b| b == b'#').count();
    let words = text[count..].trim_start();
    let divided = words.len() + count < text.len();
    let fits = (if divided { 1..=6 } else { 2..=6 }).contains(&count) && text.len() <= LONGEST_HEADING && words.starts_with(char::is_uppercase);
    fits.then_some((u8::try_from(count).ok()?, text.len() - words.len()))
}

/// "C. Financing" reads like a name with its initial; if lines with the letters or numerals beside it stand in the text, it is numbered.
fn numbers_before_names(pieces: &mut [Piece]) {
    // One bit for each letter and each numeral that a short line begins with.
    let (mut letters, mut numerals) = (0u32, 0u64);
    for piece in pieces.iter().filter(|piece| matches!(piece.rough, Rough::Byline | Rough::Short)) {
        let Some(number) = letter_before(piece) else { continue };
        letters |= letter_bit(number);
        numerals |= numeral_bit(number);
    }
    for piece in pieces.iter_mut().filter(|piece| piece.rough == Rough::Byline && !piece.text.contains(',')) {
        let Some(number) = letter_before(piece) else { continue };
        let (letter, numeral) = (letter_bit(number), numeral_bit(number));
        // Nobody divides a name after its initial.
        let alone = piece.text.lines().next().is_some_and(|line| line.len() <= number.len() + 1);
        let names_section = numbering::lettered(piece.text).is_some_and(|found| HeadingWords::built_in().whole(&piece.text[found.content..]).is_some());
        let counts = alone
            || names_section
            || letter > 1 && letters & (letter >> 1) != 0
            || letter == 1 && letters & 2 != 0
            || numeral > 2 && numerals & (numeral >> 1) != 0
            || numeral > 4 && numerals & (numeral << 1) != 0
            || numeral == 2 && numerals & 4 != 0;
        if counts {
            piece.rough = numbered_or_plain(piece);
        }
    }
}

/// The letter or numeral before a line.
fn letter_before<'a>(piece: &Piece<'a>) -> Option<&'a str> {
    numbering::lettered(piece.text).filter(|_| piece.last <= piece.first + 2).map(|found| found.number)
}

fn letter_bit(number: &str) -> u32 {
    match number.as_bytes() {
        [letter @ b'A'..=b'Z'] => 1 << (letter - b'A'),
        _ => 0,
    }
}

fn numeral_bit(number: &str) -> u64 {
    numbering::roman(number).filter(|&value| (1..64).contains(&value) && number.bytes().all(|b| b.is_ascii_uppercase())).map_or(0, |value| 1 << value)
}

/// Takes the line as underlining of the piece before, if that can be a heading and is about as long.
fn underline(pieces: &mut [Piece], line: Line, text: &str) -> bool {
    let Some(above) = pieces.last_mut() else { return false };
    let width = above.text.chars().count() as u32;
    let fits = above.last == above.first + 1
        && matches!(above.rough, Rough::Short | Rough::Item | Rough::Contents)
        && line.width * 2 >= width
        && above.rough != Rough::Contents;
    if fits {
        above.underlined = Some(if text.starts_with('=') { 1 } else { 2 });
    }
    fits
}

fn rough(piece: &mut Piece) -> Rough {
    let text = piece.text;
    if wrap::is_rule(text) {
        return Rough::Rule;
    }
    if text.len() < 600 && wrap::has_leader(text) {
        return Rough::Contents;
    }
    if is_number_alone(text) {
        return Rough::Number;
    }
    if text.len() > LONGEST_HEADING {
        return if is_item(piece.marker.as_ref()) { Rough::Item } else { Rough::Prose };
    }
    short(piece)
}

fn short(piece: &mut Piece) -> Rough {
    let text = piece.text;
    piece.shape = Shape::of(text);
    piece.named = HeadingWords::built_in().whole(text);
    if boilerplate::is_link(text) && piece.named.is_none() {
        return Rough::Boilerplate;
    }
    if is_status(text) || boilerplate::is_banner(text) {
        return Rough::Field;
    }
    if heads_columns(text, &piece.shape) {
        return Rough::Row;
    }
    if has_columns(text) && piece.last == piece.first + 1 {
        return Rough::Row;
    }
    if is_caption(text) {
        return Rough::Caption;
    }
    if shape::is_date_line(text) || is_embargo(text) {
        return Rough::Date;
    }
    if is_byline(text) {
        return Rough::Byline;
    }
    numbered_or_plain(piece)
}

/// What a short line is that is neither date nor byline.
fn numbered_or_plain(piece: &mut Piece) -> Rough {
    let text = piece.text;
    if names_page(text) || is_field(text) {
        return if is_item(piece.marker.as_ref()) { Rough::Item } else { Rough::Field };
    }
    if let Some(marker) = &piece.marker
        && !may_number_heading(marker.form)
    {
        return Rough::Item;
    }
    piece.number = numbering::split(text);
    let words = piece.number.map_or(text, |number| &text[number.content..]);
    if piece.named.is_none() {
        piece.named = piece.number.and_then(|_| HeadingWords::built_in().whole(words));
    }
    if may_be_heading(piece, words) {
        return Rough::Short;
    }
    if is_item(piece.marker.as_ref()) {
        return Rough::Item;
    }
    let is_prose = shape::ends_sentence(text) || piece.shape.words > 12 || opens_resolution(text);
    if is_prose { Rough::Prose } else { Rough::Field }
}

/// True for a text with the address of a page or of a person in it.
fn names_page(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b':', b'.', b'@', bytes).any(|at| match bytes[at] {
        b':' => bytes[at..].starts_with(b"://"),
        b'.' => bytes[..at].ends_with(b"www"),
        _ => true,
    })
}

fn is_item(marker: Option<&Marker>) -> bool {
    marker.is_some()
}

fn may_number_heading(form: Form) -> bool {
    matches!(form, Form::Stopped | Form::Decimal | Form::Bare | Form::Glued | Form::Enclosed | Form::Letter | Form::Roman | Form::HalfEnclosed)
}

fn may_be_heading(piece: &Piece, words: &str) -> bool {
    let shape = &piece.shape;
    let begins = words
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '\'' | '¿' | '(' | '[') || c.is_ascii_digit() && piece.number.is_none());
    let digits_first =
        words.starts_with(|c: char| c.is_ascii_digit()) && words.split_whitespace().nth(1).is_none_or(|word| word.starts_with(char::is_lowercase));
    let sentence_like = shape.lower * 5 > shape.words * 4 && shape.words > 14;
    let cited = piece.number.is_some_and(|number| number.bare) && is_cited(words);
    let ending = without_mark(words);
    begins
        && !digits_first
        && !words.starts_with("Ibid")
        && !is_bracketed(words)
        && !opens_recommendation(piece.text)
        && !opens_sentence(words, shape.words)
        && !breaks_off_quotation(words)
        && !cited
        && (1..=26).contains(&shape.words)
        && shape.letters >= 3
        && shape.letters > shape.digits
        && !shape::ends_with_stop(ending)
        && !words.ends_with(['—', '–', '-', '…', '”', '"'].as_slice())
        && !shape::ends_open(words)
        && !(words.ends_with(':') && (shape.words > 4 || piece.number.is_some() && shape.lower > 0))
        && !sentence_like
        && !holds_sentence_end(words)
        || piece.named.is_some()
}

/// "The Ports Assembly,": a resolution begins, and so does its sentence.
#[must_use]
pub fn opens_resolution(text: &str) -> bool {
    text.strip_prefix("The ").and_then(|body| body.strip_suffix(',')).is_some_and(|body| body.contains(' ') && !body.contains(','))
}

/// "Embargoed until 00:01 Sunday 2 July": when a press notice may be used.
fn is_embargo(text: &str) -> bool {
    ["Embargoed until", "EMBARGOED UNTIL", "Under embargo until", "For immediate release", "FOR IMMEDIATE RELEASE"].iter().any(|lead| text.starts_with(lead))
        && text.len() <= 90
}

/// "Open", "Closed – Implemented": how far a recommendation of a list has been followed.
fn is_status(text: &str) -> bool {
    const STATUS: [&str; 10] = ["open", "closed", "pending", "implemented", "ongoing", "completed", "unresolved", "resolved", "priority", "partially"];
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    text.len() <= 40
        && words.next().is_some_and(|first| first.starts_with(char::is_uppercase) && STATUS.contains(&first.to_ascii_lowercase().as_str()))
        && words
            .all(|word| matches!(word, "Not" | "not" | "and" | "In" | "in" | "progress" | "Progress") || STATUS.contains(&word.to_ascii_lowercase().as_str()))
}

/// "Agency Recommendation Status": the names of three columns or more, and nothing else.
fn heads_columns(text: &str, shape: &Shape) -> bool {
    const COLUMNS: [&str; 24] = [
        "action",
        "actions",
        "agency",
        "amount",
        "category",
        "comments",
        "country",
        "date",
        "description",
        "entity",
        "indicator",
        "name",
        "number",
        "priority",
        "recommendation",
        "recommendations",
        "responsibility",
        "source",
        "status",
        "target",
        "timeline",
        "title",
        "type",
        "year",
    ];
    (3..=8).contains(&shape.words)
        && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase) && COLUMNS.iter().any(|column| word.eq_ignore_ascii_case(column)))
}

/// "Recommendation 3: The ministry should": a formal label with a sentence on its line.
fn opens_recommendation(text: &str) -> bool {
    let Some(rest) = text.get(..14).filter(|label| label.eq_ignore_ascii_case("recommendation")).and_then(|_| text.get(14..)) else { return false };
    let Some((label, words)) = rest.split_once(':') else { return false };
    let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    label.len() <= 8 && [" should", " must", " shall", " needs to", " need to"].iter().any(|modal| words.ends_with(modal))
}

/// The first line of a sentence that a line end broke: "Although there are many ways to do it and to pay".
fn opens_sentence(text: &str, words: usize) -> bool {
    const OPENINGS: [&str; 14] = [
        "Although ",
        "Because ",
        "Even though ",
        "For example, ",
        "Furthermore, ",
        "However, ",
        "In addition, ",
        "In other words, ",
        "Moreover, ",
        "Nevertheless, ",
        "See also ",
        "See, for example, ",
        "Therefore, ",
        "While ",
    ];
    words >= 7 && OPENINGS.iter().any(|opening| text.starts_with(opening))
}

/// A quotation that opens and does not close: the line goes on.
fn breaks_off_quotation(text: &str) -> bool {
    !text.is_ascii() && text.matches('“').count() > text.matches('”').count()
}

/// A note, whose number looks like that of a heading: "12 Doe, Ferries, pp. 3-4, and".
fn is_cited(text: &str) -> bool {
    text.contains(['“', ';']) || text.contains("pp. ") || text.contains(", p. ") || text.matches(',').count() >= 3
}

/// The text without the mark of a note after its last stop: "… was received. 19", "… of the plan;5". "Decision 3/CP.20" ends with a symbol.
fn without_mark(text: &str) -> &str {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - before.len();
    let words = before.trim_end();
    let is_symbol = || words.rsplit(' ').next().is_some_and(|word| word.contains(['/', '-']) || word.len() < 4);
    if (1..=3).contains(&digits) && words.ends_with(['.', ';', ',']) && !is_symbol() { words } else { text }
}

/// "(Photo by Jane Doe)": brackets around the whole line.
fn is_bracketed(text: &str) -> bool {
    text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).is_some_and(|inner| !inner.contains(['(', ')']))
}

/// A full stop between a word and a capital: two sentences.
fn holds_sentence_end(text: &str) -> bool {
    memchr::memchr_iter(b'.', text.as_bytes()).filter(|at| text.as_bytes().get(at + 1) == Some(&b' ')).any(|at| {
        let before = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        before.chars().count() >= 4 && before.chars().skip(1).all(char::is_lowercase) && text[at + 2..].trim_start().starts_with(char::is_uppercase)
    })
}

/// "12", "- 12 -", "iv", "Page 3 of 10", "3 | Page".
fn is_number_alone(text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let core = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() {
        return false;
    }
    let rest = core.trim_start_matches("page").trim();
    let counts = |part: &str| {
        !part.is_empty() && part.len() <= 4 && (part.bytes().all(|b| b.is_ascii_digit()) || numbering::roman(part).is_some_and(|value| value < 60))
    };
    counts(rest)
        || rest.split_once(" of ").or_else(|| rest.split_once('/')).is_some_and(|(a, b)| counts(a.trim()) && counts(b.trim()))
        || core.strip_suffix("page").is_some_and(|before| counts(before.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// "Figure 6: …", "Table 2. …", "Source: …".
#[must_use]
pub fn is_caption(text: &str) -> bool {
    const NUMBERED: [&str; 12] = ["Figure", "Fig.", "Table", "Chart", "Box", "Map", "Exhibit", "Graph", "FIGURE", "TABLE", "BOX", "Infographic"];
    const PLAIN: [&str; 10] = ["Image of ", "Source:", "Sources:", "Note:", "Notes: ", "SOURCE:", "SOURCES:", "NOTE:", "Photo:", "Image:"];
    let first = text.as_bytes().first();
    if PLAIN.iter().any(|word| word.as_bytes().first() == first && text.starts_with(word)) {
        return true;
    }
    NUMBERED.iter().filter(|word| word.as_bytes().first() == first).any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start();
            let number = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-')).unwrap_or(rest.len());
            let label = rest[..number].trim_end_matches('.');
            !label.is_empty()
                && label.len() <= 5
                && (label.starts_with(|c: char| c.is_ascii_digit())
                    || label.len() == 1
                    || numbering::roman(label).is_some()
                    || label.contains('.')
                    || label.contains('-'))
        })
    })
}

/// "By Anna Smith", "Author: Anna Smith", "Anna B. Smith and John Doe".
fn is_byline(text: &str) -> bool {
    let first = text.as_bytes().first();
    for lead in ["By ", "by ", "BY ", "Written by ", "Authors: ", "Author: ", "Author(s): ", "Prepared by "] {
        if lead.as_bytes().first() != first {
            continue;
        }
        if let Some(rest) = text.strip_prefix(lead) {
            let shape = Shape::of(rest);
            return shape.words <= 24 && shape.lower <= 2 && shape.capitalised >= 2 && !shape::ends_with_stop(rest);
        }
    }
    shape::is_list_of_names(text)
}

/// "Phone: …": a label that forms and cover pages use, before its value.
fn is_field(text: &str) -> bool {
    const LABELS: [&str; 40] = [
        "phone",
        "tel",
        "telephone",
        "email",
        "e-mail",
        "fax",
        "director",
        "contact",
        "date",
        "subject",
        "to",
        "from",
        "cc",
        "re",
        "report no",
        "status",
        "priority",
        "isbn",
        "issn",
        "doi",
        "published",
        "price",
        "agency",
        "distr",
        "original",
        "subject term",
        "closed",
        "tags",
        "topics",
        "keywords",
        "url",
        "twitter",
        "region",
        "date issued",
        "report number",
        "publication date",
        "language",
        "downloads",
        "citation",
        "through",
    ];
    let Some((label, value)) = text.split_once(':') else { return false };
    let lists = value.trim().is_empty() && matches!(label.trim(), "Contact" | "CONTACT" | "Topics" | "Keywords" | "Citation" | "Contacts");
    label.len() <= 20 && !lists && LABELS.iter().any(|known| label.trim().trim_end_matches('.').eq_ignore_ascii_case(known))
}

/// Cells divided by wide gaps, tabs or bars.
fn has_columns(text: &str) -> bool {
    let bytes = text.as_bytes();
    let divided = lanes::find(bytes, |byte| (byte == b'|') | (byte == b'\t')).is_some();
    if !divided && lanes::count_pairs(bytes, |byte, next| (byte == b' ') & (next == b' ')) == 0 {
        return false;
    }
    let (mut bars, mut tabs, mut gaps) = (0, 0, 0);
    let mut run = 0;
    for byte in text.bytes() {
        match byte {
            b' ' => {
                run += 1;
                continue;
            }
            b'|' => bars += 1,
            b'\t' => tabs += 1,
            _ => {}
        }
        gaps += usize::from(run >= 3);
        run = 0;
    }
    bars >= 2 || tabs >= 2 || gaps >= 2 && !shape::is_spaced_out(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_numbers_that_stand_alone() {
        for text in ["12", "- 12 -", "iv", "Page 3 of 10", "3 | Page", "[12]"] {
            assert!(is_number_alone(text), "{text}");
        }
        assert!(!is_number_alone("12 angry men"));
        assert!(!is_number_alone("MIX"));
    }

    #[test]
    fn tells_a_label_with_a_sentence_from_a_heading() {
        assert!(opens_recommendation("Recommendation 3: The agency should"));
        assert!(!opens_recommendation("Recommendation 3: Rivers"));
        assert!(!opens_recommendation("Recommendations"));
    }

    #[test]
    fn lines_of_broken_sentences_are_no_headings() {
        assert!(opens_sentence("Although there are many ways to build a port", 9));
        assert!(!opens_sentence("While Ferries Wait", 3));
        assert!(breaks_off_quotation("Doe, Jane. “Ferries in the North: Three"));
        assert!(!breaks_off_quotation("The “Northern” Ferries"));
        assert!(is_cited("Doe, Ferries, pp. 3-4, and Roe") && !is_cited("Health, Education and Housing"));
    }

    #[test]
    fn a_mark_after_the_last_stop_is_no_word_of_a_heading() {
        assert_eq!(without_mark("The council shall meet in the spring. 19"), "The council shall meet in the spring.");
        assert_eq!(without_mark("Planning of the ports;5"), "Planning of the ports;");
        assert_eq!(without_mark("Decision 3/CP.20"), "Decision 3/CP.20");
        assert_eq!(without_mark("Ports in 2020"), "Ports in 2020");
    }

    #[test]
    fn the_opening_of_a_resolution_is_a_sentence() {
        assert!(opens_resolution("The Ports Assembly,"));
        assert!(!opens_resolution("The Ports Assembly") && !opens_resolution("The Ports Assembly, Oslo,"));
    }

    #[test]
    fn what_stands_over_a_list_or_a_notice_is_no_heading() {
        assert!(is_status("Closed – Implemented") && is_status("Open") && !is_status("Open Ports") && !is_status("Priority areas"));
        let columns = |text: &str| heads_columns(text, &Shape::of(text));
        assert!(columns("Agency Recommendation Status") && !columns("Recommendation Status") && !columns("Country Reports on Ports"));
        assert!(is_embargo("Embargoed until 00:01 Sunday 2 July 2006") && !is_embargo("Embargoed Ports"));
        assert!(is_field("From:") && is_field("Subject: Ports") && !is_field("Contact:"));
    }

    #[test]
    fn knows_captions() {
        assert!(is_caption("Figure 6: Rivers"));
        assert!(is_caption("Table A. Rivers"));
        assert!(!is_caption("Table manners"));
        assert!(!is_caption("Figure of speech"));
    }
}
