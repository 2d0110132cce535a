"""Which blocks are the article's body.

The body is the stretch of blocks that gains most: prose earns its words, boilerplate and lone lines
cost. This is the largest-sum segment (Bentley 1984) that extraction tools use on HTML, here on lines.
A page that repeats its first line, the title, lets the body begin after the repetition. A list that
the article announces, numbers or marks costs nothing, nor does any line where there can be no menu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.article.text.block_kinds import ARTICLE, Kind, shape, words_in
from bot.article.text.blocks import Block

_MOST = 60  # Words that a paragraph can earn: one long legal notice must not outweigh an article.
_ENOUGH = 80  # Words of prose after which an end mark is believed; before it, it is navigation.
_LATER = 0.25  # What prose earns after a believed end mark: comments outnumber their article.
_MENU = 8  # Parts from the top of a page after which prose has a menu above it.
_ANCHORS = 4  # Repetitions of the title that are tried, from the end.
_LISTED = 3  # Lines in a row that can be a list.
_NUMBERED = re.compile(r"(\d{1,3})[.):]? ?[^\W\d_]")
_SITE = frozenset(Kind) - ARTICLE - {Kind.CAPTION, Kind.NOTE, Kind.DATE}
_OVER_FORM = 2  # Lines above a form that say what it is for.
_BOX = frozenset({Kind.OFFER, Kind.RIGHTS})
_BOXED = -4.0  # A further line of one newsletter box: four lines in mid-article are one interruption.
_COST = {
    Kind.CAPTION: -2.0,
    Kind.END: -60.0,
    Kind.RELATED: -25.0,
    Kind.TEASER: -12.0,
    Kind.OFFER: -15.0,
    Kind.RIGHTS: -40.0,
    Kind.COOKIES: -20.0,
    Kind.SHARE: -8.0,
    Kind.CHROME: -8.0,
    Kind.NOTE: -6.0,
    Kind.DATE: -15.0,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its kind and its length in words."""

    block: Block
    kind: Kind
    words: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    worth: float
    start: int
    end: int


def parts(found: Sequence[Block], kinds: Sequence[Kind]) -> list[Part]:
    """Blocks and kinds, side by side.

    A line that stands twice within three blocks is a picture's text and the link beside it: a teaser.
    """
    page = [Part(block, kind, words_in(block.text)) for block, kind in zip(found, kinds, strict=True)]
    for at, part in enumerate(page):
        if part.words < 4 or part.kind is not Kind.LINE:
            continue
        for other in range(at + 1, min(at + 4, len(page))):
            if page[other].block.text == part.block.text and (at > 0):
                page[at] = replace(part, kind=Kind.TEASER)
                page[other] = replace(page[other], kind=Kind.TEASER)
    return page


def body(page: Sequence[Part], *, menus: bool = True) -> tuple[int, int]:
    """The first part of the body and the one after its last; ``(0, 0)`` when nothing is prose.

    ``menus``: the page may have a site's menus around and between its paragraphs. Where it has none, or
    shows none, a short line is the article's own.
    """
    menus = menus and _shows_menus(page)
    free = _lists(page) if menus else frozenset(range(len(page)))
    best = _best(page, 0, free)
    if best.worth <= 0:
        return _terse(page)
    if not menus:
        return best.start, _to_last_line(page, best.end)
    # Where prose begins at once there is no menu above, and a repeated line is a picture's.
    headed = [_best(page, at + 1, free) for at in _repetitions(page)] if best.start > _MENU else []
    most = max((stretch.worth for stretch in headed), default=0.0)
    # A sixth: teasers above the title may add up to more than a short article does.
    if most > 0 and most * 6 >= best.worth:
        best = next(stretch for stretch in reversed(headed) if stretch.worth * 5 >= most * 3)
    return best.start, _with_list(page, best)


def _terse(page: Sequence[Part]) -> tuple[int, int]:
    """A body without a sentence, such as a table of results: the stretch of its longer lines.

    One line of five words is a headline and no body; a menu's lines have one to three.
    """
    lines = [at for at, part in enumerate(page) if part.kind is Kind.LINE and part.words >= 5]
    if lines and lines[0] == 0 and not any(map(str.isdigit, page[0].block.text)):
        lines = lines[1:]
    if sum(page[at].words for at in lines) < 8:
        return 0, 0
    end = lines[-1] + 1
    while end < len(page) and page[end].kind is Kind.LINE and page[end].words >= 2:
        end += 1
    return lines[0], end


def _shows_menus(page: Sequence[Part]) -> bool:
    """Whether a site's boilerplate stands on the page, or more lines around the prose than credits take."""
    if any(part.kind in _SITE for part in page):
        return True
    prose = [at for at, part in enumerate(page) if part.kind is Kind.PROSE]
    return not prose or prose[0] > _MENU or len(page) - 1 - prose[-1] > _MENU


def _lists(page: Sequence[Part]) -> frozenset[int]:
    """The lines of lists that are the article's: announced by a colon, numbered in order, or marked."""
    return frozenset(
        at
        for start, end in _runs(page)
        if (start and page[start - 1].block.text.endswith(":"))
        or _in_order(page[start:end])
        or (start and page[start - 1].kind is Kind.PROSE and all(p.block.bullet for p in page[start:end]))
        for at in range(start, end)
    )


