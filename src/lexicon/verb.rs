//! Verbs of policy English and their forms.

use rustc_hash::FxHashMap as HashMap;

const VERBS: &str = include_str!("data/verbs.tsv");

/// What a word form can be, as far as verbs go. Flags; several may hold.
pub mod form {
    pub const BASE: u32 = 1;
    /// Third person singular, present.
    pub const THIRD: u32 = 1 << 1;
    pub const PAST: u32 = 1 << 2;
    pub const PARTICIPLE: u32 = 1 << 3;
    pub const GERUND: u32 = 1 << 4;
    /// The base form is also a common noun, so that this form may be one too.
    pub const NOUN: u32 = 1 << 5;
}

/// All forms of all verbs of the lexicon, lower case, with the flags of [`form`].
#[must_use]
pub fn forms() -> HashMap<String, u32> {
    let mut forms = HashMap::default();
    for line in VERBS.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(base), Some(noun)) = (columns.next(), columns.next()) else { continue };
        let irregular = |column: Option<&str>| column.filter(|&value| value != "-").map(str::to_owned);
        let (past, participle) = (irregular(columns.next()), irregular(columns.next()));
        let noun = if noun == "n" { form::NOUN } else { 0 };
        let mut add = |word: String, flags: u32| *forms.entry(word).or_insert(0) |= flags;
        add(base.to_owned(), form::BASE | noun);
        if base != "be" && base != "have" && base != "do" {
            add(third_person(base), form::THIRD | noun);
        }
        for gerund in stems(base, "ing") {
            add(gerund, form::GERUND);
        }
        match (past, participle) {
            (Some(past), Some(participle)) => {
                add(past, form::PAST);
                add(participle, form::PARTICIPLE);
            }
            _ => stems(base, "ed").into_iter().for_each(|word| add(word, form::PAST | form::PARTICIPLE)),
        }
    }
    forms
}

/// "tries", "passes", "makes".
fn third_person(base: &str) -> String {
    match consonant_y(base) {
        Some(stem) => format!("{stem}ies"),
        None if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => format!("{base}es"),
        None => format!("{base}s"),
    }
}

/// The base form with "ed" or "ing": with the final e dropped, y turned, and the final consonant single and doubled, since stress decides that.
fn stems(base: &str, ending: &str) -> Vec<String> {
    if ending == "ed"
        && let Some(stem) = consonant_y(base)
    {
        return vec![format!("{stem}ied")];
    }
    if let Some(stem) = base.strip_suffix('e').filter(|stem| ending == "ed" || !stem.ends_with(['e', 'o'])) {
        return vec![format!("{stem}{ending}")];
    }
    let mut found = vec![format!("{base}{ending}")];
    let mut last = base.chars().rev();
    if let (Some(end), Some(vowel)) = (last.next(), last.next())
        && !is_vowel(end)
        && is_vowel(vowel)
        && !matches!(end, 'w' | 'x' | 'y')
    {
        found.push(format!("{base}{end}{ending}"));
    }
    found
}

fn consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|stem| stem.chars().next_back().is_some_and(|c| !is_vowel(c)))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_regular_and_irregular_forms() {
        let forms = forms();
        let has = |word: &str, flag: u32| forms.get(word).is_some_and(|flags| flags & flag != 0);
        assert!(has("ratifies", form::THIRD) && has("ratified", form::PAST) && has("ratifying", form::GERUND));
        assert!(has("permitted", form::PARTICIPLE) && has("ensuring", form::GERUND));
        assert!(has("withheld", form::PAST) && has("undertaken", form::PARTICIPLE));
        assert!(has("support", form::NOUN) && !has("establish", form::NOUN));
    }

    #[test]
    fn the_file_is_sorted_unique_and_lower_case() {
        let words: Vec<&str> = VERBS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next()).collect();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "sorted and unique");
        assert!(words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }
}
