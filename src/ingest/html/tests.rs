use crate::document::Document;
use crate::error::AnalyseError;
use crate::ingest::testing::blocks;
use crate::ingest::{Limits, read};

fn page(html: &str) -> Document {
    read("page.html", html.as_bytes(), &Limits::default()).expect("the page has text")
}

const PROSE: &str = "The ministry has set out how it means to bring the rivers back to health, and what it will cost those who live along them.";

#[test]
fn reads_the_article_and_leaves_out_what_is_around_it() {
    let html = format!(
        "<!DOCTYPE html><html><body><nav><a href=/>Home</a></nav><div class=cookie-banner><p>We use cookies. {PROSE}</p></div>\
         <main><h1>Rivers</h1><div class='share-buttons'><a href=x>Share</a></div><h2>Findings</h2><p>{PROSE}</p><p>{PROSE}</p>\
         <p>{PROSE}</p><p>{PROSE}</p></main><aside><h3>Related</h3><ul><li><a href=1>One thing</a></ul></aside><footer>Imprint</footer></body></html>"
    );
    let document = page(&html);
    assert_eq!(blocks(&document)[..3], ["Title Rivers".to_owned(), "h2 Findings".to_owned(), format!("p {PROSE}")]);
    assert_eq!(document.blocks.len(), 6);
}

#[test]
fn lists_keep_their_numbers_and_depth() {
    let document = page("<html><body><ol start=3 type=a><li>Three<ul><li>Inner</ul><li><p>Four</p><p>More</ol></body></html>");
    assert_eq!(blocks(&document), ["li0 c. Three", "li1 • Inner", "li0 d. Four", "p More"]);
    assert!(document.source.starts_with("c. Three\n"));
}

#[test]
fn links_marks_to_notes_and_drops_the_way_back() {
    let html = "<html><body><p>Rivers rise.<sup><a href='#fn1' id=ref1>1</a></sup> They fall.<a href='#_ftn2' name='_ftnref2'>[2]</a> Area: 5 km<sup>2</sup>.</p>\
                <ol><li id=fn1>See <em>Rivers</em>. <a href='#ref1'>↩</a></li></ol><p><a href='#_ftnref2' name='_ftn2'>[2]</a> Ibid.</p></body></html>";
    let document = page(html);
    assert_eq!(blocks(&document), ["p Rivers rise. They fall. Area: 5 km2.", "note 1: See Rivers.", "note 2: Ibid."]);
    let marks: Vec<(&str, &str)> = document.marks.iter().map(|mark| (mark.label.as_str(), mark.source.of(&document.source))).collect();
    assert_eq!(marks, [("1", "1"), ("2", "[2]")]);
}

#[test]
fn a_mark_hangs_on_the_word_before_it() {
    let document = page("<html><body><p>Rivers <sup>3</sup> rise <sup>4</sup>and fall <sup>5</sup>.</p></body></html>");
    assert_eq!(document.source, "Rivers3 rise4 and fall5.");
    assert_eq!(blocks(&document), ["p Rivers rise and fall."]);
}

#[test]
fn notes_may_be_cells_or_lines_of_one_block() {
    let cells = "<html><body><p>A claim.<sup><a href='#n1'>1</a></sup></p><table><tr><td>1</td><td><a name=n1></a>A source of it. <a href='#r1'>&uarr;</a></td></tr></table></body></html>";
    assert_eq!(blocks(&page(cells))[1], "note 1: A source of it. ↑");
    let lines = "<html><body><p>One<sup><a href='#n1'>1</a></sup> and two.<sup><a href='#n2'>2</a></sup></p><div><a name=n1></a>1. First source.<br><a name=n2></a>2. Second source.</div></body></html>";
    assert_eq!(blocks(&page(lines))[1..], ["note 1: First source.", "note 2: Second source."]);
}

#[test]
fn a_note_inside_a_paragraph_is_read_after_it() {
    let html = "<html><body><p>A claim<sup><a href='#s1'>1</a></sup><span id=s1 class=sidenote>A source of it.</span> goes on.</p></body></html>";
    assert_eq!(blocks(&page(html)), ["p A claim goes on.", "note 1: A source of it."]);
}

