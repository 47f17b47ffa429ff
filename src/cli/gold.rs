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
use crate::score::{label_studio, sample, standoff, uima};
use crate::write::json;

/// Make gold annotations from a coded sample, or from the corrected files of an annotation tool
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    /// A folder with coding_sheet.csv, with NAME.xmi (INCEpTION), or with NAME.txt and NAME.ann (brat); or a JSON export of Label Studio
    coded: PathBuf,

    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "gold")]
    output: PathBuf,
}

const AFTER: &str = "\
Written to DIR: NAME.gold.json and NAME.txt for each paper, as `policylens score` reads them. From a
coding sheet only the sentences with an answer are in scope; from annotation tools, the whole papers,
but only recommendations and mentions.

Example:
  policylens gold sample -o gold && policylens score gold output";

/// A paper's text and its gold.
struct Coded {
    text: String,
    gold: Gold,
}

/// Coded papers by name.
type Papers = BTreeMap<String, Coded>;

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let papers = read(&arguments.coded)?;
    if papers.is_empty() {
        bail!("nothing is coded in {}", arguments.coded.display());
    }
    let folder = Folder::bare(&arguments.output)?;
    for (name, Coded { text, gold }) in &papers {
        folder.write(&folder.path(&format!("{name}.txt")), text.as_bytes())?;
        folder.write(&folder.path(&format!("{name}.gold.json")), &json::lines(gold, 4096))?;
    }
    writeln!(anstream::stdout().lock(), "{} papers, written to {}", papers.len(), arguments.output.display())?;
    Ok(DONE)
}

fn read(coded: &Path) -> Result<Papers> {
    if coded.is_file() {
        let export = label_studio::from_export(&text_of(coded)?).with_context(|| coded.display().to_string())?;
        return Ok(export.into_iter().map(|one| (one.id, Coded { text: one.text, gold: one.gold })).collect());
    }
    let sheet = coded.join("coding_sheet.csv");
    if sheet.is_file() {
        return from_sheet(&sheet, coded);
    }
    let xmi = from_xmi(coded)?;
    if xmi.is_empty() { from_brat(coded) } else { Ok(xmi) }
}

fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The files of a folder whose names end in this, with the names before their first full stop.
fn files(folder: &Path, ending: &str) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(ending));
        if let Some((stem, _)) = name.and_then(|name| name.split_once('.')) {
            found.push((stem.to_owned(), path));
        }
    }
    Ok(found)
}

fn from_sheet(path: &Path, folder: &Path) -> Result<Papers> {
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
    let mut found = Papers::new();
    for (file, rows) in papers {
        let gold = sample::gold(&rows)?;
        if !gold.scope.places().is_empty() {
            let text = text_of(&folder.join(&file))?;
            found.insert(file.strip_suffix(".txt").unwrap_or(&file).to_owned(), Coded { text, gold });
        }
    }
    Ok(found)
}

fn from_xmi(folder: &Path) -> Result<Papers> {
    let mut found = Papers::new();
    for (name, path) in files(folder, ".xmi")? {
        let (text, gold) = uima::from_xmi(&text_of(&path)?).with_context(|| path.display().to_string())?;
        found.insert(name, Coded { text, gold });
    }
    Ok(found)
}

fn from_brat(folder: &Path) -> Result<Papers> {
    let mut found = Papers::new();
    for (name, path) in files(folder, ".ann")? {
        let text = text_of(&folder.join(format!("{name}.txt")))?;
        let gold = standoff::from_brat(&text_of(&path)?, &text).with_context(|| path.display().to_string())?;
        found.insert(name, Coded { text, gold });
    }
    Ok(found)
}
