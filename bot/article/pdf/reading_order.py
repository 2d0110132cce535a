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
_GUTTERS = 12  # Left edges that are tried as a column's, those of most rows first.
_PROSE = 3  # Words of a column's usual line, or else
_LONG = 18  # its letters; cells of a table have fewer of both.
_WIDTH = 0.55  # Parts of the size that a gutter is wide at least; a space takes a quarter.


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text or a piece of one: its left and right ends and base (points from the left and from the bottom)."""

    text: str
    x: float
    right: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The left edge of a column that has another at its left, and the usual white between the two (points)."""

    edge: float
    width: float

    def crossed(self, row: Sequence[Line]) -> bool:
        """Whether the row goes on across it: by a word, or by a space that is none between columns."""
        left = [piece.right for piece in row if piece.x < self.edge]
        right = [piece.x for piece in row if piece.x >= self.edge]
        return bool(left) and (
            max(left) > self.edge or (bool(right) and min(right) - max(left) < self.width * 0.7)
        )


def reading_order(pieces: Sequence[Line]) -> list[Line]:
    """The pieces as lines from the top down, column after column; pieces side by side become one line.

    Recursive cuts (Nagy and Seth, 1984): along gutters between columns first, where what spans
    a gutter keeps its place above or below them, then along the widest horizontal gap. A gutter is
    white in most rows: justified lines have gaps of its width, but each has them elsewhere.
    """
    return _ordered(_rows(pieces), MOST_CUTS)


def _ordered(rows: list[list[Line]], cuts: int) -> list[Line]:
    if cuts and len(rows) > 1:
        gutter = _gutter(rows)
        if gutter is not None:
            return [line for part in _columns(rows, gutter) for line in _ordered(part, cuts - 1)]
        if halves := _halves(rows):
            return [line for half in halves for line in _ordered(half, cuts - 1)]
    return [_joined(row) for row in rows]


def _rows(pieces: Sequence[Line]) -> list[list[Line]]:
    """The pieces from the top down, those on one base together, from the left."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda each: -each.y):
        if rows and abs(rows[-1][0].y - piece.y) < min(rows[-1][0].size, piece.size) / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=attrgetter("x")) for row in rows]


def _gutter(rows: Sequence[Sequence[Line]]) -> _Gutter | None:
    """The gutter that the fewest rows cross; ``None`` without any."""
    if len(rows) < _ROWS:
        return None
    edges = Counter(edge for row in rows for edge in {round(piece.x) for piece in row})
    tried = [edge - 1.5 for edge, count in edges.most_common(_GUTTERS) if count >= _ROWS]
    found = [(crossing[0], edge, crossing[1]) for edge in tried if (crossing := _crossing(rows, edge))]
    return _Gutter(*min(found)[1:]) if found else None


def _crossing(rows: Sequence[Sequence[Line]], edge: float) -> tuple[int, float] | None:
    """How many rows cross ``edge``, and its width; ``None`` where it is no gutter between two columns of prose."""
    free = [row for row in rows if not any(piece.x < edge < piece.right for piece in row)]
    left = [side for row in free if (side := [piece for piece in row if piece.x < edge])]
    right = [side for row in free if (side := [piece for piece in row if piece.x >= edge])]
    if min(len(left), len(right)) < _ROWS or not (_is_prose(left) and _is_prose(right)):
        return None
    ends = sorted(side[-1].right for side in left)
    gutter = _Gutter(edge, edge - ends[(len(ends) - 1) * 9 // 10])
    if gutter.width < _WIDTH * median(side[0].size for side in (*left, *right)):
        return None
    crossing = sum(map(gutter.crossed, rows))
    return (crossing, gutter.width) if crossing * 2 <= len(rows) else None


def _is_prose(sides: Sequence[Sequence[Line]]) -> bool:
    words = median(sum(len(piece.text.split()) for piece in side) for side in sides)
    return words >= _PROSE or median(sum(len(piece.text) for piece in side) for side in sides) >= _LONG


def _columns(rows: Sequence[list[Line]], gutter: _Gutter) -> list[list[list[Line]]]:
    """What lies left and right of ``gutter``, in slabs between the rows that cross it."""
    parts: list[list[list[Line]]] = []
    left: list[list[Line]] = []
    right: list[list[Line]] = []
    spanning: list[list[Line]] = []
    for row in rows:
        if gutter.crossed(row):
            parts += filter(None, (left, right))
            left, right = [], []
            spanning.append(row)
            continue
        parts += filter(None, (spanning,))
        spanning = []
        for side, pieces in (
            (left, [piece for piece in row if piece.x < gutter.edge]),
            (right, [piece for piece in row if piece.x >= gutter.edge]),
        ):
            if pieces:
                side.append(pieces)
    return [*parts, *filter(None, (spanning, left, right))]


def _halves(rows: list[list[Line]]) -> tuple[list[list[Line]], list[list[Line]]] | None:
    """What lies above and below the widest gap that goes through from side to side."""
    if sum(map(len, rows)) < 2 * _ROWS:
        return None
    gaps = [
        (above[-1].y - below[0].y - max(piece.size for piece in below), number)
        for number, (above, below) in enumerate(pairwise(rows), 1)
    ]
    gap, at = max(gaps)
    return (rows[:at], rows[at:]) if gap > 0 else None


def _joined(row: Sequence[Line]) -> Line:
    text = " ".join(each.text for each in row)
    return replace(
        row[0], text=text, right=max(each.right for each in row), size=max(each.size for each in row)
    )
