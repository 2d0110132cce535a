"""What sources are called, which is also the folder of the inbox in which their files are dropped (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_NAME = 40
RESERVED = frozenset({"added", "done", "failed", "posted"})

_NO_NAME = re.compile(r"[^\w]+")


def name_for(title: str, taken: Iterable[str]) -> str:
    """The title as a source's name that is not ``taken``, case aside."""
    names = {one.casefold() for one in taken}
    plain = _NO_NAME.sub("-", title[:500]).strip("-_")[:LONGEST_NAME].strip("-_") or "feed"
    plain = f"{plain}-feed" if plain.casefold() in RESERVED else plain
    name, number = plain, 1
    while name.casefold() in names:
        number += 1
        name = f"{plain[: LONGEST_NAME - 5]}-{number}"
    return name
