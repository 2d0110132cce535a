"""A newsletter of many stories: each with its own title, its words and the address where it goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.article.fields.credits import byline
from bot.article.formats.item import Item
from bot.article.html.fragment import Passage, passages_with_links
from bot.article.text.block_kinds import ARTICLE, Kind, kind, words_in
from bot.article.text.blocks import Block

FEWEST_STORIES = 3
"""Stories that make a newsletter of many; an article may have two other articles below it."""

_PAIR = 2
_PAIRED_WORDS = 25
"""Words of each of two stories that are a letter."""

FEWEST_WORDS = 12
"""Words of a story's text: a title with less below it is a link to read elsewhere."""

INTRODUCTION = 60
"""Words before the first story that make an article of their own."""

MOST_PASSAGES = 3_000
"""Paragraphs and lines of a newsletter; one with more is read as one letter."""

_TITLE_WORDS = (3, 32)
_CALL_WORDS = 6  # Words of "Read the full story here".
_SIGN_OFF = 6  # Words of a line that ends a letter.
_AD = re.compile(
    r"(?:sponsored|advertisement|a message from|presented by|together with|anzeige|werbung|gesponsert|publicité"
    r"|publicidad|patrocinado|pubblicità)\b.{0,60}$",
    re.IGNORECASE,
)
_SPONSOR = re.compile(  # Who paid for the letter, and not for the story below.
    r"(?:(?:brought to you|powered|supported) by|in partnership with|präsentiert von|in kooperation mit|en partenariat avec"
    r"|offert par|en colaboración con|in collaborazione con|offerto da|aangeboden door)\b.{0,80}$",
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
    """``held`` are the places in the letter of its title, its texts and its address."""

    title: str
    address: str
    texts: tuple[str, ...]
    held: frozenset[int]

    @property
    def words(self) -> int:
        return sum(map(words_in, self.texts))


def is_newsletter(markup: str) -> bool:
    """Whether a page is a letter that somebody saved: a link leaves the list, and it calls itself no article."""
    return _PAGE.search(markup) is None and _LEAVE.search(markup) is not None


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
        _story(passages[start:end], start, last_of_all=end == len(passages))
        for start, end in pairwise([*starts, len(passages)])
        if not _is_ad(passages, start)
    ]
    texts = [passage.text for passage in passages]
    return _items(list(filter(None, found)), starts[0] if starts else 0, texts)


def stories_of_text(text: str) -> list[Item]:
    """The stories of a newsletter in plain text, each of which ends with the address where it goes on."""
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip()]
    rows = [row for paragraph in paragraphs for row in _with_its_address(paragraph)]
    if len(rows) > MOST_PASSAGES:
        return []
    found: list[_Story] = []
    start = 0
    for place, row in enumerate(rows):
        alone = _ALONE.fullmatch(row[:2_100])
        if alone is None:
            continue
        at = _title_among(rows[start:place])
        if at is not None:
            held = frozenset(range(start + at, place + 1))
            found.append(_Story(rows[start + at], alone[1], tuple(rows[start + at + 1 : place]), held))
        start = place + 1
    return _items(found, min(found[0].held) if found else 0, rows)


def _items(found: Sequence[_Story], first: int, whole: Sequence[str]) -> list[Item]:
    """The stories as items, where they are many and most of the letter; what leads to them is one if it is long.

    ``first`` is the place of the first title among the texts of the ``whole`` letter. Each item is told
    what stands above it that no item holds, the last one also what stands below.
    """
    stories = [story for story in found if story.words >= FEWEST_WORDS]
    words, all_words = sum(story.words for story in stories), sum(map(words_in, whole))
    addresses = {story.address for story in stories}
    if (
        not (
            len(addresses) >= FEWEST_STORIES
            or (len(addresses) == len(stories) and _is_a_pair(stories, all_words))
        )
        or words * 2 < all_words
        or max(story.words for story in stories) * 5 > words * 3
    ):
        return []
    items = [_item(story) for story in stories]
    held = [story.held for story in stories]
    if sum(map(words_in, whole[:first])) >= INTRODUCTION:
        items.insert(0, Item(text="\n\n".join(whole[:first]), trust="letter"))
        held.insert(0, frozenset(range(first)))
    edges = [0, *(max(one) + 1 for one in held)]
    above = [_without(whole, range(edge, max(one)), one) for edge, one in zip(edges, held, strict=False)]
    below = ["" for _ in items[1:]] + [_without(whole, range(edges[-1], len(whole)), frozenset())]
    return [
        replace(item, above=before, below=after)
        for item, before, after in zip(items, above, below, strict=True)
    ]


def _is_a_pair(stories: Sequence[_Story], all_words: int) -> bool:
    """Whether a letter is two stories and hardly anything else: two other articles below one have few words in it."""
    words = [story.words for story in stories]
    return len(stories) == _PAIR and min(words) >= _PAIRED_WORDS and sum(words) * 10 >= all_words * 7


def _without(whole: Sequence[str], places: range, held: frozenset[int]) -> str:
    return "\n\n".join(whole[at] for at in places if at not in held)


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


def _story(stretch: Sequence[Passage], start: int, *, last_of_all: bool) -> _Story | None:
    """The story that begins with its title, at ``start``, and ends where it calls to read on; ``None`` without an address."""
    title, *rest = stretch
    texts: list[str] = []
    call = ""
    for passage in rest:
        last, address = passage.links[-1] if passage.links else ("", "")
        if passage.whole and address and words_in(passage.text) <= _CALL_WORDS:
            call = address
            break
        if kind(Block(passage.text)) not in ARTICLE or _SPONSOR.match(passage.text):
            break
        before = passage.text.removesuffix(last).rstrip(" ([→»>|-–—")
        if address and before != passage.text and before.endswith(_DONE) and words_in(last) <= _CALL_WORDS:
            call = address
            texts.append(before)
            break
        texts.append(passage.text)
    while (
        last_of_all
        and len(texts) > 1
        and kind(Block(texts[-1])) is Kind.LINE
        and words_in(texts[-1]) <= _SIGN_OFF
    ):
        texts.pop()
    address = title.links[0][1] if title.links else call
    held = frozenset(range(start, start + 1 + len(texts)))
    return _Story(title.text, address, tuple(texts), held) if address else None


def _with_its_address(paragraph: str) -> list[str]:
    """A paragraph and the address at its end, apart."""
    words, _, last = paragraph.rpartition(" ")
    if _ALONE.fullmatch(paragraph[:2_100]):
        return [paragraph]
    return [words, last] if words and len(last) <= 2_100 and _ALONE.fullmatch(last) else [paragraph]
