//! policylens reads policy papers and gives their sections, recommendations, actors and citations as records that can be compared.
//!
//! The one call is [`analyse`]: it takes the bytes of a document and gives an [`Analysis`](record::Analysis). It is pure: the same bytes,
//! settings and version give the same record.

pub mod batch;
pub mod cli;
pub mod compare;
pub mod document;
pub mod error;
pub mod extract;
pub mod id;
pub mod ingest;
mod lanes;
pub mod lexicon;
mod pipeline;
pub mod record;
pub mod report;
pub mod resolve;
pub mod rule;
pub mod score;
pub mod section;
pub mod sentence;
pub mod span;
pub mod write;

pub use error::AnalyseError;
pub use pipeline::{Input, Settings, analyse, analyse_observed};
