//! What a word can be: the classes that the shallow parser tells apart.

use crate::lexicon::{Table, function_word, of, of_first, of_lower, verb};

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
    #[inline]
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

/// What a word can begin or bring about, apart from its classes: the phrases that it may open, and the lists of the rules that hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Role(u32);

impl Role {
    pub const NONE: Self = Self(0);
    /// "in order to", "so that", "with a view to".
    pub const PURPOSE: Self = Self(1);
    /// "if", "where", "subject to".
    pub const CONDITION: Self = Self(1 << 1);
    /// "by 2030", "within a year", "immediately".
    pub const DEADLINE: Self = Self(1 << 2);
    /// "or risk", "on pain of".
    pub const ALTERNATIVE: Self = Self(1 << 3);
    /// "and", "or", "then": joins verbs.
    pub const JOINT: Self = Self(1 << 4);
    /// "according to".
    pub const SOURCE: Self = Self(1 << 5);
    /// A verb of saying or thinking, in any form.
    pub const REPORTING: Self = Self(1 << 6);
    /// "view", "argument".
    pub const REPORTED_NOUN: Self = Self(1 << 7);
    pub const RHETORIC: Self = Self(1 << 8);
    pub const RHETORIC_INFINITIVE: Self = Self(1 << 9);
    pub const BENEFIT: Self = Self(1 << 10);
    pub const FORECAST: Self = Self(1 << 11);
    pub const EPISTEMIC: Self = Self(1 << 12);
    pub const LEGAL_DUTY: Self = Self(1 << 13);
    pub const READER: Self = Self(1 << 14);
    /// "act", "law", "article": a law, where the words beside it say so.
    pub const LAW: Self = Self(1 << 15);

    /// True if the two share a role.
    #[inline]
    #[must_use]
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The role of the words that the rule with this id lists.
    #[must_use]
    pub fn of_list(rule: &str) -> Option<Self> {
        Some(match rule.strip_prefix("recommendation.guard.")? {
            "reported" => Self::REPORTING,
            "reported-noun" => Self::REPORTED_NOUN,
            "rhetoric" => Self::RHETORIC,
            "rhetoric-infinitive" => Self::RHETORIC_INFINITIVE,
            "benefit" => Self::BENEFIT,
            "forecast" => Self::FORECAST,
            "epistemic" => Self::EPISTEMIC,
            "legal-duty" => Self::LEGAL_DUTY,
            "reader" => Self::READER,
            _ => return None,
        })
    }
}

/// The words that open phrases.
const OPENERS: [(&str, Role); 35] = [
    ("in", Role::PURPOSE.and(Role::CONDITION)),
    ("so", Role::PURPOSE),
    ("with", Role::PURPOSE),
    ("if", Role::CONDITION),
    ("unless", Role::CONDITION),
    ("provided", Role::CONDITION),
    ("once", Role::CONDITION),
    ("whenever", Role::CONDITION),
    ("wherever", Role::CONDITION),
    ("where", Role::CONDITION),
    ("when", Role::CONDITION),
    ("subject", Role::CONDITION),
    ("by", Role::DEADLINE),
    ("before", Role::DEADLINE),
    ("until", Role::DEADLINE),
    ("within", Role::DEADLINE),
    ("no", Role::DEADLINE),
    ("not", Role::DEADLINE),
    ("immediately", Role::DEADLINE),
    ("forthwith", Role::DEADLINE),
    ("urgently", Role::DEADLINE),
    ("annually", Role::DEADLINE),
    ("promptly", Role::DEADLINE),
    ("as", Role::DEADLINE),
    ("at", Role::DEADLINE),
    ("every", Role::DEADLINE),
    ("or", Role::ALTERNATIVE.and(Role::JOINT)),
    ("on", Role::ALTERNATIVE),
    ("and", Role::JOINT),
    ("then", Role::JOINT),
    ("according", Role::SOURCE),
    ("act", Role::LAW),
    ("law", Role::LAW),
    ("article", Role::LAW),
    ("section", Role::LAW),
];

