"""What a person asked for: a line of chat becomes a command (pure).

Queries, times and days stay as they were typed; their rooms read them. Nothing that a person can
type raises.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from bot.domain.times import time_words
from bot.wording.language import any_word, commands, small_words
from bot.wording.marks import DASHES

LONGEST = 12_000
"""Characters of a command that are read; what follows is cut off. Slack and Telegram pass on fewer, and a query tells where it was cut."""

ENGLISH = {
    "search": "search",
    "add": "add",
    "quotes": "quotes",
    "topics": "topics",
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "subscriptions": "subscriptions",
    "schedule": "schedule",
    "story": "story",
    "catchup": "catchup",
    "context": "context",
    "mute": "mute",
    "unmute": "unmute",
    "digest": "digest",
    "forget": "forget",
    "sources": "sources",
    "privacy": "privacy",
    "help": "help",
    "language": "language",
    "settings": "settings",
    "start": "help",
}
"""What may be typed in English, and the command that it names."""

WORDS = {**commands(), **ENGLISH}
"""The same in any language that there is."""

SLASHED = {
    "sub": "subscribe",
    "subs": "subscriptions",
    "subscription": "subscriptions",
    "unsub": "unsubscribe",
    "find": "search",
    "quote": "quotes",
    "topic": "topics",
    "languages": "language",
}
"""What people type behind a slash for a command; without one it is a word like others."""

ASKED_FOR_WORDS = frozenset({"search", "quotes", "subscribe", "unsubscribe", "story", "context", "unmute"})
"""Commands that ask what is meant when they stand alone; a bare answer completes them."""

TOLD_TO_ALL = frozenset({"subscribe", "unsubscribe", "mute", "unmute", "digest", "language"})
"""Commands whose answers say themselves whom they are for: what changed for a chat is told to all of it."""

OF_A_STORY = frozenset({"subscribe", "mute", "unmute"})
"""Commands that may name a story below the digest that tells it: "mute the second"."""

OF_WORDS = frozenset({"search", "quotes", "subscribe", "unsubscribe", "mute"})
"""Commands behind which people write what they want, and perhaps what they want besides."""

ENDING = frozenset({"mute", "unsubscribe"})
"""What somebody does not want any more; of a story it is to mute it."""

CLOSE = 0.7
"""How alike a mistyped word and a command are, of 1: "serch" is suggested "search", "good" nothing."""

# No store keeps them: PostgreSQL refuses NUL, and lone surrogates have no bytes.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_COMMAND = re.compile(
    r"(?P<slash>[/／]+)? ?(?P<word>[A-Za-z]+)(@\w+)?"
    r"( ?:(?=\s|$)|:(?=[\w\"“])|(?=\s|$)|(?(slash)(?: ?[,;.!:،、。，；：．！]+(?=\s|$)|[,;،、，；](?=\S))|(?!)))"
)
"""Behind a slash any mark of punctuation ends the word; without one a sentence may begin so."""
_BULLET = re.compile(rf"^(?:>+ ?|[•‣◦·▪*{DASHES}-] |\d{{1,2}}[.)] )+")
_WRAPPED = re.compile(r"^[`*_~|\"“”„‟«»‹›「『〝＂'‘’‚‛]{1,8} ?")
_EMPHASISED = re.compile(r"(?P<mark>[`*_~|]{1,3})(?P<word>[/／]?[A-Za-z]+)(?P=mark)(?=\s|$)")
_CLOSING = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』", "〝": "〞〟", "‘": "’",
    "‚": "‘’", "‛": "’",
}  # fmt: skip
"""What closes a mark, where that is not the mark itself."""
_MARKED = re.compile(r"(?<!\w)(?P<mark>[`*_~]{1,3})(?=\S)(?P<inside>[^`*_~]+)(?<=\S)(?P=mark)(?!\w)")
_FULL_WIDTH = re.compile(r"^\W*[Ａ-Ｚａ-ｚ]+[：，；．！]?")
_BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " "))
_IDLE_JOINERS = re.compile("(?:(?<=[\x00-\x7f])|^)[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\x7f]|$)")
"""Joiners beside what no script joins: Persian and emoji have them between their own letters."""
_HOW = {word: how for how in ("now", "preview", "why") for word in small_words(how)}
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "the next": 1,
    "next": 1,
    "a couple of": 2,
}
_UNITS = {
    "d": 1,
    "day": 1,
    "days": 1,
    "w": 7,
    "week": 7,
    "weeks": 7,
    "wk": 7,
    "wks": 7,
    "month": 30,
    "months": 30,
    "fortnight": 14,
}
_NUMBERS = dict(time_words.COUNTS) | {
    other: number for word, number in (_COUNTS | _UNITS).items() for other in small_words(word)
}
_LENGTH = rf"(?:{any_word('the next', 'next')}\s+)?(?P<count>[1-9]\d{{0,2}}|{any_word(*_COUNTS)}|{'|'.join(time_words.COUNTS)})\s*(?P<unit>{any_word(*_UNITS)})"
_FOR = re.compile(rf"(?:^|\s){any_word('for')}\s+{_LENGTH}\s*$", re.IGNORECASE)
_LONG = re.compile(rf"\s{_LENGTH}\s+{any_word('long')}\s*$", re.IGNORECASE)
"""As in "eine Woche lang"."""
_FIRST_FOR = re.compile(rf"^{any_word('for')}\s+{_LENGTH}\s+(?=\S)", re.IGNORECASE)
_UNTIL = re.compile(rf"\s{any_word('until', 'till', 'til')}$", re.IGNORECASE)
_BARE_LENGTH = re.compile(rf"\s{_LENGTH}\s*$", re.IGNORECASE)
_FOR_EVER = re.compile(
    rf"\s+{any_word('until further notice', 'till further notice', 'for ever', 'forever', 'for good', 'for now', 'for the moment', 'for the time being')}\s*$",
    re.IGNORECASE,
)
MARKS = "\"“”„'‘’‚«»‹›「」"


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is one of the values of WORDS, or ``""`` for words that are no command."""

    name: str
    argument: str = ""
    typed: str = ""


