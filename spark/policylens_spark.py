"""A Spark job: policylens over a table of documents.

    spark-submit --files policylens spark/policylens_spark.py documents.parquet records.parquet

Each task starts `policylens extract --ndjson` once and pipes its partition through it; partitioning, retries and the output are Spark's.

Input: a table with the columns `id` and `text` or `content` (the bytes of a file) or both, and `path` if the documents have one (its extension helps to tell
the format of a text); or, with `--format binaryFile`, a folder of files, whose `path` is their id.

Output: a Parquet table with the columns `id`, `path`, `record` (JSON, the line that `policylens extract --documents-ndjson` writes), and, for a document that
could not be read, `error_stage` and `error` instead of the record.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import selectors
import shlex
import subprocess
import tempfile
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow
from pyspark import SparkFiles
from pyspark.sql import SparkSession

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from pyspark.sql import DataFrame

COLUMNS = ["id", "path", "record", "error_stage", "error"]
SCHEMA = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS])
BATCH_ROWS = 16
"""Documents that Spark hands over at once. Its default of 10,000 may be gigabytes of PDF."""
BATCH_BYTES = 8 << 20
"""Records are handed back when they are so many or so large."""
CHUNK = 1 << 16
"""Bytes moved at once: what a pipe of Linux holds."""


class ToolError(RuntimeError):
    """The tool ended before it had answered every line; Spark tries the task again, elsewhere if the machine is the cause."""


class Answer(NamedTuple):
    """A row of the output."""

    id: str | None
    path: str | None
    record: str | None
    error_stage: str | None
    error: str | None


def analyser(program: str, arguments: list[str]) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """The function for `DataFrame.mapInArrow` that analyses one partition with a process of its own."""

    def analyse(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        command = [located(program), "extract", "--ndjson", "--threads", "1", *arguments]
        return batched(answers(command, (row for batch in batches for row in batch.to_pylist())))

    return analyse


def located(program: str) -> str:
    """The program as it was sent along with `--files`, else as the worker's PATH has it."""
    sent = SparkFiles.get(os.path.basename(program))
    return sent if os.path.isfile(sent) else program


def answers(command: list[str], rows: Iterable[dict[str, Any]]) -> Iterator[Answer]:
    """An answer to every row, in order."""
    waiting: deque[tuple[str | None, str | None]] = deque()

    def requests() -> Iterator[bytes]:
        for row in rows:
            waiting.append((row.get("id"), row.get("path")))
            yield request(row)

    for line in piped(command, requests()):
        yield answer(*waiting.popleft(), line)
    if waiting:
        raise ToolError(f"{shlex.join(command)}: {len(waiting)} documents were not answered")


def request(row: dict[str, Any]) -> bytes:
    """The line that asks for the record of a row."""
    fields = {name: row[name] for name in ("id", "text", "path") if row.get(name) is not None}
    if "text" not in fields:
        # A path alone would be opened by the tool, on whatever machine this is.
        fields["base64"] = base64.b64encode(row.get("content") or b"").decode("ascii")
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def answer(id: str | None, path: str | None, line: bytes) -> Answer:
    """The row of a line that the tool wrote."""
    if line.startswith(b'{"schema":'):
        return Answer(id, path, line.decode(), None, None)
    error = json.loads(line)["error"]
    return Answer(id, path, None, error["stage"], error["message"])


def piped(command: list[str], requests: Iterator[bytes]) -> Iterator[bytes]:
    """The lines that the command writes for the lines given to it.

    One thread does both, so that no more is read from `requests` than the command takes, and no more from the command than is asked for here.
    """
    with tempfile.TemporaryFile() as complaints, subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, bufsize=0
    ) as process:
        try:
            all_sent = yield from exchanged(process, requests)
            status = process.wait()
            if status not in (0, 1) or not all_sent:
                complaints.seek(0)
                why = complaints.read()[-2000:].decode(errors="replace").strip()
                raise ToolError(f"{shlex.join(command)} ended with status {status}: {why}")
        finally:
            process.kill()


