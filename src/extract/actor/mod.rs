//! Mentions of actors.
//!
//! Each sentence is read from left to right; at each word the rules say how far a name reaches from there, and the longest wins. Names that no
//! rule is sure of alone (surnames, acronyms, "the Commission") are kept as loose words and settled when the whole document has been read.

mod acts;
mod complete;
mod office;
mod organization;
mod person;
mod post;
mod role;
mod rules;
mod scan;
mod settle;
mod state;
mod view;

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use crate::document::{BlockKind, Document};
use crate::ingest::shape::is_spaced_out;
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, Form, SectionKind};
use crate::rule::{RuleId, RuleSet};
use crate::section::Outline;
use crate::sentence::Sentence;
use crate::span::Span;

pub(crate) use role::plural;
pub use settle::Described;
pub(crate) use settle::surnames;

/// A mention before it is known which actor of the document it names.
#[derive(Debug, Clone)]
pub struct RawMention {
    pub span: Span,
    pub kind: ActorKind,
    pub form: Form,
    pub rule: RuleId,
    pub confidence: f32,
    pub referent: Referent,
}

/// What a mention says about whom it names.
#[derive(Debug, Clone, PartialEq)]
pub enum Referent {
    /// An entry of the lexicon.
    Known(u32),
    /// The canonical name that the words give, and the entry of the state that the actor belongs to.
    Named { name: String, country: Option<u32> },
    /// A person's name as written, without title.
    Person { name: String },
    /// Another mention, by its index among the mentions: an acronym that the document defines, a short form.
    Same(usize),
    /// Several other mentions: "the Tribunals".
    Several(Vec<usize>),
    /// A description of actors that the document makes plain.
    Described(Described),
    /// The noun phrase of a role in small letters.
    Role { name: String },
}

/// Finds mentions of actors in the running text and headings, in order, without overlap.
#[must_use]
pub fn mentions(document: &Document, outline: &Outline, sentences: &[Sentence], lexicon: &Lexicon, rules: &RuleSet) -> Vec<RawMention> {
    let ids = rules::ActorRules::new(rules);
    let heads = capital_lines(document, sentences, lexicon);
    let mut scanner = scan::Scanner::new(lexicon);
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(block) = document.blocks.get(sentence.block) else { continue };
        if holds_actors(&block.kind, outline.kind_of(sentence.block)) {
            let is_heading = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Title | BlockKind::Byline);
            if let Some(head) = heads.get(&index) {
                lines(document, sentence.span, |line| {
                    let from = line.start().max(head.from);
                    let words = head.words.get(from - sentence.span.start()..line.end() - sentence.span.start());
                    scanner.read(words.unwrap_or_default(), from, head.is_heading);
                });
                continue;
            }
            lines(document, sentence.span, |line| scanner.read(document.text(line), line.start(), is_heading));
        }
    }
    settle::settle(scanner.finish(), lexicon, &ids)
}

/// A line in capitals: the head of a memorandum or letter, or a heading.
struct CapitalLine {
    /// Where the words begin that may be names: in the head of a memorandum, whom it is for or from.
    from: usize,
    /// The sentence with the capitals of a title, every word of its length.
    words: String,
    is_heading: bool,
}

/// The sentences that are lines in capitals, by their index: there, only the words tell names from the rest.
fn capital_lines(document: &Document, sentences: &[Sentence], lexicon: &Lexicon) -> FxHashMap<usize, CapitalLine> {
    let line = |(index, sentence): (usize, &Sentence)| {
        let text = document.text(sentence.span);
        let head = scan::memorandum_head(text);
        let from = head.or_else(|| scan::is_capital_heading(text).then_some(0))?;
        Some((index, CapitalLine { from: sentence.span.start() + from, words: scan::title_cased(text, lexicon), is_heading: head.is_none() }))
    };
    sentences.iter().enumerate().filter_map(line).collect()
}

/// Lines shorter than this are set apart on purpose (an address, a signature); longer ones are wrapped.
const SHORT_LINE: usize = 45;

