//! PDF.

mod colour;
mod content;
mod font;
mod garbage;
mod info;
mod lexer;
mod ligature;
mod limit;
mod matrix;
mod metadata;
mod told;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{apparatus, draft};
use crate::document::{Document, Page, Warning};
use crate::error::{AnalyseError, Result};
use crate::ingest::layout::{self, Bookmark, FontStyle, PageGlyphs};
use crate::span::SourceSpan;

/// What was read from the file.
struct Read {
    pages: Vec<PageGlyphs>,
    fonts: Vec<FontStyle>,
    outline: Vec<Bookmark>,
    title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    warnings: Vec<String>,
}

/// Reads a PDF file.
///
/// # Errors
/// If the file is encrypted with a password, damaged beyond reading, or holds no text.
pub fn read(bytes: &[u8]) -> Result<Document> {
    // The library is careful, but files are hostile; a panic in it must not end a run over a thousand documents.
    let read = catch_unwind(AssertUnwindSafe(|| open(bytes)))
        .unwrap_or_else(|_| Err(AnalyseError::Damaged("the PDF cannot be read: its structure is broken".to_owned())))?;
    let arranged = layout::arrange(&read.pages, &read.fonts, &read.outline);
    let layout::Composed { source, mut drafts, page_starts } = arranged.text;
    if source.trim().is_empty() {
        return Err(without_text(&read.pages));
    }
    apparatus::recognise(&source, &mut drafts);
    let length = source.len();
    let mut document = draft::write(source, drafts);
    let ends = page_starts.iter().skip(1).copied().chain([length]);
    let spans = page_starts.iter().zip(ends).map(|(&start, end)| SourceSpan::new(start, end));
    document.pages = read.pages.iter().zip(spans).map(|(page, source)| Page { number: page.number, source }).collect();
    document.warnings.extend(read.warnings.into_iter().map(|message| Warning { stage: "ingest", message, source: None }));
    metadata::fill(&mut document, arranged.title, read.title, read.author);
    let metadata = &mut document.metadata;
    metadata.media_type = "application/pdf";
    metadata.subtitle = arranged.subtitle;
    metadata.language = read.language;
    Ok(document)
}

fn open(bytes: &[u8]) -> Result<Read> {
    if !limit::object_streams_fit(bytes) {
        return Err(AnalyseError::Damaged("the objects of the PDF expand to more than is read of one file".to_owned()));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| unreadable(error, bytes))?;
    let catalog = info::catalog(&pdf);
    let mut interpreter = content::Interpreter::new(catalog.as_ref());
    let mut pages: Vec<PageGlyphs> = pdf.pages().iter().take(limit::PAGES).zip(1..).map(|(page, number)| interpreter.page(page, number)).collect();
    if pages.is_empty() {
        return Err(AnalyseError::Damaged("the PDF has no pages".to_owned()));
    }
    let mut warnings = Vec::new();
    if interpreter.cut || pdf.pages().len() > pages.len() {
        warnings.push("the PDF is larger than what is read of one file; text is missing".to_owned());
    }
    let fonts = interpreter.fonts.into_styles();
    ligature::mend(&mut pages);
    warnings.extend(garbage::mend(&mut pages, fonts.len()));
    let metadata = pdf.metadata();
    Ok(Read {
        pages,
        fonts,
        outline: catalog.as_ref().map(info::outline).unwrap_or_default(),
        title: info::field(metadata.title.as_deref()),
        author: info::field(metadata.author.as_deref()),
        language: catalog.as_ref().and_then(info::language),
        warnings,
    })
}

fn unreadable(error: LoadPdfError, bytes: &[u8]) -> AnalyseError {
    let message = match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => "the PDF is encrypted and needs a password".to_owned(),
        LoadPdfError::Decryption(error) => format!("the PDF is encrypted in a way that cannot be read ({error:?})"),
        LoadPdfError::Invalid if !ends(bytes) => "the PDF is cut off: its end is missing".to_owned(),
        LoadPdfError::Invalid => "the PDF has no readable structure or no pages".to_owned(),
    };
    AnalyseError::Damaged(message)
}

/// True if the file has the mark that ends a PDF.
fn ends(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    memchr::memmem::find(tail, b"%%EOF").is_some()
}

fn without_text(pages: &[PageGlyphs]) -> AnalyseError {
    let images = pages.iter().filter(|page| page.images > 0.3).count();
    let message =
        if images > 0 { format!("no text layer: {images} of {} pages are images; the PDF needs OCR", pages.len()) } else { "no text in the PDF".to_owned() };
    AnalyseError::Damaged(message)
}
