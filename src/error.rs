//! What can go wrong with one document.

use thiserror::Error;

/// Why a document could not be analysed. The path is known to the caller, who adds it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AnalyseError {
    #[error("the file is empty")]
    Empty,
    #[error("not a text file: {0}")]
    Binary(String),
    #[error("format not supported: {0}")]
    Unsupported(String),
    #[error("too large: {bytes} bytes, the limit is {limit} (raise it with --max-bytes)")]
    TooLarge { bytes: u64, limit: u64 },
    #[error("more {what} than the limit of {limit} (raise it with {option})")]
    Limit { what: &'static str, limit: u64, option: &'static str },
    #[error("damaged: {0}")]
    Damaged(String),
}

/// The result of analysing one document.
pub type Result<T, E = AnalyseError> = std::result::Result<T, E>;
