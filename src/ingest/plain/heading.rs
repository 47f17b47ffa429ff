//! Which short lines are headings: decided over runs of them, by what stands before and after.

use super::rough::{Piece, Rough, opens_resolution};
use crate::ingest::marker::Form;
use crate::ingest::shape;
use crate::record::SectionKind;
use crate::section::kind::HeadingWords;
use crate::section::numbering::Style;

/// What becomes of a short line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    Subtitle,
    Heading,
    /// A number that stands above the heading that follows.
    HeadingNumber,
    Contents,
    Item,
    /// An entry of a reference list or a note.
    Entry,
    Byline,
    None,
}

/// Where a reader is in the document, which changes what a short line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    Body,
    /// Below "References" or "Notes"; true if its entries are numbered.
    Apparatus {
        numbered: bool,
    },
    /// Below "About the author".
    About,
}

/// Gives a role to every piece; `None` for those that are not short lines or stay what they are.
#[must_use]
pub fn roles(pieces: &[Piece]) -> Vec<Role> {
    let mut roles = vec![Role::None; pieces.len()];
    let from = front(pieces, &mut roles);
    contents(pieces, from, &mut roles);
    let mut zone = Zone::Body;
    let mut at = 0;
    while at < pieces.len() {
        let piece = &pieces[at];
        if roles[at] != Role::None || !is_candidate(piece) {
            if let Zone::Apparatus { .. } = zone
                && roles[at] == Role::None
                && matches!(piece.rough, Rough::Short | Rough::Field | Rough::Byline)
            {
                roles[at] = Role::Entry;
            }
            at += 1;
            continue;
        }
        let run = run_from(pieces, &roles, at);
        match zone {
            Zone::Apparatus { numbered } => in_apparatus(pieces, &run, numbered, &mut roles),
            Zone::About => in_body(pieces, &run, true, &mut roles),
            Zone::Body => in_body(pieces, &run, false, &mut roles),
        }
        for &index in &run {
            if roles[index] == Role::Heading && repeats_title(pieces, &roles, index) {
                roles[index] = Role::None;
            }
        }
        // The zone is that of the last heading in the run.
        for &index in &run {
            if roles[index] == Role::Heading {
                zone = zone_of(pieces, index);
            }
        }
        at = run.last().map_or(at, |&last| last) + 1;
    }
    numbered_lists(pieces, &mut roles);
    roles
}

fn is_candidate(piece: &Piece) -> bool {
    piece.rough == Rough::Short
}

/// A contents heading that lists nothing is a link; the real ones were found before.
fn is_contents_link(piece: &Piece) -> bool {
    piece.named == Some(SectionKind::Contents) && piece.underlined.is_none()
}

/// Lines that do not part a heading from its text.
fn is_passed_over(piece: &Piece) -> bool {
    matches!(piece.rough, Rough::Furniture | Rough::Rule | Rough::Boilerplate)
}

/// The short lines from `at` on with no other block between.
fn run_from(pieces: &[Piece], roles: &[Role], at: usize) -> Vec<usize> {
    let mut run = Vec::new();
    for (index, piece) in pieces.iter().enumerate().skip(at) {
        if is_candidate(piece) && roles[index] == Role::None {
            run.push(index);
        } else if !is_passed_over(piece) {
            break;
        }
        // What stands below "References" is judged as such.
        let lists_works = matches!(piece.named, Some(SectionKind::References | SectionKind::Notes));
        if lists_works && pieces.get(index + 1).is_some_and(|next| shape::is_reference(next.text)) {
            break;
        }
        // Longer runs are lists or tables; what follows is judged as a run of its own.
        if run.len() >= 64 {
            break;
        }
    }
    run
}

/// The next piece after `index` that is not furniture.
fn next(pieces: &[Piece], index: usize) -> Option<usize> {
    (index + 1..pieces.len()).take(40).find(|&next| !is_passed_over(&pieces[next]))
}

/// The next piece that is more than the number of a paragraph on a line of its own.
fn text_below(pieces: &[Piece], index: usize) -> Option<usize> {
    let is_number = |index: usize| pieces[index].rough == Rough::Number && pieces[index].text.ends_with('.');
    let mut below = next(pieces, index);
    for _ in 0..4 {
        match below {
            Some(number) if is_number(number) => below = next(pieces, number),
            _ => break,
        }
    }
    below
}

