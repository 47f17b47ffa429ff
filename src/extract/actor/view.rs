//! A sentence as the actor rules see it: tokens with the classes of their words.

use std::cell::Cell;

use crate::lexicon::{Class, Classes, Lexicon, NameIndex, Naming, Shape, Token, Usage, bit, cut, of_title};
use crate::record::ActorKind;

/// What is known of a token besides the classes of its word, in the bits above theirs.
const CAPITAL: u64 = 1 << 63;
/// A name of the lexicon begins at it.
const NAMED: u64 = 1 << 62;
/// One of a state.
const STATE: u64 = 1 << 61;
const SMALL: u64 = 1 << 60;
/// A mention or a loose word may begin at it.
const CANDIDATE: u64 = 1 << 59;
const _: () = assert!((Class::Begins as u32) < 59, "the bits of the classes end below");

/// The longest name of the lexicon that begins at a token.
#[derive(Debug, Clone, Copy, Default)]
struct Name {
    len: u32,
    /// Its place in the index of names.
    node: u32,
    /// The first of its meanings that is a state or a part of one.
    state: Option<(u32, Usage)>,
}

/// A sentence cut into tokens, with the classes of each.
pub(super) struct View<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub tokens: Vec<Token>,
    /// The classes of each token, and the bits above.
    classes: Vec<Classes>,
    recent: Recent,
    /// The classes of all its words together.
    held: u64,
    /// A bracket opens in it.
    pub has_bracket: bool,
    /// The tokens of which there is more to know than the classes of the word.
    marked: Vec<u32>,
    /// The names that begin at the tokens, as far as one does.
    known: Vec<Name>,
    /// The run of capitalised words that was last looked for: where it begins and ends.
    pub run: Cell<Option<(usize, usize)>>,
    /// All letters are capitals: capitals then say nothing.
    pub all_caps: bool,
    /// Most words begin with a capital, as in a heading.
    pub title_case: bool,
    /// The block is a heading, title or byline.
    pub is_heading: bool,
}

