//! The fonts of a document: what text a character code stands for, how wide it is, how it looks.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use rustc_hash::FxHashMap;

use super::limit;
use super::told::Told;
use crate::ingest::layout::FontStyle;

/// Stands for a character whose text the file does not tell.
pub const UNMAPPED: char = '\u{fffd}';

/// What one character code shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Up to three characters: a ligature shows more than one.
    pub text: [char; 3],
    pub length: u8,
    /// Advance along the line, in thousandths of the font size.
    pub advance: f32,
}

/// All fonts met so far.
pub struct Fonts<'a> {
    library: Library<'a>,
    fonts: Vec<Loaded<'a>>,
    by_object: HashMap<ObjectIdentifier, u16>,
}

/// Loads fonts with their programs.
struct Library<'a> {
    cache: FontCache<'a>,
    font_resolver: FontResolverFn,
    cmap_resolver: CMapResolverFn,
}

impl<'a> Library<'a> {
    fn font(&self, dict: &Dict<'a>) -> Option<Font<'a>> {
        let fits = limit::widths_fit(dict) && programs(dict).all(|stream| limit::fits(&stream, limit::FONT));
        fits.then(|| self.cache.font(dict, &self.font_resolver, &self.cmap_resolver)).flatten()
    }
}

/// A font of the document. Its program is only loaded when a code comes whose text or width the dictionary does not tell.
pub struct Loaded<'a> {
    dict: Dict<'a>,
    told: Option<Told>,
    /// The font with its program, once that was loaded; none inside if it cannot be.
    font: Option<Option<Font<'a>>>,
    style: FontStyle,
    shown: ShownCodes,
}

/// What the codes met so far show.
struct ShownCodes {
    /// For codes of one byte one more than their place in the list.
    places: [u16; 256],
    list: Vec<Shown>,
    others: FxHashMap<u32, Shown>,
}

impl Default for ShownCodes {
    fn default() -> Self {
        Self { places: [0; 256], list: Vec::new(), others: FxHashMap::default() }
    }
}

impl ShownCodes {
    fn get(&self, code: u32) -> Option<Shown> {
        match self.places.get(code as usize) {
            Some(&place) => self.list.get(usize::from(place).wrapping_sub(1)).copied(),
            None => self.others.get(&code).copied(),
        }
    }

    fn insert(&mut self, code: u32, shown: Shown) {
        match self.places.get_mut(code as usize) {
            Some(place) => {
                self.list.push(shown);
                *place = self.list.len() as u16;
            }
            None => drop(self.others.insert(code, shown)),
        }
    }
}

impl<'a> Fonts<'a> {
    /// No fonts yet; the standard ones and the predefined code tables are built in.
    pub fn new() -> Self {
        let font_resolver: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
        });
        let cmap_resolver: CMapResolverFn = Arc::new(hayro_cmap::load_embedded);
        let library = Library { cache: FontCache::new(), font_resolver, cmap_resolver };
        Self { library, fonts: Vec::new(), by_object: HashMap::new() }
    }

    /// The index of the font that a dictionary describes, loaded if it is new; none if the document has too many.
    pub fn index(&mut self, id: Option<ObjectIdentifier>, dict: &Dict<'a>) -> Option<u16> {
        if let Some(&known) = id.as_ref().and_then(|id| self.by_object.get(id)) {
            return Some(known);
        }
        let index = u16::try_from(self.fonts.len()).ok()?;
        // A dictionary that stands in the page itself comes with every page; the library knows it again.
        let told = id.and_then(|_| Told::of(dict));
        self.fonts.push(Loaded { dict: dict.clone(), told, font: None, style: style(dict), shown: ShownCodes::default() });
        if let Some(id) = id {
            self.by_object.insert(id, index);
        }
        Some(index)
    }

    /// The font with this index.
    pub fn reader(&mut self, index: u16) -> Option<FontReader<'_, 'a>> {
        let loaded = self.fonts.get_mut(index as usize)?;
        Some(FontReader { library: &self.library, loaded })
    }

    /// The looks of all fonts, by index.
    pub fn into_styles(self) -> Vec<FontStyle> {
        self.fonts.into_iter().map(|loaded| loaded.style).collect()
    }
}

/// Reads texts that are set in one font.
pub struct FontReader<'f, 'a> {
    library: &'f Library<'a>,
    loaded: &'f mut Loaded<'a>,
}

impl FontReader<'_, '_> {
    /// Reads the next character code of `bytes` from `at` on: the code and how many bytes it takes.
    pub fn read_code(&mut self, bytes: &[u8], at: usize) -> (u32, usize) {
        if let Some(told) = &self.loaded.told {
            return told.read_code(bytes, at);
        }
        match self.loaded.font(self.library) {
            Some(font) => {
                let (code, length) = font.read_code(bytes, at);
                (code, length.max(1))
            }
            None => (u32::from(bytes[at]), 1),
        }
    }

    /// What a character code shows.
    pub fn shown(&mut self, code: u32) -> Shown {
        if let Some(shown) = self.loaded.shown.get(code) {
            return shown;
        }
        let shown = self.show(code);
        self.loaded.shown.insert(code, shown);
        shown
    }

