//! What a section is for, from the words of its heading.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use crate::record::SectionKind;
use crate::rule::RuleSet;

/// The words that headings use, compiled from the built-in rules. Ingestion reads it too: a line that says "Conclusion" is a heading wherever it stands alone.
static BUILT_IN: LazyLock<HeadingWords> = LazyLock::new(|| RuleSet::built_in().map(|rules| HeadingWords::compile(&rules)).unwrap_or_default());

/// A kind and the id of the rule that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRule {
    pub kind: SectionKind,
    pub rule: String,
}

/// Cues of all `heading-words` rules.
#[derive(Debug, Default)]
pub struct HeadingWords {
    rules: Vec<KindRule>,
    whole: HashMap<String, usize>,
    /// The first words of whole cues: most lines begin with another and need no further look.
    openers: HashSet<Opener>,
    /// The length of the longest whole cue.
    longest: usize,
    /// Cues with stars: the words between the stars, and the rule's index.
    open: Vec<(Vec<String>, usize)>,
    /// The cues of `open`, by index, that begin with a word; by that word.
    by_first: HashMap<String, Vec<usize>>,
    /// Those of the others that end with a word; by that word.
    by_last: HashMap<String, Vec<usize>>,
    /// Those that neither begin nor end with a word.
    by_none: Vec<usize>,
}

impl HeadingWords {
    /// The built-in words.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Compiles the rules of kind `heading-words`; a rule whose id names no kind of section is left out.
    #[must_use]
    pub fn compile(rules: &RuleSet) -> Self {
        let mut words = Self { openers: ARTICLES.into_iter().filter_map(opener).collect(), ..Self::default() };
        for (_, rule) in rules.of_kind("section", "heading-words") {
            let Some(kind) = rule.id.rsplit('.').next().and_then(kind_named) else { continue };
            let index = words.rules.len();
            words.rules.push(KindRule { kind, rule: rule.id.clone() });
            for cue in &rule.cues {
                if cue.contains('*') {
                    words.add_open(cue.split('*').map(normalised).collect(), index);
                } else {
                    let cue = normalised(cue);
                    words.openers.extend(opener(&cue));
                    words.longest = words.longest.max(cue.len());
                    words.whole.entry(cue).or_insert(index);
                }
            }
        }
        words
    }

    fn add_open(&mut self, cue: Vec<String>, rule: usize) {
        let at = self.open.len();
        let first = cue.first().and_then(|words| words.split(' ').next()).unwrap_or_default();
        let last = cue.last().and_then(|words| words.rsplit(' ').next()).unwrap_or_default();
        match (first, last) {
            ("", "") => self.by_none.push(at),
            ("", last) => self.by_last.entry(last.to_owned()).or_default().push(at),
            (first, _) => self.by_first.entry(first.to_owned()).or_default().push(at),
        }
        self.open.push((cue, rule));
    }

    /// The kind that the words of a heading name, without its number.
    #[must_use]
    pub fn kind(&self, heading: &str) -> Option<&KindRule> {
        if heading.len() > 200 {
            return None;
        }
        let heading = normalised(heading);
        self.exact(&heading).or_else(|| self.fitting(&heading))
    }

    /// The first of the cues with stars that the heading fits.
    fn fitting(&self, heading: &str) -> Option<&KindRule> {
        let first = heading.split(' ').next().and_then(|word| self.by_first.get(word));
        let last = heading.rsplit(' ').next().and_then(|word| self.by_last.get(word));
        let fits = |cues: &Vec<usize>| cues.iter().copied().find(|&cue| fits(heading, &self.open[cue].0));
        let found = [first, last, Some(&self.by_none)].into_iter().flatten().filter_map(fits).min()?;
        self.rules.get(self.open[found].1)
    }

    /// The kind if the whole heading is a cue.
    #[must_use]
    pub fn whole(&self, heading: &str) -> Option<SectionKind> {
        if heading.len() > 100 || opener(heading).is_some_and(|opener| !self.openers.contains(&opener)) {
            return None;
        }
        self.exact(&normalised(heading)).map(|rule| rule.kind)
    }

    fn exact(&self, heading: &str) -> Option<&KindRule> {
        if heading.len() > self.longest + ARTICLES[0].len() {
            return None;
        }
        let bare = || ARTICLES.iter().find_map(|article| heading.strip_prefix(article)).and_then(|bare| self.whole.get(bare));
        self.whole.get(heading).or_else(bare).and_then(|&index| self.rules.get(index))
    }
}

/// What may stand before a cue.
const ARTICLES: [&str; 2] = ["the ", "our "];

/// The first letters of the first word in lower case: enough to tell that a line is no cue.
type Opener = [u8; 16];