/// A gap that sets columns apart, as in the head of a document.
const COLUMN_GAP: &str = "   ";

/// True if the text has a gap between columns.
fn has_gap(text: &str) -> bool {
    static GAP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(COLUMN_GAP));
    GAP.find(text.as_bytes()).is_some()
}

/// True if the text has a forced line end.
fn has_break(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| bytes[at..].starts_with(b"<br"))
}

/// Lines beside short ones are set apart up to this length.
const ADDRESS_LINE: usize = 62;

/// A line that ends so runs on in the next.
const OPEN_ENDS: [&str; 8] = [" and", " of", " the", " on", " for", " in", " to", " &"];

/// Gives the sentence, cut where a short line of the source ends: a name in an address does not run on into the next line.
fn lines(document: &Document, sentence: Span, mut give: impl FnMut(Span)) {
    let span = document.map.source(sentence);
    let source = span.of(&document.source);
    let has_columns = has_gap(source) && !is_spaced_out(source);
    let is_wrapped = memchr::memchr(b'\n', source.as_bytes()).is_some();
    let has_breaks = has_break(source);
    if !has_columns && !is_wrapped && !has_breaks {
        return give(sentence);
    }
    // The sentence may begin in the middle of a line, and that line is not short.
    let lead = lead_of(&document.source, span.start());
    let length = |index: usize, line: &str| line.trim().len() + if index == 0 { lead } else { 0 };
    let mut lines = source.split('\n').enumerate().peekable();
    let (mut count, mut short) = (0, 0);
    while let Some((index, line)) = lines.next() {
        count += 1;
        short += usize::from(lines.peek().is_some() && length(index, line) < SHORT_LINE);
    }
    if !has_columns && !has_breaks && short == 0 {
        return give(sentence);
    }
    let limit = if short * 3 >= count { ADDRESS_LINE } else { SHORT_LINE };
    let text = document.text(sentence);
    let (mut start, mut line, mut lead) = (sentence.start(), sentence.start(), lead);
    for (space, _) in text.match_indices(' ') {
        let at = sentence.start() + space;
        let gap = document.source.get(document.map.end(at)..document.map.start(at + 1)).unwrap_or_default();
        let is_forced = gap.contains("<br") || has_columns && gap.contains(COLUMN_GAP) && !gap.contains('\n');
        if !(is_forced || gap.contains('\n')) {
            continue;
        }
        let runs_on = OPEN_ENDS.iter().any(|end| document.reading.get(line..at).is_some_and(|line| line.ends_with(end)));
        if at > start && (is_forced || short > 0 && at - line + lead < limit && !runs_on) {
            give(Span::new(start, at));
            start = at + 1;
        }
        (line, lead) = (at + 1, 0);
    }
    if start < sentence.end() {
        give(Span::new(start, sentence.end()));
    }
}

/// How far `at` is from the start of its line, up to the length of a line of an address.
fn lead_of(source: &str, at: usize) -> usize {
    let from = at.saturating_sub(ADDRESS_LINE);
    let before = source.as_bytes().get(from..at).unwrap_or_default();
    before.iter().rposition(|&byte| byte == b'\n').map_or(before.len(), |newline| before.len() - newline - 1)
}

/// True for blocks in which actors are looked for: not in notes, reference lists and page furniture.
fn holds_actors(block: &BlockKind, section: SectionKind) -> bool {
    let quiet = matches!(
        block,
        BlockKind::Note { .. } | BlockKind::Reference { .. } | BlockKind::Furniture | BlockKind::Boilerplate | BlockKind::Contents | BlockKind::Code
    );
    !quiet && !matches!(section, SectionKind::References | SectionKind::Notes | SectionKind::Contents)
}

#[cfg(test)]
mod tests {
    use crate::{Input, Settings, analyse};

