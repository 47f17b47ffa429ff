//! Which records a command works on.

use std::path::PathBuf;

use anyhow::Result;

use crate::batch::records;
use crate::record::Analysis;

/// Records, and those of them to leave out.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Output folders of `policylens extract`, folders of records, or records
    #[arg(value_name = "RECORDS", required = true)]
    records: Vec<PathBuf>,

    /// Leave out documents whose path matches this pattern, as 'drafts/*'; may be given several times
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<glob::Pattern>,
}

impl Selection {
    /// Reads the records that are wanted, each reduced to what `keep` makes of it as soon as it is read.
    pub fn read<T: Send>(&self, keep: impl Fn(Analysis) -> T + Sync) -> Result<Vec<T>> {
        let is_wanted = |record: &Analysis| !self.exclude.iter().any(|pattern| pattern.matches(&record.document.path));
        let found = records::read(&self.records, |record| is_wanted(&record).then(|| keep(record)))?;
        Ok(found.into_iter().flatten().collect())
    }
}