fn previous(pieces: &[Piece], index: usize) -> Option<usize> {
    (0..index).rev().take(40).find(|&previous| !is_passed_over(&pieces[previous]))
}

fn is_text(piece: &Piece) -> bool {
    matches!(piece.rough, Rough::Prose | Rough::Item)
}

/// A line that is a heading wherever it stands alone: by its words, its number or its underlining.
fn is_strong(piece: &Piece) -> bool {
    piece.named.is_some() || piece.underlined.is_some()
}

fn has_number(piece: &Piece) -> bool {
    piece.number.is_some_and(|number| !number.bare || piece.named.is_some())
}

/// The head of the document: title, subtitle, authors, date. Gives where the body begins.
fn front(pieces: &[Piece], roles: &mut [Role]) -> usize {
    let Some(first) = pieces.iter().position(|piece| {
        !is_passed_over(piece) && !is_code(piece) && !matches!(piece.rough, Rough::Date | Rough::Byline | Rough::Number | Rough::Field | Rough::Row)
    }) else {
        return 0;
    };
    let title = &pieces[first];
    if title.rough != Rough::Short || title.named.is_some_and(|kind| kind != SectionKind::Body) {
        return 0;
    }
    // A chapter's number above it, or words that tell a function with the text right below: a fragment that begins with a heading.
    let under_number = first.checked_sub(1).is_some_and(|above| {
        pieces[above].rough == Rough::Number && !title.after_blank && pieces[above].page == title.page && pieces.last().is_some_and(|last| last.page == 1)
    });
    let tells = HeadingWords::built_in().kind(title.text).is_some_and(|rule| rule.kind == SectionKind::Recommendations);
    if under_number || tells && next(pieces, first).is_some_and(|next| is_text(&pieces[next])) {
        return 0;
    }
    let repeated = pieces[first + 1..].iter().take(30).any(|piece| piece.rough == Rough::Short && same_words(piece.text, title.text));
    if has_number(title) && !repeated {
        return 0;
    }
    roles[first] = Role::Title;
    let mut at = first + 1;
    // A title may run over several lines in the same letters.
    while let Some(piece) = pieces.get(at).filter(|piece| {
        let goes_on = !piece.after_blank || title.shape.all_capitals && pieces[at - 1].text.ends_with(':');
        piece.rough == Rough::Short && goes_on && !is_strong(piece) && !has_number(piece)
    }) {
        let runs_on = title.shape.all_capitals && piece.shape.all_capitals || shape::ends_open(pieces[at - 1].text);
        if !runs_on {
            break;
        }
        roles[at] = Role::Title;
        at += 1;
    }
    // Between title and the first text: a line above a byline or date is a subtitle.
    let head_end = (at..pieces.len()).find(|&index| is_text(&pieces[index]) || is_strong(&pieces[index]) || has_number(&pieces[index])).unwrap_or(pieces.len());
    let byline = (at..head_end.min(at + 12)).find(|&index| matches!(pieces[index].rough, Rough::Byline | Rough::Date));
    if let Some(byline) = byline {
        for role in roles.iter_mut().take(byline).skip(at) {
            *role = Role::Subtitle;
        }
        if byline - at > 3 {
            roles[at..byline].fill(Role::None);
        }
    }
    // A name alone between the title and the first heading is that of the author.
    if let Some(piece) = pieces.get(at)
        && piece.rough == Rough::Short
        && roles[at] == Role::None
        && piece.named.is_none()
        && shape::may_be_name(piece.text)
        && next(pieces, at).is_some_and(|below| is_strong(&pieces[below]) && pieces[below].rough == Rough::Short)
    {
        roles[at] = Role::Byline;
        at += 1;
    }
    at
}

/// "FAC PN 33 (05-06)", "EUCO 25/24": the number of a document, in capitals and digits.
fn is_code(piece: &Piece) -> bool {
    piece.shape.digits >= 2 && piece.shape.words <= 6 && !piece.text.contains(char::is_lowercase) && piece.named.is_none() && piece.number.is_none()
}

