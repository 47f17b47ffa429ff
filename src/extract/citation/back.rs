//! Back references: ibid., id., op. cit., supra, "above, n. 12", and short author–title forms.

use std::sync::LazyLock;

use super::grammar::Pattern;
use super::name;
use super::text;
use super::token::Tokens;
use crate::record::{Work, WorkKind};

/// What a back reference says about the citation that it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pointer {
    /// The note it names: "supra note 4", "n. 30".
    pub note: Option<String>,
    /// True for "ibid." and "id.": the citation just before.
    pub previous: bool,
}

/// The form of a back reference, as the rule that catches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Ibid,
    OpCit,
    Supra,
    Above,
}

impl Form {
    fn rule(self) -> &'static str {
        match self {
            Self::Ibid => "citation.back.ibid",
            Self::OpCit => "citation.back.op-cit",
            Self::Supra => "citation.back.supra",
            Self::Above => "citation.back.above",
        }
    }
}

/// The place in the work with which a back reference ends: its group is the number.
static PINPOINT: LazyLock<Option<Pattern>> = LazyLock::new(|| {
    Pattern::new(r"(?:\)\s|\bat\s(?:pp?\.\s?)?|\bpp?\.\s?|\bparas?\.?\s|\bpars?\.\s?|¶+\s?|§+\s?|,\s)(?P<pin>\d[\d–—, -]*)\.?\s*\)?$", &["pin"])
});

/// Reads a back reference: the rule and the work of type `short`, with what it says of authors and title.
pub(super) fn short_form(body: &str) -> Option<(&'static str, Work)> {
    let found = mark(body)?;
    let mut work = Work { kind: WorkKind::Short, ..Work::default() };
    let before = body[..found.start].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ';' | ':'));
    fill_before(before, &mut work);
    let cross = body[found.start..].starts_with('(');
    let after = &body[if cross { found.start } else { found.end }..];
    let after = note(after).map_or(after, |note| &after[note.end..]);
    let place = PINPOINT.as_ref().and_then(|pattern| pattern.find(after));
    work.pinpoint = place.and_then(|found| found.text(0)).map(|pin| pin.trim_matches([' ', ',']).to_owned());
    if let Some(year) = bracketed_year(after) {
        work.date = Some(year);
    }
    Some((found.form.rule(), work))
}

/// For a work of its own in a collection that is only pointed to ("‘Title’ in Birks, op. cit., n. 1"): the length of what comes before " in".
pub(super) fn tail(body: &str) -> Option<usize> {
    let found = first_mark(body)?;
    let before = &body[..found.start];
    let at = before.rfind(" in ").or_else(|| before.strip_suffix(" in").map(str::len))?;
    (found.start - at < 60 && before[..at].contains(['’', '”', '"'])).then_some(at)
}

/// What a back reference points to.
pub fn pointer(body: &str) -> Option<Pointer> {
    let found = mark(body)?;
    let after = &body[found.start..];
    let note = note(after).map(|number| after[number].to_owned());
    Some(Pointer { previous: found.form == Form::Ibid && note.is_none(), note })
}

struct Mark {
    start: usize,
    end: usize,
    form: Form,
}

/// The mark of a back reference, if the citation is one: what stands before the mark is short and whole.
fn mark(body: &str) -> Option<Mark> {
    if body.len() > 400 {
        return None;
    }
    let found = first_mark(body)?;
    let before = body[..found.start].trim();
    // "Vogel, id.": a name. "‘Title’ in Birks op. cit.": a work of its own in a known collection.
    let own_work = before.contains(['‘', '“', '"']) && (before.contains(" in ") || before.ends_with(" in"));
    let digits = before.bytes().filter(u8::is_ascii_digit).count();
    if own_work || before.len() > 220 || found.form == Form::Ibid && (before.len() > 60 || digits > 4) {
        return None;
    }
    Some(found)
}

