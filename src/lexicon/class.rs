//! Classes of words: what a word can be in a name or beside one.

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(pub u64);

macro_rules! classes {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// A class of words, after the first column of `data/words.tsv`; the last ones come from the other files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Class { $($name),* }

        impl Class {
            /// The class with this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    Function = "function", Determiner = "determiner", Preposition = "preposition", Conjunction = "conjunction", Pronoun = "pronoun",
    Quantifier = "quantifier", Number = "number", GovernmentHead = "government_head", OrganizationHead = "organization_head",
    PartyHead = "party_head", CompanySuffix = "company_suffix", CompanyHead = "company_head", IgoHead = "igo_head", NotHead = "not_head",
    PlaceHead = "place_head", Office = "office", Title = "title", Honorific = "honorific", TitleModifier = "title_modifier",
    Particle = "particle", Calendar = "calendar", Administration = "administration", StateBody = "state_body", Modal = "modal",
    Auxiliary = "auxiliary", Adverb = "adverb", Say = "say", Verb = "verb", CountryNoun = "country_noun", RolePlural = "role_plural",
    RoleSingular = "role_singular", MemberNoun = "member_noun", Led = "led", Suffix = "suffix", Join = "join",
    PossessiveName = "possessive_name", WeakNotHead = "weak_not_head", ForeignHead = "foreign_head",
    ForeignJoin = "foreign_join", GroupAdjective = "group_adjective", Leader = "leader",
    AsianFamily = "asian_family", VerbBase = "verb_base", VerbPast = "verb_past", AcronymCommon = "acronym_common",
    RoleHead = "role_head", LevelAdjective = "level_adjective", Activity = "activity", Dictionary = "dictionary", Given = "given", Family = "family", Place = "place", Begins = "begins",
}

impl Classes {
    #[must_use]
    #[inline]
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    #[must_use]
    #[inline]
    pub fn any(self, classes: &[Class]) -> bool {
        self.0 & classes.iter().fold(0, |bits, &class| bits | bit(class)) != 0
    }
}

/// The bit of a class.
#[must_use]
#[inline]
pub const fn bit(class: Class) -> u64 {
    1 << class as u32
}
