//! The user's lexicon: a table of names laid over the built-in one.

use std::borrow::Cow;
use std::fmt;

use super::files::is_acronym;
use super::load::kind_named;
use super::naming::{Naming, Usage};
use super::{Entry, Lexicon};
use crate::record::ActorKind;

/// Something wrong in a user's lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// A cell and where it stands.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    line: usize,
    column: usize,
}

/// What a row does.
enum Action {
    Add(ActorKind),
    /// The name is no actor: what stands inside it is none either.
    Exclude,
    /// The name is forgotten.
    Remove,
}

struct Row {
    name: String,
    action: Action,
    aliases: Vec<String>,
    country: Option<String>,
    id: Option<String>,
}

/// The words of the `type` column that name no kind of actor.
const EXCLUDE: &str = "none";
const REMOVE: &str = "remove";

/// Checks a user's lexicon file; no problems means that every line counts.
#[must_use]
pub fn check(text: &str) -> Vec<Problem> {
    read(text).1
}

pub(super) fn apply(lexicon: &mut Lexicon, text: &str) {
    let rows = read(text).0;
    let entries: Vec<Option<u32>> =
        rows.iter().map(|row| if let Action::Add(kind) = row.action { Some(entry_for(lexicon, kind, row)) } else { None }).collect();
    lexicon.rebuild(|builder| {
        for (row, entry) in rows.iter().zip(entries) {
            let names = || std::iter::once(&row.name).chain(&row.aliases);
            names().for_each(|name| builder.forget(name));
            if matches!(row.action, Action::Remove) {
                continue;
            }
            for name in names() {
                let usage = match row.action {
                    Action::Exclude => Usage::NoActor,
                    _ if is_acronym(name) => Usage::Acronym,
                    _ => Usage::Name,
                };
                builder.add(name, Naming { entry, usage, needs_context: false });
            }
        }
    });
}

/// The entry that a row means: the known one with its id, which takes the row's name and country, or a new one.
fn entry_for(lexicon: &mut Lexicon, kind: ActorKind, row: &Row) -> u32 {
    let code = row.id.as_deref().map(|id| id.split_once(':').map_or(id, |(_, code)| code).to_owned());
    let known = code.as_ref().and_then(|code| lexicon.entries.iter().position(|entry| entry.kind == kind && entry.code.as_deref() == Some(code)));
    if let Some(index) = known {
        let entry = &mut lexicon.entries[index];
        entry.name = Cow::Owned(row.name.clone());
        entry.from_user = true;
        if let Some(country) = &row.country {
            entry.country = Some(Cow::Owned(country.clone()));
        }
        return index as u32;
    }
    let wikidata = code.clone().filter(|code| is_wikidata(code)).map(Cow::Owned);
    let code = code.filter(|code| !is_wikidata(code)).map(Cow::Owned);
    let country = row.country.clone().map(Cow::Owned);
    lexicon.add_entry(Entry { kind, name: Cow::Owned(row.name.clone()), code, country, wikidata, from_user: true })
}

