"""What a person asked for. Nothing that a person can type raises."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.commands import (
    LONGEST,
    WORDS,
    Command,
    Page,
    Wish,
    name_and_subject,
    page,
    parse,
    suggestion,
    when_and_name,
    wish,
)
from bot.domain.model import Address
from bot.domain.when import begins
from bot.platforms import parse_address


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/search sanctions", "search", "sanctions"),
        ("search  sanctions\n energy ", "search", "sanctions energy"),
        ("/SEARCH@copydesk_bot oil", "search", "oil"),
        ("/search", "search", ""),
        ("/start", "help", ""),
        ("/searching oil", "", "/searching oil"),
        ("good morning", "", "good morning"),
        ("/", "", "/"),
        ("", "", ""),
        ("/quotes Lagarde about inflation", "quotes", "Lagarde about inflation"),
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
    assert isinstance(wish(text), Wish)
    assert suggestion(text) in {"", *WORDS.values()}
    assert page(text) is None or str(page(text))


def test_what_no_store_keeps_is_left_out():
    assert parse("/search oil\x00gas\ud800 \x1b[1m").argument == "oil gas [1m"


def test_a_very_long_command_is_cut():
    assert len(parse("/search " + "x" * 10_000).argument) < LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara Quill", ("Mara Quill", "")),
        ("“Mara Quill” about bridges and ferries", ("Mara Quill", "bridges and ferries")),
        ("Quill ABOUT rates", ("Quill", "rates")),
        ("about rates", ("", "rates")),
        ("Roundabout", ("Roundabout", "")),
    ],
)
def test_name_and_subject(text, expected):
    assert name_and_subject(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oil", Wish("oil")),
        ("", Wish("")),
        ("oil as energy at 08:00 17:30 on mon-fri", Wish("oil", "energy", "at 08:00 17:30 on mon-fri")),
        ("oil ON Mon, Wed AT 8 am, 17.30 and 9pm", Wish("oil", "", "ON Mon, Wed AT 8 am, 17.30 and 9pm")),
        ("oil at 08:00 on funday", Wish("oil", "", "at 08:00 on funday")),
        ("oil at 25:99", Wish("oil", "", "at 25:99")),
        ('oil as "Energy news" on every day', Wish("oil", "Energy news", "on every day")),
        ("war on drugs", Wish("war on drugs")),
        ("war on drugs on monday", Wish("war on drugs", "", "on monday")),
        ("fire at sea", Wish("fire at sea")),
        ("shops at 10 Downing Street", Wish("shops at 10 Downing Street")),
        ("oil as a weapon", Wish("oil as a weapon")),
        ('"strike on monday" on tue', Wish('"strike on monday"', "", "on tue")),
        ("“strike on monday” at 7:00", Wish("“strike on monday”", "", "at 7:00")),
        ('said:"Ada Marlow"  rates as ada', Wish('said:"Ada Marlow"  rates', "ada")),
        ('"oil at 08:00', Wish('"oil', "", "at 08:00")),
        ("at 08:00", Wish("", "", "at 08:00")),
        ("oil at", Wish("oil at")),
        ("oil as", Wish("oil as")),
        ("oil fridays at 16:00", Wish("oil", "", "fridays at 16:00")),
        ("oil as energy on fridays at 16:00", Wish("oil", "energy", "on fridays at 16:00")),
        ("oil mondays and thursdays at 9am as energy", Wish("oil", "energy", "mondays and thursdays at 9am")),
        ("oil every 2 hours between 8 and 20", Wish("oil", "", "every 2 hours between 8 and 20")),
        ("oil every hour on mon-fri", Wish("oil", "", "every hour on mon-fri")),
        ("oil every friday at 16:00", Wish("oil", "", "every friday at 16:00")),
        ("oil at once", Wish("oil", "", "at once")),
        ("oil at once, at most 3 an hour", Wish("oil", "", "at once, at most 3 an hour")),
        ("oil in Europe/Berlin at 8:00", Wish("oil", "", "in Europe/Berlin at 8:00")),
        ("oil at 8:00 quiet 22:00-07:00", Wish("oil", "", "at 8:00 quiet 22:00-07:00")),
        ("all quiet on the western front", Wish("all quiet on the western front")),
        ("black fridays", Wish("black fridays")),
        ("oil as energy fridays at 16:00", Wish("oil", "energy", "fridays at 16:00")),
        ("daily mail", Wish("daily mail")),
        ("every man for himself", Wish("every man for himself")),
        ("oil in Africa", Wish("oil in Africa")),
        ("24/7 in London/Paris", Wish("24/7 in London/Paris")),
    ],
)
def test_wishes(text, expected):
    assert wish(text) == expected


@pytest.mark.parametrize("word", ["as", "at", "every", "mondays", "on", "x"])
def test_a_long_wish_costs_a_few_looks_a_word(word, monkeypatch):
    looks = 0

    def counted(words):
        nonlocal looks
        looks += 1
        return begins(words)

    monkeypatch.setattr("bot.chat.commands.begins", counted)
    wish(" ".join([word] * 600))
    assert looks <= 4 * 600


@given(
    st.lists(
        st.sampled_from(
            ["as", "at", "on", "every", "in", "quiet", "8:00", "mon", "2", "hours", '"', "x", ","]
        ),
        max_size=30,
    )
)
def test_a_wish_begins_as_it_was_typed(words):
    text = " ".join(words)
    assert text.startswith(wish(text).query)


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
