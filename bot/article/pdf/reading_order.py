"""Pieces of text with places on a page, in the order in which people read them: columns, whoever drew first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

MOST_CUTS = 60
"""Cuts inside each other: a page of a newspaper has some twelve."""

_ROWS = 3  # Rows that a column has at least.
_GUTTERS = 12  # Left edges that are tried as a column's, those of most pieces first.
_PROSE = 3  # Words of a column's usual line; cells of a table have fewer.


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text or a piece of one: its left and right ends and base (points from the left and from the bottom)."""

    text: str
    x: float
    right: float
    y: float
    size: float


def reading_order(pieces: Sequence[Line]) -> list[Line]:
    """The pieces as lines from the top down, column after column; pieces side by side become one line.

    Recursive cuts (Nagy and Seth, 1984): along gutters between columns first, where what spans
    a gutter keeps its place above or below them, then along the widest horizontal gap.
    """
    return _ordered(list(pieces), MOST_CUTS)


def _ordered(pieces: list[Line], cuts: int) -> list[Line]:
    if cuts and len(pieces) > 1:
        gutter = _gutter(pieces)
        if gutter is not None:
            return [line for part in _columns(pieces, gutter) for line in _ordered(part, cuts - 1)]
        if halves := _halves(pieces):
            return [line for half in halves for line in _ordered(half, cuts - 1)]
    return _rows(pieces)


def _gutter(pieces: Sequence[Line]) -> float | None:
    """The left edge of a column that has another at its left; ``None`` without such."""
    if len(pieces) < 2 * _ROWS:
        return None
    edges = Counter(round(piece.x) for piece in pieces)
    tried = [edge for edge, count in edges.most_common(_GUTTERS) if count >= _ROWS]
    found = [(crossing, edge) for edge in tried if (crossing := _crossing(pieces, edge - 1.5)) is not None]
    return min(found)[1] - 1.5 if found else None


def _crossing(pieces: Sequence[Line], edge: float) -> int | None:
    """How many pieces cross ``edge``; ``None`` where it is no gutter between two columns of prose."""
    left = [piece for piece in pieces if piece.right <= edge]
    right = [piece for piece in pieces if piece.x >= edge]
    crossing = len(pieces) - len(left) - len(right)
    if crossing * 2 > len(pieces):
        return None
    if min(_count(left), _count(right)) < _ROWS:
        return None
    words = min(median(len(each.text.split()) for each in side) for side in (left, right))
    size = median(each.size for each in (*left, *right))
    near = sum(1 for each in left if each.right > edge - size / 2)
    return crossing if words >= _PROSE and near * 10 <= len(left) else None


def _count(pieces: Sequence[Line]) -> int:
    return len({round(piece.y) for piece in pieces})


def _columns(pieces: Sequence[Line], edge: float) -> list[list[Line]]:
    """What lies left and right of ``edge``, in slabs between the pieces that cross it."""
    parts: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    spanning: list[Line] = []
    for piece in sorted(pieces, key=lambda each: (-each.y, each.x)):
        if piece.right <= edge or piece.x >= edge:
            if spanning:
                parts.append(spanning)
                spanning = []
            (left if piece.right <= edge else right).append(piece)
            continue
        parts += filter(None, (left, right))
        left, right = [], []
        spanning.append(piece)
    return [*parts, *filter(None, (spanning, left, right))]


def _halves(pieces: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """What lies above and below the widest gap that goes through from side to side."""
    if len(pieces) < 2 * _ROWS:
        return None
    rows = sorted(pieces, key=lambda each: -each.y)
    gaps = [
        (above.y - below.y - below.size, number) for number, (above, below) in enumerate(pairwise(rows), 1)
    ]
    gap, at = max(gaps)
    return (rows[:at], rows[at:]) if gap > 0 else None


def _rows(pieces: Sequence[Line]) -> list[Line]:
    """The pieces from the top down; those on one base become one line."""
    lines: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda each: -each.y):
        if lines and abs(lines[-1][0].y - piece.y) < min(lines[-1][0].size, piece.size) / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_joined(sorted(line, key=attrgetter("x"))) for line in lines]


def _joined(line: Sequence[Line]) -> Line:
    first = line[0]
    text = " ".join(each.text for each in line)
    return replace(
        first, text=text, right=max(each.right for each in line), size=max(each.size for each in line)
    )
