"""A newsletter of many stories: each with its own title, its words and the address where it goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.article.fields.credits import byline
from bot.article.formats.item import Item
from bot.article.html.fragment import Passage, passages_with_links
from bot.article.text.block_kinds import ARTICLE, Kind, kind, words_in
from bot.article.text.blocks import Block

FEWEST_STORIES = 3
"""Stories that make a newsletter of many; an article may have two other articles below it."""

FEWEST_WORDS = 12
"""Words of a story's text: a title with less below it is a link to read elsewhere."""

INTRODUCTION = 60
"""Words before the first story that make an article of their own."""

MOST_PASSAGES = 3_000
"""Paragraphs and lines of a newsletter; one with more is read as one letter."""

_TITLE_WORDS = (3, 32)
_CALL_WORDS = 6  # Words of "Read the full story here".
_AD = re.compile(
    r"(?:sponsored|advertisement|a message from|presented by|together with|anzeige|werbung|gesponsert|publicité"
    r"|publicidad|patrocinado|pubblicità)\b.{0,60}$",
    re.IGNORECASE,
)
_DONE = tuple('.!?…”"»。')
_ALONE = re.compile(
    r"(?:[^\W\d_][\w' ’-]{0,40} ?[:>»→-]{1,2} ?|[→>»] ?)?[<(\[]?(https?://[^\s<>\"()\[\]]{4,2000})[>)\]]?$"
)
_LEAVE = re.compile(
    r"<a\b[^<>]{0,2000}>[^<]{0,60}(?:unsubscribe|abbestellen|abmelden|désabonner|désinscrire|darse de baja|cancelar"
    r"|disiscri|annulla|uitschrijven|avregistrer|avprenumerer|afmeld|отписаться|odhlásit|wypisz|abonelikten|配信停止|退订)",
    re.IGNORECASE,
)
_PAGE = re.compile(r"og:type|<article\b|application/ld\+json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Story:
    title: str
    address: str
    texts: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(map(words_in, self.texts))


def is_newsletter(markup: str) -> bool:
    """Whether a page is a letter that somebody saved: a link leaves the list, and it calls itself no article."""
    return _LEAVE.search(markup) is not None and _PAGE.search(markup) is None


def stories_of(markup: str) -> list[Item]:
    """The stories of a newsletter in HTML; none where it is one article. Raises TooDeep."""
    passages = passages_with_links(markup)
    if len(passages) > MOST_PASSAGES:
        return []
    calls = _calls(passages)
    starts = [
        at for at, passage in enumerate(passages) if passage.text not in calls and _begins(passages, at)
    ]
    found = [
        _story(passages[start:end])
        for start, end in pairwise([*starts, len(passages)])
        if not _is_ad(passages, start)
    ]
    texts = [passage.text for passage in passages]
    return _items(list(filter(None, found)), texts[: starts[0]] if starts else [], texts)


def stories_of_text(text: str) -> list[Item]:
    """The stories of a newsletter in plain text, each of which ends with the address where it goes on."""
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip()]
    rows = [row for paragraph in paragraphs for row in _with_its_address(paragraph)]
    if len(rows) > MOST_PASSAGES:
        return []
    found: list[_Story] = []
    opening: list[str] = []
    waiting: list[str] = []
    for row in rows:
        alone = _ALONE.fullmatch(row[:2_100])
        if alone is None:
            waiting.append(row)
            continue
        at = _title_among(waiting)
        if at is not None:
            opening = opening or waiting[:at]
            found.append(_Story(waiting[at], alone[1], tuple(waiting[at + 1 :])))
        waiting = []
    return _items(found, opening, rows)


def _items(found: Sequence[_Story], opening: Sequence[str], whole: Sequence[str]) -> list[Item]:
    """The stories as items, where they are many and most of the letter; what leads to them is one if it is long."""
    stories = [story for story in found if story.words >= FEWEST_WORDS]
    words = sum(story.words for story in stories)
    if (
        len({story.address for story in stories}) < FEWEST_STORIES
        or words * 2 < sum(map(words_in, whole))
        or max(story.words for story in stories) * 5 > words * 3
    ):
        return []
    items = [_item(story) for story in stories]
    leads = sum(map(words_in, opening)) >= INTRODUCTION
    return [Item(text="\n\n".join(opening), trust="letter"), *items] if leads else items


def _item(story: _Story) -> Item:
    texts = story.texts
    written = byline(texts[:1]) if len(texts) > 1 and words_in(texts[0]) <= 8 else None
    text = "\n\n".join(texts[1:] if written else texts)
    return Item(title=story.title, text=text, byline=written or "", url=story.address, trust="whole")


def _calls(passages: Sequence[Passage]) -> set[str]:
    """The links that stand below several stories, such as "Read the full story": they are no titles."""
    seen = Counter(passage.text for passage in passages if passage.links and not passage.level)
    return {text for text, count in seen.items() if count > 1 and words_in(text) <= _CALL_WORDS}


def _begins(passages: Sequence[Passage], at: int) -> bool:
    """Whether a story begins with this passage: a title, with no other title below it."""
    passage, after = passages[at], passages[at + 1 : at + 2]
    return _is_title(passage) and bool(after) and not _is_title(after[0])


def _is_title(passage: Passage) -> bool:
    return (passage.level > 0 or passage.whole) and _titles(passage.text, level=passage.level)


def _titles(text: str, *, level: int = 0) -> bool:
    fewest, most = _TITLE_WORDS
    found = kind(Block(text, level=level)) if fewest <= words_in(text) <= most else None
    return found is Kind.LINE or (
        found is not None and found in ARTICLE and (level > 0 or text.endswith("?"))
    )


def _title_among(rows: Sequence[str]) -> int | None:
    """The last line before the first paragraph that is a title and no byline."""
    found = None
    for at, row in enumerate(rows):
        if kind(Block(row)) is Kind.PROSE:
            break
        if _titles(row) and byline([row]) is None:
            found = at
    return found


def _is_ad(passages: Sequence[Passage], at: int) -> bool:
    return any(_AD.match(passage.text) for passage in passages[max(0, at - 1) : at + 2])


def _story(stretch: Sequence[Passage]) -> _Story | None:
    """The story that begins with its title and ends where it calls to read on; ``None`` without an address."""
    title, *rest = stretch
    texts: list[str] = []
    call = ""
    for passage in rest:
        last, address = passage.links[-1] if passage.links else ("", "")
        if passage.whole and address and words_in(passage.text) <= _CALL_WORDS:
            call = address
            break
        if kind(Block(passage.text)) not in ARTICLE:
            break
        before = passage.text.removesuffix(last).rstrip(" ([→»>|-–—")
        if address and before != passage.text and before.endswith(_DONE) and words_in(last) <= _CALL_WORDS:
            call = address
            texts.append(before)
            break
        texts.append(passage.text)
    address = title.links[0][1] if title.links else call
    return _Story(title.text, address, tuple(texts)) if address else None


def _with_its_address(paragraph: str) -> list[str]:
    """A paragraph and the address at its end, apart."""
    words, _, last = paragraph.rpartition(" ")
    if _ALONE.fullmatch(paragraph[:2_100]):
        return [paragraph]
    return [words, last] if words and len(last) <= 2_100 and _ALONE.fullmatch(last) else [paragraph]
