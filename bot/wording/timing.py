"""How people write when something shall come, in each language: data alone, in lower case.

A further language is one more :class:`Timing` here, and nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MORNING, NOON, EVENING = 8, 12, 18
"""The hours that parts of a day stand for."""

ALL, WORKDAYS, WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset((5, 6))


@dataclass(frozen=True, slots=True)
class Timing:
    """One language.

    ``days`` are one day each by any of its names, ``plural`` those that mean each of them, ``sets`` several, of
    which ``lone`` ones need nothing before them. ``at`` stands before times, ``hours`` before hours of a clock of 24 too; ``on`` before days, ``every`` before
    days and hours. ``to`` makes a span, ``between`` opens one. ``parts`` are parts of a day by their hour,
    ``parted`` those that need nothing before them. ``once`` are ways to ask for each article as it comes.
    ``fillers`` say nothing at the end of a clause, ``empty`` ones also before one, ``about`` nothing before what is wanted. ``vague`` words look
    like a time that the desk cannot keep, ``vaguely`` words do where a time or day follows; ``lasting`` ones say how long.
    ``quiet`` stands before hours in which nothing comes, ``most`` before a number, which with ``times`` and ``per``
    is one of alerts an hour.
    """

    days: Mapping[str, int]
    plural: Mapping[str, int]
    sets: Mapping[str, frozenset[int]]
    lone: frozenset[str]
    at: frozenset[str]
    hours: frozenset[str]
    on: frozenset[str]
    every: frozenset[str]
    joints: frozenset[str]
    to: frozenset[str]
    between: frozenset[str]
    hour: frozenset[str]
    hourly: frozenset[str]
    counts: Mapping[str, int]
    clock: Mapping[str, int]
    parts: Mapping[str, int]
    parted: frozenset[str]
    before_parts: tuple[str, ...]
    once: tuple[str, ...]
    daily: tuple[str, ...]
    oclock: frozenset[str]
    fillers: frozenset[str]
    empty: frozenset[str]
    about: tuple[str, ...]
    called: frozenset[str]
    everything: frozenset[str]
    vague: frozenset[str]
    vaguely: frozenset[str]
    lasting: frozenset[str]
    quiet: frozenset[str]
    most: tuple[str, ...]
    times: frozenset[str]
    per: frozenset[str]
    mine: tuple[str, ...] = field(default=())


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _days(*names: str) -> dict[str, int]:
    return {name: number for number, told in enumerate(names) for name in told.split()}


ENGLISH = Timing(
    days=_days(
        "monday mon mo",
        "tuesday tue tues tu",
        "wednesday wed weds we",
        "thursday thu thur thurs th",
        "friday fri fr",
        "saturday sat sa",
        "sunday sun su",
    ),
    plural=_days("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"),
    sets={
        "daily": ALL,
        "everyday": ALL,
        "day": ALL,
        "days": ALL,
        **dict.fromkeys(("weekday", "weekdays", "workday", "workdays", "work-days"), WORKDAYS),
        **dict.fromkeys(("weekend", "weekends"), WEEKEND),
    },
    lone=_set("daily everyday weekdays workdays work-days weekends"),
    at=_set("at @"),
    hours=_set(""),
    on=_set("on"),
    every=_set("every each"),
    joints=_set("and & + , ; /"),
    to=_set("to through thru till until and"),
    between=_set("between from"),
    hour=_set("hour hours hr hrs h"),
    hourly=_set("hourly"),
    counts={"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "other": 2},
    clock={"noon": 12, "midday": 12, "midnight": 0},
    parts={"morning": MORNING, "mornings": MORNING, "evening": EVENING, "evenings": EVENING},
    parted=_set("mornings evenings"),
    before_parts=("in the", "in", "the"),
    once=("at once", "immediately", "instantly", "right away", "as soon as possible", "as soon as it happens", "as it happens", "when it happens", "as they come", "asap", "in real time"),
    daily=("once a day", "once daily", "once every day", "once per day"),
    oclock=_set("o'clock oclock"),
    fillers=_set("please pls thanks sharp only always"),
    empty=_set("please pls always"),
    about=("to the topic", "about the topic", "the topic", "to", "about", "for"),
    called=_set("as"),
    everything=_set("everything all"),
    vague=_set(
        "24/7 minute minutes min mins hour hours day days week weeks month months year years quarter fortnight fortnightly"
        " weekly biweekly monthly yearly annually quarterly nightly tomorrow tonight today yesterday sunrise sunset dawn"
        " dusk teatime lunchtime lunch dinner breakfast night nights morning mornings afternoon afternoons evening"
        " evenings daytime noon midday midnight o'clock oclock am pm daily hourly weekday weekdays workday workdays"
        " weekend weekends twice thrice half while"
    ),
    vaguely=_set(
        "next last first second third fourth until till since from around about by before after past except excluding"
        " but not every each at on once within starting other only twice"
    ),
    lasting=_set("for until till during"),
    quiet=_set("quiet"),
    most=("at most", "most", "up to", "at"),
    times=_set("times"),
    per=_set("an per /"),
    mine=("my time", "my timezone", "my time zone", "local time", "our time"),
)  # fmt: skip

GERMAN = Timing(
    days=_days(
        "montag mo",
        "dienstag di",
        "mittwoch mi",
        "donnerstag do",
        "freitag fr",
        "samstag sonnabend sa",
        "sonntag so",
    ),
    plural=_days(
        "montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags sonnabends", "sonntags"
    ),
    sets={
        **dict.fromkeys(("täglich", "taeglich", "tag", "tage"), ALL),
        **dict.fromkeys(("werktags", "werktag", "werktage", "werktagen", "werktäglich", "wochentags", "wochentagen", "arbeitstag", "arbeitstags", "arbeitstagen"), WORKDAYS),
        **dict.fromkeys(("wochenende", "wochenenden", "wochenends"), WEEKEND),
    },
    lone=_set("täglich taeglich werktags werktäglich wochentags arbeitstags wochenends"),
    at=_set("um"),
    hours=_set("um"),
    on=_set("am an"),
    every=_set("jeden jede jedes jedem alle immer"),
    joints=_set("und sowie"),
    to=_set("bis und"),
    between=_set("zwischen von"),
    hour=_set("stunde stunden std std."),
    hourly=_set("stündlich stuendlich"),
    counts={"eine": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12},
    clock={"mitternacht": 0, "mittag": 12},
    parts={
        **dict.fromkeys(("morgens", "morgen", "früh"), MORNING),
        **dict.fromkeys(("mittags", "mittag"), NOON),
        **dict.fromkeys(("abends", "abend"), EVENING),
    },
    parted=_set("morgens mittags abends"),
    before_parts=("am",),
    once=("sofort", "umgehend", "gleich wenn es kommt", "sobald es kommt", "sobald etwas kommt", "so schnell wie möglich", "sobald wie möglich", "so bald wie möglich", "in echtzeit"),
    daily=("einmal am tag", "einmal täglich", "einmal pro tag"),
    oclock=_set("uhr"),
    fillers=_set("bitte danke immer nur jeweils"),
    empty=_set("bitte immer jeweils"),
    about=("zum thema", "das thema", "thema", "zu", "über"),
    called=_set("als"),
    everything=_set("alles"),
    vague=_set(
        "minute minuten stunde stunden tag tage tagen woche wochen monat monate monatlich wöchentlich jährlich"
        " vormittags nachmittags nachts vormittag nachmittag nacht heute übermorgen gestern sonnenaufgang halb viertel"
        " morgens mittags abends uhr weile täglich werktags wochenende halbstündlich vierteljährlich zweiwöchentlich"
    )
    | {
        f"{day}{part}{every}"
        for day in ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
        for part in ("früh", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht")
        for every in ("", "s")
    },
    vaguely=_set("nächsten nächste ab seit bis gegen vor nach außer ausser nicht jeden jede jedes alle um am halb viertel zweimal dreimal einmal"),
    lasting=_set("für bis während"),
    quiet=_set("ruhe ruhezeit ruhig"),
    most=("höchstens", "maximal", "bis zu"),
    times=_set("mal meldungen"),
    per=_set("pro je die in der"),
    mine=("ortszeit", "meine zeit", "meiner zeit"),
)  # fmt: skip

LANGUAGES = (ENGLISH, GERMAN)

ZONES = {
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ"), "CET"),
    **dict.fromkeys(("WET", "WEST"), "WET"),
    **dict.fromkeys(("EET", "EEST", "OEZ"), "EET"),
    "BST": "Europe/London",
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
    "JST": "Asia/Tokyo",
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
}
"""Zones as people abbreviate them, in capitals: the place whose clock is meant, in summer too. What could mean several is none."""
