"""What a sentence may be about that is not understood, by its parts; and which words are asked about before they are looked for."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.subscribing.offers import offers_of
from bot.grammar import parts

OFFERED = (
    ("hey can we have lamps only from the Averne Courier thanks", "search lamps from the Averne Courier"),
    ("topic: honey, mites and hives, 7:45 weekdays pls", "subscribe honey, mites and hives 7:45 weekdays"),
    ("from the Courier anything on lamps", "search lamps from the Courier"),
    ("rugby and canoeing, not swimming, 8am", "subscribe rugby and canoeing -swimming 8am"),
    ("for the club: swimming, rowing at 19:00", "subscribe swimming, rowing at 19:00"),
    ("club news: swimming, rowing", "search swimming, rowing"),
    ("a daily briefing on honey for us, 7:15 a.m.", "subscribe honey 7:15 a.m"),
    ("the articles in january over diesel", "search diesel in january"),
    ("diesel by Ada Quill 8:00", 'subscribe diesel by:"Ada Quill" 8:00'),
    ("in german and english: frost", "search frost"),
    ("every injury", "subscribe injury"),
    ("Anything for seniors: mobile library dates, monday mornings", "subscribe mobile library dates monday mornings"),
    ("what'd varga say", "quotes varga"),
    ("Was sagt Urs Kappeler zum Schnee", "quotes Urs Kappeler about Schnee"),
    ("nix mehr von handball", "mute handball"),
    ("don't want any football in it", "mute football"),
    ("grain at 7.20, no weekends", "subscribe grain at 7.20 except weekends"),
    ("Getreide um 7:20, nicht am Wochenende", "subscribe Getreide um 7:20, nicht am Wochenende"),
    ("grain: fridays, 4 pm", "subscribe grain fridays, 4 pm"),
    ("grain please, but not before noon", "subscribe grain noon"),
    ("grain, not wheat, 10:00", "subscribe grain -wheat 10:00"),
    ("10:30 every day: grain, wheat", "subscribe grain, wheat 10:30 every day"),
    ("grain reviews, fridays at three in the afternoon", "subscribe grain reviews fridays at three in the afternoon"),
    ("grain 5:30 daily, never on sundays", "subscribe grain 5:30 daily except on sundays"),
    ("everything except lamps", "mute lamps"),
    ("Fährenartikel", "search Fähren"),
    ("zeig nur Englisches zum Hafen", "search Hafen lang:en"),
    ("alles aus letzter Woche vom Tagblatt zum Wolf", "search Wolf vom Tagblatt aus letzter Woche"),
    ("Gerste, Weizen; 5 Uhr; Mo bis Sa", "subscribe Gerste, Weizen 5 Uhr; Mo bis Sa"),
    ("Wettbewerber: Oxley, Lumex – montags 9:30 Uhr", "subscribe Oxley, Lumex montags 9:30 Uhr"),
    ("morgens um sechs: Schiffe", "subscribe Schiffe morgens um sechs"),
    ("werktags um sieben über Hopfen", "subscribe Hopfen werktags um sieben"),
    ("lamps later please", "subscriptions"),
    ("when comes the next?", "subscriptions"),
)  # fmt: skip
STRAY = (
    "topic: oil", "oil as well", "our club oil", "oil and", "for the board", "oil for the board", "oil please", "oil in French or German", "oil (Averne Courier)",
    "oil, short", "oil by Ada Quill", "oil minus the gas", "oil style brief", "oil | gas", 'oil source:"Courier" and gas', "write to ada@example.org", "Öl wie immer", "Erwähnungen von Öl",
)  # fmt: skip
PLAIN = (
    "short selling", "Radio Times", "Keep Quay Street Green", "oil prices", "May Day marches", "WHO", "second world war", "half marathon", "the one show", "School meals (UK)", '"rail fares" and "season tickets"', "bus OR (tram -night)",
    "Doctors without Borders", "oil and gas", "price of oil", "war in Drovia", "may elections", "Dürre im Sommer", 'said:"Ada Quill" oil', "",
)  # fmt: skip


@pytest.mark.parametrize(("text", "first"), OFFERED)
def test_what_is_offered_first_is_what_the_parts_say(text, first):
    found = parts.read(text)
    assert offers_of(found, found.core, listed=True)[0] == first


def test_words_that_hardly_stand_in_what_anybody_looks_for_are_doubted():
    assert [text for text in STRAY if not parts.stray(text)] == []
    assert [text for text in PLAIN if parts.stray(text)] == []


@given(st.text(max_size=500))
def test_anything_has_parts(text):
    found = parts.read(text)
    assert 0 < len(offers_of(found, found.core, listed=False)) <= 3
    assert isinstance(parts.stray(text), bool)


def test_long_texts_take_no_longer_than_they_are():
    begun = time.monotonic()
    for one in (
        "lamps at 8 ",
        "from the Courier ",
        "a, ",
        "(x ",
        "oil by Ada Quill ",
        'source:"a" and ',
        "x : ",
        "in german and ",
    ):
        parts.stray((one * 100_000)[:100_000])
        parts.read((one * parts.LONGEST)[: parts.LONGEST])
    assert time.monotonic() - begun < 5
