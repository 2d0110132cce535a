"""The articles that a composer knows already: each is sent to it once, and named from then on.

A slot's destinations are told of the same articles; to send them with each digest cost more than to make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, islice
from typing import NamedTuple

from bot.domain.model import Entry, Window
from bot.domain.ports import Library

MOST = 10_000
"""Articles that a composer keeps, those that it was sent last."""

_NUMBERS = count(1)


class Name(NamedTuple):
    """An entry as it is at one moment: of what has another text or another story, another name."""

    entry: int
    changed: int
    story: int

    @classmethod
    def of(cls, entry: Entry) -> Name:
        """The entry's, as it is."""
        return cls(entry.id, entry.changed, entry.story)


class Head(NamedTuple):
    """What the desk needs to know of an entry that it names."""

    name: Name
    revision: int
    bulk: bool


class Sent(NamedTuple):
    """The entries of a digest, as a composer is told of them: all ``names``, and the ``entries`` that may be new to it.

    ``desk`` is whose they are: another desk's entries have the same ids.
    """

    desk: int
    names: tuple[Name, ...]
    entries: tuple[Entry, ...] = ()


class Lacking(NamedTuple):
    """The entries that a composer has not, or no longer."""

    ids: tuple[int, ...]


class Heads:
    """The entries of a library, named; a desk's side of it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._desk = next(_NUMBERS)
        self._revision = -1
        self._heads: dict[int, Head] = {}

    async def found(self, ids: Sequence[int], revision: int, window: Window, *, bulk: bool) -> Sent:
        """Those of the entries that are the window's, as they are at the library's ``revision``.

        One that was corrected since then has a newer revision, and is the next window's. Without ``bulk`` what
        came in bulk drops is left out. Raises StoreError.
        """
        if self._revision != revision:  # any change makes another: of a text, of a story, that one is gone
            self._revision, self._heads = revision, {}
        heads = self._heads
        new = await self._library.entries([one for one in ids if one not in heads])
        for entry in new:
            heads[entry.id] = Head(Name.of(entry), entry.revision, entry.bulk)
        known = (heads[one] for one in ids if one in heads)
        names = tuple(
            one.name for one in known if window.after < one.revision <= window.upto and (bulk or not one.bulk)
        )
        wanted = {name.entry for name in names}
        return Sent(self._desk, names, tuple(entry for entry in new if entry.id in wanted))

    async def found_now(self, ids: Sequence[int], window: Window, *, bulk: bool) -> Sent:
        """As ``found`` has it, at the revision that the library has now."""
        return await self.found(ids, await self._library.revision(), window, bulk=bulk)

    def forget(self, ids: Iterable[int]) -> None:
        """Send these anew when they are named next."""
        for one in ids:
            self._heads.pop(one, None)


class Known:
    """The entries that a process was sent by one desk."""

    def __init__(self) -> None:
        self._desk = 0
        self._entries: dict[Name, Entry] = {}

    def entries(self, sent: Sent) -> tuple[Entry, ...] | Lacking:
        """All that are named, in their order."""
        if self._desk != sent.desk:
            self._desk, self._entries = sent.desk, {}
        known = self._entries
        # One that is known stays the same object: what is remembered by it is found at once.
        known.update({name: one for one in sent.entries if (name := Name.of(one)) not in known})
        lacking = tuple(name.entry for name in sent.names if name not in known)
        if lacking:
            return Lacking(lacking)
        found = tuple(known[name] for name in sent.names)
        for name in list(islice(known, max(0, len(known) - MOST))):
            del known[name]
        return found
