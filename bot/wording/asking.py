"""How people ask below a digest for more of it: what a language has of it, and English; data alone, in lower case.

What other languages have stands in their catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.wording.heard.seeking import combined
from bot.wording.timing import word_set

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
    from another, and ``endings`` no word from another, nor do the pairs of ``turned``. ``polite`` words are passed over at either end. ``pronouns``
    mean what was spoken of before; ``both`` ones do so of two, and ``plural`` nouns stand behind "the first two".
    ``until`` words stand between the first and the last number of several.
    """

    openings: tuple[Opening, ...] = ()
    articles: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    numerals: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    ordinals: Mapping[str, int] = field(default_factory=dict)
    last: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    turned: tuple[tuple[str, str], ...] = ()
    polite: tuple[str, ...] = ()
    lone: frozenset[str] = frozenset()
    cardinals: Mapping[str, int] = field(default_factory=dict)
    pronouns: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    plural: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()


def _ranks(words: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), start=1)}


def openings(
    view: View, *words: str, alone: bool = True, direct: bool = True, linked: bool = True
) -> tuple[Opening, ...]:
    """Openings that are alike but for their words."""
    return tuple(Opening(one, view, alone, direct, linked) for one in words)


_FOR_ME = ("", "me", "us")
_WANTS = (
    *combined(("can", "could", "may"), ("i", "we"), ("have", "get", "see")),
    *combined(("show", "give", "send", "get"), _FOR_ME),
    *combined(("can you", "could you"), ("show", "give", "send", "get"), _FOR_ME),
    *combined(("i", "we"), ("need", "want", "would like")),
    *("i'd like", "we'd like", "is there", "are there", "do you have", "have you got", "got"),
    *("what's", "what is", "what are", "where's", "where is", "where are"),
)


def wanted(*nouns: str) -> tuple[str, ...]:
    """How people ask for what is called so: "can I have the link", "any link"."""
    which = ("", "the", "a", "any", "all", "all the", "some", "more")
    return (*combined(("any", "the", "a", "more"), nouns), *combined(_WANTS, which, nouns))


ENGLISH = Asking(
    openings=(
        *openings("story", "more", "tell me more", "more details", "details", "full story", direct=False),
        *openings("story", "more info", "more information", "give me more", "show me more", direct=False),
        *openings("story", "tell me about", "tell us about", "tell us more", alone=False, direct=False),
        *openings(
            "story",
            *("what about", "and what about", "what's up with", "what is up with"),
            *("what happened with", "what happened to", "anything new on", "anything new about"),
            *("anything more on", "anything else on", "any more on", "any news on", "any update on"),
            *("can you tell me more about", "i want to know more about", "i'd like to know more about"),
            *("i would like to know more about", "i want to read more about", "i'd like to read more about"),
            alone=False,
        ),
        *openings("story", "and", alone=False),
        *openings("story", "read more", "full article", "full text", "whole story", alone=False),
        *openings("story", "show", "show me", "open", "expand", alone=False, linked=False),
        *openings("story", "give me", alone=False, direct=False, linked=False),
        *openings("sources", "source", "sources", "all sources", "outlets", "link", "url"),
        *openings("sources", "links", alone=False),
        *openings(
            "sources",
            "where is this from",
            "where's this from",
            "where does this come from",
            "where did this come from",
            direct=False,
            linked=False,
        ),
        *openings(
            "sources",
            "who reported this",
            "who reported that",
            "who reports this",
            "got a link",
            direct=False,
        ),
        *openings("sources", *wanted("source", "sources", "link", "links", "url"), direct=False),
        *openings("quotes", *wanted("quote", "quotes"), "what quotes are there", direct=False),
        *openings("timeline", *wanted("background", "context", "timeline"), direct=False),
        *openings(
            "timeline", "what happened before", "what happened since", "how did it start", direct=False
        ),
        *openings("quotes", "quote", "quotes", "all quotes"),
        *openings("quotes", "who said that", "who said this", "who said it", "who says that", direct=False),
        *openings("quotes", "who said the thing", "who said the bit", alone=False, direct=False),
        *openings("timeline", "timeline", "context", "background"),
    ),
    articles=word_set("the"),
    labels=word_set("story item article"),
    numerals=word_set("number no no. nr nr."),
    nouns=word_set("one story article item headline piece report"),
    ordinals=_ranks("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
    | _ranks("1st 2nd 3rd")
    | {f"{number}th": number for number in range(4, 21)},
    lone=word_set("2nd 3rd 4th 5th 6th 7th 8th 9th 10th"),
    cardinals=_ranks("one two three four five six seven eight nine ten"),
    last=word_set("last"),
    links=word_set("on about of for to from in with"),
    subjects=word_set("about on with"),
    small=word_set(
        "the a an of in on at to for from by with and or as is are was were it its this that about"
    )
    | word_set(
        "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight week"
    ),
    endings=word_set("s es"),
    turned=(("y", "ies"),),
    pronouns=word_set("me us it this that these those them him her both"),
    both=word_set("both"),
    plural=word_set("ones stories items articles headlines pieces reports numbers"),
    until=word_set("to through until till"),
    polite=("please", "pls", "can you", "could you"),
)
