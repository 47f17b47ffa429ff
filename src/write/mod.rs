//! From results to files: the record, its tables, and reference lists.

pub(crate) mod assemble;
pub mod bibtex;
mod bytes;
pub mod csl;
pub mod csv;
pub mod datapackage;
pub mod json;
pub mod points;
pub mod reference;
pub mod ris;
mod serializer;
pub mod table;
