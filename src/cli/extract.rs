//! `policylens extract`: papers to records and tables.

use std::io::{self, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use super::{DONE, INTERRUPTED, SOME_FAILED, lexicon, terminal};
use crate::batch::inputs::{self, Inputs};
use crate::batch::job::{Content, Failure, quieten_panics};
use crate::batch::order::Plan;
use crate::batch::pipe;
use crate::batch::run::{self, Options, Progress, Summary};
use crate::ingest::Limits;
use crate::pipeline::Settings;

/// Extract sections, recommendations, actors and citations from papers to JSON and CSV
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    /// Files, folders (read with all below them), glob patterns, or - for standard input
    #[arg(value_name = "PATH", required_unless_present_any = ["files_from", "ndjson"])]
    paths: Vec<PathBuf>,

    /// Read also the files and folders listed in LIST, one a line (- for standard input)
    #[arg(long, value_name = "LIST")]
    files_from: Option<PathBuf>,

    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,

    /// Documents read at the same time [default: one per core]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Refuse files above this size; K, M and G are understood
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    max_bytes: u64,

    /// Refuse packed files (DOCX, ODT, EPUB) whose parts expand to more than this
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = size)]
    max_expanded: u64,

    /// Refuse packed files with more entries than this
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_entries)]
    max_entries: usize,

    /// Refuse pages and packed files whose elements are nested deeper than this
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_nesting)]
    max_nesting: u32,

    /// Refuse pages with more elements and pieces of text than this
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_nodes)]
    max_nodes: usize,

    /// Give a document up after so many seconds; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    timeout: f64,

    /// Leave out items whose confidence is below X, from 0 to 1
    #[arg(long, value_name = "X", default_value = "0", value_parser = share)]
    min_confidence: f32,

    /// Add the names in FILE (CSV or TSV: name, type, aliases, country, id) to the known actors
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    /// Read every document again, also those whose record is up to date
    #[arg(long)]
    force: bool,

    /// Try again the documents that failed in an earlier run
    #[arg(long)]
    retry_failed: bool,

    /// Write all records to DIR/documents.ndjson too, one a line
    #[arg(long)]
    documents_ndjson: bool,

    /// Work as a pipe: lines of {"id", "text"}, {"id", "base64"} or {"id", "path"} in, one record a line out
    #[arg(long, conflicts_with_all = ["paths", "files_from", "force", "retry_failed", "documents_ndjson"])]
    ndjson: bool,

    /// The name of the document on standard input; its extension tells the format
    #[arg(long, value_name = "NAME", default_value = "stdin.txt")]
    stdin_name: String,

    /// Print errors only
    #[arg(short, long)]
    quiet: bool,
}

const AFTER: &str = "\
Written to DIR: a record for each document (documents/ID.json), the CSV tables documents, sections,
recommendations, recommendation_actors, actors, mentions, notes, citations, citation_authors and
errors, datapackage.json, which describes the tables, and run.json.

A second run into the same folder keeps the records of documents that have not changed.

Exit status: 0 all documents were read, 1 some failed (see errors.csv), 2 could not run,
130 interrupted.

Examples:
  policylens extract papers/ -o output
  policylens extract 'reports/**/*.md' brief.txt -o output -j 4
  find . -name '*.txt' | policylens extract --files-from - -o output
  cat paper.md | policylens extract - --stdin-name paper.md -o output
  policylens extract --ndjson < documents.ndjson > records.ndjson";

fn size(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1 << 10),
        Some((at, 'm' | 'M')) => (&text[..at], 1 << 20),
        Some((at, 'g' | 'G')) => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    let number: u64 = digits.parse().map_err(|_| "a size is a number of bytes such as 500000, 512K, 20M or 1G".to_owned())?;
    number.checked_mul(unit).filter(|&bytes| bytes > 0).ok_or_else(|| "out of range".to_owned())
}

fn seconds(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|seconds| (0.0..=1e6).contains(seconds)).ok_or_else(|| "a number of seconds, 0 for no limit".to_owned())
}

fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

