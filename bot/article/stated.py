"""What a page states about itself, wherever it does so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stated:
    """Statements in one vocabulary, verbatim but for their spacing; ``None`` where nothing is said."""

    title: str | None = None
    published: str | None = None
    byline: str | None = None
    source: str | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None
