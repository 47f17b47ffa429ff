//! The pipe: documents as lines of JSON in, records as lines of JSON out, in order.
//!
//! A line in is `{"id": …, "text": …}` or `{"id": …, "path": …}`; a line out is the record, or `{"id": …, "error": {…}}`.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use super::job::{Content, Failure, Job};
use super::order::{Plan, in_order};
use crate::pipeline::Settings;
use crate::write::json;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: Option<String>,
    path: Option<String>,
}

/// Answers every line of `input` with a line of `output`. Gives the number of lines answered with a record and with an error.
///
/// # Errors
/// If the output cannot be written to.
pub fn answer(input: impl BufRead + Send + 'static, output: &mut impl Write, settings: Arc<Settings>, plan: &Plan) -> io::Result<(usize, usize)> {
    let jobs = input.split(b'\n').enumerate().filter_map(|(index, line)| job(index + 1, line));
    let (mut records, mut errors) = (0, 0);
    let limit = plan.timeout.unwrap_or_default();
    let work = move |job: &Job| respond(job, &settings);
    in_order(
        jobs,
        plan,
        work,
        |job| Err(Failure::late(job, limit)),
        |answer| {
            let line = match answer {
                Ok(line) => {
                    records += 1;
                    line
                }
                Err(failure) => {
                    errors += 1;
                    error_line(&failure)
                }
            };
            output.write_all(&line)?;
            // Each line at once: the other end may wait for it before it sends the next.
            output.flush()
        },
    )?;
    Ok((records, errors))
}

/// The document of a line; none for an empty one.
fn job(number: usize, line: io::Result<Vec<u8>>) -> Option<Job> {
    let unreadable = |why: String| Job { id: format!("line-{number}"), path: String::new(), content: Content::Unreadable(why) };
    let line = match line {
        Ok(line) if line.iter().all(u8::is_ascii_whitespace) => return None,
        Ok(line) => line,
        Err(error) => return Some(unreadable(format!("line {number}: {error}"))),
    };
    let parsed: Line = match serde_json::from_slice(&line) {
        Ok(parsed) => parsed,
        Err(error) => return Some(unreadable(format!("line {number}, column {}: {}", error.column(), without_place(&error)))),
    };
    Some(match (parsed.text, parsed.path) {
        (Some(text), path) => Job { path: path.unwrap_or_else(|| format!("{}.txt", parsed.id)), id: parsed.id, content: Content::Bytes(text.into_bytes()) },
        (None, Some(path)) => Job { id: parsed.id, content: Content::File(PathBuf::from(&path)), path },
        (None, None) => {
            Job { id: parsed.id, path: String::new(), content: Content::Unreadable(format!("line {number}: neither \"text\" nor \"path\" is given")) }
        }
    })
}

/// The message of an error without the line that it counts itself, which is always the first.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rfind(" at line ").map_or(message.as_str(), |at| &message[..at]).to_owned()
}

fn respond(job: &Job, settings: &Settings) -> Result<Vec<u8>, Failure> {
    let bytes = job.read(settings.limits.max_bytes)?;
    Ok(json::line(&job.analyse(&bytes, settings)?))
}

fn error_line(failure: &Failure) -> Vec<u8> {
    let mut line = json!({"id": failure.id, "path": failure.path, "error": {"stage": failure.stage, "message": failure.message}}).to_string();
    line.push('\n');
    line.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_line_is_answered_in_order() {
        let input = "{\"id\": \"a\", \"text\": \"One should act.\"}\n\n{\"id\": \"b\"}\nno json\n{\"id\": \"c\", \"path\": \"/no/such/file\"}\n{\"id\": \"d\", \"text\": \"Two.\"}";
        let settings = Arc::new(Settings::built_in().expect("built-in rules load"));
        let mut output = Vec::new();
        let plan = Plan { threads: 4, ..Plan::default() };
        let counts = answer(input.as_bytes(), &mut output, settings, &plan).expect("memory can be written to");
        assert_eq!(counts, (2, 3));
        let lines: Vec<Value> =
            output.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).expect("JSON")).collect();
        let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().or(line["document"]["id"].as_str()).unwrap_or_default()).collect();
        assert_eq!(ids, ["a", "b", "line-4", "c", "d"]);
    }
}
