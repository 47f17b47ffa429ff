//! Back references: ibid., id., op. cit., supra, "above, n. 12", and short author–title forms.

use regex::Regex;
use std::sync::LazyLock;

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

/// The words that point back, between ASCII borders, since those of all scripts are slow beside curly quotes (The Bluebook, rule 4; OSCOLA 1.2.1; Chicago 14.34–36).
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<ibid>(?-u:\b)(?:[Ii]bid(?:em)?|[Ii]d|[Ee]ad|[Ii]dem)(?-u:\b)\.?)
      | (?P<op>(?-u:\b)(?:[Oo]p\.?\s?cit|[Ll]oc\.?\s?cit)(?-u:\b)\.?|,\s(?:cit\.))
      | (?P<supra>(?-u:\b)[Ss]upra(?-u:\b))
      | (?P<above>(?-u:\b)[Aa]bove,?\s(?:n\.?|note|fn)(?-u:\b)|\(nn?\.?\s?[0-9]{1,3}\))
    ",
    )
    .ok()
});

static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u:\b)(?:[Nn]otes?|n{1,2}|fn|footnote)(?-u:\b)\.?\s?(?P<note>[0-9]{1,4})").ok());

static PINPOINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\)\s|(?-u:\b)at\s(?:pp?\.\s?)?|(?-u:\b)pp?\.\s?|(?-u:\b)paras?\.?\s|(?-u:\b)pars?\.\s?|¶+\s?|§+\s?|,\s)(?P<pin>[0-9][0-9–—, -]*)\.?\s*\)?$")
        .ok()
});

/// Reads a back reference: the rule and the work of type `short`, with what it says of authors and title.
pub(super) fn short_form(body: &str) -> Option<(&'static str, Work)> {
    let found = mark(body)?;
    let mut work = Work { kind: WorkKind::Short, ..Work::default() };
    let before = body[..found.start].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ';' | ':'));
    fill_before(before, &mut work);
    let cross = body[found.start..].starts_with('(');
    let after = &body[if cross { found.start } else { found.end }..];
    let after = NOTE.as_ref().and_then(|note| note.find(after)).map_or(after, |note| &after[note.end()..]);
    work.pinpoint = PINPOINT
        .as_ref()
        .and_then(|pattern| pattern.captures(after))
        .and_then(|captures| captures.name("pin"))
        .map(|pin| pin.as_str().trim_matches([' ', ',']).to_owned());
    if let Some(year) = bracketed_year(after) {
        work.date = Some(year);
    }
    Some((found.form.rule(), work))
}

/// For a work of its own in a collection that is only pointed to ("‘Title’ in Birks, op. cit., n. 1"): the length of what comes before " in".
pub(super) fn tail(body: &str) -> Option<usize> {
    let found = MARK.as_ref()?.find(body)?;
    let before = &body[..found.start()];
    let at = before.rfind(" in ").or_else(|| before.strip_suffix(" in").map(str::len))?;
    (found.start() - at < 60 && before[..at].contains(['’', '”', '"'])).then_some(at)
}

/// What a back reference points to.
pub fn pointer(body: &str) -> Option<Pointer> {
    let found = mark(body)?;
    let note = NOTE
        .as_ref()
        .and_then(|pattern| pattern.captures(&body[found.start..]))
        .and_then(|captures| captures.name("note"))
        .map(|note| note.as_str().to_owned());
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
    let captures = MARK.as_ref()?.captures(body)?;
    let form = [("ibid", Form::Ibid), ("op", Form::OpCit), ("supra", Form::Supra), ("above", Form::Above)]
        .into_iter()
        .find(|(name, _)| captures.name(name).is_some())?
        .1;
    let whole = captures.get(0)?;
    let before = body[..whole.start()].trim();
    // "Vogel, id.": a name. "‘Title’ in Birks op. cit.": a work of its own in a known collection.
    let own_work = before.contains(['‘', '“', '"']) && (before.contains(" in ") || before.ends_with(" in"));
    let digits = before.bytes().filter(u8::is_ascii_digit).count();
    if own_work || before.len() > 220 || form == Form::Ibid && (before.len() > 60 || digits > 4) {
        return None;
    }
    Some(Mark { start: whole.start(), end: whole.end(), form })
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
        work.authors.clone_from(&best.names);
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
    fn whole_citations_are_no_back_references() {
        for text in ["Ward, L., Ports (Oxford, 2012)", "L. Ward, ‘Ports’ in Kim op. cit., n. 4", "Ideas for ports, 2012"] {
            assert!(short_form(text).is_none(), "{text}");
        }
    }
}
