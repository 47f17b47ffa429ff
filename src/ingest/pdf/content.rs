//! Reads the content stream of a page, for its text alone: characters with their place, and how much images cover.

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::colour::Fill;
use super::font::{Fonts, UNMAPPED};
use super::garbage;
use super::lexer::{self, Lexer, Operand, Operator, operator};
use super::ligature;
use super::limit::{self, Refused};
use super::matrix::Matrix;
use crate::ingest::layout::{Glyph, PageGlyphs, Role};

/// Further from the page's corner than this, in points, nothing is read.
const FAR: f64 = 20_000.0;

/// The operators that are followed.
mod op {
    use super::{Operator, operator};

    pub const FONT: Operator = operator(b"Tf");
    pub const DRAW: Operator = operator(b"Do");
    pub const BEGIN_MARKED: Operator = operator(b"BMC");
    pub const BEGIN_MARKED_WITH: Operator = operator(b"BDC");
    pub const END_MARKED: Operator = operator(b"EMC");
    pub const SHOW: Operator = operator(b"Tj");
    pub const SHOW_SPACED: Operator = operator(b"TJ");
    pub const SHOW_IN_NEXT_LINE: Operator = operator(b"'");
    pub const SHOW_IN_NEXT_LINE_SPACED: Operator = operator(b"\"");
    pub const SAVE: Operator = operator(b"q");
    pub const RESTORE: Operator = operator(b"Q");
    pub const TRANSFORM: Operator = operator(b"cm");
    pub const BEGIN_TEXT: Operator = operator(b"BT");
    pub const TEXT_MATRIX: Operator = operator(b"Tm");
    pub const MOVE: Operator = operator(b"Td");
    pub const MOVE_AND_LEAD: Operator = operator(b"TD");
    pub const NEXT_LINE: Operator = operator(b"T*");
    pub const CHARACTER_SPACE: Operator = operator(b"Tc");
    pub const WORD_SPACE: Operator = operator(b"Tw");
    pub const SCALE: Operator = operator(b"Tz");
    pub const LEADING: Operator = operator(b"TL");
    pub const RISE: Operator = operator(b"Ts");
    pub const INLINE_IMAGE: Operator = operator(b"BI");
    pub const END_INLINE_IMAGE: Operator = operator(b"EI");
    pub const FILL_GREY: Operator = operator(b"g");
    pub const FILL_RGB: Operator = operator(b"rg");
    pub const FILL_CMYK: Operator = operator(b"k");
    pub const FILL_SPACE: Operator = operator(b"cs");
    pub const FILL: Operator = operator(b"sc");
    pub const FILL_NAMED: Operator = operator(b"scn");
}

/// Reads pages one after the other, with fonts and budgets for the whole document.
pub struct Interpreter<'a> {
    pub fonts: Fonts<'a>,
    hidden: HashSet<ObjectIdentifier>,
    operators_left: u64,
    glyphs_left: usize,
    bytes_left: u64,
    /// Holds the content of one page after the other.
    content: Vec<u8>,
    /// True once a budget or a limit was reached, so that text may be missing.
    pub cut: bool,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<u16>,
    size: f64,
    character_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    fill: Fill,
}

/// A marked-content sequence that is open.
#[derive(Default)]
struct Marked {
    artifact: bool,
    hidden: bool,
    /// The text that the sequence stands for, and where it starts among the glyphs.
    actual: Option<(String, usize)>,
}

/// What reading one page works on.
struct Run<'p> {
    page: &'p mut PageGlyphs,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
}

impl<'a> Interpreter<'a> {
    /// An interpreter for a document with this catalog.
    pub fn new(catalog: Option<&Dict<'a>>) -> Self {
        let hidden = catalog.map(hidden_groups).unwrap_or_default();
        Self {
            fonts: Fonts::new(),
            hidden,
            operators_left: limit::OPERATORS,
            glyphs_left: limit::GLYPHS,
            bytes_left: limit::CONTENT_TOTAL,
            content: Vec::new(),
            cut: false,
        }
    }

    /// Reads one page; `number` counts from 1.
    pub fn page(&mut self, page: &Page<'a>, number: u32) -> PageGlyphs {
        let (width, height) = page.render_dimensions();
        let mut glyphs = PageGlyphs { number, width, height, ..PageGlyphs::default() };
        let to_page = page.initial_transform(true).as_coeffs();
        let state = State {
            ctm: Matrix(to_page),
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            fill: Fill::default(),
        };
        let mut run = Run { page: &mut glyphs, state, saved: Vec::new(), text: Matrix::IDENTITY, line: Matrix::IDENTITY, marked: Vec::new() };
        let mut content = std::mem::take(&mut self.content);
        content.clear();
        self.content(page, &mut content);
        self.stream(&content, page.resources(), &mut run, 0);
        self.content = content;
        glyphs
    }

