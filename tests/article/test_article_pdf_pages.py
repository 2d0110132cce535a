"""What stands on pages beside running text: notes, captions, boxes, tables, large letters, page numbers."""

from __future__ import annotations

import pytest

from bot.article.pdf.columns import running_text
from bot.article.pdf.initials import with_initials
from bot.article.pdf.reading_order import Line

WORD = 5.0  # Points of a letter.
ONE = "the council of the island voted on monday to close the mole,"
ROWS = (
    f"Today {ONE[4:]}",
    "after a survey found that two of its stones had moved.",
    f"Then {ONE[4:]}",
    "and the anglers went to the eastern wall for the winter.",
    f"Later {ONE[4:]}",
    "which the region had asked for in the middle of summer.",
)
TEXTS = [" ".join(ROWS[at : at + 2]) for at in (0, 2, 4)]


def line(text: str, x: float, y: float, size: float = 10.0) -> list[Line]:
    """The words of a line, set in letters of one width."""
    words, found = text.split(), []
    for word in words:
        right = x + len(word) * WORD * size / 10
        found.append(Line(word, x, right, y, size))
        x = right + WORD * size / 10
    return found


def rows(texts: tuple[str, ...], x: float, top: float, *, gap: float = 6.0) -> list[Line]:
    """Lines, with a gap behind each second one."""
    return [word for at, text in enumerate(texts) for word in line(text, x, top - 12 * at - gap * (at // 2))]


@pytest.mark.parametrize(
    ("beside", "read"),
    [
        ([], []),
        (line("1 Survey of the works department, page 12.", 60, 80, 7), ["[^1]: 1 Survey of the works department, page 12."]),
        (line("FACTS", 420, 700) + line("Built: 1911", 420, 688) + line("Stones: many", 420, 670) + line("Anglers: forty", 420, 658), ["FACTS", "Built: 1911", "Stones: many", "Anglers: forty"]),
        ([*line("Line", 60, 600), *line("Quay", 200, 600), *line("Fare", 340, 600), *line("1", 60, 586), *line("North", 200, 586), *line("free", 340, 586)], ["Line Quay Fare", "1 North free"]),
    ],
    ids=["paragraphs of two lines", "a note", "a box", "a table"],
)  # fmt: skip
def test_what_stands_beside_the_text(beside: list[Line], read: list[str]) -> None:
    assert running_text([[*rows(ROWS, 60, 700), *beside]]).split("\n\n") == [*TEXTS, *read]


def test_a_caption_below_a_column_does_not_cut_the_sentence_above_it() -> None:
    left, right = rows(ROWS[:3], 60, 700), [*line(ROWS[3], 400, 700), *rows(ROWS[4:], 400, 682)]
    caption = line("The mole at low tide in October", 60, 640, 7)
    read = running_text([[*left, *caption, *right]]).split("\n\n")
    assert read == [*TEXTS, "[^1]: The mole at low tide in October"]


def test_the_number_of_a_page_is_no_part_of_its_head_and_foot() -> None:
    def page(number: int) -> list[Line]:
        edges = line(f"Port Gazette Page {number}", 60, 800, 8) + line(
            f"www.gazette.example {number}", 60, 40, 8
        )
        return [*edges, *rows(ROWS[number:], 60, 700)]

    read = running_text([page(1), page(2)]).split("\n\n")
    assert (read[0], read[-1]) == ("Port Gazette", "www.gazette.example")


@pytest.mark.parametrize(
    ("letter", "word", "others", "read"),
    [
        ("T", "he", "", "The"),
        ("A", "fter", "", "After"),
        ("A", "man", "one man", "A man"),
        ("B", "Z", "", "BZ"),
    ],
)
def test_a_large_letter_begins_the_word_beside_it(letter: str, word: str, others: str, read: str) -> None:
    large = Line(letter, 60, 80, 676, 34)
    words = [
        *line(f"{word} mole was closed", 86, 700),
        *line(f"before the winter {others}", 86, 688),
        *line("began in the north", 60, 664),
    ]
    found = with_initials([large, *words])
    assert (found[0].text, found[0].x, len(found)) == (read, 60, len(words))
    assert with_initials([large, *words[-4:]]) == [large, *words[-4:]]
