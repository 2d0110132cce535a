"""The headline among the lines that stand before the body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.article.text.block_kinds import Kind, shape
from bot.article.text.body import Part

_FEWEST, _MOST = 3, 34  # Words of a headline; with two it is a section, with more a standfirst.
_REACH = 40  # Parts before the body that are looked at, beside the first three of the page.
_TOP = 3  # Parts below the first line, among which the body or a date says that it is a headline.
_LEAST = 0.34  # Least share of a headline's content words that its body repeats.
_CONTENT = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u064b-\u065f]){3,}")
_SUFFIX = re.compile(r"^(?P<title>.{12,300}?\S) (?P<mark>[|–—·:»-]) (?P<site>[^|–—·»]{2,40})$")
_SITE_WORDS = re.compile(
    r"\b(?:news|times|post|gazette|herald|journal|daily|tribune|chronicle|telegraph|guardian|observer|mail|press|"
    r"magazine|blog|online|today|report|review|weekly|tv|radio|media|zeitung|tageblatt|anzeiger|nachrichten|le|el|la|"
    r"diario|periódico|noticias)\b|\.(?:com|org|net|co|in|de|fr|es|uk|news)\b",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    r"(?:by|von|par|por) [^\W\d_]|.{0,40}\b(?:19|20)\d\d\b.{0,12}$|.{0,60}\d{1,2}[:.]\d\d ?(?:[ap]m\b|$)|.{0,80}[|>»›/].{1,40}[|>»›/]|https?:|www\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The words of a headline, the part of the page that they stand in, and the site that it named."""

    title: str
    at: int
    site: str | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """Where the body starts, whether that or a date is near the top, the places of lines above it, and its words."""

    start: int
    near_top: bool
    known: Mapping[str, int]
    words: frozenset[str]


def headline(page: Sequence[Part], start: int, body: str) -> Headline | None:
    """The line before ``start`` that heads ``body``; ``None`` when no line does.

    The line that says what the body says, or that the page repeats. The site's name is cut off
    where the page shows elsewhere where the title ends, or the name is an outlet's by its words.
    """
    near = range(max(0, start - _REACH), start)
    places = sorted({*range(min(3, start)), *near})
    lines = [(at, page[at].block.text) for at in places if _may_head(page[at])]
    marked = [at for at, _ in lines if page[at].block.level == 1]
    if marked:
        return Headline(page[marked[0]].block.text, marked[0])
    known = {page[at].block.text.casefold(): at for at in range(start)}
    dated = any(part.kind is Kind.DATE for part in page[1 : _TOP + 1])
    beside = _Beside(start, start <= _TOP or dated, known, frozenset(_CONTENT.findall(body.casefold())))
    rated = [(_rating(line, at, beside), -at) for at, line in lines]
    if not rated:
        return None
    rating, where = max(rated)
    return _cut(page[-where].block.text, -where, known) if rating >= _LEAST else None


def _may_head(part: Part) -> bool:
    text = part.block.text
    if part.kind in {Kind.CAPTION, Kind.RIGHTS, Kind.COOKIES, Kind.SHARE}:
        return False
    if part.kind in {Kind.SENTENCE, Kind.PROSE} and not text.rstrip("\"'”’»").endswith(("?", "!")):
        return False
    return _FEWEST <= part.words <= _MOST and not _NOT_A_TITLE.match(text)


def _rating(line: str, at: int, beside: _Beside) -> float:
    title = _SUFFIX.match(line)
    content = set(_CONTENT.findall((title["title"] if title else line).casefold()))
    if not content:
        return 0.0
    shared = len(content & beside.words) / len(content)
    # Many words shared by chance cost a long line nothing, so that a two-word section does not win.
    said = shared * min(len(content), 6) / 6
    twice = beside.known.get(line.casefold(), at) - at >= 2 or (
        title is not None and title["title"].casefold() in beside.known
    )
    opens = at == 0 and (beside.near_top or (title is not None and shared >= 0.4))
    near = 0.1 * (1 - min(beside.start - at, _REACH) / _REACH)
    spoken = 0.1 if shape(line) is Kind.SENTENCE else 0.0
    return said + (0.4 if twice else 0.0) + (_LEAST if opens else 0.0) + near - spoken


def _cut(line: str, at: int, known: dict[str, int]) -> Headline:
    found = _SUFFIX.match(line)
    if found is None:
        return Headline(line, at)
    title, site = found["title"], found["site"].strip()
    shown = title.casefold() in known
    if shown or site.casefold() in known or _SITE_WORDS.search(site) or found["mark"] == "|":
        return Headline(title, known.get(title.casefold(), at) if shown else at, site)
    return Headline(line, at)
