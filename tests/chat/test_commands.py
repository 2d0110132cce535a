"""What a person asked for. Nothing that a person can type raises."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import parse_address
from bot.chat.commands import LONGEST, Command, name_and_subject, parse
from bot.model import Address


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
