//! `policylens schema`: the JSON Schema of the record.

use std::io::Write;

use anyhow::Result;

use super::DONE;
use crate::record::Analysis;

/// Runs the command.
pub fn run() -> Result<u8> {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Analysis))?;
    writeln!(std::io::stdout().lock(), "{schema}")?;
    Ok(DONE)
}