/// The opener of a text; none if it holds other letters than those of ASCII, and for a text without any.
fn opener(text: &str) -> Option<Opener> {
    let mut opener = [0; 16];
    let mut length = 0;
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => *opener.get_mut(length)? = byte.to_ascii_lowercase(),
            b'\'' => continue,
            _ if byte >= 0x80 => return None,
            _ if length > 0 => break,
            _ => continue,
        }
        length += 1;
        if length == opener.len() {
            break;
        }
    }
    (length > 0).then_some(opener)
}

fn kind_named(name: &str) -> Option<SectionKind> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// Lower case, words divided by one space, nothing else; apostrophes vanish ("what's" is "whats").
fn normalised(text: &str) -> String {
    if text.is_ascii() {
        return normalised_ascii(text);
    }
    let mut out = Vec::with_capacity(text.len() + 1);
    let mut gap = false;
    let mut letters = [0; 4];
    let mut rest = text;
    while let Some(&byte) = rest.as_bytes().first() {
        let c = if byte < 0x80 { char::from(byte) } else { rest.chars().next().unwrap_or_default() };
        rest = &rest[c.len_utf8()..];
        if matches!(c, '\'' | '’' | '‘') {
            continue;
        }
        let is_part = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
        if !is_part {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push(b' ');
        }
        if c.is_ascii() {
            out.push(byte.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut letters).as_bytes()));
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// [`normalised`] for most headings.
fn normalised_ascii(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 1);
    let mut gap = false;
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() {
            if std::mem::take(&mut gap) && !out.is_empty() {
                out.push(b' ');
            }
            out.push(byte.to_ascii_lowercase());
        } else {
            gap |= byte != b'\'';
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// True if the heading is the cue with words of any number in the place of its stars, at least one for each star between or beside words.
fn fits(heading: &str, cue: &[String]) -> bool {
    let (Some(first), Some(last)) = (cue.first(), cue.last()) else { return false };
    let mut rest = heading;
    if !first.is_empty() {
        let Some(after) = rest.strip_prefix(first.as_str()) else { return false };
        rest = after;
        if !rest.is_empty() && !rest.starts_with(' ') {
            return false;
        }
    }
    for middle in cue.get(1..cue.len().saturating_sub(1)).unwrap_or_default() {
        let Some(at) = find_words(rest, middle) else { return false };
        rest = &rest[at + middle.len()..];
    }
    last.is_empty() || rest.strip_suffix(last.as_str()).is_some_and(|before| before.ends_with(' '))
}

fn find_words(text: &str, words: &str) -> Option<usize> {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let mut starts = std::iter::once(0).chain(memchr::memchr_iter(b' ', text).map(|space| space + 1));
    starts.find(|&at| text[at..].strip_prefix(words).is_some_and(|rest| rest.first().is_none_or(|&byte| byte == b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(heading: &str) -> Option<SectionKind> {
        HeadingWords::built_in().kind(heading).map(|rule| rule.kind)
    }

    #[test]
    fn whole_headings_go_first() {
        assert_eq!(kind("What should be done?"), Some(SectionKind::Recommendations));
        assert_eq!(kind("Introduction and summary"), Some(SectionKind::Introduction));
        assert_eq!(kind("EXECUTIVE SUMMARY"), Some(SectionKind::Summary));
        assert_eq!(kind("What GAO Found"), Some(SectionKind::Summary));
        assert_eq!(kind("The Conclusion"), Some(SectionKind::Conclusion));
    }

    #[test]
    fn a_line_that_begins_with_no_cue_is_none_whatever_its_letters() {
        let whole = |line: &str| HeadingWords::built_in().whole(line);
        assert_eq!(whole("— ‘Acknowledgements’"), Some(SectionKind::Acknowledgments));
        assert_eq!(whole("Our Recommendations"), Some(SectionKind::Recommendations));
        assert_eq!(whole("What’s next"), whole("What's next"));
        assert_eq!((whole("Rivers"), whole(""), whole("’")), (None, None, None));
        assert_eq!(opener("Acknowledgementship"), opener("acknowledgements"));
    }

    #[test]
    fn headings_are_normalised_alike_whatever_their_letters() {
        let text = " 'What's' — next:  2.1 The \"EU\" ";
        assert_eq!(normalised(text), "whats next 2 1 the eu");
        assert_eq!(normalised_ascii(&text.replace('—', "-")), normalised(text));
        assert_eq!((find_words("should shoulder should", "should"), find_words("shoulder", "should")), (Some(0), None));
        assert_eq!(find_words("shoulder should", "should"), Some(9));
    }

    #[test]
    fn stars_stand_for_words() {
        assert_eq!(kind("Recommendations for Congress"), Some(SectionKind::Recommendations));
        assert_eq!(kind("What the EU should do"), Some(SectionKind::Recommendations));
        assert_eq!(kind("What GAO Recommends"), Some(SectionKind::Recommendations));
        assert_eq!(kind("Recommended daily doses"), None);
        assert_eq!(kind("Rivers and lakes"), None);
    }
}
