"""Passages around a body that tell who wrote it: a writer's biography, a signature, a credit line.

What such a passage says differs by language; that it names whom the byline names, that no other passage
does, and that it stands at an end does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.article.fields.credits import letters
from bot.article.text.block_kinds import Kind, words_in
from bot.article.text.surroundings import Passage

_ENOUGH = 40  # Words of prose above an ending.
_BELOW = 4  # Passages at the end among which a biography stands.
_ABOVE = 6  # Passages at the top among which a credit line stands.
_LONGEST = 110  # Words of a biography.
_SHORT = 25  # Words of what may follow it: where to write, where else it was published.
_SUBJECT = 8  # Words among which its subject is named.
_SURNAME = 3  # Words among which a family name alone is the subject.
_LEAST = 4  # Letters of a family name that is looked for.
_SIGNATURE = 6  # Words of a line that signs an article.
_SIGNED = 2  # Such lines.
_FINAL = ".!?…。！？؟।:"
_MARKS = frozenset('"“”„«»「」『』')
_AND = re.compile(r"[,;/|&]| (?:and|und|et|y|e|i|og|och|en|ve|ja|és|и|та) ")
_WORD = re.compile(r"\w+")


def names_in(byline: str | None) -> tuple[tuple[str, ...], ...]:
    """The words of each full name in ``byline``, lower case."""
    parts = (tuple(_words(part)) for part in _AND.split(byline or ""))
    return tuple(part for part in parts if 2 <= len(part) <= 5)


def tells_of(text: str, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of ``names`` is what the first sentence of ``text`` is about."""
    words = _words(text[:200])[:_SUBJECT]
    return any(tuple(words[at : at + len(name)]) == name for name in names for at in range(len(words)))


def around(
    found: Sequence[Passage], kinds: Sequence[Kind], names: Sequence[tuple[str, ...]]
) -> frozenset[int]:
    """The places of the passages, of those that may be a body, that tell who wrote it."""
    places = {*_credits(found, kinds, names), *_biography(found, kinds, names)}
    rest = [at for at in range(len(found)) if at not in places]
    return frozenset((*places, *_signatures(found, kinds, rest)))


def _credits(found: Sequence[Passage], kinds: Sequence[Kind], names: Sequence[tuple[str, ...]]) -> list[int]:
    """The line at the top that is the byline, and the short lines below it: a day, a place."""
    keys = {"".join(name) for name in names}
    for at in range(min(_ABOVE, len(found))):
        if kinds[at] is Kind.LINE and any(letters(found[at].text).endswith(key) for key in keys):
            last = at + 1
            while last < len(found) and kinds[last] is Kind.LINE and _is_short(found[last]):
                last += 1
            return list(range(at, last)) if _is_short(found[at]) else []
    return []


def _biography(
    found: Sequence[Passage], kinds: Sequence[Kind], names: Sequence[tuple[str, ...]]
) -> list[int]:
    """The passages at the end from the first that is about a writer, as far as all are short or about one."""
    for at in range(max(1, len(found) - _BELOW), len(found)):
        if not _is_biography(found, at, names) or _prose(found[:at], kinds[:at]) < _ENOUGH:
            continue
        below = range(at + 1, len(found))
        ends = all(words_in(found[one].text) <= _SHORT or tells_of(found[one].text, names) for one in below)
        return [at, *below] if ends else [at]
    return []


def _is_biography(found: Sequence[Passage], at: int, names: Sequence[tuple[str, ...]]) -> bool:
    text = found[at].text
    if words_in(text) > _LONGEST or text[0] in _MARKS:
        return False
    if tells_of(text, names):
        return True
    if at + 1 < len(found):
        return False
    subject = set(_words(text)[:_SURNAME])
    known = {name[-1] for name in names if len(name[-1]) >= _LEAST and name[-1] in subject}
    return bool(known) and not any(known.intersection(_words(one.text)) for one in found[:at])


def _signatures(found: Sequence[Passage], kinds: Sequence[Kind], rest: Sequence[int]) -> list[int]:
    """One or two short lines below the last sentence, where nothing is a list: "A. Quill / KB", "With files from KB"."""
    lines: list[int] = []
    for at in reversed(rest):
        if kinds[at] is not Kind.LINE or found[at].tag != "p" or not _may_sign(found[at]):
            break
        lines.append(at)
    above = len(rest) - len(lines) - 1
    spoken = (
        above >= 0 and kinds[rest[above]] in {Kind.PROSE, Kind.SENTENCE} and found[rest[above]].tag == "p"
    )
    enough = _prose([found[at] for at in rest], [kinds[at] for at in rest]) >= _ENOUGH
    return lines if spoken and enough and len(lines) <= _SIGNED else []


def _may_sign(passage: Passage) -> bool:
    """Whether a line is short, and neither said by somebody nor ended as a sentence is."""
    return _is_short(passage) and passage.text[-1] not in _FINAL and not _MARKS.intersection(passage.text)


def _is_short(passage: Passage) -> bool:
    return words_in(passage.text) <= _SIGNATURE


def _prose(found: Sequence[Passage], kinds: Sequence[Kind]) -> int:
    return sum(words_in(one.text) for one, kind in zip(found, kinds, strict=True) if kind is Kind.PROSE)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
