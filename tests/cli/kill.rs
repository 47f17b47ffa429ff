//! Runs that are ended from outside.

use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::documents;
use crate::tool::{self, assert_same_files, extract, status, stderr};

fn start(input: &Path, out: &Path) -> Child {
    let mut command = tool::command(&["extract", "-j", "2", "-o"]);
    command.arg(out).arg(input).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().expect("the program can be run")
}

/// Kills `rounds` runs at moments spread over the time that a whole one takes, then lets one end, and compares.
fn kill_loop(rounds: u32) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, whole, killed) = (dir.path().join("in"), dir.path().join("whole"), dir.path().join("killed"));
    documents::write(&input, 200);
    let clock = Instant::now();
    assert_eq!(status(&extract(&[&input], &whole, &[])), 0);
    let time = clock.elapsed();
    for round in 0..rounds {
        let mut run = start(&input, &killed);
        thread::sleep(time * (round * 37 % 100) / 100);
        run.kill().expect("it can be killed");
        run.wait().expect("it ends");
        if !killed.is_dir() {
            continue;
        }
        for (path, bytes) in tool::files(&killed).into_iter().filter(|(path, _)| path.starts_with("documents") && path.extension().is_some_and(|e| e == "json"))
        {
            serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
    assert_eq!(status(&extract(&[&input], &killed, &[])), 0);
    assert_same_files(&whole, &killed);
}

#[test]
fn killed_runs_leave_nothing_that_a_later_run_would_suffer_from() {
    kill_loop(8);
}

#[test]
#[ignore = "takes long: the loop of a hundred"]
fn a_hundred_killed_runs() {
    kill_loop(100);
}

#[test]
#[cfg(unix)]
fn an_interrupt_finishes_what_is_under_way_and_says_how_to_go_on() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (input, out, whole) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("whole"));
    documents::write(&input, 3000);
    let run = start(&input, &out);
    // The first record shows that the handler is in place.
    let deadline = Instant::now() + Duration::from_secs(20);
    while !out.join("documents").is_dir() || tool::files(&out.join("documents")).is_empty() {
        assert!(Instant::now() < deadline, "no record appears");
        thread::sleep(Duration::from_millis(5));
    }
    let sent = std::process::Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("kill can be run");
    assert!(sent.success());
    let output = run.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("run the same command again"), "{}", stderr(&output));
    assert!(!out.join("documents.csv").exists(), "no table is half written");
    assert_eq!(status(&extract(&[&input], &out, &[])), 0);
    assert_eq!(status(&extract(&[&input], &whole, &[])), 0);
    assert_same_files(&out, &whole);
}
