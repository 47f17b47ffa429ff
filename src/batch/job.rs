//! One document of a run: its bytes are read, analysed, and whatever goes wrong becomes a [`Failure`].

use std::borrow::Cow;
use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::batch::order::THREAD_NAME;
use crate::error::AnalyseError;
use crate::id;
use crate::pipeline::{Input, Settings, analyse};
use crate::record::Analysis;

/// A document that a run is to read.
#[derive(Debug, Clone)]
pub struct Job {
    /// The id that its record shall have.
    pub id: String,
    /// The path to show, relative to the input argument.
    pub path: String,
    pub content: Content,
}

/// Where a document's bytes come from.
#[derive(Debug, Clone)]
pub enum Content {
    File(PathBuf),
    Bytes(Vec<u8>),
    /// It is known already that it cannot be read, and why.
    Unreadable(String),
}

/// Why a document of a run has no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub id: String,
    pub path: String,
    /// Where it went wrong: "read", "ingest", "analyse" or "time".
    pub stage: String,
    pub message: String,
    /// Of the content, where it could be read.
    pub sha256: Option<String>,
}

impl Failure {
    fn new(job: &Job, stage: &str, message: String, sha256: Option<String>) -> Self {
        Self { id: job.id.clone(), path: job.path.clone(), stage: stage.to_owned(), message, sha256 }
    }

    /// The failure of a job that took longer than `limit`.
    #[must_use]
    pub fn late(job: &Job, limit: Duration) -> Self {
        let message = format!("took longer than {} s (raise the limit with --timeout)", limit.as_secs_f32());
        let sha256 = match &job.content {
            Content::Bytes(bytes) => Some(id::sha256(bytes)),
            _ => None,
        };
        Self::new(job, "time", message, sha256)
    }
}

impl Job {
    /// The document's bytes, at most `limit` of them.
    ///
    /// # Errors
    /// If they cannot be read, or are more.
    pub fn read(&self, limit: u64) -> Result<Cow<'_, [u8]>, Failure> {
        let failure = |message: String| Failure::new(self, "read", message, None);
        match &self.content {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Unreadable(why) => Err(failure(why.clone())),
            Content::File(path) => read_file(path, limit).map(Cow::Owned).map_err(failure),
        }
    }

    /// Analyses the document; a panic inside is caught and told as a failure.
    ///
    /// # Errors
    /// If the bytes are no document that can be read, or the analysis panics.
    pub fn analyse(&self, bytes: &[u8], settings: &Settings) -> Result<Analysis, Failure> {
        let input = Input { id: &self.id, path: &self.path, bytes };
        let failure = |stage, message| Failure::new(self, stage, message, Some(id::sha256(bytes)));
        match panic::catch_unwind(AssertUnwindSafe(|| analyse(&input, settings))) {
            Ok(Ok(analysis)) => Ok(analysis),
            Ok(Err(error)) => Err(failure("ingest", error.to_string())),
            Err(_) => Err(failure("analyse", format!("a fault in the program: {}; please report it with the file", last_panic()))),
        }
    }
}

fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let mut file = File::open(path).map_err(|error| error.to_string())?;
    let metadata = file.metadata().map_err(|error| error.to_string())?;
    if metadata.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if metadata.len() > limit {
        return Err(AnalyseError::TooLarge { bytes: metadata.len(), limit }.to_string());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // The limit again: a device or pipe tells no length.
    file.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > limit {
        return Err(AnalyseError::TooLarge { bytes: bytes.len() as u64, limit }.to_string());
    }
    Ok(bytes)
}

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

fn last_panic() -> String {
    LAST_PANIC.with(RefCell::take)
}

/// Makes panics on the threads that work on documents silent: they are told with the document. Others are printed as usual.
pub fn quieten_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(THREAD_NAME) {
            return usual(info);
        }
        let message = info.payload_as_str().unwrap_or("unknown");
        let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
        LAST_PANIC.with(|last| last.replace(format!("{message}{place}")));
    }));
}
