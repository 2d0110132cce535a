"""What a page's markup makes extraction leave out, although it stands among the article's own paragraphs."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.article.html.page import read_html
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
PROSE = "<p>The council said on Monday that the bridge over the river would stay shut until the spring, and that a ferry would run.</p>"


TOLD = "<p>Its piers are ninety years old, and divers found cracks as wide as a hand in two of them last autumn.</p>"


def paragraphs(markup: str) -> tuple[str, ...]:
    page = f"<html><head><title>Bridge stays shut</title></head><body>{markup}</body></html>"
    return read_html(page, Document("page.html", b"", RECEIVED)).paragraphs


def test_headings_and_lists_stay_where_no_box_is_named_as_the_body() -> None:
    body = "".join(f"{PROSE}<h3>Part {n}</h3>{TOLD}<ul><li>Pier {n} is mended.</li></ul>" for n in range(9))
    for markup in (f"<div class='w9'>{body}{PROSE}</div>", f"{body}{PROSE}"):
        read = paragraphs(f"{markup}<div class='x1'>{PROSE}</div>")
        assert [one for one in read if len(one) < 30] == [
            line for n in range(9) for line in (f"Part {n}", f"Pier {n} is mended.")
        ]
