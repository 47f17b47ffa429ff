//! A sentence as the actor rules see it: tokens with the classes of their words.

use crate::lexicon::{Class, Classes, Lexicon, NameIndex, Shape, Token, cut, of_title};

/// A sentence cut into tokens, with the classes of each.
pub(super) struct View<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub tokens: Vec<Token>,
    classes: Vec<Classes>,
    /// All letters are capitals: capitals then say nothing.
    pub all_caps: bool,
    /// Most words begin with a capital, as in a heading.
    pub title_case: bool,
    /// The block is a heading, title or byline.
    pub is_heading: bool,
}

impl<'a> View<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self { text: "", lexicon, tokens: Vec::new(), classes: Vec::new(), all_caps: false, title_case: false, is_heading: false }
    }

    /// Cuts `text`; the buffers are used again.
    pub fn read(&mut self, text: &'a str, is_heading: bool) {
        self.text = text;
        self.is_heading = is_heading;
        self.tokens.clear();
        cut(text, &mut self.tokens);
        self.classes.clear();
        for token in &self.tokens {
            self.classes.push(classes_of(self.lexicon, token, text));
        }
        self.measure();
    }

    fn measure(&mut self) {
        let (mut long, mut upper, mut capital) = (0usize, 0usize, 0usize);
        for token in self.tokens.iter().filter(|token| token.is_word() && token.end - token.start >= 4) {
            long += 1;
            upper += usize::from(token.shape == Shape::Upper);
            capital += usize::from(token.is_capital());
        }
        self.all_caps = long >= 2 && upper * 10 >= long * 7;
        self.title_case = long >= 3 && capital * 10 >= long * 8;
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

    pub fn has(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.has(class))
    }

    pub fn any(&self, at: usize, classes: &[Class]) -> bool {
        self.classes.get(at).is_some_and(|found| found.any(classes))
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
    pub fn is(&self, at: usize, word: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        // Most words differ in length already.
        (token.end - token.start) as usize == word.len() && token.is_word() && token.text(self.text).eq_ignore_ascii_case(word)
    }

    /// True for a capitalised word that is no function word.
    pub fn is_capital(&self, at: usize) -> bool {
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

    pub fn is_lower(&self, at: usize) -> bool {
        self.shape(at) == Shape::Lower
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
        matches!(self.word(at), "-" | "‐" | "‑")
    }

    /// A common word of English.
    pub fn is_common(&self, at: usize) -> bool {
        self.has(at, Class::Dictionary) || self.has(at, Class::Function)
    }
}

fn classes_of(lexicon: &Lexicon, token: &Token, text: &str) -> Classes {
    if token.shape == Shape::Mark {
        return Classes::default();
    }
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
