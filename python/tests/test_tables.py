"""Documents to tables."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Literal

import policylens
import pytest

FORMULA = "=+-@\t\r\n＝＋－＠"


def cells(extracted: Path, table: str) -> list[list[str | None]]:
    """A table as ``extract`` writes it, without what makes cells harmless in a spreadsheet; an empty cell is absent."""
    with (extracted / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [[(cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell) or None for cell in row] for row in rows]


def as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def expected_text(cell: str | None, is_number: bool) -> str | None:
    return f"{float(cell):g}" if cell is not None and is_number else cell


@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_tables_hold_what_extract_writes(engine: Literal["pandas", "pyarrow"], corpus: Path, extracted: Path) -> None:
    pytest.importorskip(engine)
    tables = policylens.tables(corpus, engine=engine)
    assert sorted(f"{name}.csv" for name in tables) == sorted(file.name for file in extracted.glob("*.csv"))
    for name, table in tables.items():
        header, *rows = cells(extracted, name)
        columns = [str(column) for column in (table.columns if engine == "pandas" else table.column_names)]
        assert columns == header
        for at, column in enumerate(columns):
            if engine == "pandas":
                values = [None if missing else value for value, missing in zip(table[column].tolist(), table[column].isna().tolist())]
                is_number = str(table[column].dtype) == "Float64"
            else:
                values = table[column].to_pylist()
                is_number = str(table[column].type) == "double"
            assert [as_text(value) for value in values] == [expected_text(row[at], is_number) for row in rows], f"{name}.{column}"


def test_a_formula_is_left_as_it_is(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    (tmp_path / "a.md").write_text("# =SUM(1;2)\n\nParliament should act.\n", encoding="utf-8")
    assert policylens.tables(tmp_path)["documents"]["title"].tolist() == ["=SUM(1;2)"]


def test_what_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "NA.txt").write_text("Parliament should act.", encoding="utf-8")
    tables = policylens.tables([tmp_path, tmp_path / "nothing.pdf"])
    assert tables["errors"]["path"].tolist() == ["empty.txt", "nothing.pdf"]
    assert tables["documents"]["document_id"].tolist() == ["NA"]


def test_no_paths_give_empty_tables() -> None:
    pytest.importorskip("pandas")
    assert {len(table) for table in policylens.tables([]).values()} == {0}


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch, corpus: Path) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pandas or pyarrow: pip install 'policylens\[pandas\]'"):
        policylens.tables(corpus)
    with pytest.raises(ImportError, match=r"pyarrow: pip install 'policylens\[pyarrow\]'"):
        policylens.tables(corpus, engine="pyarrow")
    with pytest.raises(ValueError, match="polars"):
        policylens.tables(corpus, engine="polars")  # type: ignore[arg-type]
