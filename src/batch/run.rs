//! A run over many documents into an output folder.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};

use super::folder::{Folder, FolderError, Staged};
use super::inputs::Inputs;
use super::job::{Failure, Job};
use super::manifest::{Earlier, Manifest, RunLimits, timestamp};
use super::order::{Plan, in_order};
use crate::id;
use crate::pipeline::Settings;
use crate::record::{Analysis, Generator};
use crate::write::csv::{self, Rows};
use crate::write::reference::merge;
use crate::write::{bibtex, csl, datapackage, json, ris, table::TABLES};

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub threads: usize,
    /// Time that one document may take.
    pub timeout: Option<Duration>,
    /// Analyse every document, also those whose record is up to date.
    pub force: bool,
    /// Try again the documents that failed under the same rules and limits.
    pub retry_failed: bool,
    /// Write `documents.ndjson` too.
    pub ndjson: bool,
    /// The arguments as given, for `run.json`.
    pub arguments: Vec<String>,
    /// When it becomes true, the documents under way are finished and the run ends.
    pub stop: Option<Arc<AtomicBool>>,
}

/// What was found, summed over documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub documents: usize,
    pub failures: usize,
    /// Documents whose record of an earlier run was kept.
    pub unchanged: usize,
    pub bytes: u64,
    pub words: usize,
    pub sections: usize,
    pub recommendations: usize,
    pub reported_recommendations: usize,
    pub actors: usize,
    pub mentions: usize,
    pub notes: usize,
    pub citations: usize,
}

impl Counts {
    /// The counts of one record.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        Self {
            documents: 1,
            failures: 0,
            unchanged: 0,
            bytes: analysis.document.bytes,
            words: analysis.document.words,
            sections: analysis.sections.len(),
            recommendations: analysis.recommendations.len(),
            reported_recommendations: analysis.reported_recommendations.len(),
            actors: analysis.actors.len(),
            mentions: analysis.actors.iter().map(|actor| actor.mentions.len()).sum(),
            notes: analysis.notes.len(),
            citations: analysis.citations.len(),
        }
    }

    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.failures += other.failures;
        self.unchanged += other.unchanged;
        self.bytes += other.bytes;
        self.words += other.words;
        self.sections += other.sections;
        self.recommendations += other.recommendations;
        self.reported_recommendations += other.reported_recommendations;
        self.actors += other.actors;
        self.mentions += other.mentions;
        self.notes += other.notes;
        self.citations += other.citations;
    }
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct Summary {
    pub counts: Counts,
    pub seconds: f64,
    /// The run was stopped after so many of the documents; the tables are still those of the run before.
    pub interrupted: Option<usize>,
}

/// Is told of each document, in order.
pub trait Progress {
    /// A document is done; `failure` says why it has no record.
    fn done(&mut self, failure: Option<&Failure>);
}

/// Reads all documents and writes records, tables, reference lists and `run.json` into the folder.
///
/// # Errors
/// If the folder cannot be written to, or another run is writing to it. What was finished stays valid.
pub fn extract(inputs: Inputs, root: &Path, settings: Arc<Settings>, options: &Options, progress: &mut dyn Progress) -> Result<Summary, FolderError> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let folder = Folder::open(root)?;
    let limits = RunLimits::new(settings.limits, options);
    let generator = settings.generator();
    let earlier = Earlier::read(&folder, &generator, &limits);
    let total = inputs.jobs.len();
    let mut output = Output::open(&folder, options.ndjson)?;
    let installed = std::env::current_exe().ok().and_then(|program| modified(&program));
    let worker = Arc::new(Worker { folder, settings, generator, earlier, options: options.clone(), installed });
    let plan = Plan { threads: options.threads, timeout: options.timeout, stop: options.stop.clone() };
    let work = {
        let worker = Arc::clone(&worker);
        move |job: &Job| worker.document(job)
    };
    let late = |job: &Job| Ok(Done::failed(worker.late(job), Counts::default()));
    in_order(inputs.jobs.into_iter(), &plan, work, late, |done| {
        let done = done?;
        progress.done(done.failure.as_ref());
        output.add(&done)
    })?;
    let seconds = clock.elapsed().as_secs_f64();
    let counts = output.counts;
    let read = counts.documents + counts.failures;
    if read < total && options.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Ok(Summary { counts, seconds, interrupted: Some(read) });
    }
    let manifest = Manifest {
        program: "policylens".to_owned(),
        generator: worker.generator.clone(),
        started: timestamp(started),
        finished: timestamp(SystemTime::now()),
        seconds,
        megabytes_per_second: counts.bytes as f64 / 1e6 / seconds.max(1e-9),
        threads: plan.threads,
        limits,
        inputs: options.arguments.clone(),
        counts,
        skipped_files: inputs.skipped,
    };
    output.finish(&worker, &manifest)?;
    Ok(Summary { counts, seconds, interrupted: None })
}

