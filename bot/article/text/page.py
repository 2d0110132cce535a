"""A page of blocks becomes a body with its headline, source, byline and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bot.article.fields import agencies
from bot.article.fields.credits import byline, credited, masthead, people, rights_holder
from bot.article.fields.dateline import dateline, points_back, sign_off
from bot.article.fields.dates import day_first, may_be_day_first, moments, names_a_day, only_a_date
from bot.article.fields.language import language
from bot.article.fields.publication import Page, Published, published
from bot.article.fields.signatures import (
    at_work,
    by_romanian,
    eastern,
    for_agency,
    in_dateline,
    initials,
    is_latin,
    reporters,
    reporting,
    signature,
    signer,
)
from bot.article.text.block_kinds import Kind, kind, says_nothing, signs, with_senders
from bot.article.text.blocks import Block
from bot.article.text.body import Part, body, kept, parts
from bot.article.text.headline import Headline, asks, headline, signed_below
from bot.article.text.interruptions import end_behind_boxes
from bot.article.text.standfirst import standfirst_below

_BEFORE, _AFTER = 12, 80  # Parts beside the body in which credits and dates are looked for.
_CREDITS = 5  # Parts from the top within which the body begins below a headline and its credits.
_READING_TIME = re.compile(r"\d{1,3}(?:[-–]\d{1,3})? min(?:ute)?s?(?: read)?", re.IGNORECASE)
_SIGNED = 2  # Paragraphs above a name that is alone on the last line.
_LABEL = re.compile(r"(?:date|published|updated|posted)(?: on)? ?[:|-]? ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a page says: the ``paragraphs`` of its body, and about them.

    ``shown`` is all that a text shows, block by block; a page of HTML gives none.
    ``url`` and ``language`` are what the page states itself; a plain text states neither.
    """

    paragraphs: tuple[str, ...]
    title: str | None
    source: str | None
    byline: str | None
    published: Published | None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    standfirst: str | None = None
    agency: str | None = None
    hold_until: str | None = None
    expires: str | None = None
    shown: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class _Opening:
    """The dateline ``cut`` off the first paragraph, the agency that it names, the ``rest`` of it."""

    cut: str
    agency: str | None
    rest: str


def find(found: Sequence[Block], received: datetime, *, menus: bool = True) -> Found | None:
    """The article on a page of blocks; ``None`` when no block is body text.

    ``menus`` says whether a site's menus may stand around and between its paragraphs, as on a page that
    was copied from a browser.
    Its source is the outlet or agency that is credited beside it, in its dateline, in its sign-off,
    in the page's title, above a short head, or in its copyright line, in this order. Where an agency
    is known, an outlet in the title or above the head comes before it.
    """
    page = parts(found, _kinds(found))
    start, end = _stretch(page, menus=menus)
    own = _texts(page[start:end])
    if not own:
        return None
    title = headline(page, start, " ".join(own))
    under = standfirst_below(page, title.at, end, received) if title else None
    if under and under.after > start and (below := _texts(page[under.after : end])):
        start, own = under.after, below
    own, signer, signed_for = _unsigned(own)
    before = [part.block.text for part in page[max(0, start - _BEFORE) : start]]
    after = [part.block.text for part in page[end : end + _AFTER]]
    opening = _opening(before, own, received)
    outlets = (title.site if title else None, _over_page(before, title) if start <= _BEFORE else None)
    signed = _signed(page[end : end + 3])
    agency = _agency(opening, before, [*own[-1:], *after], outlets) or agencies.named(signed) or signed_for
    holder = rights_holder(part.block.text for part in page if part.kind is Kind.RIGHTS)
    wire = (*(outlets if agency else ()), opening.agency, signed)
    sources = (credited(reversed(before)), *wire, credited(after), *outlets, holder)
    whole = "\n".join(block.text for block in found)
    beside = Page(before, (opening.cut,), after, "\n".join(own), whole)
    return Found(
        paragraphs=(opening.rest, *own[1:]) if opening.rest else tuple(own[1:]) or (own[0],),
        title=title.title if title else None,
        source=next(filter(None, sources), None),
        byline=_byline(before, title, own) or in_dateline(opening.cut) or signer or reporters(after),
        published=published(_day_first(beside), received),
        standfirst=under.text if under else None,
        agency=agency,
        shown=tuple(found),
    )


def _kinds(found: Sequence[Block]) -> list[Kind]:
    kinds = [Kind.CHROME if _is_mute(block.text) else kind(block) for block in found]
    return with_senders([block.text for block in found], kinds)


def _unsigned(own: list[str]) -> tuple[list[str], str | None, str | None]:
    """The paragraphs without a last one that signs them, who does, and for which agency."""
    while len(own) > 1 and initials(own[-1]):
        own = own[:-1]
    names, agency = (signature(own[-1]) if len(own) > 1 else None) or (None, None)
    if not names and len(own) > _SIGNED and kind(Block(own[-1])) is Kind.LINE:
        names = signer(own[-1:], "\n".join(own[:-1]))
    return (own[:-1] if names else own), names, agency


def _day_first(page: Page) -> Page:
    """The page in which days in numbers alone are unmistakable where its language settles which is the month."""
    lines = "\n".join((*page.before, *page.opening, *page.after))
    if not may_be_day_first(lines):
        return page
    spoken = language(page.body)
    before, opening, after = (
        [day_first(line, spoken) for line in each] for each in (page.before, page.opening, page.after)
    )
    return replace(page, before=before, opening=opening, after=after)


