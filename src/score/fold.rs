//! How values are made alike before they are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// True for letters, digits and the underscore: what words are made of.
#[must_use]
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Lower case, without accents, articles and punctuation; words separated by one space.
#[must_use]
pub fn fold(value: &str) -> String {
    let decomposed: String = value.nfkd().collect::<String>().to_lowercase().replace('ß', "ss");
    let plain: String = decomposed.chars().filter(|&c| !is_combining_mark(c)).collect();
    let words: Vec<&str> = plain.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
    // An article counts only before a space, so that one at the end of a name ("… the") stays.
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = plain.as_str();
    for word in words {
        let Some(at) = rest.find(word) else { continue };
        rest = &rest[at + word.len()..];
        if word != "the" || !rest.starts_with(char::is_whitespace) {
            kept.push(word);
        }
    }
    kept.join(" ")
}

/// A canonical actor name; "United States Department of Defense" and "Department of Defense" are one.
#[must_use]
pub fn fold_name(value: &str) -> String {
    let value = fold(value);
    let short = value.strip_suffix(" of united states").unwrap_or(&value);
    let short = ["united states", "us", "u s"].iter().find_map(|lead| short.strip_prefix(lead)?.strip_prefix(' ')).unwrap_or(short);
    if short.is_empty() { value } else { short.to_owned() }
}

/// A URL without white space, scheme, "www." and closing slash, in lower case.
#[must_use]
pub fn fold_url(value: &str) -> String {
    let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().trim_matches(['.', ',', ';', ')']).to_lowercase();
    let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(&bare);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}

/// F1 of the words of two texts, each word counted as often as it occurs.
#[must_use]
pub fn token_f1(one: &str, other: &str) -> f64 {
    let (one, other) = (fold(one), fold(other));
    let one: Vec<&str> = one.split_whitespace().collect();
    let mut pool: Vec<&str> = other.split_whitespace().collect();
    let size = one.len() + pool.len();
    if size == 0 {
        return 1.0;
    }
    let both = one.iter().filter(|word| pool.iter().position(|other| other == *word).map(|at| pool.swap_remove(at)).is_some()).count();
    2.0 * both as f64 / size as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_actor_fold_alike() {
        assert_eq!(fold_name("the United States Department of Defense"), fold_name("Department of Defense"));
        assert_eq!(fold_name("Côte d’Ivoire"), "cote d ivoire");
        assert_eq!(fold_name("United States"), "united states");
    }

    #[test]
    fn urls_fold_to_what_they_point_at() {
        assert_eq!(fold_url("https://www. example.org/a/."), "example.org/a");
    }

    #[test]
    fn half_of_the_words_is_half() {
        assert!((token_f1("join the pact", "join it") - 0.5).abs() < 1e-9);
    }
}
