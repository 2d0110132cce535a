"""A row of a table is one line, in whatever format the table stands."""

from __future__ import annotations

from collections.abc import Sequence

MOST_CELLS = 40
"""Cells of a row that is read as one; a wider one is a grid that somebody lays a page out with."""

LONG = 120
"""Characters of a cell that holds prose: its row lays a page out, and each paragraph stands for itself."""


def as_line(cells: Sequence[Sequence[str]], paragraphs: int) -> str | None:
    """The cells of a row of data, each the paragraphs that it holds, as one line; ``None`` for a row that lays out.

    So is one that has other ``paragraphs`` than its own cells do: of tables within it.
    """
    if sum(map(len, cells)) != paragraphs:
        return None
    filled = [cell[0] for cell in cells if cell]
    wide = not 2 <= len(filled) <= MOST_CELLS
    if wide or any(len(cell) > 1 or len(cell[0]) > LONG for cell in cells if cell):
        return None
    return " ".join(filled)
