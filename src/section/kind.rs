//! What a section is for, from the words of its heading.

use rustc_hash::FxHashMap as HashMap;
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
    /// Cues with stars: the words between the stars, and the rule's index.
    open: Vec<(Vec<String>, usize)>,
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
        let mut words = Self::default();
        for (_, rule) in rules.of_kind("section", "heading-words") {
            let Some(kind) = rule.id.rsplit('.').next().and_then(kind_named) else { continue };
            let index = words.rules.len();
            words.rules.push(KindRule { kind, rule: rule.id.clone() });
            for cue in &rule.cues {
                if cue.contains('*') {
                    words.open.push((cue.split('*').map(normalised).collect(), index));
                } else {
                    words.whole.entry(normalised(cue)).or_insert(index);
                }
            }
        }
        words
    }

    /// The kind that the words of a heading name, without its number.
    #[must_use]
    pub fn kind(&self, heading: &str) -> Option<&KindRule> {
        if heading.len() > 200 {
            return None;
        }
        let heading = normalised(heading);
        self.exact(&heading).or_else(|| self.open.iter().find(|(cue, _)| fits(&heading, cue)).and_then(|&(_, index)| self.rules.get(index)))
    }

    /// The kind if the whole heading is a cue.
    #[must_use]
    pub fn whole(&self, heading: &str) -> Option<SectionKind> {
        if heading.len() > 100 { None } else { self.exact(&normalised(heading)).map(|rule| rule.kind) }
    }

    fn exact(&self, heading: &str) -> Option<&KindRule> {
        let bare = heading.strip_prefix("the ").or_else(|| heading.strip_prefix("our ")).unwrap_or(heading);
        self.whole.get(heading).or_else(|| self.whole.get(bare)).and_then(|&index| self.rules.get(index))
    }
}

fn kind_named(name: &str) -> Option<SectionKind> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// Lower case, words divided by one space, nothing else; apostrophes vanish ("what's" is "whats").
fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
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
    text.match_indices(words).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
    })
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
    fn stars_stand_for_words() {
        assert_eq!(kind("Recommendations for Congress"), Some(SectionKind::Recommendations));
        assert_eq!(kind("What the EU should do"), Some(SectionKind::Recommendations));
        assert_eq!(kind("What GAO Recommends"), Some(SectionKind::Recommendations));
        assert_eq!(kind("Recommended daily doses"), None);
        assert_eq!(kind("Rivers and lakes"), None);
    }
}
