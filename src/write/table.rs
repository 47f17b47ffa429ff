//! What the CSV tables are: their columns, keys and links. Headers, rows and the data package follow from here.

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    pub title: &'static str,
    /// What a row is.
    pub about: &'static str,
    pub columns: &'static [Column],
    /// The columns that together are unique.
    pub key: &'static [&'static str],
    pub links: &'static [Link],
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub about: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Texts joined by `; `.
    List,
    Integer,
    Number,
    Boolean,
}

/// Columns that point to rows of another table.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub columns: &'static [&'static str],
    pub table: &'static str,
    pub target: &'static [&'static str],
}

const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Text, about }
}

const fn list(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::List, about }
}

const fn integer(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Integer, about }
}

const DOCUMENT_ID: Column = text("document_id", "The document");
const DOCUMENT_TITLE: Column = text("document_title", "The document's title");
const START: Column = integer("start", "First code point in the document's text, from 0");
const END: Column = integer("end", "One past the last code point");
const RULE: Column = text("rule", "The rule that found it: see `policylens rules show RULE`");
const CONFIDENCE: Column = Column { name: "confidence", kind: Kind::Number, about: "From 0 to 1; of items with 0.9, about nine in ten are right" };
const DOCUMENT: Link = Link { columns: &["document_id"], table: "documents", target: &["document_id"] };

/// All tables, in the order of [`Rows`](super::csv::Rows).
pub const TABLES: [Table; 10] = [DOCUMENTS, SECTIONS, RECOMMENDATIONS, RECOMMENDATION_ACTORS, ACTORS, MENTIONS, NOTES, CITATIONS, CITATION_AUTHORS, ERRORS];

/// The place of the errors table, which is written from failures and not from records.
pub const ERRORS_AT: usize = 9;

const DOCUMENTS: Table = Table {
    name: "documents",
    title: "Documents",
    about: "A document that was read",
    columns: &[
        DOCUMENT_ID,
        text("path", "Relative to the input argument"),
        text("title", "As the document gives it"),
        text("subtitle", "As the document gives it"),
        list("authors", "Who wrote it"),
        text("publisher", "Who published it"),
        text("date", "ISO 8601, as precise as the document gives it"),
        text("language", "ISO 639-1"),
        text("media_type", "Of the input"),
        text("encoding", "That the input was read as"),
        text("sha256", "Of the input's bytes"),
        integer("bytes", "Of the input"),
        integer("pages", "Where the format has pages"),
        integer("characters", "Code points of the text"),
        integer("words", "Of the text"),
        integer("sentences", "Of the running text"),
        integer("sections", "Rows in `sections`"),
        integer("recommendations", "Rows in `recommendations` with status own"),
        integer("reported_recommendations", "Rows in `recommendations` with status reported"),
        integer("actors", "Rows in `actors`"),
        integer("mentions", "Rows in `mentions`"),
        integer("notes", "Rows in `notes`"),
        integer("citations", "Rows in `citations`"),
        integer("warnings", "In the JSON record"),
    ],
    key: &["document_id"],
    links: &[],
};

const SECTIONS: Table = Table {
    name: "sections",
    title: "Sections",
    about: "A heading and everything below it",
    columns: &[
        DOCUMENT_ID,
        text("section_id", "Unique in the document"),
        text("parent_id", "The section that holds it"),
        integer("level", "1 for a top-level section"),
        text("kind", "What it is for: summary, introduction, background, body, recommendations, conclusion, references, notes, …"),
        text("number", "As printed"),
        text("heading", "Without its number; empty for text before the first heading"),
        START,
        END,
    ],
    key: &["document_id", "section_id"],
    links: &[DOCUMENT, Link { columns: &["document_id", "parent_id"], table: "", target: &["document_id", "section_id"] }],
};

