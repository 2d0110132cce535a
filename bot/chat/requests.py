"""How somebody asks for what they want before they name it: "could you find me the newest articles about oil", and what they leave out behind it (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.times import time_words
from bot.wording.language import languages, small_words

LONGEST = 16
"""Words of a request."""

LONGEST_BEHIND, LONGEST_PREPOSITION = 9, 3
"""Words that are left out, and those before them."""

LONGEST_LEFT_OUT = 2
"""Words of one thing that is left out, without quotation marks."""

_ENDS = ".,;:?!"
_REQUESTS = tuple(one.requests for one in languages().values())
_WORDS, _ABOUT, _ASKING, _BEHIND = (
    frozenset[str]().union(*(getattr(one, name) for one in _REQUESTS))
    for name in ("words", "about", "asking", "behind")
)
_ORDERS = {word: order for one in _REQUESTS for word, order in one.orders.items()}
_EITHER = re.compile(r"[,;|]")
_JOINING = frozenset(word for one in small_words("OR") for word in (one, one.lower()))
_LISTED = re.compile(
    rf" (?:{'|'.join(map(re.escape, sorted(time_words.JOINTS | time_words.ORS)))}) ", re.IGNORECASE
)
_ARTICLES, _WITHOUT, _CERTAINLY, _NAMES = (
    frozenset(phrase for one in languages().values() for phrase in getattr(one.seeking, name))
    for name in ("articles", "without", "certainly", "names")
)
_BEHIND_A_COMMA = {
    rest
    for first, _, rest in (one.partition(" ") for one in _WITHOUT)
    if rest and first not in _WITHOUT and rest not in _ABOUT
}
"""As "no" of "but no": "oil, no gas"."""


def split(text: str) -> tuple[int, str]:
    """How many words ask for what stands behind them, and the order that they ask for; 0 where none do.

    Each of them is one that says nothing of what is wanted, and the last is "about" or the like.
    """
    plain = [word.casefold().strip(_ENDS).replace("’", "'") for word in text.split(maxsplit=LONGEST + 1)]
    end = 0
    for at, word in enumerate(plain[:LONGEST]):
        if (
            at
            and word in _ABOUT
            and at + 1 < len(plain)
            and not (_ASKING | _ORDERS.keys()).isdisjoint(plain[:at])
        ):
            end = at + 1
        if not is_said(word):
            break
    return end, next((_ORDERS[word] for word in plain[:end] if word in _ORDERS), "") if end else ""


def is_said(word: str) -> bool:
    """Whether the word, in lower case, is one of requests."""
    return word in _WORDS or word in _ASKING or word in _ABOUT or word in _ORDERS


def without_end(text: str) -> str:
    """What is wanted without the end of a request: "... zeigen", "... first"."""
    words = text.split()
    while len(words) > 1 and words[-1].casefold().strip(_ENDS) in _BEHIND:
        words = words[:-1]
    return " ".join(words)


def are_all(words: Sequence[str]) -> bool:
    """Whether the words, in lower case, all are of a request, and at least one asks."""
    return all(map(is_said, words)) and not _ASKING.isdisjoint(words)


def without_order(text: str) -> str:
    """The text without "recently" and the like at its end."""
    head, _, last = text.rpartition(" ")
    return head if head and last.casefold() in _ORDERS else text


def minuses(text: str) -> tuple[str, str]:
    """The text without the words with a minus at its end, and these."""
    words = text.split()
    end = len(words)
    while end > 1 and re.fullmatch(r'-[^\s"()-][^\s"()]*', words[end - 1]):
        end -= 1
    return " ".join(words[:end]), "".join(f" {word}" for word in words[end:])


def left_out(text: str, *, several: bool = True) -> str:
    """The text with a minus for what it ends with behind "but not" or "ohne"; names such as "Doctors without Borders" stay.

    ``several``: these may be several words, where nothing else is at the end.
    """
    words = text.split()
    for at in range(max(1, len(words) - LONGEST_BEHIND - LONGEST_PREPOSITION), len(words) - 1):
        for length in range(min(LONGEST_PREPOSITION, len(words) - at - 1), 0, -1):
            begin = at + length
            last, said = " ".join(words[begin:]), " ".join(words[at:begin]).casefold()
            if (
                (said in _WITHOUT or (said in _BEHIND_A_COMMA and words[at - 1].endswith(",")))
                and last.casefold() not in _NAMES
                and (left := _each(last, certain=several and said in _CERTAINLY))
            ):
                return f"{grouped(' '.join(words[:at]).rstrip(','))} {left}"
    return text


def _each(text: str, *, certain: bool) -> str:
    """What is left out, each with its minus: one thing, or where it is ``certain`` several, each of a few words; empty for others."""
    if " " not in text or re.fullmatch(r'"[^"]+"|[“„][^"“”„]+[“”]', text):
        return f"-{text}"
    things = [_without_article(one) for one in _LISTED.split(text)]
    few = all(0 < len(one.split()) <= LONGEST_LEFT_OUT for one in things)
    if not (certain and few) or re.search(r'["“”„():,]|(?<!\w)-', text):
        return ""
    return " ".join(f'-"{one}"' if " " in one else f"-{one}" for one in things)


def grouped(text: str) -> str:
    """The text in brackets where it is a list of things of which any is wanted."""
    either = _EITHER.search(text) or not _JOINING.isdisjoint(text.split())
    return f"({text})" if either else text


def _without_article(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if rest and head.casefold() in _ARTICLES else text
