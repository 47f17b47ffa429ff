"""The command-line tool that comes with the package."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import policylens
import pytest

COMMAND = Path(sys.executable).with_name("policylens")


def run(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], input=text, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_tells_its_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"policylens {policylens.__version__}\n")
    as_module = subprocess.run([sys.executable, "-m", "policylens", "--version"], capture_output=True, text=True, check=True)
    assert as_module.stdout == done.stdout


def test_it_tells_wrong_use(tmp_path: Path) -> None:
    assert run("extrct").returncode == 2
    missing = run("extract", tmp_path / "nothing.txt")
    assert missing.returncode == 2
    assert "nothing.txt" in missing.stderr


def test_the_pipe_answers_every_line(corpus: Path) -> None:
    text = (corpus / "cables-oped.txt").read_text(encoding="utf-8")
    lines = [{"id": "a", "text": text}, {"id": "b"}, {"id": "c", "path": str(corpus / "cables-oped.txt")}]
    done = run("extract", "--ndjson", text="".join(json.dumps(line) + "\n" for line in lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert answers[0] == policylens.analyse(text, id="a")
    assert answers[1]["error"]["stage"] == "read"
    assert answers[2]["text"] == answers[0]["text"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_ends_it() -> None:
    pipe = subprocess.Popen([COMMAND, "extract", "--ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert pipe.stdin and pipe.stdout
    pipe.stdin.write(b'{"id": "a", "text": "Parliament should act."}\n')
    pipe.stdin.flush()
    assert json.loads(pipe.stdout.readline())["document"]["id"] == "a"
    pipe.send_signal(signal.SIGINT)
    started = time.monotonic()
    assert pipe.wait(10) == -signal.SIGINT
    assert time.monotonic() - started < 5
