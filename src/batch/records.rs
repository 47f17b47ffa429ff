//! Reading records back: from output folders, single files, or lines.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use thiserror::Error;

use crate::record::{Analysis, SCHEMA};

/// Why records cannot be used.
#[derive(Debug, Error)]
pub enum RecordError {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} is no record: {source}", path.display())]
    Syntax { path: PathBuf, source: serde_json::Error },
    #[error("{} has the format {found:?}; this version reads {SCHEMA:?}", path.display())]
    Schema { path: PathBuf, found: String },
    #[error("no records in {}", path.display())]
    None { path: PathBuf },
    #[error("{} and {} are both records of the document {id:?}", first.display(), second.display())]
    Twice { id: String, first: PathBuf, second: PathBuf },
}

/// Reads all records below `paths` and keeps of each what `keep` takes from it, in order of document id. A path is an output folder of
/// `policylens extract`, a folder of records, one record (`.json`), or records one a line (`.ndjson`).
///
/// # Errors
/// If a path has no records, a record cannot be read, or two are of one document.
pub fn read<T: Send>(paths: &[PathBuf], keep: impl Fn(Analysis) -> T + Sync) -> Result<Vec<T>, RecordError> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(files_of(path)?);
    }
    let parts = files
        .par_iter()
        .enumerate()
        .map(|(at, file)| Ok(parse(file)?.into_iter().map(|record| (record.document.id.clone(), at, keep(record))).collect::<Vec<_>>()))
        .collect::<Result<Vec<_>, RecordError>>()?;
    let mut records: Vec<(String, usize, T)> = parts.into_iter().flatten().collect();
    records.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (id, file, _) in &records {
        if let Some(first) = seen.insert(id, *file) {
            return Err(RecordError::Twice { id: id.clone(), first: files[first].clone(), second: files[*file].clone() });
        }
    }
    Ok(records.into_iter().map(|(_, _, record)| record).collect())
}

/// The record files of one path, in order.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, RecordError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let inner = path.join("documents");
    let folder = if inner.is_dir() { inner.as_path() } else { path };
    let reading = |source| RecordError::Read { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(reading)? {
        let file = entry.map_err(reading)?.path();
        let is_hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if file.extension().is_some_and(|extension| extension == "json") && !is_hidden {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(RecordError::None { path: path.to_owned() });
    }
    files.sort();
    Ok(files)
}

fn parse(path: &Path) -> Result<Vec<Analysis>, RecordError> {
    let text = fs::read_to_string(path).map_err(|source| RecordError::Read { path: path.to_owned(), source })?;
    let is_lines = path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl");
    let texts: Vec<&str> = if is_lines { text.lines().filter(|line| !line.trim().is_empty()).collect() } else { vec![text.as_str()] };
    texts.into_iter().map(|text| one(path, text)).collect()
}

fn one(path: &Path, text: &str) -> Result<Analysis, RecordError> {
    let record: Analysis = serde_json::from_str(text).map_err(|source| RecordError::Syntax { path: path.to_owned(), source })?;
    if record.schema != SCHEMA {
        return Err(RecordError::Schema { path: path.to_owned(), found: record.schema });
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentInfo;

    fn write(folder: &Path, name: &str, id: &str) {
        let document = DocumentInfo { id: id.to_owned(), ..DocumentInfo::default() };
        let record = Analysis { schema: SCHEMA.to_owned(), document, ..Analysis::default() };
        fs::write(folder.join(name), serde_json::to_string(&record).expect("a record is JSON")).expect("a temporary folder can be written");
    }

    fn ids(paths: &[PathBuf]) -> Result<Vec<String>, RecordError> {
        read(paths, |record| record.document.id)
    }

    #[test]
    fn reads_a_folder_in_order_of_id() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), "1.json", "b");
        write(folder.path(), "2.json", "a");
        assert_eq!(ids(&[folder.path().to_owned()]).expect("two records"), ["a", "b"]);
    }

    #[test]
    fn says_which_file_is_wrong_and_why() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let empty = ids(&[folder.path().to_owned()]).expect_err("no records").to_string();
        assert!(empty.starts_with("no records in"), "{empty}");
        write(folder.path(), "1.json", "a");
        write(folder.path(), "2.json", "a");
        let twice = ids(&[folder.path().to_owned()]).expect_err("two of one document").to_string();
        assert!(twice.contains("1.json") && twice.contains("2.json"), "{twice}");
        fs::write(folder.path().join("2.json"), "{\"schema\":").expect("a temporary folder can be written");
        let broken = ids(&[folder.path().to_owned()]).expect_err("half a record").to_string();
        assert!(broken.contains("2.json is no record"), "{broken}");
    }
}
