"""A text becomes blocks: paragraphs and single lines, whatever way it was wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.article.text.markdown import HEADING

LONGEST = 20_000
"""Characters of a block; a longer line is cut at a space, so that no later rule meets more."""

_NARROW, _WIDE = 40, 100  # Columns of hard-wrapped text: typewriters, mail and wires use 60 to 80.
_BULLET = re.compile(r"(?:[-–—*•‣◦▪●·]|\d{1,2}[.)])[ ]+(?=\S)")
_LETTER_BULLET = re.compile(r"[•‣◦▪●·][ ]*(?=\S)")
_SPEAKING = "–—0123456789"
_SAYS = (  # How verbs of saying begin where a dash opens speech, as `say` of bot.text.cues has them.
    "sier sig[ei] sagde sagt säg sade fort[eæ]l berätt skriv skrev men[et] mente forklar förklar svar spø fråg tilføj tillägg "
    "konstat understr hevd hævd hävd adva varn oplys opplys upplys meddel melde komment påpe dijo dice decía señal afirm explic "
    "añad agreg declar asegur indic subray destac respond pregunt manifest sostuv reconoc recuerd recordó dit disai déclar affirm "
    "expliqu ajout précis soulign assur estim indiqu répond rappel racont lanc[eé] confi сказа говор заяв отме подч добав объяс "
    "расск ответ спрос поясн уточн зазн розпов disse diz dichiar afferm spieg aggiun powiedz mówi stwierd podkreśl doda sano kerto "
    "totea totes řek říká uved dedi söyle mond zeg[gt] zei vertel said says"
)
_SPOKEN = re.compile(
    rf"(?:[,?!…] |[.,]? [–—-] ?)(?:[^\W\d_]{{1,6}} )?(?:{'|'.join(_SAYS.split())})[^\W\d_]{{0,9}}\b"
)
_SPEECH = 4_000  # Characters of a paragraph in which a cue is looked for.
_SPACES = re.compile(r" {2,}")
_DONE = tuple('.!?:;"”’»)…')
_STOPPED = re.compile(r"[.!?…][\"”’»)]{0,2}$")
_FEWEST_DIVIDED = 3  # Lines that end in half a word; one or two may end in the hyphen of a compound.
_BROKEN = 12  # Lines of one sentence.
_OF_PROSE = 45  # Characters of its longest; verses and lists are shorter.


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a line that stands for itself; ``text`` has single spaces and no newline.

    ``gap`` says that an empty line stands before it; ``bullet`` that a list mark was cut off it;
    ``level`` is that of a Markdown heading, or 0.
    """

    text: str
    gap: bool = False
    bullet: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int
    gap: bool
    bullet: bool
    level: int = 0
    hyphen: bool = False


def blocks(text: str) -> list[Block]:
    """The blocks of ``text`` in order; wrapped lines are joined, nothing is left out."""
    lines = _lines(text)
    width = _wrap_width(lines)
    divided = _divides(lines)
    found: list[Block] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and width and _continues(lines[end - 1], lines[end], width):
            end += 1
        if end == at + 1:
            end = at + _of_sentence(lines[at : at + _BROKEN])
        first = lines[at]
        text = _joined(lines[at:end], divided=divided)
        # A hyphen is the mark of a list, and in many languages of speech.
        text = f"- {text}" if first.hyphen and _SPOKEN.search(text[:_SPEECH]) else text
        found.extend(_bounded(Block(text, first.gap, first.bullet, first.level)))
        at = end
    return found


def broken_sentence(lines: Sequence[str]) -> int:
    """How many ``lines`` are one sentence that line breaks cut, from the first on; 1 when it is whole.

    Each goes on with a small letter behind a line without a stop, until one has a stop.
    """
    if not lines or len(lines[0].split(" ", 3)) < 3 or lines[0][0].islower():
        return 1
    for at, (line, after) in enumerate(pairwise(lines[:_BROKEN]), 2):
        if line.endswith(_DONE) or not after.partition(" ")[0].islower():
            return 1
        if _STOPPED.search(after):
            return at if max(map(len, lines[:at])) >= _OF_PROSE else 1
    return 1