fn is_wikidata(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The rows that can be used, and what is wrong with the others.
fn read(text: &str) -> (Vec<Row>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = table(text, &mut problems).into_iter();
    let Some(header) = lines.next() else {
        problems.push(Problem { line: 1, column: 1, message: "the file is empty; it needs a header: name, type, aliases, country, id".to_owned() });
        return (Vec::new(), problems);
    };
    let mut places = [None; 5];
    for (index, cell) in header.iter().enumerate() {
        match ["name", "type", "aliases", "country", "id"].iter().position(|known| cell.text.trim().eq_ignore_ascii_case(known)) {
            Some(known) if places[known].is_none() => places[known] = Some(index),
            Some(_) => problems.push(problem(cell, format!("the column {:?} is given twice", cell.text))),
            None => problems.push(problem(cell, format!("unknown column {:?}; known are name, type, aliases, country, id", cell.text))),
        }
    }
    if let (Some(first), true) = (header.first(), places[0].is_none() || places[1].is_none()) {
        problems.push(problem(first, "the header needs the columns name and type".to_owned()));
        return (Vec::new(), problems);
    }
    let mut rows = Vec::new();
    for cells in lines.filter(|cells| cells.iter().any(|cell| !cell.text.trim().is_empty())) {
        if cells.len() > header.len() {
            problems.push(problem(&cells[header.len()], format!("the line has {} cells, the header {}", cells.len(), header.len())));
            continue;
        }
        let first = cells.first().cloned().unwrap_or_default();
        let get =
            |column: usize| places[column].and_then(|place: usize| cells.get(place)).cloned().unwrap_or_else(|| Cell { text: String::new(), ..first.clone() });
        match row(&get) {
            Ok(row) => rows.push(row),
            Err(found) => problems.push(found),
        }
    }
    (rows, problems)
}

fn row(get: &dyn Fn(usize) -> Cell) -> Result<Row, Problem> {
    let trimmed = |column| get(column).text.trim().to_owned();
    let optional = |column| Some(trimmed(column)).filter(|text| !text.is_empty());
    let name = trimmed(0);
    if !name.chars().any(char::is_alphanumeric) {
        return Err(problem(&get(0), "the name is missing".to_owned()));
    }
    let kind = trimmed(1).to_lowercase();
    let action = match kind.as_str() {
        EXCLUDE => Action::Exclude,
        REMOVE => Action::Remove,
        kind => Action::Add(kind_named(kind).ok_or_else(|| {
            let kinds = "state, government, subnational, intergovernmental, organization, company, person, people, role, none, remove";
            problem(&get(1), format!("unknown type {:?}; known are {kinds}", trimmed(1)))
        })?),
    };
    let country = optional(3);
    if country.as_deref().is_some_and(|code| code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return Err(problem(&get(3), format!("{:?} is no ISO 3166-1 alpha-3 code", trimmed(3))));
    }
    let id = optional(4);
    if id.as_deref().is_some_and(|id| id.contains(char::is_whitespace)) {
        return Err(problem(&get(4), format!("the id {:?} holds white space", trimmed(4))));
    }
    let aliases = trimmed(2).split(';').map(|alias| alias.trim().to_owned()).filter(|alias| !alias.is_empty()).collect();
    Ok(Row { name, action, aliases, country, id })
}

fn problem(cell: &Cell, message: String) -> Problem {
    Problem { line: cell.line.max(1), column: cell.column.max(1), message }
}

/// Cells line by line. The separator is a tab if the first line has one, else a comma; cells in commas may be quoted as RFC 4180 says.
fn table(text: &str, problems: &mut Vec<Problem>) -> Vec<Vec<Cell>> {
    let tabs = text.lines().next().is_some_and(|line| line.contains('\t'));
    let separator = if tabs { '\t' } else { ',' };
    let mut lines = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let (mut line, mut column) = (1, 1);
    let mut cell = Cell { line, column, ..Cell::default() };
    let mut quoted: Option<(usize, usize)> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        column += 1;
        match c {
            '"' if quoted.is_some() => {
                if chars.peek() == Some(&'"') {
                    chars.next();
                    column += 1;
                    cell.text.push('"');
                } else {
                    quoted = None;
                }
            }
            '"' if !tabs && cell.text.is_empty() => quoted = Some((line, column - 1)),
            '\r' => {}
            '\n' => {
                (line, column) = (line + 1, 1);
                if quoted.is_some() {
                    cell.text.push(' ');
                    continue;
                }
                cells.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut cells));
                cell = Cell { line, column, ..Cell::default() };
            }
            c if c == separator && quoted.is_none() => {
                cells.push(std::mem::take(&mut cell));
                cell = Cell { line, column, ..Cell::default() };
            }
            c => cell.text.push(c),
        }
    }
    if let Some((line, column)) = quoted {
        problems.push(Problem { line, column, message: "the quotation mark is not closed".to_owned() });
    }
    if !cell.text.is_empty() || !cells.is_empty() {
        cells.push(cell);
        lines.push(cells);
    }
    lines.retain(|cells| !(cells.len() == 1 && (cells[0].text.trim().is_empty() || cells[0].text.starts_with('#'))));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_overrides_and_removes() {
        let text = "name,type,aliases,country,id\n\"Clinic, The\",organization,CLX,KEN,\nTaiwan,remove,,,\nROK,company,,,\nKorea,state,Daehan,,state:KOR\nGreen Fund,none,,,\n";
        assert_eq!(check(text), []);
        let lexicon = Lexicon::built_in().overlay(text);
        assert_eq!(lexicon.find("CLX")[0].entry.name, "Clinic, The");
        assert_eq!(lexicon.find("CLX")[0].usage, Usage::Acronym);
        assert!(lexicon.find("Taiwan").is_empty());
        assert_eq!(lexicon.find("ROK")[0].entry.kind, ActorKind::Company);
        assert_eq!(lexicon.find("Daehan")[0].entry.code.as_deref(), Some("KOR"));
        assert!(lexicon.excludes("Green Fund"));
    }

    #[test]
    fn names_line_and_column_of_a_problem() {
        let problems = check("name\ttype\tcountry\nClinic\thospital\t\nWard\tcompany\tKenya\n\tcompany\t\n");
        let places: Vec<(usize, usize)> = problems.iter().map(|problem| (problem.line, problem.column)).collect();
        assert_eq!(places, [(2, 8), (3, 14), (4, 1)]);
        assert!(check("").len() == 1 && check("names\n").len() == 2);
        assert_eq!(check("name,type\n\"Clinic,company\n")[0].line, 2);
    }
}
