//! `policylens sample`: passages to code by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use super::DONE;
use super::selection::Selection;
use crate::batch::folder::Folder;
use crate::record::Analysis;
use crate::score::{label_studio, sample, standoff, uima};
use crate::write::csv;

/// Draw a sample of sentences to code by hand, to validate the extraction on your own papers
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,

    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "sample")]
    output: PathBuf,

    /// The least number of sentences; whole paragraphs are drawn
    #[arg(short = 'n', long, value_name = "N", default_value_t = 200)]
    sentences: usize,

    /// Another number draws another sample
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

const AFTER: &str = "\
Written to DIR: coding_sheet.csv with a sentence a row, to be filled in (is_recommendation: yes, no
or borderline; addressees joined by \"; \"; action; strength: must, should, could; polarity: do,
do_not), and the papers' texts. For annotation tools, whole papers with the program's items to
correct: brat/ (NAME.txt, NAME.ann, annotation.conf), inception/ (UIMA CAS XMI; the project needs a
span layer \"Recommendation\" with the string features strength and polarity), and
label_studio.json with label_studio.xml.

`policylens gold` turns a coded sheet, corrected brat or XMI files, or an export of Label Studio into
gold for `policylens score`.

Example:
  policylens sample output -n 300 -o sample
  policylens gold sample -o gold && policylens score gold output";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let records = arguments.selection.read(|record| record)?;
    let units = sample::draw(&records, arguments.sentences, arguments.seed);
    let names = text_names(&records);
    let folder = Folder::bare(&arguments.output)?;
    let header = sample::COLUMNS.map(str::to_owned);
    let rows = units.iter().enumerate().map(|(at, unit)| {
        let document = &records[unit.record].document;
        let mut row = vec![
            (at + 1).to_string(),
            document.id.clone(),
            names[unit.record].clone(),
            unit.place.start.to_string(),
            unit.place.end.to_string(),
            unit.before.clone(),
            unit.text.clone(),
        ];
        row.resize(header.len(), String::new());
        row
    });
    folder.write(&folder.path("coding_sheet.csv"), &csv::sheet(&header, rows))?;
    let drawn: BTreeSet<usize> = units.iter().map(|unit| unit.record).collect();
    let drawn: Vec<(&Analysis, &str)> = drawn.into_iter().map(|at| (&records[at], names[at].as_str())).collect();
    let inception = Folder::bare(&folder.path("inception"))?;
    inception.write(&inception.path("TypeSystem.xml"), uima::type_system().as_bytes())?;
    let brat = Folder::bare(&folder.path("brat"))?;
    brat.write(&brat.path("annotation.conf"), standoff::brat_configuration().as_bytes())?;
    for &(record, name) in &drawn {
        folder.write(&folder.path(name), record.text.as_bytes())?;
        brat.write(&brat.path(name), record.text.as_bytes())?;
        brat.write(&brat.path(&name.replace(".txt", ".ann")), standoff::brat(record).as_bytes())?;
        inception.write(&inception.path(&name.replace(".txt", ".xmi")), uima::xmi(record).as_bytes())?;
    }
    let tasks: Vec<Value> = drawn.iter().map(|(record, _)| label_studio::task(record)).collect();
    folder.write(&folder.path("label_studio.json"), serde_json::to_string_pretty(&tasks)?.as_bytes())?;
    folder.write(&folder.path("label_studio.xml"), label_studio::configuration().as_bytes())?;
    writeln!(anstream::stdout().lock(), "{} sentences of {} papers, written to {}", units.len(), drawn.len(), arguments.output.display())?;
    Ok(DONE)
}

/// File names of the papers' texts, by which the scorer finds the records: the stem of the paper's file, or its id where two papers share the stem.
fn text_names(records: &[Analysis]) -> Vec<String> {
    let stem = |record: &Analysis| {
        let file = record.document.path.rsplit('/').next().unwrap_or_default();
        file.split('.').next().unwrap_or(file).to_owned()
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    records.iter().for_each(|record| *times.entry(stem(record)).or_default() += 1);
    let name = |record: &Analysis| Some(stem(record)).filter(|stem| times[stem] == 1).unwrap_or_else(|| record.document.id.clone());
    records.iter().map(|record| name(record) + ".txt").collect()
}