const RECOMMENDATIONS: Table = Table {
    name: "recommendations",
    title: "Recommendations",
    about: "Something that the author urges, or (status reported) that others urge and the author reports",
    columns: &[
        DOCUMENT_ID,
        DOCUMENT_TITLE,
        text("recommendation_id", "Unique in the document"),
        text("status", "own or reported"),
        text("section_id", "The innermost section"),
        text("section_heading", "Of that section"),
        text("section_kind", "Of that section"),
        integer("page", "On which it starts"),
        text("label", "As printed (Recommendation 3)"),
        text("text", "The sentence, list item or clause"),
        list("addressees", "Who is to act"),
        text("action", "What is to be done"),
        text("deontic", "The operator as written (should)"),
        text("strength", "must, should or could"),
        text("polarity", "do or do_not"),
        list("targets", "Other actors in the action"),
        text("purpose", "What for"),
        text("condition", "If or when"),
        text("deadline", "By when"),
        list("topics", "Major topics of the Comparative Agendas Project"),
        list("citations", "Ids of the citations anchored in it"),
        text("restates_id", "The earlier recommendation that it repeats"),
        text("attributed_to", "Who urges it, where it is reported"),
        RULE,
        CONFIDENCE,
        START,
        END,
    ],
    key: &["document_id", "recommendation_id"],
    links: &[
        DOCUMENT,
        Link { columns: &["document_id", "section_id"], table: "sections", target: &["document_id", "section_id"] },
        Link { columns: &["document_id", "restates_id"], table: "", target: &["document_id", "recommendation_id"] },
    ],
};

const RECOMMENDATION_ACTORS: Table = Table {
    name: "recommendation_actors",
    title: "Actors of recommendations",
    about: "An actor's part in a recommendation",
    columns: &[
        DOCUMENT_ID,
        text("recommendation_id", "The recommendation"),
        text("role", "addressee (who is to act) or target (another actor in the action)"),
        integer("position", "From 1, in the order of the recommendation"),
        text("actor_id", "The actor"),
        text("actor_name", "Its canonical name"),
        text("actor_type", "state, government, intergovernmental, …"),
        START,
        END,
    ],
    key: &["document_id", "recommendation_id", "role", "position"],
    links: &[
        DOCUMENT,
        Link { columns: &["document_id", "recommendation_id"], table: "recommendations", target: &["document_id", "recommendation_id"] },
        Link { columns: &["document_id", "actor_id"], table: "actors", target: &["document_id", "actor_id"] },
    ],
};

const ACTORS: Table = Table {
    name: "actors",
    title: "Actors",
    about: "An actor in a document",
    columns: &[
        DOCUMENT_ID,
        DOCUMENT_TITLE,
        text("actor_id", "The same in every document for known actors (state:KOR)"),
        text("name", "Canonical name"),
        text("type", "state, government, subnational, intergovernmental, organization, company, person, people or role"),
        text("country", "ISO 3166-1 alpha-3 code of the country it belongs to"),
        text("wikidata", "Wikidata id"),
        integer("mentions", "In this document"),
        integer("as_addressee", "Recommendations addressed to it"),
        integer("as_target", "Recommendations in whose action it occurs"),
        integer("first_start", "First code point of its first mention"),
    ],
    key: &["document_id", "actor_id"],
    links: &[DOCUMENT],
};

const MENTIONS: Table = Table {
    name: "mentions",
    title: "Mentions",
    about: "A place that names an actor; one that names several actors has a row for each",
    columns: &[
        DOCUMENT_ID,
        text("actor_id", "The actor"),
        text("actor_name", "Its canonical name"),
        text("actor_type", "state, government, intergovernmental, …"),
        text("text", "The words that name it"),
        text("form", "name, acronym, demonym, metonym, description or role"),
        text("section_id", "The innermost section"),
        START,
        END,
        RULE,
        CONFIDENCE,
    ],
    key: &["document_id", "actor_id", "start", "end"],
    links: &[
        DOCUMENT,
        Link { columns: &["document_id", "actor_id"], table: "actors", target: &["document_id", "actor_id"] },
        Link { columns: &["document_id", "section_id"], table: "sections", target: &["document_id", "section_id"] },
    ],
};

