"""How much two texts share; near-identical ones are wire copy, or trimmed at the end. Pure."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

SKETCH = 64
"""How many of the smallest shingle hashes a full fingerprint holds."""

SAME_TEXT = 0.4
"""Resemblance from which two texts are one; with 64 hashes its standard error is 0.06."""

FEW_SHINGLES = 24
"""Texts of fewer shingles (27 words) are forms and notices: they also need the same headline."""

BANDS = 12
"""The smallest hashes by which copies find one another: two in five texts' worth shared, one in 500 is missed."""


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The part of their shingles that two texts share, estimated from their fingerprints.

    Bottom-k: of the smallest hashes of the union, how many stand in both (Broder 1997). Texts
    without a fingerprint resemble nothing.
    """
    if not one or not other:
        return 0.0
    both = set(one) & set(other)
    size = SKETCH if SKETCH in (len(one), len(other)) else len(one) + len(other)
    smallest = sorted(set(one) | set(other))[:size]
    return sum(1 for value in smallest if value in both) / len(smallest)


class Copies:
    """The fingerprints of entries, found by their smallest hashes."""

    def __init__(self) -> None:
        self._sketches: dict[int, tuple[array[int], frozenset[str]]] = {}
        self._by_hash: dict[int, list[int]] = defaultdict(list)

    def remember(self, entry: int, fingerprint: Sequence[int], head: frozenset[str]) -> None:
        """Find ``entry`` from now on."""
        if fingerprint:
            self._sketches[entry] = array("q", fingerprint), head
            for value in fingerprint[:BANDS]:
                self._by_hash[value].append(entry)

    def forget(self, entry: int) -> None:
        """Never find ``entry`` again."""
        sketch, _ = self._sketches.pop(entry, (array("q"), None))
        for value in sketch[:BANDS]:
            self._by_hash[value].remove(entry)
            if not self._by_hash[value]:
                del self._by_hash[value]

    def original(self, fingerprint: Sequence[int], head: frozenset[str]) -> int | None:
        """The entry whose text this is, the most alike and then the oldest; ``None`` for a text of its own."""
        near = {entry for value in fingerprint[:BANDS] for entry in self._by_hash.get(value, ())[-BANDS:]}
        alike = {entry: self._alike(entry, fingerprint, head) for entry in near}
        same = [entry for entry, value in alike.items() if value >= SAME_TEXT]
        return min(same, key=lambda entry: (-alike[entry], entry)) if same else None

    def _alike(self, entry: int, fingerprint: Sequence[int], head: frozenset[str]) -> float:
        sketch, other_head = self._sketches[entry]
        # Few shingles are a form or a notice: they also need the same headline.
        if min(len(sketch), len(fingerprint)) < FEW_SHINGLES and head != other_head:
            return 0.0
        return resemblance(sketch, fingerprint)