def parse(text: str) -> Command:
    """The command in ``text``; the leading slash may be left out, as may case.

    What people and their programs set around a command is seen through: bullets, marks of quotation and of
    emphasis, "/ search", "search:", "／search".
    """
    text = " ".join(_CONTROLS.sub(" ", _without_formats(text[:LONGEST])).split())
    text = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text, count=1)
    bare = _unwrapped(text)
    found = _COMMAND.match(bare)
    if not found:
        return Command("", text, text)
    word = found["word"].lower()
    name = WORDS.get(word, SLASHED.get(word, "") if found["slash"] else "")
    if not name:
        return Command("", text, found[0])
    argument = bare[found.end() :].strip()
    again = _COMMAND.match(argument)
    if again and again["slash"] and WORDS.get(again["word"].lower()) == name:  # "/search /search oil"
        argument = argument[again.end() :].strip()
    return Command(name, argument, found[0].rstrip(",;.!:،、。，；：．！ "))


def unmarked(text: str) -> str:
    """Words that are no command without what people and programs set around them: a bullet, a quotation's mark, emphasis."""
    bare = _MARKED.sub(r"\g<inside>", text)
    return re.sub(r"^\s*(?:>+ ?|[•‣◦·▪] )+", "", bare)


def _without_formats(text: str) -> str:
    """Without the invisible characters that keyboards and programs slip in; blanks that are letters become spaces."""
    kept = "".join(one for one in text if unicodedata.category(one) != "Cf" or one in "\u200c\u200d")
    return _IDLE_JOINERS.sub("", kept.replace("\u034f", "").translate(_BLANKS))


def _unwrapped(text: str) -> str:
    """Without the marks around a command: those of emphasis on both sides, others before it."""
    text = _BULLET.sub("", text, count=1)
    if (wrapped := _WRAPPED.match(text)) and (
        named := _EMPHASISED.match(text) or _COMMAND.match(text[wrapped.end() :])
    ):
        if named.re is _EMPHASISED:  # *search* ferries
            return f"{named['word']}{text[named.end() :]}"
        text = text[wrapped.end() :]
        for mark in wrapped[0].strip():
            text = text[:-1].rstrip() if text[-1:] in {mark, *_CLOSING.get(mark, "")} else text
    return text


def suggestion(typed: str) -> str:
    """The command that was probably meant by ``typed``; empty when nothing is close."""
    found = _COMMAND.match(typed[:80])
    near = difflib.get_close_matches(found["word"].lower(), WORDS, n=1, cutoff=CLOSE) if found else []
    return WORDS[near[0]] if near else ""


def when_and_name(argument: str) -> tuple[str, str]:
    """The parts of `[now|preview|why] [NAME]`; the first is `preview` when it is not given."""
    head, _, rest = argument.partition(" ")
    if how := _HOW.get(head.casefold()):
        return how, rest.strip().strip(MARKS)
    return "preview", argument.strip().strip(MARKS)


def query_and_days(argument: str) -> tuple[str, int | None]:
    """The parts of `QUERY [for 7d]`, the length in days, a month having 30; ``None`` where none is given."""
    argument = _FOR_EVER.sub("", argument)
    first = _FIRST_FOR.match(argument)
    found = first or _FOR.search(argument) or _LONG.search(argument) or _BARE_LENGTH.search(argument)
    if found and _UNTIL.search(argument[: found.start()]):  # "until next week"
        found = None
    if not found:
        return argument.strip(), None
    # "for 7 dayſ" is "days" where only case is ignored; "fortnıght" matches so, and is no word.
    count, unit = (found[name].casefold() for name in ("count", "unit"))
    if unit not in _NUMBERS or not (count.isdigit() or count in _NUMBERS):
        return argument.strip(), None
    days = (int(count) if count.isdigit() else _NUMBERS[count]) * _NUMBERS[unit]
    return (argument[found.end() :] if first else argument[: found.start()]).strip(), days
