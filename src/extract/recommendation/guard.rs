//! Uses of the operators that recommend nothing. Each guard is a rule with its examples; the words are read from it.

use std::ops::Range;

use super::candidate::Scene;
use super::clause::Clause;
use super::predicate::Verb;
use super::word::{Class, Role};

/// True if some guard says that the clause only predicts, regrets, describes a duty or speaks to the reader.
#[must_use]
pub fn blocks(scene: &Scene, clause: &Clause, operator: &Range<usize>, verb: Verb) -> bool {
    is_past(scene, verb)
        || is_doubtful(scene, operator)
        || is_announcement(scene, clause, operator)
        || is_disclaimed(scene, clause)
        || is_recital(scene)
        || is_unneeded(scene, operator, verb)
        || is_rhetoric(scene, clause, verb)
        || is_disclaimer(scene, clause, verb)
        || is_benefit(scene, clause, verb)
        || is_forecast(scene, verb)
        || is_unexpected(scene, verb)
        || is_duty(scene, clause, operator)
        || is_behind(scene, operator)
        || is_emendation(scene, verb)
}

/// "has had to … over the past years": what lies behind.
fn is_behind(scene: &Scene, operator: &Range<usize>) -> bool {
    let tokens = &scene.tokens;
    matches!(tokens.word(operator.start), "have" | "has")
        && (operator.end..tokens.len()).any(|at| {
            tokens.at(at, &["over", "the", "past"])
                || tokens.at(at, &["over", "the", "last"])
                || tokens.at(at, &["in", "recent"])
                || tokens.at(at, &["in", "the", "past"])
        })
}

/// "This should read ‘harbour’": an editor mends a text.
fn is_emendation(scene: &Scene, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    let quoted = tokens.is(verb.verb + 1, Class::QUOTE) || tokens.is(verb.verb + 2, Class::QUOTE);
    tokens.word(verb.verb) == "read" && (quoted || matches!(tokens.word(verb.verb + 1), "‘" | "'" | "’"))
}

/// "should have been replaced", "must have known".
fn is_past(scene: &Scene, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    if tokens.word(verb.verb) != "have" {
        return false;
    }
    let mut next = verb.verb + 1;
    while tokens.is(next, Class::ADVERB.and(Class::LINK).and(Class::NEGATION)) {
        next += 1;
    }
    if tokens.word(next) == "been" || tokens.word(next) == "had" {
        return true;
    }
    const AFTER: Class =
        Class::DETERMINER.and(Class::PREPOSITION).and(Class::PRONOUN).and(Class::TO).and(Class::THAT).and(Class::STOP).and(Class::COMMA).and(Class::CAPITAL);
    // "should have required certification in 2022", but "should have limited powers": a participle before its noun.
    const ADJECTIVES: [&str; 28] = [
        "limited",
        "increased",
        "reduced",
        "improved",
        "enhanced",
        "shared",
        "dedicated",
        "trained",
        "advanced",
        "written",
        "updated",
        "detailed",
        "defined",
        "documented",
        "restricted",
        "controlled",
        "guaranteed",
        "designated",
        "expanded",
        "qualified",
        "experienced",
        "established",
        "sustained",
        "continued",
        "agreed",
        "equal",
        "set",
        "unlimited",
    ];
    if tokens.is(next, Class::PARTICIPLE)
        && !tokens.is(next, Class::NOUN.and(Class::PREPOSITION).and(Class::DETERMINER))
        && !ADJECTIVES.contains(&tokens.word(next))
    {
        return true;
    }
    let late = matches!(tokens.word(next + 1), "earlier" | "sooner" | "more" | "long" | "years" | "months" | "better");
    tokens.is(next, Class::PARTICIPLE) && (tokens.is(next + 1, AFTER.and(Class::ADVERB).and(Class::SEMICOLON)) || late || next + 1 >= tokens.len())
}

/// "may have to", "did not have to": no duty yet, or none.
fn is_doubtful(scene: &Scene, operator: &Range<usize>) -> bool {
    let tokens = &scene.tokens;
    let have = matches!(tokens.word(operator.start), "have" | "has");
    let before = operator.start.checked_sub(1).map_or("", |at| tokens.word(at));
    have && (matches!(before, "may" | "might" | "would" | "could" | "to" | "should")
        || tokens.before(operator.start).any(Class::NEGATION)
        || before == "will" && scene.tokens.at(0, &["if"]))
}

/// "As we shall see": what the text will do.
fn is_announcement(scene: &Scene, clause: &Clause, operator: &Range<usize>) -> bool {
    let first_person = clause.subject.end.checked_sub(1).is_some_and(|last| last >= clause.subject.start && scene.tokens.is(last, Class::SELF));
    scene.tokens.word(operator.start) == "shall" && first_person || scene.tokens.lower(clause.subject.clone()).starts_with("the way ")
}