/// The first of the words that point back, between ASCII borders (The Bluebook, rule 4; OSCOLA 1.2.1; Chicago 14.34–36): "ibid.", "op. cit.",
/// ", cit.", "supra", "above, n.", "(n. 12)".
fn first_mark(text: &str) -> Option<Mark> {
    let bytes = text.as_bytes();
    for (start, pair) in bytes.windows(2).enumerate() {
        let found = match (OPENS[usize::from(pair[0])], pair[1]) {
            (0, _) => None,
            (b',', _) => past_space(text, start + 1).and_then(|at| past(text, at, "cit.")).map(|end| (end, Form::OpCit)),
            (b'(', b'n') => note_in_brackets(text, start).map(|end| (end, Form::Above)),
            (b'i', b'b' | b'd') | (b'e', b'a') | (b'o', b'p') | (b'l', b'o') | (b's', b'u') | (b'a', b'b') if start == 0 || !is_word(bytes[start - 1]) => {
                mark_word(text, start)
            }
            _ => None,
        };
        if let Some((end, form)) = found {
            return Some(Mark { start, end, form });
        }
    }
    None
}

/// What may open a mark, letters in lower case; 0 for other bytes.
static OPENS: [u8; 256] = {
    let mut opens = [0; 256];
    let bytes = b",(ieolsa";
    let mut at = 0;
    while at < bytes.len() {
        opens[bytes[at] as usize] = bytes[at];
        opens[bytes[at].to_ascii_uppercase() as usize] = bytes[at];
        at += 1;
    }
    opens
};

