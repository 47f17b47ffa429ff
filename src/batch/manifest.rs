//! `run.json`, the one file that may differ between two runs over the same input, and what an earlier run left to build on.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::job::Failure;
use super::run::{Counts, Options};
use crate::ingest::Limits;
use crate::record::Generator;

/// The facts of a run.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub program: String,
    pub generator: Generator,
    pub started: String,
    pub finished: String,
    pub seconds: f64,
    pub megabytes_per_second: f64,
    pub threads: usize,
    pub limits: RunLimits,
    pub inputs: Vec<String>,
    pub counts: Counts,
    /// Files of no readable kind in the given folders, by extension.
    pub skipped_files: BTreeMap<String, usize>,
}

/// Limits on which it depends whether a document fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunLimits {
    #[serde(flatten)]
    pub documents: Limits,
    pub timeout_seconds: Option<f64>,
}

impl RunLimits {
    pub fn new(documents: Limits, options: &Options) -> Self {
        Self { documents, timeout_seconds: options.timeout.map(|limit| limit.as_secs_f64()) }
    }
}

/// What the last finished run left in the folder.
#[derive(Debug, Default)]
pub struct Earlier {
    /// The documents that have a record.
    pub documents: HashSet<String>,
    /// The documents that failed under the same rules and limits, by id.
    pub failures: HashMap<String, Failure>,
}

impl Earlier {
    /// Reads the folder; whatever cannot be read is taken as not there.
    pub fn read(folder: &Folder, generator: &Generator, limits: &RunLimits) -> Self {
        let documents = table(folder, "documents.csv").into_iter().filter_map(|mut row| row.remove("document_id")).collect();
        let manifest = fs::read(folder.path("run.json")).ok().and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        let same = manifest.is_some_and(|manifest| manifest.generator == *generator && manifest.limits == *limits);
        let failures = if same { table(folder, "errors.csv").into_iter().filter_map(failure).collect() } else { HashMap::new() };
        Self { documents, failures }
    }
}

fn table(folder: &Folder, name: &str) -> Vec<HashMap<String, String>> {
    let Ok(reader) = csv::Reader::from_path(folder.path(name)) else { return Vec::new() };
    reader.into_deserialize().filter_map(Result::ok).collect()
}

fn failure(mut row: HashMap<String, String>) -> Option<(String, Failure)> {
    let mut take = |name: &str| row.remove(name);
    let id = take("document_id")?;
    let failure = Failure { id: id.clone(), path: take("path")?, stage: take("stage")?, message: take("message")?, sha256: take("sha256") };
    Some((id, failure))
}

/// A moment as `2026-01-31T12:00:00Z`.
pub fn timestamp(moment: SystemTime) -> String {
    let seconds = moment.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// The date of a day counted from 1970-01-01, after Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is the last.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_know_leap_years() {
        let at = |seconds| timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_709_251_199), "2024-02-29T23:59:59Z");
    }
}
