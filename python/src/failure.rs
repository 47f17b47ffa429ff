//! Failures of documents as Python exceptions.

use policylens::batch::job::Failure;
use pyo3::prelude::*;

/// `policylens.DocumentError`, which is written in Python so that it can be pickled.
pub fn error(py: Python<'_>, failure: &Failure) -> PyErr {
    let made = py
        .import("policylens._error")
        .and_then(|module| module.getattr("DocumentError"))
        .and_then(|class| class.call1((&failure.path, &failure.message, &failure.stage, &failure.id)));
    made.map_or_else(|error| error, PyErr::from_value)
}