/// "C. whereas programmes should": what a resolution starts from.
fn is_recital(scene: &Scene) -> bool {
    let first = (0..scene.tokens.len().min(4)).find(|&at| scene.tokens.word(at) == "whereas");
    first.is_some_and(|first| {
        (0..first).all(|at| scene.tokens.is(at, Class::PUNCTUATION.and(Class::NUMBER)) || scene.tokens.word(at).len() == 1)
            && !scene.tokens.is(first, Class::CAPITAL)
    })
}

/// "this does not mean that you should": what does not follow.
fn is_disclaimed(scene: &Scene, clause: &Clause) -> bool {
    let tokens = &scene.tokens;
    (clause.subject.start.saturating_sub(3)..clause.subject.end)
        .any(|at| tokens.before(at).any(Class::NEGATION) && matches!(tokens.word(at), "mean" | "imply" | "suggest" | "follow"))
}

/// "should not have to", "need not".
fn is_unneeded(scene: &Scene, operator: &Range<usize>, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    let relieved = tokens.at(verb.verb, &["have", "to"]) && verb.negated;
    relieved || tokens.word(operator.start) == "need" && operator.len() == 1 && tokens.is(operator.end, Class::NEGATION)
}

/// "it should be noted", "readers should bear in mind".
fn is_rhetoric(scene: &Scene, clause: &Clause, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    let subject = tokens.lower(clause.subject.clone());
    if subject.split(' ').any(|word| matches!(word, "reader" | "readers")) {
        return true;
    }
    let mut participle = verb.verb;
    if tokens.word(participle) == "be" {
        participle += 1;
    }
    while tokens.is(participle, Class::ADVERB.and(Class::LINK)) {
        participle += 1;
    }
    // "One must ask why the fund failed."
    let asks = matches!(tokens.word(participle), "ask" | "wonder" | "question") && tokens.is(participle + 1, Class::INTERROGATIVE.and(Class::SELF));
    if !asks && !tokens.plays(participle, Role::RHETORIC) {
        return false;
    }
    let passive = participle > verb.verb;
    (passive && matches!(subject, "it" | "this" | "there" | "as" | "")) || (!passive && matches!(subject, "we" | "one" | "i" | "you"))
}

/// "The findings should not be read as …": a warning about the paper itself.
fn is_disclaimer(scene: &Scene, clause: &Clause, verb: Verb) -> bool {
    const VERBS: [&str; 14] = [
        "taken",
        "read",
        "construed",
        "interpreted",
        "treated",
        "viewed",
        "regarded",
        "relied",
        "seen",
        "considered",
        "used",
        "understood",
        "generalised",
        "generalized",
    ];
    const WORKS: [&str; 15] = [
        "findings",
        "information",
        "report",
        "results",
        "estimates",
        "figures",
        "analysis",
        "data",
        "paper",
        "survey",
        "sample",
        "brief",
        "publication",
        "document",
        "study",
    ];
    let tokens = &scene.tokens;
    let read = tokens.word(verb.verb) == "be" && (verb.verb + 1..verb.verb + 4).any(|at| VERBS.contains(&tokens.word(at)));
    if !read {
        return false;
    }
    let subject = clause.subject.clone();
    let own = subject.clone().any(|at| WORKS.contains(&tokens.word(at)));
    let own = own || (0..verb.verb).any(|at| matches!(tokens.word(at), "below" | "above" | "herein"));
    // "should be read with that in mind", "should be interpreted with caution".
    let warily = matches!(tokens.word(verb.verb + 1), "read" | "interpreted" | "viewed" | "treated")
        && (verb.verb + 2..verb.verb + 9).any(|at| {
            matches!(
                tokens.word(at),
                "mind"
                    | "caution"
                    | "care"
                    | "cautiously"
                    | "indicative"
                    | "alongside"
                    | "conjunction"
                    | "magnitude"
                    | "bounds"
                    | "estimates"
                    | "lower"
                    | "upper"
            )
        });
    own && (verb.negated || warily)
}

/// "This should help to …": what follows from the advice.
fn is_benefit(scene: &Scene, clause: &Clause, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    let points_back =
        matches!(tokens.word(clause.subject.start), "this" | "these" | "that" | "such" | "which" | "it" | "doing" | "those") && !clause.subject.is_empty();
    let points_back = points_back || tokens.is(clause.subject.start, Class::GERUND) && !clause.subject.is_empty();
    // "It should give preference": "it" may be a body that acts.
    let it = clause.subject.len() == 1 && tokens.word(clause.subject.start) == "it";
    let acts = it && !matches!(tokens.word(verb.verb), "help" | "allow" | "enable" | "lead" | "result" | "serve" | "facilitate" | "ease" | "yield" | "free");
    points_back && !acts && !verb.negated && tokens.plays(verb.verb, Role::BENEFIT) && clause.subject.len() <= 6
}

/// "should become operational in 2027", "should take two years".
fn is_forecast(scene: &Scene, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    let word = tokens.word(verb.verb);
    if word == "take" {
        return (verb.verb + 1..verb.verb + 5)
            .any(|at| matches!(tokens.word(at), "years" | "months" | "weeks" | "days" | "hours" | "decades" | "year" | "month"))
            && !(verb.verb + 1..verb.verb + 5).any(|at| matches!(tokens.word(at), "steps" | "action" | "within"));
    }
    let state = tokens.playing(verb.verb + 1..verb.verb + 4, Role::FORECAST).next().is_some();
    let dated = || (verb.verb + 1..tokens.len()).any(|at| tokens.is(at, Class::NUMBER) && tokens.word(at).len() == 4);
    matches!(word, "become" | "be" | "reach") && state && !scene.advice && dated()
}

