//! What the dictionary of a font tells of its codes, without the font program.
//!
//! Most files say of each code what text it stands for and how wide it is. The program, which is as large as all the text of a document, is then needed to
//! draw, not to read.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use rustc_hash::{FxHashMap, FxHashSet};

use super::limit;

/// The codes of a font: their texts and widths.
pub struct Told {
    to_unicode: Option<CMap>,
    codes: Codes,
}

enum Codes {
    /// One byte each.
    Simple(Simple),
    /// Two bytes each, which number the glyphs.
    Wide { widths: FxHashMap<u32, f32>, default: f32 },
}

struct Simple {
    /// By code, as far as the list goes; one more for all others.
    widths: Vec<f32>,
    missing: f32,
    /// A code for the null character is believed only in these fonts.
    true_type: bool,
    encoding: Option<Encoding>,
}

impl Told {
    /// What the dictionary tells; none if it leaves out what every code needs.
    pub fn of(dict: &Dict) -> Option<Self> {
        let subtype = dict.get::<Name>("Subtype")?;
        let codes = match &*subtype {
            b"Type0" => wide(dict)?,
            b"TrueType" | b"OpenType" => Codes::Simple(Simple::of(dict, true)?),
            b"Type1" | b"MMType1" => Codes::Simple(Simple::of(dict, false)?),
            _ => return None,
        };
        let to_unicode = to_unicode(dict);
        // The glyphs of a font that numbers them have no other names. A table that is odd may say something to the library.
        if to_unicode.is_none() && (matches!(codes, Codes::Wide { .. }) || dict.contains_key("ToUnicode")) {
            return None;
        }
        Some(Self { to_unicode, codes })
    }

    /// Reads a code: its number and how many bytes it takes.
    pub fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        match (&self.codes, &bytes[at..]) {
            (Codes::Simple(_), [code, ..]) => (u32::from(*code), 1),
            (Codes::Wide { .. }, [high, low, ..]) => (u32::from(*high) << 8 | u32::from(*low), 2),
            _ => (0, 1),
        }
    }

    /// The text of a code; none if only the font program tells it.
    pub fn text(&self, code: u32) -> Option<BfString> {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code));
        match &self.codes {
            Codes::Wide { .. } => mapped,
            Codes::Simple(simple) => mapped.filter(|text| simple.true_type || *text != BfString::Char('\0')).or_else(|| simple.encoding.as_ref()?.text(code)),
        }
    }

    /// The width of a code in thousandths of the font size.
    pub fn advance(&self, code: u32) -> f32 {
        match &self.codes {
            Codes::Simple(simple) => simple.widths.get(code as usize).copied().unwrap_or(simple.missing),
            Codes::Wide { widths, default } => widths.get(&code).copied().unwrap_or(*default),
        }
    }
}

impl Simple {
    fn of(dict: &Dict, true_type: bool) -> Option<Self> {
        let descriptor = dict.get::<Dict>("FontDescriptor").unwrap_or_default();
        let (first, last) = (dict.get::<usize>("FirstChar")?, dict.get::<usize>("LastChar")?);
        let listed = dict.get::<Array>("Widths")?;
        let missing = descriptor.get::<f32>("MissingWidth").unwrap_or(0.0);
        let count = last.checked_sub(first)?.checked_add(1)?;
        if first > usize::from(u8::MAX) {
            return None;
        }
        let mut widths = vec![missing; first];
        widths.extend(listed.iter::<f32>().take(count.min(usize::from(u8::MAX) + 1)));
        Some(Self { widths, missing, true_type, encoding: Encoding::of(dict) })
    }
}

/// An encoding that nearly all texts in Latin letters have.
struct Encoding {
    /// Windows-1252; otherwise Mac Roman.
    windows: bool,
    /// Codes that stand for other signs in this font.
    others: FxHashSet<u8>,
}

