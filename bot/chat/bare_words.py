"""What words that are no command may be, to the desk alone: a greeting, something to look for, what a sentence is about (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

from typing import Literal

from bot.chat import requests, seeking, wishes
from bot.chat.commands import WORDS, Command
from bot.chat.doubts import is_like_a_time
from bot.chat.sentences import politely
from bot.domain.times import clauses, time_words
from bot.domain.times.when import When
from bot.wording.language import languages

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_FIND = 6
"""Words that are looked for though nothing says so."""

SHORTEST = 3
"""Letters of a word that may be looked for."""

_MARKS = ",.!?;:¿¡"
_QUOTES = "\"“”„'’()"
_GREETINGS, _THANKS, _REPLIES, _ASKING, _VERBS, _PEOPLE = (
    frozenset(word for one in languages().values() for word in getattr(one.talk, name))
    for name in ("greetings", "thanks", "replies", "asking", "verbs", "people")
)
_SMALL = (
    _VERBS
    | _PEOPLE
    | _ASKING
    | _GREETINGS
    | _THANKS
    | _REPLIES
    | frozenset(word for one in languages().values() for word in one.asking.small)
    | frozenset(
        word
        for one in languages().values()
        for word in (*one.seeking.kinds, *one.seeking.lists, *one.seeking.polite)
    )
    | frozenset(
        word
        for one in languages().values()
        for phrase in (
            *one.timing.vaguely,
            *one.seeking.between,
            *one.seeking.since,
            *one.seeking.until,
            *one.seeking.before,
            *one.seeking.after,
            *one.seeking.of,
            *one.seeking.on,
            *one.seeking.older,
            *one.seeking.newer,
            *one.seeking.periods,
            *one.seeking.last,
            *one.seeking.latest,
            *one.requests.behind,
        )
        for word in phrase.split()
    )
    | frozenset(
        word
        for one in (told.sentences for told in languages().values())
        for phrase in (
            *one.frames,
            *one.ending,
            *one.wondering,
            *(told for some in one.openings.values() for told in some),
        )
        for word in phrase.split()
    )
)
"""Words that say nothing of what a sentence is about."""


_LEAVING_OUT = frozenset(
    word for one in languages().values() for word in one.seeking.without if " " not in word
)


_LEAVING = frozenset(
    phrase.partition(" ")[0]
    for one in languages().values()
    for phrase in one.sentences.openings.get("unsubscribe", ())
)


def courtesy(text: str) -> Literal["greeting", "thanks", "reply"] | None:
    """What words say that ask for nothing: "hi", "thank you so much", "ok"; ``None`` for others."""
    words = {word.strip(_MARKS).casefold() for word in text[:LONGEST].split()} - {""}
    if not words or not words <= _GREETINGS | _THANKS | _REPLIES:
        return None
    if words <= _GREETINGS - _REPLIES:
        return "greeting"
    return "reply" if words.isdisjoint(_THANKS - _REPLIES) else "thanks"


def words_to_find(text: str) -> Command | None:
    """The search for bare words, "night trains"; ``None`` for more of them, for a sentence, and for what may be a time."""
    words = requests.days_behind(text.strip().strip("?!. ")).split()
    told = any(len(word.strip(_MARKS)) > 1 and not word[0].isdecimal() for word in words)
    if not told or len(words) > LONGEST or requests.is_talk(text) or "://" in text:
        return None
    whole_text = " ".join(words)
    said = seeking.without_days(whole_text)
    if len(said.split()) > LONGEST_FIND:
        return None
    tokens = time_words.tokens(said)
    found = (clauses.clause(tokens, at) for at in range(1, len(tokens)))
    if any(one and one.kind == "times" and not one.weak for one in found):  # "oil, 7.45, workdays"
        return None
    wish = wishes.read(said)
    wanted = requests.left_out(seeking.wanted(said)[0])  # "latest on oil"
    whole = wish.query in (said, wanted) or (wish.doubt and said.startswith(wish.doubt))  # "night trains"
    return Command("search", whole_text, "") if whole and wish.when == When() and not wish.refusal else None


def subject(text: str) -> str:
    """What a sentence may be about: those of its words that say nothing of a request, of people or of time; empty for a text of many."""
    if len(text) > LONGEST:
        return ""
    words = [word.strip(_QUOTES + _MARKS) for word in text.split()]
    if not _LEAVING_OUT.isdisjoint(word.casefold() for word in words):
        return ""
    kept = [
        word
        for word in words
        if len(word) >= SHORTEST and not _says_nothing(word.casefold().replace("’", "'"))
    ]
    return " ".join(kept) if len(kept) <= LONGEST_FIND else ""


def ends(text: str) -> bool:
    """Whether the words begin as those that end something: "don't send oil"."""
    return text.partition(" ")[0].casefold().replace("’", "'") in _LEAVING


def _says_nothing(word: str) -> bool:
    word = word.removesuffix("'s")
    return word in _SMALL or word in WORDS or requests.is_said(word) or is_like_a_time(word)


def without_opening(text: str) -> str:
    """The text without words before it that say nothing: "hi, just oil every weekday at 8"."""
    return " ".join(politely(text.split())) or text
