//! Comparing records: which papers ask the same of whom, where they disagree, what one says and the others leave out.
//!
//! Everything here is a pure function over records; nothing depends on their order or on the number of threads. The measures, in the order in
//! which they are used:
//!
//! - *Terms* of a recommendation are the Porter2 stems of the content words of its action; verbs that say the same ("set up", "establish") share
//!   one term, and so do nouns ("ship", "vessel") ([`terms`]). They are weighted by the inverse document frequency of BM25 (Robertson and Spärck Jones
//!   1976) over all recommendations, the first ones more than later ones.
//! - *Similarity* is the cosine of the weighted terms, less between papers on different subjects, and corrected by shared addressees and topics
//!   ([`align`]). Candidates come from an inverted
//!   index with prefix filtering (Bayardo, Ma and Srikant 2007), so that no two recommendations without a telling word in common are ever looked at.
//! - *Themes* are the stars of the similarity graph (Aslam, Pelekhov and Rus 2004): a representative and all that are close to it ([`theme`]).
//! - *Document similarity* is the mean of four measures, each of which is a column of its own ([`document`]).

pub mod align;
pub mod change;
pub mod document;
pub mod paper;
mod prose;
pub mod silence;
pub mod tables;
pub mod terms;
pub mod theme;
pub mod words;
pub mod work;

use std::sync::Arc;

use serde::Serialize;

use align::{Demands, Pair};
use document::DocumentPair;
use paper::Paper;
use silence::Silence;
use theme::Theme;
use work::SharedWork;

/// What a comparison works with. Written beside the results.
#[derive(Debug, Clone, Serialize)]
pub struct Parameters {
    /// From this similarity on, two recommendations say the same.
    pub same: f32,
    /// From this similarity on, two recommendations are related.
    pub related: f32,
    /// From this similarity on, two recommendations that point in opposite directions are opposed, and not just related.
    pub opposed: f32,
    /// The least lexical part of any relation.
    pub lexical: f32,
    /// The least number of terms that two recommendations must share: one word in common is no subject in common.
    pub shared_terms: usize,
    /// The most neighbours kept for each recommendation.
    pub neighbours: usize,
    /// A term that stands in more recommendations than this leads to no candidates by itself.
    pub common_term: usize,
    /// A theme, actor or topic is usual in the set if more than this share of the papers has it.
    pub usual: f32,
    /// The most actors that get a column in the wide matrix, those of most papers first.
    pub matrix_actors: usize,
    /// The most neighbours of a document in the table of document similarity.
    pub document_neighbours: usize,
}

impl Default for Parameters {
    fn default() -> Self {
        // `same`, `related` and `opposed` were set by reading the pairs of the sample papers around each border.
        Self {
            same: 0.33,
            related: 0.25,
            opposed: 0.33,
            lexical: 0.15,
            shared_terms: 2,
            neighbours: 20,
            common_term: 150,
            usual: 0.5,
            matrix_actors: 200,
            document_neighbours: 25,
        }
    }
}

/// The result of comparing papers.
#[derive(Debug)]
pub struct Comparison {
    pub parameters: Parameters,
    /// In order of id.
    pub papers: Arc<[Paper]>,
    /// Their recommendations, to which pairs and themes point.
    pub demands: Demands,
    pub pairs: Vec<Pair>,
    pub themes: Vec<Theme>,
    pub works: Vec<SharedWork>,
    pub documents: Vec<DocumentPair>,
    pub silences: Vec<Silence>,
}

/// Compares papers. Their order does not matter.
#[must_use]
pub fn compare(mut papers: Vec<Paper>, parameters: Parameters) -> Comparison {
    papers.sort_by(|one, other| one.id.cmp(&other.id));
    let papers: Arc<[Paper]> = papers.into();
    let demands = Demands::new(Arc::clone(&papers));
    let pairs = align::pairs(&demands, &parameters);
    let themes = theme::themes(&demands, &pairs);
    let works = work::shared(&papers);
    let documents = document::similarities(&papers, &demands, &pairs, &works, &parameters);
    let silences = silence::silences(&papers, &themes, &parameters);
    Comparison { parameters, papers, demands, pairs, themes, works, documents, silences }
}
