"""Pull quotes, rules and "Read more" in texts of every kind."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.text.repeated import once
from bot.domain.model import Document

QUOTED = "“We shall brew where we learned to swim,” said the brewer, Otto Pahl, on Monday in the council of Fennick."
BODY = (
    "The council of Fennick has sold the old swimming pool to a brewery, which wants to keep the tiles.",
    QUOTED,
    "The pool, built in 1931, has been empty since 2019, and four buyers had come and gone.",
)


@pytest.mark.parametrize(
    "pulled", ["We shall brew where we learned to swim", "“We shall brew where we learned to swim.”"]
)
@pytest.mark.parametrize("name", [(), ("Otto Pahl",), ("— Otto Pahl",)])
def test_a_pull_quote_and_its_name_stand_once(pulled: str, name: tuple[str, ...]) -> None:
    assert once((*BODY[:2], pulled, *name, BODY[2])) == BODY


@pytest.mark.parametrize(
    "line", ["The old swimming pool of Fennick", "to a brewery, which wants to keep the tiles", "Otto Pahl"]
)
def test_other_words_of_the_text_stay(line: str) -> None:
    assert once((*BODY[:2], line, BODY[2])) == (*BODY[:2], line, BODY[2])


@pytest.mark.parametrize(
    "end",
    [
        " Read more",
        "Read more »",
        " […] Continue reading →",
        " Weiterlesen",
        " Lire la suite...",
        " [Leer más]",
    ],
)
def test_a_button_at_the_end_of_a_sentence_is_none_of_it(end: str) -> None:
    assert once((*BODY[:2], BODY[2] + end)) == BODY


@pytest.mark.parametrize("end", [" Nobody wants to read more.", " “Read more”", " They read more"])
def test_a_sentence_with_such_words_is_whole(end: str) -> None:
    assert once((BODY[0] + end,)) == (BODY[0] + end,)


@pytest.mark.parametrize(
    "rule", ["___", "https://pool.example/h", "⁂", "◆◆◆", "＊　＊　＊", "=======", "· · ·"]
)
def test_a_rule_in_a_text_is_no_paragraph(rule: str) -> None:
    text = f"Fennick sells its pool to a brewery\n\n{BODY[0]}\n\n{rule}\n\n{BODY[2]}\n"
    article = extract(Document("a.txt", text.encode(), datetime(2031, 3, 5, tzinfo=UTC)))
    assert article.text == f"{BODY[0]}\n\n{BODY[2]}"


@pytest.mark.parametrize("unit", ["Read more ", "we shall brew where we ", "» ", "[…] "])
def test_long_texts_are_read_at_once(unit: str) -> None:
    start = time.process_time()
    once([unit * 5_000] + [unit * 6] * 5_000)
    assert time.process_time() - start < 1
