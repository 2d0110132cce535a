"""A list of short lines in the middle of an article is the article's, in every format; a menu is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.text.blocks import blocks
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
TITLE = "Orrenby counts its lighthouses and finds one too many"
BEFORE = (
    "The county of Orrenby has counted its lighthouses for the first time since the war and has found one "
    "more than its maps show."
)
COLON = (
    "Keepers were asked to send in a list by the end of the month, and these are the towers that they named:"
)
PLAIN = "Keepers were asked to send in a list by the end of the month, and each of them did so within a week."
AFTER = (
    "The surplus tower stands on a rock that no chart has a name for, and nobody in the office can say who "
    "lights its lamp at night."
)
LAST = "“We shall go out there when the sea allows it,” said the surveyor, Hanne Voss."
TOWERS = ("Skarn", "Old Mole", "Vessel Point", "Tarn Head", "Grey Hen", "Marrow", "Nine Stones", "Quill")


def read(text: str, name: str = "a.txt") -> str:
    return extract(Document(name=name, data=text.encode(), received=RECEIVED)).text


@pytest.mark.parametrize(
    ("announcement", "items", "name"),
    [
        (COLON, TOWERS, "announced.txt"),
        (PLAIN, [f"{n}. {tower}" for n, tower in enumerate(TOWERS, 1)], "numbered.txt"),
        (PLAIN, [f"{n}. {tower}" for n, tower in zip(range(8, 0, -1), TOWERS, strict=True)], "countdown.txt"),
        (PLAIN, [f"- {tower}" for tower in TOWERS], "marked.md"),
        (PLAIN, TOWERS, "plain.txt"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_list_cuts_no_text_in_two(announcement: str, items: tuple[str, ...], name: str, between: str):
    text = read("\n\n".join([f"# {TITLE}", BEFORE, announcement, between.join(items), AFTER, LAST]), name)
    for words in (BEFORE, announcement, *TOWERS, AFTER, LAST):
        assert words in text


def test_a_menu_in_the_middle_of_a_page_is_none_of_the_article():
    page = [
        "Home", "News", "Sport", "Weather", "Subscribe now", TITLE, BEFORE, PLAIN, AFTER, LAST,
        "Related articles", "Harbour", "Tides", "Boats", "Birds", "Maps", "Letters", "Share this article", "All rights reserved",
    ]  # fmt: skip
    text = read("\n\n".join(page))
    assert LAST in text
    assert "Tides" not in text
    assert "Weather" not in text


@pytest.mark.parametrize("field", ["text", "content_html"])
def test_where_a_format_says_what_the_body_is_the_whole_of_it_is_kept(field: str):
    paragraphs = [BEFORE, PLAIN, *TOWERS, AFTER, LAST, "Copies of the list", "hang in every post office"]
    body = (
        "\n\n".join(paragraphs)
        if field == "text"
        else "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    )
    text = read(json.dumps({"title": TITLE, field: body}), "a.json")
    assert text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Vi er glade for at broen er åben igen, siger borgmester Imke Sorrel.",
        "Vi er glade for at broen er åpen igjen, sier ordfører Imke Sorrel.",
        "Vi är glada att bron är öppen igen, säger borgmästaren Imke Sorrel.",
        "Estamos contentos de que el puente esté abierto -dijo la alcaldesa Imke Sorrel.",
        "Nous sommes heureux que le pont soit ouvert, a déclaré la maire Imke Sorrel.",
        "Мы рады, что мост снова открыт, - сказала мэр Анна Соррель.",
    ],
)
@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_that_opens_speech_stays(line: str, dash: str):
    assert [block.text for block in blocks(f"Tarn\n\n{dash} {line}\n")] == ["Tarn", f"{dash} {line}"]


@pytest.mark.parametrize(
    "item", ["Milk, bread and cheese", "The bridge, open again", "Ost, mælk – og en sag"]
)
def test_a_hyphen_before_an_item_is_a_mark(item: str):
    assert [(block.text, block.bullet) for block in blocks(f"- {item}\n- Tea\n")] == [
        (item, True),
        ("Tea", True),
    ]