def exchanged(process: subprocess.Popen[bytes], requests: Iterator[bytes]) -> Generator[bytes, None, bool]:
    """Writes the requests to the process and gives the lines it writes, until it closes its output. Returns whether all requests were written."""
    assert process.stdin and process.stdout
    os.set_blocking(process.stdin.fileno(), False)
    begun: list[bytes] = []
    unsent: memoryview | None = memoryview(b"")
    all_sent = False
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stdin, selectors.EVENT_WRITE)
        while True:
            if not unsent and not process.stdin.closed:
                unsent = memoryview(next(requests, b""))
                if not unsent:
                    all_sent = True
                    selector.unregister(process.stdin)
                    process.stdin.close()
            ready = {key.fileobj for key, _ in selector.select()}
            if process.stdin in ready and unsent:
                unsent = sent(process.stdin.fileno(), unsent)
                if unsent is None:
                    # The process has gone; what it wrote before is still to be read.
                    selector.unregister(process.stdin)
                    process.stdin.close()
            if process.stdout in ready:
                chunk = os.read(process.stdout.fileno(), CHUNK)
                if not chunk:
                    return all_sent
                *whole, last = chunk.split(b"\n")
                for part in whole:
                    yield b"".join([*begun, part])
                    begun.clear()
                begun.append(last)


def sent(file: int, unsent: memoryview) -> memoryview | None:
    """What is left after as much as possible was written; None if nobody reads any more."""
    try:
        return unsent[os.write(file, unsent[:CHUNK]) :]
    except BlockingIOError:
        return unsent
    except BrokenPipeError:
        return None


def batched(rows: Iterable[Answer]) -> Iterator[pyarrow.RecordBatch]:
    """The rows in record batches of bounded size."""
    batch: list[Answer] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.record or "")
        if len(batch) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield as_batch(batch)
            batch, size = [], 0
    if batch:
        yield as_batch(batch)


def as_batch(rows: list[Answer]) -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_arrays([pyarrow.array(column, pyarrow.string()) for column in zip(*rows)], schema=SCHEMA)


def documents(spark: SparkSession, source: str, format: str) -> DataFrame:
    """The table of documents with the columns that are used."""
    table = spark.read.format(format).load(source)
    if format == "binaryFile":
        return table.selectExpr("path AS id", "path", "content")
    used = [name for name in ("id", "path", "text", "content") if name in table.columns]
    if "id" not in used or not {"text", "content"} & set(used):
        raise SystemExit(f"{source} has the columns {', '.join(table.columns)}; needed are id, and text or content")
    return table.select(*used)


def main() -> None:
    """Runs the job of the command line."""
    parser = argparse.ArgumentParser(description="Runs policylens over a table of documents.")
    parser.add_argument("source", help="the table of documents, or with --format binaryFile the folder of files")
    parser.add_argument("output", help="the Parquet table to write")
    parser.add_argument("--format", default="parquet", help="of the source, as Spark names it [default: parquet]")
    parser.add_argument("--partitions", type=int, help="spread the documents evenly over so many tasks [default: as Spark splits the source]")
    parser.add_argument("--program", default="policylens", help="the tool, on the PATH of the workers or sent along with --files [default: policylens]")
    parser.add_argument("--arguments", default="", help="more arguments of policylens extract, such as '--timeout 60 --min-confidence 0.7'")
    parser.add_argument("--overwrite", action="store_true", help="replace an output that is there")
    options = parser.parse_args()

    spark = SparkSession.builder.appName("policylens").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH_ROWS))
    table = documents(spark, options.source, options.format)
    if options.partitions:
        table = table.repartition(options.partitions)
    analyse = analyser(options.program, shlex.split(options.arguments))
    records = table.mapInArrow(analyse, ", ".join(f"{name} string" for name in COLUMNS))
    records.write.mode("overwrite" if options.overwrite else "errorifexists").parquet(options.output)
    spark.stop()


if __name__ == "__main__":
    main()
