"""Pieces of text with places on a page, in the order in which people read them: columns, whoever drew first."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from operator import attrgetter, itemgetter
from statistics import median

MOST_CUTS = 60
"""Cuts inside each other: a page of a newspaper has some twelve."""

_ROWS = 3  # Rows that a column has at least.
_GUTTERS = (
    12  # Left edges that are tried as a column's, those of most rows first, and as many strips of white.
)
_WIDEST = 20_000  # Points of a page at which its white is looked at.
_PROSE = 3  # Words of a column's usual line,
_LONG = 18  # or its letters; cells of a table have fewer of both,
_GOING_ON = 0.4  # and few of them begin with a small letter, as lines of a sentence do.
_WORDED = 0.7  # Part of the rows of a box that begin with a word.
_CELLS = 0.7  # Parts of the size that stand between two cells of a row at least.
_JUSTIFIED = 3  # Parts of the size that a space of a justified row is less wide than, though all its spaces are as wide.
_WIDER = 1.25  # Times that a gutter is wider than the other spaces of its row.
_SPACE = 0.45  # Parts of the size that are no more than a space, and
_WIDTH = 0.55  # Parts of the size that a gutter is wide at least.


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text or a piece of one: its left and right ends and base (points from the left and from the bottom).

    ``cells`` says that it is a row of a table; ``leftwards`` that it is read from the right, and that its
    places are measured so, as minus.
    """

    text: str
    x: float
    right: float
    y: float
    size: float
    cells: bool = False
    leftwards: bool = False


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The left edge of a column that has another at its left, and the usual white between the two (points)."""

    edge: float
    width: float

    def crossings(self, rows: Sequence[Sequence[Line]]) -> list[bool]:
        """Which of the rows go on across it: by a word, by a space that is none between columns, or as a heading does.

        A heading that is shorter than its columns stands alone, larger, under lines of both sides (columns of a length end within a line) and above such.
        """
        found = list(map(self._crossed, rows))
        for at in range(1, len(rows) - 1):
            found[at] = found[at] or self._heads(
                [*rows[max(0, at - 2)], *rows[at - 1]], rows[at], rows[at + 1]
            )
        return found

    def _heads(self, above: Sequence[Line], row: Sequence[Line], below: Sequence[Line]) -> bool:
        sides = [{piece.x < self.edge for piece in each} for each in (above, row, below)]
        larger = row[0].size > 1.25 * max(above[-1].size, below[0].size)
        return larger and [len(side) for side in sides] == [2, 1, 2]

    def _crossed(self, row: Sequence[Line]) -> bool:
        left = [piece.right for piece in row if piece.x < self.edge]
        if not left or len(left) == len(row):
            return bool(left) and max(left) > self.edge
        space = max(self.width * 0.7, row[0].size * _SPACE)
        return max(left) > self.edge or row[len(left)].x - max(left) < space


def reading_order(pieces: Sequence[Line]) -> list[Line]:
    """The pieces as lines from the top down, column after column; pieces side by side become one line.

    Recursive cuts (Nagy and Seth, 1984): along gutters between columns first, where what spans
    a gutter keeps its place above or below them, then along the widest horizontal gaps. A gutter is
    white in most rows: justified lines have gaps of its width, but each has them elsewhere.
    """
    return _lines(_ordered(_rows(pieces), MOST_CUTS))


def _ordered(rows: list[list[Line]], cuts: int) -> list[list[Line]]:
    if cuts and len(rows) > 1:
        gutter = _gutter(rows)
        if gutter is not None:
            return [row for part in _columns(rows, gutter) for row in _ordered(part, cuts - 1)]
        if len(slabs := _slabs(rows)) > 1:
            return [row for slab in slabs for row in _ordered(slab, cuts - 1)]
    return rows


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
    found = [
        (crossing, -gutter.width, gutter)
        for edge in _edges(rows)
        for crossing, gutter in _crossing(rows, edge)
    ]
    return min(found, key=itemgetter(0, 1))[2] if found else None


def _edges(rows: Sequence[Sequence[Line]]) -> set[float]:
    """Where a column may begin: left ends of several rows, and right ends of white strips, for those set to the right."""
    starts = Counter(edge for row in rows for edge in {round(piece.x) for piece in row})
    inked: Counter[int] = Counter()
    for row in rows:
        for piece in row:
            if -_WIDEST < piece.x <= piece.right < _WIDEST:
                inked[math.ceil(piece.x)] += 1
                inked[math.floor(piece.right) + 1] -= 1
    places = sorted(inked)
    depths = list(accumulate(inked[place] for place in places))
    white = sorted(
        (depth, start - end, end - 1.5)
        for before, depth, after, start, end in zip(
            depths, depths[1:], depths[2:], places[1:], places[2:], strict=False
        )
        if before > depth < after
    )
    begun = [edge - 1.5 for edge, count in starts.most_common(_GUTTERS) if count >= _ROWS]
    return {
        edge
        for edge in (*begun, *(end for _, _, end in white[:_GUTTERS]))
        if 2 * depths[max(0, bisect_right(places, edge) - 1)] <= len(rows)
    }


def _crossing(rows: Sequence[Sequence[Line]], edge: float) -> Iterator[tuple[int, _Gutter]]:
    """The gutter at ``edge`` behind how many rows cross it; nothing where no columns of prose stand beside it."""
    free = [row for row in rows if not any(piece.x < edge < piece.right for piece in row)]
    left = [side for row in free if (side := [piece for piece in row if piece.x < edge])]
    right = [side for row in free if (side := [piece for piece in row if piece.x >= edge])]
    if min(len(left), len(right)) < _ROWS or not _is_prose(left):
        return
    if not (_is_prose(right) or _is_boxed(free, edge)):
        return
    ends = sorted(side[-1].right for side in left)
    if not (_is_straight(ends) or _is_straight([side[0].x for side in right])):
        return
    gutter = _Gutter(edge, edge - ends[(len(ends) - 1) * 9 // 10])
    if gutter.width < _WIDTH * median(side[0].size for side in (*left, *right)) or _is_river(free, edge):
        return
    crossing = sum(gutter.crossings(rows))
    if crossing * 2 <= len(rows):
        yield crossing, gutter


def _is_boxed(rows: Sequence[Sequence[Line]], edge: float) -> bool:
    """Whether what begins at ``edge`` is a box of words beside lines that go on from one to the next, and no cells of theirs."""
    sides = [
        ([piece for piece in row if piece.x < edge], [piece for piece in row if piece.x >= edge])
        for row in rows
    ]
    both = [(left, right) for left, right in sides if left and right]
    if (
        len(both) < _ROWS
        or median(sum(len(piece.text.split()) for piece in left) for left, _ in both) < 2 * _PROSE
    ):
        return False
    going_on = sum(left[0].text[:1].islower() for left, _ in both)
    worded = sum(any(map(str.isalpha, right[0].text)) for _, right in both)
    return going_on >= _GOING_ON * len(both) and worded > _WORDED * len(both)


def _is_river(rows: Sequence[Sequence[Line]], edge: float) -> bool:
    """Whether the white at ``edge`` is no more than what stands between the other words of its rows."""
    wider = like = 0
    for row in rows:
        gaps = [(after.x - before.right, before.x < edge <= after.x) for before, after in pairwise(row)]
        spaces = [gap for gap, here in gaps if not here]
        here = [gap for gap, here in gaps if here]
        if spaces and here:
            wider += here[0] > median(spaces) * _WIDER
            like += here[0] <= median(spaces) * _WIDER
    return like > wider


def _is_straight(ends: Sequence[float]) -> bool:
    """Whether every other of the ends stands on one vertical."""
    counts = Counter(map(round, ends))
    most, _ = max(counts.items(), key=itemgetter(1))
    return (counts[most - 1] + counts[most] + counts[most + 1]) * 2 >= len(ends)


def _is_prose(sides: Sequence[Sequence[Line]]) -> bool:
    words = median(sum(len(piece.text.split()) for piece in side) for side in sides)
    if words >= _PROSE or median(sum(len(piece.text) for piece in side) for side in sides) >= _LONG:
        return True
    small = sum(side[0].text[:1].islower() for side in sides)
    return words > 1 and small >= _GOING_ON * len(sides)


def _columns(rows: Sequence[list[Line]], gutter: _Gutter) -> list[list[list[Line]]]:
    """What lies left and right of ``gutter``, in slabs between the rows that cross it."""
    parts: list[list[list[Line]]] = []
    left: list[list[Line]] = []
    right: list[list[Line]] = []
    spanning: list[list[Line]] = []
    for row, crossed in zip(rows, gutter.crossings(rows), strict=True):
        if crossed:
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


def _slabs(rows: list[list[Line]]) -> list[list[list[Line]]]:
    """What lies between the widest gaps that go through from side to side; all of it where there is none."""
    if sum(map(len, rows)) < 2 * _ROWS:
        return [rows]
    gaps = [above[-1].y - below[0].y - max(piece.size for piece in below) for above, below in pairwise(rows)]
    widest = max(gaps, default=0.0)
    cuts = [at for at, gap in enumerate(gaps, 1) if widest > 0 and gap >= widest * 0.95]
    return [rows[start:end] for start, end in pairwise([0, *cuts, len(rows)])]


def _lines(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Each row as one line; one whose cells stand under each other with those of the row beside it has cells."""
    cells = [_cells(row) for row in rows]
    tabular = {
        at
        for number, (above, below) in enumerate(pairwise(cells))
        if any(_aligned(a, b) for a in above for b in below)
        for at in (number, number + 1)
    }
    texts = [" ".join(each.text for each in row) for row in rows]
    return [
        replace(
            row[0],
            text=text,
            right=max(each.right for each in row),
            size=max(each.size for each in row),
            cells=at in tabular,
        )
        for at, (row, text) in enumerate(zip(rows, texts, strict=True))
    ]


def _cells(row: Sequence[Line]) -> list[Line]:
    """What follows a wide space; nothing in a row whose spaces are all as wide, or whose words go on small: a justified one."""
    gaps = [(after.x - before.right, after) for before, after in pairwise(row)]
    wide = [gap for gap, _ in gaps if gap > _CELLS * row[0].size]
    usual = [gap for gap, _ in gaps if gap <= _CELLS * row[0].size]
    if (
        not wide
        or (usual and min(wide) < 2 * max(usual))
        or _JUSTIFIED * row[0].size > max(wide) < 1.1 * min(wide)
    ):
        return []
    cells = [(gap, after) for gap, after in gaps if gap in wide]
    going_on = any(cell.text[0].islower() and gap < _JUSTIFIED * row[0].size for gap, cell in cells)
    return [] if going_on else [cell for _, cell in cells]


def _aligned(above: Line, below: Line) -> bool:
    figures = not any(each.text.islower() for each in (above, below))
    return abs(above.x - below.x) < 1.5 or (figures and abs(above.right - below.right) < 1)
