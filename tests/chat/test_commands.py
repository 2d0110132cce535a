"""What a person asked for. Nothing that a person can type raises."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import buttons
from bot.chat.buttons import Page, page
from bot.domain import query
from bot.domain.model import Address
from bot.domain.times.when import printed
from bot.grammar import wishes
from bot.grammar.commands import LONGEST, WORDS, Command, parse, suggestion, when_and_name
from bot.grammar.remarks import name_and_subject
from bot.platforms import parse_address


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/search sanctions", "search", "sanctions"),
        ("search  sanctions\n energy ", "search", "sanctions energy"),
        ("/SEARCH@copydesk_bot oil", "search", "oil"),
        ("/search", "search", ""),
        ("*search* oil", "search", "oil"),
        ("**/search** oil *", "search", "oil *"),
        ("_Suche_ Öl", "search", "Öl"),
        ("/start", "help", ""),
        ("/searching oil", "", "/searching oil"),
        ("good morning", "", "good morning"),
        ("/", "", "/"),
        ("", "", ""),
        ("/quotes Lagarde about inflation", "quotes", "Lagarde about inflation"),
        ("/search, oil", "search", "oil"),
        ("/search; oil", "search", "oil"),
        ("/search. oil", "search", "oil"),
        ("/search,oil", "search", "oil"),
        ("/search : oil", "search", "oil"),
        ("/search、oil", "search", "oil"),
        ("/help!", "help", ""),
        ("/ｓｅａｒｃｈ oil", "search", "oil"),
        ("／Ｓｅａｒｃｈ　oil", "search", "oil"),
        ("ｓｅａｒｃｈ：oil", "search", "oil"),
        ("||/search oil||", "search", "oil"),
        ("||/search|| oil", "search", "oil"),
        ("~~/search oil~~", "search", "oil"),
        ("~/search oil~", "search", "oil"),
        ("```\n/search oil\n```", "search", "oil"),
        ("> `/search oil`", "search", "oil"),
        (">> ||`/search oil`||", "search", "oil"),
        ("«/search oil»", "search", "oil"),
        ("»/search oil«", "search", "oil"),
        ("‹/search oil›", "search", "oil"),
        ("„/search oil”", "search", "oil"),
        ("「/search oil」", "search", "oil"),
        ('«/search "oil price"»', "search", '"oil price"'),
        ("／search oil", "search", "oil"),
        ("⁠/sea\u200brch oil\u200b", "search", "oil"),
        ("/sea‍rch oil‌", "search", "oil"),
        ("/search⠀oilㅤ", "search", "oil"),
        ("/search می‌خواهم", "search", "می‌خواهم"),
        ("search, oil", "", "search, oil"),
        ("search. The end", "", "search. The end"),
        ("/search.py oil", "", "/search.py oil"),
    ],
)
def test_parse(text, name, argument):
    command = parse(text)
    assert (command.name, command.argument) == (name, argument)


@given(st.text())
def test_anything_can_be_typed(text):
    assert isinstance(parse(text), Command)
    assert isinstance(name_and_subject(text), tuple)
    assert isinstance(when_and_name(text), tuple)
    assert suggestion(text) in {"", *WORDS.values()}
    assert page(text) is None or str(page(text))


def test_what_no_store_keeps_is_left_out():
    assert parse("/search oil\x00gas\ud800 \x1b[1m").argument == "oil gas [1m"


def test_a_very_long_command_is_cut():
    assert len(parse("/search " + "x" * 2 * LONGEST).argument) < LONGEST


def test_what_follows_a_long_query_is_read():
    wanted = " OR ".join(f"shipname{number:03}withalongtail" for number in range(90))
    found = wishes.read(parse(f"/subscribe {wanted} as fleet at 17:30 on mon-fri").argument)
    assert (found.name, printed(found.when)) == ("fleet", "at 17:30 on mon,tue,wed,thu,fri")
    assert query.parse(found.query).notes  # that it was too long


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara Quill", ("Mara Quill", "")),
        ("“Mara Quill” about bridges and ferries", ("Mara Quill", "bridges and ferries")),
        ("Quill ABOUT rates", ("Quill", "rates")),
        ("about rates", ("", "rates")),
        ("Roundabout", ("Roundabout", "")),
        ("„Mara Quill“ über Brücken", ("Mara Quill", "Brücken")),
        ("«Quill» about the bridge", ("Quill", "bridge")),
        ("Quill about the", ("Quill", "the")),
        ("Quill about: the bridge", ("Quill", "bridge")),
        ("Quill on bridges", ("Quill", "bridges")),
        ("Quill on Sea about rates on loans", ("Quill on Sea", "rates on loans")),
        ("by Mara Quill on rates", ("Mara Quill", "rates")),
        ("von Quill", ("Quill", "")),
        ("of", ("of", "")),
        ("Quill about “the bridge”", ("Quill", "“the bridge”")),
        ("Teague abot rail", ("Teague", "rail")),
        ("Teague abouut rail", ("Teague", "rail")),
        ("Teague abut", ("Teague abut", "")),
        ("what does Teague think of the rail link", ("Teague", "rail link")),
        ("was hält Teague von Bahnen", ("Teague", "Bahnen")),
        ("was sagt der Rat von Norrin", ("Rat von Norrin", "")),
    ],
)
def test_name_and_subject(text, expected):
    assert name_and_subject(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("preview", "")),
        ("now", ("now", "")),
        ("NOW morning", ("now", "morning")),
        ("preview “morning”", ("preview", "morning")),
        ("morning", ("preview", "morning")),
        ("why morning", ("why", "morning")),
        ("Why", ("why", "")),
        ("nowhere", ("preview", "nowhere")),
    ],
)
def test_when_and_name(text, expected):
    assert when_and_name(text) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/serch", "search"),
        ("subscrptions", "subscriptions"),
        ("/digset@copydesk_bot", "digest"),
        ("UNSUBSCRIB", "unsubscribe"),
        ("good", ""),
        ("/dance", ""),
        ("", ""),
        ("!?", ""),
    ],
)
def test_suggestions(typed, meant):
    assert suggestion(typed) == meant


@pytest.mark.parametrize("given_page", [Page("A" * 16, 0), Page("-_0aZ" * 3 + "b", 9995)])
def test_a_page_is_read_from_its_buttons_value(given_page):
    assert page(str(given_page)) == given_page
    assert len(str(given_page).encode()) <= 64 - len("page:")  # Telegram's callback data


@pytest.mark.parametrize(
    "value",
    ["", ":", "1:", "0:5", "01:5", "1:5:5", "+1:5", "1:5 ", "1:5\n", "1:99999", "１:5", "9" * 19 + ":0"],
)
def test_what_no_button_carries(value):
    assert page(value) is None


@pytest.mark.parametrize(
    "text",
    [
        "console",
        "slack:C0123ABCD",
        "slack:@U0123",
        "telegram:-1001234",
        "telegram:-1001234/45",
        "telegram:@desk",
    ],
)
def test_an_address_is_written_as_it_is_read(text):
    assert str(parse_address(text)) == text


@pytest.mark.parametrize(
    "text", ["", "slack", "slack:", "slack:general", "mail:a@b", "telegram:x/y", "console:1", "slack:C1/x"]
)
def test_what_is_no_address(text):
    with pytest.raises(ValueError, match=r"is not an address"):
        parse_address(text)


@given(st.text())
def test_any_text_is_an_address_or_a_sentence(text):
    with contextlib.suppress(ValueError):
        assert isinstance(parse_address(text), Address)


@given(st.text(max_size=70))
def test_what_a_button_picks_is_read_strictly(value):
    picked = buttons.picked(value)
    assert picked is None or str(picked) == value


def test_a_button_has_room_for_what_it_picks():
    picked = buttons.Picked("t" * 16, buttons.mark("a topic with a name of any length" * 40))
    assert len(f"unmute:{picked}".encode()) <= 64
    assert buttons.picked(str(picked)) == picked
