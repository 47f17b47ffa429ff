//! `policylens show`: what is understood in one paper, to be read on a terminal.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{DONE, lexicon, terminal};
use crate::batch::job::{Content, Job};
use crate::document::{Block, BlockKind};
use crate::ingest;
use crate::pipeline::Settings;
use crate::record::{Actor, Analysis, Citation, Name, Note, Recommendation, Strength, wire_name};

/// Show what is understood in one paper: outline, recommendations, actors, notes
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The paper, or - for standard input
    file: PathBuf,

    /// Show the blocks that the file is read as, with kind and page
    #[arg(long)]
    blocks: bool,

    /// Leave out items whose confidence is below X, from 0 to 1
    #[arg(long, value_name = "X", default_value = "0")]
    min_confidence: f32,

    /// Add the names in FILE to the known actors
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    /// Actors and notes to show at most; 0 for all
    #[arg(long, value_name = "N", default_value = "20")]
    top: usize,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let mut settings = Settings::built_in()?;
    settings.min_confidence = arguments.min_confidence;
    if let Some(file) = &arguments.lexicon {
        settings = lexicon::add(settings, file)?;
    }
    let (name, content) = if arguments.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
        ("stdin.txt".to_owned(), Content::Bytes(bytes))
    } else {
        let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, Content::File(arguments.file.clone()))
    };
    let job = Job { id: name.clone(), path: name, content };
    let shown = arguments.file.display();
    let bytes = match job.read(settings.limits.max_bytes) {
        Ok(bytes) => bytes,
        Err(failure) => bail!("{shown}: {}", failure.message),
    };
    let text = if arguments.blocks {
        match ingest::read(&job.path, &bytes, &settings.limits) {
            Ok(document) => blocks(&document),
            Err(error) => bail!("{shown}: {error}"),
        }
    } else {
        match job.analyse(&bytes, &settings) {
            Ok(analysis) => View { analysis: &analysis, width: terminal::width(), top: if arguments.top == 0 { usize::MAX } else { arguments.top } }.text(),
            Err(failure) => bail!("{shown}: {}", failure.message),
        }
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(DONE)
}

fn blocks(document: &crate::document::Document) -> String {
    let width = terminal::width();
    let mut out = String::new();
    for block in &document.blocks {
        let page = block.page.map(|page| format!("p. {page}")).unwrap_or_default();
        let kind = block_kind(block);
        let first = format!("{page:<7}{} ", terminal::styled(terminal::NAME, &format!("{kind:<24}")));
        out.push_str(&terminal::wrapped(document.text(block.span), &first, 32, width));
        out.push('\n');
    }
    out
}

fn block_kind(block: &Block) -> String {
    let labelled = |name: &str, label: &Option<String>| label.as_ref().map_or_else(|| name.to_owned(), |label| format!("{name} {label}"));
    let kind = match &block.kind {
        BlockKind::Heading { level, number } => labelled(&level.map_or_else(|| "heading".to_owned(), |level| format!("heading level {level}")), number),
        BlockKind::ListItem { marker, depth } => format!("{}list item {marker}", "  ".repeat(usize::from(*depth))),
        BlockKind::Note { label } => format!("note {label}"),
        BlockKind::Reference { label } => labelled("reference", label),
        other => format!("{other:?}").to_lowercase(),
    };
    terminal::harmless(&kind).into_owned()
}

struct View<'a> {
    analysis: &'a Analysis,
    width: usize,
    top: usize,
}

