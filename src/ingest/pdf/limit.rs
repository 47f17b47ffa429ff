//! What one file may make the program do.

use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Stream};

/// Bytes that one content stream may have when unpacked. A dense page has half a megabyte.
pub const CONTENT: usize = 48 << 20;
/// Bytes that all content streams may have together when unpacked, forms as often as they are drawn.
pub const CONTENT_TOTAL: u64 = 1 << 30;
/// Bytes that the streams which hold the objects of a file may have together when unpacked. The largest reports have ten million.
const OBJECTS: u64 = 128 << 20;
/// Bytes that one font program may have when unpacked. Whole CJK fonts have 20 MB.
pub const FONT: usize = 64 << 20;
/// Content stream operators in one document. A thousand dense pages have five million.
pub const OPERATORS: u64 = 40_000_000;
/// Characters drawn in one document.
pub const GLYPHS: usize = 6_000_000;
/// Forms inside forms.
pub const FORM_DEPTH: u8 = 12;
/// Pages of one document.
pub const PAGES: usize = 20_000;

/// No deflate stream unpacks to more than this many times its size.
const DEFLATE_RATIO: usize = 1032;

/// The highest number that a list of widths may give to a glyph or a code.
pub const LAST_GLYPH: u32 = 0xffff;
/// Glyphs to which the ranges of one list of widths may give a width, the same glyph as often as it comes.
pub const WIDTHS: usize = 1 << 20;

/// Why the bytes of a stream are not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    TooLarge,
    Damaged,
}

/// Appends the bytes of a stream, unpacked; how many there are.
///
/// # Errors
/// If they are more than `most`, or cannot be unpacked; nothing is appended then.
pub fn unpack(stream: &Stream, most: usize, out: &mut Vec<u8>) -> Result<usize, Refused> {
    let dict = stream.dict();
    let plain = !["DecodeParms", "DP", "F"].iter().any(|key| dict.contains_key(key));
    let start = out.len();
    if plain && stream.filters().as_slice() == [Filter::FlateDecode] {
        match inflate(&stream.raw_data(), most, out) {
            Ok(()) => return Ok(out.len() - start),
            Err(Refused::Damaged) => out.truncate(start),
            Err(Refused::TooLarge) => {
                out.truncate(start);
                return Err(Refused::TooLarge);
            }
        }
    }
    // The library unpacks more than that, and what can be saved of a damaged stream.
    if !fits(stream, most) {
        return Err(Refused::TooLarge);
    }
    out.extend_from_slice(&stream.decoded_data().map_err(|_| Refused::Damaged)?);
    Ok(out.len() - start)
}

thread_local! {
    /// Its tables are large; they serve for one stream after the other.
    static INFLATER: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

fn inflate(raw: &[u8], most: usize, out: &mut Vec<u8>) -> Result<(), Refused> {
    const USUAL_RATIO: usize = 4;
    const LEAST: usize = 1 << 12;
    INFLATER.with_borrow_mut(|inflater| {
        inflater.reset(true);
        let start = out.len();
        out.reserve(raw.len().saturating_mul(USUAL_RATIO).min(most).max(LEAST));
        loop {
            let (read, written) = (inflater.total_in(), out.len());
            let status = inflater.decompress_vec(raw.get(read as usize..).unwrap_or_default(), out, FlushDecompress::None);
            if out.len() - start > most {
                return Err(Refused::TooLarge);
            }
            match status {
                Ok(Status::StreamEnd) => return Ok(()),
                Ok(_) if out.len() == out.capacity() => out.reserve((out.len() - start).max(LEAST)),
                Ok(_) if inflater.total_in() > read || out.len() > written => {}
                _ => return Err(Refused::Damaged),
            }
        }
    })
}

/// True if the widths that the dictionary of a font lists are for as many glyphs as a font can have: loading one lays them all out.
pub fn widths_fit(font: &Dict) -> bool {
    let descendants = font.get::<Array>("DescendantFonts");
    let descendant = descendants.and_then(|fonts| fonts.iter::<Dict>().next());
    // A range of glyphs has one number in "W", and in "W2", for vertical writing, three.
    let mut lists = descendant.iter().flat_map(|font| [("W", 1), ("W2", 3)].into_iter().filter_map(|(key, numbers)| Some((font.get::<Array>(key)?, numbers))));
    font.get::<usize>("FirstChar").is_none_or(|first| first <= LAST_GLYPH as usize) && lists.all(|(list, numbers)| list_fits(&list, numbers))
}

/// `numbers` is how many of them follow the first and last glyph of a range.
fn list_fits(list: &Array, numbers: usize) -> bool {
    let mut left = WIDTHS;
    let mut entries = list.flex_iter();
    loop {
        // An array may stand in the list again and again, as a reference.
        let listed = entries.next::<(u32, Array)>().map(|(_, listed)| listed.iter::<f32>().take(left + 1).count());
        let glyphs = match listed {
            Some(count) => count,
            None => match entries.next::<(u32, u32)>() {
                Some((first, last)) => last.saturating_sub(first) as usize,
                None => return true,
            },
        };
        let Some(rest) = left.checked_sub(glyphs) else { return false };
        left = rest;
        if listed.is_none() && (0..numbers).any(|_| entries.next::<f32>().is_none()) {
            return true;
        }
    }
}

/// True if the stream cannot unpack to more than `most` bytes, or does not when tried.
pub fn fits(stream: &Stream, most: usize) -> bool {
    let raw = stream.raw_data();
    let filters = stream.filters();
    let packed = filters.iter().filter(|filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)).count() as u32;
    let worst = raw.len().saturating_mul(DEFLATE_RATIO.saturating_pow(packed));
    match filters.as_slice() {
        _ if worst <= most => true,
        [Filter::FlateDecode] => inflated_size_is_at_most(&raw, most),
        // A single pass of the weaker packers over a stream of this size is what old producers write.
        [Filter::LzwDecode | Filter::RunLengthDecode] | [Filter::Ascii85Decode | Filter::AsciiHexDecode, _] => raw.len() <= most / 256,
        _ => false,
    }
}

