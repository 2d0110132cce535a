"""Said to the desk alone, a sentence is what it asks for; what asks for nothing is no command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import sentences
from bot.chat.commands import WORDS


@pytest.mark.parametrize(
    ("said", "name", "argument"),
    [
        (
            "please send me news about oil every morning at 7",
            "subscribe",
            "news about oil every morning at 7",
        ),
        ("I’d like oil news every weekday at 9am", "subscribe", "oil news every weekday at 9am"),
        ("Hi, can you send us the ferry stories daily at noon please?", "subscribe", "ferry daily at noon"),
        ("keep me posted on oil", "subscribe", "oil"),
        (
            "schick mir bitte jeden Morgen um 7 Nachrichten zu Öl",
            "subscribe",
            "jeden Morgen um 7 Nachrichten zu Öl",
        ),
        (
            "ich möchte täglich um 8 Uhr Artikel über Öl bekommen",
            "subscribe",
            "täglich um 8 Uhr Artikel über Öl",
        ),
        ("stop sending me oil, thanks", "unsubscribe", "oil"),
        ("no more oil please", "unsubscribe", "oil"),
        ("bestell Öl ab", "unsubscribe", "Öl"),
        ("keine Nachrichten zu Öl mehr", "unsubscribe", "Öl"),
        ("change oil to 9", "subscriptions", ""),
        ("what am I subscribed to?", "subscriptions", ""),
        ("verschiebe Öl auf 9 Uhr", "subscriptions", ""),
        ("find me articles about oil from last week", "search", "oil from last week"),
        ("any news on oil?", "search", "oil"),
        ("was gibt es Neues zu Öl?", "search", "Öl"),
        ("what did Teague say about oil?", "quotes", "what did Teague say about oil"),
    ],
)
def test_a_sentence_is_the_command_that_it_asks_for(said, name, argument):
    found = sentences.read(said)
    assert found is not None
    assert (found.name, found.argument) == (name, argument)


@pytest.mark.parametrize(
    "said",
    ["hello", "thanks", "stop", "I want coffee", "show me the topics", "send me the digest", "what did", "", "oil is expensive", "x" * 500],
)  # fmt: skip
def test_what_asks_for_nothing_is_no_command(said):
    assert sentences.read(said) is None


@given(
    st.text(max_size=100)
    | st.lists(
        st.sampled_from(
            ["please", "send", "me", "stop", "find", "oil", "at", "7", "daily", "to", "the", "schick", "mir"]
        )
    ).map(" ".join)
)
def test_anything_can_be_said(text):
    found = sentences.read(text)
    assert found is None or found.name in WORDS.values()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi!", "greeting"),
        ("hallo", "greeting"),
        ("thanks!", "thanks"),
        ("Thank you so much", "thanks"),
        ("ok, danke dir", "thanks"),
        ("thanks, and oil?", None),
        ("hi oil", None),
        ("", None),
        ("!", None),
    ],
)
def test_who_greets_or_thanks_asks_for_nothing(text, kind):
    assert sentences.courtesy(text) == kind
