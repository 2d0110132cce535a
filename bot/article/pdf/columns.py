"""Lines with places on pages become running text: paragraphs, hyphens, heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from statistics import median

from bot.article.pdf.direction import in_order
from bot.article.pdf.initials import with_initials
from bot.article.pdf.reading_order import Line, reading_order

EDGE = 4
"""Lines at the top and at the bottom of a page among which running heads and feet are looked for."""

_USUAL = 5  # Of so many steps from line to line one at least is the usual one.
# Parts of the text's size from which a title and a heading are set, and below which small print is.
_TITLED, _HEADED, _SMALL = 1.5, 1.15, 0.85
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])[.):]? ?(?=[^\W\d_])")
_FEWEST_NOTED = 3  # Words of a note behind its number; "1 of 3" is the page's.
_MOST_NOTED = 80  # Words of small print that interrupts the text; more is a box, or another text.
_PROSE = 6  # Words of a line of the text.
_FOLIO = re.compile(
    r"(?:(?:page|seite|página|pagina|p\.) ?)?[-–— ]{0,3}\d{1,4}[-–— ]{0,3}(?:(?:of|von|de|di|/|sur) ?\d{1,4})?$",
    re.IGNORECASE,
)
_BESIDE_FOLIO = re.compile(
    r"^\d{1,3} (?=[^\W\d_])|(?:[ |–—-]{1,4}(?:page|seite|página|pagina|p\.))? [-–— ]{0,2}\d{1,3}[-–— ]{0,2}(?:/ ?\d{1,3})?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_DONE = re.compile(r"[.!?:…。！？][\"'”’»)\]]{0,3}$")
_WORD = re.compile(r"\w+(?:-\w+)+")
_BROKEN = re.compile(r"(\w+)[-\u2010\u00ad]$")
_NEXT = re.compile(r"(\w+)")
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the body is set: step from line to line in parts of their size, the usual line's characters and width, size."""

    leading: float
    measure: float
    width: float
    size: float


def running_text(pages: Sequence[Sequence[Line]]) -> str:
    """The text of the pages, paragraphs apart, larger lines as headings; what repeats at edges once.

    The first page's running head stays in front and its foot goes to the end, as they may name the
    outlet and the day. Folios are dropped.
    """
    heads, feet, bodies = _edges(
        [[_clean(line) for line in reading_order(with_initials(page))] for page in pages]
    )
    lines = [line for body in bodies for line in body]
    if not lines:
        return "\n\n".join([*heads, *feet])
    usual = median(line.size for line in lines for _ in range(len(line.text)))
    lines, notes = _without_notes(lines, usual)
    compounds = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    paragraphs: list[list[Line]] = []
    setting = _Setting(
        _leading(lines),
        median(len(line.text) for line in lines),
        median(line.right - line.x for line in lines),
        usual,
    )
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, setting):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    texts = [_heading(paragraph, usual) + _joined(paragraph, compounds) for paragraph in paragraphs]
    return "\n\n".join([*heads, *texts, *(f"[^1]: {note}" for note in notes), *feet])


def _without_notes(lines: Sequence[Line], usual: float) -> tuple[list[Line], list[str]]:
    """The lines without notes and captions, and these: a few in small print between lines of the text, or behind a note's number."""
    kept: list[Line] = []
    notes: list[str] = []
    begun = False
    for small, run in groupby(lines, key=lambda line: line.size < _SMALL * usual):
        row = list(run)
        numbered = _NOTE.match(row[0].text) and sum(map(str.isalpha, row[0].text.split())) >= _FEWEST_NOTED
        last = row[-1] is lines[-1]
        short = sum(len(line.text.split()) for line in row) <= _MOST_NOTED
        if not (small and short and begun and (numbered or not last)):
            kept += row
            begun = begun or any(
                line.size < _HEADED * usual and len(line.text.split()) >= _PROSE for line in row
            )
            continue
        for at, line in enumerate(row):
            if not at or _NOTE.match(line.text):
                notes.append(line.text)
            else:
                notes[-1] = f"{notes[-1]} {line.text}"
    return kept, notes


def _clean(line: Line) -> Line:
    words = line.text.translate(_LIGATURES).split()
    return replace(line, text=" ".join(in_order(words, leftwards=line.leftwards)))


