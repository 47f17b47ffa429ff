"""CSV with known column types to data frames. pandas and pyarrow are imported when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Literal

Engine = Literal["pandas", "pyarrow"]

_ENGINES: tuple[Engine, ...] = ("pandas", "pyarrow")
_PANDAS_TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_LONGEST_BLOCK = 2**31 - 1


def maker(engine: Engine | None) -> Callable[[bytes, dict[str, str]], Any]:
    """The function that makes a frame of a table.

    Raises:
        ImportError: If the engine is not installed.
        ValueError: If there is no engine of that name.
    """
    if engine is not None and engine not in _ENGINES:
        raise ValueError(f"engine is one of {', '.join(_ENGINES)}, not {engine!r}")
    candidates = _ENGINES if engine is None else (engine,)
    chosen = next((one for one in candidates if _is_installed(one)), None)
    if chosen is None:
        wanted = " or ".join(candidates)
        raise ImportError(f"tables() needs {wanted}: pip install 'policylens[{candidates[0]}]'")
    return _pandas if chosen == "pandas" else _pyarrow


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:
        return False


def _pandas(csv: bytes, columns: dict[str, str]) -> Any:
    import pandas  # type: ignore[import-untyped,unused-ignore]

    types: Any = {name: _PANDAS_TYPES[kind] for name, kind in columns.items()}
    # Only an empty cell is absent: "NA" and "None" are text.
    return pandas.read_csv(BytesIO(csv), dtype=types, keep_default_na=False, na_values=[""])


def _pyarrow(csv: bytes, columns: dict[str, str]) -> Any:
    import pyarrow  # type: ignore[import-untyped,unused-ignore]
    from pyarrow import csv as reader

    types = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    return reader.read_csv(
        BytesIO(csv),
        # A row has to fit into a block.
        read_options=reader.ReadOptions(block_size=min(max(len(csv), 1 << 20), _LONGEST_BLOCK)),
        parse_options=reader.ParseOptions(newlines_in_values=True),
        convert_options=reader.ConvertOptions(
            column_types={name: types[kind] for name, kind in columns.items()},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
