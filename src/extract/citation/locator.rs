//! Volume, issue, pages, edition and pinpoints.

use super::date::{self, Date};
use super::lexicon;
use super::lexicon::Classes;
use super::role::Roles;
use super::token::{Kind, Tokens};

/// What a stretch of numbers says of the place in a periodical or book.
#[derive(Debug, Clone, Default)]
pub(super) struct Locator {
    /// Index of the token after it.
    pub end: usize,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
    /// The place pointed to, where words say that it is one ("para. 4", "at 12").
    pub pinpoint: Option<String>,
    pub edition: Option<String>,
    pub date: Option<Date>,
    /// The letter of a periodical's section that is glued to the volume: "Nucl. Phys. B133".
    pub section: Option<String>,
    /// True where words such as "vol." say what the numbers are.
    pub explicit: bool,
}

/// A page: "12", "e1001663", "S12", "xii". Gives the index after it.
fn page(tokens: &Tokens, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let word = tokens.word(at);
    let good = match token.kind {
        Kind::Number => word.len() <= 8,
        Kind::Mixed => {
            let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
            letters <= 2
                && word.len() <= 10
                && word[letters..].bytes().filter(u8::is_ascii_digit).count() >= 1
                && word.bytes().filter(u8::is_ascii_alphabetic).count() <= 2
        }
        Kind::Word => !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c')),
        Kind::Punctuation(_) => false,
    };
    good.then_some(at + 1)
}

/// A page range "12–15", "12- 15", "E299–E308", "1-12 – 1-14"; gives the index after it and true if it is a range.
fn pages(tokens: &Tokens, at: usize) -> Option<(usize, bool)> {
    let first = page(tokens, at)?;
    let mut dash = first;
    while tokens.is_dash(dash) {
        dash += 1;
    }
    if dash > first
        && let Some(end) = page(tokens, dash)
    {
        return Some((end, true));
    }
    Some((first, false))
}

/// More pages after a comma: "12–15, 18, 20–2".
fn more_pages(tokens: &Tokens, mut end: usize) -> usize {
    while (tokens.is(end, ',') || tokens.is(end, '&') || tokens.word(end) == "and") && tokens.is_number(end + 1) && tokens.year(end + 1).is_none() {
        match pages(tokens, end + 1) {
            Some((after, _)) if !tokens.is(after, '(') && !tokens.is_word(after) => end = after,
            _ => break,
        }
    }
    end
}

