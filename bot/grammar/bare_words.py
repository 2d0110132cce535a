"""What words that are no command may be, to the desk alone: a greeting, something to look for, what a sentence is about; and which of a sentence's say nothing (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from bot.domain.times import clauses, periods, time_words
from bot.domain.times.doubts import is_like_a_time
from bot.domain.times.when import When
from bot.grammar import requests, seeking, several, simpler, wishes
from bot.grammar.commands import WORDS, Command
from bot.wording.heard.languages import languages
from bot.wording.language import any_word, small_words

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_FIND = 6
"""Words that are looked for though nothing says so."""

LONGEST_HELD = 4
"""Words of what shall not come."""

SHORTEST = 3
"""Letters of a word that may be looked for."""

_MARKS = ",.!?;:¿¡"
SHORTEST_MISTYPED, LONGEST_MISTYPED = 4, 14
"""Letters of a word of requests that is known with a typing error."""

LONGEST_REQUEST = 8
"""Words among which such are looked for."""

_QUOTES = "\"“”„'’()"
_SENTENCES = tuple(one.sentences for one in languages().values())
_GREETINGS, _THANKS, _REPLIES, _ASKING, _VERBS, _PEOPLE, _FOR_WHAT = (
    frozenset(word for one in languages().values() for word in getattr(one.talk, name))
    for name in ("greetings", "thanks", "replies", "asking", "verbs", "people", "gifts")
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


_BEFORE = frozenset(phrase for one in _SENTENCES for phrase in one.before)
_COMING = frozenset(word for one in ("it", "something", "anything") for word in small_words(one))
_CALLING = frozenset(word for one in _SENTENCES for word in one.calling)
BEHIND = sorted({phrase for one in _SENTENCES for phrase in one.behind}, key=len, reverse=True)
"""What says nothing at the end of a sentence, the longest first."""
_SEEKING = tuple(one.seeking for one in languages().values())
_ABOUT = frozenset(word for one in _SEEKING for word in one.about)
_OF = frozenset(word for one in _SEEKING for word in one.of)
_CODES = frozenset(word for one in _SEEKING for pair in one.tongues.items() for word in pair) | {"auto"}
_FOR_A_WHILE = re.compile(
    rf" {any_word('for now', 'for the moment', 'for the time being', 'for a while', 'for a bit', 'temporarily')}\W*$",
    re.IGNORECASE,
)
"""What ends for so long does not end."""
_THE_DAY = {
    told: f"this {unit}" for unit in ("day", "week", "month", "year") for told in small_words(f"the {unit}")
}
"""As in "quote of the day"."""
_PERIODS = time_words.joined("periods")
_FRESH = frozenset(
    word
    for one in languages().values()
    for word in (*one.seeking.nouns, *one.requests.orders, *small_words("new"))
)
_SUMMARIES = time_words.DIGESTS - {"digest", "digests", "note", "notes", "message", "notification", "report"}
_EACH = time_words.joined("plural") | time_words.LONE
_REQUESTING = sorted(
    word
    for word in {
        *(word for one in languages().values() for word in one.requests.asking),
        *(
            word
            for one in _SENTENCES
            for phrases in (
                one.frames,
                *(one.openings.get(name, ()) for name in ("wish", "bring", "subscribe", "search")),
            )
            for phrase in phrases
            for word in phrase.split()
        ),
    }
    if len(word) >= SHORTEST_MISTYPED and word not in _ASKING | _PEOPLE | _VERBS
)
"""Words of requests that are known with a typing error; "wheat" is no "what"."""
_KNOWN = frozenset(_REQUESTING) | _SMALL | WORDS.keys() | frozenset((*time_words.DAYS, *time_words.MONTHS))
_BEGINNING = sorted(
    {word for one in languages().values() for word in one.seeking.polite if len(word) > SHORTEST_MISTYPED}
    | {word for word, meant in WORDS.items() if meant == "subscribe"}
)
"""What stands first in a wish."""
CHANGING = frozenset(word for one in _SENTENCES for word in one.changing)
"""What somebody says who wants it otherwise: "later", "less"."""
_WITHHOLDING = frozenset(word for one in _SENTENCES for word in one.withholding)
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
    grateful = not words.isdisjoint(_THANKS - _REPLIES)
    if not words or not words <= _GREETINGS | _THANKS | _REPLIES | (_FOR_WHAT if grateful else frozenset()):
        return None
    if words <= _GREETINGS - _REPLIES:
        return "greeting"
    return "thanks" if grateful else "reply"


def words_to_find(text: str) -> Command | None:
    """The search for bare words, "night trains"; ``None`` for more of them, for a sentence, and for what may be a time."""
    text = simpler.simply(text)
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
    told_when = [token.plain for token in time_words.tokens(whole_text)[1:]]
    if not _EACH.isdisjoint(told_when) or (
        told_when and told_when[-1] in _PERIODS
    ):  # "ferries, not weekends", "lamps weekly"
        return None
    wish = wishes.read(said)
    wanted = several.left_out(seeking.wanted(said)[0])  # "latest on oil"
    ways = {one for way in (said, wanted) for one in (way, several.without_determiners(way))}
    ways |= {" ".join(requests.tongue_aside(said)), seeking.in_language(said)}  # "oil, german"
    whole = wish.query in ways or (wish.doubt and said.startswith(wish.doubt))  # "night trains"
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
        if len(word) >= SHORTEST and not says_nothing(word.casefold().replace("’", "'"))
    ]
    return " ".join(kept) if len(kept) <= LONGEST_FIND else ""


def days_told(text: str) -> str:
    """The days that the words tell and nothing besides, as a catch-up takes them: "of the last two days", "the week"; empty for others."""
    words = [word.casefold().strip(_MARKS) for word in seeking.without_polite(text).split()]
    opened = len(words) > 1 and words[0] in _OF | _ABOUT and " ".join(words) not in _THE_DAY
    told = " ".join(words[1:] if opened else words)
    told = _THE_DAY.get(told, told)
    words = told.split()
    this = f"this {words[1]}" if len(words) == 2 and words[0] in time_words.ARTICLES else told
    found = (one for one in (told, this) if one and periods.read(one.split(), requests.SOME_DAY))
    return next(found, "")


def days_of_news(words: list[str]) -> str:
    """The days that "a summary of today", "news of the day" tell; empty for others."""
    plain = [word.strip(_MARKS).casefold() for word in words]
    at = next((at for at, word in enumerate(plain) if word in time_words.DIGESTS), len(plain))
    asks = at < len(plain) - 1 and all(map(requests.is_said, plain[:at]))
    return days_told(" ".join(words[at + 1 :])) if asks else ""


def is_for_a_while(text: str) -> bool:
    """Whether the words end with how long, as vaguely as people say it: "for now"."""
    return _FOR_A_WHILE.search(text) is not None


def tells_days(text: str) -> bool:
    """Whether the words tell days and nothing besides: "this week", "of the day", "des Tages"."""
    return bool(days_told(text))


def is_only_when(text: str) -> bool:
    """Whether the words only say when, as what is to be left out may: "weekends", "next week"."""
    wish = wishes.read(f"x {text}") if text else None
    return wish is not None and (
        seeking.without_days(f"x {text}") == "x"
        or wish.doubt == text
        or (wish.query == "x" and bool(wish.timed or wish.refusal))
    )


def names_a_language(text: str) -> bool:
    """Whether it is the name of a language, or its code."""
    word = text.casefold().strip(_MARKS)
    return word in _CODES


def ends(text: str) -> bool:
    """Whether the words begin as those that end something: "don't send oil"."""
    return text.partition(" ")[0].casefold().replace("’", "'") in _LEAVING


def held_back(ending: Command) -> str:
    """What shall not come, of a sentence that would end it: "don't show me football"; empty where that is no thing of a few words, or says when."""
    argument = ending.argument
    length = wishes.unclear_length(argument)  # "no more football until monday"
    limited = length.partition(" ")[0].casefold() in time_words.joined("upto")
    argument = (argument.removesuffix(length).rstrip() if limited else "") or argument
    text = seeking.without_polite(
        several.without_determiners(seeking.of_news(seeking.opened(seeking.without_request(argument)[0])))
    )
    said = text.casefold().split()
    text = (seeking.of_compound(text) or text) if len(said) == 1 else text  # "keine Kinoartikel mehr"
    things = 0 < len(said) <= LONGEST_HELD and not requests.is_talk(text) and not all(map(says_nothing, said))
    wish = wishes.read(text) if things else None
    clear = wish and not (wish.timed or wish.doubt or wish.refusal) and not is_like_a_time(said[-1])
    forms = {form for word in said for form in (word, word.removesuffix("s"))}
    clear = clear and time_words.joined("places").isdisjoint(forms)  # "emails"
    return text if clear and not _WITHHOLDING.isdisjoint(ending.typed.split()) else ""


def asked_about(words: list[str]) -> Command | None:
    """The search of a sentence that asks, and says nothing of what but "about" it: "where can I read about oil"; ``None`` for others."""
    plain = [word.casefold().strip(_MARKS).replace("’", "'") for word in words[: LONGEST_REQUEST + 1]]
    about = next((at for at, word in enumerate(plain) if at and word in _ABOUT), len(plain))
    rest = without_end(seeking.without_polite(" ".join(words[about + 1 :])))
    asks = about < len(plain) and all(map(says_nothing, plain[:about])) and requests.asks(plain[:about])
    asks = asks and CHANGING.isdisjoint(plain[:about])  # "we get too much mail about oil"
    asks = asks and plain[0] not in WORDS  # "help, the printer is on fire"
    few = 0 < len(rest.split()) <= LONGEST_HELD and not requests.is_talk(rest) and not says_nothing(rest)
    kept = requests.without_end(rest) if asks and few else ""
    if kept and wishes.says_when(words[:about]):  # "every two days news about oil"
        return Command("subscribe", " ".join(words), plain[0])
    return Command("search", kept, plain[0]) if kept else None


def all_news(words: Sequence[str]) -> Command | None:
    """The catch-up of a request for news of nothing: "what's the latest", "any news?"."""
    plain = [word.strip(_MARKS).casefold() for word in words]
    brief = plain[-1:] and plain[-1] in _SUMMARIES  # "quick summary?"
    asks = (
        (brief or not _FRESH.isdisjoint(plain))
        and all(requests.is_said(word) or word in _SUMMARIES or word in time_words.PARTS for word in plain)
        and not requests.split(" ".join(words))[0]
    )
    return Command("catchup", "", plain[0]) if asks else None


def of_nothing(rest: str, typed: str) -> Command | None:
    """The catch-up, or the search that asks what for, of a request that names nothing: "send me stuff", "show me the news"."""
    plain = [word.strip(_MARKS).casefold() for word in rest.split()]
    if plain and plain[-1] in _SUMMARIES and all(map(requests.is_said, plain[:-1])):  # "an overview"
        return Command("catchup", "", typed)
    if (kept := requests.without_said(rest, ())) != rest and (days := days_told(kept)):
        return Command("search", f"articles {days}", typed)  # "everything from today"
    if not requests.are_all(plain):
        return None
    return Command("search" if _FRESH.isdisjoint(plain) else "catchup", "", typed)


def says_nothing(word: str) -> bool:
    """Whether the word, in lower case, is one of requests, of people or of time."""
    word = word.removesuffix("'s")
    return word in _SMALL or word in WORDS or requests.is_said(word) or is_like_a_time(word)


def politely(words: list[str]) -> list[str]:
    """The words without those before them that say nothing: "hi, just", "morning!"."""
    while words:
        plain = [word.strip(_MARKS).casefold() for word in words[:2]]
        called = words[0][-1] in _MARKS and plain[0] in _CALLING and len(words) > 1
        length = 2 if " ".join(plain) in _BEFORE else int(plain[0] in _BEFORE or called)
        if not length:
            break
        words = words[length:]
    return words


def without_end(text: str) -> str:
    """The text without what says nothing at its end."""
    plain = text.rstrip(_MARKS)
    for phrase in BEHIND:
        if plain.casefold().endswith(f" {phrase}"):
            head = plain[: -len(phrase) - 1]
            if head.rpartition(" ")[2].casefold() not in _COMING:  # "as soon as it comes in"
                return without_end(head)
    return plain


def mended(text: str) -> str:
    """The text with the words of its request as they are, where each is typed with one error: "sned me anythng"; so what begins a wish with its time, "plese lamps at 9:00"."""
    words = text.split()
    first = _begun(words[0].casefold()) if len(words) > 1 else ""
    if first and wishes.is_regular(" ".join(words[1:])):
        return " ".join((first, *words[1:]))
    for at, word in enumerate(words[: min(LONGEST_REQUEST, len(words) - 1)]):
        if word.casefold() not in time_words.COUNTS:  # "at three in the afternoon"
            words[at] = (requests.is_said(words[at + 1].casefold()) and _meant(word.casefold())) or word
    return " ".join(words)


@lru_cache(maxsize=4096)
def _begun(word: str) -> str:
    """The word of courtesy, or the command that subscribes, that it is with one typing error; empty for others."""
    if word in _KNOWN or len(word) < SHORTEST_MISTYPED:
        return ""
    return next((one for one in _BEGINNING if time_words.slipped(word, one)), "")


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The only word of requests that it may be with one typing error; empty for one of them, and for others."""
    if word in _KNOWN or not SHORTEST_MISTYPED <= len(word) <= LONGEST_MISTYPED:
        return ""
    found = {one for one in _REQUESTING if time_words.slipped(word, one) and not word.startswith(one)}
    return found.pop() if len(found) == 1 else ""


def without_opening(text: str) -> str:
    """The text without words before it that say nothing: "hi, just oil every weekday at 8"."""
    return " ".join(politely(mended(text).split())) or text
