//! `policylens cite`: reads reference strings by themselves.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::DONE;
use crate::extract::citation::{self, Parsed};
use crate::record::Citation;
use crate::write::{bibtex, csl, ris};

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

    /// The format to write
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,

    /// Show the segments of each reference, their labels and scores
    #[arg(long)]
    explain: bool,
}

/// The formats that references are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON object a reference: place, work, rule, confidence, segments
    Json,
    /// CSL-JSON
    Csl,
    Bibtex,
    Ris,
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
    let mut citations = Vec::new();
    for string in &strings {
        let pieces = if arguments.notes { citation::split(string) } else { std::iter::once(0..string.len()).collect() };
        let mut parsed_works = Vec::new();
        for piece in pieces.into_iter().filter_map(|range| string.get(range)) {
            let parsed = citation::parse(piece);
            if arguments.explain {
                explain(&mut out, piece, &parsed)?;
            } else if arguments.format == Format::Json {
                parsed_works.push(parsed);
            } else {
                citations.push(Citation { id: format!("c-{}", citations.len() + 1), work: parsed.work, ..Citation::default() });
            }
        }
        // A line a string: the work, or the list of a note's works.
        match (arguments.notes, parsed_works.as_slice()) {
            (false, [one]) => writeln!(out, "{}", serde_json::to_string(one)?)?,
            (true, works) if !arguments.explain && arguments.format == Format::Json => writeln!(out, "{}", serde_json::to_string(works)?)?,
            _ => {}
        }
    }
    if !arguments.explain {
        match arguments.format {
            Format::Json => {}
            Format::Csl => writeln!(out, "{}", serde_json::to_string_pretty(&csl::csl(&citations))?)?,
            Format::Bibtex => write!(out, "{}", bibtex::bibtex(&citations))?,
            Format::Ris => write!(out, "{}", ris::ris(&citations))?,
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