impl<'a> View<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self {
            text: "",
            lexicon,
            tokens: Vec::new(),
            classes: Vec::new(),
            recent: Recent::new(),
            held: 0,
            has_bracket: false,
            marked: Vec::new(),
            known: Vec::new(),
            run: Cell::new(None),
            all_caps: false,
            title_case: false,
            is_heading: false,
        }
    }

    /// Cuts `text`; the buffers are used again.
    pub fn read(&mut self, text: &'a str, is_heading: bool) {
        self.text = text;
        self.is_heading = is_heading;
        self.tokens.clear();
        cut(text, &mut self.tokens);
        self.classify();
        self.run.set(None);
        // What is left of the last sentence is read nowhere: the bits say where a name begins.
        if self.known.len() < self.tokens.len() {
            self.known.resize(self.tokens.len(), Name::default());
        }
        let marked = std::mem::take(&mut self.marked);
        marked.iter().for_each(|&at| self.mark_token(at as usize));
        self.marked = marked;
    }

    /// Looks up the classes of all words, and measures how much of the text is in capitals.
    fn classify(&mut self) {
        const MARKED: u64 = bit(Class::Begins) | bit(Class::Administration);
        let (mut long, mut upper, mut capital) = (0usize, 0usize, 0usize);
        self.classes.clear();
        self.marked.clear();
        self.held = 0;
        self.has_bracket = false;
        for (at, token) in self.tokens.iter().enumerate() {
            if token.shape == Shape::Mark {
                self.has_bracket |= token.mark == '(';
                self.classes.push(Classes::default());
                continue;
            }
            let bits = self.recent.classes(self.lexicon, token, self.text).0;
            self.held |= bits;
            let is_small = token.shape == Shape::Lower;
            self.classes.push(Classes(if is_small { bits | SMALL } else { bits }));
            let is_capital = token.is_capital();
            if is_capital || bits & MARKED != 0 {
                self.marked.push(at as u32);
            }
            if token.end - token.start >= 4 && (is_small || is_capital) {
                long += 1;
                upper += usize::from(token.shape == Shape::Upper);
                capital += usize::from(is_capital);
            }
        }
        self.all_caps = long >= 2 && upper * 10 >= long * 7;
        self.title_case = long >= 3 && capital * 10 >= long * 8;
    }

    /// Notes what is asked often of a token with a capital, or one that a name may begin at.
    fn mark_token(&mut self, at: usize) {
        let mut bits = if self.begins_name(at) { CAPITAL } else { 0 };
        if self.has(at, Class::Begins)
            && let Some((len, node)) = self.names().longest_node(&self.tokens[at..], self.text)
        {
            let namings = self.names().namings(node).iter();
            let state = namings.filter(|naming| self.is_state(naming)).find_map(|naming| Some((naming.entry?, naming.usage)));
            bits |= NAMED | if state.is_some() { STATE } else { 0 };
            self.known[at] = Name { len: len as u32, node, state };
        }
        if bits != 0 || self.opens_otherwise(at) {
            bits |= CANDIDATE;
        }
        self.classes[at].0 |= bits;
    }

    /// True for words that a mention may begin with though they are no names: "government" in small letters, "May".
    fn opens_otherwise(&self, at: usize) -> bool {
        self.has(at, Class::Administration) && (self.is(at, "government") || self.is(at, "governments"))
            || self.has(at, Class::Calendar) && self.shape(at) == Shape::Capital
            || self.has(at, Class::Begins) && self.is(at, "house")
    }

    /// The first token from `at` on at which a mention or a loose word may begin.
    pub fn next_candidate(&self, at: usize) -> Option<usize> {
        self.classes.get(at..)?.iter().position(|classes| classes.0 & CANDIDATE != 0).map(|ahead| at + ahead)
    }

    /// True if a word of the text has one of the classes.
    #[inline]
    pub fn holds(&self, classes: &[Class]) -> bool {
        Classes(self.held).any(classes)
    }

    fn is_state(&self, naming: &Naming) -> bool {
        let of_state = naming
            .entry
            .map(|entry| self.lexicon.entry(entry))
            .is_some_and(|entry| matches!(entry.kind, ActorKind::State | ActorKind::Subnational) && entry.code.is_some());
        of_state && matches!(naming.usage, Usage::Name | Usage::Acronym | Usage::Adjective)
    }

    pub fn names(&self) -> &NameIndex {
        self.lexicon.names()
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The classes and marks of the token at `at`; none past the end.
    #[inline]
    fn bits(&self, at: usize) -> u64 {
        self.classes.get(at).map_or(0, |classes| classes.0)
    }

    #[inline]
    pub fn has(&self, at: usize, class: Class) -> bool {
        self.bits(at) & bit(class) != 0
    }

    #[inline]
    pub fn any(&self, at: usize, classes: &[Class]) -> bool {
        Classes(self.bits(at)).any(classes)
    }

    /// True if a name of the lexicon begins at `at`.
    #[inline]
    pub fn is_named(&self, at: usize) -> bool {
        self.bits(at) & NAMED != 0
    }

    /// The longest name of the lexicon that begins at `at`: how many tokens it has, and what it means.
    #[inline]
    pub fn name_at(&self, at: usize) -> Option<(usize, &'a [Naming])> {
        if self.bits(at) & NAMED == 0 {
            return None;
        }
        let name = self.known.get(at)?;
        Some((name.len as usize, self.lexicon.names().namings(name.node)))
    }

    /// The states' names and demonyms at `at`: how many tokens, and the entry.
    #[inline]
    pub fn state_at(&self, at: usize) -> Option<(usize, u32, Usage)> {
        if self.bits(at) & STATE == 0 {
            return None;
        }
        let name = self.known.get(at)?;
        name.state.map(|(entry, usage)| (name.len as usize, entry, usage))
    }

    pub fn shape(&self, at: usize) -> Shape {
        self.token(at).map_or(Shape::Mark, |token| token.shape)
    }

    /// The mark at `at`, or a space if there is a word or nothing.
    pub fn mark(&self, at: usize) -> char {
        self.token(at).map_or(' ', |token| token.mark)
    }

    pub fn is_spaced(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.spaced)
    }

    pub fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.text(self.text))
    }

    /// True if the word at `at` is `word`, whatever its case; `word` is in small letters.
    #[inline]
    pub fn is(&self, at: usize, word: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        // Most words differ in length or in the first letter already.
        if (token.end - token.start) as usize != word.len() || !token.is_word() {
            return false;
        }
        let here = self.text.as_bytes().get(token.start as usize..token.end as usize).unwrap_or_default();
        let small = |bytes: &[u8]| bytes.first().map(u8::to_ascii_lowercase);
        small(here) == word.as_bytes().first().copied() && here.eq_ignore_ascii_case(word.as_bytes())
    }

    /// True for a capitalised word that is no function word.
    pub fn is_capital(&self, at: usize) -> bool {
        self.bits(at) & CAPITAL != 0
    }

    pub fn is_lower(&self, at: usize) -> bool {
        self.bits(at) & SMALL != 0
    }

    fn begins_name(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if !token.is_capital() {
            return false;
        }
        // "A Senate version": the article; "A. Smith" is an initial.
        if token.shape == Shape::Single && self.word(at) == "A" && self.starts(at) && self.mark(at + 1) != '.' {
            return false;
        }
        let function = self.has(at, Class::Function) && (token.shape != Shape::Upper || self.all_caps || self.title_case) && token.shape != Shape::Single;
        if !function {
            return true;
        }
        // "Under Secretary" is an office, "Under" alone a preposition.
        let hyphened = || self.is_hyphen(at + 1) && self.is(at + 2, "secretary");
        let under = self.is(at, "under") && (self.is(at + 1, "secretary") || hyphened());
        let ordinal =
            !self.starts(at) && ["first", "second", "third"].iter().any(|word| self.is(at, word)) && self.token(at + 1).is_some_and(Token::is_capital);
        under || ordinal
    }

    /// True if a sentence, quotation or clause in a list may begin at `at`: its first capital then says nothing.
    pub fn starts(&self, at: usize) -> bool {
        at == 0 || matches!(self.mark(at - 1), '"' | ':' | '(' | '[' | '•' | '*' | '.' | ';' | '?' | '!') || at == 1 && self.shape(0) == Shape::Mark
    }

    /// The text from token `first` up to token `last`, exclusive.
    pub fn slice(&self, first: usize, last: usize) -> &'a str {
        let (Some(from), Some(to)) = (self.token(first), last.checked_sub(1).and_then(|last| self.token(last))) else { return "" };
        self.text.get(from.start as usize..to.end as usize).unwrap_or_default()
    }

    /// A hyphen, not a dash.
    pub fn is_hyphen(&self, at: usize) -> bool {
        self.mark(at) == '-' && matches!(self.word(at), "-" | "‐" | "‑")
    }

    /// A common word of English.
    pub fn is_common(&self, at: usize) -> bool {
        self.has(at, Class::Dictionary) || self.has(at, Class::Function)
    }
}

