//! Names of known actors: the gazetteer, built in and the user's.

/// The names that the actor extractor knows.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// The built-in lexicon.
    #[must_use]
    pub fn built_in() -> Self {
        Self {}
    }
}