/// A line of the title that stands again, on a cover page or at the head of the summary.
fn repeats_title(pieces: &[Piece], roles: &[Role], index: usize) -> bool {
    let piece = &pieces[index];
    let mut titles = pieces.iter().zip(roles).take(40).filter(|(_, role)| **role == Role::Title);
    !is_strong(piece) && !has_number(piece) && titles.any(|(title, _)| same_words(title.text, piece.text))
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}

/// Lines below a heading "Contents" that list what comes.
fn contents(pieces: &[Piece], from: usize, roles: &mut [Role]) {
    let mut at = from;
    // More than a few lists of contents are no lists of contents; the bound keeps hostile input linear.
    let mut lists = 0;
    while at < pieces.len() && lists < 6 {
        if pieces[at].named != Some(SectionKind::Contents) {
            at += 1;
            continue;
        }
        lists += 1;
        let Some(first) = next(pieces, at) else { return };
        let first_words = entry_words(pieces[first].text);
        let mut entries = 0;
        let mut index = first;
        while let Some(piece) = pieces.get(index) {
            let lists = matches!(piece.rough, Rough::Short | Rough::Contents | Rough::Number | Rough::Row | Rough::Field | Rough::Furniture | Rough::Caption)
                || piece.rough == Rough::Item && piece.text.len() < 120 && !shape::ends_with_stop(piece.text);
            let repeats = entries > 0 && same_words(entry_words(piece.text), first_words);
            if !lists || repeats {
                break;
            }
            entries += 1;
            index += 1;
        }
        // The list ends with the last line that has a page number or occurs again as a heading; what follows is the paper.
        let listed =
            (first..index).rev().find(|&entry| pieces[entry].rough == Rough::Contents || ends_with_page(pieces[entry].text) || recurs(pieces, entry, index));
        let end = listed.map_or(at + 1, |last| last + 1);
        for entry in first..end {
            if !matches!(pieces[entry].rough, Rough::Furniture) {
                roles[entry] = Role::Contents;
            }
        }
        if end > at + 1 {
            roles[at] = Role::Heading;
        }
        at = end.max(at + 1);
    }
}

/// Whether the words of a contents line stand again, within reach, as a line of their own after `from`.
fn recurs(pieces: &[Piece], entry: usize, from: usize) -> bool {
    let words = entry_words(pieces[entry].text);
    pieces.iter().skip(from).take(200).any(|piece| piece.rough == Rough::Short && same_words(piece.text, words))
}

/// A contents line without its page number.
fn entry_words(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '…' | '_'))
}

fn ends_with_page(text: &str) -> bool {
    let words = entry_words(text);
    words.len() < text.len() && text.ends_with(|c: char| c.is_ascii_digit())
}

fn zone_of(pieces: &[Piece], heading: usize) -> Zone {
    match pieces[heading].named {
        Some(SectionKind::References | SectionKind::Notes) => {
            // "M. Ward" begins with an initial, not with a label.
            let is_label = |form| !matches!(form, Form::Bullet(_) | Form::Letter | Form::Roman);
            let numbered = next(pieces, heading).is_some_and(|index| pieces[index].marker.is_some_and(|marker| is_label(marker.form)));
            Zone::Apparatus { numbered }
        }
        Some(SectionKind::About) => Zone::About,
        _ => Zone::Body,
    }
}

/// Below "References" every line is an entry, until a line that cannot be one.
fn in_apparatus(pieces: &[Piece], run: &[usize], numbered: bool, roles: &mut [Role]) {
    for (place, &index) in run.iter().enumerate() {
        let piece = &pieces[index];
        let next = next(pieces, index).map(|next| &pieces[next]);
        let above_text = next.is_some_and(|next| next.rough == Rough::Prose && !next.text.starts_with(char::is_lowercase) && next.marker.is_none());
        let plain_words = piece.shape.digits == 0 && piece.marker.is_none() && !piece.text.contains(['“', '"', '(', '/']);
        let numbered = numbered && !shape::is_reference(piece.text);
        let ends_zone = piece.named.is_some()
            || piece.number.is_some_and(|number| number.style == Style::Annex)
            || numbered && above_text && plain_words && place + 1 == run.len() && piece.shape.is_title_case()
            || numbered
                && above_text
                && piece.marker.is_none()
                && piece.shape.digits <= 4
                && piece.shape.is_title_case()
                && place + 1 == run.len()
                && !piece.text.contains(['“', '"', '/']);
        if ends_zone {
            // What follows in the run is no longer under "References".
            roles[index] = Role::Heading;
            return in_body(pieces, &run[place + 1..], false, roles);
        }
        roles[index] = Role::Entry;
    }
}

