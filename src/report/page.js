"use strict";
(() => {
  const index = JSON.parse(document.getElementById("index").textContent);
  const main = document.getElementById("main");
  const facetsBox = document.getElementById("facets");
  const detailBox = document.getElementById("detail");
  const columns = document.getElementById("columns");
  const searchBox = document.getElementById("search");
  const SHOWN = 200;

  // Elements. Text only ever enters the page as text nodes.
  const el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };
  const svg = (name, attributes = {}, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children.flat());
    return node;
  };
  const visible = (text) => String(text ?? "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "\ufffd");
  const link = (hash, text) => el("a", { href: "#" + hash }, visible(text));
  const outside = (url) => (/^https?:\/\//i.test(url) ? el("a", { href: url, rel: "noopener noreferrer nofollow" }, visible(url)) : visible(url));
  const paperHash = (paper, item) => "/paper/" + encodeURIComponent(paper.id) + (item ? "/" + encodeURIComponent(item) : "");
  const titles = new Map();
  index.papers.forEach((paper) => titles.set(paper.title, (titles.get(paper.title) || 0) + 1));
  // A title that several papers share is told apart by the paper's id.
  const label = (paper) => (!paper.title ? paper.id : titles.get(paper.title) > 1 ? paper.title + " [" + paper.id + "]" : paper.title);
  const year = (paper) => (paper.date || "").slice(0, 4) || "undated";
  const plural = (count, one) => count + " " + one + (count === 1 ? "" : "s");
  const byId = new Map(index.papers.map((paper) => [paper.id, paper]));

  // Records: in this file, or in scripts beside it when the report is large.
  const records = new Map();
  const waiting = new Map();
  window.policylensRecord = (id, record) => { records.set(id, record); (waiting.get(id) || []).forEach((done) => done(record)); waiting.delete(id); };
  const inline = (paper) => document.getElementById("record-" + paper.at);
  const recordNow = (paper) => {
    if (!records.has(paper.id) && inline(paper)) records.set(paper.id, JSON.parse(inline(paper).textContent));
    return records.get(paper.id);
  };
  const recordOf = (paper) => new Promise((done, failed) => {
    const record = recordNow(paper);
    if (record) return done(record);
    if (!waiting.has(paper.id)) {
      waiting.set(paper.id, []);
      document.head.append(el("script", { src: paper.file, onerror: () => failed(new Error("The file " + paper.file + " is not beside this report.")) }));
    }
    waiting.get(paper.id).push(done);
  });

  // Facets over recommendations.
  const chosen = {};
  const facets = [
    { key: "addressee", name: "Addressee", of: (r) => r.addressees.length ? r.addressees.map((a) => index.actors[a].name) : ["(none named)"] },
    { key: "strength", name: "Strength", of: (r) => [r.strength] },
    { key: "topic", name: "Topic", of: (r) => r.topics.map((t) => index.topics[t] || String(t)) },
    { key: "kind", name: "Section kind", of: (r) => [r.kind || "none"] },
    { key: "year", name: "Year", of: (r) => [year(index.papers[r.paper])] },
    { key: "paper", name: "Document", of: (r) => [label(index.papers[r.paper])] },
  ];
  facets.forEach((facet) => { chosen[facet.key] = new Set(); });
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = () => folded(searchBox.value).split(/\s+/).filter(Boolean);
  const matches = (text, terms) => { const low = folded(text); return terms.every((term) => low.includes(term)); };
  const passes = (r, except) => facets.every((facet) => facet.key === except || !chosen[facet.key].size || facet.of(r).some((value) => chosen[facet.key].has(value)));
  const found = (except) => { const terms = words(); return index.recommendations.filter((r) => passes(r, except) && matches(r.text, terms)); };

  const FEW = 7;
  const unfolded = new Set();
  const drawFacets = (redraw) => {
    facetsBox.replaceChildren(...facets.map((facet) => {
      const counts = new Map();
      found(facet.key).forEach((r) => new Set(facet.of(r)).forEach((value) => counts.set(value, (counts.get(value) || 0) + 1)));
      chosen[facet.key].forEach((value) => counts.has(value) || counts.set(value, 0));
      const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 100);
      const row = ([value, count]) => el("label", {},
        el("input", { type: "checkbox", "data-facet": facet.key, "data-value": visible(value), checked: chosen[facet.key].has(value), onchange: (event) => {
          if (event.target.checked) chosen[facet.key].add(value); else chosen[facet.key].delete(value);
          redraw();
          const again = [...facetsBox.querySelectorAll("input")].find((input) => input.dataset.facet === facet.key && input.dataset.value === visible(value));
          if (again) again.focus();
        } }), el("span", {}, visible(value)), el("b", { class: "count" }, String(count)));
      const first = rows.slice(0, FEW), rest = rows.slice(FEW);
      return el("fieldset", {}, el("legend", {}, facet.name), first.map(row), rest.length ? el("details", { open: unfolded.has(facet.key), ontoggle: (event) => {
        if (event.target.open) unfolded.add(facet.key); else unfolded.delete(facet.key);
      } }, el("summary", {}, rest.length + " more"), rest.map(row)) : "");
    }), el("button", { type: "button", onclick: () => { facets.forEach((facet) => chosen[facet.key].clear()); searchBox.value = ""; redraw(); } }, "Clear filters"));
  };

  // Folded sign by sign, so that places in it are places in the text.
  const aligned = (text) => Array.from(text, (sign) => { const one = folded(sign); return one.length === sign.length ? one : sign; }).join("");
  // The text with the words of the search marked.
  const withMarks = (text, terms) => {
    const shown = visible(text), low = aligned(shown);
    const parts = [];
    let at = 0;
    while (at < shown.length) {
      const next = terms.map((term) => [low.indexOf(term, at), term.length]).filter(([place]) => place >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) break;
      parts.push(shown.slice(at, next[0]), el("mark", {}, shown.slice(next[0], next[0] + next[1])));
      at = next[0] + next[1];
    }
    parts.push(shown.slice(at));
    return parts;
  };
  const actorLink = (a) => link("/actor/" + encodeURIComponent(index.actors[a].id), index.actors[a].name);
  const joined = (nodes) => nodes.flatMap((node, at) => (at ? [", ", node] : [node]));
  const recommendationCard = (r, more = []) => {
    const paper = index.papers[r.paper];
    return el("article", { class: "item " + r.strength },
      el("p", {}, el("a", { href: "#" + paperHash(paper, r.id) }, withMarks(r.text, words()))),
      el("div", { class: "meta" }, el("span", { class: "tag " + r.strength }, r.strength + (r.polarity === "do_not" ? " not" : "")), more,
        r.addressees.length ? el("span", {}, "to ", joined(r.addressees.map(actorLink))) : el("span", {}, "no addressee named"),
        r.deadline ? el("span", {}, visible(r.deadline)) : null,
        el("span", {}, visible(label(paper)))));
  };
  const listed = (items, draw) => {
    const box = el("div");
    let shown = 0;
    const button = el("button", { type: "button", onclick: () => more() });
    const more = () => {
      box.append(...items.slice(shown, shown + SHOWN).map(draw));
      shown = Math.min(items.length, shown + SHOWN);
      button.hidden = shown >= items.length;
      button.textContent = "Show more (" + (items.length - shown) + " left)";
    };
    more();
    return [box, button];
  };

  // A wide thing that scrolls by itself, with the keyboard too.
  const scrolling = (name, node) => el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, node);

  // Views.
  const recommendationsView = () => {
    const draw = () => {
      const items = found();
      drawFacets(draw);
      main.replaceChildren(el("h2", {}, plural(items.length, "recommendation")), ...listed(items, (r) => recommendationCard(r)));
    };
    draw();
  };

  const papersView = () => {
    main.replaceChildren(el("h2", {}, plural(index.papers.length, "paper")),
      scrolling("Papers", el("table", {}, el("thead", {}, el("tr", {}, ["Title", "Date", "Publisher"].map((h) => el("th", { scope: "col" }, h)), ["Words", "Recommendations", "Actors", "Citations"].map((h) => el("th", { scope: "col", class: "number" }, h)))),
        el("tbody", {}, index.papers.map((paper) => el("tr", {}, el("td", {}, link(paperHash(paper), label(paper))), el("td", { class: "date" }, visible(paper.date || "")), el("td", {}, visible(paper.publisher || "")),
          [paper.words, paper.recommendations, paper.actors, paper.citations].map((n) => el("td", { class: "number" }, String(n)))))))),
      el("h3", {}, "How strongly the papers speak"), scrolling("How strongly the papers speak", strengthProfile()));
  };

  const strengthProfile = () => {
    const kinds = ["must", "should", "could"];
    const counts = index.papers.map((paper, at) => ({ paper, counts: kinds.map((kind) => index.recommendations.filter((r) => r.paper === at && r.strength === kind).length) }));
    const rows = counts.filter((row) => row.counts.some(Boolean)).slice(0, 60);
    const most = Math.max(1, ...rows.map((row) => row.counts.reduce((a, b) => a + b)));
    const chart = svg("svg", { viewBox: "0 0 900 " + (rows.length * 24 + 30), width: 900, class: "wide", role: "group", "aria-label": "Recommendations by strength in each paper" });
    kinds.forEach((kind, k) => chart.append(svg("rect", { x: 330 + k * 90, y: 4, width: 12, height: 12, fill: "var(--" + kind + ")" }), svg("text", { x: 347 + k * 90, y: 14 }, kind)));
    rows.forEach((row, at) => {
      const y = at * 24 + 26;
      chart.append(rowName(row.paper, 320, y + 13, 310));
      let x = 330;
      row.counts.forEach((count, k) => {
        const width = (count / most) * 540;
        if (!count) return;
        chart.append(svg("rect", { x, y, width, height: 18, fill: "var(--" + kinds[k] + ")" }, svg("title", {}, count + " " + kinds[k])),
          svg("text", { x: x + width / 2, y: y + 13, "text-anchor": "middle" }, String(count)));
        x += width;
      });
    });
    return chart;
  };
  const short = (text, most) => { const all = Array.from(visible(text)); return all.length > most ? all.slice(0, most - 1).join("") + "…" : all.join(""); };

  const themesView = (id) => {
    main.replaceChildren(el("h2", {}, plural(index.themes.length, "theme") + " shared by papers"),
      el("p", { class: "dim" }, "Recommendations of different papers that say the same, side by side. The first is the representative."),
      ...listed(index.themes, (theme) => el("section", { id: theme.id, class: theme.id === id ? "chosen" : null },
        el("h3", {}, link("/themes/" + theme.id, theme.label), " ", el("span", { class: "count" }, plural(theme.papers, "paper") + (theme.members.some((member) => member.opposed) ? ", opposed" : ""))),
        el("div", { class: "wordings" }, theme.members.map((member) => recommendationCard(index.recommendations[member.at], member.opposed ? [el("span", { class: "tag opposed" }, "opposed")] : []))))));
    const target = id && document.getElementById(id);
    if (target) target.scrollIntoView();
  };

  // Cuts a text to a width in pixels, as the charts' type sets it.
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = "12px system-ui, sans-serif";
  const fitted = (text, width) => {
    let all = Array.from(visible(text));
    if (measure.measureText(all.join("")).width <= width) return all.join("");
    while (all.length > 1 && measure.measureText(all.join("") + "…").width > width) all = all.slice(0, -1);
    return all.join("").trimEnd() + "…";
  };
  // The room for names before a chart.
  const named = () => (window.innerWidth < 700 ? 140 : 300);
  const svgLink = (hash, ...children) => svg("a", { href: "#" + hash }, ...children);
  const rowName = (paper, x, y, width) => svgLink(paperHash(paper), svg("text", { x, y, "text-anchor": "end" }, fitted(label(paper), width)), svg("title", {}, visible(label(paper))));

  const heatMapView = () => {
    const papers = index.papers.slice(0, 80), actors = index.matrix.actors;
    const cell = 26, left = named(), top = 180;
    const most = Math.max(1, ...index.matrix.cells.map((c) => c[2]));
    const chart = svg("svg", { class: "wide", width: left + actors.length * cell + 130, height: top + papers.length * cell + 10, role: "group", "aria-label": "Mentions of actors by paper" });
    actors.forEach((actor, at) => chart.append(svg("a", { href: "#/actor/" + encodeURIComponent(index.actors[actor].id) },
      svg("text", { transform: "translate(" + (left + at * cell + 17) + "," + (top - 6) + ") rotate(-55)" }, fitted(index.actors[actor].name, 190)), svg("title", {}, visible(index.actors[actor].name)))));
    papers.forEach((paper, at) => chart.append(svg("line", { x1: left, x2: left + actors.length * cell, y1: top + at * cell + 25, y2: top + at * cell + 25, stroke: "var(--line)" }), rowName(paper, left - 8, top + at * cell + 17, left - 16)));
    index.matrix.cells.forEach(([paper, column, mentions, addressed]) => {
      if (paper >= papers.length) return;
      const x = left + column * cell, y = top + paper * cell, share = Math.log1p(mentions) / Math.log1p(most);
      chart.append(svgLink(paperHash(papers[paper], index.actors[actors[column]].id),
        svg("rect", { x, y, width: cell - 2, height: cell - 2, fill: "rgba(var(--hot)," + (0.12 + 0.6 * share).toFixed(2) + ")", stroke: addressed ? "var(--must)" : "none", "stroke-width": 2 }),
        svg("text", { x: x + cell / 2 - 1, y: y + 16, "text-anchor": "middle" }, String(mentions)),
        svg("title", {}, visible(label(papers[paper])) + ": " + visible(index.actors[actors[column]].name) + ", " + plural(mentions, "mention") + ", addressed " + addressed + "×")));
    });
    main.replaceChildren(el("h2", {}, "Who is spoken of where"), el("p", { class: "dim" }, "Mentions of the " + actors.length + " actors that most papers name; a red border: the paper addresses a recommendation to it. A number leads to the first mention."),
      scrolling("Heat map", chart));
  };

  // One actor: what is asked of it, and who speaks of it.
  const actorView = (id) => {
    const at = index.actors.findIndex((actor) => actor.id === id);
    if (at < 0) { main.replaceChildren(el("h2", {}, "No such actor")); return; }
    const asked = index.recommendations.filter((r) => r.addressees.includes(at));
    const column = index.matrix.actors.indexOf(at);
    const uses = index.matrix.cells.filter((use) => use[1] === column);
    main.replaceChildren(el("h2", {}, visible(index.actors[at].name)), el("p", { class: "dim" }, plural(asked.length, "recommendation") + " to it"),
      uses.length ? el("p", {}, "Named in ", joined(uses.map(([paper, , mentions]) => el("span", {}, link(paperHash(index.papers[paper], id), label(index.papers[paper])), " (" + mentions + "×)")))) : "",
      ...listed(asked, (r) => recommendationCard(r)));
  };

  const similarityView = () => {
    const rows = [...index.similarity].sort((a, b) => b[2] - a[2]);
    const number = (value) => (value === null ? "–" : value.toFixed(2));
    const papers = index.papers;
    const views = [el("h2", {}, "How near the papers are")];
    if (papers.length <= 40) views.push(scrolling("Similarity of papers", similarityMatrix(papers, rows)));
    views.push(scrolling("Similarity of papers by measure", el("table", {}, el("thead", {}, el("tr", {}, ["Paper", "Other paper"].map((h) => el("th", { scope: "col" }, h)), ["Overall", "Recommendations", "Actors", "Citations", "Topics"].map((h) => el("th", { scope: "col", class: "number" }, h)))),
      el("tbody", {}, rows.slice(0, SHOWN).map((row) => el("tr", {}, el("td", {}, link(paperHash(papers[row[0]]), label(papers[row[0]]))), el("td", {}, link(paperHash(papers[row[1]]), label(papers[row[1]]))),
        row.slice(2).map((value) => el("td", { class: "number" }, number(value)))))))));
    main.replaceChildren(...views);
  };
  const similarityMatrix = (papers, rows) => {
    const cell = 34, left = named();
    const chart = svg("svg", { class: "wide", width: left + papers.length * cell + 10, height: papers.length * cell + 30, role: "group", "aria-label": "Overall similarity of papers" });
    papers.forEach((paper, at) => chart.append(svgLink(paperHash(paper), svg("text", { x: left - 8, y: at * cell + 44, "text-anchor": "end" }, fitted((at + 1) + ". " + label(paper), left - 16)), svg("title", {}, visible(label(paper)))), svg("text", { x: left + at * cell + 16, y: 18, "text-anchor": "middle" }, String(at + 1))));
    rows.forEach(([first, second, overall]) => [[first, second], [second, first]].forEach(([a, b]) => chart.append(
      svg("rect", { x: left + b * cell, y: a * cell + 24, width: cell - 2, height: cell - 2, fill: "rgba(var(--hot)," + Math.min(0.8, overall).toFixed(2) + ")" }),
      svg("text", { x: left + b * cell + 16, y: a * cell + 44, "text-anchor": "middle" }, overall.toFixed(2)))));
    return chart;
  };

  const deadlinesView = () => {
    const dated = index.recommendations.map((r) => ({ r, year: Number((r.due || "").slice(0, 4)) || null })).filter((row) => row.r.deadline);
    const known = dated.filter((row) => row.year).sort((a, b) => (a.r.due < b.r.due ? -1 : 1));
    const years = new Map();
    known.forEach((row) => years.set(row.year, (years.get(row.year) || 0) + 1));
    const most = Math.max(1, ...years.values());
    const list = [...years].sort((a, b) => a[0] - b[0]);
    const chart = svg("svg", { viewBox: "0 0 " + Math.max(300, list.length * 60 + 20) + " 150", width: Math.max(300, list.length * 60 + 20), role: "img", "aria-label": "Deadlines by year" });
    list.forEach(([when, count], at) => { const height = (count / most) * 90; chart.append(svg("rect", { x: at * 60 + 20, y: 120 - height, width: 36, height, fill: "var(--accent)" }), svg("text", { x: at * 60 + 38, y: 138, "text-anchor": "middle" }, String(when)), svg("text", { x: at * 60 + 38, y: 114 - height, "text-anchor": "middle" }, String(count))); });
    const rest = dated.filter((row) => !row.year);
    main.replaceChildren(el("h2", {}, plural(dated.length, "recommendation") + " with a deadline"), known.length ? scrolling("Deadlines by year", chart) : "", ...known.map((row) => recommendationCard(row.r)),
      rest.length ? el("h3", {}, "Without a date") : "", ...rest.map((row) => recommendationCard(row.r)));
  };

  const silencesView = () => main.replaceChildren(el("h2", {}, "What most papers speak of and one does not"),
    scrolling("Silences", el("table", {}, el("thead", {}, el("tr", {}, ["Paper", "Kind", "Silent on", "Papers with it"].map((h) => el("th", { scope: "col" }, h)))),
      el("tbody", {}, index.silences.slice(0, 2000).map(([paper, kind, name, papers]) => el("tr", {}, el("td", {}, link(paperHash(index.papers[paper]), label(index.papers[paper]))), el("td", {}, kind), el("td", {}, visible(name)), el("td", { class: "number" }, papers + " of " + index.papers.length)))))));

  const searchView = () => {
    const terms = words();
    const items = index.recommendations.filter((r) => matches(r.text, terms));
    const actors = index.actors.map((actor, at) => at).filter((at) => matches(index.actors[at].name, terms)).slice(0, 50);
    const list = el("ul"), heading = el("h3", {});
    main.replaceChildren(el("h2", {}, "Results for “", visible(searchBox.value), "”"), heading, list,
      el("h3", {}, plural(actors.length, "actor")), el("p", {}, joined(actors.map(actorLink))),
      el("h3", {}, plural(items.length, "recommendation")), ...listed(items, (r) => recommendationCard(r)));
    searchTexts(terms, list, heading);
  };
  // The texts one after the other; those beside the page are loaded as they come. A new search or view ends an older one.
  const searchTexts = async (terms, list, heading) => {
    let papers = 0;
    const tell = (done) => { heading.textContent = plural(papers, "paper") + (done < index.papers.length ? " so far, " + done + " of " + index.papers.length + " searched" : ""); };
    for (let at = 0; at < index.papers.length; at++) {
      const paper = index.papers[at];
      let record = recordNow(paper);
      if (!record) {
        tell(at);
        try { record = await recordOf(paper); } catch { record = undefined; }
        if (!list.isConnected) return;
      }
      if (!matches(label(paper) + " " + (record ? record.text : ""), terms)) continue;
      papers++;
      if (papers <= SHOWN) list.append(el("li", {}, link(paperHash(paper), label(paper)), " ", el("span", { class: "dim" }, record ? withMarks(excerpt(record.text, terms[0] || ""), terms) : "")));
    }
    tell(index.papers.length);
  };
  const excerpt = (text, term) => { const at = aligned(text).indexOf(term); return at < 0 ? "" : "…" + visible(text.slice(Math.max(0, at - 60), at + 90)).replace(/\s+/g, " ") + "…"; };

  // One paper, with its items marked in its text.
  const paperView = async (id, item) => {
    const paper = byId.get(id);
    if (!paper) { main.replaceChildren(el("h2", {}, "No such paper")); return; }
    main.replaceChildren(el("p", { class: "dim" }, "Loading…"));
    let record;
    try { record = await recordOf(paper); } catch (error) { main.replaceChildren(el("p", {}, visible(error.message))); return; }
    const d = record.document;
    const items = collect(record);
    const outline = record.sections.filter((s) => s.heading);
    main.replaceChildren(el("h2", {}, visible(label(paper))),
      el("p", { class: "dim" }, [d.subtitle, (d.authors || []).join(", "), d.publisher, d.date].filter(Boolean).map(visible).join(" · ")),
      outline.length ? el("details", {}, el("summary", {}, "Outline (" + outline.length + ")"), el("ol", { class: "outline" }, outline.map((s) => el("li", {}, link(paperHash(paper, s.id), (s.number ? s.number + " " : "") + s.heading.text), " ", el("span", { class: "dim" }, s.kind))))) : "",
      el("p", { class: "legend" }, el("span", { class: "text" }, el("span", { class: "recommendation" }, "recommendation")), el("span", { class: "text" }, el("span", { class: "reported" }, "reported demand")), el("span", { class: "text" }, el("span", { class: "mention state" }, "state")),
        el("span", { class: "text" }, el("span", { class: "mention government" }, "government")), el("span", { class: "text" }, el("span", { class: "mention organization" }, "organization")), el("span", { class: "text" }, el("span", { class: "mention person" }, "person, role")), el("span", { class: "text" }, el("span", { class: "citation" }, "citation"))),
      marked(record.text, items, paper));
    if (item) show(item, items, paper);
  };

  const collect = (record) => {
    const items = [];
    record.sections.forEach((s) => s.heading && items.push({ id: s.id, start: s.heading.start, end: s.heading.end, classes: "heading level-" + Math.min(s.level, 4), rows: [["Section", s.heading.text], ["Kind", s.kind], ["Level", s.level]] }));
    const frame = (r, kind, classes) => items.push({ id: r.id, start: r.start, end: r.end, classes, focus: true, rows: [[kind, r.text], ["Addressed to", r.addressees.map((a) => a.name).join(", ")], ["Demanded by", r.attribution && r.attribution.name], ["Strength", r.strength], ["Polarity", r.polarity], ["Action", r.action && r.action.text], ["Deadline", r.deadline], ["Condition", r.condition], ["Purpose", r.purpose], ["Topics", (r.topics || []).map((t) => t.name).join(", ")], ["Page", r.page], ["Rule", r.rule], ["Confidence", r.confidence]] });
    record.recommendations.forEach((r) => frame(r, "Recommendation", "recommendation"));
    (record.reported_recommendations || []).forEach((r) => frame(r, "Reported", "reported"));
    record.actors.forEach((a) => a.mentions.forEach((m) => items.push({ id: a.id + "@" + m.start, start: m.start, end: m.end, classes: "mention " + a.type, rows: [["Actor", a.name], ["Type", a.type], ["Country", a.country], ["Wikidata", a.wikidata], ["Form", m.form], ["Mentions", a.mentions.length], ["Rule", m.rule], ["Confidence", m.confidence]] })));
    record.notes.forEach((n) => n.anchors.forEach((a) => items.push({ id: n.id + "@" + a.start, start: a.start, end: a.end, classes: "anchor", to: n.id, rows: [["Note " + n.label, n.text || "not in the text"], ["Kind", n.kind]] })));
    record.notes.forEach((n) => n.start !== undefined && items.push({ id: n.id, start: n.start, end: n.end, classes: "note", rows: [["Note " + n.label, n.text]] }));
    record.citations.forEach((c) => items.push({ id: c.id, start: c.start, end: c.end, classes: "citation", rows: [["Citation", c.text], ["Type", c.type], ["Authors", (c.authors || []).map((a) => a.literal || [a.given, a.family].filter(Boolean).join(" ")).join("; ")], ["Title", c.title], ["In", c.container_title], ["Publisher", c.publisher], ["Date", c.date], ["DOI", c.doi], ["URL", c.url], ["Rule", c.rule], ["Confidence", c.confidence]] }));
    return items;
  };

  // Cuts the text where an item starts or ends; each piece carries the classes of all items over it.
  const marked = (text, items, paper) => {
    const points = Array.from(text);
    const cuts = [...new Set([0, points.length, ...items.flatMap((i) => [i.start, i.end])])].sort((a, b) => a - b);
    const starts = [...items].sort((a, b) => a.start - b.start || b.end - a.end);
    const box = el("div", { class: "text", id: "text" });
    const begun = new Set();
    let next = 0, open = [];
    for (let k = 0; k + 1 < cuts.length; k++) {
      const from = cuts[k], to = cuts[k + 1];
      open = open.filter((i) => i.end > from);
      while (next < starts.length && starts[next].start <= from) { if (starts[next].end > from) open.push(starts[next]); next++; }
      const piece = visible(points.slice(from, to).join(""));
      if (!open.length) { box.append(piece); continue; }
      const inner = open[open.length - 1];
      const first = open.filter((i) => !begun.has(i.id));
      first.forEach((i) => begun.add(i.id));
      const span = el("span", { class: open.map((i) => i.classes).join(" "), "data-item": inner.id, "data-all": JSON.stringify(open.map((i) => i.id)), id: first.length ? "item-" + first[0].id : null, tabindex: first.some((i) => i.focus) ? "0" : null,
        onclick: () => { location.hash = paperHash(paper, inner.id); }, onkeydown: (event) => { if (event.key === "Enter") location.hash = paperHash(paper, (first.find((i) => i.focus) || inner).id); } }, piece);
      box.append(span);
    }
    return box;
  };

  // An id of an actor stands for all its mentions.
  const show = (id, items, paper) => {
    const item = items.find((i) => i.id === id) || items.find((i) => i.id.startsWith(id + "@"));
    if (!item) return;
    document.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
    const pieces = [...document.querySelectorAll("#text [data-all]")].filter((node) => JSON.parse(node.dataset.all).some((one) => one === id || (item.id !== id && one.startsWith(id + "@"))));
    pieces.forEach((node) => node.classList.add("chosen"));
    if (pieces[0]) pieces[0].scrollIntoView({ block: "center" });
    detailBox.hidden = false;
    columns.classList.add("with-detail");
    detailBox.replaceChildren(el("button", { type: "button", onclick: () => { location.hash = paperHash(paper); } }, "Close"),
      el("dl", {}, item.rows.filter(([, value]) => value !== undefined && value !== null && value !== "").flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, name === "URL" ? outside(String(value)) : visible(value))])),
      item.to ? el("p", {}, link(paperHash(paper, item.to), "Go to the note")) : "", el("p", { class: "dim" }, "Link: ", link(paperHash(paper, id), "#" + id)));
  };

  const views = { papers: ["Papers", papersView], recommendations: ["Recommendations", recommendationsView, true], themes: ["Themes", themesView], actors: ["Actors", heatMapView], similarity: ["Similarity", similarityView], silences: ["Silences", silencesView], deadlines: ["Deadlines", deadlinesView] };
  let shownPaper = null;
  const route = () => {
    const [view, id, item] = location.hash.replace(/^#\/?/, "").split("/").map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
    const known = views[view] || (["paper", "search", "actor"].includes(view) ? null : views.papers);
    document.getElementById("views").replaceChildren(...Object.entries(views).map(([key, [name]]) => el("a", { href: "#/" + key, "aria-current": views[key] === known ? "page" : null }, name)));
    facetsBox.hidden = !(known && known[2]);
    columns.classList.toggle("no-facets", facetsBox.hidden);
    detailBox.hidden = true;
    columns.classList.remove("with-detail");
    if (view === "paper") {
      const paper = byId.get(id);
      if (shownPaper === id && document.getElementById("text") && paper) { document.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen")); if (item) show(item, collect(recordNow(paper)), paper); return; }
      shownPaper = id;
      window.scrollTo(0, 0);
      return void paperView(id, item);
    }
    shownPaper = null;
    window.scrollTo(0, 0);
    if (view === "search") searchView(); else if (view === "actor") actorView(id); else known[1](id);
  };
  let timer;
  searchBox.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (/^#\/recommendations/.test(location.hash)) return route();
      if (!searchBox.value.trim()) return;
      if (/^#\/search/.test(location.hash)) route(); else location.hash = "/search";
    }, 150);
  });
  document.getElementById("search-form").addEventListener("submit", (event) => { event.preventDefault(); if (!/^#\/recommendations/.test(location.hash)) location.hash = "/search"; });
  window.addEventListener("hashchange", route);
  route();
})();
