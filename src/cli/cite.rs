//! `policylens cite`: reads reference strings by themselves.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::DONE;
use crate::extract::citation::{self, Parsed};

/// Read reference strings, to JSON, CSL-JSON, BibTeX or RIS
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The references, each as one argument
    #[arg(value_name = "STRING")]
    references: Vec<String>,

    /// Read references from a file, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// The strings are notes, which may cite several works and comment on them
    #[arg(long)]
    notes: bool,

    /// Show the segments of each reference, their labels and scores
    #[arg(long)]
    explain: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut strings = arguments.references.clone();
    if let Some(path) = &arguments.from {
        let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            Box::new(io::BufReader::new(std::fs::File::open(path).with_context(|| path.display().to_string())?))
        };
        for line in reader.lines() {
            strings.push(line?);
        }
    }
    if strings.is_empty() {
        bail!("no reference: give one as an argument, or a file with --from");
    }
    for string in &strings {
        let works = if arguments.notes { citation::split(string) } else { std::iter::once(0..string.len()).collect() };
        if arguments.notes && !arguments.explain {
            let pieces: Vec<&str> = works.iter().filter_map(|range| string.get(range.clone())).collect();
            writeln!(out, "{}", serde_json::to_string(&pieces)?)?;
            continue;
        }
        for work in works.iter().filter_map(|range| string.get(range.clone())) {
            let parsed = citation::parse(work);
            if arguments.explain { explain(&mut out, work, &parsed)? } else { writeln!(out, "{}", serde_json::to_string(&parsed)?)? }
        }
    }
    out.flush()?;
    Ok(DONE)
}

/// The segments with their labels and scores, one a line.
fn explain(out: &mut impl Write, reference: &str, parsed: &Parsed) -> io::Result<()> {
    writeln!(out, "{}", reference.get(parsed.start..parsed.end).unwrap_or_default())?;
    writeln!(out, "  rule {}  confidence {:.2}  margin {:.2}", parsed.rule, parsed.confidence, parsed.margin)?;
    for segment in &parsed.segments {
        writeln!(out, "  {:10} {:6.2}  {}", format!("{:?}", segment.label).to_lowercase(), segment.score, segment.text)?;
    }
    Ok(())
}
