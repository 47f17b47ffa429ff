//! Ligatures that a font leaves without a meaning: "de?ne" and "speci?c" are read by the words that they would make.

use std::collections::{BTreeMap, BTreeSet};

use super::font::UNMAPPED;
use crate::ingest::layout::{Glyph, PageGlyphs};

/// Where glyphs without a meaning are kept by their code, in a private plane, until it is known what they are.
const NAMELESS: u32 = 0xf_0000;
/// Letters that are looked at on each side.
const REACH: usize = 12;

/// Ligatures of text fonts, and pieces of frequent words that hold them and nothing that another could stand in.
const LIGATURES: [(&str, &str); 8] = [
    (
        "fi",
        "first find defin benefi specific scientif financ field figur final identif signific confid profi classif qualif certif modif configur notif justif \
         clarif verif firm fiscal fix artific unified pacific simplif fish fire five fight fill fit ratif file fine finger finish refin confine fiber fibre",
    ),
    ("fl", "flow influ conflict reflect flexib float flood flag fluct inflat flight flat flaw fluor fled flee fleet flu inflam flora flour"),
    ("ff", "off effect effort differ affect staff tariff suffer afford buffer affair offer effac cliff"),
    ("ffi", "office offici efficien sufficien difficult affiliat traffic coefficien affirm"),
    ("ffl", "offline affluen baffl shuffl raffl"),
    ("ti", "tion tive ting timat politi time tific entit activit quantit partic critic"),
    ("tt", "committ letter attent matter better little attempt setting written pattern battle settle"),
    ("ft", "after draft left often shift software craft lift gift soft"),
];

/// Stands for the glyph with this code.
#[must_use]
pub fn nameless(code: u32) -> char {
    char::from_u32(NAMELESS + (code & 0xffff)).unwrap_or(UNMAPPED)
}

fn is_nameless(c: char) -> bool {
    c as u32 >= NAMELESS
}

type Key = (u16, char);

/// Puts letters in the place of glyphs without a meaning where the words tell which; what stays unknown is [`UNMAPPED`].
pub fn mend(pages: &mut [PageGlyphs]) {
    let mut contexts: BTreeMap<Key, BTreeSet<(String, String)>> = BTreeMap::new();
    for page in pages.iter() {
        for (at, glyph) in page.glyphs.iter().enumerate().filter(|(_, glyph)| is_nameless(glyph.c)) {
            let of_glyph = contexts.entry((glyph.font, glyph.c)).or_default();
            if of_glyph.len() < 200 {
                of_glyph.insert(context(&page.glyphs, at));
            }
        }
    }
    if contexts.is_empty() {
        return;
    }
    let read: BTreeMap<Key, &str> = contexts.into_iter().filter_map(|(key, contexts)| Some((key, best(&contexts)?))).collect();
    for page in pages.iter_mut().filter(|page| page.glyphs.iter().any(|glyph| is_nameless(glyph.c))) {
        let mut glyphs = Vec::with_capacity(page.glyphs.len() + 64);
        for glyph in &page.glyphs {
            match read.get(&(glyph.font, glyph.c)) {
                Some(letters) => spread(*glyph, letters, &mut glyphs),
                None if is_nameless(glyph.c) => glyphs.push(Glyph { c: UNMAPPED, ..*glyph }),
                None => glyphs.push(*glyph),
            }
        }
        page.glyphs = glyphs;
    }
}

/// The letters before and after a glyph in its word, in small letters.
fn context(glyphs: &[Glyph], at: usize) -> (String, String) {
    let line = glyphs[at].y;
    let letter = |glyph: &&Glyph| glyph.c.is_alphabetic() && !is_nameless(glyph.c) && (glyph.y - line).abs() < 0.5;
    let small = |glyph: &Glyph| glyph.c.to_ascii_lowercase();
    let mut before: Vec<char> = glyphs[..at].iter().rev().take(REACH).take_while(letter).map(small).collect();
    before.reverse();
    (before.into_iter().collect(), glyphs[at + 1..].iter().take(REACH).take_while(letter).map(small).collect())
}

/// The ligature that makes a known word of at least half of the contexts, and of more than any other.
fn best(contexts: &BTreeSet<(String, String)>) -> Option<&'static str> {
    let inside: Vec<_> = contexts.iter().filter(|(before, after)| before.len() + after.len() > 1).collect();
    let count = |ligature: &str, pieces: &str| {
        let known = |(before, after): &&&(String, String)| {
            let word = format!("{before}{ligature}{after}");
            let place = before.len()..before.len() + ligature.len();
            pieces.split_whitespace().any(|piece| word.match_indices(piece).any(|(at, _)| at <= place.start && at + piece.len() >= place.end))
        };
        inside.iter().filter(known).count()
    };
    let counted = LIGATURES.iter().map(|&(ligature, pieces)| (count(ligature, pieces), ligature));
    // Of two that fit as well the first, which is the more frequent one.
    let (count, ligature) = counted.reduce(|most, other| if other.0 > most.0 { other } else { most })?;
    (count > 0 && count * 2 >= inside.len()).then_some(ligature)
}

fn spread(glyph: Glyph, letters: &str, out: &mut Vec<Glyph>) {
    let step = (glyph.x1 - glyph.x0) / letters.len() as f32;
    out.extend(letters.chars().enumerate().map(|(index, c)| {
        let x0 = glyph.x0 + step * index as f32;
        Glyph { c, x0, x1: x0 + step, ..glyph }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::Role;

    fn mended(text: &str) -> String {
        let glyph = |c| Glyph { c, x0: 0.0, x1: 1.0, y: 0.0, size: 10.0, font: 0, role: Role::Content, tint: 0 };
        let glyphs = text.chars().map(|c| glyph(if c == '1' || c == '2' { nameless(c as u32) } else { c })).collect();
        let mut pages = vec![PageGlyphs { glyphs, ..PageGlyphs::default() }];
        mend(&mut pages);
        pages[0].glyphs.iter().map(|glyph| glyph.c).collect()
    }

    #[test]
    fn the_words_tell_the_ligature() {
        assert_eq!(mended("the 1rst speci1c work2ow, and its bene1ts"), "the first specific workflow, and its benefits");
        assert_eq!(mended("a sta1 e1ort"), "a staff effort");
    }

    #[test]
    fn what_makes_no_word_stays_unknown() {
        assert_eq!(mended("1 item"), "\u{fffd} item");
        assert_eq!(mended("the qua1nt ze1zz"), "the qua\u{fffd}nt ze\u{fffd}zz");
    }
}