fn in_body(pieces: &[Piece], run: &[usize], about: bool, roles: &mut [Role]) {
    let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return };
    let follows = text_below(pieces, last).map(|index| &pieces[index]);
    let before = previous(pieces, first).map(|index| &pieces[index]);
    let after_lead = before.is_some_and(|before| before.rough == Rough::Prose && before.text.ends_with(':'));
    let heads_text =
        follows.is_some_and(|next| is_text(next) || matches!(next.rough, Rough::Byline | Rough::Date | Rough::Row | Rough::Contents) && run.len() <= 2);
    if after_lead && run.len() >= 2 && run.iter().all(|&index| !is_strong(&pieces[index]) && !has_number(&pieces[index])) {
        // Items without marks: all save a last one that heads the text below.
        let last_heads = heads_text && pieces[last].after_blank && run.len() > 2 && pieces[last].shape.is_title_case() && !pieces[first].shape.is_title_case();
        for &index in &run[..run.len() - usize::from(last_heads)] {
            roles[index] = Role::Item;
        }
        if last_heads {
            roles[last] = Role::Heading;
        }
        return;
    }
    for (place, &index) in run.iter().enumerate() {
        let piece = &pieces[index];
        let is_last = place + 1 == run.len();
        if about && place == 0 && !is_strong(piece) && !piece.after_blank && piece.shape.words <= 5 && !is_last {
            roles[index] = Role::Byline;
            continue;
        }
        let lists_tags = place.checked_sub(1).is_some_and(|above| heads_tags(&pieces[run[above]]));
        if lists_tags && !is_strong(piece) && !has_number(piece) {
            continue;
        }
        let heading = if is_last && heads_text {
            heads(pieces, index, before.filter(|_| run.len() == 1), follows)
        } else {
            stands_in_run(pieces, run, place) || breaks_off(pieces, run)
        };
        if heading {
            roles[index] = Role::Heading;
        }
    }
    if let Some(number) = first
        .checked_sub(1)
        .filter(|&above| pieces[above].rough == Rough::Number && roles[first] == Role::Heading && !pieces[first].after_blank && pieces[first].number.is_none())
    {
        roles[number] = Role::HeadingNumber;
    }
}

/// "Related Topics", "Tags": a name over the links of a page, which stand in the next line.
fn heads_tags(piece: &Piece) -> bool {
    const NAMES: [&str; 7] = ["keywords", "programs", "regions", "related content", "related topics", "tags", "topics"];
    piece.named == Some(SectionKind::Boilerplate) && NAMES.iter().any(|name| piece.text.trim_end_matches(':').eq_ignore_ascii_case(name))
}

/// Whether a short line directly above running text is its heading.
fn heads(pieces: &[Piece], index: usize, before: Option<&Piece>, follows: Option<&Piece>) -> bool {
    let piece = &pieces[index];
    // A list of contents would have been found before.
    if is_contents_link(piece) && follows.is_some_and(|follows| follows.rough == Rough::Prose) {
        return false;
    }
    if is_strong(piece) || has_number(piece) {
        return true;
    }
    let Some(follows) = follows else { return false };
    if follows.text.starts_with(char::is_lowercase) && follows.marker.is_none() {
        return false;
    }
    // "The following are needed:" above a list introduces it.
    if piece.text.ends_with(':') && (follows.rough == Rough::Item || piece.shape.words > 3) {
        return false;
    }
    let looks = piece.shape.is_title_case() || piece.shape.all_capitals;
    let divided =
        piece.after_blank || looks || before.is_none_or(|before| shape::ends_sentence(before.text) || before.rough != Rough::Prose || is_unwrapped(before));
    let short_enough = piece.shape.words <= if looks { 24 } else { 15 };
    divided && short_enough && (looks || piece.after_blank || follows.text.len() > 2 * piece.text.len() || opens_resolution(follows.text))
}

