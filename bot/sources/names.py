"""What sources are called, which is also the folder of the inbox in which their files are dropped (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_NAME = 40
RESERVED = frozenset({"added", "done", "failed", "posted"})

_NO_NAME = re.compile(r"[^\w]+")


class Names:
    """Names for sources, of which none is given twice, case aside; what one costs does not grow with their number."""

    def __init__(self, taken: Iterable[str]) -> None:
        """``taken`` are given to nobody."""
        self._taken = {one.casefold() for one in taken}
        self._numbers: dict[str, int] = {}

    def name(self, title: str) -> str:
        """The title as a name."""
        plain = _NO_NAME.sub("-", title[:500]).strip("-_")[:LONGEST_NAME].strip("-_") or "feed"
        plain = f"{plain}-feed" if plain.casefold() in RESERVED else plain
        name, begin = plain, plain[: LONGEST_NAME - 5]
        number = self._numbers.get(begin.casefold(), 1)
        while name.casefold() in self._taken:
            number += 1
            name = f"{begin}-{number}"
        self._numbers[begin.casefold()] = number
        self._taken.add(name.casefold())
        return name
