//! Documents to records.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use policylens::Settings;
use policylens::batch::inputs;
use policylens::batch::job::{Content, Failure, Job};
use policylens::batch::order::{Plan, in_order};
use policylens::ingest::Limits;
use policylens::write::json;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::failure;
use crate::tables::{self, Tables};

/// Lexicon, rules and limits, made once and used for any number of documents, from any number of threads.
#[pyclass(frozen, module = "policylens._native")]
pub struct Analyser {
    settings: Arc<Settings>,
    timeout: Option<Duration>,
}

#[pymethods]
impl Analyser {
    #[new]
    #[pyo3(signature = (*, min_confidence, lexicon, timeout, max_bytes, max_expanded, max_entries, max_nesting, max_nodes))]
    #[expect(clippy::too_many_arguments, reason = "one a setting, by name")]
    fn new(
        min_confidence: f32,
        lexicon: Option<PathBuf>,
        timeout: f64,
        max_bytes: u64,
        max_expanded: u64,
        max_entries: usize,
        max_nesting: u32,
        max_nodes: usize,
    ) -> PyResult<Self> {
        if !(0.0..=1.0).contains(&min_confidence) {
            return Err(PyValueError::new_err("min_confidence is a number from 0 to 1"));
        }
        let timeout = Duration::try_from_secs_f64(timeout).map_err(|_| PyValueError::new_err("timeout is a number of seconds, 0 for no limit"))?;
        let mut settings = Settings::built_in().map_err(|error| PyValueError::new_err(error.to_string()))?;
        settings.limits = Limits { max_bytes, max_expanded, max_entries, max_nesting, max_nodes };
        settings.min_confidence = min_confidence;
        if let Some(file) = lexicon {
            settings = with_names(settings, &file)?;
        }
        Ok(Self { settings: Arc::new(settings), timeout: (!timeout.is_zero()).then_some(timeout) })
    }

    /// The record of a document, as the bytes that `policylens extract` writes to `documents/ID.json`.
    fn document<'py>(&self, py: Python<'py>, id: String, path: String, bytes: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        self.record(py, Job { id, path, content: Content::Bytes(bytes.to_vec()) })
    }

    /// The same for a file; `id` and `path` stand in the record instead of what the file's name gives.
    fn file<'py>(&self, py: Python<'py>, file: PathBuf, id: Option<String>, path: Option<String>) -> PyResult<Bound<'py, PyBytes>> {
        let job = inputs::file_job(&file);
        self.record(py, Job { id: id.unwrap_or(job.id), path: path.unwrap_or(job.path), ..job })
    }

    /// The tables of all documents that the paths name: (name, CSV).
    fn tables<'py>(&self, py: Python<'py>, paths: Vec<PathBuf>, threads: usize) -> PyResult<Vec<(&'static str, Bound<'py, PyBytes>)>> {
        let tables: Tables = py.detach(|| tables::of(&paths, Arc::clone(&self.settings), &self.plan(threads)))?;
        Ok(tables.into_iter().map(|(name, csv)| (name, PyBytes::new(py, &csv))).collect())
    }
}

impl Analyser {
    fn plan(&self, threads: usize) -> Plan {
        Plan { threads, timeout: self.timeout, stop: None }
    }

    fn record<'py>(&self, py: Python<'py>, job: Job) -> PyResult<Bound<'py, PyBytes>> {
        let answer = py.detach(|| self.answer(job))?;
        answer.map(|record| PyBytes::new(py, &record)).map_err(|failure| failure::error(py, &failure))
    }

    /// On a thread of its own, as in a run: the stack of a Python thread may be too small, and only a thread can be left behind when its time is up.
    fn answer(&self, job: Job) -> io::Result<Result<Vec<u8>, Failure>> {
        let settings = Arc::clone(&self.settings);
        let work = move |job: &Job| {
            let bytes = job.read(settings.limits.max_bytes)?;
            job.analyse(&bytes, &settings).map(|analysis| json::pretty(&analysis))
        };
        let late = |job: &Job| Err(Failure::late(job, self.timeout.unwrap_or_default()));
        let mut answer = None;
        in_order(std::iter::once(job), &self.plan(1), work, late, |result| -> io::Result<()> {
            answer = Some(result);
            Ok(())
        })?;
        answer.ok_or_else(|| io::Error::other("the document was given up"))
    }
}

fn with_names(settings: Settings, file: &Path) -> PyResult<Settings> {
    let unreadable = |error: io::Error| PyOSError::new_err((error.raw_os_error(), error.to_string(), file.to_owned()));
    let table = fs::read_to_string(file).map_err(unreadable)?;
    settings.with_names(&table).map_err(|problems| {
        let problems: String = problems.iter().map(|problem| format!("\n{}:{problem}", file.display())).collect();
        PyValueError::new_err(format!("the names cannot be used{problems}"))
    })
}
