//! `policylens gold`: coded samples and corrected annotations to gold files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::DONE;
use crate::batch::folder::Folder;
use crate::record::Place;
use crate::score::gold::Gold;
use crate::score::{sample, standoff};
use crate::write::json;

/// Make gold annotations from a coded sample or from corrected brat files
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    /// A folder with coding_sheet.csv, or with NAME.txt and NAME.ann
    coded: PathBuf,

    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "gold")]
    output: PathBuf,
}

const AFTER: &str = "\
Written to DIR: NAME.gold.json and NAME.txt for each paper, as `policylens score` reads them. From a
coding sheet only the sentences with an answer are in scope.";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let sheet = arguments.coded.join("coding_sheet.csv");
    let gold = if sheet.is_file() { from_sheet(&sheet)? } else { from_brat(&arguments.coded)? };
    if gold.is_empty() {
        bail!("nothing is coded in {}", arguments.coded.display());
    }
    let folder = Folder::bare(&arguments.output)?;
    for (name, gold) in &gold {
        let text = arguments.coded.join(name);
        let bytes = fs::read(&text).with_context(|| format!("cannot read {}", text.display()))?;
        folder.write(&folder.path(name), &bytes)?;
        folder.write(&folder.path(&name.replace(".txt", ".gold.json")), &json::lines(gold, 4096))?;
    }
    writeln!(anstream::stdout().lock(), "{} papers, written to {}", gold.len(), arguments.output.display())?;
    Ok(DONE)
}

fn from_sheet(path: &Path) -> Result<BTreeMap<String, Gold>> {
    let shown = path.display();
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("cannot read {shown}"))?;
    let header = reader.headers().with_context(|| format!("cannot read {shown}"))?.clone();
    let column = |name: &str| header.iter().position(|cell| cell == name).with_context(|| format!("{shown} has no column {name}"));
    let [file, start, end, text, is_recommendation, addressees, action, strength, polarity] =
        ["file", "start", "end", "text", "is_recommendation", "addressees", "action", "strength", "polarity"].map(column);
    let (file, start, end, text) = (file?, start?, end?, text?);
    let (is_recommendation, addressees, action, strength, polarity) = (is_recommendation?, addressees?, action?, strength?, polarity?);
    let mut papers: BTreeMap<String, Vec<sample::Coded>> = BTreeMap::new();
    for (at, row) in reader.records().enumerate() {
        let line = at + 2;
        let row = row.with_context(|| format!("{shown}, row {line}"))?;
        let cell = |index: usize| row.get(index).unwrap_or_default().to_owned();
        let number = |index: usize, name: &str| cell(index).parse::<usize>().with_context(|| format!("{shown}, row {line}: {name} is no number"));
        let coded = sample::Coded {
            place: Place { start: number(start, "start")?, end: number(end, "end")? },
            text: cell(text),
            is_recommendation: cell(is_recommendation),
            addressees: cell(addressees),
            action: cell(action),
            strength: cell(strength),
            polarity: cell(polarity),
        };
        sample::gold(std::slice::from_ref(&coded)).with_context(|| format!("{shown}, row {line}"))?;
        papers.entry(cell(file)).or_default().push(coded);
    }
    let gold = papers.into_iter().map(|(name, rows)| Ok((name, sample::gold(&rows)?))).collect::<Result<BTreeMap<_, _>>>()?;
    Ok(gold.into_iter().filter(|(_, gold)| !gold.scope.places().is_empty()).collect())
}

fn from_brat(folder: &Path) -> Result<BTreeMap<String, Gold>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let Some(stem) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".ann")) else { continue };
        let text_path = folder.join(format!("{stem}.txt"));
        let annotations = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = fs::read_to_string(&text_path).with_context(|| format!("cannot read {}", text_path.display()))?;
        let gold = standoff::from_brat(&annotations, &text).with_context(|| path.display().to_string())?;
        found.insert(format!("{stem}.txt"), gold);
    }
    Ok(found)
}