impl View<'_> {
    fn text(&self) -> String {
        let mut out = String::new();
        self.document(&mut out);
        self.outline(&mut out);
        self.recommendations(&mut out, "Recommendations", &self.analysis.recommendations);
        self.recommendations(&mut out, "Recommendations of others, reported", &self.analysis.reported_recommendations);
        self.actors(&mut out);
        self.notes(&mut out);
        self.citations(&mut out);
        self.warnings(&mut out);
        out
    }

    fn line(&self, out: &mut String, text: &str, first: &str, indent: usize) {
        out.push_str(&terminal::wrapped(text, first, indent, self.width));
        out.push('\n');
    }

    fn title(&self, out: &mut String, title: &str, count: usize) {
        out.push_str(&format!("\n{}\n", terminal::styled(terminal::TITLE, &format!("{title} ({})", terminal::grouped(count)))));
    }

    fn rest(&self, out: &mut String, count: usize) {
        if count > self.top {
            let more = format!("and {} more (--top 0 shows all)", count - self.top);
            self.line(out, "", &format!("  {}", terminal::styled(terminal::FAINT, &more)), 2);
        }
    }

    fn document(&self, out: &mut String) {
        let document = &self.analysis.document;
        let title = document.title.as_deref().unwrap_or(&document.path);
        out.push_str(&terminal::styled(terminal::TITLE, &terminal::wrapped(title, "", 0, self.width)));
        out.push('\n');
        if let Some(subtitle) = &document.subtitle {
            self.line(out, subtitle, "", 0);
        }
        let authors = document.authors.join(", ");
        let by = [Some(authors.as_str()), document.publisher.as_deref(), document.date.as_deref()];
        let by: Vec<&str> = by.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        if !by.is_empty() {
            self.line(out, &by.join(" · "), "", 0);
        }
        let pages = document.pages.map(|pages| format!("{pages} pages, ")).unwrap_or_default();
        let (words, sentences) = (terminal::grouped(document.words), terminal::grouped(document.sentences));
        let facts = format!("{}, {pages}{words} words, {sentences} sentences", document.media_type);
        out.push_str(&terminal::styled(terminal::FAINT, &facts));
        out.push('\n');
    }

    fn outline(&self, out: &mut String) {
        let sections = &self.analysis.sections;
        if sections.is_empty() {
            return;
        }
        self.title(out, "Outline", sections.len());
        for section in sections {
            let indent = 2 * usize::from(section.level.max(1));
            let number = section.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            let heading = section.heading.as_ref().map_or("(before the first heading)", |heading| heading.text.as_str());
            let mut line = terminal::wrapped(&format!("{number}{heading}"), &" ".repeat(indent), indent, self.width);
            let kind = wire_name(&section.kind);
            if kind != "body" {
                line.push_str(&terminal::styled(terminal::FAINT, &format!("  {kind}")));
            }
            out.push_str(&line);
            out.push('\n');
        }
    }

    fn recommendations(&self, out: &mut String, title: &str, recommendations: &[Recommendation]) {
        if recommendations.is_empty() {
            return;
        }
        self.title(out, title, recommendations.len());
        for one in recommendations {
            let strength = wire_name(&one.strength);
            let strength = terminal::styled(strength_style(one.strength), &format!("{strength:<6}"));
            let names: Vec<&str> = one.addressees.iter().map(|actor| actor.name.as_str()).collect();
            let who = if names.is_empty() { "nobody named".to_owned() } else { names.join("; ") };
            let style = if names.is_empty() { terminal::FAINT } else { terminal::NAME };
            let negative = if one.polarity == crate::record::Polarity::DoNot { "not to: " } else { "" };
            let source = one.attribution.as_ref().filter(|source| !source.name.is_empty()).map(|source| format!(" (says {})", source.name)).unwrap_or_default();
            let who = terminal::wrapped(&format!("{who}{source}"), "", 9, self.width);
            out.push_str(&format!("  {strength} {}\n", terminal::styled(style, &who)));
            self.line(out, &format!("{negative}{}", one.text), &" ".repeat(9), 9);
        }
    }

    fn actors(&self, out: &mut String) {
        let mut actors: Vec<&Actor> = self.analysis.actors.iter().collect();
        if actors.is_empty() {
            return;
        }
        // The sort is stable: actors with as many mentions stay in the order of the text.
        actors.sort_by_key(|actor| std::cmp::Reverse(actor.mentions.len()));
        self.title(out, "Actors", actors.len());
        for actor in actors.iter().take(self.top) {
            let count = terminal::grouped(actor.mentions.len());
            let kind = terminal::styled(terminal::FAINT, &format!("{}  {}", wire_name(&actor.kind), terminal::harmless(&actor.id)));
            let name = terminal::harmless(&actor.name);
            out.push_str(&format!("  {count:>4}  {}  {kind}\n", terminal::styled(terminal::NAME, &name)));
        }
        self.rest(out, actors.len());
    }

    fn notes(&self, out: &mut String) {
        let notes = &self.analysis.notes;
        if notes.is_empty() {
            return;
        }
        let mut cited: HashMap<&str, Vec<&Citation>> = HashMap::new();
        for citation in &self.analysis.citations {
            if let Some(note) = citation.note.as_deref() {
                cited.entry(note).or_default().push(citation);
            }
        }
        self.title(out, "Notes", notes.len());
        for note in notes.iter().take(self.top) {
            self.note(out, note, cited.get(note.id.as_str()).map_or(&[], Vec::as_slice));
        }
        self.rest(out, notes.len());
    }

    fn note(&self, out: &mut String, note: &Note, citations: &[&Citation]) {
        let label = terminal::harmless(&note.label).into_owned();
        let first = format!("  {label:>4}  ");
        let indent = 8.max(4 + label.chars().count());
        match (citations, &note.text) {
            ([], Some(text)) => self.line(out, text, &first, indent),
            ([], None) => self.line(out, "(the note is not in the text)", &first, indent),
            (citations, _) => {
                for (index, citation) in citations.iter().enumerate() {
                    self.line(out, &reference(citation), if index == 0 { &first } else { "        " }, indent);
                }
            }
        }
    }

    /// The citations that stand in no note.
    fn citations(&self, out: &mut String) {
        let loose: Vec<&Citation> = self.analysis.citations.iter().filter(|citation| citation.note.is_none()).collect();
        if loose.is_empty() {
            return;
        }
        self.title(out, "Citations outside notes", loose.len());
        for citation in loose.iter().take(self.top) {
            self.line(out, &reference(citation), "  ", 4);
        }
        self.rest(out, loose.len());
    }

    fn warnings(&self, out: &mut String) {
        if self.analysis.warnings.is_empty() {
            return;
        }
        self.title(out, "Warnings", self.analysis.warnings.len());
        for warning in &self.analysis.warnings {
            self.line(out, &format!("{}: {}", warning.stage, warning.message), "  ", 4);
        }
    }
}

fn strength_style(strength: Strength) -> anstyle::Style {
    match strength {
        Strength::Must => terminal::MUST,
        Strength::Should => terminal::SHOULD,
        Strength::Could => terminal::COULD,
    }
}

/// A citation on one line, from its fields; the words as printed where there are none.
fn reference(citation: &Citation) -> String {
    let work = &citation.work;
    let authors = work.authors.iter().map(Name::display).collect::<Vec<_>>().join("; ");
    let title = work.title.as_ref().map(|title| format!("“{title}”"));
    let link = work.doi.as_ref().or(work.url.as_ref());
    let parts = [Some(&authors), title.as_ref(), work.container_title.as_ref(), work.publisher.as_ref(), work.number.as_ref(), work.date.as_ref(), link];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let body = if parts.is_empty() { citation.text.clone() } else { parts.join(", ") };
    format!("[{}] {body}", wire_name(&work.kind))
}
