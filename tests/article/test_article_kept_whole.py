"""What a page's markup makes extraction leave out, although it stands among the article's own paragraphs."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.article.html.page import read_html
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
PROSE = "<p>The council said on Monday that the bridge over the river would stay shut until the spring, and that a ferry would run.</p>"


def paragraphs(markup: str) -> tuple[str, ...]:
    page = f"<html><head><title>Bridge stays shut</title></head><body>{markup}</body></html>"
    return read_html(page, Document("page.html", b"", RECEIVED)).paragraphs


def test_headings_and_lists_stay_where_no_box_is_named_as_the_body() -> None:
    within = "<h2>What comes first</h2>", "<ul><li>The eastern pier is mended.</li><li>The deck.</li></ul>"
    teasers = f"<div class='x1'>{PROSE}</div>"
    for box in ("div", "td", "body"):
        read = paragraphs(f"<{box} class='w9'>{PROSE}{within[0]}{PROSE}{within[1]}{PROSE}</{box}>{teasers}")
        assert read[1:3] == ("What comes first", read[0])
        assert read[3:5] == ("The eastern pier is mended.", "The deck.")
