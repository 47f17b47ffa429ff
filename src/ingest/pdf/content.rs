//! Reads the content stream of a page, for its text alone: characters with their place, and how much images cover.

use std::collections::{HashMap, HashSet};

use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::colour::Fill;
use super::font::{Fonts, UNMAPPED};
use super::garbage;
use super::ligature;
use super::limit;
use super::matrix::Matrix;
use crate::ingest::layout::{Glyph, PageGlyphs, Role};

/// Further from the page's corner than this, in points, nothing is read.
const FAR: f64 = 20_000.0;

/// Reads pages one after the other, with fonts and budgets for the whole document.
pub struct Interpreter<'a> {
    pub fonts: Fonts<'a>,
    hidden: HashSet<ObjectIdentifier>,
    operators_left: u64,
    glyphs_left: usize,
    bytes_left: u64,
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
        Self { fonts: Fonts::new(), hidden, operators_left: limit::OPERATORS, glyphs_left: limit::GLYPHS, bytes_left: limit::CONTENT_TOTAL, cut: false }
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
        let content = self.content(page);
        self.stream(&content, page.resources(), &mut run, 0);
        glyphs
    }

    /// The content streams of a page, unpacked and joined.
    fn content(&mut self, page: &Page<'a>) -> Vec<u8> {
        let single = page.raw().get::<Stream>("Contents");
        let parts = page.raw().get::<Array>("Contents").map(|parts| parts.iter::<Stream>().collect::<Vec<_>>());
        let mut content = Vec::new();
        for stream in single.into_iter().chain(parts.unwrap_or_default()) {
            let Some(data) = self.unpack(&stream) else { continue };
            if content.len() + data.len() > limit::CONTENT {
                self.cut = true;
                break;
            }
            content.extend_from_slice(&data);
            content.push(b'\n');
        }
        content
    }

    fn unpack(&mut self, stream: &Stream<'a>) -> Option<Vec<u8>> {
        if !limit::fits(stream, limit::CONTENT) {
            self.cut = true;
            return None;
        }
        let data = stream.decoded_data().ok()?.into_owned();
        let Some(left) = self.bytes_left.checked_sub(data.len() as u64) else {
            self.cut = true;
            return None;
        };
        self.bytes_left = left;
        Some(data)
    }

    fn stream(&mut self, content: &[u8], resources: &Resources<'a>, run: &mut Run, depth: u8) {
        let mut names: HashMap<Vec<u8>, Option<u16>> = HashMap::new();
        let saved = run.saved.len();
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if self.operators_left == 0 || self.glyphs_left == 0 {
                self.cut = true;
                break;
            }
            self.operators_left -= 1;
            let operator: &[u8] = instruction.operator.as_ref();
            match operator {
                b"Tf" => self.set_font(&instruction, resources, &mut names, run),
                b"Do" => self.draw_object(&instruction, resources, run, depth),
                b"BDC" => self.begin_marked(&instruction, resources, run),
                b"Tj" | b"'" | b"\"" | b"TJ" => self.show(operator, &instruction, run),
                b"g" | b"rg" | b"k" | b"cs" | b"sc" | b"scn" => run.state.fill.operate(operator, &instruction, resources),
                _ => run.operate(operator, &instruction),
            }
        }
        if let Some(state) = run.saved.get(saved).cloned() {
            run.state = state;
        }
        run.saved.truncate(saved);
    }

    fn set_font(&mut self, instruction: &Instruction<'_, '_>, resources: &Resources<'a>, names: &mut HashMap<Vec<u8>, Option<u16>>, run: &mut Run) {
        let mut operands = instruction.operands();
        let (Some(Object::Name(name)), Some(Object::Number(size))) = (operands.next(), operands.next()) else { return };
        run.state.size = size.as_f64();
        let key: &[u8] = name.as_ref();
        run.state.font = match names.get(key) {
            Some(&index) => index,
            None => {
                let id = resources.fonts.get_ref(key).map(ObjectIdentifier::from);
                let index = resources.get_font(name).and_then(|dict| self.fonts.index(id, &dict));
                names.insert(key.to_vec(), index);
                index
            }
        };
    }

    fn draw_object(&mut self, instruction: &Instruction<'_, '_>, resources: &Resources<'a>, run: &mut Run, depth: u8) {
        let Some(Object::Name(name)) = instruction.operands().next() else { return };
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        if dict.get_ref("OC").is_some_and(|group| self.hidden.contains(&group.into())) || run.is_hidden() {
            return;
        }
        match dict.get::<Name>("Subtype").as_deref() {
            Some(b"Image") => run.image(),
            Some(b"Form") if depth < limit::FORM_DEPTH => {
                let Some(content) = self.unpack(&stream) else { return };
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

    fn begin_marked(&mut self, instruction: &Instruction<'_, '_>, resources: &Resources<'a>, run: &mut Run) {
        let mut operands = instruction.operands();
        let (tag, properties) = (operands.next(), operands.next());
        let artifact = matches!(&tag, Some(Object::Name(tag)) if tag.as_ref() == b"Artifact".as_slice());
        let mut marked = Marked { artifact, ..Marked::default() };
        match properties {
            Some(Object::Name(name)) => {
                let group = resources.properties.get_ref(name.as_ref() as &[u8]);
                marked.hidden = group.is_some_and(|group| self.hidden.contains(&group.into()));
                let dict = resources.properties.get::<Dict>(name.as_ref() as &[u8]);
                marked.actual = dict.and_then(|dict| actual_text(&dict)).map(|text| (text, run.page.glyphs.len()));
            }
            Some(Object::Dict(dict)) => marked.actual = actual_text(dict).map(|text| (text, run.page.glyphs.len())),
            _ => {}
        }
        run.begin_marked(marked);
    }

    fn show(&mut self, operator: &[u8], instruction: &Instruction<'_, '_>, run: &mut Run) {
        if matches!(operator, b"'" | b"\"") {
            run.next_line(0.0, -run.state.leading);
        }
        let mut operands = instruction.operands();
        if operator == b"\"" {
            run.state.word_space = number(operands.next());
            run.state.character_space = number(operands.next());
        }
        match operands.next() {
            Some(Object::String(text)) => self.show_string(text.as_bytes(), run),
            Some(Object::Array(parts)) => {
                for part in parts.iter::<Object>() {
                    match part {
                        Object::Number(adjustment) => run.advance(-adjustment.as_f64() / 1000.0 * run.state.size * run.state.scale),
                        Object::String(text) => self.show_string(text.as_bytes(), run),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show_string(&mut self, bytes: &[u8], run: &mut Run) {
        let Some(font) = run.state.font else { return };
        let state = &run.state;
        let place = state.ctm.after(run.text);
        let along = place.vector(1.0, 0.0);
        let up = place.vector(0.0, state.size);
        let size = up.0.hypot(up.1) as f32;
        let length = along.0.hypot(along.1);
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
        let (mut at, mut pen) = (0, 0.0);
        while at < bytes.len() {
            let (code, taken) = self.fonts.read_code(font, bytes, at);
            at += taken;
            let shown = self.fonts.shown(font, code);
            let word = if code == 32 && taken == 1 { run.state.word_space } else { 0.0 };
            let width = f64::from(shown.advance) / 1000.0 * run.state.size * run.state.scale;
            // Space between the letters of a word belongs to the letters, unless it is as wide as a word space.
            let tracking = run.state.character_space * run.state.scale;
            let reach = width + if tracking > 0.0 && tracking < run.state.size.abs() * 0.25 { tracking } else { 0.0 };
            if visible {
                let share = 1.0 / f64::from(shown.length.max(1));
                for (index, &c) in shown.text.iter().take(shown.length as usize).enumerate() {
                    let (from, to) = (pen + reach * share * index as f64, pen + reach * share * (index + 1) as f64);
                    let x = |along_line: f64| (origin.0 + along.0 * along_line) as f32;
                    let y = (origin.1 + along.1 * pen) as f32;
                    if pen.is_nan() || pen.abs() * length > FAR {
                        continue;
                    }
                    let c = match c {
                        '\0' => ligature::nameless(code),
                        UNMAPPED if taken == 2 => garbage::unmapped(code),
                        _ => c,
                    };
                    run.page.glyphs.push(Glyph { c, x0: x(from), x1: x(to), y, size, font, role, tint });
                }
            }
            self.glyphs_left = self.glyphs_left.saturating_sub(1);
            pen += width + tracking + word * run.state.scale;
        }
        run.advance(pen);
    }
}

impl Run<'_> {
    fn operate(&mut self, operator: &[u8], instruction: &Instruction<'_, '_>) {
        let numbers = || {
            let mut numbers = [0.0; 6];
            for (place, operand) in numbers.iter_mut().zip(instruction.operands()) {
                *place = number(Some(operand));
            }
            numbers
        };
        match operator {
            b"q" if self.saved.len() < 512 => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.ctm = self.state.ctm.after(Matrix(numbers())),
            b"BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tm" => {
                self.text = Matrix(numbers());
                self.line = self.text;
            }
            b"Td" => self.next_line(numbers()[0], numbers()[1]),
            b"TD" => {
                self.state.leading = -numbers()[1];
                self.next_line(numbers()[0], numbers()[1]);
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tc" => self.state.character_space = numbers()[0],
            b"Tw" => self.state.word_space = numbers()[0],
            b"Tz" => self.state.scale = numbers()[0] / 100.0,
            b"TL" => self.state.leading = numbers()[0],
            b"Ts" => self.state.rise = numbers()[0],
            b"BMC" => {
                let artifact = matches!(instruction.operands().next(), Some(Object::Name(tag)) if tag.as_ref() == b"Artifact".as_slice());
                self.begin_marked(Marked { artifact, ..Marked::default() });
            }
            b"EMC" => self.end_marked(),
            b"BI" | b"EI" => self.image(),
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

fn number(operand: Option<&Object>) -> f64 {
    match operand {
        Some(Object::Number(number)) => number.as_f64(),
        _ => 0.0,
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
