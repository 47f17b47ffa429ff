//! What a word can be: the classes that the shallow parser tells apart.

use rustc_hash::FxHashMap as HashMap;

use crate::lexicon::{Table, function_word, of, verb};

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(u32);

impl Class {
    // The lowest bits are those of `verb::form`.
    pub const BASE: Self = Self(verb::form::BASE);
    pub const THIRD: Self = Self(verb::form::THIRD);
    pub const PAST: Self = Self(verb::form::PAST);
    pub const PARTICIPLE: Self = Self(verb::form::PARTICIPLE);
    pub const GERUND: Self = Self(verb::form::GERUND);
    /// A verb form that is a common noun too.
    pub const NOUN: Self = Self(verb::form::NOUN);
    pub const DETERMINER: Self = Self(1 << 6);
    pub const PREPOSITION: Self = Self(1 << 7);
    pub const CONJUNCTION: Self = Self(1 << 8);
    pub const SUBORDINATOR: Self = Self(1 << 9);
    pub const INTERROGATIVE: Self = Self(1 << 10);
    pub const RELATIVE: Self = Self(1 << 11);
    pub const PRONOUN: Self = Self(1 << 12);
    pub const SELF: Self = Self(1 << 13);
    pub const AUXILIARY: Self = Self(1 << 14);
    pub const BE: Self = Self(1 << 15);
    pub const MODAL: Self = Self(1 << 16);
    pub const NEGATION: Self = Self(1 << 17);
    pub const ADVERB: Self = Self(1 << 18);
    pub const LINK: Self = Self(1 << 19);
    pub const TO: Self = Self(1 << 20);
    pub const THAT: Self = Self(1 << 21);
    pub const NUMBER: Self = Self(1 << 22);
    /// Begins with a capital.
    pub const CAPITAL: Self = Self(1 << 23);
    pub const COMMA: Self = Self(1 << 24);
    pub const STOP: Self = Self(1 << 25);
    pub const SEMICOLON: Self = Self(1 << 26);
    pub const COLON: Self = Self(1 << 27);
    pub const DASH: Self = Self(1 << 28);
    pub const OPEN: Self = Self(1 << 29);
    pub const CLOSE: Self = Self(1 << 30);
    pub const QUOTE: Self = Self(1 << 31);

    pub const NONE: Self = Self(0);
    pub const VERB: Self = Self(verb::form::BASE | verb::form::THIRD | verb::form::PAST | verb::form::PARTICIPLE | verb::form::GERUND);
    pub const PUNCTUATION: Self = Self((1 << 24) | (1 << 25) | (1 << 26) | (1 << 27) | (1 << 28) | (1 << 29) | (1 << 30) | (1 << 31));

    /// True if the two share a class.
    #[must_use]
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn from_name(name: &str) -> Self {
        match name {
            "det" => Self::DETERMINER,
            "prep" => Self::PREPOSITION,
            "conj" => Self::CONJUNCTION,
            "sub" => Self::SUBORDINATOR,
            "wh" => Self::INTERROGATIVE,
            "rel" => Self::RELATIVE,
            "pron" => Self::PRONOUN,
            "self" => Self::SELF,
            "aux" => Self::AUXILIARY,
            "be" => Self::BE,
            "modal" => Self::MODAL,
            "neg" => Self::NEGATION,
            "adv" => Self::ADVERB,
            "link" => Self::LINK,
            "to" => Self::TO,
            "that" => Self::THAT,
            _ => Self::NONE,
        }
    }
}

/// The words whose classes are known.
#[derive(Debug)]
pub struct Words {
    /// Classes by the hash of the word.
    classes: Table,
}

/// Words longer than this are in no list.
const LONGEST: usize = 24;

/// Nouns and names that end as adverbs do.
const NO_ADVERBS: [&str; 14] =
    ["anomaly", "assembly", "butterfly", "emily", "family", "italy", "july", "kelly", "monopoly", "oligopoly", "rally", "sicily", "elderly", "friendly"];

impl Words {
    #[must_use]
    pub fn built_in() -> Self {
        let mut classes: HashMap<String, Class> = verb::forms().into_iter().map(|(word, flags)| (word, Class(flags))).collect();
        for (word, names) in function_word::entries() {
            let class = names.map(Class::from_name).fold(Class::NONE, Class::and);
            let known = classes.entry(word.to_owned()).or_default();
            // "given" and "following" keep their verb forms; "may", "can" and "will" are no nouns here.
            *known = if class.any(Class::MODAL.and(Class::AUXILIARY).and(Class::CONJUNCTION)) { class } else { known.and(class) };
        }
        for be in ["be", "have", "do"] {
            let known = classes.entry(be.to_owned()).or_default();
            *known = known.and(Class::BASE);
        }
        let mut table = Table::with_capacity(classes.len());
        for (word, class) in classes {
            *table.entry(of(&word)) = u64::from(class.0);
        }
        Self { classes: table }
    }

    /// The classes of a word in lower case, with a straight apostrophe.
    #[must_use]
    pub fn class(&self, word: &str) -> Class {
        if word.len() > LONGEST {
            return Class::NONE;
        }
        if let Some(class) = self.classes.get(of(word)) {
            return Class(class as u32);
        }
        if word.len() > 4 && word.ends_with("ly") && !NO_ADVERBS.contains(&word) { Class::ADVERB } else { Class::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_classes_of_both_lexicons() {
        let words = Words::built_in();
        assert!(words.class("establish").any(Class::BASE) && !words.class("establish").any(Class::NOUN));
        assert!(words.class("should").any(Class::MODAL) && !words.class("should").any(Class::VERB));
        assert!(words.class("rigorously").any(Class::ADVERB));
        assert_eq!(words.class("ministry"), Class::NONE);
    }
}
