//! The pipe: documents as lines of JSON in, records as lines of JSON out, in order.
//!
//! A line in names the document (`id`) and has its `text`, its bytes (`base64`), or only the `path` of its file; with text or bytes, a `path` is shown in the
//! record and its extension helps to tell the format. A line out is the record, or `{"id": …, "path": …, "error": {…}}`. Empty lines are passed over.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use serde_json::json;

use super::job::{Content, Failure, Job};
use super::lines::{Line, Lines};
use super::order::{Plan, in_order};
use crate::pipeline::Settings;
use crate::write::json;

#[derive(Deserialize)]
struct Request {
    id: String,
    text: Option<String>,
    base64: Option<String>,
    path: Option<String>,
}

/// Bytes of a line as a multiple of the document in it: a writer that escapes all but ASCII makes six bytes of two. Text of control characters would need twice that.
const ESCAPED: u64 = 3;
/// Bytes of a line for what stands beside the document.
const BESIDE: u64 = 1 << 16;

/// Answers every line of `input` with a line of `output`. Gives the number of lines answered with a record and with an error.
///
/// # Errors
/// If the output cannot be written to.
pub fn answer(input: impl BufRead + Send + 'static, output: &mut impl Write, settings: Arc<Settings>, plan: &Plan) -> io::Result<(usize, usize)> {
    let limit = settings.limits.max_bytes.saturating_mul(ESCAPED).saturating_add(BESIDE);
    let jobs = Lines::new(input, limit).enumerate().filter_map(move |(index, line)| job(index + 1, line, limit));
    let (mut records, mut errors) = (0, 0);
    let patience = plan.timeout.unwrap_or_default();
    let work = move |job: &Job| respond(job, &settings);
    in_order(
        jobs,
        plan,
        work,
        |job| Err(Failure::late(job, patience)),
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
fn job(number: usize, line: io::Result<Line>, limit: u64) -> Option<Job> {
    let unreadable = |why: String| Some(Job { id: format!("line-{number}"), path: String::new(), content: Content::Unreadable(format!("line {number}{why}")) });
    match line {
        Ok(Line::Whole(line)) if line.iter().all(u8::is_ascii_whitespace) => None,
        Ok(Line::Whole(line)) => match serde_json::from_slice(&line) {
            Ok(request) => Some(requested(number, request)),
            Err(error) => unreadable(format!(", column {}: {}", error.column(), without_place(&error))),
        },
        Ok(Line::TooLong) => unreadable(format!(": longer than {limit} bytes (raise the limit with --max-bytes)")),
        Err(error) => unreadable(format!(": {error}")),
    }
}

fn requested(number: usize, request: Request) -> Job {
    let Request { id, text, base64, path } = request;
    let unreadable = |why: &str| Content::Unreadable(format!("line {number}: {why}"));
    let content = match (text, base64, &path) {
        (Some(_), Some(_), _) => unreadable("both \"text\" and \"base64\" are given"),
        (Some(text), None, _) => {
            return Job { path: path.unwrap_or_else(|| format!("{id}.txt")), id, content: Content::Bytes(text.into_bytes()) };
        }
        (None, Some(base64), _) => BASE64.decode(base64).map_or_else(|error| unreadable(&format!("\"base64\": {error}")), Content::Bytes),
        (None, None, Some(path)) => Content::File(PathBuf::from(path)),
        (None, None, None) => unreadable("neither \"text\" nor \"base64\" nor \"path\" is given"),
    };
    Job { id, path: path.unwrap_or_default(), content }
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

    fn answers(input: &str, max_bytes: u64) -> Vec<Value> {
        let mut settings = Settings::built_in().expect("built-in rules load");
        settings.limits.max_bytes = max_bytes;
        let mut output = Vec::new();
        answer(io::Cursor::new(input.to_owned()), &mut output, Arc::new(settings), &Plan::default()).expect("memory can be written to");
        serde_json::Deserializer::from_slice(&output).into_iter().map(|line| line.expect("JSON")).collect()
    }

    #[test]
    fn bytes_give_the_record_that_their_text_gives() {
        let text = answers(r##"{"id": "a", "path": "a.md", "text": "# Café\n\nCongress should act."}"##, 1000);
        let bytes = answers(r#"{"id": "a", "path": "a.md", "base64": "IyBDYWbDqQoKQ29uZ3Jlc3Mgc2hvdWxkIGFjdC4="}"#, 1000);
        assert_eq!(text, bytes);
        assert_eq!(text[0]["document"]["media_type"], "text/markdown");
    }

    #[test]
    fn a_line_that_is_too_long_or_says_two_things_is_answered_with_an_error() {
        let long = format!(r#"{{"id": "a", "text": "{}"}}"#, "x".repeat(100_000));
        let lines = answers(&format!("{long}\n{}", r#"{"id": "b", "text": "x", "base64": "eA=="}"#), 1000);
        assert_eq!(lines[0]["error"]["message"], "line 1: longer than 68536 bytes (raise the limit with --max-bytes)");
        assert_eq!(lines[1]["error"]["message"], "line 2: both \"text\" and \"base64\" are given");
    }
}
