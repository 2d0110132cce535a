from __future__ import annotations

import io
import re
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.chat.console.messenger import NARROWEST, WIDEST, render, show
from bot.chat.printable import safe
from bot.domain.message import (
    Break,
    Button,
    Buttons,
    Heading,
    Items,
    Message,
    Paragraph,
    Quotation,
    Run,
    Tone,
)

LINK = re.compile(r"\x1b\]8;([^;\x1b]*);([^\x1b]*)\x1b\\")
STYLE = re.compile(r"\x1b\[[0-9;]*m")
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\x1b\x07\x9b\x00\r\n\t\b[]/\\;m8\u202e\u202c\u2066\u2069\u2067\u200f\ud800港👩‍👩‍👧 ab"
        ),
        st.characters(),
    ),
    max_size=80,
)
RUNS = st.lists(
    st.builds(
        Run, NASTY, st.sampled_from(get_args(Tone)), st.none() | NASTY.map("https://a.example/{}".format)
    ),
    max_size=4,
).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, RUNS, st.sampled_from([1, 2])),
    st.builds(Paragraph, RUNS, st.booleans()),
    st.builds(Items, st.lists(RUNS, max_size=3).map(tuple)),
    st.builds(Quotation, NASTY, st.none() | NASTY, st.none() | NASTY),
    st.builds(Buttons, st.lists(st.builds(Button, NASTY, NASTY, NASTY), max_size=3).map(tuple)),
    st.just(Break()),
)
MESSAGES = st.builds(Message, st.lists(BLOCKS, max_size=5).map(tuple))


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def said(text: str, **facts) -> Message:
    return Message((Paragraph((Run(text, **facts),)),))


@given(message=MESSAGES, width=st.integers(1, 200))
def test_nothing_hostile_reaches_a_pipe(message, width):
    shown = render(message, width=width, colour=False)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs"} and char != "\n"]
    limit = max(NARROWEST, min(width, WIDEST))
    assert all(cell_len(line) <= limit for line in shown.split("\n"))
    shown.encode("utf-8")


@given(message=MESSAGES)
def test_only_our_own_sequences_reach_a_terminal(message):
    shown = render(message, width=60, colour=True)
    left = STYLE.sub("", LINK.sub("", shown))
    assert "\x1b" not in left
    plain = render(message, width=60, colour=False)
    assert [line.rstrip() for line in left.split("\n")] == plain.split("\n")
    for _, url in LINK.findall(shown):
        assert not url or re.fullmatch(r"https?://[!-~]+", url)


@given(NASTY)
def test_marks_of_direction_are_balanced(text):
    depth: list[str] = []
    ends = {
        **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
        **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
    }
    for char in safe(text):
        if char in ends:
            depth.append(ends[char])
        elif char in ends.values():
            assert depth.pop() == char
    assert not depth


def test_markup_of_rich_is_text():
    assert render(said("[red]x[/red] :smile: [link=http://a]b[/link]"), width=60, colour=True).strip() == (
        "[red]x[/red] :smile: [link=http://a]b[/link]"
    )


def test_a_link_is_a_link_on_a_terminal_only():
    message = said("Bridge", url="https://gazette.example/A?b=1;c")
    assert [url for _, url in LINK.findall(render(message, colour=True))] == [
        "https://gazette.example/A?b=1;c",
        "",
    ]
    assert render(message, colour=False) == "Bridge\n"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a.example/ b",
        "https://a.example/\x1b\\x",
        "https://é.example/",
        "https://a.example/" + "x" * 9000,
        "",
    ],
)
def test_other_links_are_dropped(url):
    assert "\x1b]8" not in render(said("x", url=url), colour=True)


def test_wide_characters_count_as_two_columns():
    lines = render(said("港" * 100), width=40, colour=False).splitlines()
    assert [cell_len(line) for line in lines] == [40, 40, 40, 40, 40]


def test_a_quotation_stands_beside_a_bar():
    message = Message((Quotation("word " * 30, "Ada Marlow", "Port Gazette"),))
    lines = render(message, width=40, colour=False).splitlines()
    assert all(line.startswith("  │ ") for line in lines)
    assert lines[-1] == "  │ — Ada Marlow · Port Gazette"


def test_a_long_title_is_shown_whole():
    title = "word " * 40
    shown = render(Message((Heading((Run(title),), level=1),)), width=60, colour=False)
    assert shown.replace("\n", " ").startswith(title.strip())
    assert shown.rstrip().endswith("─" * 60)


@pytest.mark.parametrize(("columns", "width"), [("", WIDEST), ("30", 30), ("9999", WIDEST), ("wide", WIDEST)])
def test_a_pipe_gets_plain_text_of_the_width_that_columns_says(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    pipe = io.StringIO()
    show(said("word " * 60, tone="strong", url="https://a.example"), pipe)
    assert "\x1b" not in pipe.getvalue()
    assert width - len("word ") < max(map(len, pipe.getvalue().splitlines())) <= width


def test_a_terminal_gets_colour_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value, coloured in (
        ("X", "", True),
        ("NO_COLOR", "", True),
        ("NO_COLOR", "1", False),
        ("TERM", "dumb", False),
    ):
        with monkeypatch.context() as there:
            there.setenv(name, value)
            screen = Terminal()
            show(said("Bridge", tone="strong"), screen)
            assert ("\x1b[1m" in screen.getvalue()) is coloured, name


def test_a_narrow_encoding_gets_question_marks():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    show(said("“Bridge” — 港"), stream)
    assert raw.getvalue() == b"?Bridge? ? ?\n"


def test_an_empty_message_is_nothing():
    assert render(Message(()), colour=False) == ""


def test_a_flood_is_rendered_in_linear_time():
    shown = render(said("\u202e" * 20_000 + "x" * 200_000 + "\x1b[31m" * 20_000), width=80, colour=False)
    assert "\x1b" not in shown


def test_a_numbered_list_has_its_numbers():
    shown = render(Message((Items(((Run("Bees"),), (Run("Moths"),)), 11),)), width=40, colour=False)
    assert shown.split() == ["11.", "Bees", "12.", "Moths"]
