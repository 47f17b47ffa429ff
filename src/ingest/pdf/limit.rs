//! What one file may make the program do.

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// Bytes that one content stream may have when unpacked. A dense page has half a megabyte.
pub const CONTENT: usize = 48 << 20;
/// Bytes that one font program may have when unpacked. Whole CJK fonts have 20 MB.
pub const FONT: usize = 64 << 20;
/// Content stream operators in one document. A thousand dense pages have five million.
pub const OPERATORS: u64 = 40_000_000;
/// Characters drawn in one document.
pub const GLYPHS: usize = 12_000_000;
/// Forms inside forms.
pub const FORM_DEPTH: u8 = 12;
/// Pages of one document.
pub const PAGES: usize = 20_000;

/// No deflate stream unpacks to more than this many times its size.
const DEFLATE_RATIO: usize = 1032;

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

/// Unpacks without keeping anything, up to the limit. A damaged stream ends where the damage begins.
fn inflated_size_is_at_most(raw: &[u8], most: usize) -> bool {
    let mut inflater = flate2::Decompress::new(true);
    let mut buffer = vec![0; 1 << 15];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = raw.get(read as usize..).unwrap_or_default();
        let status = inflater.decompress(rest, &mut buffer, flate2::FlushDecompress::None);
        if inflater.total_out() > most as u64 {
            return false;
        }
        let stuck = inflater.total_in() == read && inflater.total_out() == written;
        if stuck || !matches!(status, Ok(flate2::Status::Ok | flate2::Status::BufError)) {
            return true;
        }
    }
}
