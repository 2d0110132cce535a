"""How somebody asks for what they want before they name it: "could you find me the newest articles about oil" (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.language import languages

LONGEST = 16
"""Words of a request."""

_ENDS = ".,;:?!"
_REQUESTS = tuple(one.requests for one in languages().values())
_WORDS, _ABOUT, _ASKING, _BEHIND = (
    frozenset[str]().union(*(getattr(one, name) for one in _REQUESTS))
    for name in ("words", "about", "asking", "behind")
)
_ORDERS = {word: order for one in _REQUESTS for word, order in one.orders.items()}


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