/// The words whose classes and roles are known.
#[derive(Debug)]
pub struct Words {
    /// By the hash of the word: its classes in the low half, its roles in the high half.
    known: Table,
}

/// Words longer than this are in no list.
const LONGEST: usize = 24;

/// Nouns and names that end as adverbs do.
const NO_ADVERBS: [&str; 14] =
    ["anomaly", "assembly", "butterfly", "emily", "family", "italy", "july", "kelly", "monopoly", "oligopoly", "rally", "sicily", "elderly", "friendly"];

impl Words {
    #[must_use]
    pub fn built_in() -> Self {
        /// About as many as there are.
        const EXPECTED: usize = 7000;
        let mut known = Table::with_capacity(EXPECTED);
        verb::forms(|word, flags| *known.entry(of(word)) |= u64::from(flags));
        for (word, names) in function_word::entries() {
            let class = names.map(Class::from_name).fold(Class::NONE, Class::and);
            let flags = known.entry(of(word));
            // "given" and "following" keep their verb forms; "may", "can" and "will" are no nouns here.
            let alone = class.any(Class::MODAL.and(Class::AUXILIARY).and(Class::CONJUNCTION));
            *flags = u64::from(class.0) | if alone { 0 } else { *flags };
        }
        for be in ["be", "have", "do"] {
            *known.entry(of(be)) |= u64::from(Class::BASE.0);
        }
        let mut words = Self { known };
        OPENERS.iter().for_each(|&(word, role)| words.give(word, role));
        words
    }

    /// Gives a word, in lower case, a role.
    pub fn give(&mut self, word: &str, role: Role) {
        let class = self.class(word);
        *self.known.entry(of(word)) |= u64::from(class.0) | u64::from(role.0) << 32;
    }

    /// The classes of a word in lower case, with a straight apostrophe.
    #[must_use]
    pub fn class(&self, word: &str) -> Class {
        self.look_up(word).0
    }

    /// The classes of a word as written, with either apostrophe.
    #[must_use]
    pub fn class_as_written(&self, word: &str) -> Class {
        if !word.is_ascii() {
            return self.class(&word.to_ascii_lowercase().replace('’', "'"));
        }
        match self.known.get(of_lower(word)) {
            Some(known) if word.len() <= LONGEST => Class(known as u32),
            None if word.ends_with(['y', 'Y']) => self.class(&word.to_ascii_lowercase()),
            _ => Class::NONE,
        }
    }

    /// The classes and roles of a word in lower case, with a straight apostrophe.
    #[must_use]
    pub fn look_up(&self, word: &str) -> (Class, Role) {
        self.look_up_first(word.as_bytes(), word.len())
    }

    /// The classes and roles of the word that is the first `len` bytes of a text in lower case.
    #[inline]
    #[must_use]
    pub fn look_up_first(&self, text: &[u8], len: usize) -> (Class, Role) {
        if len > LONGEST {
            return (Class::NONE, Role::NONE);
        }
        match self.known.get(of_first(text, len)) {
            Some(known) => Self::unpack(known),
            None => Self::guess(text.get(..len).unwrap_or_default()),
        }
    }

    fn unpack(known: u64) -> (Class, Role) {
        (Class(known as u32), Role((known >> 32) as u32))
    }

    /// Words in no list are adverbs if they end as most adverbs do.
    #[inline]
    fn guess(word: &[u8]) -> (Class, Role) {
        let adverb = word.len() > 4 && word.ends_with(b"ly") && !NO_ADVERBS.iter().any(|noun| noun.as_bytes() == word);
        (if adverb { Class::ADVERB } else { Class::NONE }, Role::NONE)
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
        assert_eq!(words.class_as_written("SHOULDN’T"), words.class("shouldn't"));
    }

    #[test]
    fn a_role_leaves_the_classes_of_a_word_as_they_are() {
        let words = Words::built_in();
        assert_eq!(words.look_up("promptly"), (Class::ADVERB, Role::DEADLINE));
        assert_eq!(words.look_up("forthwith").1, Role::DEADLINE);
        assert!(OPENERS.iter().all(|&(word, role)| words.look_up(word).1.any(role)));
    }
}
