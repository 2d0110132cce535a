"""What a page states about itself, wherever it does so."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_STANDFIRST = 1_000
"""Characters of a standfirst; the longest of 133 outlets' has 870. A longer text is left out, in every format."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Statements in one vocabulary, verbatim but for their spacing; ``None`` where nothing is said.

    ``described`` are texts that stand for the article elsewhere: descriptions and second headlines.
    ``also_titled`` are titles beside ``title``, in tags of their own or as the name of what is described.
    ``site`` is the name that a site gives itself for readers, ``source`` who publishes it.
    ``published`` is called the date of publication; ``dated`` is a date of the document, whatever it means.
    """

    title: str | None = None
    published: str | None = None
    dated: str | None = None
    byline: str | None = None
    source: str | None = None
    site: str | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None
    agency: str | None = None
    hold_until: str | None = None
    expires: str | None = None
    described: tuple[str, ...] = ()
    also_titled: tuple[str, ...] = ()
