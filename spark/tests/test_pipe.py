"""The exchange with the tool, without Spark."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

job = pytest.importorskip("policylens_spark")

ECHO = [sys.executable, "-c", "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line)"]


def test_long_lines_go_both_ways() -> None:
    lines = [b"x" * size + b"\n" for size in (0, 1, job.CHUNK - 1, job.CHUNK, job.CHUNK + 1, 5_000_000, 3)]
    assert list(job.piped(ECHO, iter(lines))) == [line[:-1] for line in lines]


def test_no_more_is_taken_than_is_asked_for() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 9_999 + b"\n"

    stream = job.piped([*ECHO[:2], ECHO[2].replace("(line)", "(line); sys.stdout.flush()")], endless())
    next(stream)
    assert taken < 100
    stream.close()


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("import sys; sys.exit('no such option')", "no such option"),
        ("import os; os.kill(os.getpid(), 9)", "status -9"),
        ("input()", "status 0"),
    ],
)
def test_a_tool_that_ends_early_is_told(script: str, why: str) -> None:
    rows = [{"id": str(number), "text": "x" * 100_000} for number in range(100)]
    with pytest.raises(job.ToolError, match=why):
        list(job.answers([sys.executable, "-c", script], rows))


def test_the_process_is_gone_when_the_reader_stops() -> None:
    stream = job.piped([sys.executable, "-c", "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)"], iter([b"x\n"]))
    pid = int(next(stream))
    stream.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.spark
def test_the_tool_answers_every_row(program: Path) -> None:
    rows = [
        {"id": "a", "text": "Parliament should act.", "path": None},
        {"id": "b", "content": "# Café\n\nParliament should act.".encode(), "path": "b.md"},
        {"id": "c", "content": b"\x89PNG\r\n", "path": None},
        {"id": None, "text": "x"},
        {"id": "e", "text": None, "content": None},
    ]
    answers = list(job.answers([str(program), "extract", "--ndjson"], rows))
    assert [answer.id for answer in answers] == ["a", "b", "c", None, "e"]
    assert [answer.error_stage for answer in answers] == [None, None, "ingest", "read", "ingest"]
    assert json.loads(answers[1].record)["document"]["media_type"] == "text/markdown"
