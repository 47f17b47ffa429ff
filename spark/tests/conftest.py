"""The tests of the Spark job are run on demand: `spark/check PROGRAM`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "spark"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "spark: starts a Spark cluster; run where POLICYLENS names the program")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "POLICYLENS" not in os.environ:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="POLICYLENS does not name the program to test"))


@pytest.fixture(scope="session")
def program() -> Path:
    return Path(os.environ["POLICYLENS"]).resolve()