    /// The content streams of a page, unpacked and joined.
    fn content(&mut self, page: &Page<'a>, content: &mut Vec<u8>) {
        let single = page.raw().get::<Stream>("Contents");
        let parts = page.raw().get::<Array>("Contents").map(|parts| parts.iter::<Stream>().collect::<Vec<_>>());
        for stream in single.into_iter().chain(parts.unwrap_or_default()) {
            let before = content.len();
            if self.unpack(&stream, content).is_none() {
                continue;
            }
            if content.len() > limit::CONTENT {
                content.truncate(before);
                self.cut = true;
                break;
            }
            content.push(b'\n');
        }
    }

    /// Appends the bytes of a stream; nothing if it is refused.
    fn unpack(&mut self, stream: &Stream<'a>, out: &mut Vec<u8>) -> Option<()> {
        let start = out.len();
        let length = limit::unpack(stream, limit::CONTENT, out).inspect_err(|refused| self.cut |= *refused == Refused::TooLarge).ok()?;
        let Some(left) = self.bytes_left.checked_sub(length as u64) else {
            self.cut = true;
            out.truncate(start);
            return None;
        };
        self.bytes_left = left;
        Some(())
    }

    fn stream(&mut self, content: &[u8], resources: &Resources<'a>, run: &mut Run, depth: u8) {
        let mut names: HashMap<Vec<u8>, Option<u16>> = HashMap::new();
        let saved = run.saved.len();
        let mut lexer = Lexer::new(content);
        while let Some(operator) = lexer.next() {
            if self.operators_left == 0 || self.glyphs_left == 0 {
                self.cut = true;
                break;
            }
            self.operators_left -= 1;
            match operator {
                op::FONT => self.set_font(&lexer, resources, &mut names, run),
                op::DRAW => self.draw_object(&lexer, resources, run, depth),
                op::BEGIN_MARKED_WITH => self.begin_marked(&lexer, resources, run),
                op::SHOW | op::SHOW_SPACED | op::SHOW_IN_NEXT_LINE | op::SHOW_IN_NEXT_LINE_SPACED => self.show(operator, &lexer, run),
                op::FILL_GREY | op::FILL_RGB | op::FILL_CMYK | op::FILL_SPACE | op::FILL | op::FILL_NAMED => {
                    run.state.fill.operate(operator, &lexer, resources);
                }
                _ => run.operate(operator, &lexer),
            }
        }
        if let Some(state) = run.saved.get(saved).cloned() {
            run.state = state;
        }
        run.saved.truncate(saved);
    }

    fn set_font(&mut self, lexer: &Lexer, resources: &Resources<'a>, names: &mut HashMap<Vec<u8>, Option<u16>>, run: &mut Run) {
        let (Some(name), Some(Operand::Number(size))) = (lexer.name(0), lexer.operands().get(1)) else { return };
        run.state.size = *size;
        run.state.font = match names.get(name) {
            Some(&index) => index,
            None => {
                let id = resources.fonts.get_ref(name).map(ObjectIdentifier::from);
                let index = resources.fonts.get::<Dict>(name).and_then(|dict| self.fonts.index(id, &dict));
                names.insert(name.to_vec(), index);
                index
            }
        };
    }

    fn draw_object(&mut self, lexer: &Lexer, resources: &Resources<'a>, run: &mut Run, depth: u8) {
        let Some(stream) = lexer.name(0).and_then(|name| resources.x_objects.get::<Stream>(name)) else { return };
        let dict = stream.dict();
        if dict.get_ref("OC").is_some_and(|group| self.hidden.contains(&group.into())) || run.is_hidden() {
            return;
        }
        match dict.get::<Name>("Subtype").as_deref() {
            Some(b"Image") => run.image(),
            Some(b"Form") if depth < limit::FORM_DEPTH => {
                let mut content = Vec::new();
                if self.unpack(&stream, &mut content).is_none() {
                    return;
                }
                let matrix = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
                let own = dict.get::<Dict>("Resources").map(Resources::new);
                let outer = (run.state.clone(), run.text, run.line, run.marked.len());
                run.state.ctm = run.state.ctm.after(matrix);
                self.stream(&content, own.as_ref().unwrap_or(resources), run, depth + 1);
                run.end_marked_down_to(outer.3);
                (run.state, run.text, run.line) = (outer.0, outer.1, outer.2);
            }
            _ => {}
        }
    }

