//! Places in the running text that may be marks of notes.

use crate::document::{BlockKind, InlineKind};
use crate::ingest::draft::{Draft, Part};
use crate::ingest::marker::is_endnote_numeral;
use crate::ingest::shape;
use crate::lanes;
use crate::span::SourceSpan;

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkForm {
    /// A number in brackets, plain, escaped or with a caret.
    Bracket,
    /// "¹", "^1^"
    Superscript,
    /// "*", "†"
    Symbol,
    /// "(3)"
    Parenthesis,
    /// "on Iran (3), of 10 February": after a word and before a mark of punctuation, as in the Official Journal of the European Union.
    Closed,
    /// A number after a stop and a space: "in spring. 3 The"
    Spaced,
    /// A number glued to what stands before it.
    Glued(Before),
}

/// What a glued number stands after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A full stop, question mark or exclamation mark.
    Stop,
    /// A closing quotation mark or bracket.
    Closing,
    /// A comma, semicolon or colon.
    Comma,
    /// A comma after a word, with words after the number: "in Brussels,7 and".
    Clause,
    /// A word that ends in a small letter.
    Word,
    /// A word in capitals of some length.
    Capitals,
    /// One to three capitals: more likely a name ("G7", "CO2") than a mark.
    ShortCapitals,
    /// A year and a stop.
    Year,
    /// A number and a stop: more likely a decimal number.
    Decimal,
}

/// A place that may be a mark.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index of the draft.
    pub draft: usize,
    /// The mark alone.
    pub span: SourceSpan,
    /// What to leave out of the reading text (the brackets around several marks).
    pub cut: SourceSpan,
    pub label: String,
    pub form: MarkForm,
}

impl Candidate {
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.label.parse().ok()
    }
}

/// Words before a full stop or space after which a number counts something.
const COUNTED: [&str; 44] = [
    "paragraph",
    "paragraphs",
    "subsection",
    "equation",
    "clause",
    "item",
    "point",
    "rule",
    "no",
    "nos",
    "art",
    "arts",
    "article",
    "sec",
    "secs",
    "section",
    "sect",
    "para",
    "paras",
    "p",
    "pp",
    "vol",
    "vols",
    "ch",
    "chap",
    "fig",
    "figs",
    "table",
    "ex",
    "app",
    "annex",
    "cl",
    "r",
    "s",
    "ss",
    "reg",
    "pt",
    "part",
    "pub",
    "stat",
    "v",
    "ver",
    "version",
    "n",
];

/// Adds the candidates in a draft, in order.
pub fn scan(source: &str, index: usize, draft: &Draft, found: &mut Vec<Candidate>) {
    if let Some((span, label)) = alone(source, draft) {
        found.push(Candidate { draft: index, span, cut: span, label, form: MarkForm::Spaced });
        return;
    }
    let at_start = super::edit::text_start(source, draft);
    let in_table = draft.kind == BlockKind::TableRow;
    let mut in_link = false;
    let mut previous: Option<SourceSpan> = None;
    for (place, part) in draft.parts.iter().enumerate() {
        match part {
            Part::Text(span) => {
                let next = draft.parts.get(place + 1..).and_then(|rest| rest.iter().find_map(text_of));
                let mut scanner = Scanner { source, draft: index, span: *span, before: previous, next, at_start, in_table, emphasis_open: false, found };
                if !in_link {
                    scanner.run();
                } else {
                    scanner.run_in_link();
                }
                previous = Some(*span);
            }
            Part::Open(InlineKind::Link { .. }, _) => in_link = true,
            Part::Close(_) => in_link = false,
            Part::Space(_) | Part::Replaced { .. } => previous = None,
            _ => {}
        }
    }
}

/// A number that has a paragraph to itself: extraction from print puts raised numbers on lines of their own.
pub fn alone(source: &str, draft: &Draft) -> Option<(SourceSpan, String)> {
    if !matches!(draft.kind, BlockKind::Paragraph | BlockKind::Furniture) {
        return None;
    }
    let whole = draft.source.of(source);
    let text = whole.trim_start();
    let at = draft.source.start() + (whole.len() - text.len());
    // Few texts begin with a digit.
    let number = if text.starts_with(|c: char| c.is_ascii_digit()) { text.trim_end() } else { "" };
    let plain = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| (SourceSpan::new(at, at + number.len()), number.to_owned()))
}

