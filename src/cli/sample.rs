//! `policylens sample`: passages to code by hand.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use super::DONE;
use crate::batch::folder::Folder;
use crate::batch::records;
use crate::record::Analysis;
use crate::score::{sample, standoff};
use crate::write::csv;

/// Draw a sample of sentences to code by hand, to validate the extraction on your own papers
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Arguments {
    /// Output folders of `policylens extract`, folders of records, or records
    #[arg(value_name = "RECORDS", required = true)]
    records: Vec<PathBuf>,

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
correct: brat/ (NAME.txt, NAME.ann, annotation.conf; brat and INCEpTION) and label_studio.json with
label_studio.xml.

`policylens gold` turns a coded sheet or corrected brat files into gold for `policylens score`.

Example:
  policylens sample output -n 300 -o sample
  policylens gold sample -o gold && policylens score gold output";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let records = records::read(&arguments.records, |record| record)?;
    let units = sample::draw(&records, arguments.sentences, arguments.seed);
    let folder = Folder::bare(&arguments.output)?;
    let header = sample::COLUMNS.map(str::to_owned);
    let rows = units.iter().enumerate().map(|(at, unit)| {
        let document = &records[unit.record].document;
        let mut row = vec![
            (at + 1).to_string(),
            document.id.clone(),
            text_name(&records[unit.record]),
            unit.place.start.to_string(),
            unit.place.end.to_string(),
            unit.before.clone(),
            unit.text.clone(),
        ];
        row.resize(header.len(), String::new());
        row
    });
    folder.write(&folder.path("coding_sheet.csv"), &csv::sheet(&header, rows))?;
    let drawn: Vec<&Analysis> = records.iter().enumerate().filter(|(at, _)| units.iter().any(|unit| unit.record == *at)).map(|(_, record)| record).collect();
    let brat = Folder::bare(&folder.path("brat"))?;
    brat.write(&brat.path("annotation.conf"), standoff::brat_configuration().as_bytes())?;
    for record in &drawn {
        let name = text_name(record);
        folder.write(&folder.path(&name), record.text.as_bytes())?;
        brat.write(&brat.path(&name), record.text.as_bytes())?;
        brat.write(&brat.path(&name.replace(".txt", ".ann")), standoff::brat(record).as_bytes())?;
    }
    let tasks: Vec<Value> = drawn.iter().map(|record| standoff::label_studio(record)).collect();
    folder.write(&folder.path("label_studio.json"), serde_json::to_string_pretty(&tasks)?.as_bytes())?;
    folder.write(&folder.path("label_studio.xml"), standoff::label_studio_configuration().as_bytes())?;
    writeln!(anstream::stdout().lock(), "{} sentences of {} papers, written to {}", units.len(), drawn.len(), arguments.output.display())?;
    Ok(DONE)
}

/// The name that the scorer finds the record by: the stem of the paper's file.
fn text_name(record: &Analysis) -> String {
    let file = record.document.path.rsplit('/').next().unwrap_or_default();
    format!("{}.txt", file.split('.').next().unwrap_or(file))
}
