//! Abbreviated names of periodicals before a volume: "J. Stat. Phys. 126", "Nucl. Instrum. Methods Phys. Res., Sect. A 457" (ISO 4; The Bluebook, table T13).
//!
//! Their full stops end nothing, so the name has to be seen as a whole before a reference is cut at its punctuation.

use super::date::{self, Precision};
use super::lexicon::Classes;
use super::role::Roles;
use super::token::{Kind, Tokens};

/// The longest name, in tokens.
const LONGEST: usize = 30;

/// The index after the abbreviated name that begins at token `at`, if numbers follow it as they follow the name of a periodical. `fresh` is true after a
/// border, where a name may begin with any word.
pub(super) fn abbreviated(tokens: &Tokens, at: usize, to: usize, fresh: bool) -> Option<usize> {
    if fresh && let Some(end) = in_capitals(tokens, at, to) {
        return Some(end);
    }
    if !begins(tokens, at, fresh) {
        return None;
    }
    let mut seen = Seen::default();
    let mut next = at;
    while next < to.min(at + LONGEST) {
        let Some(after) = seen.item(tokens, next, next == at) else { break };
        next = after;
    }
    (seen.is_name(fresh) && located(tokens, next, to)).then_some(next)
}

/// "HARBOUR L. REV. BLOG (Oct. 3, 2018)", "N.Y. TIMES (Jan. 3, 2019)": in small capitals a shortened name that a date follows needs no numbers.
fn in_capitals(tokens: &Tokens, at: usize, to: usize) -> Option<usize> {
    const LONGEST: usize = 14;
    if !tokens.is_all_caps(at) {
        return None;
    }
    let (mut next, mut stops, mut words) = (at, 0, 0);
    while next < to.min(at + LONGEST) && (tokens.is_all_caps(next) || tokens.is(next, '&')) {
        words += usize::from(tokens.word(next).len() > 2);
        next += 1;
        if tokens.is(next, '.') {
            stops += 1;
            next += 1;
        }
    }
    let dated = tokens.is(next, '(') && date::date(tokens, next + 1).is_some_and(|date| date.precision >= Precision::Month);
    (dated && stops > 0 && words > 0).then_some(next)
}

/// The first place in the tokens where such a name begins: names of authors stand before it.
pub(super) fn first(tokens: &Tokens) -> Option<usize> {
    (1..tokens.len()).find(|&at| {
        if !tokens.is_capitalised(at) {
            return false;
        }
        let fresh = matches!(tokens.punctuation(at - 1), Some(',' | '.' | ':' | ';' | '”' | '"' | '?'));
        abbreviated(tokens, at, tokens.len(), fresh).is_some()
    })
}

/// A capitalised word with a full stop, "J." among the single letters; after a border also a whole word before such words.
fn begins(tokens: &Tokens, at: usize, fresh: bool) -> bool {
    if !tokens.is_capitalised(at) {
        return false;
    }
    let stopped = tokens.is(at + 1, '.');
    let initial = tokens.is_initial(at);
    // "M. Ward. Combust. Flame": a word after an initial is a family name.
    if at > 1 && !initial && tokens.is(at - 1, '.') && tokens.is_initial(at - 2) && !classes_of_periodicals(tokens, at) {
        return false;
    }
    let letter = matches!(tokens.word(at), "J" | "Z") && stopped && !tokens.is_initial(at + 2);
    let reports = tokens.word(at) == "C" && stopped && tokens.word(at + 2) == "R" && tokens.says(at + 4, "acad");
    let word = !initial && (stopped && !is_label(tokens, at) || fresh && tokens.is_capitalised(at + 1) && !tokens.is_initial(at + 1));
    letter || reports || word
}

/// Words before a number that are no part of a name.
fn is_label(tokens: &Tokens, at: usize) -> bool {
    tokens.has(at, Roles::LABEL)
}

fn classes_of_periodicals(tokens: &Tokens, at: usize) -> bool {
    let classes = tokens.classes(at);
    classes.has(Classes::ABBREV) || classes.has(Classes::JOURNAL) || classes.has(Classes::PERIODICAL)
}

#[derive(Default)]
struct Seen {
    words: u8,
    stopped: u8,
    /// Stopped words that are known to stand in names of periodicals.
    known: u8,
    letters: u8,
}