impl Arguments {
    fn threads(&self) -> usize {
        self.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from)
    }

    fn timeout(&self) -> Option<Duration> {
        (self.timeout > 0.0).then(|| Duration::from_secs_f64(self.timeout))
    }

    fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::built_in()?;
        settings.limits = Limits {
            max_bytes: self.max_bytes,
            max_expanded: self.max_expanded,
            max_entries: self.max_entries,
            max_nesting: self.max_nesting,
            max_nodes: self.max_nodes,
        };
        settings.min_confidence = self.min_confidence;
        match &self.lexicon {
            Some(file) => lexicon::add(settings, file),
            None => Ok(settings),
        }
    }

    fn inputs(&self) -> Result<Inputs> {
        let mut paths = self.paths.clone();
        if let Some(list) = &self.files_from {
            paths.extend(inputs::listed(list).with_context(|| format!("cannot read {}", list.display()))?);
        }
        let inputs = Inputs::collect(&paths, &self.stdin_name).context("cannot read standard input")?;
        let shown = || paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        if inputs.jobs.is_empty() {
            bail!("no documents in {} (files ending in {} are read)", shown(), inputs::EXTENSIONS.join(", "));
        }
        if let [job] = inputs.jobs.as_slice()
            && let Content::Unreadable(why) = &job.content
        {
            bail!("{}: {why}", shown());
        }
        Ok(inputs)
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    quieten_panics();
    let settings = Arc::new(arguments.settings()?);
    if arguments.ndjson {
        return answer_lines(arguments, settings);
    }
    let inputs = arguments.inputs()?;
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_interrupt(&stop)?;
    let options = Options {
        threads: arguments.threads(),
        timeout: arguments.timeout(),
        force: arguments.force,
        retry_failed: arguments.retry_failed,
        ndjson: arguments.documents_ndjson,
        arguments: arguments.paths.iter().chain(&arguments.files_from).map(|path| path.display().to_string()).collect(),
        stop: Some(stop),
    };
    let total = inputs.jobs.len();
    let skipped = inputs.skipped.values().sum();
    let mut meter = Meter::new(total, arguments.quiet);
    let result = run::extract(inputs, &arguments.output, settings, &options, &mut meter);
    meter.bar.finish_and_clear();
    let summary = result?;
    if let Some(read) = summary.interrupted {
        eprintln!("interrupted after {read} of {total} documents; run the same command again to go on from there");
        return Ok(INTERRUPTED);
    }
    if !arguments.quiet {
        print_summary(&summary, &arguments.output, skipped)?;
    }
    Ok(if summary.counts.failures > 0 { SOME_FAILED } else { DONE })
}

fn answer_lines(arguments: &Arguments, settings: Arc<Settings>) -> Result<u8> {
    let plan = Plan { threads: arguments.threads(), timeout: arguments.timeout(), stop: None };
    let (_, errors) = pipe::answer(BufReader::new(io::stdin()), &mut io::stdout().lock(), settings, &plan)?;
    Ok(if errors > 0 { SOME_FAILED } else { DONE })
}

/// The first Ctrl-C lets the documents under way be finished, the second ends the program.
fn stop_on_interrupt(stop: &Arc<AtomicBool>) -> Result<()> {
    let stop = Arc::clone(stop);
    let handler = move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        eprintln!("finishing the documents under way; press Ctrl-C again to end at once");
    };
    ctrlc::set_handler(handler).context("cannot listen for Ctrl-C")
}

/// A progress bar on a terminal; errors on standard error.
struct Meter {
    bar: ProgressBar,
}

impl Meter {
    fn new(total: usize, quiet: bool) -> Self {
        // indicatif draws nothing where standard error is no terminal.
        let bar = if quiet || !io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(total as u64) };
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} documents, {per_sec}, {eta} left") {
            bar.set_style(style);
        }
        Self { bar }
    }
}

impl Progress for Meter {
    fn done(&mut self, failure: Option<&Failure>) {
        self.bar.inc(1);
        if let Some(failure) = failure {
            let (path, message) = (terminal::harmless(&failure.path), terminal::harmless(&failure.message));
            self.bar.suspend(|| anstream::eprintln!("{}error:{} {path}: {message}", terminal::ERROR, terminal::ERROR.render_reset()));
        }
    }
}

fn print_summary(summary: &Summary, output: &Path, skipped: usize) -> io::Result<()> {
    use std::io::Write;
    let counts = &summary.counts;
    let mut out = anstream::stdout().lock();
    let mut row = |name: &str, count: usize, more: String| {
        let more = if more.is_empty() { more } else { format!("  {more}") };
        writeln!(out, "{name:<16}{:>10}{more}", terminal::grouped(count))
    };
    let unchanged = if counts.unchanged > 0 { format!(", {} unchanged since an earlier run", terminal::grouped(counts.unchanged)) } else { String::new() };
    row("documents", counts.documents, format!("{} words{unchanged}", terminal::grouped(counts.words)))?;
    row("sections", counts.sections, String::new())?;
    row("recommendations", counts.recommendations, format!("and {} that others make", terminal::grouped(counts.reported_recommendations)))?;
    row("actors", counts.actors, format!("{} mentions", terminal::grouped(counts.mentions)))?;
    row("notes", counts.notes, String::new())?;
    row("citations", counts.citations, String::new())?;
    let errors = if counts.failures > 0 { format!("see {}", output.join("errors.csv").display()) } else { String::new() };
    row("failures", counts.failures, errors)?;
    if skipped > 0 {
        row("other files", skipped, "not read: of no kind that holds a paper".to_owned())?;
    }
    writeln!(out, "written to {} in {:.2} s", output.display(), summary.seconds)
}