impl Encoding {
    /// The encoding of a font; none if it is another, or the font one of signs.
    fn of(dict: &Dict) -> Option<Self> {
        let name = dict.get::<Name>("BaseFont")?;
        let name = name.as_str().to_ascii_lowercase();
        if name.contains("symbol") || name.contains("dingbats") {
            return None;
        }
        let Some(encoding) = dict.get::<Dict>("Encoding") else { return Some(Self { windows: is_windows(dict, "Encoding")?, others: FxHashSet::default() }) };
        let windows = is_windows(&encoding, "BaseEncoding")?;
        let mut others = FxHashSet::default();
        let mut code = 0i64;
        for entry in encoding.get::<Array>("Differences").iter().flat_map(Array::iter::<Object>) {
            match entry {
                Object::Number(number) => code = number.as_i64(),
                Object::Name(_) => {
                    others.extend(u8::try_from(code).ok());
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        Some(Self { windows, others })
    }

    /// What a code stands for, but for those that are read in several ways.
    fn text(&self, code: u32) -> Option<BfString> {
        let code = u8::try_from(code).ok().filter(|code| !self.others.contains(code))?;
        let known = match code {
            0x20..0x7f => true,
            0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xa0 | 0xad => false,
            0x80.. => self.windows,
            _ => false,
        };
        let code = [code];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&code);
        text.chars().next().filter(|_| known).map(BfString::Char)
    }
}

/// Which of the two encodings is named; none for others.
fn is_windows(dict: &Dict, key: &str) -> Option<bool> {
    match &*dict.get::<Name>(key)? {
        b"WinAnsiEncoding" => Some(true),
        b"MacRomanEncoding" => Some(false),
        _ => None,
    }
}

/// The widths of a font whose codes number its glyphs.
fn wide(dict: &Dict) -> Option<Codes> {
    if &*dict.get::<Name>("Encoding")? != b"Identity-H" {
        return None;
    }
    let descendant = dict.get::<Array>("DescendantFonts")?.iter::<Dict>().next()?;
    let descriptor = descendant.get::<Dict>("FontDescriptor")?;
    // Without a program the texts of codes tell which glyphs of another font are meant.
    if !["FontFile2", "FontFile3", "FontFile"].iter().any(|file| descriptor.contains_key(file)) {
        return None;
    }
    let widths = descendant.get::<Array>("W").map(|list| glyph_widths(&list)).unwrap_or_default();
    Some(Codes::Wide { widths, default: descendant.get::<f32>("DW").unwrap_or(1000.0) })
}

/// Reads "first [width …]" and "first last width".
fn glyph_widths(list: &Array) -> FxHashMap<u32, f32> {
    let mut widths = FxHashMap::default();
    let mut entries = list.flex_iter();
    let mut left = limit::WIDTHS;
    loop {
        if let Some((first, listed)) = entries.next::<(u32, Array)>() {
            let mut read = 0;
            widths.extend((first..=limit::LAST_GLYPH).zip(listed.iter::<f32>().take(left).inspect(|_| read += 1)));
            left -= read;
        } else if let Some((first, last, width)) = entries.next::<(u32, u32, f32)>() {
            let glyphs = first..=last.min(limit::LAST_GLYPH);
            let Some(rest) = left.checked_sub(glyphs.clone().count()) else { return widths };
            left = rest;
            widths.extend(glyphs.map(|glyph| (glyph, width)));
        } else {
            return widths;
        }
    }
}

fn to_unicode(dict: &Dict) -> Option<CMap> {
    let stream = dict.get::<Stream>("ToUnicode")?;
    let mut table = Vec::new();
    limit::unpack(&stream, limit::FONT, &mut table).ok()?;
    CMap::parse(&table, hayro_cmap::load_embedded)
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::FromBytes;

    use super::*;
    use crate::ingest::pdf::font::Fonts;

    fn font(entries: &str) -> Vec<u8> {
        let widths = (0..256).map(|code| (300 + code).to_string()).collect::<Vec<_>>().join(" ");
        format!("<< /Type /Font /FirstChar 0 /LastChar 255 /Widths [{widths}] {entries} >>").into_bytes()
    }

    #[test]
    fn tells_what_the_font_program_would() {
        for entries in [
            "/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding",
            "/Subtype /TrueType /BaseFont /Arial /Encoding /MacRomanEncoding",
            "/Subtype /Type1 /BaseFont /Times-Roman /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /B /C 147 /quotedbl] >>",
        ] {
            let source = font(entries);
            let dict = Dict::from_bytes(&source).expect("a dictionary");
            let told = Told::of(&dict).expect("it tells of its codes");
            // Without a number of its own a font is read by the library.
            let mut fonts = Fonts::new();
            let index = fonts.index(None, &dict).expect("there is room");
            let mut known = 0;
            for code in 0..256 {
                let Some(text) = told.text(code) else { continue };
                let shown = fonts.reader(index).expect("it was loaded").shown(code);
                let own = crate::ingest::pdf::font::shown_as(Some(text), told.advance(code));
                assert_eq!((own.text, own.length, own.advance), (shown.text, shown.length, shown.advance), "{entries}: {code}");
                known += 1;
            }
            assert!(known > 90, "{entries}: {known}");
        }
    }

    #[test]
    fn signs_and_other_encodings_are_left_to_the_library() {
        for entries in ["/Subtype /Type1 /BaseFont /Symbol /Encoding /WinAnsiEncoding", "/Subtype /Type1 /BaseFont /Helvetica"] {
            let source = font(entries);
            let dict = Dict::from_bytes(&source).expect("a dictionary");
            assert!(Told::of(&dict).is_some_and(|told| told.text(65).is_none()), "{entries}");
        }
    }

    #[test]
    fn widths_of_hostile_fonts_are_bounded() {
        let endless = format!("[{}]", "0 4294967295 500 ".repeat(1000));
        let list = Array::from_bytes(endless.as_bytes()).expect("an array");
        assert!(glyph_widths(&list).len() <= 1 << 16);
        let source = format!("<< /Subtype /Type0 /DescendantFonts [<< /W {endless} >>] >>");
        assert!(!limit::widths_fit(&Dict::from_bytes(source.as_bytes()).expect("a dictionary")));
        assert!(!limit::widths_fit(&Dict::from_bytes(b"<< /FirstChar 4000000000 >>").expect("a dictionary")));
        for vertical in ["0 1 500 -880 880", "0 1 500 500 880", "0 [500 -880 880] 7 9 500 -880 880"] {
            let font = |more: &str| format!("<< /Subtype /Type0 /DescendantFonts [<< /W2 [{vertical} {more}] >>] >>");
            let fits = |source: &str| limit::widths_fit(&Dict::from_bytes(source.as_bytes()).expect("a dictionary"));
            assert!(fits(&font("20 30 500 -880 880")) && !fits(&font("0 4294967295 500 500 880")), "{vertical}");
        }
        let listed = format!("<< /DescendantFonts [<< /W [{}] >>] >>", format!("0 [{}] ", "5 ".repeat(1000)).repeat(1100));
        assert!(!limit::widths_fit(&Dict::from_bytes(listed.as_bytes()).expect("a dictionary")));
    }
}
