"""Zones among the words that people write: ``in Europe/Berlin``, ``CET``, ``New York time`` (pure)."""

from __future__ import annotations

from bot.domain.times.time_words import AREAS, Words, is_a_zone, stands
from bot.wording.timing import ZONES

CERTAIN = frozenset({"UTC", "GMT", "CET", "CEST", "MEZ", "MESZ"})
"""Zones that are no words in small letters either, behind a time."""

LONGEST = 3
"""Words of a place."""


def zone_at(words: Words, at: int) -> tuple[int, str, bool]:
    """Where the zone ends that begins here, which it is, and whether it may be a word; the end is ``at`` for none."""
    begin = at + (words[at].plain in {"in", "("})
    if begin >= len(words):
        return at, "", False
    text = words[begin].text.rstrip(",.:")
    end = begin + 1 + (words[at].plain == "(" and stands(words, begin + 1, frozenset(")")))
    if text in ZONES:
        return end, ZONES[text], True
    if at and words[at - 1].plain[:1].isdigit() and text.upper() in CERTAIN:
        return end, ZONES[text.upper()], False
    if ("/" in text or text == "UTC") and is_a_zone(text):
        return end, text, False
    for length in range(1, LONGEST + 1):
        if stands(words, begin + length, frozenset({"time"})):
            place = "_".join(word.text.title() for word in words[begin : begin + length])
            zone = next((one for one in (f"{area}/{place}" for area in AREAS) if is_a_zone(one)), "")
            return (begin + length + 1 if zone else at), zone, False
    return at, "", False