/// What one document gives to the files of the run.
struct Done {
    id: String,
    rows: Rows,
    ndjson: Vec<u8>,
    references: References,
    counts: Counts,
    failure: Option<Failure>,
}

impl Done {
    fn failed(failure: Failure, counts: Counts) -> Self {
        let counts = Counts { failures: 1, ..counts };
        Self { id: failure.id.clone(), rows: csv::failure(&failure), ndjson: Vec::new(), references: References::default(), counts, failure: Some(failure) }
    }
}

/// The works that one document cites, for the reference lists of the run.
#[derive(Default)]
struct References {
    /// CSL-JSON items, one a line, without the brackets of the list.
    csl: Vec<String>,
    bibtex: String,
    ris: String,
}

impl References {
    /// Keys are unique in a document; the document's id before them makes them so in the run.
    fn of(analysis: &Analysis) -> Self {
        let mut items = merge(&analysis.citations);
        items.iter_mut().for_each(|item| item.key = format!("{}:{}", analysis.document.id, item.key));
        Self {
            csl: items.iter().map(csl::line).collect(),
            bibtex: items.iter().map(|item| bibtex::entry(item) + "\n").collect(),
            ris: items.iter().map(ris::record).collect(),
        }
    }
}

/// Does documents; shared by all threads.
struct Worker {
    folder: Folder,
    settings: Arc<Settings>,
    generator: Generator,
    earlier: Earlier,
    options: Options,
    /// When the program was built or installed: records older than it are made again, whatever version they name.
    installed: Option<SystemTime>,
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

impl Worker {
    /// Reads, analyses and writes one document, or takes the record of an earlier run if it is up to date.
    fn document(&self, job: &Job) -> Result<Done, FolderError> {
        let bytes = match job.read(self.settings.limits.max_bytes) {
            Ok(bytes) => bytes,
            Err(failure) => return Ok(Done::failed(failure, Counts::default())),
        };
        let size = Counts { bytes: bytes.len() as u64, ..Counts::default() };
        if let Some(failure) = self.failed_before(job, &bytes) {
            return Ok(Done::failed(failure, Counts { unchanged: 1, ..size }));
        }
        if let Some(analysis) = self.up_to_date(job, &bytes) {
            return Ok(self.done(&analysis, 1));
        }
        match job.analyse(&bytes, &self.settings) {
            Err(failure) => Ok(Done::failed(failure, size)),
            Ok(analysis) => {
                drop(bytes);
                self.folder.write(&self.folder.record_path(&job.id), &json::pretty(&analysis))?;
                Ok(self.done(&analysis, 0))
            }
        }
    }

    fn done(&self, analysis: &Analysis, unchanged: usize) -> Done {
        Done {
            id: analysis.document.id.clone(),
            rows: csv::rows(analysis),
            ndjson: if self.options.ndjson { json::line(analysis) } else { Vec::new() },
            references: References::of(analysis),
            counts: Counts { unchanged, ..Counts::of(analysis) },
            failure: None,
        }
    }

