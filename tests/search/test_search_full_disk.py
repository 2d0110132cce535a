"""An index on a disk without room: what is committed is found, and what could not be merged is merged when there is room."""

from __future__ import annotations

import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.query import parse
from bot.search.index import IndexSettings, open_index
from tests.builders import NOON, an_article, an_entry
from tests.contracts.index import Shelf

COMMITS = 8
"""Parts of one size that tantivy makes one of."""

LARGEST = 60 * 1024
"""Bytes: more than a file of a part has, less than one that is merged of eight."""


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file may grow further, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files(path: Path) -> list[int]:
    """Their sizes."""
    return sorted(file.stat().st_size for file in path.iterdir())


async def test_without_room_for_a_merge_all_is_found_and_it_is_made_later(tmp_path: Path):
    dice, at = random.Random(1), IndexSettings(tmp_path / "index", patience=0.2)

    def text(number: int) -> str:
        words = ("".join(dice.choices("bcdfghjklmnpqrstvwxyz", k=8)) for _ in range(900))
        return f"{' '.join(words)} vessel{number}"

    entries = [an_entry(an_article(text(n), title=f"Vessel {n}"), id=n) for n in range(1, COMMITS + 3)]
    for count in range(1, COMMITS):
        await open_index(at).follow(Shelf(*entries[:count]))
    parts = files(at.path)
    assert parts[-1] < LARGEST
    with no_file_beyond(LARGEST):
        for count in (COMMITS, COMMITS + 1):  # the commits are made, their merge is not
            assert await open_index(at).follow(Shelf(*entries[:count])) == count
    assert files(at.path)[-1] == LARGEST  # it was tried
    assert {one[0] for one in open_index(at).stamps()} == set(range(1, COMMITS + 2))
    assert await open_index(at).follow(Shelf(*entries)) == COMMITS + 2
    merged = files(at.path)
    assert len(merged) < len(parts)  # what the tries had written is gone, too
    assert merged[-1] > LARGEST
    for number in range(1, COMMITS + 3):
        found = await open_index(at).search(parse(f"vessel{number}").query, now=NOON, limit=3)
        assert ([one.entry for one in found.matches], found.tolerant) == ([number], False)
