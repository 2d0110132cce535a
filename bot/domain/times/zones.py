"""Zones among the words that people write: ``in Europe/Berlin``, ``CET``, ``New York time``, ``8 am Pacific`` (pure)."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.times.time_words import AREAS, Token, Words, is_a_zone, stands, tokens
from bot.wording.timing import CLOCKS, COASTS, OF_A_PLACE, REGIONS, SEVERAL, ZONES

CERTAIN = frozenset({"UTC", "GMT", "CET", "CEST", "MEZ", "MESZ"})
"""Zones that are no words in small letters either, behind a time."""

WORDS = frozenset({"Z", "WET", "WEST"})
"""Zones that are words in small letters, behind a time too."""

LONGEST = 3
"""Words of a place."""

_HALVES = frozenset({"am", "pm", "uhr"})
_OF_THE_YEAR = frozenset({"standard", "daylight", "summer"})


def zone_at(words: Words, at: int) -> tuple[int, str, bool]:
    """Where the zone ends that begins here, which it is, and whether it may be a word; the end is ``at`` for none."""
    begin = at + (words[at].plain in {"in", "("})
    if begin >= len(words):
        return at, "", False
    text = _bare(words[begin])
    end = begin + 1 + (words[at].plain == "(" and stands(words, begin + 1, frozenset(")")))
    if text in ZONES:
        return end, ZONES[text], True
    if _is_behind_an_hour(words, at) and (zone := _behind_an_hour(text, last=end == len(words))):
        return end, zone, text.upper() not in CERTAIN
    if ("/" in text or text == "UTC") and is_a_zone(text):
        return end, text, False
    for length in range(1, LONGEST + 1):
        if stands(words, begin + length, CLOCKS):
            zone = _clock_of(words[begin : begin + length])
            return (begin + length + 1 if zone else at), zone, False
    return at, "", False


def _behind_an_hour(text: str, *, last: bool) -> str:
    """The zone of an abbreviation in any letters, and of "Pacific" at the end; empty for others."""
    if text.upper() in ZONES:
        return "" if text.upper() in WORDS else ZONES[text.upper()]
    return COASTS.get(text.casefold(), "") if last else ""


def is_of_several(words: Words, at: int) -> bool:
    """Whether an abbreviation stands there, behind an hour, that more than one zone has."""
    return _is_behind_an_hour(words, at) and _bare(words[at]) in SEVERAL


def in_full(text: str, own: str, now: datetime) -> str:
    """The text with the zone ``own`` in full where it is abbreviated behind an hour, as its clocks are this year: ``9:00 IST``.

    So an abbreviation that several zones have is the one of who hears it; what is one zone's alone stays.
    """
    named = _abbreviations(own, now.year)
    words = tokens(text) if named else ()
    for at in range(len(words) - 1, 0, -1):
        word = words[at]
        if _bare(word).upper() in named and _is_behind_an_hour(words, at):
            text = f"{text[: word.start]}{own}{text[word.start + len(_bare(word)) :]}"
    return text


@lru_cache(maxsize=16)
def _abbreviations(zone: str, year: int) -> frozenset[str]:
    months = (datetime(year, month, 1, tzinfo=ZoneInfo(zone)).tzname() for month in (1, 7))
    return frozenset(name for name in months if name and name.isalpha()) - ZONES.keys()


def _is_behind_an_hour(words: Words, at: int) -> bool:
    at -= at > 1 and words[at - 1].plain == "("
    return at > 0 and (words[at - 1].plain[:1].isdigit() or words[at - 1].plain in _HALVES)


def _bare(word: Token) -> str:
    return word.text.rstrip(",.:")


def _clock_of(told: Words) -> str:
    """The zone of "Pacific", "central European standard" or "New York" before "time"; empty for none."""
    plain = [word.plain for word in told]
    region = " ".join(plain[:-1] if plain[-1] in _OF_THE_YEAR else plain)
    place = "_".join(word.text.title() for word in told)
    places = (place, place.removesuffix(OF_A_PLACE))
    found = (one for one in (f"{area}/{place}" for place in places for area in AREAS) if is_a_zone(one))
    return REGIONS.get(region) or next(found, "")


def place_zone(text: str) -> str:
    """The zone that a bare ``Berlin``, ``in New York``, ``london, uk``, ``CET`` or ``europe/berlin`` names; empty where it names none."""
    place = re.sub(
        r"^(?:in|i am in|i'm in)\s+|\s+time$", "", " ".join(text[:80].split()), flags=re.IGNORECASE
    ).rstrip(".!")
    if place.upper() in ZONES:
        return ZONES[place.upper()]
    if place.casefold() in REGIONS:
        return REGIONS[place.casefold()]
    titled = "/".join(part.strip().title().replace(" ", "_") for part in place.partition(",")[0].split("/"))
    named = [place, titled] if "/" in place else [f"{area}/{titled}" for area in AREAS]
    return next((one for one in named if is_a_zone(one)), "")
