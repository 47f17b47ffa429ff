"""The exception for documents that cannot be analysed."""

from __future__ import annotations


class DocumentError(Exception):
    """A document could not be analysed.

    Attributes:
        path: The document's path as it would stand in the record.
        reason: Why, in words.
        stage: Where it went wrong: ``"read"``, ``"ingest"``, ``"analyse"`` or ``"time"``.
        id: The id that its record would have.
    """

    def __init__(self, path: str, reason: str, stage: str, id: str) -> None:
        super().__init__(path, reason, stage, id)
        self.path = path
        self.reason = reason
        self.stage = stage
        self.id = id

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
