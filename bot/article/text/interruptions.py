"""Boxes inside an article: links to other articles and newsletter forms behind which the text goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.article.text import appeals
from bot.article.text.block_kinds import ARTICLE, Kind
from bot.article.text.body import Part

_LONGEST = 8  # Parts of one box.
_TITLED = re.compile(
    r"[^:：|]{3,40}[:：|] ?(?:\S+ ){2}\S"
)  # A label with the other article's title behind it.
_FILLERS = frozenset({Kind.RELATED, Kind.OFFER, Kind.CHROME, Kind.SHARE, Kind.TEASER})
_SPOKEN = frozenset({Kind.PROSE, Kind.SENTENCE})
_QUOTED = re.compile(r"[\"“”„«»「]")


def end_behind_boxes(page: Sequence[Part], end: int) -> int:
    """The end of a body of which ``end`` is the end as far as its first box; ``end`` where it ends there.

    It goes on where nothing but sentences and further boxes follow, to the end of the page or to notices.
    Few words behind a box would else never earn what the box costs.
    """
    at = end
    while (behind := _box_end(page, at)) > at:
        after = behind
        while after < len(page) and _goes_on(page[after]):
            after += 1
        if after - behind < _fewest(page[at:behind]) and not _quotes(page[behind:after]):
            return end
        at = after
    return at if not any(part.kind in ARTICLE for part in page[at:]) else end


def _box_end(page: Sequence[Part], start: int) -> int:
    """Where the box at ``start`` ends; ``start`` where there is none.

    A heading over titles has one at least below it: sentences right below are blurbs, or a portrait.
    """
    end = start
    while end < len(page) and (page[end].kind in _FILLERS or (end > start and page[end].kind is Kind.LINE)):
        end += 1
    box = page[start:end]
    if len(box) > _LONGEST or not any(part.kind in {Kind.RELATED, Kind.OFFER} for part in box):
        return start
    heading = box[-1].kind is Kind.RELATED and not _TITLED.match(box[-1].block.text)
    return start if heading else end


def _fewest(box: Sequence[Part]) -> int:
    """How many sentences behind a box are more than one blurb: one, where the box is links with their titles."""
    return (
        1
        if all(_TITLED.match(part.block.text) for part in box if part.kind is Kind.RELATED)
        and not any(part.kind in {Kind.OFFER, Kind.LINE} for part in box)
        else 2
    )


def _goes_on(part: Part) -> bool:
    text = part.block.text
    if part.kind not in _SPOKEN or part.block.bullet:
        return False
    return _QUOTED.search(text) is not None or not appeals.speaks_to_readers(text)


def _quotes(parts: Sequence[Part]) -> bool:
    return any(part.kind is Kind.PROSE and _QUOTED.search(part.block.text) for part in parts)
