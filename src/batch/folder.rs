//! The output folder: one run at a time, and files that are either the old or the new, never half of one.
//!
//! A file is written beside its place under a name that begins with a dot and ends in `.partial`, then renamed. What an interrupted run left under
//! such names is removed by the next.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// What can go wrong with the output folder.
#[derive(Debug, Error)]
pub enum FolderError {
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("another run is writing to {}; wait for it to end or choose another folder", path.display())]
    Busy { path: PathBuf },
    #[error("cannot start a thread: {0}")]
    Thread(#[from] io::Error),
}

/// Adds the path to an error of writing.
fn writing(path: &Path) -> impl Fn(io::Error) -> FolderError {
    move |source| FolderError::Write { path: path.to_owned(), source }
}

/// An output folder that this process alone writes to.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Unlocked when it is closed, also by a kill.
    _lock: Option<File>,
}

impl Folder {
    /// Opens the folder, makes it if it does not exist, and takes its lock.
    ///
    /// # Errors
    /// If it cannot be made or another run holds it.
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let folder = Self::bare(root)?;
        let documents = root.join("documents");
        fs::create_dir_all(&documents).map_err(writing(&documents))?;
        remove_partial(&documents)?;
        Ok(folder)
    }

    /// The same for a folder that holds no records.
    ///
    /// # Errors
    /// If it cannot be made or another run holds it.
    pub fn bare(root: &Path) -> Result<Self, FolderError> {
        fs::create_dir_all(root).map_err(writing(root))?;
        let lock = lock(root)?;
        remove_partial(root)?;
        Ok(Self { root: root.to_owned(), _lock: lock })
    }

    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The file of a document's record.
    #[must_use]
    pub fn record_path(&self, id: &str) -> PathBuf {
        self.root.join("documents").join(format!("{id}.json"))
    }

    /// Writes a file in one step.
    ///
    /// # Errors
    /// If it cannot be written; the old file is then still there.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
        // What is written at once needs no buffer.
        let mut staged = Staged::new(path, 0)?;
        staged.write(bytes)?;
        staged.commit()
    }

    /// Begins a file that is written bit by bit.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn stage(&self, name: &str) -> Result<Staged, FolderError> {
        Staged::new(&self.path(name), 1 << 16)
    }

    /// Removes a file if it is there.
    ///
    /// # Errors
    /// If it is there and cannot be removed.
    pub fn remove(&self, path: &Path) -> Result<(), FolderError> {
        match fs::remove_file(path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(writing(path)(source)),
            _ => Ok(()),
        }
    }
}

/// On Unix the folder itself carries the lock, so nothing is left behind; elsewhere a file in it does.
fn lock(root: &Path) -> Result<Option<File>, FolderError> {
    let file = if cfg!(unix) { File::open(root) } else { File::create(root.join(".lock")) }.map_err(writing(root))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(FolderError::Busy { path: root.to_owned() }),
        // Some network file systems have no locks: better an unguarded run than none.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

fn remove_partial(folder: &Path) -> Result<(), FolderError> {
    for entry in fs::read_dir(folder).map_err(writing(folder))? {
        let entry = entry.map_err(writing(folder))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(".partial") {
            fs::remove_file(entry.path()).map_err(writing(&entry.path()))?;
        }
    }
    Ok(())
}

/// A file in the making. Dropped without [`commit`](Self::commit), it leaves nothing.
#[derive(Debug)]
pub struct Staged {
    target: PathBuf,
    partial: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Staged {
    fn new(target: &Path, buffer: usize) -> Result<Self, FolderError> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let partial = target.with_file_name(format!(".{name}.partial"));
        let file = File::create(&partial).map_err(writing(&partial))?;
        Ok(Self { target: target.to_owned(), partial, file: Some(BufWriter::with_capacity(buffer, file)) })
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), FolderError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(bytes).map_err(writing(&self.target))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// If its end cannot be written or it cannot be renamed.
    pub fn commit(mut self) -> Result<(), FolderError> {
        if let Some(mut file) = self.file.take() {
            let written = file.flush().and_then(|()| fs::rename(&self.partial, &self.target));
            drop(file);
            if let Err(source) = written {
                let _ = fs::remove_file(&self.partial);
                return Err(writing(&self.target)(source));
            }
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Best effort: what remains is removed by the next run.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_committed_leaves_the_old_one() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::open(dir.path()).expect("it opens");
        let path = folder.path("a.csv");
        folder.write(&path, b"old").expect("it is written");
        folder.stage("a.csv").expect("it is begun").write(b"new").expect("it is written");
        assert_eq!(fs::read(&path).expect("it is there"), b"old");
        assert_eq!(fs::read_dir(dir.path()).expect("readable").count(), 2, "a.csv and documents");
    }

    #[test]
    fn a_second_run_is_refused_while_the_first_goes_on() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let first = Folder::open(dir.path()).expect("it opens");
        assert!(matches!(Folder::open(dir.path()), Err(FolderError::Busy { .. })));
        drop(first);
        Folder::open(dir.path()).expect("it opens again");
    }

    #[test]
    fn what_a_killed_run_left_is_removed() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::write(dir.path().join(".a.csv.partial"), b"half").expect("written");
        Folder::open(dir.path()).expect("it opens");
        assert!(!dir.path().join(".a.csv.partial").exists());
    }
}