const NOTES: Table = Table {
    name: "notes",
    title: "Notes",
    about: "A footnote or endnote, or a mark whose note is not in the text (then without text)",
    columns: &[
        DOCUMENT_ID,
        text("note_id", "Unique in the document"),
        text("label", "As printed"),
        text("kind", "citation, comment or mixed"),
        text("text", "Without the label"),
        list("anchors", "Its marks in the running text as START-END"),
        integer("citations", "Works that it cites"),
        START,
        END,
    ],
    key: &["document_id", "note_id"],
    links: &[DOCUMENT],
};

const CITATIONS: Table = Table {
    name: "citations",
    title: "Citations",
    about: "A work cited at one place",
    columns: &[
        DOCUMENT_ID,
        DOCUMENT_TITLE,
        text("citation_id", "Unique in the document"),
        text("note_id", "The note in which it stands"),
        text("note_label", "Of that note"),
        text("type", "In CSL's words; short for one that points back (ibid.)"),
        list("authors", "Family name first; institutions as printed"),
        text("title", "Of the work"),
        text("container_title", "The journal, newspaper, book or site"),
        text("publisher", "Of the work"),
        text("place", "Of publication"),
        text("date", "ISO 8601, as precise as given"),
        integer("year", "Of the date"),
        text("volume", "Of the journal"),
        text("issue", "Of the journal"),
        text("pages", "First and last page"),
        text("number", "Report, act or docket number, UN symbol"),
        text("url", "Repaired where line ends broke it"),
        text("doi", "Without resolver"),
        text("accessed", "ISO 8601"),
        text("refers_to_id", "The citation that a short form means"),
        text("text", "As printed"),
        RULE,
        CONFIDENCE,
        START,
        END,
    ],
    key: &["document_id", "citation_id"],
    links: &[
        DOCUMENT,
        Link { columns: &["document_id", "note_id"], table: "notes", target: &["document_id", "note_id"] },
        Link { columns: &["document_id", "refers_to_id"], table: "", target: &["document_id", "citation_id"] },
    ],
};

const CITATION_AUTHORS: Table = Table {
    name: "citation_authors",
    title: "Authors of citations",
    about: "An author or editor of a cited work",
    columns: &[
        DOCUMENT_ID,
        text("citation_id", "The citation"),
        text("role", "author or editor"),
        integer("position", "From 1, in the order printed"),
        text("family", "Family name of a person"),
        text("given", "Given names of a person"),
        text("literal", "Name of an institution"),
    ],
    key: &["document_id", "citation_id", "role", "position"],
    links: &[DOCUMENT, Link { columns: &["document_id", "citation_id"], table: "citations", target: &["document_id", "citation_id"] }],
};

const ERRORS: Table = Table {
    name: "errors",
    title: "Errors",
    about: "A document that could not be read",
    columns: &[
        DOCUMENT_ID,
        text("path", "Relative to the input argument"),
        text("stage", "read, ingest, analyse or time"),
        text("message", "The reason"),
        text("sha256", "Of the input's bytes, where they could be read"),
    ],
    key: &["document_id"],
    links: &[],
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_and_links_name_columns_that_exist() {
        let has = |table: &Table, column: &str| table.columns.iter().any(|other| other.name == column);
        for table in &TABLES {
            assert_eq!(table.columns[0].name, "document_id", "{}", table.name);
            let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{} has a column twice", table.name);
            assert!(table.key.iter().all(|column| has(table, column)), "{}", table.name);
            for link in table.links {
                let target = TABLES.iter().find(|other| other.name == link.table).unwrap_or(table);
                assert!(link.columns.iter().all(|column| has(table, column)), "{} {link:?}", table.name);
                assert!(link.target.iter().all(|column| has(target, column)), "{} {link:?}", table.name);
                assert_eq!(link.target, target.key, "{} {link:?} points to a key", table.name);
            }
        }
    }
}