impl Seen {
    /// Takes one word of the name with what divides it from the next; gives the index after it.
    fn item(&mut self, tokens: &Tokens, at: usize, is_first: bool) -> Option<usize> {
        let joins =
            tokens.is(at, '&') || !is_first && tokens.is_word(at) && matches!(tokens.word(at), "of" | "and" | "in" | "for" | "the" | "de" | "et" | "für");
        if joins && !tokens.says(at + 1, "al") {
            return Some(at + 1);
        }
        // ", Sect. A", ", Ser. B", ": Math. Theor."
        if tokens.is(at, ',') {
            let part = ["sect", "ser", "series", "part"].iter().any(|word| tokens.says(at + 1, word));
            return part.then_some(at + 1);
        }
        if tokens.is(at, ':') {
            let closed = tokens.is(at - 1, '.') || tokens.is_initial(at - 1);
            let more = closed && tokens.is_capitalised(at + 1) && tokens.is(at + 2, '.') && !tokens.is_initial(at + 1) && self.stopped > 0;
            return more.then_some(at + 1);
        }
        if !tokens.is_capitalised(at) || tokens.word(at).chars().count() > 14 || tokens.year(at).is_some() {
            return None;
        }
        let part = matches!(tokens.word(at), "Sect" | "Ser" | "Suppl" | "Series" | "Part" | "Tech" | "Rep");
        if is_label(tokens, at) && !part {
            return None;
        }
        let stopped = tokens.is(at + 1, '.');
        // "J. Ward and C. Lee": a whole word after an initial is a family name, if it is none of those that periodicals have.
        let named = !tokens.is_initial(at) && !stopped && at > 1 && !is_first && tokens.is(at - 1, '.') && tokens.is_initial(at - 2);
        if named && !(classes_of_periodicals(tokens, at)) {
            return None;
        }
        if tokens.is_initial(at) {
            self.letters += 1;
        } else {
            self.words += 1;
            self.stopped += u8::from(stopped);
            self.known += u8::from(stopped && tokens.classes(at).has(Classes::ABBREV));
        }
        if tokens.is_initial(at) && tokens.word(at) == "J" && is_first && stopped {
            self.stopped += 1;
            self.words += 1;
        }
        Some(if stopped { at + 2 } else { at + 1 })
    }

    fn is_name(&self, fresh: bool) -> bool {
        let mostly = self.stopped * 2 >= self.words && self.letters <= self.words + 1;
        mostly && (self.known >= 1 && (self.stopped >= 2 || fresh) || fresh && self.stopped >= 2)
    }
}

/// True if token `at` begins a volume or pages: "126, 1111", "A61", "(1999) 75", "2011, 12, 1", "vol. 3".
fn located(tokens: &Tokens, at: usize, to: usize) -> bool {
    let start = if matches!(tokens.punctuation(at), Some(',' | ':')) { at + 1 } else { at };
    if start >= to {
        return false;
    }
    if ["vol", "volume", "v", "no", "bd"].iter().any(|word| tokens.says(start, word)) {
        return true;
    }
    if matches!(tokens.punctuation(start), Some('(' | '[')) {
        return tokens.year(start + 1).is_some() && matches!(tokens.punctuation(start + 2), Some(')' | ']'));
    }
    let Some(token) = tokens.get(start) else { return false };
    match token.kind {
        Kind::Number if tokens.year(start).is_some() => {
            let next = if matches!(tokens.punctuation(start + 1), Some(';' | ',' | ':')) { start + 2 } else { start + 1 };
            tokens.is_number(next)
        }
        Kind::Number => token.end - token.start <= 6,
        Kind::Mixed => token.end - token.start <= 7,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let tokens = Tokens::new(text);
        let at = first(&tokens)?;
        abbreviated(&tokens, at, tokens.len(), true).map(|end| tokens.slice(at, end))
    }

    #[test]
    fn names_of_iso_4_are_seen_whole() {
        for (text, name) in [
            ("L. Ward, J. Stat. Phys. 126, 1111 (2007)", "J. Stat. Phys."),
            ("L. Ward, K. Lee, Nucl. Instrum. Methods Phys. Res., Sect. A 457 (2001) 187", "Nucl. Instrum. Methods Phys. Res., Sect. A"),
            ("L. Ward, J. Phys. A: Math. Theor. 42, 214024", "J. Phys. A: Math. Theor."),
            ("L. Ward, The rivers of the north, Int. J. of Theor. Phys. 43, 59", "Int. J. of Theor. Phys."),
            ("Rivers of the north J. Phys. A 46 494006", "J. Phys. A"),
            ("Lena Ward, The Rivers of the North, N.Y. TIMES (Jan. 3, 2019)", "N.Y. TIMES"),
            ("Lena Ward, The Rivers of the North, HARBOUR L. REV. BLOG (Oct. 3, 2018)", "HARBOUR L. REV. BLOG"),
        ] {
            assert_eq!(found(text), Some(name), "{text}");
        }
    }

    #[test]
    fn names_of_persons_and_labels_are_none() {
        for text in [
            "L. Ward, J. M. Lee, K. Park 2006, Rivers",
            "Ward L., Lee J., 2006, X",
            "The Harbour Plan, vol. 3, no. 4",
            "Ward, Rivers (London: Harper and Row Ltd. 2006)",
            "Dep. Dir. Gen. Ward, letter, 12 May 2006",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
