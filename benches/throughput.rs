//! Megabytes a second: `cargo bench --bench throughput`.
//!
//! Every stage, and the whole path to JSON and CSV on one core and on all, over the sample papers in text form and, where it is at hand, the development
//! set; then how time grows with the length of one document; then two yardsticks on the same text, `wc -w` and one `rg` pass over the lexicon's names.

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use policylens::write::{csv, json};
use policylens::{Input, Settings, analyse, analyse_observed};
use rayon::prelude::*;

/// Each figure is the best of so many rounds: what disturbs a round only makes it slower.
const ROUNDS: usize = 7;
/// The documents are repeated to about this size, so that a round takes long enough to be measured.
const BYTES: usize = 4 << 20;

fn main() {
    let settings = Settings::built_in().expect("built-in rules load");
    let papers = papers();
    let size: usize = papers.iter().map(|(_, bytes)| bytes.len()).sum();
    let times = BYTES.div_ceil(size.max(1));
    let documents: Vec<&(String, Vec<u8>)> = (0..times).flat_map(|_| &papers).collect();
    let total = size * times;
    println!("{} documents, {:.1} MB", documents.len(), total as f64 / 1e6);
    stages(&documents, &settings, total);
    let one = best(|| documents.iter().for_each(|document| whole(document, &settings)));
    let all = best(|| documents.par_iter().for_each(|document| whole(document, &settings)));
    line("whole, one core", total, one);
    line(&format!("whole, {} cores", rayon::current_num_threads()), total, all);
    slope(&papers, &settings);
    yardsticks(&documents, total, one, &settings);
}

fn papers() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut papers = Vec::new();
    for folder in [root.join("corpus"), root.join("../shared/dev/papers")] {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if (name.ends_with(".txt") || name.ends_with(".md")) && !name.starts_with("README") {
                papers.push((name, fs::read(entry.path()).expect("a readable paper")));
            }
        }
    }
    papers.sort();
    papers
}

fn input((path, bytes): &(String, Vec<u8>)) -> Input<'_> {
    Input { id: path, path, bytes }
}

fn whole(document: &(String, Vec<u8>), settings: &Settings) {
    let analysis = analyse(&input(document), settings).expect("a sample paper can be read");
    black_box((json::pretty(&analysis), csv::rows(&analysis)));
}

fn best(mut round: impl FnMut()) -> Duration {
    let time = |_| {
        let clock = Instant::now();
        round();
        clock.elapsed()
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}

fn line(name: &str, bytes: usize, time: Duration) {
    println!("{name:<20}{:>9.1} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
}

fn stages(documents: &[&(String, Vec<u8>)], settings: &Settings, total: usize) {
    let mut least: Vec<(&'static str, Duration)> = Vec::new();
    for _ in 0..ROUNDS {
        let mut round: Vec<(&'static str, Duration)> = Vec::new();
        let mut add = |name: &'static str, time: Duration| match round.iter_mut().find(|(other, _)| *other == name) {
            Some((_, sum)) => *sum += time,
            None => round.push((name, time)),
        };
        for document in documents {
            let mut clock = Instant::now();
            let mut lap = || std::mem::replace(&mut clock, Instant::now()).elapsed();
            let analysis = analyse_observed(&input(document), settings, |stage| add(stage, lap())).expect("a sample paper can be read");
            lap();
            black_box(json::pretty(&analysis));
            add("json", lap());
            black_box(csv::rows(&analysis));
            add("csv", lap());
        }
        for (name, time) in round {
            match least.iter_mut().find(|(other, _)| *other == name) {
                Some((_, best)) => *best = time.min(*best),
                None => least.push((name, time)),
            }
        }
    }
    least.into_iter().for_each(|(name, time)| line(name, total, time));
}

/// The slope of log time over log size while one document grows from 64 KB to 2 MB: 1 is linear.
fn slope(papers: &[(String, Vec<u8>)], settings: &Settings) {
    let text: Vec<u8> = papers.iter().filter(|(name, _)| name.ends_with(".txt")).flat_map(|(_, bytes)| bytes.iter().copied().chain(*b"\n\n")).collect();
    let points: Vec<(f64, f64)> = (16..=21)
        .map(|power| {
            let bytes: Vec<u8> = text.iter().copied().cycle().take(1 << power).collect();
            let document = ("grown.txt".to_owned(), bytes);
            let time = best(|| whole(&document, settings));
            println!("{:>8} KB{:>10.1} ms", (1 << power) >> 10, time.as_secs_f64() * 1e3);
            (f64::from(power) * 2f64.ln(), time.as_secs_f64().ln())
        })
        .collect();
    let count = points.len() as f64;
    let (x, y) = (points.iter().map(|point| point.0).sum::<f64>() / count, points.iter().map(|point| point.1).sum::<f64>() / count);
    let above: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let below: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    println!("{:<20}{:>9.3}", "slope", above / below);
}

fn yardsticks(documents: &[&(String, Vec<u8>)], total: usize, one: Duration, settings: &Settings) {
    let text: Vec<u8> = documents.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
    let names: String = settings.lexicon.entries().iter().map(|entry| format!("{}\n", entry.name)).collect();
    let list = std::env::temp_dir().join(format!("policylens-bench-names-{}", std::process::id()));
    if fs::write(&list, names).is_ok() {
        let list = list.to_string_lossy();
        for (name, program, arguments) in [("wc -w", "wc", vec!["-w"]), ("rg, all names", "rg", vec!["-c", "-F", "-f", &list, "-"])] {
            if run(program, &arguments, &text) {
                let time = best(|| {
                    let _ = run(program, &arguments, &text);
                });
                line(name, total, time);
                println!("{:<20}{:>9.1} times its time", "  whole, one core", one.as_secs_f64() / time.as_secs_f64());
            }
        }
    }
    let _ = fs::remove_file(list);
}

/// Runs a program with the text on its standard input; false if there is no such program.
fn run(program: &str, arguments: &[&str], text: &[u8]) -> bool {
    let spawned = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let Ok(mut child) = spawned else { return false };
    let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text).is_ok());
    child.wait().is_ok() && written
}
