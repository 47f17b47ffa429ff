//! `policylens schema`: the JSON Schema of the record.

use std::io::Write;

use anyhow::Result;

use super::DONE;
use crate::record::json_schema;

/// Runs the command.
pub fn run() -> Result<u8> {
    writeln!(std::io::stdout().lock(), "{}", json_schema())?;
    Ok(DONE)
}
