//! Links between what the extractors found. Each resolver prefers silence to a guess.

pub mod actor;
pub mod citation;
pub mod note;
pub mod recommendation;
mod work;