/// True for "4.1 Rivers" below "4 Waters".
fn is_part_of(below: &Piece, above: &Piece) -> bool {
    let (Some(part), Some(whole)) = (below.number, above.number) else { return false };
    part.number.strip_prefix(whole.number).is_some_and(|rest| rest.starts_with('.')) && matches!(part.style, Style::Decimal(_) | Style::Mixed(_))
}

/// A paragraph in one long line: where each line is a paragraph, a line end divides as a blank line does.
fn is_unwrapped(piece: &Piece) -> bool {
    piece.last == piece.first + 1 && piece.text.len() > 250
}

/// Whether a short line above other short lines is a heading: a parent above its first child, or a name that needs no text to be one.
fn stands_in_run(pieces: &[Piece], run: &[usize], place: usize) -> bool {
    let piece = &pieces[run[place]];
    let followed_by_blank = run.get(place + 1).is_none_or(|&next| pieces[next].after_blank);
    if is_contents_link(piece) {
        return false;
    }
    if is_strong(piece) {
        let heads_notes = || next(pieces, run[place]).is_none_or(|below| pieces[below].marker.is_some() || shape::is_reference(pieces[below].text));
        return run.len() <= 12 && (piece.named != Some(SectionKind::Notes) || piece.underlined.is_some() || heads_notes());
    }
    if run.get(place + 1).is_some_and(|&below| is_part_of(&pieces[below], piece)) && run.len() <= 4 {
        return true;
    }
    if place == 0 && piece.shape.all_capitals && piece.after_blank && run.len() <= 12 {
        // "MORE IN SPORT" over links.
        let links = HeadingWords::built_in().kind(piece.text).is_some_and(|rule| rule.kind == SectionKind::Boilerplate);
        if links && !followed_by_blank {
            return true;
        }
    }
    let heads_text = run.last().and_then(|&last| next(pieces, last)).is_some_and(|next| is_text(&pieces[next]));
    if has_number(piece) {
        return heads_text && run.len() <= 4;
    }
    if place == 0 && run.len() == 2 && piece.after_blank && is_named_by_number(piece.text) {
        return heads_text;
    }
    if stands_apart(pieces, run, place) {
        return true;
    }
    // "TEN CORE RULES:" between a numbered heading and the first of those below it.
    if piece.shape.all_capitals && place > 0 && place + 1 < run.len() && run.len() <= 4 && piece.after_blank && followed_by_blank {
        let numbered = |place: usize| run.get(place).is_some_and(|&index| has_number(&pieces[index]) || is_labelled(pieces[index].text));
        return heads_text && numbered(place - 1) && numbered(place + 1);
    }
    // A line that says for whom its recommendations are stands over what they concern.
    if heads_text
        && place + 2 >= run.len()
        && piece.after_blank
        && followed_by_blank
        && piece.shape.words <= 10
        && HeadingWords::built_in().kind(piece.text).is_some_and(|rule| rule.kind == SectionKind::Recommendations)
    {
        return true;
    }
    // Below a heading that its words tell, a short line apart from others is one too, whatever its capitals.
    let below_strong = || place > 0 && is_strong(&pieces[run[0]]) && piece.shape.words <= 6 && piece.shape.digits == 0;
    let looks = piece.shape.is_title_case() || piece.shape.all_capitals || below_strong();
    heads_text && looks && piece.after_blank && followed_by_blank && (run.len() == 2 || run.len() == 3 && is_strong(&pieces[run[0]]))
}

/// "AREA 3: PORTS": words that end in a number before a colon.
fn is_labelled(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, _)| label.len() <= 40 && label.contains(' ') && label.ends_with(|c: char| c.is_ascii_digit()))
}

/// True for a line in capitals with which a text ends: a fragment that breaks off after a heading.
fn breaks_off(pieces: &[Piece], run: &[usize]) -> bool {
    let &[index] = run else { return false };
    let piece = &pieces[index];
    piece.shape.all_capitals
        && piece.shape.words >= 2
        && piece.after_blank
        && next(pieces, index).is_none()
        && previous(pieces, index).is_some_and(|before| is_text(&pieces[before]))
}

