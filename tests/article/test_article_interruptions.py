"""Boxes inside a plain text, and what only looks like an article behind them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.text.blocks import Block, blocks
from bot.domain.model import Document

_BODY = (
    "The council of Fennick has sold the old swimming pool to a brewery, which wants to keep the tiles and the clock.\n\n"
    "The pool, built in 1931, has been empty since 2019, and four buyers had come and gone before the brewery made its offer."
)
_QUOTE = "“We shall brew where we learned to swim,” said Otto Pahl, the brewer."
_END = "It opens in May."
_MORE = "READ MORE: Five pools that became pubs"
_RELATED = "Related:\nFive pools that became pubs\nThe brewer who swims"
_LETTER = "Sign up to our newsletter\nEnter your email\nSubscribe"


def _read(*parts: str) -> str:
    text = "\n\n".join(("Brewery buys Fennick pool", "By Jon Berge", _BODY, *parts))
    return extract(Document("text.txt", text.encode(), datetime(2026, 11, 22, tzinfo=UTC))).text


@pytest.mark.parametrize(
    ("behind", "kept"),
    [
        ((_MORE, _QUOTE, _END), (_QUOTE, _END)),
        ((_MORE, _END), (_END,)),
        ((_RELATED, _QUOTE), (_QUOTE,)),
        ((_LETTER, _END, "The price was not told."), (_END, "The price was not told.")),
        ((_MORE, _QUOTE, _LETTER, _QUOTE, _END), (_QUOTE, _QUOTE, _END)),
        ((_MORE, _END, "© 2026 Fennick Courier"), (_END,)),
    ],
)
def test_a_text_goes_on_behind_a_box(behind: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert _read(*behind) == "\n\n".join((_BODY, *kept))


@pytest.mark.parametrize(
    "behind",
    [
        (_RELATED, "A survey of old pools."),
        ("About the author", "Jon Berge lives in Fennick. He swims."),
        (_LETTER, "You can leave at any time.", "We never share your address."),
        (_MORE, "A pool is a pub.", "Town hall roof leaks", "It has for years."),
    ],
)
def test_a_blurb_a_portrait_and_praise_are_no_end_of_a_text(behind: tuple[str, ...]) -> None:
    assert _read(*behind) == _BODY


_BROKEN = "The council of Fennick has sold the old swimming pool\nto a brewery, which wants to keep the tiles and the\nclock above the door."


def _page(broken: str) -> str:
    lines = broken.replace("\n", "<br>")
    page = (
        f"<html><body><article><h1>Brewery buys pool</h1><p>{lines}</p>"
        "<p>The pool, built in 1931, has been empty since 2019, and four buyers had come and gone in that time.</p>"
        "<p>The brewery will pay 1.2 million crowns for the building and its ground, the council said.</p></article>"
    )
    return extract(Document("page.html", page.encode(), datetime(2026, 11, 22, tzinfo=UTC))).text


def test_a_line_break_does_not_end_a_sentence() -> None:
    whole = _BROKEN.replace("\n", " ")
    assert _page(_BROKEN).startswith(f"{whole}\n\n")
    assert blocks(_BROKEN.replace("pool\n", "pool ")) == [Block(whole)]


@pytest.mark.parametrize(
    "lines",
    [
        "The pool is sold.\nto be opened in May, as the brewery of Fennick has told the council.",
        "Buyers of the pool\nBrewery of Fennick wants to keep the tiles and the clock above its door.",
        "Two eggs\nmilk\nflour for the table\na pinch of salt.",
        "A pool and a pub in the town\n\nhas been sold to a brewery that wants to keep the tiles.",
    ],
)
def test_lines_that_are_whole_stay_apart(lines: str) -> None:
    assert [block.text for block in blocks(lines)] == [line for line in lines.split("\n") if line]


_BEGGING = (
    (
        "Please support us\n\nThe Fennick Courier is free for everyone. We have no owner and no shareholders. "
        "If you can, give us five pounds a month, so that our reporting stays open to all.\n\nDonate now"
    ),
    (
        "Unterstützen Sie unabhängigen Journalismus\n\nDer Bote gehört niemandem außer seinen Leserinnen und Lesern. "
        "Schon mit 5 Euro im Monat helfen Sie uns, weiter zu recherchieren.\n\nJetzt spenden"
    ),
    "Soutenez un journalisme indépendant\n\nVotre don permet à notre rédaction de rester libre : dès 5 € par mois, soutenez-nous.\n\nJe fais un don",
    "Apoya el periodismo independiente\n\nNuestra redacción depende de sus lectores: apóyanos desde 5 € al mes, por favor.\n\nHaz una donación",
    "Stötta oberoende journalistik. Swisha 50 kr i månaden och hjälp oss att granska makten.",
    "Wesprzyj niezależne dziennikarstwo. Już od 10 zł miesięcznie pomożesz nam pisać dalej.",
)


@pytest.mark.parametrize("box", _BEGGING, ids=["English", "German", "French", "Spanish", "Swedish", "Polish"])
def test_a_box_that_asks_for_money_is_no_part_of_the_article(box: str) -> None:
    assert _read(box, _QUOTE, _END) == f"{_BODY}\n\n{_QUOTE}\n\n{_END}"
    marked = "".join(f"<p>{part}</p>" for part in box.split("\n\n"))
    body = "".join(f"<p>{part}</p>" for part in (*_BODY.split("\n\n"), "BOX", _QUOTE, _END)).replace(
        "<p>BOX</p>", marked
    )
    page = f"<!doctype html><html><head><title>Brewery buys Fennick pool</title></head><body><article><h1>Brewery buys Fennick pool</h1>{body}</article></body></html>"
    read = extract(Document("page.html", page.encode(), datetime(2026, 11, 22, tzinfo=UTC)))
    assert read.text == f"{_BODY}\n\n{_QUOTE}\n\n{_END}"


@pytest.mark.parametrize(
    "report",
    [
        "“Please support us,” the brewer told the town. “If you can, give us five pounds a month.”",
        "The food bank in the old pool asks people to donate flour, and those who want to give may call the town hall today.",
        "Readers of the Courier gave 300 pounds a month to keep the pool open, and the council gave nothing.",
        "We must support our schools now.",
    ],
)
def test_a_report_on_money_that_is_asked_for_stays(report: str) -> None:
    assert report in _read(report, _QUOTE, _END)