#[test]
fn line_breaks_end_bold_leads_and_finished_lines_only() {
    let html = "<html><body><p><b>Languages</b><br>Hindi came first.</p><p>This line was wrapped by hand at seventy characters or thereabouts,<br>and goes on here.</p></body></html>";
    assert_eq!(
        blocks(&page(html)),
        ["h0 Languages", "p Hindi came first.", "p This line was wrapped by hand at seventy characters or thereabouts, and goes on here."]
    );
}

#[test]
fn rows_of_data_are_rows_and_cells_of_prose_are_paragraphs() {
    let html = format!(
        "<html><body><table><tr><th>State<th>Share<tr><td>Chad<td>4 %</table><table><tr><td>Layout</td></tr></table><table><tr><td>Step<td>{PROSE}</table></body></html>"
    );
    assert_eq!(
        blocks(&page(&html)),
        ["TableRow State Share".to_owned(), "TableRow Chad 4 %".to_owned(), "p Layout".to_owned(), "TableRow Step".to_owned(), format!("p {PROSE}")]
    );
}

#[test]
fn hidden_elements_comments_and_scripts_are_no_text() {
    let html = "<html><body><!-- no --><script>no()</script><style>p{}</style><p style='display: none'>no</p><p hidden>no</p><p>Yes &amp; caf&eacute;</p></body></html>";
    assert_eq!(blocks(&page(html)), ["p Yes & café"]);
}

#[test]
fn reads_metadata() {
    let html = "<html lang=en-GB><head><title>Rivers | Institute</title><meta name=citation_author content='Lee, Ann'><meta name=citation_author content='Bo Chan'>\
                <script type='application/ld+json'>{\"@type\":\"Report\",\"headline\":\"Rivers\",\"datePublished\":\"2022-05-03T10:00\",\"publisher\":{\"name\":\"Institute\"}}</script></head>\
                <body><p>Text</p></body></html>";
    let metadata = page(html).metadata;
    assert_eq!(metadata.title.as_deref(), Some("Rivers"));
    assert_eq!(metadata.authors, ["Lee, Ann", "Bo Chan"]);
    assert_eq!(metadata.date.as_deref(), Some("2022-05-03"));
    assert_eq!(metadata.publisher.as_deref(), Some("Institute"));
    assert_eq!(metadata.language.as_deref(), Some("en-GB"));
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let html = format!("<html><body>{}deep", "<div>".repeat(100_000));
    let error = read("page.html", html.as_bytes(), &Limits::default()).expect_err("too deep");
    assert!(matches!(error, AnalyseError::Limit { option: "--max-nesting", .. }), "{error}");
}

#[test]
fn a_tag_with_countless_attributes_is_refused() {
    let attributes: String = (0..20_000).map(|index| format!(" a{index}=1")).collect();
    assert!(matches!(read("page.html", format!("<html><body><p{attributes}>x").as_bytes(), &Limits::default()), Err(AnalyseError::Damaged(_))));
}

#[test]
fn the_byline_in_an_article_is_read() {
    let html = format!(
        "<html><body><article><header><h1>Rivers</h1><p class=byline>By Ann Lee</p></header><div>{}</div></article></body></html>",
        format!("<p>{PROSE}</p>").repeat(12)
    );
    assert_eq!(blocks(&page(&html))[..2], ["Title Rivers", "Byline By Ann Lee"]);
}

#[test]
fn too_many_nodes_are_refused() {
    let html = format!("<html><body>{}", "<p>a".repeat(3000));
    let limits = Limits { max_nodes: 1000, ..Limits::default() };
    let error = read("page.html", html.as_bytes(), &limits).expect_err("too many");
    assert!(matches!(error, AnalyseError::Limit { option: "--max-nodes", .. }), "{error}");
}

#[test]
fn a_page_without_text_is_empty() {
    assert!(matches!(read("page.html", b"<html><body><script>x</script></body></html>", &Limits::default()), Err(AnalyseError::Empty)));
}

#[test]
fn damaged_pages_do_no_harm() {
    let html = "<html><body><ol><li id=f1>One<table><tr><td>x<a href='#f1'>[1]</a><sup>2</sup></table><pre>a\n\nb</pre><q>c</q></ol></body></html>";
    for end in 0..html.len() {
        let _ = read("page.html", &html.as_bytes()[..end], &Limits::default());
        let mut flipped = html.as_bytes().to_vec();
        flipped[end] ^= 1 << (end % 8);
        let _ = read("page.html", &flipped, &Limits::default());
    }
}