    fn show(&mut self, code: u32) -> Shown {
        if let Some(told) = &self.loaded.told
            && let Some(text) = told.text(code)
        {
            return shown_as(Some(text), told.advance(code));
        }
        self.loaded.font(self.library).map_or_else(|| plain(code), |font| show(font, code))
    }
}

impl<'a> Loaded<'a> {
    fn font(&mut self, library: &Library<'a>) -> Option<&Font<'a>> {
        self.font.get_or_insert_with(|| library.font(&self.dict)).as_ref()
    }
}

/// A code of a font that could not be loaded: printable ASCII is most likely what it says.
fn plain(code: u32) -> Shown {
    let c = char::from_u32(code).filter(|c| c.is_ascii_graphic() || *c == ' ').unwrap_or(UNMAPPED);
    Shown { text: [c, '\0', '\0'], length: 1, advance: 500.0 }
}

fn show(font: &Font, code: u32) -> Shown {
    let unicode = match font.glyph(font.map_code(code), code) {
        FontGlyph::Outline(glyph) => glyph.as_unicode(),
        FontGlyph::Type3(glyph) => glyph.as_unicode(),
    };
    shown_as(unicode, font.code_advance(code).x as f32)
}

/// What a code with this text and advance shows.
pub fn shown_as(unicode: Option<BfString>, advance: f32) -> Shown {
    let mut shown = Shown { text: ['\0'; 3], length: 0, advance };
    let mut push = |c: char| {
        for c in expand(c).chars() {
            if let Some(place) = shown.text.get_mut(shown.length as usize) {
                *place = c;
                shown.length += 1;
            }
        }
    };
    match unicode {
        Some(BfString::Char(c)) => push(c),
        Some(BfString::String(text)) => text.chars().for_each(push),
        None => push(UNMAPPED),
    }
    shown
}

/// A character as it is to be read: ligatures in letters, bullets of symbol fonts as bullets.
fn expand(c: char) -> Expanded {
    let text = match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        // Symbol and Wingdings put their signs into the private use area from F020 on; these are their bullets, arrows and ticks.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0a8}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' | '\u{f06e}' | '\u{f06c}' | '\u{f071}' | '\u{f0e0}' => "•",
        '\u{f0be}' => "—",
        '\u{a0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{202f}' | '\t' | '\n' | '\r' => " ",
        _ => return Expanded { c, text: "" },
    };
    Expanded { c, text }
}

struct Expanded {
    c: char,
    text: &'static str,
}

impl Expanded {
    fn chars(&self) -> impl Iterator<Item = char> {
        let single = self.text.is_empty().then_some(self.c);
        single.into_iter().chain(self.text.chars())
    }
}

/// The embedded font programs and code tables of a font: what loading it will decompress.
fn programs<'a>(dict: &Dict<'a>) -> impl Iterator<Item = Stream<'a>> {
    let descendants = dict.get::<hayro_syntax::object::Array>("DescendantFonts");
    let descendant = descendants.and_then(|fonts| fonts.iter::<Dict>().next());
    let descriptors = [Some(dict), descendant.as_ref()].into_iter().flatten().filter_map(|dict| dict.get::<Dict>("FontDescriptor")).collect::<Vec<_>>();
    let files =
        descriptors.into_iter().flat_map(|descriptor| ["FontFile", "FontFile2", "FontFile3"].into_iter().filter_map(move |key| descriptor.get::<Stream>(key)));
    files.chain(["ToUnicode", "Encoding"].into_iter().filter_map(|key| dict.get::<Stream>(key)).collect::<Vec<_>>())
}

fn style(dict: &Dict) -> FontStyle {
    const ITALIC: i64 = 1 << 6;
    const FORCE_BOLD: i64 = 1 << 18;
    // From 600 (semibold) on a weight is meant to stand out from text.
    const SEMIBOLD: f32 = 600.0;
    let descendant = dict.get::<hayro_syntax::object::Array>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict>().next());
    let base = dict.get::<Name>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
    let name = base.split_once('+').map_or(base.as_str(), |(_, name)| name).to_owned();
    let descriptor = dict.get::<Dict>("FontDescriptor").or_else(|| descendant?.get::<Dict>("FontDescriptor"));
    let flags = descriptor.as_ref().and_then(|descriptor| descriptor.get::<f32>("Flags")).unwrap_or(0.0) as i64;
    let weight = descriptor.as_ref().and_then(|descriptor| descriptor.get::<f32>("FontWeight")).unwrap_or(400.0);
    let lower = name.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let bold = flags & FORCE_BOLD != 0 || weight >= SEMIBOLD || says(&["bold", "black", "heavy", "demi"]) || name.ends_with("-Bd") || name.ends_with("-Semibd");
    let italic = flags & ITALIC != 0 || says(&["italic", "oblique"]) || name.ends_with("-It");
    FontStyle { bold, italic }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_read_as_letters() {
        assert_eq!(expand('\u{fb03}').chars().collect::<String>(), "ffi");
        assert_eq!(expand('a').chars().collect::<String>(), "a");
    }
}
