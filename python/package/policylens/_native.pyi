"""The extension module; ``policylens`` is what to use."""

from typing import final

@final
class Analyser:
    """Lexicon, rules and limits, made once and used for any number of documents, from any number of threads."""

    def __new__(
        cls,
        *,
        min_confidence: float,
        lexicon: str | None,
        timeout: float,
        max_bytes: int,
        max_expanded: int,
        max_entries: int,
        max_nesting: int,
        max_nodes: int,
    ) -> Analyser: ...
    def document(self, id: str, path: str, bytes: bytes, /) -> bytes:
        """The record of a document, as the bytes that ``policylens extract`` writes to ``documents/ID.json``."""

    def file(self, file: str, id: str | None, path: str | None, /) -> bytes:
        """The same for a file; ``id`` and ``path`` stand in the record instead of what the file's name gives."""

    def tables(self, paths: list[str], threads: int, /) -> list[tuple[str, bytes]]:
        """The tables of all documents that the paths name: (name, CSV)."""

def columns() -> list[tuple[str, list[tuple[str, str]]]]:
    """For each table its name and the names and types of its columns."""

def run(arguments: list[str], /) -> int:
    """Runs a command line, program name first, and gives its exit status."""

def schema() -> str:
    """The JSON Schema of the record."""
