//! From results to files: the record, its tables, and reference lists.

pub(crate) mod assemble;
pub mod bibtex;
pub mod csl;
pub mod csv;
pub mod datapackage;
pub mod json;
pub mod reference;
pub mod ris;
pub mod slices;
pub mod table;
