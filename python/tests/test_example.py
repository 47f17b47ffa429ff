"""The example notebook runs as a script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_the_example_runs(corpus: Path) -> None:
    pytest.importorskip("pandas")
    script = Path(__file__).parents[1] / "examples" / "corpus.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "mobile-licences-bluebook: " in done.stdout, "what Congress is asked to do"
