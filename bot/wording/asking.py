"""How people ask below a digest for more of it, in each language: data alone, in lower case.

A further language is one more :class:`Asking` here, and nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

View = Literal["story", "sources", "quotes", "timeline"]
"""What of a story is wanted: all of it, who told it, who said what, or how it went on."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Words that open a question, up to what it is about.

    ``alone``: they are a question by themselves. ``direct``: a number may follow at once, as in "sources 3".
    ``linked``: what follows a link may be any words of a headline, as in "more about the ferry". ``end``:
    words that close the question.
    """

    words: str
    view: View
    alone: bool = True
    direct: bool = True
    linked: bool = True
    end: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """One language. ``ordinals`` stand behind an article or before a noun, ``lone`` ones also by themselves.

    ``labels`` stand before a number, and so do ``numerals``, before digits alone ("no one" is nobody); ``nouns`` behind an ordinal or words of a headline, ``links`` between an
    opening and what it is about, ``subjects`` between a noun and such words. ``small`` words tell no headline
    from another, and ``endings`` no word from another. ``polite`` words are passed over at either end.
    """

    openings: tuple[Opening, ...]
    articles: frozenset[str]
    labels: frozenset[str]
    numerals: frozenset[str]
    nouns: frozenset[str]
    ordinals: Mapping[str, int]
    last: frozenset[str]
    links: frozenset[str]
    subjects: frozenset[str]
    small: frozenset[str]
    endings: frozenset[str]
    polite: tuple[str, ...]
    lone: frozenset[str] = field(default_factory=frozenset)
    cardinals: Mapping[str, int] = field(default_factory=dict)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _ranks(words: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), start=1)}


def _openings(
    view: View, *words: str, alone: bool = True, direct: bool = True, linked: bool = True
) -> tuple[Opening, ...]:
    return tuple(Opening(one, view, alone, direct, linked) for one in words)


ENGLISH = Asking(
    openings=(
        *_openings("story", "more", "tell me more", "more details", "details", "full story", direct=False),
        *_openings("story", "more info", "more information", "give me more", "show me more", direct=False),
        *_openings("story", "tell me about", "tell us about", "tell us more", alone=False, direct=False),
        *_openings("story", "show", "show me", "open", "expand", alone=False, linked=False),
        *_openings("story", "give me", alone=False, direct=False, linked=False),
        *_openings("sources", "source", "sources", "all sources", "outlets", "link", "url"),
        *_openings("sources", "links", alone=False),
        *_openings("quotes", "quote", "quotes", "all quotes"),
        *_openings("quotes", "who said that", "who said this", "who said it", "who says that", direct=False),
        *_openings("quotes", "who said the thing", "who said the bit", alone=False, direct=False),
        *_openings("timeline", "timeline", "context", "background"),
    ),
    articles=_set("the"),
    labels=_set("story item article"),
    numerals=_set("number no no. nr nr."),
    nouns=_set("one story article item headline piece report"),
    ordinals=_ranks("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
    | _ranks("1st 2nd 3rd")
    | {f"{number}th": number for number in range(4, 21)},
    lone=_set("2nd 3rd 4th 5th 6th 7th 8th 9th 10th"),
    cardinals=_ranks("one two three four five six seven eight nine ten"),
    last=_set("last"),
    links=_set("on about of for to from in"),
    subjects=_set("about on with"),
    small=_set("the a an of in on at to for from by with and or as is are was were it its this that about")
    | _set("monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight week"),
    endings=_set("s es"),
    polite=("please", "pls", "can you", "could you"),
)

_GERMAN_ORDINALS = (
    *("erste", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte", "achte", "neunte", "zehnte"),
    *("elfte", "zwölfte"),
)

GERMAN = Asking(
    openings=(
        *_openings("story", "mehr", "mehr dazu", "erzähl mehr", "erzähl mir mehr", direct=False),
        *_openings("story", "details", "mehr details", "einzelheiten", direct=False),
        *_openings("story", "zeig", "zeig mir", "zeige", "öffne", alone=False, linked=False),
        *_openings("story", "gib mir", alone=False, direct=False, linked=False),
        *_openings("sources", "quelle", "quellen", "alle quellen", "link"),
        *_openings("quotes", "zitat", "zitate", "alle zitate"),
        *_openings("quotes", "wer hat das gesagt", "wer sagt das", "wer sagte das", direct=False),
        Opening("wer hat das", "quotes", alone=False, direct=False, end="gesagt"),
        *_openings("timeline", "zeitleiste", "verlauf", "chronik", "kontext", "hintergrund"),
    ),
    articles=_set("der die das den dem"),
    labels=_set("meldung geschichte artikel"),
    numerals=_set("nummer nr nr."),
    nouns=_set("meldung geschichte artikel story nachricht"),
    ordinals={
        f"{stem}{end}": number
        for number, stem in enumerate(_GERMAN_ORDINALS, start=1)
        for end in ("", "n", "r", "s")
    },
    lone=frozenset(_GERMAN_ORDINALS[1:]),
    last=_set("letzte letzten letzter letztes"),
    links=_set("zu zum zur über von vom für aus mit"),
    subjects=_set("über mit zu zum zur von vom"),
    small=_set(
        "der die das den dem des ein eine einen einem einer und oder in im am an auf aus bei mit nach von vom zu zum zur für ist sind war waren über"
    )
    | _set("montag dienstag mittwoch donnerstag freitag samstag sonntag heute morgen gestern woche"),
    endings=_set("e n en s es"),
    polite=("bitte", "kannst du"),
)

LANGUAGES = (ENGLISH, GERMAN)