def _runs(page: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Each stretch of three or more lines that stand one after another."""
    start = 0
    for at in range(len(page) + 1):
        if at < len(page) and page[at].kind is Kind.LINE:
            continue
        if at - start >= _LISTED:
            yield start, at
        start = at + 1


def _in_order(items: Sequence[Part]) -> bool:
    """Whether the items are numbered upwards or downwards, one by one."""
    numbers = [int(found[1]) if (found := _NUMBERED.match(part.block.text)) else None for part in items]
    if None in numbers:
        return False
    steps = {after - before for before, after in pairwise(number for number in numbers if number is not None)}
    return steps in ({1}, {-1})


def _to_last_line(page: Sequence[Part], end: int) -> int:
    while end < len(page) and page[end].kind in ARTICLE:
        end += 1
    return end


def _best(page: Sequence[Part], start: int, free: AbstractSet[int]) -> _Stretch:
    best = _Stretch(0.0, 0, 0)
    total, prose, weight = 0.0, 0, 1.0
    for at in range(start, len(page)):
        part = page[at]
        if total <= 0:
            total, start = 0.0, at
        boxed = at > 0 and page[at - 1].kind is Kind.OFFER and part.kind in _BOX
        worth = _BOXED if boxed else 0.0 if at in free and part.kind is Kind.LINE else _worth(part)
        total += worth * weight if worth > 0 else worth
        prose += part.words if part.kind is Kind.PROSE else 0
        if total > best.worth:
            best = _Stretch(total, start, at + 1)
        if part.kind is Kind.END and prose >= _ENOUGH:
            total, weight = 0.0, _LATER
    return best


def _worth(part: Part) -> float:
    if part.kind is Kind.PROSE:
        return float(min(part.words, _MOST))
    if part.kind is Kind.SENTENCE:
        return float(part.words)
    if part.kind is Kind.LINE:
        # One to three words are a menu's; eight are a headline's or an item's.
        return float(min(part.words - 9, -1)) if part.words > 3 else -6.0
    return _COST[part.kind]


def _repetitions(page: Sequence[Part]) -> list[int]:
    """Where the page's first line stands again, with or without the site's name."""
    if not page or not 3 <= page[0].words <= 40:
        return []
    first = page[0].block.text.casefold()
    found = [
        at
        for at, part in enumerate(page)
        if at
        and part.words >= 3
        and len(part.block.text) >= 12
        and _is_title(part.block.text.casefold(), first)
    ]
    return found[-_ANCHORS:]


def _is_title(line: str, first: str) -> bool:
    if first.startswith(line):
        return not first[len(line) : len(line) + 3].strip(" -–—|·:»•")
    return first.endswith(line) and not first[-len(line) - 3 : -len(line)].strip(" -–—|·:»•")


def _with_list(page: Sequence[Part], stretch: _Stretch) -> int:
    """The end of the body with the list that it announces (``…:``) or that is mostly figures."""
    end = stretch.end
    last = end
    while last < len(page) and page[last].kind is Kind.LINE:
        last += 1
    items = page[end:last]
    if (
        items
        and last == len(page)
        and len(items) <= 10
        and sum(part.words for part in items) >= 4 * len(items)
    ):
        return last  # Nothing but a few full lines follows: no page goes on here.
    if len(items) < 3:
        return end
    before = page[end - 1].block.text
    figures = sum(1 for part in items if part.words >= 3 and any(map(str.isdigit, part.block.text)))
    announced = before.endswith(":") or items[0].block.text.endswith(":")
    return last if announced or figures * 10 >= len(items) * 7 else end


def kept(page: Sequence[Part]) -> list[Part]:
    """The parts of a body stretch without the boilerplate inside it."""
    found: list[Part] = []
    listing = False
    boxed = _over_forms(page)
    for at, part in enumerate(page):
        if at in boxed:
            continue
        if part.kind is Kind.RELATED:
            listing = True
        elif listing and (part.kind is Kind.LINE or part.block.bullet):
            continue
        elif part.kind in ARTICLE or (part.kind is Kind.NOTE and _inside(page, at)):
            listing = False
            found.append(part)
    return found[: len(found) - _teasers(found)]


def _over_forms(page: Sequence[Part]) -> frozenset[int]:
    """The lines that say what a form is for, which is two offers or more: "Our morning mail", "Enter your address", "Sign up"."""
    forms = [
        at
        for at in range(1, len(page) - 1)
        if page[at - 1].kind is Kind.LINE and page[at].kind is page[at + 1].kind is Kind.OFFER
    ]
    lines = (range(max(0, at - _OVER_FORM), at) for at in forms)
    return frozenset(at for above in lines for at in above if page[at].kind is Kind.LINE)


def _inside(page: Sequence[Part], at: int) -> bool:
    """Whether a note-like paragraph has the article's prose on both sides, and so belongs to it."""
    if shape(page[at].block.text) is not Kind.PROSE:
        return False
    before = any(part.kind is Kind.PROSE for part in page[max(0, at - 3) : at])
    return before and sum(1 for part in page[at + 1 : at + 5] if part.kind is Kind.PROSE) >= 2


def _teasers(found: Sequence[Part]) -> int:
    """How many parts at the end are teasers: three or more headlines, each with one short paragraph."""
    count = 0
    while len(found) - count >= 4:
        line, prose = found[-count - 2], found[-count - 1]
        if not _heads_teaser(line) or prose.kind is Kind.LINE or prose.words > 25:
            break
        count += 2
    # A list of short news is all such pairs, and is the article.
    return count if 6 <= count <= len(found) // 2 else 0


def _heads_teaser(part: Part) -> bool:
    return part.kind is Kind.LINE and part.words >= 4 and not part.block.text[0].isdigit()
