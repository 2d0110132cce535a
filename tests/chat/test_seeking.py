"""What people say of days, languages and order where they search is a filter; what may be words stays words."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.query import parse
from bot.grammar import requests, seeking, several, wishes
from bot.grammar.remarks import name_and_subject
from bot.wording.language import speaking

SUNDAY = datetime(2026, 11, 28, 20, tzinfo=UTC)
"""29 November in Tokyo."""


def meant(typed: str) -> str:
    return seeking.read(typed, SUNDAY, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Öl seit gestern", "Öl after:2026-11-28"),
        ("oil since yesterday", "oil after:2026-11-28"),
        ("oil since monday until yesterday", "oil after:2026-11-23 before:2026-11-29"),
        ("Öl seit 1.11. bis 31.12.", "Öl after:2026-11-01 before:2027-01-01"),
        ("Öl, Gas bis 1.4.2026", "(Öl OR Gas) before:2026-04-02"),
        ("oil OR gas last week", "(oil OR gas) after:2026-11-16 before:2026-11-23"),
        ("oil since 2026-04-01", "oil after:2026-04-01"),
        ("oil until:2026-04-01", "oil before:2026-04-02"),
        ("oil this week", "oil after:2026-11-23 before:2026-11-30"),
        ("oil from last month", "oil after:2026-10-01 before:2026-11-01"),
        ("oil in the last 3 days", "oil after:2026-11-26 before:2026-11-30"),
        ("oil past week", "oil after:2026-11-22 before:2026-11-30"),
        ("oil 2 days ago", "oil on:2026-11-27"),
        ("oil last friday", "oil on:2026-11-27"),
        ("oil over the weekend", "oil after:2026-11-28 before:2026-11-30"),
        ("oil last weekend", "oil after:2026-11-21 before:2026-11-23"),
        ("oil in november", "oil after:2026-11-01 before:2026-11-30"),
        ("oil in december", "oil after:2025-12-01 before:2026-01-01"),
        ("oil in june 2025", "oil after:2025-06-01 before:2025-07-01"),
        ("oil since june", "oil after:2026-06-01"),
        ("oil before friday", "oil before:2026-11-27"),
        ("oil after 15 november", "oil after:2026-11-16"),
        ("oil between 1 and 15 november", "oil after:2026-11-01 before:2026-11-16"),
        ("oil from monday to wednesday", "oil after:2026-11-23 before:2026-11-26"),
        ("oil from november on", "oil after:2026-11-01 before:2026-11-30"),
        ("oil this year", "oil after:2026-01-01 before:2026-11-30"),
        ("Öl letzte Woche", "Öl after:2026-11-16 before:2026-11-23"),
        ("Öl aus den letzten drei Tagen", "Öl after:2026-11-26 before:2026-11-30"),
        ("Öl seit einer Woche", "Öl after:2026-11-22"),
        ("Öl vor zwei Tagen", "Öl on:2026-11-27"),
        ("Öl im November", "Öl after:2026-11-01 before:2026-11-30"),
        ("Öl vom 1. bis 15. November", "Öl after:2026-11-01 before:2026-11-16"),
        ("Öl am 15. November", "Öl on:2026-11-15"),
        ("oil in german", "oil lang:de"),
        ("oil (only in English)", "oil lang:en"),
        ("Öl nur auf Deutsch seit gestern", "Öl lang:de after:2026-11-28"),
        ("oil, in french, this month", "oil lang:fr after:2026-11-01 before:2026-11-30"),
        ("articles about oil", "oil"),
        ("for all the news on oil please", "oil"),
        ("pls oil?", "oil"),
        ("nach Artikeln über Öl", "Öl"),
        ("last week", "after:2026-11-16 before:2026-11-23"),
    ],
)
def test_what_the_end_says_is_a_filter(typed: str, query: str):
    for code in ("en", "de"):
        with speaking(code):
            assert parse(meant(typed), lists=True).query == parse(query, lists=True).query


@pytest.mark.parametrize(
    "typed",
    [
        *("oil since the war", "the first since 1945", '"oil since yesterday"', "oil since tomorrow"),
        *(
            "yesterday",
            "USA Today",
            "strike on monday",
            "ides of march",
            "class of 2025",
            "letters from home",
        ),
        *(
            "'oil' \"last week\"",
            "news",
            "learn german",
            "pls",
            "in the evening light",
            "oil 2",
        ),
    ],
)
def test_what_may_be_words_stays(typed: str):
    assert parse(meant(typed), lists=True) == parse(typed, lists=True)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        *(
            ("oil newest first", "new"),
            ("latest oil news", "new"),
            ("oil sorted by date", "new"),
            ("oil, latest", "new"),
            ("the latest", "new"),
        ),
        *(
            ("the most recent articles about oil", "new"),
            ("oil oldest first", "old"),
            ("oil sort by relevance", "best"),
        ),
        *(
            ("Öl neueste zuerst", "new"),
            ("Öl nach Datum sortiert", "best"),
            ("Öl sortiert nach Datum", "new"),
        ),
    ],
)
def test_an_order_is_understood(typed: str, order: str):
    parsed = parse(meant(typed), lists=True)
    assert parsed.order == order


@given(st.text(max_size=200))
def test_anything_can_be_searched_for(text: str):
    assert isinstance(meant(text), str)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("since monday", 23),
        ("friday please", 27),
        ("everything since tuesday", 24),
        ("the last 3 days", 26),
        ("letzte Woche", 16),
        ("gestern", 28),
    ],
)
def test_a_catch_up_is_from_the_first_of_the_days_that_are_told(text: str, day: int):
    begun = seeking.since(text, SUNDAY, "Asia/Tokyo")
    assert begun
    assert f"{begun:%Y-%m-%d %H:%M %Z}" == f"2026-11-{day} 00:00 JST"


def test_a_typing_error_in_either_of_two_words_of_time_is_read_as_the_one_that_tells_days():
    assert meant("oil last mont") == meant("oil last month") != "oil last mont"
    assert meant("Öl seit otober") == meant("Öl seit Oktober")


@pytest.mark.parametrize("text", ["good news", "gute nachrichten", "fake news", "falsche nachrichten"])
def test_news_of_a_kind_are_looked_for_as_they_are_called(text: str):
    assert meant(text) == text


def test_a_letter_that_only_looks_like_one_of_a_filters_name_harms_nothing():
    assert "harbour" in str(seeking.read("harbour ſince:monday tıll=friday", SUNDAY, "UTC"))


@pytest.mark.parametrize("text", ["harbour, englısh", "harbour (Italıan)", "in englısh: harbour"])
def test_a_letter_that_only_looks_like_one_of_a_languages_name_harms_nothing(text: str):
    assert "harbour" in str(seeking.read(text, SUNDAY, "UTC"))


def test_as_many_polite_words_as_a_message_holds_are_left_out():
    assert meant("oil " + "for me, here " * 2_000) == "oil"


def test_other_words_are_no_moment():
    assert seeking.since("last 24 hours", SUNDAY, "UTC") == SUNDAY - timedelta(hours=24)
    assert [
        seeking.since(text, SUNDAY, "UTC")
        for text in ("", "!", "? !", "until friday", "the ferry", "monday " * 9)
    ] == [None] * 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("oil since the summer", "since the summer"),
        ("oil nov 26", "nov 26"),
        ("oil <7d", "<7d"),
        ("oil next week", "next week"),
        ("strike 24/7", ""),
        ("lamps without mill street", "without mill street"),
        ("lamps without mill street source:Courier", "without mill street"),
        ("doctors without borders", ""),
        ("life without new coal mines", ""),
        ("war in Ukraine", ""),
        ('"last summer"', ""),
    ],
)
def test_a_search_tells_what_looks_like_days_and_is_looked_for_as_words(text: str, words: str):
    notes = " ".join(seeking.looked_for(seeking.read(text, SUNDAY, "UTC")).notes)
    assert ("is read as words" in notes, f'"{words}"' in notes) == (bool(words), bool(words))


@pytest.mark.parametrize(
    "token", ["a ", "and ", "and, ", "a's ", "'s news ", '"', "-", "x:", "said of ", "for me "]
)
def test_long_texts_of_one_word_are_read_in_time(token):
    text = token * (100_000 // len(token))
    begun = time.process_time()
    for read in (several.each_of, requests.days_behind, requests.quoting, name_and_subject, wishes.read):
        read(text)
    assert time.process_time() - begun < 2
