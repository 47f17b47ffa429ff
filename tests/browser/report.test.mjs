// Opens the report of corpus/ in headless Chromium as a reader would, and a report of a hostile record as an attacker would hope.
// Wants: POLICYLENS (the program), CHROMIUM (default /usr/bin/chromium). Keeps screenshots in $SHOTS (default: a folder for temporary files); those named
// report.png and themes.png are the pictures in docs/.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "../..");
const program = process.env.POLICYLENS ?? join(root, "target/release/policylens");
const work = mkdtempSync(join(tmpdir(), "policylens-report-"));
const shots = process.env.SHOTS ?? join(work, "shots");
const run = (...words) => execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

let browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  run("extract", join(root, "corpus"), "-o", join(work, "output"));
  run("report", join(work, "output"), "--exclude", "formats/*", "-o", join(work, "report.html"));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser?.close());

// A page that collects whatever should not happen.
const open = async (file, hash = "", options = {}) => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  page.troubles = [];
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("dialog", (dialog) => { page.troubles.push("dialog: " + dialog.message()); return dialog.dismiss(); });
  page.on("request", (request) => /^(file|data|about):/.test(request.url()) || page.troubles.push("request: " + request.url()));
  await page.goto(pathToFileURL(join(work, file)).href + hash);
  return page;
};
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// What a checker of accessibility finds on the page as it is shown.
const barriers = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }));
  return violations.map((one) => one.id + ": " + one.nodes.slice(0, 3).map((node) => node.html + " " + node.failureSummary).join(" | "));
};
const shot = (page, name) => page.screenshot({ path: join(shots, name + ".png") });