fn roman(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    tokens.is_word(at)
        && !word.is_empty()
        && word.len() <= 7
        && !matches!(word, "L" | "C")
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// A volume: number or Roman number, "12A"; gives the index after it.
fn volume(tokens: &Tokens, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let word = tokens.word(at);
    let good = match token.kind {
        Kind::Number => word.len() <= 4,
        Kind::Mixed => word.len() <= 5 && word.as_bytes().first().is_some_and(u8::is_ascii_digit),
        Kind::Word => roman(tokens, at),
        Kind::Punctuation(_) => false,
    };
    if !good {
        return None;
    }
    let range =
        (tokens.is_dash(at + 1) || tokens.is(at + 1, '/')) && !tokens.space_before(at + 1) && tokens.is_number(at + 2) && tokens.word(at + 2).len() <= 4;
    Some(if range { at + 3 } else { at + 1 })
}

/// An issue in brackets or after "no.": "3", "1/2", "3-4", "Suppl 3", "c".
fn issue(tokens: &Tokens, at: usize) -> Option<usize> {
    let first = tokens.word(at);
    if tokens.says(at, "suppl")
        || tokens.says(at, "supplement")
        || tokens.says(at, "supp")
        || tokens.says(at, "pt")
        || tokens.says(at, "part")
        || tokens.says(at, "special")
    {
        let mut end = at + 1;
        if tokens.is(end, '.') || tokens.says(end, "issue") {
            end += 1;
        }
        return Some(if tokens.is_number(end) || roman(tokens, end) { end + 1 } else { end });
    }
    let plain = tokens.is_number(at) && first.len() <= 5 || tokens.get(at)?.kind == Kind::Mixed && first.len() <= 6 || roman(tokens, at);
    if !plain {
        return None;
    }
    let mut end = at + 1;
    while (tokens.is_dash(end) || tokens.is(end, '/') || tokens.is(end, '&')) && (tokens.is_number(end + 1) && tokens.word(end + 1).len() <= 4) {
        end += 2;
    }
    if tokens.says(end, "suppl") || tokens.says(end, "supplement") || tokens.says(end, "pt") {
        end = issue(tokens, end)?;
    }
    Some(end)
}

fn text(tokens: &Tokens, from: usize, to: usize) -> Option<String> {
    let text = tokens.slice(from, to);
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Words that may begin such a locator.
const LABELS: Roles = Roles::LOCATOR.with(Roles::EDITION);

/// The locator that begins at token `at` with a word or number that says what it is.
pub(super) fn explicit(tokens: &Tokens, at: usize) -> Option<Locator> {
    match tokens.get(at)?.kind {
        Kind::Word if !tokens.has(at, LABELS) => return None,
        Kind::Number => return None,
        _ => {}
    }
    let mut locator = Locator { explicit: true, ..Locator::default() };
    if let Some(end) = edition(tokens, at) {
        locator.edition = text(tokens, at, end);
        locator.end = end;
        return Some(locator);
    }
    if tokens.is(at, '§') || tokens.is(at, '¶') {
        let mut end = at + 1;
        while tokens.is(end, '§') || tokens.is(end, '¶') {
            end += 1;
        }
        end = pages(tokens, end)?.0;
        locator.pinpoint = text(tokens, at, end);
        locator.end = end;
        return Some(locator);
    }
    if !tokens.is_word(at) {
        return None;
    }
    let word = tokens.word(at);
    if word.len() > 9 {
        return None;
    }
    let mut buffer = [0; lexicon::LONGEST];
    let lower = lexicon::lower(word, &mut buffer)?;
    let mut value = if tokens.is(at + 1, '.') || tokens.is(at + 1, ':') { at + 2 } else { at + 1 };
    let dotted = value == at + 2;
    match lower {
        "vol" | "vols" | "volume" | "v" | "band" | "bd" | "tome" => {
            if lower == "v" && !dotted {
                return None;
            }
            let end = volume(tokens, value)?;
            locator.volume = text(tokens, value, end);
            locator.end = end;
            // "Volume 2021 Issue 1"
            let number = if tokens.is(end + 1, '.') { end + 2 } else { end + 1 };
            if ["issue", "no", "number"].iter().any(|word| tokens.says(end, word))
                && let Some(after) = issue(tokens, number)
            {
                locator.issue = text(tokens, number, after);
                locator.end = after;
                return Some(locator);
            }
            // "vol. 12(3): 4–5"
            if tokens.is(end, '(')
                && let Some(rest) = implicit(tokens, value)
            {
                return Some(Locator { explicit: true, ..rest });
            }
            // "Vol. 12:4–5"
            if tokens.is(end, ':')
                && let Some((after, true)) = pages(tokens, end + 1)
            {
                locator.pages = text(tokens, end + 1, after);
                locator.end = after;
            }
        }
        "no" | "nos" | "number" | "issue" | "iss" | "nr" | "num" | "n" | "issues" => {
            // "N. V. Ward" begins with initials.
            let initial = word == "N" && dotted && tokens.is_initial(value);
            if lower == "n" && !dotted && !tokens.is(at + 1, '°') && !tokens.is(at + 1, 'º') || initial {
                return None;
            }
            if tokens.is(value, '°') || tokens.is(value, 'º') {
                value += 1;
            }
            if at > 0 && (tokens.classes(at - 1).has(Classes::REPORT) || tokens.has(at - 1, Roles::DOCUMENT)) {
                return None;
            }
            let end = issue(tokens, value)?;
            locator.issue = text(tokens, value, end);
            locator.end = end;
        }
        "p" | "pp" | "pages" | "page" | "pg" | "pgs" | "ff" | "s" | "col" | "cols" | "fol" => {
            let lettered = matches!(lower, "p" | "s" | "col") && !dotted;
            if lettered && !(lower == "p" && tokens.is_number(value)) || lower == "s" {
                return None;
            }
            let (end, _) = pages(tokens, value)?;
            let end = more_pages(tokens, end);
            locator.pages = text(tokens, value, end);
            locator.end = past_following(tokens, end);
        }
        "at" | "here" | "especially" | "esp" => {
            let mut start = value;
            if tokens.says(start, "p") || tokens.says(start, "pp") || tokens.says(start, "para") || tokens.says(start, "paras") {
                start += if tokens.is(start + 1, '.') { 2 } else { 1 };
            }
            if !tokens.is_number(start) || tokens.year(start).is_some() && lower != "at" {
                return None;
            }
            let (end, _) = pages(tokens, start)?;
            let end = past_following(tokens, more_pages(tokens, end));
            locator.pinpoint = text(tokens, value, end);
            locator.end = end;
        }
        "para" | "paras" | "par" | "paragraph" | "paragraphs" | "ch" | "chap" | "chapter" | "sec" | "section" | "art" | "article" | "fn" | "n.b" | "rec"
        | "recs" | "annex" | "table" | "figure" | "box" => {
            let start = if tokens.is(value, '§') { value + 1 } else { value };
            let (mut end, _) = pages(tokens, start)
                .filter(|_| tokens.is_number(start) || tokens.get(start).is_some_and(|token| token.kind == Kind::Mixed))
                .or_else(|| roman(tokens, start).then_some((start + 1, false)))?;
            // "para. 5.11", "art. 5(1)"
            while tokens.is(end, '.') && !tokens.space_before(end + 1) && tokens.is_number(end + 1) {
                end += 2;
            }
            if tokens.is(end, '(') && tokens.is(end + 2, ')') && !tokens.space_before(end) {
                end += 3;
            }
            // "The right to food (art. 11)", "Article 6: right to life": words of a title.
            let bracketed = at > 0 && tokens.is(at - 1, '(') && tokens.is(end, ')');
            let titled = tokens.is(end, ':') && tokens.is_word(end + 1);
            if lower.starts_with("art") && (bracketed || titled) {
                return None;
            }
            locator.pinpoint = text(tokens, at, more_pages(tokens, end));
            locator.end = more_pages(tokens, end);
        }
        _ => return None,
    }
    Some(locator)
}

/// Past "ff.", "f.", "et seq." after a page.
fn past_following(tokens: &Tokens, at: usize) -> usize {
    let mut end = at;
    if tokens.word(end) == "ff" || tokens.word(end) == "f" {
        end += 1;
    } else if tokens.word(end) == "et" && tokens.says(end + 1, "seq") {
        end += 2;
    } else {
        return at;
    }
    if tokens.is(end, '.') { end + 1 } else { end }
}

/// "2nd ed.", "third edition", "rev. edn", "10th ed".
fn edition(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    let ordinal = tokens.get(at)?.kind == Kind::Mixed
        && ["st", "nd", "rd", "th", "d"].iter().any(|ending| word.ends_with(ending))
        && word.starts_with(|c: char| c.is_ascii_digit());
    if !ordinal && !tokens.has(at, Roles::EDITION) {
        return None;
    }
    let mut next = if tokens.is(at + 1, '.') { at + 2 } else { at + 1 };
    for _ in 0..3 {
        if ["revised", "rev", "and", "updated", "expanded", "enlarged"].iter().any(|name| tokens.says(next, name)) {
            next += if tokens.is(next + 1, '.') { 2 } else { 1 };
        }
    }
    let says = ["ed", "edn", "edition", "edit"].iter().any(|name| tokens.says(next, name));
    says.then(|| if tokens.is(next + 1, '.') { next + 2 } else { next + 1 })
}

/// A date in brackets from the opening bracket on: its date, and the index after the closing one.
fn bracketed_date(tokens: &Tokens, at: usize) -> Option<(Date, usize)> {
    if !matches!(tokens.punctuation(at), Some('(' | '[')) {
        return None;
    }
    let date = date::date(tokens, at + 1)?;
    matches!(tokens.punctuation(date.end), Some(')' | ']')).then(|| {
        let end = date.end + 1;
        (date, end)
    })
}

/// A locator without words, from the volume on: "64, no. 2 (2011): 1–16", "8(7):e100", "34:12–15", "42, 21 (2009)", "6, 3 (1912)".
pub(super) fn implicit(tokens: &Tokens, at: usize) -> Option<Locator> {
    let mut locator = Locator::default();
    // "General comment No. 26 (2022)": the number of a document is no volume.
    let label = if at > 0 && tokens.is(at - 1, '.') { at.saturating_sub(2) } else { at.saturating_sub(1) };
    if tokens.says(label, "no") || tokens.says(label, "nos") || tokens.says(label, "number") {
        return None;
    }
    let after_volume = volume(tokens, at).or_else(|| lettered_volume(tokens, at))?;
    if tokens.year(at).is_some() && after_volume == at + 1 && !tokens.is(at + 1, '(') {
        return None;
    }
    locator.volume = text(tokens, at, after_volume);
    if volume(tokens, at).is_none() {
        let (letter, number) = tokens.word(at).split_at(1);
        (locator.section, locator.volume) = (Some(letter.to_owned()), Some(number.to_owned()));
    }
    let mut next = after_volume;
    // A supplement between volume and pages: "58 Suppl 1: e119".
    if tokens.says(next, "suppl") || tokens.says(next, "supplement") {
        let end = issue(tokens, next)?;
        locator.issue = text(tokens, next, end);
        next = end;
    }
    // "12.3 (2012)": MLA
    if tokens.is(next, '.')
        && !tokens.space_before(next)
        && !tokens.space_before(next + 1)
        && tokens.is_number(next + 1)
        && tokens.word(next + 1).len() <= 2
        && tokens.is(next + 2, '(')
    {
        locator.issue = text(tokens, next + 1, next + 2);
        next += 2;
    }
    if let Some((date, end)) = bracketed_date(tokens, next) {
        locator.date = Some(date);
        next = end;
        // "81 (1998), no. 22, 4798–4801" (American Mathematical Society); "36 (1992) 6, 600–602"
        let numbered = if tokens.is(next, ',') { next + 1 } else { next };
        if tokens.says(numbered, "no")
            && let Some(rest) = explicit(tokens, numbered)
        {
            locator.issue = rest.issue;
            return after_issue(tokens, locator, rest.end);
        }
        if tokens.is_number(next)
            && tokens.word(next).len() <= 3
            && tokens.is(next + 1, ',')
            && let Some((end, true)) = pages(tokens, next + 2)
        {
            locator.issue = text(tokens, next, next + 1);
            return finish(tokens, locator, next + 2, end);
        }
        if tokens.is(next, ',') || tokens.is(next, ':') || tokens.is(next, '.') {
            if let Some((end, _)) = pages(tokens, next + 1).filter(|_| tokens.is_number(next + 1) || !tokens.is_word(next + 1)) {
                return finish(tokens, locator, next + 1, end);
            }
        } else if let Some((end, _)) = pages(tokens, next).filter(|_| !tokens.is_word(next)) {
            return finish(tokens, locator, next, end);
        }
        return closing(locator, next);
    }
    // "2 (August): 155–76": the month of the issue, the year stands elsewhere (Chicago, author-date).
    let close = (next + 2..next + 5).find(|&index| tokens.is(index, ')'));
    if tokens.is(next, '(')
        && date::month(tokens, next + 1).or_else(|| date::month(tokens, next + 2).filter(|_| tokens.is_number(next + 1))).is_some()
        && let Some(close) = close
        && tokens.is(close + 1, ':')
        && let Some((end, _)) = pages(tokens, close + 2)
    {
        return finish(tokens, locator, close + 2, end);
    }
    if tokens.is(next, '(') {
        let inner = if tokens.says(next + 1, "no") { if tokens.is(next + 2, '.') { next + 3 } else { next + 2 } } else { next + 1 };
        let lettered = tokens.word(inner).chars().count() == 1 && tokens.is(inner + 1, ')');
        let end = issue(tokens, inner).or(lettered.then_some(inner + 1)).filter(|&end| tokens.is(end, ')'))?;
        locator.issue = text(tokens, inner, end);
        next = end + 1;
        if let Some((date, end)) = bracketed_date(tokens, next) {
            locator.date = Some(date);
            next = end;
        }
        let mut start = if matches!(tokens.punctuation(next), Some(':' | ',' | ';')) { next + 1 } else { next };
        if let Some((end, _)) = pages(tokens, start)
            .filter(|&(end, range)| !tokens.is_word(start) && (range || tokens.year(start).is_none() || tokens.is(next, ':')) && end > start)
        {
            return finish(tokens, locator, start, end);
        }
        for label in ["pp", "p"] {
            if tokens.says(start, label) {
                start += if tokens.is(start + 1, '.') { 2 } else { 1 };
                if let Some((end, _)) = pages(tokens, start) {
                    return finish(tokens, locator, start, end);
                }
            }
        }
        locator.end = next;
        return Some(locator);
    }
    let mark = tokens.punctuation(next);
    if mark == Some(':') || mark == Some(',') || mark == Some(';') {
        let start = next + 1;
        // "64, no. 2", "64, (2011)", "6, 3 (1912)"
        if (tokens.says(start, "no") || tokens.says(start, "nos") || tokens.says(start, "iss") || tokens.says(start, "issue"))
            && let Some(rest) = explicit(tokens, start)
        {
            locator.issue = rest.issue;
            return after_issue(tokens, locator, rest.end);
        }
        if let Some((date, end)) = bracketed_date(tokens, start) {
            locator.date = Some(date);
            let start = if matches!(tokens.punctuation(end), Some(':' | ',')) { end + 1 } else { end };
            return match pages(tokens, start).filter(|_| tokens.is_number(start)) {
                Some((after, _)) => finish(tokens, locator, start, after),
                None => closing(locator, end),
            };
        }
        if tokens.is_number(start)
            && tokens.word(start).len() <= 3
            && let Some((date, end)) = bracketed_date(tokens, start + 1)
            && (tokens.is(end, ':') && tokens.is_number(end + 1) || tokens.is(end, ',') && (tokens.says(end + 1, "pp") || tokens.says(end + 1, "p")))
        {
            locator.issue = text(tokens, start, start + 1);
            locator.date = Some(date);
            let mut first = end + 1;
            if !tokens.is_number(first) {
                first += if tokens.is(first + 1, '.') { 2 } else { 1 };
            }
            return match pages(tokens, first) {
                Some((after, _)) => finish(tokens, locator, first, after),
                None => closing(locator, end),
            };
        }
        if tokens.is_word(start) {
            return None;
        }
        let (end, range) = pages(tokens, start)?;
        // "2, 1988": a year after a volume is the year.
        if !range && tokens.year(start).is_some() && mark != Some(':') {
            return Some(Locator { end: next, ..locator }).filter(|_| at > 0 && tokens.is_word(at - 1));
        }
        // A volume, an issue and pages, all after commas: "32, 6, 369–386".
        if !range
            && mark == Some(',')
            && (tokens.is(end, ',') || tokens.is(end, ':'))
            && let Some((after, true)) = pages(tokens, end + 1)
            && !tokens.is_word(end + 1)
        {
            locator.issue = text(tokens, start, end);
            return finish(tokens, locator, end + 1, after);
        }
        return finish(tokens, locator, start, end);
    }
    // "39 129–135", "46 494006 (2013)": bare numbers side by side.
    if tokens.is_number(next) && tokens.space_before(next) {
        let (end, range) = pages(tokens, next)?;
        if (range || tokens.year(next).is_none()) && matches!(tokens.punctuation(end), None | Some('.' | ',' | ';' | '(')) && !tokens.is_word(end) {
            return finish(tokens, locator, next, end);
        }
    }
    None
}

/// "A61" before more numbers: the letter belongs to the periodical, the number is the volume.
fn lettered_volume(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    let mixed = tokens.get(at)?.kind == Kind::Mixed;
    (mixed && word.len() <= 4 && word.as_bytes()[0].is_ascii_uppercase() && word[1..].bytes().all(|b| b.is_ascii_digit())).then_some(at + 1)
}

fn after_issue(tokens: &Tokens, mut locator: Locator, at: usize) -> Option<Locator> {
    let mut next = at;
    let dated = if tokens.is(next, ',') { next + 1 } else { next };
    if let Some((date, end)) = bracketed_date(tokens, dated) {
        locator.date = Some(date);
        next = end;
    }
    if tokens.is(next, ':') || tokens.is(next, ',') {
        let mut start = next + 1;
        if tokens.says(start, "pp") || tokens.says(start, "p") {
            start += if tokens.is(start + 1, '.') { 2 } else { 1 };
        }
        if let Some((end, range)) = pages(tokens, start)
            && !tokens.is_word(start)
            && (range || tokens.year(start).is_none())
        {
            return finish(tokens, locator, start, end);
        }
    }
    locator.end = next;
    Some(locator)
}

/// The pages are known; a date in brackets may follow.
fn finish(tokens: &Tokens, mut locator: Locator, from: usize, to: usize) -> Option<Locator> {
    locator.pages = text(tokens, from, to);
    let to = past_following(tokens, to);
    let pinned = more_pages(tokens, to);
    if pinned > to {
        locator.pinpoint = text(tokens, to + 1, pinned);
    }
    locator.end = pinned;
    if locator.date.is_none() {
        let open = if tokens.is(pinned, ',') { pinned + 1 } else { pinned };
        if let Some((date, end)) = bracketed_date(tokens, open) {
            locator.date = Some(date);
            locator.end = end;
        }
    }
    Some(locator)
}

/// Nothing follows the year. "4379 (1979)": so high a number is a page.
fn closing(mut locator: Locator, end: usize) -> Option<Locator> {
    locator.end = end;
    if locator.issue.is_none() && locator.volume.as_ref().is_some_and(|volume| volume.len() == 4 && volume.bytes().all(|b| b.is_ascii_digit())) {
        locator.pages = locator.volume.take();
    }
    Some(locator)
}

/// Pages alone: a range between borders, "40-62".
pub(super) fn bare_range(tokens: &Tokens, at: usize) -> Option<Locator> {
    let first = tokens.is_number(at) || tokens.get(at).is_some_and(|token| token.kind == Kind::Mixed && tokens.word(at).starts_with(['e', 'E', 'S', 'W', 'R']));
    let (end, range) = pages(tokens, at)?;
    let years = tokens.year(at).is_some() && (tokens.year(end - 1).is_some() || tokens.word(end - 1).len() == 2);
    (first && range && !years).then(|| Locator { end: more_pages(tokens, end), pages: text(tokens, at, end), ..Locator::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String, String, String) {
        let tokens = Tokens::new(text);
        let locator = explicit(&tokens, 0).or_else(|| implicit(&tokens, 0)).unwrap_or_default();
        let date = locator.date.and_then(|date| date.iso).unwrap_or_default();
        (locator.volume.unwrap_or_default(), locator.issue.unwrap_or_default(), locator.pages.unwrap_or_default(), date)
    }

    #[test]
    fn volume_issue_and_pages_in_every_style() {
        for (text, volume, issue, pages, date) in [
            ("64, no. 2 (2011): 1–16.", "64", "2", "1–16", "2011"),
            ("19, no. 3 (Summer 2012): 283–308.", "19", "3", "283–308", "2012"),
            ("8(7):e1001663.", "8", "7", "e1001663", ""),
            ("89(Suppl 3):41–4.", "89", "Suppl 3", "41–4", ""),
            ("32(6), 369-386.", "32", "6", "369-386", ""),
            ("39, 129–135.", "39", "", "129–135", ""),
            ("42, 214024 (2009).", "42", "", "214024", "2009"),
            ("37 (February 1931): 269.", "37", "", "269", "1931-02"),
            ("421 (1999) 234.", "421", "", "234", "1999"),
            ("6, 3 (1912), pp. 601-13", "6", "3", "601-13", "1912"),
            ("12.3 (2012): 45–67.", "12", "3", "45–67", "2012"),
            ("Vol. 68, No. 5", "68", "", "", ""),
            ("IX (Fall, 1967), pp. 70-81", "IX", "", "", "1967"),
        ] {
            assert_eq!(read(text), (volume.into(), issue.into(), pages.into(), date.into()), "{text}");
        }
    }

    #[test]
    fn the_words_of_editions_and_pinpoints() {
        let tokens = Tokens::new("2nd rev. ed., para. 5.11");
        assert_eq!(explicit(&tokens, 0).and_then(|locator| locator.edition).as_deref(), Some("2nd rev. ed."));
        let tokens = Tokens::new("para. 5.11");
        assert_eq!(explicit(&tokens, 0).and_then(|locator| locator.pinpoint).as_deref(), Some("para. 5.11"));
    }
}