def _over_page(before: Sequence[str], title: Headline | None) -> str | None:
    """The outlet above the text. A headline is none for standing right above the byline."""
    head = title.title if title and masthead([title.title]) is None else None
    return masthead("" if line == head else line for line in before)


def _is_mute(text: str) -> bool:
    return says_nothing(text) or signs(text)


def _under(before: Sequence[str], title: Headline | None) -> list[str]:
    """The lines from below the headline to the text; none without a headline among them."""
    heads = [at for at, line in enumerate(before) if title and title.title in line]
    return list(before[heads[-1] + 1 :]) if heads else []


def _reporting(before: Sequence[str], title: Headline | None) -> str | None:
    """Who reports, where the line above the text, or above the day, says no more than that and from where."""
    below = _under(before, title)
    beside = [line for line, following in pairwise(below) if only_a_date(following)]
    return next(filter(None, map(reporting, (*beside, *below[-1:]))), None)


def _byline(before: Sequence[str], title: Headline | None, own: Sequence[str]) -> str | None:
    """Who wrote it, by the lines above the text ``own``: where one says so, above a job, or between headline and day."""
    return (
        _romanian(before, title, own)
        or _labelled(before)
        or _copied(before, title)
        or at_work(before)
        or _reporting(before, title)
        or _dated(before, title)
    )


def _romanian(before: Sequence[str], title: Headline | None, own: Sequence[str]) -> str | None:
    names = next(filter(None, map(by_romanian, _under(before, title))), None)
    return names if names and language("\n".join(own)) == "ro" else None


def _labelled(before: Sequence[str]) -> str | None:
    """The people of the last line that says so; of two such lines in different scripts of the first, as the headline's readers read it."""
    for at in range(len(before) - 1, -1, -1):
        if names := byline([before[at]]):
            above = byline([before[at - 1]]) if at else None
            return above if above and is_latin(above) != is_latin(names) else names
    return None


def _copied(before: Sequence[str], title: Headline | None) -> str | None:
    """The people of a line that is nothing but them and their agency, below the headline."""
    return next(filter(None, map(for_agency, _under(before, title))), None)


def _dated(before: Sequence[str], title: Headline | None) -> str | None:
    """The people on the line between headline and day, or how long it takes to read."""
    below = _under(before, title)
    named = len(below) > 1 and (names_a_day(below[1]) or _READING_TIME.fullmatch(below[1]))
    if not named:
        return None
    return people(below[0]) if " " in below[0] else eastern(below[0], marked=False)


def _agency(
    opening: _Opening, before: Sequence[str], ending: Sequence[str], outlets: Sequence[str | None]
) -> str | None:
    """The agency that the dateline, a credit or the last words name; ``ending`` begins with the body's last."""
    return (
        agencies.of_dateline(opening.cut, opening.agency, outlets)
        or agencies.of_lines(reversed(before))
        or agencies.of_ending(ending[0])
        or agencies.of_lines(ending[1:])
    )


def _texts(stretch: Sequence[Part]) -> list[str]:
    return [part.block.text for part in kept(stretch)]


def _stretch(page: Sequence[Part], *, menus: bool) -> tuple[int, int]:
    """Where the body starts and ends, below its headline and with what stands behind boxes in it."""
    start, end = body(page, menus=menus)
    end = end_behind_boxes(page, end) if end else end
    return start + _headed(page, start, end), end


def _headed(page: Sequence[Part], start: int, end: int) -> int:
    """How many of the body's first parts are in truth its headline and the credits below it.

    A short question or exclamation on top is one where prose follows, any sentence where a byline does.
    """
    if start + 1 >= end:
        return 0
    if start == 0 and page[0].kind is not Kind.LINE and signed_below(page, 0):
        below = next((at for at in range(1, min(_CREDITS, end)) if page[at].kind is Kind.PROSE), 0)
        if below and not any(page[at].kind is Kind.SENTENCE for at in range(1, below)):
            return below
    part = page[start]
    asked = part.words <= 20 and asks(part.block.text)
    return 1 if asked and page[start + 1].kind is Kind.PROSE and headline(page, start, "") is None else 0


def _opening(before: list[str], own: list[str], received: datetime) -> _Opening:
    """The dateline: at the head of the first paragraph, or alone on one of the last lines before it."""
    first, rest = own[0], "\n".join(own[1:])
    if label := _LABEL.match(first):
        stated = [
            found
            for found in moments(first[:80], context="", received=received)
            if found.start == label.end()
        ]
        if stated:
            return _Opening(first[: stated[0].end], None, first[stated[0].end :].lstrip(" :|,-–—"))
    if found := dateline(first, rest):
        behind = first[found.end :]
        return _Opening(first[: found.end], found.agency, first if points_back(behind) else behind)
    for line in reversed(before[-3:]):
        found = dateline(line, "")
        if found and found.end >= len(line):
            return _Opening(line, found.agency, first)
    return _Opening("", None, first)


def _signed(last: Sequence[Part]) -> str | None:
    for part in last:
        if part.kind is Kind.PROSE:
            continue
        if name := sign_off(part.block.text, bullet=part.block.bullet):
            return name
    return None
