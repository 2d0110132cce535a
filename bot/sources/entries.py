"""What a feed holds: entries, each with the file that it makes and the keys by which it is known again.

A feed may change the ids of its entries at any time, so they decide nothing: an entry is known by its
address and by its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.reasons import Reason

MOST_REVISIONS = 5
"""An article is taken again when its words change, so often at most: some pages count their visitors."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``data`` is the file that it makes by itself, ``words`` how many its body has.

    ``address`` and ``content`` are keys, empty where it has no address, or too few words to be known by.
    """

    url: str
    title: str
    words: int
    teaser: bool
    address: str
    content: str
    data: bytes

    @property
    def keys(self) -> tuple[str, ...]:
        """All that it is known by."""
        return tuple(filter(None, (self.address, self.content)))


@dataclass(frozen=True, slots=True)
class FeedRead:
    """The entries of a feed, from its top, or ``why`` it is none."""

    entries: tuple[Entry, ...] = ()
    why: Reason | None = None


def read_feed(data: bytes, url: str) -> FeedRead:
    """The feed that came from ``url``, an RSS, Atom or JSON feed. For a worker: its libraries are imported here."""
    from bot.sources.reading import feed

    return feed(data, url)


def words_of_page(data: bytes, name: str, received: datetime) -> int | Reason:
    """The words of the article in a page, or why it holds none. For a worker."""
    from bot.sources.reading import page_words

    return page_words(data, name, received)


def is_new(entry: Entry, known: Mapping[str, int]) -> bool:
    """Whether it is to be taken, where ``known`` says how often what each key stands for was."""
    if entry.content and entry.content in known:
        return False
    if entry.address and entry.address in known:
        return bool(entry.content) and known[entry.address] <= MOST_REVISIONS
    return bool(entry.keys)
