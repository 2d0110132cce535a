"""/quotes: whose words, about what, and each of them once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.console.messenger import render
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.grammar.commands import Command
from bot.search.spoken import mistaken
from bot.text.honorifics import without_titles
from bot.wording.language import speaking
from tests.conversation import ADA, CHANNEL, said
from tests.desk import open_desk

TAP = "Sanctions are not a tap that we open when the winter gets cold"
TERMINAL = "We built the terminal so that nobody could freeze us into a decision"
CABLES = "We found more cracks in the cables than in all the years before"
NIGHT = "We worked through the night and we will work through the next one"

FILES = {
    "gas.html": ("Norrin Gazette", "Gas price jumps as the terminal stays shut", [
        f'"{TAP}," Minister Simone Teague told parliament in Averne on Thursday.',
        f'"{TERMINAL}," Teague said.',
        "The price of gas rose by eighteen per cent within a week, the exchange said.",
    ]),
    "bridge.html": ("HPA", "Tamber Bridge closed for three weeks", [
        f'"{CABLES}," said Ola Sollas, the chief inspector.',
        "The bridge carries about sixty thousand vehicles a day, most of them cars.",
    ]),
    "ledger.html": ("The Orrenby Ledger", "Cracks shut the Tamber Bridge", [
        "Engineers closed the busiest bridge of the country late on Friday evening.",
        f'"{CABLES}," said chief inspector Ola Sollas.',
    ]),
    "yard.html": ("Skerry Post", "Shipyard saves its crane", [
        f'"{NIGHT}," said Lech Wałęsk, who runs the yard.',
        '"The crane has stood here since my grandfather was young," said Ann Møller, a welder.',
        '"Nobody asked us whether we wanted a museum," said Deniz Yıldız, the foreman.',
        '"The yard has two orders and a third one on the way," said Brid O’Brannon, the owner.',
    ]),
}  # fmt: skip


def a_page(outlet: str, title: str, paragraphs: list[str]) -> str:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{outlet}">'
        f'<meta property="og:title" content="{title}"></head><body><article><h1>{title}</h1>{body}</article></body></html>'
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk that has read the four pages."""
    folder = tmp_path_factory.mktemp("library")
    pages = [folder / name for name in FILES]
    for path, page in zip(pages, FILES.values(), strict=True):
        path.write_text(a_page(*page), encoding="utf-8")

    async def fill() -> None:
        async with open_desk(folder) as desk:
            await desk.read(*pages)

    asyncio.run(fill())
    return folder


@pytest.fixture
async def lookup(library: Path, tmp_path: Path) -> AsyncIterator[Lookup]:
    """Asks a copy of that desk."""
    folder = shutil.copytree(library, tmp_path / "desk")
    async with open_desk(folder) as desk:
        yield Lookup(desk.desk, AnswerSettings("UTC", {}, ()), desk.conversation_log)


async def answer(lookup: Lookup, argument: str) -> str:
    message = await lookup.ask(
        Command("quotes", argument), said(f"/quotes {argument}", CHANNEL, ADA), shareable=False
    )
    return " ".join(render(message, width=2000).replace("│", " ").split())


async def test_where_nothing_is_about_it_what_else_there_is_can_be_asked_for(lookup):
    told = await answer(lookup, "Teague about lighthouses")
    assert "no words of Teague about “lighthouses”" in told
    assert "Without it there are 2 quotes: /quotes Teague" in told
    assert "Without it" not in await answer(lookup, "Nobody about lighthouses")
    with speaking("de"):
        assert "Ohne das gibt es 1 Zitat: /zitate Moller" in await answer(lookup, "Moller about lighthouses")