/// What stands further away, in pieces, has nothing to do with a title.
const NEAR: usize = 60;

/// True for a title of many words that stands apart from all around it, as over an entry of a list; a second one beside it makes both links.
fn stands_apart(pieces: &[Piece], run: &[usize], place: usize) -> bool {
    let is_long = |index: usize| {
        let piece = &pieces[index];
        let closed = pieces.get(index + 1).is_some_and(|next| next.after_blank);
        piece.after_blank && closed && piece.shape.is_title_case() && (7..=24).contains(&piece.shape.words)
    };
    let beside = |other: Option<usize>| other.and_then(|other| run.get(other)).is_some_and(|&other| is_long(other));
    // One that stands before all text and has none like it below is the title of the document.
    let after_text = || (0..run[place]).rev().take(NEAR).any(|before| is_text(&pieces[before]));
    let is_one_of_several = || (run[place] + 1..pieces.len()).take(NEAR).any(is_long);
    is_long(run[place]) && !beside(place.checked_sub(1)) && !beside(Some(place + 1)) && place + 1 < run.len() && (after_text() || is_one_of_several())
}

/// "Decision 3/CP.20", "Resolution 74/132": a word and a symbol with digits, which a title follows.
fn is_named_by_number(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(word, symbol)| {
        word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic()) && symbol.starts_with(|c: char| c.is_ascii_digit()) && !symbol.contains(' ')
    })
}

/// Numbered short lines that count up one after the other are a list, not headings: between headings there is text.
fn numbered_lists(pieces: &[Piece], roles: &mut [Role]) {
    let mut at = 0;
    while at < pieces.len() {
        let mut end = at + 1;
        while end < pieces.len() && counts_on(&pieces[end - 1], &pieces[end]) {
            end += 1;
        }
        if end - at >= 2 {
            for index in at..end {
                // Nothing stands between those within, whatever they name: a trail of links, a list of contents.
                let may_name = pieces[index].named.is_some() && (end - at < 4 || index + 1 == end);
                if pieces[index].rough == Rough::Short && !may_name && matches!(roles[index], Role::Heading | Role::None) {
                    roles[index] = Role::Item;
                }
            }
        }
        at = end;
    }
}