def _edges(pages: list[list[Line]]) -> tuple[list[str], list[str], list[list[Line]]]:
    """The first page's running head and foot, and the pages without any."""
    tops = [sorted(page, key=lambda line: -line.y)[:EDGE] for page in pages]
    ends = [sorted(page, key=lambda line: line.y)[:EDGE] for page in pages]
    seen = Counter(
        key for page in zip(tops, ends, strict=True) for key in {_key(line) for line in (*page[0], *page[1])}
    )
    most = max(2, len(pages) // 2)
    repeated = {key for key, count in seen.items() if count >= most}
    heads: list[str] = []
    feet: list[str] = []
    bodies: list[list[Line]] = []
    for number, (page, top, end) in enumerate(zip(pages, tops, ends, strict=True)):
        over, under = _running(top, repeated), _running(end, repeated)
        if number == 0:
            printed = any("://" in line.text for line in (*over, *under))
            heads = _said(over, printed=printed)
            feet = _said([line for line in under if line not in over], printed=printed)
        bodies.append([line for line in page if line not in over and line not in under])
    return heads, feet, bodies


def _said(running: Sequence[Line], *, printed: bool) -> list[str]:
    """What running lines say beside the page's number; all of those that a browser ``printed``, which are known by it."""
    texts = [line.text for line in running if not _FOLIO.match(line.text)]
    return texts if printed else list(filter(None, (_BESIDE_FOLIO.sub("", text).strip() for text in texts)))


def _running(edge: Sequence[Line], repeated: AbstractSet[tuple[str, int]]) -> list[Line]:
    """The running lines, from the edge inwards: beyond the first other line the text has begun."""
    return list(takewhile(lambda line: _key(line) in repeated or _FOLIO.match(line.text) is not None, edge))


def _key(line: Line) -> tuple[str, int]:
    """What makes a line the same on another page: its words but for numbers, and its height."""
    return _NUMBER.sub("#", line.text.casefold()), round(line.y / 4)


def _leading(lines: Sequence[Line]) -> float:
    """The distance between two lines of a paragraph, in parts of their size: the least that is usual."""
    steps = [
        round((a.y - b.y) / a.size, 1) for a, b in pairwise(lines) if a.size and 0 < a.y - b.y < 3 * a.size
    ]
    counts = Counter(steps)
    return min((step for step, count in counts.items() if count * _USUAL >= len(steps)), default=1.2)


def _goes_on(paragraph: Sequence[Line], line: Line, setting: _Setting) -> bool:
    before = paragraph[-1]
    size = max(before.size, 0.1)
    if abs(line.size - before.size) > size * 0.12 or line.cells or before.cells:
        return False
    step = (before.y - line.y) / size
    if step < -0.5 or step > 3 * setting.leading or abs(line.x - before.x) > 12 * size:
        # Another column or page: a sentence that has not ended goes on there.
        cut = line.text[:1].islower() or not _had_room(before, line, before.x + setting.width)
        return cut and _DONE.search(before.text) is None
    return step <= setting.leading * 1.35 and not _ended(paragraph, line, setting)


def _ended(paragraph: Sequence[Line], line: Line, setting: _Setting) -> bool:
    """Whether the paragraph's last line was its last: it is short, or the next one is indented."""
    before = paragraph[-1]
    if line.text[:1].islower() or _BROKEN.search(before.text[-60:]):
        return False
    done = _DONE.search(before.text) is not None
    indented = len(paragraph) > 1 and line.x - before.x > before.size * 0.8
    if indented and done:
        return True
    edge = max(each.right for each in (*paragraph[-3:], line))
    if before.size < setting.size * 1.15 and _had_room(before, line, edge):
        return True
    short = len(before.text) < setting.measure * (0.85 if done else 0.6)
    return short and _had_room(before, line, before.x + setting.width)


def _had_room(before: Line, line: Line, edge: float) -> bool:
    """Whether the first word of ``line`` had room behind ``before`` up to ``edge``, so that somebody ended the line."""
    word = len(line.text.partition(" ")[0]) / max(1, len(line.text)) * (line.right - line.x)
    return edge - before.right > word + before.size / 2


def _heading(paragraph: Sequence[Line], usual: float) -> str:
    size, words = paragraph[0].size, sum(len(line.text.split()) for line in paragraph)
    if words > 30 or size < usual * _HEADED:
        return ""
    return "# " if size >= usual * _TITLED else "## "


def _joined(paragraph: Sequence[Line], compounds: set[str]) -> str:
    text = paragraph[0].text
    parts = [text]
    for line in paragraph[1:]:
        broken, after = _BROKEN.search(parts[-1][-60:]), _NEXT.match(line.text)
        if broken is None or after is None:
            parts.append(f" {line.text}")
        elif after[1][0].islower() and f"{broken[1]}-{after[1]}".casefold() not in compounds:
            parts[-1] = parts[-1][:-1]
            parts.append(line.text)
        else:
            parts.append(line.text)
    return "".join(parts)