/// "should not be surprising", "should come as no surprise", "should give pause".
fn is_unexpected(scene: &Scene, verb: Verb) -> bool {
    let tokens = &scene.tokens;
    let after = verb.verb + 1..(verb.verb + 7).min(tokens.len());
    match tokens.word(verb.verb) {
        "be" if verb.negated && after.clone().take(3).any(|at| matches!(tokens.word(at), "hard" | "difficult" | "controversial")) => true,
        "be" if (verb.verb + 1..verb.verb + 4)
            .any(|at| matches!(tokens.word(at), "illusion" | "illusions" | "doubt" | "mistake") && (verb.verb + 1..at).any(|at| tokens.word(at) == "no")) =>
        {
            true
        }
        // "The risk must not be underestimated": to the reader.
        "be" if verb.negated
            && (verb.verb + 1..verb.verb + 3).any(|at| {
                matches!(
                    tokens.word(at),
                    "underestimated" | "overestimated" | "overstated" | "understated" | "exaggerated" | "forgotten" | "confused" | "conflated"
                )
            }) =>
        {
            true
        }
        // "be made aware of"
        "be" if tokens.word(verb.verb + 1) == "made" => false,
        "be" => after.take(3).any(|at| tokens.plays(at, Role::EPISTEMIC) && !tokens.before(at).any(Class::DETERMINER)),
        "come" => after.clone().any(|at| tokens.word(at) == "surprise"),
        "give" => after.clone().any(|at| tokens.word(at) == "pause"),
        "suffice" | "prove" => true,
        _ => false,
    }
}

/// "must" and "shall" beside a law that is named: a duty described, unless the document itself gives orders.
fn is_duty(scene: &Scene, clause: &Clause, operator: &Range<usize>) -> bool {
    let tokens = &scene.tokens;
    let strict = matches!(tokens.word(operator.start), "must" | "shall" | "have" | "has" | "need" | "needs" | "are" | "is" | "may");
    if !strict {
        return false;
    }
    let party = (clause.subject.start..clause.subject.end)
        .any(|at| tokens.word(at) == "parties" && (tokens.word(at + 1) == "to" || at > 0 && tokens.word(at - 1) == "states"));
    if party && !scene.item || is_under_law(scene, clause) || qualifies(scene) && !scene.directive {
        return true;
    }
    let order = matches!(tokens.word(operator.start), "must" | "shall");
    !scene.directive && !scene.advice && (scene.legal && order || names_law(scene))
}

/// "To qualify, firms must employ ten people": a condition that someone sets.
fn qualifies(scene: &Scene) -> bool {
    let tokens = &scene.tokens;
    tokens.word(0) == "to"
        && (matches!(tokens.word(1), "qualify" | "register" | "apply" | "vote" | "enrol" | "enroll" | "obtain" | "claim")
            || tokens.word(1) == "be" && matches!(tokens.word(2), "eligible" | "admitted" | "considered" | "entitled" | "valid" | "accepted" | "listed"))
}

/// "Under Ordinance 12, contracts must": the law opens the sentence, so that the duty is its own.
fn is_under_law(scene: &Scene, clause: &Clause) -> bool {
    const LAWS: [&str; 20] = [
        "act",
        "acts",
        "ordinance",
        "law",
        "laws",
        "statute",
        "statutes",
        "constitution",
        "convention",
        "covenant",
        "treaty",
        "regulation",
        "regulations",
        "bylaws",
        "u.s.c",
        "standard",
        "standards",
        "rules",
        "code",
        "charter",
    ];
    let tokens = &scene.tokens;
    let lettered = tokens.word(0).len() == 1 && tokens.is(1, Class::STOP.and(Class::CLOSE));
    let first = if lettered { 2 } else { usize::from(tokens.is(0, Class::NUMBER)) };
    let opens = tokens.word(first) == "under" || tokens.at(first, &["pursuant", "to"]) || tokens.at(first, &["by", "law"]);
    opens && (first..clause.subject.start.max(first + 2)).any(|at| LAWS.contains(&tokens.word(at)))
}

fn names_law(scene: &Scene) -> bool {
    let tokens = &scene.tokens;
    tokens.playing(0..tokens.len(), Role::LAW.and(Role::LEGAL_DUTY)).any(|at| match tokens.word(at) {
        "act" => tokens.is(at, Class::CAPITAL) && tokens.before(at).any(Class::CAPITAL),
        "law" => matches!(tokens.word(at.wrapping_sub(1)), "by" | "under") && !matches!(tokens.word(at + 1), "enforcement"),
        "article" | "section" => tokens.is(at + 1, Class::NUMBER),
        _ => tokens.plays(at, Role::LEGAL_DUTY),
    })
}
