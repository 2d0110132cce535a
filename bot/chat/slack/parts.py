"""A long message in parts that Slack takes: cut between stories, else between blocks. Pure.

Where a single text is too long for one block, it is cut after a sentence, else after a word, else
between two characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.slack.text import beginning, size
from bot.domain.message import Run

MOST_BLOCKS = 50
"""Blocks of one message: docs.slack.dev/reference/block-kit/blocks."""

MOST_UNITS = 10_000
"""Units over all blocks of one message. Slack refuses at about 13,200, which it does not publish
(slackapi/bolt-js#2509)."""

LONGEST_WORD = 1_000
"""Units of a word before it is cut: nobody writes such words, but a file may hold them."""

Json = dict[str, Any]

_WORD = re.compile(r"\S+\s*|\s+")
_CLOSING = "\"'”’»)]」』"
_STOPS = frozenset(".!?…")
_WIDE_STOPS = frozenset("。！？")
"""Stops that no blank follows."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One Slack block with its words. ``leads`` ones belong to what follows: headings and source lines."""

    block: Json
    plain: str
    units: int
    leads: bool = False


Part = list[TextBlock]


def parts(stories: Sequence[Sequence[TextBlock]], rule: TextBlock) -> list[Part]:
    """The stories in as few parts as they need, ``rule`` between two stories of one part.

    A part that is cut inside a story does not end with a block that ``leads``, but for one that
    holds nothing else.
    """
    full: list[Part] = []
    part: Part = []
    for story in stories:
        joined = [*part, rule, *story] if part else list(story)
        if _fits(joined):
            part = joined
            continue
        full += [part] if part else []
        *whole, part = _cut_between_blocks(story)
        full += whole
    return [*full, part] if part else full


def _fits(text_blocks: Sequence[TextBlock]) -> bool:
    return (
        len(text_blocks) <= MOST_BLOCKS and sum(text_block.units for text_block in text_blocks) <= MOST_UNITS
    )


def _cut_between_blocks(story: Sequence[TextBlock]) -> list[Part]:
    found: list[Part] = [[]]
    for text_block in story:
        while found[-1] and not _fits([*found[-1], text_block]):
            found.append(_leading_end(found[-1]))
        found[-1].append(text_block)
    return found


def _leading_end(part: Part) -> Part:
    """Takes off the headings at the end of a part, which open the next one; not the whole part."""
    at = len(part)
    while at and part[at - 1].leads:
        at -= 1
    if not at:
        return []
    taken = part[at:]
    del part[at:]
    return taken


# --- one text in pieces ------------------------------------------------------------------------------


def pieces(runs: Sequence[Run], most: int) -> list[tuple[Run, ...]]:
    """The runs in pieces of at most ``most`` units, addresses of links included."""
    if sum(size(run.text) + size(run.url or "") for run in runs) <= most:
        whole = tuple(_merged([run for run in runs if run.text or run.moment]))
        return [whole] if whole else []
    found: list[tuple[Run, ...]] = []
    held: list[Run] = []
    units = 0
    for word in _words(runs):
        while held and units + _cost(word, held[-1]) > most:
            at = _best_cut(held)
            found.append(tuple(_merged(held[:at])))
            held = held[at:]
            units = sum(_cost(one, before) for one, before in zip(held, [None, *held], strict=False))
        units += _cost(word, held[-1] if held else None)
        held.append(word)
    return [*found, tuple(_merged(held))] if held else found


def _words(runs: Sequence[Run]) -> Iterator[Run]:
    for run in runs:
        if run.moment:  # one element, whatever its words
            yield run
            continue
        for found in _WORD.finditer(run.text):
            word = found[0]
            while size(word) > LONGEST_WORD:
                head = beginning(word, LONGEST_WORD)
                yield replace(run, text=head)
                word = word[len(head) :]
            yield run if len(word) == len(run.text) else replace(run, text=word)


def _cost(word: Run, before: Run | None) -> int:
    """Units of the word; an address counts once for all the words of its link that touch."""
    goes_on = before is not None and before.url == word.url
    return size(word.text) + (0 if goes_on or not word.url else size(word.url))


def _best_cut(words: Sequence[Run]) -> int:
    """How many words make the next piece: to a sentence's end in its second half, else to a blank."""
    half = len(words) // 2
    for ends in (_ends_sentence, _ends_word):
        for at in range(len(words), half, -1):
            if ends(words[at - 1].text):
                return at
    return len(words)


def _ends_word(word: str) -> bool:
    return word[-1].isspace()


def _ends_sentence(word: str) -> bool:
    text = word.rstrip()
    tail = word[len(text) :]
    last = text.rstrip(_CLOSING)[-1:]
    return "\n" in tail or last in _WIDE_STOPS or (bool(tail) and last in _STOPS)


def _merged(words: Sequence[Run]) -> Iterator[Run]:
    held: Run | None = None
    for word in words:
        told = word.moment or (held and held.moment)
        if held and not told and (held.tone, held.url) == (word.tone, word.url):
            held = replace(held, text=held.text + word.text)
        else:
            if held:
                yield held
            held = word
    if held:
        yield held