@pytest.mark.parametrize(
    ("asked", "heard", "unheard"),
    [
        ("Teague", [TAP, TERMINAL], []),
        ("Teague about tap", [TAP], [TERMINAL]),
        ("Teague about taps", [TAP], [TERMINAL]),
        ("Teague about freez*", [TERMINAL], [TAP]),
        ("Teague about tap OR terminal", [TAP, TERMINAL], []),
        ("Teague about -tap", [], [TAP, TERMINAL]),  # a minus looks at the whole article
        ('Teague about "a tap"', [TAP], [TERMINAL]),
        ("Ms Teague", [TAP], []),
        ("Mr. Teague", [TAP], []),
        ("Minister Teague", [TAP], []),
        ("Frau Dr. Teague", [TAP], []),
        ("Teague's", [TAP], []),
        ("Teag*", [TAP], []),
        ("Simone Teag*", [TAP], []),
        ("Walesk", [NIGHT], []),
        ("WAŁĘSK", [NIGHT], []),
        ("Moller", ["my grandfather"], [NIGHT]),
        ("Yildiz", ["a museum"], [NIGHT]),
        ("Yıldız", ["a museum"], [NIGHT]),
        ("O'Brannon", ["two orders"], [NIGHT]),
        ("O’Brannon’s", ["two orders"], [NIGHT]),
    ],
)
async def test_the_words_that_were_asked_for_and_no_others(
    lookup: Lookup, asked: str, heard: list[str], unheard: list[str]
):
    told = await answer(lookup, asked)
    assert [words for words in heard if words not in told] == []
    assert [words for words in unheard if words in told] == []
    assert "typing error" not in told


async def test_days_are_told_in_words(lookup: Lookup):
    for asked, told in (
        ("Teague about after:2020-02-24 until:2020-03-02", "From 24 February 2020 to 2 March 2020."),
        ("Teague about tap on:2020-03-01", "Of 1 March 2020."),
        ("Teague about until:2020-03-01", "Until 1 March 2020."),
        ("Teague about last:2d", "Of the last 2 days."),
    ):
        heard = await answer(lookup, asked)
        assert told in heard
        assert "after:" not in heard


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("Teauge", TAP),
        ("Teaguee", TAP),
        ("Teague about terminel", TERMINAL),
        ("Minister Teage about tpa", ""),
    ],
)
async def test_a_typing_error_is_forgiven_and_told(lookup: Lookup, asked: str, heard: str):
    told = await answer(lookup, asked)
    if heard:
        assert heard in told
        assert "typing error" in told
    else:
        assert "I have no words" in told  # of three letters nobody can say what was meant


async def test_what_several_print_is_told_once_with_their_names(lookup: Lookup):
    told = await answer(lookup, "Sollas about cracks")
    assert told.count(CABLES) == 1
    assert "1 quote" in told
    assert "HPA and The Orrenby Ledger" in told or "The Orrenby Ledger and HPA" in told


@pytest.mark.parametrize(
    "asked", ["", "about tap", "*", '"', "Ms", "a" * 500, "Teague about )(", "Teague about said:Rieve"]
)
async def test_whatever_is_asked_is_answered(lookup: Lookup, asked: str):
    assert await answer(lookup, asked)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Ms Teague", "Teague"), ("Prof. Dr. Ada Marlow", "Ada Marlow"), ("Frau Bundeskanzlerin Klee", "Klee"),
        ("Mike Judge", "Mike Judge"), ("Judge", "Judge"), ("Señora Robalo", "Robalo"), ("", ""), ("Mr.", "Mr."),
    ],
)  # fmt: skip
def test_titles_are_no_names(name: str, bare: str):
    assert without_titles(name) == bare


WORDS = st.text("abcde", min_size=1, max_size=9)


@given(WORDS, WORDS)
def test_letters_are_counted_both_ways(one: str, other: str):
    for most in (0, 1, 2):
        assert mistaken(one, other, most) == mistaken(other, one, most)
    assert mistaken(one, other, 0) == (one == other)
    assert not mistaken(one, other, 1) or mistaken(one, other, 2)


@given(WORDS, st.integers(0, 8), st.sampled_from("abcde"))
def test_one_slip_is_one_error(word: str, at: int, letter: str):
    at %= len(word)
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    for slip in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        swapped,
    ):
        assert mistaken(slip, word, 1)
