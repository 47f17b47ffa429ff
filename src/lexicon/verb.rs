//! Verbs of policy English and their forms.

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

/// Calls `form` with each form of each verb of the lexicon, lower case, and the flags of [`form`](mod@form) that it has there; a form may come more than once.
pub fn forms(mut form: impl FnMut(&str, u32)) {
    let mut word = String::new();
    for line in VERBS.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(base), Some(noun)) = (columns.next(), columns.next()) else { continue };
        let irregular = |column: Option<&'static str>| column.filter(|&value| value != "-");
        let (past, participle) = (irregular(columns.next()), irregular(columns.next()));
        let noun = if noun == "n" { form::NOUN } else { 0 };
        form(base, form::BASE | noun);
        if base != "be" && base != "have" && base != "do" {
            third_person(base, &mut word);
            form(&word, form::THIRD | noun);
        }
        stems(base, "ing", &mut word, |word| form(word, form::GERUND));
        match (past, participle) {
            (Some(past), Some(participle)) => {
                form(past, form::PAST);
                form(participle, form::PARTICIPLE);
            }
            _ => stems(base, "ed", &mut word, |word| form(word, form::PAST | form::PARTICIPLE)),
        }
    }
}

fn join(word: &mut String, parts: &[&str]) {
    word.clear();
    parts.iter().for_each(|part| word.push_str(part));
}

/// "tries", "passes", "makes".
fn third_person(base: &str, word: &mut String) {
    match consonant_y(base) {
        Some(stem) => join(word, &[stem, "ies"]),
        None if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => join(word, &[base, "es"]),
        None => join(word, &[base, "s"]),
    }
}

/// The base form with "ed" or "ing": with the final e dropped, y turned, and the final consonant single and doubled, since stress decides that.
fn stems(base: &str, ending: &str, word: &mut String, mut found: impl FnMut(&str)) {
    if ending == "ed"
        && let Some(stem) = consonant_y(base)
    {
        join(word, &[stem, "ied"]);
        return found(word.as_str());
    }
    if let Some(stem) = base.strip_suffix('e').filter(|stem| ending == "ed" || !stem.ends_with(['e', 'o'])) {
        join(word, &[stem, ending]);
        return found(word.as_str());
    }
    join(word, &[base, ending]);
    found(word.as_str());
    let mut last = base.char_indices().rev();
    if let (Some((at, end)), Some((_, vowel))) = (last.next(), last.next())
        && !is_vowel(end)
        && is_vowel(vowel)
        && !matches!(end, 'w' | 'x' | 'y')
    {
        join(word, &[base, &base[at..], ending]);
        found(word.as_str());
    }
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
        let mut known = rustc_hash::FxHashMap::<String, u32>::default();
        forms(|word, flags| *known.entry(word.to_owned()).or_default() |= flags);
        let has = |word: &str, flag: u32| known.get(word).is_some_and(|flags| flags & flag != 0);
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