def _of_sentence(lines: Sequence[_Line]) -> int:
    first = lines[0]
    apart = (
        at
        for at, line in enumerate(lines)
        if at and (line.gap or line.bullet or line.indent > first.indent + 1)
    )
    whole = lines[: next(apart, len(lines))]
    return 1 if first.level or first.bullet else broken_sentence([line.text for line in whole])


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    gap = False
    for raw in text.split("\n"):
        bare = _SPACES.sub(" ", raw.strip())
        if not bare:
            gap = True
            continue
        found.append(_line(raw, bare, gap))
        gap = False
    return found


def _line(raw: str, bare: str, gap: bool) -> _Line:  # noqa: FBT001 - a field of the line
    indent = len(raw) - len(raw.lstrip())
    if heading := HEADING.match(raw):
        return _Line(heading[2], indent, gap=True, bullet=False, level=len(heading[1]))
    mark = _BULLET.match(bare) or _LETTER_BULLET.match(bare)
    # A number is part of the words ("1. The bridge"), and a long dash may open speech.
    text = bare[mark.end() :] if mark and bare[0] not in _SPEAKING else bare
    return _Line(text, indent, gap, bullet=mark is not None, hyphen=mark is not None and bare[0] == "-")


def _wrap_width(lines: list[_Line]) -> int:
    """The column at which the text was wrapped; 0 when each line is a paragraph.

    In wrapped text a line often stops in mid-sentence and the next goes on in lower case; where
    a line is a paragraph that hardly happens.
    """
    full = going_on = width = 0
    for line, after in pairwise(lines):
        if after.gap or not _NARROW <= len(line.text) <= _WIDE:
            continue
        full += 1
        if after.text[0].islower() and not line.text.endswith(_DONE):
            going_on += 1
            width = max(width, len(line.text))
    if going_on == 1 and len(lines) <= 5:
        # A text of a few lines: one such break is enough when a full stop ends the whole.
        return width if full <= 2 and lines[-1].text.endswith(".") else 0
    return width if going_on >= 2 and going_on * 4 >= full else 0


def _continues(line: _Line, after: _Line, width: int) -> bool:
    if (
        after.gap
        or after.bullet
        or after.level
        or line.level
        or len(line.text) > _WIDE
        or after.indent > line.indent + 1
    ):
        return False
    # The next word did not fit: the line was broken by its width, not by its author.
    first_word = after.text.partition(" ")[0]
    return len(line.text) + 1 + len(first_word) > width - 6 or (
        after.text[0].islower() and len(line.text) >= _NARROW // 2
    )


def _divides(lines: list[_Line]) -> bool:
    """Whether the text divides words at the ends of its lines, as what is copied from a page in print does."""
    broken = [
        after
        for line, after in pairwise(lines)
        if line.text[-1:] == "-" and line.text[-2:-1].islower() and after.text[0].islower() and not after.gap
    ]
    return len(broken) >= _FEWEST_DIVIDED


def _joined(lines: list[_Line], *, divided: bool) -> str:
    text = lines[0].text
    parts = [text]
    for line in lines[1:]:
        # "Franco-" at a line's end is a hyphen that the wrapping used: it stays, without a space.
        hyphen = parts[-1][-1:] == "-" and parts[-1][-2:-1].isalpha()
        if hyphen and divided and line.text[0].islower():
            parts[-1] = parts[-1][:-1]
        parts.append(line.text if hyphen else f" {line.text}")
    return "".join(parts)


def _bounded(block: Block) -> list[Block]:
    pieces: list[Block] = []
    text = block.text
    start = 0
    while len(text) - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = cut if cut > 0 else start + LONGEST
        pieces.append(Block(text[start:end].strip(), block.gap, block.bullet))
        start = end
    last = text[start:].strip()
    return [*pieces, Block(last, block.gap, block.bullet, block.level)] if last else pieces