    /// The mentions of a plain text as "text|type|names", in order.
    fn mentions(text: &str, settings: &Settings) -> Vec<String> {
        let record = analyse(&Input { id: "t", path: "t.txt", bytes: text.as_bytes() }, settings).expect("the text can be read");
        let mut found: Vec<(usize, String)> = Vec::new();
        for actor in &record.actors {
            for mention in &actor.mentions {
                let words: String = text.chars().skip(mention.place.start).take(mention.place.end - mention.place.start).collect();
                let kind = serde_json::to_value(actor.kind).expect("a kind is a word");
                found.push((mention.place.start, format!("{words}|{}|{}", kind.as_str().unwrap_or_default(), actor.name)));
            }
        }
        found.sort();
        found.into_iter().map(|(_, line)| line).collect()
    }

    fn built_in() -> Settings {
        Settings::built_in().expect("built-in rules load")
    }

    #[test]
    fn gaps_and_breaks_are_seen_wherever_they_stand() {
        assert!(["   a", "a   ", "ab   ", "abc   d", "abcd    e"].iter().all(|text| super::has_gap(text)));
        assert!(!["", "  ", "a  b  c  d", "a b c d e f g"].iter().any(|text| super::has_gap(text)));
        assert!(super::has_break("a < b<br>") && !super::has_break("a < b <b"));
    }

    #[test]
    fn the_longest_name_wins_and_compounds_are_split() {
        let settings = built_in();
        let found = mentions("The Kenyan government and Prime Minister Anna Lindqvist praised U.S.–Japan ties.", &settings);
        assert_eq!(
            found,
            [
                "Kenyan government|government|Government of Kenya",
                "Prime Minister Anna Lindqvist|person|Anna Lindqvist",
                "U.S.|state|United States",
                "Japan|state|Japan"
            ]
        );
    }

    #[test]
    fn the_document_gives_acronyms_surnames_and_short_forms() {
        let settings = built_in();
        let text = "Maria Gonzalez leads the Coastal Erosion Advisory Committee (CEAC). Gonzalez said CEAC met. The Committee agreed.";
        let name = "Coastal Erosion Advisory Committee";
        let found = mentions(text, &settings);
        assert_eq!(
            found,
            [
                "Maria Gonzalez|person|Maria Gonzalez".to_owned(),
                format!("Coastal Erosion Advisory Committee|government|{name}"),
                format!("CEAC|government|{name}"),
                "Gonzalez|person|Maria Gonzalez".to_owned(),
                format!("CEAC|government|{name}"),
                format!("Committee|government|{name}"),
            ]
        );
    }

    #[test]
    fn a_set_of_states_is_a_mention_of_each() {
        let settings = built_in();
        let found = mentions("Kenya, Uganda and Tanzania signed. The three countries should share data.", &settings);
        assert_eq!(found.iter().filter(|line| line.starts_with("three countries|state|")).count(), 3);
    }

    #[test]
    fn offices_and_organs_are_named_after_their_body() {
        let settings = built_in();
        let found = mentions("The Intergovernmental Forum on Rivers met. The Secretary-General reported to the Forum.", &settings);
        assert!(found.contains(&"Secretary-General|intergovernmental|Secretary-General of the Intergovernmental Forum on Rivers".to_owned()), "{found:?}");
        let found = mentions("The Coastal Erosion Agency (CEA) is small. The head of the CEA should publish its accounts.", &settings);
        assert!(found.contains(&"head of the CEA|government|Head of the Coastal Erosion Agency".to_owned()), "{found:?}");
        let found = mentions("The Kenyan Ministry of Water agreed with the president of Uganda.", &settings);
        assert_eq!(found, ["Kenyan Ministry of Water|government|Ministry of Water of Kenya", "president of Uganda|government|President of Uganda"]);
    }

    #[test]
    fn a_body_may_be_named_after_a_list_and_an_acronym_may_be_no_actor() {
        let settings = built_in();
        assert_eq!(
            mentions("The Roads, Ports and Canals Committee met.", &settings),
            ["Roads, Ports and Canals Committee|government|Roads, Ports and Canals Committee"]
        );
        assert_eq!(mentions("The National Harbour Strategy (NATO) lapsed. NATO was short.", &settings), Vec::<String>::new());
    }

