"""Boxes inside a plain text, and what only looks like an article behind them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
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
