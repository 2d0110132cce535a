"""Commands and times in German: what is understood, what is asked about, and where the desk keeps silent."""

from __future__ import annotations

import pytest

from bot.conversation.timelines import _length as length_of
from bot.conversation.timelines import timedelta
from bot.domain import query
from bot.domain.times.when import parse_when, printed
from bot.grammar import wishes
from bot.grammar.addressed import calls
from bot.grammar.commands import ENGLISH, Command, parse, query_and_days, suggestion, when_and_name
from bot.grammar.remarks import name_and_subject
from bot.wording.catalogues.german import CATALOGUE, COMMANDS, TEXTS
from bot.wording.language import commands, speaking

WORKDAYS = "on mon,tue,wed,thu,fri"


@pytest.mark.parametrize(("word", "command"), COMMANDS.items())
def test_a_german_command_is_one_with_and_without_a_slash(word, command):
    assert parse(f"/{word} Öl") == Command(command, "Öl", f"/{word}")
    assert parse(f"{word.title()} Öl").name == command


def test_no_two_words_mean_different_commands():
    assert commands().keys() & ENGLISH.keys() == set()
    assert set(COMMANDS.values()) <= set(ENGLISH.values())
    helped = {text.split()[0] for text in TEXTS if text.startswith("/") and "{" not in text}
    shown = {str(TEXTS[text]).split()[0].removeprefix("/") for text in TEXTS if text.split()[0] in helped}
    assert {parse(f"/{word}").name for word in shown} == {word.removeprefix("/") for word in helped}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/suhce", "search"), ("/hilfee", "help"), ("/abbesteln", "unsubscribe"), ("/sprahce", "language")],
)
def test_a_mistyped_german_command_is_suggested(typed, meant):
    assert suggestion(typed) == meant


def test_the_small_words_inside_commands():
    assert name_and_subject("Lagarde über die Inflation") == ("Lagarde", "Inflation")
    assert name_and_subject("Karl-Theodor zu Guttenberg") == ("Karl-Theodor zu Guttenberg", "")
    assert when_and_name("jetzt Energie") == ("now", "Energie")
    assert when_and_name("Warum") == ("why", "")
    assert when_and_name("vorschau „Energie“") == ("preview", "Energie")
    assert query_and_days("Fußball für 7 Tage") == ("Fußball", 7)
    assert query_and_days("Fußball für einen Monat") == ("Fußball", 30)
    assert length_of("2 Wochen") == timedelta(weeks=2)
    assert length_of("12 Stunden") == length_of("12 Std.") == timedelta(hours=12)
    assert length_of("5 Tage") == timedelta(days=5)
    assert query.parse("Öl ODER Gas").query == query.parse("Öl OR Gas").query
    assert query.printed(query.parse("Öl UND Gas").query) == "Öl Gas"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("um 08:00 mo-fr", f"at 08:00 {WORKDAYS}"),
        ("um 8 Uhr mo–fr", f"at 08:00 {WORKDAYS}"),
        ("werktags um 8 Uhr", f"at 08:00 {WORKDAYS}"),
        ("an Werktagen um 8 Uhr", f"at 08:00 {WORKDAYS}"),
        ("an jedem Werktag um 8 Uhr", f"at 08:00 {WORKDAYS}"),
        ("von Montag bis Freitag um 7:30", f"at 07:30 {WORKDAYS}"),
        ("freitags um 16:00", "at 16:00 on fri"),
        ("um 17:30 am Freitag", "at 17:30 on fri"),
        ("um 8:30 am Montag", "at 08:30 on mon"),
        ("jeden Montag um 9 Uhr", "at 09:00 on mon"),
        ("Mo, Mi und Fr um 18 Uhr", "at 18:00 on mon,wed,fri"),
        ("am Wochenende um 10 Uhr", "at 10:00 on sat,sun"),
        ("täglich um 8 und 17 Uhr", "at 08:00 17:00"),
        ("jeden Morgen", "at 08:00"),
        ("mittags", "at 12:00"),
        ("um 8.30 Uhr", "at 08:30"),
        ("um 20 Uhr", "at 20:00"),
        ("um 8 Uhr MEZ", "at 08:00 in CET"),
        ("alle 4 Stunden zwischen 8 und 20", "at 08:00 12:00 16:00 20:00"),
        ("alle 6 Stunden", "at 00:00 06:00 12:00 18:00"),
        ("sofort", "at once, at most 4 an hour"),
        ("sofort, höchstens 2 pro Stunde", "at once, at most 2 an hour"),
        ("sofort, höchstens 2 in der Stunde", "at once, at most 2 an hour"),
        (
            "sofort, maximal 2 Meldungen je Stunde, Ruhe 22:00-07:00",
            "at once, at most 2 an hour quiet 22:00-07:00",
        ),
        ("sobald es kommt", "at once, at most 4 an hour"),
        ("um 9 Uhr, Ruhe von 22 bis 7 Uhr", "at 09:00 quiet 22:00-07:00"),
    ],
)
def test_when_is_understood(text, when):
    wish = wishes.read(f"Öl {text}")
    assert (wish.query, wish.doubt, wish.refusal) == ("Öl", "", "")
    assert printed(wish.when) == when
    assert printed(parse_when(text)) == when
    with speaking("de"):
        assert parse_when(printed(wish.when)) == wish.when
    before = wishes.read(f"{text} Öl") if "Ruhe" not in text and "sofort" not in text else wish
    assert before.doubt or (before.query, printed(before.when)) == ("Öl", when)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "um halb neun",
            "um viertel nach 8",
            "wöchentlich",
            "nachts",
            "vormittags",
            "jeden zweiten Tag",
        ),
        *(
            "bis Freitag",
            "ab morgen",
            "zweimal am Tag",
            "halbstündlich",
            "vierteljährlich",
        ),
        *("Montag früh um 6",),
    ],
)
def test_what_looks_like_a_time_is_asked_about(text):
    wish = wishes.read(f"Öl {text}")
    assert wish.doubt or wish.refusal


