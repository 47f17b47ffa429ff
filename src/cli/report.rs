//! `policylens report`: one page to look at the records.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::DONE;
use super::selection::Selection;
use crate::batch::folder::Folder;
use crate::compare::paper::Paper;
use crate::compare::{self, Parameters};
use crate::report;

/// Write one HTML page with the papers, their items, and the comparison
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,

    /// The page to write
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    output: PathBuf,
}

const AFTER: &str = "\
The page opens from disk, without a network. Records of more than 16 MB in all are written to a
folder beside it (report_files/), each loaded when its paper is opened.

Example:
  policylens extract papers/ -o output && policylens report output -o report.html";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let records = arguments.selection.read(|record| record)?;
    let comparison = compare::compare(records.iter().map(Paper::from_record).collect(), Parameters::default());
    let stem = arguments.output.file_stem().and_then(|stem| stem.to_str()).unwrap_or("report");
    let beside = format!("{stem}_files");
    let page = report::report(&records, &comparison, &beside)?;
    let parent = arguments.output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = arguments.output.file_name().context("the output is no file name")?;
    if !page.files.is_empty() {
        let folder = Folder::bare(&parent.join(&beside))?;
        for (name, content) in &page.files {
            folder.write(&folder.path(name), content.as_bytes())?;
        }
    }
    let folder = Folder::bare(parent)?;
    folder.write(&parent.join(name), page.html.as_bytes())?;
    writeln!(anstream::stdout().lock(), "{} papers, {} themes, written to {}", records.len(), comparison.themes.len(), arguments.output.display())?;
    Ok(DONE)
}
