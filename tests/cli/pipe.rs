//! `policylens extract --ndjson` as the other end of another program.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::tool::command;

fn start() -> Child {
    command(&["extract", "--ndjson", "-j", "1"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program can be run")
}

fn line(number: usize, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": number.to_string(), "text": text}))
}

fn id(answer: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(answer).expect("JSON");
    record["document"]["id"].as_str().expect("a record").to_owned()
}

#[test]
fn a_line_is_answered_before_the_next_is_sent() {
    let mut pipe = start();
    let mut requests = pipe.stdin.take().expect("piped");
    let mut answers = BufReader::new(pipe.stdout.take().expect("piped")).lines();
    for number in 0..10 {
        requests.write_all(line(number, "Parliament should act.").as_bytes()).expect("it reads");
        assert_eq!(id(&answers.next().expect("an answer").expect("UTF-8")), number.to_string());
    }
    drop(requests);
    assert!(answers.next().is_none());
    assert!(pipe.wait().expect("it ends").success());
}

/// Nobody reads the answers at first: the program must stop taking lines, and go on where it was when somebody does.
#[test]
fn no_more_is_taken_than_is_given() {
    const LINES: usize = 60;
    let mut pipe = start();
    let mut requests = pipe.stdin.take().expect("piped");
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let text = "Parliament should act. ".repeat(500);
    let writer = thread::spawn(move || {
        for number in 0..LINES {
            requests.write_all(line(number, &text).as_bytes()).expect("it reads");
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    thread::sleep(Duration::from_secs(2));
    // Two pipes of 64 KB, the window of four documents, and what is being read and written.
    assert!(taken.load(Ordering::Relaxed) < 20, "{taken:?} lines were taken");
    let answers = BufReader::new(pipe.stdout.take().expect("piped")).lines();
    let ids: Vec<String> = answers.map(|answer| id(&answer.expect("UTF-8"))).collect();
    assert_eq!(ids, (0..LINES).map(|number| number.to_string()).collect::<Vec<_>>());
    writer.join().expect("all lines were written");
    assert!(pipe.wait().expect("it ends").success());
}

#[cfg(unix)]
#[test]
fn an_input_that_cannot_be_read_ends_the_run() {
    let folder = File::open(env!("CARGO_MANIFEST_DIR")).expect("the folder is there");
    let output = command(&["extract", "--ndjson"]).stdin(folder).output().expect("the program can be run");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).count(), 1);
}
