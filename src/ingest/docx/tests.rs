use crate::document::{Document, InlineKind};
use crate::error::AnalyseError;
use crate::ingest::testing::{archive, blocks, marks};
use crate::ingest::{Limits, read};

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
  <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
  <w:style w:styleId="Own"><w:name w:val="Own Heading"/><w:basedOn w:val="berschrift1"/></w:style>
  <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>"#;

fn word(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w" xmlns:r="r" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    let mut parts = vec![("word/document.xml", document.as_str()), ("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)];
    parts.extend_from_slice(more);
    archive(&parts)
}

fn read_word(body: &str, more: &[(&str, &str)]) -> Document {
    read("paper.docx", &word(body, more), &Limits::default()).expect("a sound file")
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn headings_by_style_outline_level_and_weight() {
    let body = [
        p(r#"<w:pStyle w:val="Titel"/>"#, "Rivers"),
        p(r#"<w:pStyle w:val="Own"/>"#, "Findings"),
        p(r#"<w:outlineLvl w:val="1"/>"#, "Water"),
        p("", "It is wet."),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Fish</w:t></w:r></w:p>".to_owned(),
        p("", "They swim."),
    ];
    let document = read_word(&body.concat(), &[]);
    assert_eq!(blocks(&document), ["Title Rivers", "h1 Findings", "h2 Water", "p It is wet.", "h3 Fish", "p They swim."]);
    assert_eq!(document.metadata.title.as_deref(), Some("Rivers"));
    assert_eq!(document.metadata.language.as_deref(), Some("en-GB"));
}

#[test]
fn list_numbers_are_computed() {
    let item = |number: u32, level: u32, text: &str| p(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>"#), text);
    let body =
        [item(1, 0, "One."), item(1, 1, "In one."), item(1, 1, "Too."), item(1, 0, "Two."), item(1, 1, "In two."), item(2, 0, "Dot."), item(3, 0, "Anew.")];
    assert_eq!(
        blocks(&read_word(&body.concat(), &[])),
        ["li0 1. One.", "li1 (a) In one.", "li1 (b) Too.", "li0 2. Two.", "li1 (a) In two.", "li0 • Dot.", "li0 1. Anew."]
    );
}

#[test]
fn notes_follow_the_text_with_their_marks() {
    let body = r#"<w:p><w:r><w:t>A claim.</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t xml:space="preserve"> More</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>"#;
    let footnotes = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>
      <w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Its source.</w:t></w:r></w:p><w:p><w:r><w:t>Second.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let endnotes = r#"<w:endnotes xmlns:w="w"><w:endnote w:id="2"><w:p><w:r><w:t>At the end.</w:t></w:r></w:p></w:endnote></w:endnotes>"#;
    let document = read_word(body, &[("word/footnotes.xml", footnotes), ("word/endnotes.xml", endnotes)]);
    assert_eq!(blocks(&document), ["p A claim. More.", "note 1: Its source. Second.", "note i: At the end."]);
    assert_eq!(marks(&document), ["1", "i"]);
    assert_eq!(document.source, "A claim.1 Morei.\n1 Its source. Second.\ni At the end.");
}

#[test]
fn changes_are_accepted_and_comments_left_out() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>must</w:delText></w:r></w:del><w:ins><w:r><w:t>should</w:t></w:r></w:ins><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t xml:space="preserve"> act</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>never</w:t></w:r></w:p>
      <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>"#;
    assert_eq!(blocks(&read_word(body, &[("word/comments.xml", "<c>secret</c>")])), ["p We should act", "p One line."]);
}

#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let inner = "<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after.</w:t></w:r></w:p>"
    );
    assert_eq!(blocks(&read_word(&body, &[])), ["p Before after.", "p Boxed."]);
}

#[test]
fn links_keep_their_address() {
    let body = r#"<w:p><w:hyperlink r:id="rId5"><w:r><w:t>here</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> there</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    let relations = r#"<Relationships><Relationship Id="rId5" Type="http://x/hyperlink" Target="https://a.example/"/></Relationships>"#;
    let document = read_word(body, &[("word/_rels/document.xml.rels", relations)]);
    let links: Vec<(&str, &InlineKind)> = document.inlines.iter().map(|inline| (document.text(inline.span), &inline.kind)).collect();
    let link = |url: &str| InlineKind::Link { url: url.to_owned() };
    assert_eq!(links, [("here", &link("https://a.example/")), ("there", &link("https://b.example/"))]);
}

#[test]
fn a_paper_laid_out_in_a_table_is_read_as_text() {
    let long = "The ministry recommends that every river be measured each year by an independent body.";
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        cell("State"),
        cell("Share"),
        cell(long),
        cell("Supported"),
        cell("gone")
    );
    assert_eq!(blocks(&read_word(&body, &[])), ["TableRow State Share".to_owned(), format!("p {long}"), "TableRow Supported".to_owned()]);
}

#[test]
fn bombs_and_entities_are_refused() {
    let limits = Limits { max_expanded: 10_000, ..Limits::default() };
    let bomb = word(&p("", &"a".repeat(1_000_000)), &[]);
    assert!(bomb.len() < 10_000);
    assert!(matches!(read("b.docx", &bomb, &limits), Err(AnalyseError::Limit { option: "--max-expanded", .. })));
    let laughs = archive(&[("word/document.xml", "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><d>&b;</d>")]);
    assert!(read("l.docx", &laughs, &Limits::default()).unwrap_err().to_string().contains("entities"));
    let deep = archive(&[("word/document.xml", &"<w:tbl>".repeat(100_000))]);
    assert!(matches!(read("d.docx", &deep, &Limits::default()), Err(AnalyseError::Limit { option: "--max-nesting", .. })));
    let many: Vec<String> = (0..50).map(|index| format!("part{index}")).collect();
    let parts: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).chain([("word/document.xml", "<d/>")]).collect();
    let limits = Limits { max_entries: 20, ..Limits::default() };
    assert!(matches!(read("m.docx", &archive(&parts), &limits), Err(AnalyseError::Limit { option: "--max-entries", .. })));
}

#[test]
fn damaged_files_give_an_error_or_a_document() {
    let sound = word(&p("", "Text."), &[]);
    for at in 0..sound.len() {
        let _ = read("t.docx", &sound[..at], &Limits::default());
        let mut flipped = sound.clone();
        flipped[at] ^= 1 << (at % 8);
        let _ = read("t.docx", &flipped, &Limits::default());
    }
    assert!(read("t.docx", &sound[..sound.len() / 2], &Limits::default()).is_err());
}
