//! Many documents to tables.

use std::path::PathBuf;
use std::sync::Arc;

use policylens::Settings;
use policylens::batch::inputs::Inputs;
use policylens::batch::job::{Failure, Job};
use policylens::batch::order::{Plan, in_order};
use policylens::write::csv::{self, Rows};
use policylens::write::table::{Kind, TABLES};
use pyo3::prelude::*;

/// The tables by name, as CSV with a header line.
pub type Tables = Vec<(&'static str, Vec<u8>)>;

/// For each table its name and the names and types of its columns.
#[pyfunction]
pub fn columns() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    TABLES.map(|table| (table.name, table.columns.iter().map(|column| (column.name, type_name(column.kind))).collect())).to_vec()
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::List => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
    }
}

/// Reads all documents that the paths name. What `policylens extract` writes, with every cell as it is.
///
/// # Errors
/// If no thread can be started, or Python has a signal to handle (Ctrl-C).
pub fn of(paths: &[PathBuf], settings: Arc<Settings>, plan: &Plan) -> PyResult<Tables> {
    let jobs = Inputs::collect(paths, "").map(|inputs| inputs.jobs)?;
    let mut tables = csv::headers();
    let patience = plan.timeout.unwrap_or_default();
    let work = move |job: &Job| rows(job, &settings);
    in_order(
        jobs.into_iter(),
        plan,
        work,
        |job| csv::failure(&Failure::late(job, patience)),
        |rows| {
            tables.iter_mut().zip(&rows).for_each(|(table, rows)| table.extend_from_slice(rows));
            Python::attach(|py| py.check_signals())
        },
    )?;
    Ok(TABLES.iter().map(|table| table.name).zip(tables).collect())
}

fn rows(job: &Job, settings: &Settings) -> Rows {
    let analysis = job.read(settings.limits.max_bytes).and_then(|bytes| job.analyse(&bytes, settings));
    analysis.map_or_else(|failure| csv::failure(&failure), |analysis| csv::plain_rows(&analysis))
}