/// True if the streams that hold the file's objects and its cross-reference table unpack to no more than the limit together. They are unpacked when the
/// file is opened, before anything else can be asked of it; so they are looked for in the bytes.
pub fn object_streams_fit(file: &[u8]) -> bool {
    let streams = object_streams(file);
    let packed: u64 = streams.iter().map(|(raw, _)| raw.len() as u64).sum();
    let ratio = DEFLATE_RATIO as u64;
    if streams.iter().all(|(_, passes)| *passes <= 1) && packed.saturating_mul(ratio) <= OBJECTS {
        return true;
    }
    let mut left = OBJECTS;
    for (raw, passes) in streams {
        let size = match passes {
            0 => raw.len() as u64,
            1 => inflated_size(raw, left),
            // Nobody packs objects twice.
            _ => return false,
        };
        if size > left {
            return false;
        }
        left -= size;
    }
    true
}

/// Bytes before a stream in which its dictionary stands.
const DICTIONARY: usize = 512;

/// The raw bytes of the streams of objects, and how many passes of packers that expand they have.
fn object_streams(file: &[u8]) -> Vec<(&[u8], usize)> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(file, b">>stream").map(|at| at + 2).chain(memchr::memmem::find_iter(file, b"\nstream").map(|at| at + 1)) {
        let head = &file[at.saturating_sub(DICTIONARY)..at];
        let head = memchr::memmem::rfind(head, b" obj").map_or(head, |start| &head[start..]);
        let has = |key: &[u8]| memchr::memmem::find(head, key).is_some();
        if !(has(b"/ObjStm") || has(b"/XRef")) {
            continue;
        }
        let start = at + b"stream".len();
        let body = &file[start..];
        let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        let end = memchr::memmem::find(body, b"endstream").unwrap_or(body.len());
        let passes = [b"/Fl".as_slice(), b"/LZW", b"/RunLength", b"/RL"].iter().map(|name| memchr::memmem::find_iter(head, name).count()).sum();
        found.push((&body[..end], passes));
    }
    found
}

/// Unpacks without keeping anything, up to the limit. A damaged stream ends where the damage begins.
fn inflated_size_is_at_most(raw: &[u8], most: usize) -> bool {
    inflated_size(raw, most as u64) <= most as u64
}

/// The size of a deflate stream when unpacked; some size beyond the limit for one that goes beyond it.
fn inflated_size(raw: &[u8], most: u64) -> u64 {
    let mut inflater = Decompress::new(true);
    let mut buffer = vec![0; 1 << 15];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = raw.get(read as usize..).unwrap_or_default();
        let status = inflater.decompress(rest, &mut buffer, FlushDecompress::None);
        if inflater.total_out() > most {
            return inflater.total_out();
        }
        let stuck = inflater.total_in() == read && inflater.total_out() == written;
        if stuck || !matches!(status, Ok(Status::Ok | Status::BufError)) {
            return inflater.total_out();
        }
    }
}
