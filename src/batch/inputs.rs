//! From the paths on the command line to the documents of a run: folders walked, patterns expanded, ids given.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, BufRead, Read};
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::job::{Content, Job};
use crate::id;

/// The extensions of files that are read when a folder is given. A file named itself is read whatever its extension.
pub const EXTENSIONS: [&str; 13] = ["txt", "text", "md", "markdown", "mdown", "mkd", "html", "htm", "xhtml", "pdf", "docx", "odt", "epub"];

/// Endings of documents that are not read; a folder's run names them among its errors, so that none is left out silently.
const UNREAD: [&str; 2] = ["rtf", "doc"];

/// Bytes of the longest id; the rest of a long path is replaced by a hash. File systems allow 255 for a name.
const LONGEST_ID: usize = 120;

/// The documents of a run, in the order in which they are written.
#[derive(Debug, Default)]
pub struct Inputs {
    pub jobs: Vec<Job>,
    /// Files in the given folders that are of no kind that can be read, by extension.
    pub skipped: BTreeMap<String, usize>,
}

/// A file with the two ways to name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    /// Relative to the argument, with `/`.
    relative: String,
    /// As given, with `/`: where ids of other documents collide with that from `relative`.
    full: String,
    file: PathBuf,
    /// Why it cannot be read, if that is known.
    missing: Option<String>,
    /// It is known that it is a file and no link to one.
    is_file: bool,
}

impl Inputs {
    /// Collects the documents that `paths` name: files, folders (recursive), glob patterns, `-` for standard input.
    /// The result depends on the set of paths only, not on their order.
    ///
    /// # Errors
    /// If standard input cannot be read.
    pub fn collect(paths: &[PathBuf], stdin_name: &str) -> io::Result<Self> {
        let mut inputs = Self::default();
        let mut found = Vec::new();
        let mut stdin = false;
        for path in paths {
            if path == Path::new("-") {
                stdin = true;
            } else if path.is_dir() {
                inputs.walk(path, &mut found);
            } else if path.exists() || !has_wildcard(path) {
                found.push(single(path));
            } else {
                expand(path, &mut found);
            }
        }
        inputs.jobs = with_ids(distinct(found));
        if stdin {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            inputs.add_bytes(stdin_name, bytes);
        }
        inputs.jobs.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(inputs)
    }

    fn walk(&mut self, folder: &Path, found: &mut Vec<Found>) {
        let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_readable_kind(entry.path()) => found.push(Found { is_file: !entry.path_is_symlink(), ..inside(folder, entry.path(), None) }),
                Ok(entry) => *self.skipped.entry(extension(entry.path())).or_default() += 1,
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    found.push(inside(folder, &path, Some(why)));
                }
            }
        }
    }

    fn add_bytes(&mut self, name: &str, bytes: Vec<u8>) {
        let base = slug(stem(name));
        let taken: BTreeSet<&str> = self.jobs.iter().map(|job| job.id.as_str()).collect();
        let id = if taken.contains(base.as_str()) { format!("{base}-{}", &id::sha256(&bytes)[..8]) } else { base };
        self.jobs.push(Job { id, path: name.to_owned(), content: Content::Bytes(bytes) });
    }
}

/// The job of one file, with the id and path that a run over it alone gives it.
#[must_use]
pub fn file_job(path: &Path) -> Job {
    let Found { relative, file, .. } = single(path);
    Job { id: slug(stem(&relative)), path: relative, content: Content::File(file) }
}

/// The paths listed in a file, one a line; `-` is standard input.
///
/// # Errors
/// If it cannot be read.
pub fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let lines: Vec<String> = if list == Path::new("-") {
        io::stdin().lock().lines().collect::<io::Result<_>>()?
    } else {
        std::fs::read_to_string(list)?.lines().map(str::to_owned).collect()
    };
    Ok(lines.into_iter().filter(|line| !line.trim().is_empty()).map(PathBuf::from).collect())
}

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// A README tells about the folder and is no paper.
fn is_readable_kind(path: &Path) -> bool {
    let extension = extension(path);
    (EXTENSIONS.contains(&extension.as_str()) || UNREAD.contains(&extension.as_str())) && path.file_stem().is_none_or(|name| name != "README")
}

