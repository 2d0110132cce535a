"""Which of a page's places gives the title, and in which spelling."""

from __future__ import annotations

import time
from html import escape

import pytest
from lxml.html import document_fromstring

from bot.article.fields.stated import Stated
from bot.article.html.title import heading_letters, page_title

SHOWN = "Five ferries that the island will lose by winter"
SOUGHT = "Island ferries: five lines to close"


def title(
    heading: str, *, declared: str | None, tag: str, window: str, site: str | None = None
) -> str | None:
    tree = document_fromstring(f"<title>{escape(window)}</title><h1>{escape(heading)}</h1>")
    return page_title(tree, Stated(title=declared, source=site), Stated(title=tag), None).title


def test_heading_and_tag_outweigh_what_only_the_window_repeats() -> None:
    assert title(SHOWN, declared=SOUGHT, tag=SHOWN, window=f"{SOUGHT} | Norrland Tribune") == SHOWN
    assert title(SHOWN, declared=f"{SHOWN} | Sport", tag=SHOWN, window=f"{SHOWN} | Sport") == SHOWN


@pytest.mark.parametrize(("tag", "window"), [(SOUGHT, SHOWN), (SHOWN, SHOWN), (SHOWN, "Norrland Tribune")])
def test_a_declared_headline_settles_it_elsewhere(tag: str, window: str) -> None:
    assert title(SHOWN, declared=SOUGHT, tag=tag, window=window) == SOUGHT


@pytest.mark.parametrize(
    ("declared", "heading", "tag", "window"),
    [
        pytest.param("Mayor’s crane", "Mayor’s crane", "Mayor's crane", "Mayor's crane", id="tag and window"),
        pytest.param("Mayors crane", "Mayor's crane", "Mayor's crane", "Mayor's crane", id="all but one"),
        pytest.param(
            "Mayor's crane", "Mayor's crane", "Mayor’s crane", "Harbour", id="heading and linked data"
        ),
    ],
)
def test_the_spelling_of_most_places_wins_and_the_tag_a_tie(
    declared: str, heading: str, tag: str, window: str
) -> None:
    assert title(heading, declared=declared, tag=tag, window=window) == "Mayor's crane"


def test_a_tag_that_only_names_the_site_is_no_title_and_no_kicker() -> None:
    found = title(
        "The Quarrel Bay Herald",
        declared=None,
        tag="Quarrel Bay Herald",
        window="",
        site="Quarrel Bay Herald",
    )
    assert found == "The Quarrel Bay Herald"


def test_headings_inside_each_other_take_no_longer() -> None:
    text = "The harbour master said so on Monday. " * 20_000
    tree = document_fromstring(f"{'<h1><div>' * 100}{text}{'</div></h1>' * 100}")
    start = time.process_time()
    page_title(tree, Stated(), Stated(), None)
    heading_letters(tree)
    assert time.process_time() - start < 2  # 10 s when each heading's whole text was read.