/// True if the second is the next item after the first: same form of number, one higher.
fn counts_on(first: &Piece, second: &Piece) -> bool {
    let (Some(a), Some(b)) = (first.marker, second.marker) else { return false };
    if a.form != b.form {
        return false;
    }
    match (a.label.parse::<u32>(), b.label.parse::<u32>()) {
        (Ok(x), Ok(y)) => y == x + 1,
        _ => a.label.len() == 1 && b.label.len() == 1 && b.label.as_bytes()[0] == a.label.as_bytes()[0].wrapping_add(1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn headings(source: &str) -> Vec<String> {
        let document = read(source.to_owned());
        document.blocks.iter().filter(|block| block.kind.is_heading()).map(|block| document.text(block.span).to_owned()).collect()
    }

    const TEXT: &str = "The mayors of the towns on the southern river were not asked, and they protested against it.";

    #[test]
    fn resolutions_named_by_number() {
        let source =
            format!("Ports in the North\n\n{TEXT}\n\nDecision 3/PA.20\nOpening of ports\nThe Ports Assembly,\nRecalling its earlier decision,\n1. {TEXT}\n");
        assert_eq!(headings(&source), ["Decision 3/PA.20", "Opening of ports"]);
        assert!(is_named_by_number("Resolution 74/132") && !is_named_by_number("Over 74 ports") && !is_named_by_number("Ports"));
    }

    #[test]
    fn a_name_between_title_and_first_heading_is_no_heading() {
        assert_eq!(headings(&format!("Ports of the North\n\nMary Miller\n\nIntroduction\n\n{TEXT}\n")), ["Introduction"]);
    }

    #[test]
    fn capitals_between_numbered_headings_and_words_for_whom_advice_is() {
        let source = format!(
            "III. PORTS AND RAILS\n\nIII.1 PORTS\n\nTWO CORE RULES:\n\n1. Open the ports\n{TEXT}\n\n2. Clean the ports\n{TEXT}\n\nIV. LAKES\n\n{TEXT}\n"
        );
        assert_eq!(headings(&source), ["PORTS AND RAILS", "PORTS", "TWO CORE RULES:", "Open the ports", "Clean the ports", "LAKES"]);
        let advice = format!("Ports\n\n{TEXT}\n\nRecommendations to the council of the north\n\nOpening of ports\n\n{TEXT}\n");
        assert_eq!(headings(&advice), ["Recommendations to the council of the north", "Opening of ports"]);
    }

    #[test]
    fn links_of_a_page_are_no_headings() {
        assert_eq!(headings(&format!("Ports of the North\n\nRelated Topics\n\nFerries Harbour Lakes\n\n{TEXT}\n")), ["Related Topics"]);
        let trail = format!("1. Top\n2. Policy Proposals\n3. Regional Ports\n4. Northern Ports\n\nPorts\n\n{TEXT}\n");
        assert!(!headings(&trail).contains(&"Policy Proposals".to_owned()));
    }

    #[test]
    fn a_numeral_before_the_name_of_a_section_is_no_initial() {
        assert_eq!(headings(&format!("Ports of the North\n\nJane Roe, Dr. John Doe, & Mary Miller\n\nI. INTRODUCTION\n\n{TEXT}\n")), ["INTRODUCTION"]);
    }

    #[test]
    fn running_headers_of_a_text_without_pages() {
        let source =
            format!("Ports    3\n\nSummary\n\n{TEXT}\n\n4 Ports and Lakes\n\n{TEXT}\n\nPorts and Lakes     5\n\n{TEXT}\n\n6 Ports and Lakes\n\n{TEXT}\n");
        assert_eq!(headings(&source), ["Summary"]);
    }

    #[test]
    fn a_fragment_may_break_off_after_a_heading() {
        assert_eq!(headings(&format!("Ports of the North\n\nSummary\n\n{TEXT}\n\nTHE LAKES ARE FULL\n")), ["Summary", "THE LAKES ARE FULL"]);
    }

    #[test]
    fn titles_over_the_entries_of_a_list() {
        let entry = |title: &str| format!("{title}\n\nShow\n1 Open Entry\nPort Authority\n\n{TEXT}\n\n");
        let source = format!(
            "Ports\n\n{}{}",
            entry("Northern Ports: Mayors Need to Improve the Design of Ferries"),
            entry("Lakes: The Council Should Clean the Southern Lakes")
        );
        assert_eq!(headings(&source)[0], "Northern Ports: Mayors Need to Improve the Design of Ferries");
    }

    #[test]
    fn the_title_of_a_report_below_its_mast_head_is_no_heading_of_a_section() {
        let head = "OFFICE OF PORTS\nNorthern Authority\n\nReport No. 12-A                          August 2025\n\n\n";
        let source = format!("{head}Open or Shut: Preparing the Northern Ports for the Winter\n\n\nSUMMARY\n\n{TEXT}\n");
        assert_eq!(headings(&source), ["SUMMARY"]);
    }

    #[test]
    fn a_short_line_between_a_telling_heading_and_the_first_of_its_text() {
        let source = format!("Ports of the North\n\nConclusions and recommendations\n\nWorking practices\n\nFollow-up activities\n\n1. {TEXT}\n");
        assert_eq!(headings(&source), ["Conclusions and recommendations", "Working practices", "Follow-up activities"]);
    }

    #[test]
    fn hashes_that_a_text_kept_from_its_mark_up() {
        assert_eq!(headings(&format!("Ports of the North\n{TEXT}\n##Response of the mayors to “Ports”\n{TEXT}\n")), ["Response of the mayors to “Ports”"]);
    }

    #[test]
    fn letters_on_lines_of_their_own_number_headings() {
        let source = format!("Ports in the North\n\nA.\n\nRivers\n\n{TEXT}\n\nB.\n\nLakes\n\n{TEXT}\n");
        assert_eq!(headings(&source), ["Rivers", "Lakes"]);
    }
}
