"""Documents to records and tables."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypedDict, Union

from . import _frames, _native

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Unpack

    from ._frames import Engine

Document = Union[str, bytes, bytearray, memoryview]
Path = Union[str, "os.PathLike[str]"]


class Settings(TypedDict, total=False):
    """What every function takes by name besides the document. The defaults are those of ``policylens extract``."""

    min_confidence: float
    """Items whose confidence is below it are left out; 0."""
    lexicon: Path | None
    """A CSV or TSV file with names of your own (``policylens lexicon check`` says what is wrong in it); none."""
    timeout: float
    """Seconds that one document may take, 0 for no limit; 300."""
    max_bytes: int
    """Larger documents are refused; 256 MiB."""
    max_expanded: int
    """Packed files (DOCX, ODT, EPUB) whose parts expand to more are refused; 128 MiB."""
    max_entries: int
    """Packed files with more entries are refused; 20,000."""
    max_nesting: int
    """Pages and packed files whose elements are nested deeper are refused; 1,000."""
    max_nodes: int
    """Pages with more elements and pieces of text are refused; 2,000,000."""


_DEFAULTS: dict[str, Any] = {
    "min_confidence": 0.0,
    "lexicon": None,
    "timeout": 300.0,
    "max_bytes": 256 << 20,
    "max_expanded": 128 << 20,
    "max_entries": 20_000,
    "max_nesting": 1_000,
    "max_nodes": 2_000_000,
}


def analyse(document: Document, *, id: str = "document", path: str | None = None, **settings: Unpack[Settings]) -> dict[str, Any]:
    """Analyses a document and gives its record.

    Args:
        document: Its text, or the bytes of its file (plain text, Markdown, HTML, PDF, DOCX, ODT, EPUB).
        id: The id that its record shall have.
        path: A path or address to show in the record; its extension helps to tell the format of a text. ``ID.txt`` if not given.
        **settings: See :class:`Settings`.

    Returns:
        The record, as ``policylens schema`` describes it. Offsets are code points: ``record["text"][start:end]``.

    Raises:
        DocumentError: If it is no document that can be read, or takes too long.
        ValueError: If a setting is out of range or the lexicon is malformed.
    """
    return _parsed(analyse_json(document, id=id, path=path, **settings))


def analyse_json(document: Document, *, id: str = "document", path: str | None = None, **settings: Unpack[Settings]) -> bytes:
    """As :func:`analyse`, but gives the JSON that ``policylens extract`` writes to ``documents/ID.json``, byte for byte."""
    data = document.encode() if isinstance(document, str) else bytes(document)
    return _analyser(settings).document(id, f"{id}.txt" if path is None else path, data)


def analyse_file(file: Path, *, id: str | None = None, path: str | None = None, **settings: Unpack[Settings]) -> dict[str, Any]:
    """Analyses a file and gives its record. ``id`` and ``path`` are made from the file's name if they are not given; see :func:`analyse`."""
    return _parsed(analyse_file_json(file, id=id, path=path, **settings))


def analyse_file_json(file: Path, *, id: str | None = None, path: str | None = None, **settings: Unpack[Settings]) -> bytes:
    """As :func:`analyse_file`, but gives the JSON that ``policylens extract`` writes to ``documents/ID.json``, byte for byte."""
    return _analyser(settings).file(os.fspath(file), id, path)


def tables(paths: Path | Iterable[Path], *, threads: int | None = None, engine: Engine | None = None, **settings: Unpack[Settings]) -> dict[str, Any]:
    """Analyses files and gives the tables that ``policylens extract`` writes, by name: documents, sections, recommendations and so on.

    Args:
        paths: Files, folders (read with all below them) and glob patterns.
        threads: Documents read at the same time; one per core if not given.
        engine: ``"pandas"`` for data frames, ``"pyarrow"`` for Arrow tables; whichever is installed if not given, pandas before pyarrow.
        **settings: See :class:`Settings`.

    Returns:
        The tables. Columns have their types, absent values are null, cells of several values are joined by ``"; "``. Other than in the CSV files,
        cells that a spreadsheet would run as a formula are left as they are. Documents that could not be read are rows of ``errors``.

    Raises:
        ImportError: If neither pandas nor pyarrow is installed.
    """
    frame = _frames.maker(engine)
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    parts = _analyser(settings).tables([os.fspath(path) for path in listed], threads or os.cpu_count() or 1)
    columns = dict(_native.columns())
    return {name: frame(csv, dict(columns[name])) for name, csv in parts}


def schema() -> dict[str, Any]:
    """The JSON Schema of the record."""
    return _parsed(_native.schema())


def _parsed(text: bytes | str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def _analyser(settings: Settings) -> _native.Analyser:
    unknown = sorted(settings.keys() - _DEFAULTS.keys())
    if unknown:
        raise TypeError(f"unknown setting: {', '.join(unknown)}; known are {', '.join(_DEFAULTS)}")
    merged = {**_DEFAULTS, **settings}
    lexicon = merged.pop("lexicon")
    if lexicon is None:
        return _made(tuple(merged.items()), None, 0)
    lexicon = os.path.abspath(lexicon)
    return _made(tuple(merged.items()), lexicon, os.stat(lexicon).st_mtime_ns)


@lru_cache(maxsize=8)
def _made(settings: tuple[tuple[str, Any], ...], lexicon: str | None, _modified: int) -> _native.Analyser:
    """The names take a while to load, so an analyser is kept for the settings last used, as long as the file of names is unchanged."""
    return _native.Analyser(lexicon=lexicon, **dict(settings))