test("a reader finds a recommendation and its place in the paper", async () => {
  const page = await open("report.html");
  const papers = await page.locator("tbody tr").count();
  assert.ok(papers >= 10, `${papers} papers are listed`);
  await shot(page, "papers");

  await page.click("nav >> text=Recommendations");
  const all = await page.locator("article.item").count();
  assert.ok(all > 20, `${all} recommendations are listed`);
  await shot(page, "recommendations");

  const facet = page.locator('input[data-facet="addressee"]').nth(1);
  const name = await facet.getAttribute("data-value");
  await facet.check();
  const some = await page.locator("article.item").count();
  assert.ok(some > 0 && some < all, `the facet ${name} leaves ${some} of ${all}`);
  for (const text of await page.locator("article.item .meta").allTextContents()) assert.ok(text.includes(name), `${text} is addressed to ${name}`);

  const word = (await page.locator("article.item p").first().textContent()).match(/[a-z]{7,}/)[0];
  await page.fill("#search", word);
  await page.waitForTimeout(400);
  const found = await page.locator("article.item p").allTextContents();
  assert.ok(found.length > 0 && found.every((text) => text.toLowerCase().includes(word)), `search for ${word}`);

  await page.locator("article.item a").first().click();
  await page.waitForSelector("#text .chosen");
  assert.match(page.url(), /#\/paper\/.+\/r-/);
  assert.ok(await page.locator("#detail dt").count() > 3, "the frame of the recommendation is shown");
  const address = page.url();
  assert.deepEqual(page.troubles, []);
  await page.close();

  const again = await open("report.html", new URL(address).hash);
  await again.waitForSelector("#text .chosen");
  assert.deepEqual(again.troubles, []);
  await again.close();
});

test("a paper shows its items in place", async () => {
  const page = await open("report.html", "#/paper/cables-pacific-v2");
  await page.waitForSelector("#text");
  await page.locator("#text .recommendation[tabindex]").nth(5).click();
  await page.waitForSelector("#text .chosen");
  await shot(page, "report");
  await page.locator("#text .anchor").first().click();
  assert.match(await page.locator("#detail").textContent(), /Note 1/);
  await page.click("#detail >> text=Go to the note");
  await page.waitForFunction(() => document.querySelector("#text .chosen")?.textContent.length > 20);
  assert.deepEqual(page.troubles, []);
  await page.close();
});

test("the comparison is there as pictures whose numbers are text", async () => {
  const page = await open("report.html", "#/actors");
  assert.ok(await page.locator("svg text").count() > 50, "the heat map has its numbers as text");
  await shot(page, "actors");
  await page.locator("svg a rect").first().click();
  await page.waitForSelector("#text .chosen");
  await page.click("nav >> text=Themes");
  await page.waitForSelector("main section h3");
  const themes = await page.locator("main section h3").allTextContents();
  const shared = themes.filter((theme) => Number(theme.match(/(\d+) papers/)[1]) >= 3);
  assert.ok(shared.length >= 3, `three themes and more are shared by several papers: ${themes}`);
  assert.ok(shared.some((theme) => theme.includes("opposed")), "one of them is opposed by a paper");
  await page.locator("main section h3 a").nth(1).click();
  await page.waitForSelector("section.chosen");
  const address = page.url();
  await page.click("nav >> text=Similarity");
  await page.waitForSelector("h2:has-text('How near the papers are')");
  assert.ok(await page.locator("tbody tr").count() > 10);
  await shot(page, "similarity");
  await page.click("nav >> text=Deadlines");
  await page.waitForSelector("h2:has-text('with a deadline')");
  assert.ok(await page.locator("article.item").count() > 3);
  await shot(page, "deadlines");
  await page.click("nav >> text=Silences");
  await page.waitForSelector("h2:has-text('with a deadline')", { state: "detached" });
  await page.waitForSelector("table");
  assert.deepEqual(page.troubles, []);
  await page.close();
  const again = await open("report.html", new URL(address).hash);
  await again.waitForSelector("section.chosen");
  await again.close();
  const plain = await open("report.html", "#/themes");
  await shot(plain, "themes");
  await plain.close();
});

test("full-text search finds papers, actors and recommendations", async () => {
  const page = await open("report.html", "#/papers");
  await page.fill("#search", "hydrographic");
  await page.waitForSelector("h2:has-text('Results')");
  await page.waitForSelector("main li mark");
  assert.ok(await page.locator("main li").count() >= 3, "papers whose text has the word");
  await page.locator("main p a").first().click();
  assert.match(page.url(), /#\/actor\//);
  assert.ok(await page.locator("article.item").count() > 0, "what is asked of the actor");
  assert.deepEqual(page.troubles, []);
  await page.close();
});

test("light, dark, narrow and on paper, nothing bars a reader", async () => {
  const views = ["papers", "recommendations", "themes", "actors", "similarity", "silences", "deadlines", "paper/cables-oped"];
  for (const [name, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["narrow", { viewport: { width: 390, height: 844 } }]]) {
    const page = await open("report.html", "#/papers", options);
    for (const view of views) {
      await page.evaluate((hash) => { location.hash = hash; }, "#/" + view);
      await page.waitForFunction((key) => document.querySelector(key), view.startsWith("paper/") ? "#text" : "main h2");
      assert.deepEqual(await barriers(page), [], `${name}: ${view}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 1, `${name}: ${view} is ${overflow} pixels too wide`);
      if (name !== "light" && /recommendations|themes|actors|oped/.test(view)) await shot(page, name + "-" + view.replace("/", "-"));
    }
    assert.deepEqual(page.troubles, []);
    await page.close();
  }
  const page = await open("report.html", "#/themes");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav").isVisible(), false, "no navigation on paper");
  await page.setViewportSize({ width: 794, height: 1123 });
  await shot(page, "print");
  assert.ok((await page.pdf({ format: "A4" })).length > 10000);
  await page.close();
});

test("a report of 500 papers is split, quick, and searched as a whole", async () => {
  const folder = join(work, "many/documents");
  mkdirSync(folder, { recursive: true });
  const source = readFileSync(join(work, "output/documents/cables-baltic.json"), "utf8");
  for (let at = 0; at < 500; at++) {
    const record = JSON.parse(source);
    record.document.id = "paper-" + at;
    record.document.title = "Paper number " + at;
    if (at === 433) record.text = record.text.slice(0, -12) + " zanzibarite";
    writeFileSync(join(folder, at + ".json"), JSON.stringify(record));
  }
  run("report", folder, "-o", join(work, "many.html"));
  assert.ok(readdirSync(join(work, "many_files")).length === 500, "the records are beside the page");
  const page = await open("many.html", "#/papers");
  const start = Date.now();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 500);
  await page.evaluate(() => { location.hash = "#/recommendations"; });
  await page.waitForSelector("article.item");
  const seconds = (Date.now() - start) / 1000;
  assert.ok(seconds < 5, `the list took ${seconds} seconds`);
  await page.evaluate(() => { location.hash = "#/paper/paper-7"; });
  await page.waitForSelector("#text");
  await page.evaluate(() => { location.hash = "#/papers"; });
  await page.fill("#search", "zanzibarite");
  await page.waitForFunction(() => document.querySelector("main h3")?.textContent === "1 paper", null, { timeout: 60000 });
  assert.equal(await page.locator("main li a").textContent(), "Paper number 433");
  assert.deepEqual(page.troubles, []);
  await page.close();
});

test("it can be used from the keyboard", async () => {
  const page = await open("report.html", "#/recommendations");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.locator('input[data-facet="strength"]').first().focus();
  const before = await page.locator("article.item").count();
  await page.keyboard.press("Space");
  assert.ok(await page.locator("article.item").count() < before, "space chooses a facet");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.facet), "strength", "the focus stays");
  await page.close();
});

test("a hostile record stays text", async () => {
  const evil = "</script><script>alert(1)</script>\"><img src=x onerror=alert(2)> =HYPERLINK(\"http://evil.example\") \u202Egnp.exe";
  const source = JSON.parse(readFileSync(join(work, "output/documents", run("show", "--help") && firstRecord()), "utf8"));
  const poison = (value) => {
    if (Array.isArray(value)) return value.map(poison);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, FREE.has(key) && typeof one === "string" ? (key === "url" ? "javascript:alert(3)" : evil) : poison(one)]));
    return value;
  };
  const FREE = new Set(["title", "subtitle", "publisher", "text", "name", "label", "url", "number", "deadline", "purpose", "condition", "literal", "family", "given", "container_title", "path"]);
  const record = poison(source);
  record.document.authors = [evil];
  mkdirSync(join(work, "hostile/documents"), { recursive: true });
  writeFileSync(join(work, "hostile/documents/evil.json"), JSON.stringify(record));
  run("report", join(work, "hostile"), "-o", join(work, "hostile.html"));
  const page = await open("hostile.html", "#/paper/" + encodeURIComponent(record.document.id));
  await page.waitForSelector("#text");
  for (const view of ["papers", "recommendations", "themes", "actors", "similarity", "silences", "deadlines"]) await page.evaluate((hash) => { location.hash = hash; }, "/" + view);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  assert.ok(!(await page.content()).includes("\u202E"), "no right-to-left override reaches the page");
  assert.deepEqual(page.troubles, []);
  await page.close();
});

function firstRecord() {
  return JSON.parse(readFileSync(join(work, "output/datapackage.json"), "utf8")) && readFileSync(join(work, "output/documents.csv"), "utf8").split("\n")[1].split(",")[0] + ".json";
}