/// The place of a part that is a stretch of text.
pub fn text_of(part: &Part) -> Option<SourceSpan> {
    if let Part::Text(span) = part { Some(*span) } else { None }
}

/// True for the bytes with which a mark may begin. Raised digits and daggers begin with the last two in UTF-8.
fn may_begin(byte: u8) -> bool {
    let digit = byte.wrapping_sub(b'0') < 10;
    let bracket = (byte & !2 == b'(') | (byte == b'[');
    let sign = (byte & !2 == b'\\') | (byte == b'#');
    digit | bracket | sign | (byte & !0x20 == 0xc2)
}

struct Scanner<'a, 'b> {
    source: &'a str,
    draft: usize,
    span: SourceSpan,
    /// The text part before, if nothing but mark-up stands between.
    before: Option<SourceSpan>,
    next: Option<SourceSpan>,
    at_start: Option<usize>,
    in_table: bool,
    emphasis_open: bool,
    found: &'b mut Vec<Candidate>,
}

impl<'a> Scanner<'a, '_> {
    fn run(&mut self) {
        let text = self.span.of(self.source);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(skipped) = bytes.get(at..).and_then(|rest| lanes::find(rest, may_begin)) {
            at += skipped;
            let length = match bytes[at] {
                b'[' => self.bracket(text, at),
                b'\\' if bytes.get(at + 1) == Some(&b'[') => self.bracket(text, at),
                b'^' => self.caret(text, at),
                b'(' => self.parenthesis(text, at),
                b'*' => self.symbol(text, at),
                b'#' => self.hash(text, at),
                b'0'..=b'9' => self.number(text, at),
                0xc2 | 0xe2 => self.raised(text, at),
                _ => 1,
            };
            at += length.max(1);
        }
    }

    /// In the words of a link only brackets count: "[[3]](#note3)".
    fn run_in_link(&mut self) {
        let text = self.span.of(self.source);
        for (at, _) in text.match_indices('[') {
            self.bracket(text, at);
        }
    }

    fn push(&mut self, from: usize, to: usize, cut: (usize, usize), label: &str, form: MarkForm) {
        let base = self.span.start();
        self.found.push(Candidate {
            draft: self.draft,
            span: SourceSpan::new(base + from, base + to),
            cut: SourceSpan::new(base + cut.0, base + cut.1),
            label: label.to_owned(),
            form,
        });
    }

    fn is_first(&self, at: usize) -> bool {
        self.at_start == Some(self.span.start() + at)
    }

    fn char_before(&self, text: &str, at: usize) -> Option<char> {
        if at > 0 { text[..at].chars().next_back() } else { self.before.and_then(|span| span.of(self.source).chars().next_back()) }
    }

    fn char_after(&self, text: &'a str, at: usize) -> Option<char> {
        text.get(at..).and_then(|rest| rest.chars().next()).or_else(|| self.next.and_then(|span| span.of(self.source).chars().next()))
    }

    /// "[3]", "[3, 5–7]", "[note 3]", and the forms with a caret or escaped.
    fn bracket(&mut self, text: &'a str, at: usize) -> usize {
        let open = if text[at..].starts_with('\\') { 2 } else { 1 };
        let inner_at = at + open;
        let Some(close) = text.as_bytes()[inner_at..].iter().take(40).position(|&b| b == b']') else { return open };
        let inner = &text[inner_at..inner_at + close];
        let end = inner_at + close + 1;
        let inner = inner.strip_suffix('\\').unwrap_or(inner);
        if self.is_first(at) || text[end..].starts_with('(') {
            return open;
        }
        if let Some(label) = inner.strip_prefix('^') {
            let fits = !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
            if fits && !text[end..].starts_with(':') {
                self.push(at, end, (at, end), label, MarkForm::Bracket);
                return end - at;
            }
            return open;
        }
        let bare = ["note ", "Note ", "fn ", "n ", "fn", "FN"].iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner);
        if is_label_number(bare) || is_endnote_numeral(bare) && self.is_glued_label(text, at, end) {
            self.push(at, end, (at, end), bare, MarkForm::Bracket);
            return end - at;
        }
        if self.numbers_in_brackets(inner, inner_at, at, end) { end - at } else { open }
    }

    /// True for brackets that stand directly after a word or stop and before none: "last year[iv].", as word processors write endnotes.
    fn is_glued_label(&self, text: &'a str, at: usize, end: usize) -> bool {
        let after_word =
            self.char_before(text, at).is_some_and(|c| c.is_alphanumeric() || shape::is_closing(c) || matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '%'));
        after_word && self.char_after(text, end).is_none_or(|c| !c.is_alphanumeric())
    }

    /// "[3, 5–7]": a mark for each number.
    fn numbers_in_brackets(&mut self, inner: &str, inner_at: usize, at: usize, end: usize) -> bool {
        let fits = inner.contains([',', ';', '–', '-']) && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ';' | ' ' | '–' | '-' | '—'));
        if !fits || !inner.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).all(is_label_number) {
            return false;
        }
        let mut from = 0;
        for chunk in inner.split([',', ';']) {
            let trimmed = chunk.trim();
            let start = inner_at + from + (chunk.len() - chunk.trim_start().len());
            from += chunk.len() + 1;
            match trimmed.split_once(['–', '-', '—']) {
                None => self.push(start, start + trimmed.len(), (at, end), trimmed, MarkForm::Bracket),
                Some((first, last)) => {
                    let (Ok(low), Ok(high)) = (first.trim().parse::<u32>(), last.trim().parse::<u32>()) else { return false };
                    if low >= high || high - low > 30 {
                        continue;
                    }
                    for number in low..=high {
                        self.push(start, start + trimmed.len(), (at, end), &number.to_string(), MarkForm::Bracket);
                    }
                }
            }
        }
        true
    }

    /// "^1^", "^1".
    fn caret(&mut self, text: &'a str, at: usize) -> usize {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 || self.is_first(at) {
            return 1;
        }
        let mut end = at + 1 + digits;
        if text[end..].starts_with('^') {
            end += 1;
        } else if text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '.') || self.char_before(text, at).is_some_and(|c| c.is_ascii_digit()) {
            // "10^6 tonnes" is a power.
            return 1;
        }
        self.push(at, end, (at, end), &text[at + 1..at + 1 + digits], MarkForm::Superscript);
        end - at
    }

    /// "in the region#1": a number after the sign for one, glued to what stands before it.
    fn hash(&mut self, text: &'a str, at: usize) -> usize {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        let glued = self.char_before(text, at).is_some_and(|c| c.is_lowercase() || shape::is_closing(c) || matches!(c, '.' | ',' | ';'));
        let ends = self.char_after(text, end).is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')'));
        let token = token_before(text, at);
        if glued && ends && is_label_number(&text[at + 1..end]) && !token.contains("://") && !token.contains("www.") && !self.is_first(at) {
            self.push(at, end, (at, end), &text[at + 1..end], MarkForm::Closed);
        }
        end - at
    }

    /// Raised digits, daggers.
    fn raised(&mut self, text: &'a str, at: usize) -> usize {
        let Some(c) = text[at..].chars().next() else { return 1 };
        if matches!(c, '†' | '‡') {
            return self.symbol(text, at);
        }
        if super::superscript_digit(c).is_none() {
            return c.len_utf8();
        }
        let end = text[at..].find(|c| super::superscript_digit(c).is_none()).map_or(text.len(), |length| at + length);
        let label = super::label::plain(&text[at..end]);
        if self.is_first(at) || label.starts_with('0') || label.len() > 3 || self.is_power(text, at, &label) {
            return end - at;
        }
        self.push(at, end, (at, end), &label, MarkForm::Superscript);
        end - at
    }

    /// "km²", "10³".
    fn is_power(&self, text: &str, at: usize, label: &str) -> bool {
        if !matches!(label, "2" | "3") && !self.char_before(text, at).is_some_and(|c| c.is_ascii_digit()) {
            return false;
        }
        let word_start = text[..at].rfind(|c: char| !c.is_alphabetic()).map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let word = &text[word_start..at];
        if word.is_empty() {
            return text[..at].ends_with(|c: char| c.is_ascii_digit()) && matches!(label, "2" | "3" | "6" | "9" | "12");
        }
        matches!(word, "m" | "km" | "cm" | "mm" | "ft" | "mi" | "in" | "yd" | "s" | "x" | "R" | "r" | "dm" | "µg" | "μm")
    }

    fn parenthesis(&mut self, text: &'a str, at: usize) -> usize {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits + 1;
        if (1..=3).contains(&digits) && text[at + 1 + digits..].starts_with(')') && !self.is_first(at) {
            let clause_ends = text[..at].trim_end().ends_with(['.', '”', '"', '?', '!', ',', ';']) || text[end..].starts_with(['.', ',', ';']);
            if clause_ends {
                let word = text[..at].ends_with(' ') && text[..at].trim_end().ends_with(char::is_alphabetic) && !self.counts_something(text[..at].trim_end());
                let closed = word && text[end..].starts_with(['.', ',', ';']);
                self.push(at, end, (at, end), &text[at + 1..at + 1 + digits], if closed { MarkForm::Closed } else { MarkForm::Parenthesis });
                return end - at;
            }
        }
        1
    }

    /// "agenda*", "Smith†", "Smith**": after a word, and no closing of emphasis.
    fn symbol(&mut self, text: &'a str, at: usize) -> usize {
        let Some(c) = text[at..].chars().next() else { return 1 };
        let end = text[at..].find(|other| other != c).map_or(text.len(), |length| at + length);
        let glued = self.char_before(text, at).is_some_and(|c| c.is_alphanumeric() || shape::is_closing(c) || matches!(c, '.' | ','));
        let ends = self.char_after(text, end).is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')'));
        let length = end - at;
        if c == '*' && !glued && self.char_after(text, end).is_some_and(|c| !c.is_whitespace()) {
            // "*word*": what closes it is no mark.
            self.emphasis_open = true;
            return length;
        }
        if c == '*' && std::mem::take(&mut self.emphasis_open) {
            return length;
        }
        if !glued || !ends || self.is_first(at) || length > 3 * c.len_utf8() {
            return length;
        }
        self.push(at, end, (at, end), &text[at..end], MarkForm::Symbol);
        length
    }

    fn number(&mut self, text: &'a str, at: usize) -> usize {
        let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + length;
        let label = &text[at..end];
        if !is_label_number(label) || self.is_first(at) {
            return length;
        }
        let Some(before) = self.char_before(text, at) else { return length };
        if !self.ends_well(text, end) {
            return length;
        }
        let form = if before.is_whitespace() {
            self.spaced(text, at, end)
        } else if let Some(last) = self.last_of_chain(at) {
            Some(last)
        } else {
            self.glued(text, at, end, before).map(MarkForm::Glued)
        };
        if let Some(form) = form {
            // "the keepers.1/": documents of the United Nations set a stroke after the number.
            let cut = end + usize::from(matches!(form, MarkForm::Glued(_)) && text[end..].starts_with('/'));
            self.push(at, end, (at, cut), label, form);
        }
        length
    }

    /// "Council,1,2": the second number stands as the first does, after a comma that is cut with it.
    fn last_of_chain(&mut self, at: usize) -> Option<MarkForm> {
        let last = self.found.last()?;
        let here = self.span.start() + at;
        let is_chain = last.draft == self.draft
            && last.span.end() + 1 == here
            && self.source.as_bytes().get(last.span.end()).is_some_and(|b| matches!(b, b',' | b';' | b'-'))
            && matches!(last.form, MarkForm::Glued(_));
        is_chain.then_some(last.form)
    }

    /// What follows a mark: the end, white space, a closing sign, or a comma before another mark.
    fn ends_well(&self, text: &'a str, end: usize) -> bool {
        let Some(after) = self.char_after(text, end) else { return true };
        if after == '/' {
            return self.char_after(text, end + 1).is_none_or(char::is_whitespace);
        }
        if after.is_whitespace() || matches!(after, '”' | '’' | '"' | ')' | ']' | '—' | '!' | '?' | '*') {
            return true;
        }
        if !matches!(after, '.' | ',' | ';' | ':' | '-' | '–') {
            return false;
        }
        let then = self.char_after(text, end + after.len_utf8());
        let digits = then.is_some_and(|c| c.is_ascii_digit());
        if matches!(after, ',' | ';') && digits {
            // "1,2" but not "1,250".
            let run = text.get(end + 1..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
            return run < 3;
        }
        !digits && (matches!(after, '.' | ',' | ';' | ':') || then.is_some_and(char::is_whitespace))
    }

    /// "in spring. 3 The": a number alone between sentences.
    fn spaced(&self, text: &'a str, at: usize, end: usize) -> Option<MarkForm> {
        let before = text[..at].trim_end();
        let after = text[end..].trim_start();
        let sentence_ends = before.ends_with(['.', '”', '?', '!']) && !self.counts_something(before.trim_end_matches(['.', '”', '?', '!']));
        let goes_on = after.is_empty() && !before.is_empty() || text[end..].starts_with(char::is_whitespace) && after.starts_with(char::is_uppercase);
        (sentence_ends && goes_on && !self.in_table).then_some(MarkForm::Spaced)
    }

    fn counts_something(&self, before: &str) -> bool {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        !word.is_empty() && word.len() <= 8 && COUNTED.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    fn glued(&self, text: &'a str, at: usize, end: usize, before: char) -> Option<Before> {
        let token = token_before(text, at);
        if token.contains("://") || token.contains("www.") || token.contains('@') || token.contains('=') || token.contains('_') {
            return None;
        }
        match before {
            '.' | '!' | '?' | '…' => self.after_stop(text, at, end, token),
            '"' if token.trim_end_matches('"').chars().next_back().is_none_or(|c| matches!(c, '(' | '[' | '—' | '–')) => None,
            '”' | '"' | ')' | ']' | '»' => Some(Before::Closing),
            '’' | '\'' => token.chars().rev().nth(1).is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '“')).then_some(Before::Closing),
            ',' | ';' | ':' => self.after_comma(text, end, token, before),
            c if c.is_lowercase() => self.after_word(token),
            c if c.is_uppercase() => self.after_capital(token),
            _ => None,
        }
    }

    fn after_stop(&self, text: &'a str, at: usize, end: usize, token: &str) -> Option<Before> {
        let word = token.trim_end_matches(['.', '!', '?', '…']);
        let last = word.chars().next_back()?;
        if last.is_ascii_digit() {
            // "in 2021.5 The" may be a mark; "Article 5.1" and "4.5 per cent" are none.
            let follows = text[end..].trim_start().chars().next();
            let sentence_begins = follows.is_none_or(|c| c.is_uppercase() || matches!(c, '“' | '"'));
            let lead = text[..at - token.len()].trim_end();
            return (sentence_begins && !self.counts_something(lead) && !token.starts_with(['$', '€', '£'])).then_some(if is_year(word) {
                Before::Year
            } else {
                Before::Decimal
            });
        }
        let letters = word.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // "1/CP.21", "E/C.12": the symbol of a document.
        if word.contains('/') && letters.len() <= 4 && letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        // "in B.3": the part of a paper.
        if word.len() == 1 && letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        if COUNTED.iter().any(|known| letters.eq_ignore_ascii_case(known)) && letters.len() == word.trim_start_matches(['(', '[', '“', '"']).len() {
            return None;
        }
        Some(Before::Stop)
    }

    fn after_comma(&self, text: &'a str, end: usize, token: &str, before: char) -> Option<Before> {
        let word = token.trim_end_matches([',', ';', ':']);
        let last = word.chars().next_back()?;
        let is_list = matches!(before, ':' | ';') && text[end..].starts_with(['.', ')']);
        let mut follows = text[end..].chars();
        let goes_on = follows.next() == Some(' ') && follows.next().is_some_and(char::is_lowercase);
        if before == ',' && goes_on && !self.in_table && word.chars().rev().take_while(|c| c.is_lowercase()).count() >= 3 {
            return Some(Before::Clause);
        }
        // "the Harbour Program – 2024,8 the board": after a year it needs a note.
        if before == ',' && goes_on && is_year(word) {
            return Some(Before::Year);
        }
        (!last.is_ascii_digit() && !is_list && (last.is_alphabetic() || shape::is_closing(last) || last == '.')).then_some(Before::Comma)
    }

    fn after_word(&self, token: &str) -> Option<Before> {
        let word = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let letters = word.rsplit(['-', '–', '—', '/', '’', '\'']).next().unwrap_or_default();
        // "X-Rail2" names a thing: a capital, a hyphen, a capitalised word.
        let lead = &word[..word.len() - letters.len()];
        if letters.starts_with(char::is_uppercase) && lead.len() == 2 && lead.starts_with(char::is_uppercase) && lead.ends_with('-') {
            return None;
        }
        let fits = letters.chars().count() >= 3 && letters.chars().all(char::is_alphabetic) && !word.contains(|c: char| c.is_ascii_digit());
        fits.then_some(Before::Word)
    }

    fn after_capital(&self, token: &str) -> Option<Before> {
        let word = token.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if word.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        Some(if word.chars().count() <= 3 { Before::ShortCapitals } else { Before::Capitals })
    }
}

fn is_year(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“', '"']);
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && (word.starts_with("19") || word.starts_with("20"))
}

/// What stands before `at` without a space, as far back as a word or a URL may reach.
fn token_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(200);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..at].rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// One to three digits, no zero before.
fn is_label_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}
