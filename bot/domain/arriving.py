"""Articles on their way into the library, together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.model import Gist, Reading


@dataclass(frozen=True, slots=True)
class Arriving:
    """An article on its way into the library: as its file brought it, with the story to join or ``None`` for its own.

    ``gist`` is what it is found by, ``absorbs`` are the stories that it makes one with its story.
    """

    reading: Reading
    origin: str
    data_key: str
    added: datetime
    bulk: bool = False
    expires: datetime | None = None
    story: int | None = None
    gist: Gist | None = None
    absorbs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Of articles that come together: so many, from the first on, have nothing to do with any that there is.

    True as long as ``revision`` is the library's; the next entry is one more than ``entry``.
    """

    count: int
    revision: int
    entry: int