@pytest.mark.parametrize(
    "text",
    ["Sanktionen für die Redaktion", "Tag der Arbeit Kundgebung", "Nachtzug Wien", "Ruhrgebiet", "Meldungen"],
)
def test_words_that_are_no_time_are_looked_for(text):
    wish = wishes.read(text)
    assert (wish.query, wish.doubt) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "suche ist kaputt",
            "die suche findet nichts mehr",
            "hilfe ist unterwegs",
            "hilft das?",
            "meldungen kommen nicht",
        ),
        *(
            "abo ist teuer",
            "abo hat jemand von uns?",
            "abos sind mir zu viel",
            "zeitplan ist noch offen, oder?",
        ),
        *(
            "digest war heute gut",
            "digest kam nicht",
            "themen hatten wir genug",
            "stumm war er nie",
            "hallo zusammen",
        ),
        *(
            "danke!",
            "das ist ja toll",
            "wer hat das geschrieben?",
            "sprache ist ein weites Feld, finde ich",
            "sprache verbindet doch alle Menschen",
        ),
        *("kontext ist alles", "zitate sind wichtig", "meldung ist raus", "nachholen können wir das morgen"),
        *("ausblenden geht nicht, wenn ihr das so macht", "abonnieren könnt ihr das bei mir"),
    ],
)
def test_in_a_group_people_speak_of_the_desk_in_peace(text):
    assert not calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "/suche Öl",
        "suche Öl und Gas",
        "hilfe",
        "abo Öl werktags um 8",
        "digest jetzt",
        "abos",
        "sprache de",
        "suhce Öl",
    ],
)
def test_in_a_group_it_is_called_by_a_command(text):
    assert calls(text)


EXAMPLES = [
    *(
        "Öl OR Gas als Energie um 08:00 17:30 mo-fr",
        "Sanktionen um 08:00",
        "Öl um 08:00 mo-fr",
        "Öl freitags um 16:00",
    ),
    *(
        "Öl alle 2 Stunden",
        "Öl um 08:00 in Europe/Berlin",
        "Öl sofort, höchstens 4 pro Stunde",
        "Öl sa,so um 9:00",
    ),
    *("Öl alle 2 Stunden zwischen 8 und 20", "Öl täglich um 9:00", "Öl werktags um 8 Uhr"),
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_the_german_texts_advise_is_understood(text):
    words = text.split(" ", 1)[1].removeprefix("OR Gas als Energie ")
    wish = wishes.read(text)
    assert wish.query
    assert (wish.doubt, wish.refusal) == ("", "")
    advice = " ".join(str(told) for told in CATALOGUE.texts.values())
    assert words.removesuffix(" um 9:00") in advice
