"""Which places of an article are quotations at all: between marks, behind dashes, and posts that a name signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.model import Article, Span
from bot.quotes.insertions import dash_quotations, dashed, undivided, without_insertions
from bot.text.cues import Cues
from bot.text.quotation_marks import PARAGRAPH_BREAK, Quotation, quotations

_MAY_OPEN = re.compile(r"(?:^|[.?!…:] )[—–-]", re.MULTILINE)
"""What a dash opens, a paragraph or a sentence, may be a quotation."""
_HANDLE = re.compile(r"[—–-] ?[^\n()@]{3,60} \(@\w{1,30}\) [^\n]{2,30}\d{4}\Z")
"""What stands below a post: "— Ann Lee (@annlee) March 3, 2031"."""
_LINK = re.compile(r"\s*(?:https?://|pic\.)\S{3,80}\Z")
"""What a post may end in."""
_LINKS = 3
"""Links at the end of a post that are left out."""


def paragraphs_of(article: Article) -> tuple[Span, ...]:
    """The paragraphs that the article has, or those that empty lines part."""
    if article.paragraphs:
        return article.paragraphs
    edges = [0, *(n for gap in PARAGRAPH_BREAK.finditer(article.text) for n in gap.span()), len(article.text)]
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def between_marks(text: str, paragraphs: Sequence[Span]) -> list[list[Quotation]]:
    """The quotations of each paragraph that have marks; an empty list where nothing in the text can be one."""
    found = [quotations(text, span.start, span.end) for span in paragraphs]
    return found if any(found) or _MAY_OPEN.search(text) else []


def with_unmarked(
    text: str, paragraphs: Sequence[Span], marked: Sequence[list[Quotation]], cues: Cues
) -> list[list[Quotation]]:
    """The quotations of each paragraph, also those without marks, each cut where a cue stands inside."""
    found = [
        _with_dashed(some, dashed(text, span, cues))
        or dash_quotations(text, span, cues)
        or _announced_by_colon(text, paragraphs, n)
        or _posted(text, paragraphs, n)
        for n, (some, span) in enumerate(zip(marked, paragraphs, strict=True))
    ]
    return [without_insertions(text, some, cues) for some in found]


def is_unmarked(quotation: Quotation) -> bool:
    """Whether no mark and no dash opens it: it is a post, or goes on behind a cue inside the marks."""
    return quotation.start == quotation.words_start


def _with_dashed(marked: list[Quotation], by_dashes: list[Quotation]) -> list[Quotation]:
    """Both, in order; a mark inside what dashes set apart is of its words."""
    outer = [one for one in marked if all(one.end <= two.start or two.end <= one.start for two in by_dashes)]
    return sorted([*outer, *by_dashes], key=lambda one: one.start) if by_dashes else marked


def _announced_by_colon(text: str, paragraphs: Sequence[Span], number: int) -> list[Quotation]:
    """What a dash opens behind a paragraph that ends in a colon, if it is a sentence and no item of a list."""
    if number == 0 or text[paragraphs[number - 1].end - 1] != ":":
        return []
    beside = paragraphs[number + 1 : number + 2]
    listed = bool(beside) and text[beside[0].start] == text[paragraphs[number].start]
    return [] if listed else undivided(text, paragraphs[number])


def _posted(text: str, paragraphs: Sequence[Span], number: int) -> list[Quotation]:
    """The paragraph above "— Ann Lee (@annlee) March 3, 2031", without the links at its end."""
    span = paragraphs[number]
    below = paragraphs[number + 1 : number + 2]
    if (
        not below
        or text[below[0].start] not in "—–-"
        or not _HANDLE.match(text, below[0].start, below[0].end)
    ):
        return []
    end = span.end
    for _ in range(_LINKS):
        link = _LINK.search(text, max(span.start, end - 100), end)
        end = link.start() if link else end
    return [Quotation(span.start, span.end, span.start, end, closed=True)] if end > span.start else []
