"""Documents to records."""

from __future__ import annotations

import json
import os
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import policylens
import pytest

TEXT = "Parliament should fund the registry by 2027."


def test_a_file_gives_the_bytes_that_extract_writes(corpus: Path, extracted: Path) -> None:
    written = sorted((extracted / "documents").glob("*.json"))
    assert len(written) > 10
    for file in written:
        expected = file.read_bytes()
        document = json.loads(expected)["document"]
        assert policylens.analyse_file_json(corpus / document["path"], id=document["id"], path=document["path"]) == expected
        assert policylens.analyse_file(corpus / document["path"], id=document["id"], path=document["path"]) == json.loads(expected)


def test_bytes_give_what_their_file_gives(corpus: Path) -> None:
    for file in sorted(corpus.glob("formats/*.*")):
        if file.suffix != ".json":
            of_file = policylens.analyse_file_json(file)
            name = json.loads(of_file)["document"]
            assert policylens.analyse_json(file.read_bytes(), id=name["id"], path=name["path"]) == of_file
            assert policylens.analyse_json(memoryview(file.read_bytes()), id=name["id"], path=name["path"]) == of_file


def test_a_file_has_the_id_that_a_run_over_it_gives(corpus: Path) -> None:
    document = policylens.analyse_file(corpus / "cables-oped.txt")["document"]
    assert (document["id"], document["path"]) == ("cables-oped", "cables-oped.txt")


def test_offsets_are_code_points() -> None:
    record = policylens.analyse(f"Café über alles 🙂. {TEXT}")
    item = record["recommendations"][0]
    assert record["text"][item["start"] : item["end"]] == TEXT


def test_the_path_tells_the_format_of_a_text() -> None:
    assert policylens.analyse(f"# Title\n\n{TEXT}", path="a.md")["document"]["media_type"] == "text/markdown"
    assert policylens.analyse(f"# Title\n\n{TEXT}")["document"]["media_type"] == "text/plain"


@pytest.mark.parametrize(
    ("document", "stage", "reason"),
    [("", "ingest", "empty"), (b"\x89PNG\r\n", "ingest", "PNG image"), (b"%PDF-1.7 nothing", "ingest", "damaged")],
)
def test_what_is_no_document_is_told(document: str | bytes, stage: str, reason: str) -> None:
    with pytest.raises(policylens.DocumentError) as caught:
        policylens.analyse(document, id="a", path="in/a.pdf")
    error = caught.value
    assert (error.path, error.id, error.stage) == ("in/a.pdf", "a", stage)
    assert reason in error.reason
    assert str(error) == f"in/a.pdf: {error.reason}"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(policylens.DocumentError, match="No such file") as caught:
        policylens.analyse_file(tmp_path / "nothing.txt")
    assert (caught.value.path, caught.value.stage) == ("nothing.txt", "read")
    with pytest.raises(policylens.DocumentError, match="it is a folder"):
        policylens.analyse_file(tmp_path)


def test_the_exception_goes_between_processes() -> None:
    error = pickle.loads(pickle.dumps(policylens.DocumentError("a.txt", "the file is empty", "ingest", "a")))
    assert (error.path, error.reason, error.stage, error.id) == ("a.txt", "the file is empty", "ingest", "a")


def test_limits_are_kept() -> None:
    with pytest.raises(policylens.DocumentError, match="too large"):
        policylens.analyse(TEXT, max_bytes=10)
    with pytest.raises(policylens.DocumentError, match="took longer") as caught:
        policylens.analyse(f"{TEXT}\n\n" * 20_000, timeout=0.001)
    assert caught.value.stage == "time"


def test_settings_count(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,type,aliases,country,id\nZorblax Initiative,company,,,\n", encoding="utf-8")
    record = policylens.analyse("The Zorblax Initiative met in May.", lexicon=names)
    assert ("Zorblax Initiative", "company") in [(actor["name"], actor["type"]) for actor in record["actors"]]
    assert record["generator"]["lexicon"]
    assert policylens.analyse(TEXT, min_confidence=1.0)["recommendations"] == []


def test_a_changed_lexicon_is_read_again(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    found = []
    for time_ns, name in [(10**18, "Zorblax Initiative"), (2 * 10**18, "Quibnix Initiative")]:
        names.write_text(f"name,type,aliases,country,id\n{name},organization,,,org:mine\n", encoding="utf-8")
        os.utime(names, ns=(time_ns, time_ns))
        found.append(policylens.analyse(TEXT, lexicon=names)["generator"]["lexicon"])
    assert found[0] != found[1]


def test_wrong_settings_are_told(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,type\nZorblax,spaceship\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"names\.csv:2:9: "):
        policylens.analyse(TEXT, lexicon=names)
    with pytest.raises(FileNotFoundError):
        policylens.analyse(TEXT, lexicon=tmp_path / "nothing.csv")
    with pytest.raises(ValueError, match="min_confidence"):
        policylens.analyse(TEXT, min_confidence=2)
    with pytest.raises(ValueError, match="timeout"):
        policylens.analyse(TEXT, timeout=-1)
    with pytest.raises(TypeError, match="unknown setting: minimum"):
        policylens.analyse(TEXT, minimum=1)  # type: ignore[call-arg]


def test_threads_give_the_same_records(corpus: Path) -> None:
    files = [*sorted(corpus.glob("*.txt")), *sorted(corpus.glob("*.md"))]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(policylens.analyse_file_json, files)) == [policylens.analyse_file_json(file) for file in files]


def test_other_threads_run_meanwhile(corpus: Path) -> None:
    text = (corpus / "aurelia-outage-inquiry.txt").read_text(encoding="utf-8") * 80
    policylens.analyse(TEXT)
    worker = threading.Thread(target=policylens.analyse_json, args=(text,))
    turns = 0
    worker.start()
    while worker.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 20


def test_the_schema_describes_the_record() -> None:
    assert set(policylens.schema()["required"]) <= policylens.analyse(TEXT).keys()
