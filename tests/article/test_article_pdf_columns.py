"""Pages of two and three columns, drawn in any order, read as a reader reads them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.article.pdf.columns import running_text
from bot.article.pdf.direction import Glyph, mirrored
from bot.article.pdf.reading_order import Line, reading_order
from bot.domain.model import Document
from tests.article import samples
from tests.article.samples import BYLINE, SOURCE, TITLE

Placed = tuple[str, float, float, float]

TEXTS = tuple(
    f"The {word} pier of the harbour was measured {number} times in the spring, and the engineers who did so found "
    f"{number + 2} faults in it that nobody had seen before."
    for number, word in enumerate(
        ("old", "new", "left", "right", "upper", "lower", "stone", "iron", "short"), 3
    )
)


def page(columns: int, *, top: float = 690.0, rows: int = 11) -> list[Placed]:
    """The texts under a headline that spans the columns, as lines of a page."""
    width, step = {2: (38, 250.0), 3: (25, 165.0)}[columns]
    lines = [(row, number == 0) for text in TEXTS for number, row in enumerate(samples.wrapped(text, width))]
    rows = -(-len(lines) // columns)
    found: list[Placed] = [
        (SOURCE, 60.0, 800.0, 9.0),
        ("Monday 3 March 2031", 440.0, 800.0, 9.0),
        (TITLE, 60.0, 755.0, 24.0),
        (f"By {BYLINE}", 60.0, 730.0, 10.0),
        ("7", 290.0, 40.0, 9.0),
    ]
    for at, (row, first) in enumerate(lines):
        column, down = divmod(at, rows)
        indent = 10.0 if first and at else 0.0
        found.append((row, 60.0 + column * step + indent, top - 12 * down, 10.0))
    return found


def shuffled(lines: list[Placed], seed: int) -> list[Placed]:
    lines = list(lines)
    random.Random(seed).shuffle(lines)
    return lines


ORDERS = {
    "as read": lambda lines: lines,
    "from the right": lambda lines: sorted(lines, key=lambda line: -line[1]),
    "line by line": lambda lines: sorted(lines, key=lambda line: (-line[2], line[1])),
    "from below": lambda lines: sorted(lines, key=lambda line: line[2]),
    "any": lambda lines: shuffled(lines, 5),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int, order: str) -> None:
    data = samples.pdf([ORDERS[order](page(columns))])
    article = extract(Document(name="a", data=data, received=datetime(2031, 3, 5, tzinfo=UTC)))
    assert [span.of(article.text) for span in article.paragraphs] == list(TEXTS)
    assert (article.title, article.byline, article.source) == (TITLE, BYLINE, SOURCE)


def test_two_stories_one_below_the_other() -> None:
    first, other = ([Line(f"the {name} line of {n} words", 60 + 200 * (n // 6), 230 + 200 * (n // 6), top - 12 * (n % 6), 10)
                     for n in range(12)] for name, top in (("first", 600), ("other", 400)))  # fmt: skip
    head, under = (
        Line("The first of the stories", 60, 400, 640, 20),
        Line("The other of the stories", 60, 400, 440, 20),
    )
    whole = [head, *first, under, *other]
    assert reading_order(sorted(whole, key=lambda line: line.text[::-1])) == whole


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("Berlin", "12", "14"), ("Lisbon", "19", "23"), ("Oslo", "3", "7"), ("Rome", "16", "21")]
    cells = [
        Line(cell, 60 + 150 * at, 100 + 150 * at, 500 - 14 * down, 10)
        for down, row in enumerate(rows)
        for at, cell in enumerate(row)
    ]
    assert [line.text for line in reading_order(cells[::-1])] == [" ".join(row) for row in rows]


PROSE = (
    "For nine years the keeper of the old lighthouse wrote letters that nobody at the harbour office answered",
    "The bridge was closed on Friday at eleven and the ferry went home without any of the forty passengers",
    "A brewery wants to keep the tiles and the clock above the door of the swimming pool that it has bought",
)


def justified(text: str, x: float, *, width: float = 140, top: float = 600) -> list[list[Line]]:
    """The text as rows of words of five points a letter, the space between them spread."""
    rows: list[list[str]] = [[]]
    for word in text.split():
        if sum(len(each) * 5 + 4 for each in (*rows[-1], word)) > width:
            rows.append([])
        rows[-1].append(word)
    placed = []
    for down, row in enumerate(rows):
        ink = 5 * sum(map(len, row))
        space = (width - ink) / (len(row) - 1) if down + 1 < len(rows) and len(row) > 1 else 4
        at = [x + 5 * sum(map(len, row[:n])) + space * n for n in range(len(row))]
        placed.append([Line(word, left, left + 5 * len(word), top - 12 * down, 10)
                       for word, left in zip(row, at, strict=True)])  # fmt: skip
    return placed


def test_justified_columns_are_not_read_across() -> None:
    words = [word for n, text in enumerate(PROSE) for row in justified(text, 60 + 150 * n) for word in row]
    random.Random(7).shuffle(words)
    assert " ".join(line.text for line in reading_order(words)) == " ".join(PROSE)


def test_a_heading_shorter_than_its_columns_spans_them() -> None:
    over, under = (
        [
            word
            for n, text in enumerate(texts)
            for row in justified(text, 60 + 150 * n, top=top)
            for word in row
        ]
        for texts, top in ((PROSE[:2], 600), (PROSE[1:], 420))
    )
    head = Line("The pool", 60, 140, 450, 18)
    read = " ".join(line.text for line in reading_order([*over, head, *under]))
    assert read == " ".join([*PROSE[:2], "The pool", *PROSE[1:]])


def test_rows_of_a_table_stand_apart_from_the_sentences() -> None:
    rows = justified(PROSE[0], 60, width=300) + justified(PROSE[1], 60, width=300, top=520)
    cells = [Line(cell, x, x + 5 * len(cell), 552 - 12 * n, 10) for n, row in enumerate((("Pahl", "12"), ("Nore", "9")))
             for cell, x in zip(row, (60, 160), strict=True)]  # fmt: skip
    read = running_text([[*(word for row in rows for word in row), *cells]])
    assert read.split("\n\n") == [PROSE[0], "Pahl 12", "Nore 9", PROSE[1]]


def visual(words: list[str], *, y: float = 600) -> list[Glyph]:
    """A row as a page shows it from the right: each word's glyphs as they stand, from the left in the file."""
    glyphs: list[Glyph] = []
    right = 500.0
    for number, word in enumerate(words):
        left = right - 5 * len(word)
        glyphs += [
            Glyph(letter, left + 5 * at, y, left + 5 * at + 5, 10, number) for at, letter in enumerate(word)
        ]
        right = left - 3
    return glyphs


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("רצוע רמא", "עוצר אמר"),
        ("ןמקת (2031) ,םיקילקת 12.5%", "תקמן (2031) תקליקים, 12.5%"),
        ("תרבח Works Port הרמא", "חברת Port Works אמרה"),
    ],
)
def test_what_is_written_from_the_right_is_read_from_the_right(seen: str, read: str) -> None:
    assert running_text([mirrored(visual(seen.split()))]) == read


LINES = st.builds(
    lambda text, x, width, y, size: Line(text, x, x + width, y, size),
    st.sampled_from(["a", "a line of words", "word"]), st.integers(0, 600), st.integers(0, 400), st.integers(0, 800),
    st.integers(0, 30),
)  # fmt: skip


@given(st.lists(LINES, max_size=40))
def test_no_word_is_lost_or_doubled(pieces: list[Line]) -> None:
    read = " ".join(line.text for line in reading_order(pieces)).split()
    assert sorted(read) == sorted(word for piece in pieces for word in piece.text.split())