fn has_wildcard(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().filter(|part| *part != Component::CurDir).map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn single(path: &Path) -> Found {
    let relative = path.file_name().map_or_else(|| slashed(path), |name| name.to_string_lossy().into_owned());
    let missing = (!path.exists()).then(|| "no such file or folder".to_owned());
    Found { relative, full: slashed(path), file: path.to_owned(), missing, is_file: false }
}

fn inside(folder: &Path, path: &Path, missing: Option<String>) -> Found {
    let relative = path.strip_prefix(folder).map(slashed).ok().filter(|relative| !relative.is_empty());
    Found { relative: relative.unwrap_or_else(|| slashed(path)), full: slashed(path), file: path.to_owned(), missing, is_file: false }
}

fn expand(pattern: &Path, found: &mut Vec<Found>) {
    let literal: PathBuf = pattern.components().take_while(|part| !has_wildcard(Path::new(part))).collect();
    let before = found.len();
    let text = pattern.to_string_lossy();
    match glob::glob(&text) {
        Ok(matches) => {
            for entry in matches {
                match entry {
                    Ok(path) if path.is_dir() => {}
                    Ok(path) => found.push(inside(&literal, &path, None)),
                    Err(error) => found.push(inside(&literal, error.path(), Some(error.error().to_string()))),
                }
            }
            if found.len() == before {
                found.push(Found { missing: Some("no file matches the pattern".to_owned()), ..single(pattern) });
            }
        }
        Err(error) => found.push(Found { missing: Some(format!("the pattern is malformed: {error}")), ..single(pattern) }),
    }
}

/// Each file once, though several arguments name it: with the longest relative path, which tells most.
fn distinct(found: Vec<Found>) -> Vec<Found> {
    let mut by_file: BTreeMap<PathBuf, Found> = BTreeMap::new();
    let mut folders: HashMap<PathBuf, PathBuf> = HashMap::new();
    for one in found {
        let key = canonical(&one, &mut folders).unwrap_or_else(|_| one.file.clone());
        let rank = |found: &Found| (found.relative.matches('/').count(), found.relative.clone(), found.full.clone());
        match by_file.get(&key) {
            Some(other) if rank(other) >= rank(&one) => {}
            _ => drop(by_file.insert(key, one)),
        }
    }
    let mut files: Vec<Found> = by_file.into_values().collect();
    files.sort();
    files
}

/// The path without links. That of a folder is looked up once for all files in it.
fn canonical(one: &Found, folders: &mut HashMap<PathBuf, PathBuf>) -> io::Result<PathBuf> {
    let (Some(folder), Some(name), true) = (one.file.parent(), one.file.file_name(), one.is_file) else { return one.file.canonicalize() };
    if let Some(known) = folders.get(folder) {
        return Ok(known.join(name));
    }
    let path = one.file.canonicalize()?;
    if let Some(canonical) = path.parent() {
        folders.insert(folder.to_owned(), canonical.to_owned());
    }
    Ok(path)
}

/// Gives each file an id from its relative path; where several would get the same, from more of the path.
fn with_ids(files: Vec<Found>) -> Vec<Job> {
    let attempts: [fn(&Found) -> String; 4] = [
        |one| slug(stem(&one.relative)),
        |one| slug(&one.relative),
        |one| slug(&one.full),
        |one| format!("{}-{}", slug(stem(&one.relative)), &id::sha256(one.full.as_bytes())[..8]),
    ];
    let mut ids: Vec<String> = files.iter().map(attempts[0]).collect();
    for attempt in &attempts[1..] {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        ids.iter().for_each(|id| *count.entry(id.to_lowercase()).or_default() += 1);
        let collides: Vec<bool> = ids.iter().map(|id| count[&id.to_lowercase()] > 1).collect();
        for (index, _) in collides.iter().enumerate().filter(|(_, collides)| **collides) {
            ids[index] = attempt(&files[index]);
        }
    }
    let content = |one: &Found| one.missing.clone().map_or_else(|| Content::File(one.file.clone()), Content::Unreadable);
    files.iter().zip(ids).map(|(one, id)| Job { id, path: one.relative.clone(), content: content(one) }).collect()
}

/// The path without its last extension.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name + dot],
        _ => path,
    }
}

/// The path as a file name: letters, digits, `-` and `_`, everything else as one `-`.
fn slug(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() {
        return format!("document-{}", &id::sha256(path.as_bytes())[..8]);
    }
    if trimmed.len() <= LONGEST_ID {
        return trimmed.to_owned();
    }
    format!("{}-{}", &trimmed[..trimmed.floor_char_boundary(LONGEST_ID)], &id::sha256(path.as_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(relative: &str, full: &str) -> Found {
        Found { relative: relative.to_owned(), full: full.to_owned(), file: PathBuf::from(full), missing: None, is_file: false }
    }

    fn ids(files: Vec<Found>) -> Vec<String> {
        with_ids(files).into_iter().map(|job| job.id).collect()
    }

    #[test]
    fn ids_read_like_the_path() {
        assert_eq!(ids(vec![found("eu/Chips Act (final).v2.md", "in/eu/Chips Act (final).v2.md")]), ["eu-Chips-Act-final-v2"]);
    }

    #[test]
    fn colliding_ids_take_more_of_the_path() {
        assert_eq!(ids(vec![found("a.md", "x/a.md"), found("a.txt", "x/a.txt")]), ["a-md", "a-txt"]);
        assert_eq!(ids(vec![found("a.md", "x/a.md"), found("a.md", "y/a.md")]), ["x-a-md", "y-a-md"]);
        let hard = ids(vec![found("a/b.md", "a/b.md"), found("a-b.md", "a-b.md")]);
        assert_ne!(hard[0], hard[1]);
    }

    #[test]
    fn ids_do_not_differ_by_case_alone() {
        let ids = ids(vec![found("A.md", "x/A.md"), found("a.txt", "x/a.txt")]);
        assert_ne!(ids[0].to_lowercase(), ids[1].to_lowercase());
    }

    #[test]
    fn long_and_empty_names_get_an_id() {
        assert!(slug(&"é".repeat(400)).len() <= LONGEST_ID + 9);
        assert!(slug("???").starts_with("document-"));
    }
}
