"""Expressions that are searched only where a text has one of the literals without which they cannot match. Pure.

An expression of fifty words is tried at each character of a text, which nearly always has none of them; to look
for fifty literals takes a twentieth of that. The literals are read off the expression, so that none can be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLASS = re.compile(r"\\[bBdDsSwWAZ]|\[\^?\]?(?:\\.|[^\]\\])*\]|[.^$]")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{(?P<least>\d*)(?:,\d*)?\})[?+]?")
_GROUP = re.compile(r"\((?!\?)|\(\?(?:(?P<aside><?[=!])|:|P<\w+>)")

Literals = tuple[str, ...]


class Prefiltered:
    """A compiled expression without flags, and what is :func:`required` for it."""

    __slots__ = ("_expression", "_literals", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._expression = re.compile(pattern)
        self._literals = required(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """As that of the expression."""
        return self._expression.search(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As that of the expression."""
        return self._expression.finditer(text) if self._may_match(text) else iter(())

    def _may_match(self, text: str) -> bool:
        return any(map(text.__contains__, self._literals))  # a generator takes twice as long


def required(pattern: str) -> Literals:
    """Literals one of which is in every text that ``pattern`` is found in; the empty one where none can be told.

    Raises ValueError for what it cannot read: flags, references and comments.
    """
    found, end = _alternatives(pattern, 0)
    if end < len(pattern):
        raise ValueError(f"not read from character {end} on: {pattern}")
    return tuple(sorted(one for one in found if not any(other in one for other in found if other != one)))


def _alternatives(pattern: str, at: int) -> tuple[set[str], int]:
    """The literals of any of the alternatives that begin at ``at``, and where their group ends."""
    found, at = _sequence(pattern, at)
    while pattern[at : at + 1] == "|":
        more, at = _sequence(pattern, at + 1)
        found |= more
    return found, at


def _sequence(pattern: str, at: int) -> tuple[set[str], int]:
    """The literals of the part of a sequence whose shortest is longest, and where the sequence ends."""
    parts: list[set[str]] = [{""}]
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        part, end = _atom(pattern, at)
        plain = part != {""} and pattern[at] != "("
        optional, at = _quantified(pattern, end)
        if plain and at == end:
            run += part.pop()
        else:
            parts += [{run}, {""} if optional else part]
            run = ""
    return max([*parts, {run}], key=lambda part: min(map(len, part))), at


def _atom(pattern: str, at: int) -> tuple[set[str], int]:
    """The literals of the group, class or character that begins at ``at``, and where it ends."""
    if group := _GROUP.match(pattern, at):
        found, end = _alternatives(pattern, group.end())
        return {""} if group["aside"] else found, end + 1
    if skipped := _CLASS.match(pattern, at):
        return {""}, skipped.end()
    character = pattern[at + 1] if pattern[at] == "\\" else pattern[at]
    if pattern[at] == "(" or (pattern[at] == "\\" and character.isalnum()):
        raise ValueError(f"not read at character {at}: {pattern}")
    return {character}, at + 1 + (pattern[at] == "\\")


def _quantified(pattern: str, at: int) -> tuple[bool, int]:
    """Whether what ends at ``at`` may be missing, and where its quantifier ends."""
    found = _QUANTIFIER.match(pattern, at)
    if found is None:
        return False, at
    return found[0][0] in "?*" or (found[0][0] == "{" and not int(found["least"] or 0)), found.end()