/// The end and form of the mark that begins with the word at `start`.
fn mark_word(text: &str, start: usize) -> Option<(usize, Form)> {
    let end = word_end(text, start);
    let after_stop = |at: usize| past(text, at, ".").unwrap_or(at);
    // Only the first letter may be a capital.
    match (text.as_bytes()[start].to_ascii_lowercase(), &text[start + 1..end]) {
        (b'i', "bid" | "bidem" | "d" | "dem") | (b'e', "ad") => Some((after_stop(end), Form::Ibid)),
        (b'o', "pcit") | (b'l', "occit") => Some((after_stop(end), Form::OpCit)),
        (b'o', "p") | (b'l', "oc") => {
            let at = after_stop(end);
            let at = past_space(text, at).unwrap_or(at);
            let cited = past(text, at, "cit").filter(|&cited| word_end(text, at) == cited)?;
            Some((after_stop(cited), Form::OpCit))
        }
        (b's', "upra") => Some((end, Form::Supra)),
        (b'a', "bove") => {
            let at = past_space(text, past(text, end, ",").unwrap_or(end))?;
            let end = word_end(text, at);
            match &text[at..end] {
                // The stop belongs to the mark where the number follows at once: "n.12".
                "n" => Some((past(text, end, ".").filter(|&stop| word_end(text, stop) > stop).unwrap_or(end), Form::Above)),
                "note" | "fn" => Some((end, Form::Above)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The end of "(n 12)", "(nn. 3)" at `start`.
fn note_in_brackets(text: &str, start: usize) -> Option<usize> {
    let at = past(text, start, "(n")?;
    let at = past(text, at, "n").unwrap_or(at);
    let at = past(text, at, ".").unwrap_or(at);
    let at = past_space(text, at).unwrap_or(at);
    let end = at + digits(text, at, 3);
    past(text, end, ")").filter(|_| end > at)
}

/// The number of the first note that a text names, as a byte range: "note 4", "n. 30", "fn 2".
fn note(text: &str) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|&at| matches!(bytes[at], b'N' | b'n' | b'f') && !(at > 0 && is_word(bytes[at - 1]))).find_map(|start| {
        let end = word_end(text, start);
        if !matches!(&text[start..end], "note" | "Note" | "notes" | "Notes" | "n" | "nn" | "fn" | "footnote") {
            return None;
        }
        let at = past(text, end, ".").unwrap_or(end);
        let at = past_space(text, at).unwrap_or(at);
        let length = digits(text, at, 4);
        (length > 0).then(|| at..at + length)
    })
}

/// A letter, digit or underscore of ASCII.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where the ASCII word that begins at `start` ends; `start` itself if there is none.
fn word_end(text: &str, start: usize) -> usize {
    start + text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| is_word(**byte)).count()
}

/// How many digits stand at `at`, at most `most`.
fn digits(text: &str, at: usize, most: usize) -> usize {
    text.as_bytes().get(at..).unwrap_or_default().iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
}

/// The place after `words`, if they stand at `at`.
fn past(text: &str, at: usize, words: &str) -> Option<usize> {
    text.as_bytes().get(at..)?.starts_with(words.as_bytes()).then_some(at + words.len())
}

/// The place after a character of white space at `at`.
fn past_space(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.chars().next().filter(|c| c.is_whitespace()).map(|c| at + c.len_utf8())
}

fn bracketed_year(after: &str) -> Option<String> {
    let inner = after.trim_start_matches(['.', ' ']).strip_prefix('(')?;
    let year = inner.get(..4)?;
    (year.bytes().all(|b| b.is_ascii_digit()) && inner[4..].starts_with(')')).then(|| year.to_owned())
}

/// Authors and title before the mark.
fn fill_before(before: &str, work: &mut Work) {
    if before.is_empty() {
        return;
    }
    let tokens = Tokens::new(before);
    let readings = name::persons(&tokens, 0, tokens.len());
    let best = readings.iter().filter(|reading| reading.end == tokens.len() || tokens.is(reading.end, ',')).max_by(|a, b| a.score.total_cmp(&b.score));
    if let Some(best) = best {
        work.authors = best.names().to_vec();
        set_title(work, tokens.slice(best.end + 1, tokens.len()));
        return;
    }
    let comma = (0..tokens.len()).find(|&index| tokens.is(index, ',')).unwrap_or(tokens.len());
    let head = tokens.slice(0, comma);
    let surnames: Vec<&str> = head.split(" and ").flat_map(|part| part.split(" & ")).map(str::trim).collect();
    // "Le Brun and Johnstone": surnames alone.
    if surnames.iter().all(|name| name.split(' ').count() <= 2 && name.starts_with(char::is_uppercase)) && !name::is_institution(&tokens, 0, comma) {
        work.authors = surnames.iter().map(|name| crate::record::Name::person(name, None)).collect();
    } else {
        work.authors = name::institutions(&tokens, 0, comma);
    }
    set_title(work, tokens.slice(comma + 1, tokens.len()));
}

fn set_title(work: &mut Work, title: &str) {
    let title = text::title(title);
    if title.chars().count() > 3 {
        work.title = Some(title);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_bluebook_chicago_and_oscola() {
        for (text, rule, note, previous) in [
            ("Ibid.", "citation.back.ibid", None, true),
            ("Ibid., 12–15", "citation.back.ibid", None, true),
            ("Id. at 34", "citation.back.ibid", None, true),
            ("Ward, supra note 4, at 12", "citation.back.supra", Some("4"), false),
            ("WARD, supra note 14", "citation.back.supra", Some("14"), false),
            ("Ward, op. cit., n. 7, pp. 80–1", "citation.back.op-cit", Some("7"), false),
            ("Above, n. 30", "citation.back.above", Some("30"), false),
            ("Ward (n 7) 315", "citation.back.above", Some("7"), false),
            ("Kim and Lee (n 12) para 4", "citation.back.above", Some("12"), false),
        ] {
            let (found, work) = short_form(text).expect(text);
            assert_eq!((found, work.kind), (rule, WorkKind::Short), "{text}");
            assert_eq!(pointer(text), Some(Pointer { note: note.map(str::to_owned), previous }), "{text}");
        }
    }

    #[test]
    fn marks_are_words_of_their_own() {
        let mark = |text: &str| first_mark(text).map(|mark| text[mark.start..mark.end].to_owned());
        for (text, expected) in [
            ("Ibid., 12", Some("Ibid.")),
            ("ibidem, 12", Some("ibidem")),
            ("valid, id at 3", Some("id")),
            ("Ward, loc cit, 3", Some("loc cit")),
            ("Ward, op.cit.", Some("op.cit.")),
            ("Ward, opcit. 3", Some("opcit.")),
            ("Ward, opcited", None),
            ("Ward, op. cited", None),
            ("Ward, cit. 3", Some(", cit.")),
            ("a supranational id_3", None),
            ("Above, n. 3", Some("Above, n")),
            ("above n.3", Some("above n.")),
            ("above fn 3", Some("above fn")),
            ("above nine", None),
            ("Ward (nn.\u{a0}12)", Some("(nn.\u{a0}12)")),
            ("Ward (n 1234)", None),
            ("é Éad", None),
        ] {
            assert_eq!(mark(text).as_deref(), expected, "{text}");
        }
        assert_eq!(note("annotate 4, Notes 12345").map(|range| range.len()), Some(4));
        assert_eq!(note("n4, nnn 4, fn, 4"), None);
    }

    #[test]
    fn whole_citations_are_no_back_references() {
        for text in ["Ward, L., Ports (Oxford, 2012)", "L. Ward, ‘Ports’ in Kim op. cit., n. 4", "Ideas for ports, 2012"] {
            assert!(short_form(text).is_none(), "{text}");
        }
    }
}