    fn begin_marked(&mut self, lexer: &Lexer, resources: &Resources<'a>, run: &mut Run) {
        let mut marked = Marked { artifact: lexer.name(0) == Some(b"Artifact"), ..Marked::default() };
        match lexer.operands().get(1) {
            Some(&Operand::Name(name)) => {
                let name = lexer.bytes(name);
                let group = resources.properties.get_ref(name);
                marked.hidden = group.is_some_and(|group| self.hidden.contains(&group.into()));
                let dict = resources.properties.get::<Dict>(name);
                marked.actual = dict.and_then(|dict| actual_text(&dict)).map(|text| (text, run.page.glyphs.len()));
            }
            Some(&Operand::Dict(dict)) => {
                let dict = lexer.bytes(dict);
                // Most have but a number in them.
                if memchr::memmem::find(dict, b"Text").is_some() {
                    marked.actual = lexer::dict(dict).and_then(|dict| actual_text(&dict)).map(|text| (text, run.page.glyphs.len()));
                }
            }
            _ => {}
        }
        run.begin_marked(marked);
    }

    fn show(&mut self, operator: Operator, lexer: &Lexer, run: &mut Run) {
        if matches!(operator, op::SHOW_IN_NEXT_LINE | op::SHOW_IN_NEXT_LINE_SPACED) {
            run.next_line(0.0, -run.state.leading);
        }
        let mut operands = lexer.operands().iter();
        if operator == op::SHOW_IN_NEXT_LINE_SPACED {
            (run.state.word_space, run.state.character_space) = (lexer.number(0), lexer.number(1));
            operands = lexer.operands().get(2..).unwrap_or_default().iter();
        }
        match operands.next() {
            Some(&Operand::Text(text)) => self.show_string(lexer.bytes(text), run),
            Some(&Operand::Array(parts)) => {
                for part in lexer.parts(parts) {
                    match *part {
                        Operand::Number(adjustment) => run.advance(-adjustment / 1000.0 * run.state.size * run.state.scale),
                        Operand::Text(text) => self.show_string(lexer.bytes(text), run),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show_string(&mut self, bytes: &[u8], run: &mut Run) {
        let Some(font) = run.state.font else { return };
        let Some(mut reader) = self.fonts.reader(font) else { return };
        let state = &run.state;
        let place = state.ctm.after(run.text);
        let along = place.vector(1.0, 0.0);
        let up = place.vector(0.0, state.size);
        let size = length_of(up) as f32;
        let length = length_of(along);
        let origin = place.point(0.0, state.rise);
        // Text that climbs by more than a twentieth is a watermark or a side note.
        let turned = along.0 <= 0.0 || along.1.abs() > along.0 * 0.05;
        let role = match () {
            () if turned => Role::Turned,
            () if run.marked.iter().any(|marked| marked.artifact) => Role::Artifact,
            () => Role::Content,
        };
        // Damaged files set text a mile beside the page; pages end at 200 inches.
        let on_page = origin.0.abs() < FAR && origin.1.abs() < FAR && (0.5..FAR as f32).contains(&size) && length < FAR;
        let visible = !run.is_hidden() && on_page;
        let tint = state.fill.tint;
        // Space between the letters of a word belongs to the letters, unless it is as wide as a word space.
        let tracking = state.character_space * state.scale;
        let reached = if tracking > 0.0 && tracking < state.size.abs() * 0.25 { tracking } else { 0.0 };
        let (scale, set, word_space) = (state.scale, state.size, state.word_space);
        let x = |along_line: f64| (origin.0 + along.0 * along_line) as f32;
        let glyphs = &mut run.page.glyphs;
        let (mut at, mut pen) = (0, 0.0);
        let mut count = 0;
        while at < bytes.len() {
            let (code, taken) = reader.read_code(bytes, at);
            at += taken;
            let shown = reader.shown(code);
            let word = if code == 32 && taken == 1 { word_space } else { 0.0 };
            let width = f64::from(shown.advance) / 1000.0 * set * scale;
            if visible && !(f64::is_nan(pen) || pen.abs() * length > FAR) {
                let reach = width + reached;
                let share = 1.0 / f64::from(shown.length.max(1));
                let y = (origin.1 + along.1 * pen) as f32;
                for (index, &c) in shown.text.iter().take(shown.length as usize).enumerate() {
                    let (from, to) = (pen + reach * share * index as f64, pen + reach * share * (index + 1) as f64);
                    let c = match c {
                        '\0' => ligature::nameless(code),
                        UNMAPPED if taken == 2 => garbage::unmapped(code),
                        _ => c,
                    };
                    glyphs.push(Glyph { c, x0: x(from), x1: x(to), y, size, font, role, tint });
                }
            }
            count += 1;
            pen += width + tracking + word * scale;
        }
        self.glyphs_left = self.glyphs_left.saturating_sub(count);
        run.advance(pen);
    }
}

impl Run<'_> {
    fn operate(&mut self, operator: Operator, lexer: &Lexer) {
        let matrix = || Matrix([0, 1, 2, 3, 4, 5].map(|index| lexer.number(index)));
        match operator {
            op::SAVE if self.saved.len() < 512 => self.saved.push(self.state.clone()),
            op::RESTORE => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            op::TRANSFORM => self.state.ctm = self.state.ctm.after(matrix()),
            op::BEGIN_TEXT => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            op::TEXT_MATRIX => {
                self.text = matrix();
                self.line = self.text;
            }
            op::MOVE => self.next_line(lexer.number(0), lexer.number(1)),
            op::MOVE_AND_LEAD => {
                self.state.leading = -lexer.number(1);
                self.next_line(lexer.number(0), lexer.number(1));
            }
            op::NEXT_LINE => self.next_line(0.0, -self.state.leading),
            op::CHARACTER_SPACE => self.state.character_space = lexer.number(0),
            op::WORD_SPACE => self.state.word_space = lexer.number(0),
            op::SCALE => self.state.scale = lexer.number(0) / 100.0,
            op::LEADING => self.state.leading = lexer.number(0),
            op::RISE => self.state.rise = lexer.number(0),
            op::BEGIN_MARKED => self.begin_marked(Marked { artifact: lexer.name(0) == Some(b"Artifact"), ..Marked::default() }),
            op::END_MARKED => self.end_marked(),
            op::INLINE_IMAGE | op::END_INLINE_IMAGE => self.image(),
            _ => {}
        }
    }

    /// Counts an image drawn over the unit square.
    fn image(&mut self) {
        let (a, b) = (self.state.ctm.vector(1.0, 0.0), self.state.ctm.vector(0.0, 1.0));
        let page = f64::from(self.page.width) * f64::from(self.page.height);
        let share = (a.0 * b.1 - a.1 * b.0).abs() / page.max(1.0);
        self.page.images += share.min(1.0) as f32;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.after(Matrix::translation(x, y));
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        if by.is_finite() {
            self.text = self.text.after(Matrix::translation(by, 0.0));
        }
    }

    fn is_hidden(&self) -> bool {
        self.marked.iter().any(|marked| marked.hidden)
    }

    fn begin_marked(&mut self, marked: Marked) {
        // Deeper nesting than this is an attack; the depth of real files is below ten.
        if self.marked.len() < 256 {
            self.marked.push(marked);
        }
    }

    fn end_marked_down_to(&mut self, depth: usize) {
        while self.marked.len() > depth {
            self.end_marked();
        }
    }

    /// Closes a marked-content sequence; where it says what text it stands for, its characters are replaced by that.
    fn end_marked(&mut self) {
        let Some((text, from)) = self.marked.pop().and_then(|marked| marked.actual) else { return };
        let glyphs = &mut self.page.glyphs;
        let (Some(&first), Some(&last)) = (glyphs.get(from), glyphs.last()) else { return };
        let in_one_line = glyphs[from..].iter().all(|glyph| (glyph.y - first.y).abs() < 0.1 * first.size);
        let count = text.chars().count();
        // Longer replacements describe pictures or whole paragraphs; the characters themselves say more.
        if !in_one_line || count == 0 || count > 64 {
            return;
        }
        glyphs.truncate(from);
        let step = (last.x1 - first.x0) / count as f32;
        for (index, c) in text.chars().enumerate() {
            let x0 = first.x0 + step * index as f32;
            glyphs.push(Glyph { c, x0, x1: x0 + step, ..first });
        }
    }
}

/// The length of a vector; most lie along an axis.
fn length_of((x, y): (f64, f64)) -> f64 {
    match (x, y) {
        (x, 0.0) => x.abs(),
        (0.0, y) => y.abs(),
        (x, y) => x.hypot(y),
    }
}

fn actual_text(properties: &Dict) -> Option<String> {
    let text = properties.get::<hayro_syntax::object::String>("ActualText")?;
    Some(super::info::text(text.as_bytes()))
}

/// The optional-content groups that are off when the document opens.
fn hidden_groups(catalog: &Dict) -> HashSet<ObjectIdentifier> {
    let off = catalog.get::<Dict>("OCProperties").and_then(|properties| properties.get::<Dict>("D")).and_then(|default| default.get::<Array>("OFF"));
    off.map(|groups| groups.raw_iter().filter_map(|group| group.as_obj_ref()).map(ObjectIdentifier::from).collect()).unwrap_or_default()
}