    #[test]
    fn kinds_of_actor_agree_in_number_with_their_verb() {
        let settings = built_in();
        assert_eq!(mentions("Trust among the leaders of the regions has grown.", &settings), Vec::<String>::new());
        assert_eq!(mentions("Seven of the nine ministries replied.", &settings), ["Seven of the nine ministries|role|ministries"]);
        assert_eq!(mentions("Training teachers costs money.", &settings), Vec::<String>::new());
    }

    #[test]
    fn bodies_are_read_whole_in_the_usage_of_their_house() {
        let settings = built_in();
        let found = mentions("The Senate Harbours and Canals committee met. A Senate bill failed.", &settings);
        assert!(found[0].starts_with("Senate Harbours and Canals committee|government|"), "{found:?}");
        assert_eq!(found[1].split('|').next(), Some("Senate"));
        let found = mentions("The African Union-United Nations panel reported to the United Nations.", &settings);
        assert!(found[0].starts_with("African Union-United Nations panel|intergovernmental|"), "{found:?}");
        let found = mentions("The Assistant Secretary-General for River Affairs spoke to the Security Council about the Security Council.", &settings);
        assert!(found[0].starts_with("Assistant Secretary-General for River Affairs|intergovernmental|"), "{found:?}");
        assert_eq!(mentions("The Attorney-General's Department replied.", &settings).len(), 1);
        assert_eq!(mentions("The Open Government Charter of Ports was signed.", &settings), Vec::<String>::new());
    }

    #[test]
    fn capitals_stand_for_governments_where_they_are_told_or_own_a_policy() {
        let settings = built_in();
        let states = |text: &str| mentions(text, &settings).iter().filter(|line| line.contains("|state|")).count();
        assert_eq!(states("The envoy urged Ankara to sign."), 1);
        assert_eq!(states("Nairobi's growing influence is felt."), 1);
        assert_eq!(states("Ankara's streets are wide."), 0);
        assert_eq!(states("Talks in Ankara failed."), 0);
    }

    #[test]
    fn persons_are_known_again_by_what_they_are_called() {
        let settings = built_in();
        let found = mentions("Prime Minister Abiy Tesfamar spoke. Abiy should step down.", &settings);
        assert_eq!(found[1], "Abiy|person|Abiy Tesfamar");
        let found = mentions("Then Qoyoshe Mabuhbe (Chad) said that his group agreed.", &settings);
        assert_eq!(found[0], "Qoyoshe Mabuhbe|person|Qoyoshe Mabuhbe");
    }

    #[test]
    fn an_acronym_of_common_words_hides_the_body_that_has_the_same() {
        let settings = built_in();
        assert_eq!(mentions("They signed a national animal trade order (NATO). NATO lapsed.", &settings), Vec::<String>::new());
        let found = mentions("The work of inspectors general (IGs) is hard. IGs should report.", &settings);
        assert_eq!(found, ["IGs|role|inspectors general"]);
    }

    #[test]
    fn what_is_no_actor_hides_the_names_inside_it() {
        let settings = built_in();
        assert_eq!(mentions("The South China Sea and the Japan Basin Management Act were discussed.", &settings), Vec::<String>::new());
        assert_eq!(mentions("Let us wait until May.", &settings), Vec::<String>::new());
    }

    #[test]
    fn the_users_lexicon_adds_and_removes() {
        let mut settings = built_in();
        settings.lexicon = settings.lexicon.overlay("name,type,aliases,country,id\nDelta Health Hub,organization,DHH,KEN,\nTaiwan,remove,,,\n");
        assert_eq!(mentions("DHH opened a clinic in Taiwan.", &settings), ["DHH|organization|Delta Health Hub"]);
    }

