"""What a search found, as a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.archive.frame import Reader, page, quiet, turns
from bot.archive.html import Child, Node, element
from bot.archive.pages import heading, told_by
from bot.domain.model import Findings, Hit, Snippet
from bot.views.captions import LONG_LINE, clipped, marked
from bot.wording import phrases
from bot.wording.language import say


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what a search for ``text`` found, from the hit of number ``first`` on.

    ``read`` is the text with filters for what it says in words.
    ``understood`` is what was made of a query that could not be taken as typed, ``beside`` the paths to the pages before and after.
    """

    text: str
    read: str
    findings: Findings
    first: int = 1
    understood: str = ""
    beside: tuple[str, str] = ("", "")


def search_page(reader: Reader, results: Results) -> str:
    """The hits, each with the passage that answers."""
    text, findings, understood = results.text, results.findings, results.understood
    title = phrases.search_title(clipped(results.read, LONG_LINE))
    return page(
        reader,
        title,
        element("h1", title),
        _told(text, findings, results.first),
        element("p", clipped(understood, LONG_LINE)) if understood else None,
        element("p", say(phrases.TYPO)) if findings.tolerant else None,
        element("ol", [_hit(reader, hit) for hit in findings.hits], start=str(results.first), class_="hits")
        if findings.hits
        else None,
        turns(*results.beside),
        feed=reader.to("feeds", "search", q=text),
        query=text,
    )


def _told(text: str, findings: Findings, first: int) -> tuple[Node | None, ...]:
    if findings.hits:
        return (quiet(phrases.found(len(findings.hits), findings.total, first)),)
    tip = phrases.all_excluded(findings.excluded) if findings.excluded else say(phrases.SEARCH_TIP)
    nothing = element("p", phrases.nothing_found(clipped(text, LONG_LINE)))
    return nothing, element("p", tip) if text.strip() else None


def _hit(reader: Reader, hit: Hit) -> Node:
    passage = _passage(hit.entry.article.text, hit.snippet) if hit.snippet else None
    return element(
        "li",
        heading(reader, hit.entry),
        told_by(reader, hit.entry),
        element("p", passage, lang=hit.entry.article.language, dir="auto") if passage else None,
    )


def _passage(text: str, snippet: Snippet) -> Iterator[Child]:
    for run in marked(text, snippet):
        yield element("mark", run.text) if run.tone == "marked" else run.text
