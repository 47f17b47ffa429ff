//! The extension module `policylens._native`. It takes and gives bytes; what Python users see is made of it in `package/policylens`.

mod analyser;
mod failure;
mod tables;

use std::ffi::OsString;
use std::io::{self, Write};

use pyo3::prelude::*;

/// Runs a command line, program name first, and gives its exit status.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let status = policylens::cli::run_with(arguments);
        // A Rust program does this at its end, a library has to; a reader that has gone is no error.
        let _ = io::stdout().flush();
        status
    })
}

/// The JSON Schema of the record.
#[pyfunction]
fn schema() -> String {
    policylens::record::json_schema()
}

#[pymodule]
mod _native {
    #[pymodule_export]
    use super::analyser::Analyser;
    #[pymodule_export]
    use super::tables::columns;
    #[pymodule_export]
    use super::{run, schema};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        policylens::batch::job::quieten_panics();
        Ok(())
    }
}