    fn failed_before(&self, job: &Job, bytes: &[u8]) -> Option<Failure> {
        if self.options.force || self.options.retry_failed {
            return None;
        }
        let failure = self.earlier.failures.get(&job.id)?;
        let same = failure.path == job.path && failure.sha256.as_deref() == Some(id::sha256(bytes).as_str());
        same.then(|| failure.clone())
    }

    /// The record that an earlier run wrote, if content, path, rules and version are the same.
    fn up_to_date(&self, job: &Job, bytes: &[u8]) -> Option<Analysis> {
        if self.options.force {
            return None;
        }
        let path = self.folder.record_path(&job.id);
        if modified(&path)? < self.installed? {
            return None;
        }
        let record = fs::read(path).ok()?;
        let analysis: Analysis = serde_json::from_slice(&record).ok()?;
        let document = &analysis.document;
        let same = analysis.generator == self.generator && document.id == job.id && document.path == job.path && document.sha256 == id::sha256(bytes);
        same.then_some(analysis)
    }

    fn late(&self, job: &Job) -> Failure {
        let sha256 = job.read(self.settings.limits.max_bytes).ok().map(|bytes| id::sha256(&bytes));
        Failure { sha256, ..Failure::late(job, self.options.timeout.unwrap_or_default()) }
    }
}

/// The files to which all documents add.
struct Output {
    tables: Vec<Staged>,
    ndjson: Option<Staged>,
    csl: Staged,
    bibtex: Staged,
    ris: Staged,
    /// No item has been written to the CSL-JSON list yet.
    first_item: bool,
    counts: Counts,
    written: HashSet<String>,
}

const NDJSON: &str = "documents.ndjson";

impl Output {
    fn open(folder: &Folder, ndjson: bool) -> Result<Self, FolderError> {
        let mut tables = Vec::with_capacity(TABLES.len());
        for (table, header) in TABLES.iter().zip(csv::headers()) {
            let mut staged = folder.stage(&format!("{}.csv", table.name))?;
            staged.write(&header)?;
            tables.push(staged);
        }
        let ndjson = if ndjson { Some(folder.stage(NDJSON)?) } else { None };
        let (mut csl, bibtex, ris) = (folder.stage("references.json")?, folder.stage("references.bib")?, folder.stage("references.ris")?);
        csl.write(b"[")?;
        Ok(Self { tables, ndjson, csl, bibtex, ris, first_item: true, counts: Counts::default(), written: HashSet::new() })
    }

    fn add(&mut self, done: &Done) -> Result<(), FolderError> {
        for (table, rows) in self.tables.iter_mut().zip(&done.rows) {
            table.write(rows)?;
        }
        if let Some(ndjson) = &mut self.ndjson {
            ndjson.write(&done.ndjson)?;
        }
        for item in &done.references.csl {
            self.csl.write(if self.first_item { b"\n" } else { b",\n" })?;
            self.csl.write(item.as_bytes())?;
            self.first_item = false;
        }
        self.bibtex.write(done.references.bibtex.as_bytes())?;
        self.ris.write(done.references.ris.as_bytes())?;
        if done.failure.is_none() {
            self.written.insert(done.id.clone());
        }
        self.counts.add(done.counts);
        Ok(())
    }

    /// Removes records of documents that are no longer among the inputs, then puts the new files in their places, `run.json` last.
    fn finish(mut self, worker: &Worker, manifest: &Manifest) -> Result<(), FolderError> {
        let folder = &worker.folder;
        for id in worker.earlier.documents.difference(&self.written) {
            folder.remove(&folder.record_path(id))?;
        }
        for table in self.tables {
            table.commit()?;
        }
        self.csl.write(b"\n]\n")?;
        self.csl.commit()?;
        self.bibtex.commit()?;
        self.ris.commit()?;
        match self.ndjson {
            Some(ndjson) => ndjson.commit()?,
            None => folder.remove(&folder.path(NDJSON))?,
        }
        folder.write(&folder.path("datapackage.json"), &pretty(&datapackage::package()))?;
        folder.write(&folder.path("run.json"), &pretty(manifest))
    }
}

fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
