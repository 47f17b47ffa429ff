//! A disk that runs full.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::documents;
use crate::tool::{assert_same_files, extract, files, status, stderr};

/// A small file system in memory, taken down at the end.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// None where the user may not mount.
    fn mount(place: &'a Path, kibibytes: u32) -> Option<Self> {
        fs::create_dir(place).expect("a folder to mount on");
        let size = format!("size={kibibytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(place).output().is_ok_and(|output| output.status.success());
        mounted.then_some(Self(place))
    }

    fn grow(&self) {
        let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(self.0).status().expect("mount can be run");
        assert!(grown.success());
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "mounts a file system, which takes root: run by .ci/run"]
fn a_full_disk_is_reported_and_what_was_finished_stays_valid() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, whole, place) = (dir.path().join("in"), dir.path().join("whole"), dir.path().join("disk"));
    documents::write(&input, 60);
    assert_eq!(status(&extract(&[&input], &whole, &[])), 0);
    let need: usize = files(&whole).values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum();
    for share in [20, 50, 80] {
        let Some(disk) = SmallDisk::mount(&place, (need * share / 100) as u32) else {
            eprintln!("skipped: a file system cannot be mounted here");
            return;
        };
        let out = place.join("out");
        let run = extract(&[&input], &out, &[]);
        assert_eq!(status(&run), 2, "{}", stderr(&run));
        assert!(stderr(&run).contains("disk") || stderr(&run).contains("No space left"), "{}", stderr(&run));
        assert!(stderr(&run).contains(&out.display().to_string()), "the path is named: {}", stderr(&run));
        for (path, bytes) in files(&out).into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "json")) {
            serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        disk.grow();
        assert_eq!(status(&extract(&[&input], &out, &[])), 0);
        assert_same_files(&whole, &out);
        drop(disk);
        fs::remove_dir(&place).expect("the folder is free again");
    }
}
