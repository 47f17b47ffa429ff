"""The job on a cluster of two workers on this machine: its records are those of `policylens extract`, byte for byte."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Dict, List, Optional

import pytest

pytestmark = pytest.mark.spark
pyspark = pytest.importorskip("pyspark")
pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[2]
Rows = List[Dict[str, Optional[str]]]

COPIES = 40
PARTITIONS = 40
PATIENCE = 300
BROKEN = "000/broken.pdf"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the sample papers in all formats, under different names."""
    folder = tmp_path_factory.mktemp("papers")
    samples = [file for file in (ROOT / "corpus").rglob("*.*") if file.suffix in {".txt", ".md", ".html", ".pdf", ".docx"} and file.stem != "README"]
    for copy in range(COPIES):
        (folder / f"{copy:03}").mkdir()
        for sample in samples:
            shutil.copyfile(sample, folder / f"{copy:03}" / sample.name)
    (folder / BROKEN).write_bytes(b"%PDF-1.7\n")
    return folder


@pytest.fixture(scope="module")
def expected(papers: Path, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What the job is to write, from the records and errors that `policylens extract` writes."""
    output = tmp_path_factory.mktemp("output")
    subprocess.run([program, "extract", papers, "-o", output, "--documents-ndjson", "--quiet"], check=False)
    rows: Rows = []
    for record in (output / "documents.ndjson").read_text(encoding="utf-8").split("\n")[:-1]:
        document = json.loads(record)["document"]
        rows.append({"id": document["id"], "path": document["path"], "record": record, "error_stage": None, "error": None})
    with (output / "errors.csv").open(encoding="utf-8", newline="") as errors:
        for row in csv.DictReader(errors):
            rows.append({"id": row["document_id"], "path": row["path"], "record": None, "error_stage": row["stage"], "error": row["message"]})
    assert len(rows) > 10 * COPIES and rows[-1]["path"] == BROKEN
    return ordered(rows)


@pytest.fixture(scope="module")
def table(papers: Path, expected: Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table of documents: the text of those that are text in UTF-8, the content of the others."""
    rows = []
    for document in expected:
        path = str(document["path"])
        content = (papers / path).read_bytes()
        text = utf8(content) if path.endswith((".txt", ".md")) else None
        rows.append({"id": document["id"], "path": path, "text": text, "content": content if text is None else None})
    file = tmp_path_factory.mktemp("table") / "documents.parquet"
    columns = {"id": pyarrow.string(), "path": pyarrow.string(), "text": pyarrow.string(), "content": pyarrow.binary()}
    parquet.write_table(pyarrow.Table.from_pylist(rows, pyarrow.schema(columns)), file, row_group_size=100)
    return file


def utf8(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def ordered(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: str(row["id"]))


def command(program: Path, *arguments: str | Path) -> list[str]:
    """The cluster command of the documentation, with two workers on this machine."""
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    cluster = ["--master", "local-cluster[2,1,1024]", "--conf", "spark.executor.memory=512m", "--conf", "spark.ui.enabled=false"]
    return [str(submit), *cluster, "--files", str(program), str(ROOT / "spark" / "policylens_spark.py"), *map(str, arguments)]


def environment(folder: Path) -> dict[str, str]:
    """Spark keeps the workers' files in its home; ours is to leave nothing behind."""
    home = Path(pyspark.__file__).parent
    return {**os.environ, "SPARK_HOME": str(home), "SPARK_WORKER_DIR": str(folder / "work"), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}


def test_records_are_those_of_extract(program: Path, table: Path, expected: Rows, tmp_path: Path) -> None:
    output = tmp_path / "records.parquet"
    run = command(program, table, output, "--partitions", "4")
    done = subprocess.run(run, env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    assert ordered(parquet.read_table(output).to_pylist()) == expected


def test_records_are_the_same_after_a_worker_was_killed(program: Path, table: Path, expected: Rows, tmp_path: Path) -> None:
    output, log = tmp_path / "records.parquet", tmp_path / "log"
    with log.open("w") as errors:
        submit = command(program, table, output, "--partitions", str(PARTITIONS))
        run = subprocess.Popen(submit, env=environment(tmp_path), cwd=tmp_path, stdout=errors, stderr=errors)
        try:
            kill_half_way(run, output)
            assert run.wait(PATIENCE) == 0, log.read_text()[-4000:]
        finally:
            run.kill()
    assert "Lost executor" in log.read_text()
    assert ordered(parquet.read_table(output).to_pylist()) == expected


def kill_half_way(run: subprocess.Popen[bytes], output: Path) -> None:
    """Kills one of the two executors, with all below it, when a third of the tasks have ended."""
    deadline = time.monotonic() + PATIENCE
    while (ended := len(list(output.glob("_temporary/0/task_*")))) < PARTITIONS // 3:
        assert run.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    executors = [pid for pid in below(run.pid) if "CoarseGrainedExecutorBackend" in command_of(pid)]
    os.kill(executors[0], signal.SIGKILL)
    assert len(executors) == 2
    assert ended < PARTITIONS, "the job had ended before a worker could be killed"


def below(pid: int) -> Iterator[int]:
    """The processes that a process has started, and theirs."""
    for child in map(int, " ".join(map(contents, Path(f"/proc/{pid}/task").glob("*/children"))).split()):
        yield child
        yield from below(child)


def command_of(pid: int) -> str:
    return contents(Path(f"/proc/{pid}/cmdline"))


def contents(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""  # The process has ended.


def test_a_folder_of_files_is_a_table_too(program: Path, papers: Path, tmp_path: Path) -> None:
    output = tmp_path / "records.parquet"
    run = command(program, papers / "000", output, "--format", "binaryFile", "--arguments", "--min-confidence 0.9")
    done = subprocess.run(run, env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    rows = parquet.read_table(output).to_pylist()
    assert len(rows) == len(list((papers / "000").iterdir()))
    assert [row["path"].rsplit("/", 1)[1] for row in rows if row["error"]] == ["broken.pdf"]
    assert all('"min_confidence":0.9' in row["record"] for row in rows if row["record"])