    #[test]
    fn text_of_capitals_only_is_read_in_bounded_time() {
        let settings = built_in();
        let text = "Alpha Beta Gamma Delta ".repeat(20_000);
        let started = std::time::Instant::now();
        mentions(&text[..1000], &settings);
        let input = Input { id: "t", path: "t.txt", bytes: text.as_bytes() };
        assert!(analyse(&input, &settings).is_ok());
        assert!(started.elapsed().as_secs() < 30);
    }

    #[test]
    fn chambers_called_house_of_are_one_body_with_their_short_forms() {
        let settings = built_in();
        let found = mentions("The House of Assembly of Malawi met. The House of Assembly agreed. The House should vote.", &settings);
        let name = "House of Assembly of Malawi";
        assert_eq!(found, [format!("{name}|government|{name}"), format!("House of Assembly|government|{name}"), format!("House|government|{name}")]);
        let found = mentions("The House of Representatives of Nigeria met.", &settings);
        assert_eq!(found[0].rsplit('|').next(), Some("House of Representatives of Nigeria"));
        assert_eq!(mentions("Tales of the House of Usher were read.", &settings), Vec::<String>::new());
    }

    #[test]
    fn the_territory_is_the_only_one_that_is_named() {
        let settings = built_in();
        let found = mentions("Gibraltar has a port. The accounts of the Territory are audited.", &settings);
        assert_eq!(found, ["Gibraltar|state|Gibraltar", "Territory|state|Gibraltar"]);
        let found = mentions("Gibraltar has a port. The Administrator wrote to the Territory.", &settings);
        assert_eq!(found[1], "Administrator|government|Administrator of Gibraltar");
        assert_eq!(mentions("The accounts of the Territory are audited.", &settings), Vec::<String>::new());
    }

    #[test]
    fn roles_keep_the_number_of_the_text() {
        let settings = built_in();
        assert_eq!(mentions("The controller should tell a processor.", &settings), ["controller|role|controller"]);
        assert_eq!(mentions("Processors vary. A processor should answer.", &settings).last().map(String::as_str), Some("processor|role|processors"));
    }

    #[test]
    fn what_qualifies_a_role_before_a_name_is_part_of_it() {
        let settings = built_in();
        let first = |text: &str| mentions(text, &settings).into_iter().next().unwrap_or_default();
        assert_eq!(first("Non-nuclear NATO allies should pay."), "Non-nuclear NATO allies|role|non-nuclear NATO allies");
        assert_eq!(first("Several large U.S. banks have left."), "Several large U.S. banks|role|large U.S. banks");
        assert_eq!(first("The mayors' deputies have left."), "mayors' deputies|role|mayors' deputies");
    }

    #[test]
    fn names_in_capitals_are_read_by_their_words() {
        let settings = built_in();
        let found = mentions("WORK AT THE DEPARTMENT OF DEFENSE\n\nRivers are wide.", &settings);
        assert_eq!(found.len(), 1, "{found:?}");
        let found = mentions("Senators Okafor and Qoyoshe voted.", &settings);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn bodies_of_states_that_a_document_never_names_are_not_meant() {
        let settings = built_in();
        let found = mentions("Kenya has a Home Office. Kenya and the Kenyan government agree. The United Nations met; the Organization is poor.", &settings);
        assert!(found.contains(&"Home Office|government|Home Office".to_owned()), "{found:?}");
        assert!(found.contains(&"Organization|intergovernmental|United Nations".to_owned()), "{found:?}");
    }

    #[test]
    fn organs_and_posts_in_small_letters_are_of_the_state_of_the_document() {
        let settings = built_in();
        let found = mentions("Kenya voted. Kenya's finance minister told parliament that the cabinet met.", &settings);
        let named = ["Finance Minister of Kenya", "Parliament of Kenya", "Cabinet of Kenya"];
        assert!(named.iter().all(|name| found.iter().any(|line| line.ends_with(&format!("|government|{name}")))), "{found:?}");
        assert_eq!(mentions("He told parliament an act of parliament was void.", &settings), Vec::<String>::new());
    }
}