/// The classes of the words that the document used last, in a table that stays in the cache of the processor: texts repeat their words.
struct Recent {
    /// A key and the classes of its word, at a place that the key gives.
    places: Vec<(u64, Classes)>,
}

impl Recent {
    const PLACES: usize = 1 << 10;

    fn new() -> Self {
        Self { places: vec![(0, Classes::default()); Self::PLACES] }
    }

    #[inline]
    fn classes(&mut self, lexicon: &Lexicon, token: &Token, text: &str) -> Classes {
        // The length tells words apart that have one hash whatever their apostrophe.
        let key = token.hash.wrapping_add(u64::from(token.end - token.start));
        let place = &mut self.places[(key >> 20) as usize % Self::PLACES];
        if place.0 != key {
            *place = (key, classes_of(lexicon, token, text));
        }
        place.1
    }
}

#[inline(never)]
fn classes_of(lexicon: &Lexicon, token: &Token, text: &str) -> Classes {
    let exact = lexicon.classes(token.hash);
    if token.lower == token.hash {
        return exact;
    }
    let mut bits = exact.0 | lexicon.classes(token.lower).0;
    if token.shape == Shape::Upper && token.end - token.start >= 3 {
        // Evidence for names in headings and bylines that are set in capitals.
        bits |= lexicon.classes(of_title(token.text(text))).0;
    }
    Classes(bits)
}
