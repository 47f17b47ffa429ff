"""What the tests share: the sample papers, and what the command-line tool makes of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def extracted(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``policylens extract`` makes of the sample papers."""
    folder = tmp_path_factory.mktemp("extracted")
    command = Path(sys.executable).with_name("policylens")
    subprocess.run([command, "extract", corpus, "--output", folder, "--quiet"], check=True)
    return folder
