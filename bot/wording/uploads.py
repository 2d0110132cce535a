"""What is said of a file that somebody gives to the desk. Plain values in, plain text out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.wording.phrases import listed, plural, quoted

EDITORS_ADD = "Only an editor can add articles: what is in the library is for everybody here."
NO_INBOX = "I take no files here."
LOST = "I could not fetch the file just now. Please send it again."

_OUTCOMES = {
    "new": "It is in the library now, and in the next digest that it fits.",
    "corrected": "It takes the place of the version that I had.",
    "held": "It is held back for now.",
    "known": "I had it already.",
    "unreadable": "I could not read it.",
}
_COUNTED = {
    "new": "new",
    "corrected": "corrected",
    "held": "held back",
    "known": "known already",
    "unreadable": "unreadable",
}


def too_large(megabytes: float) -> str:
    """Of a file with more bytes than can be fetched, or read."""
    return f"I take files of up to {megabytes:g} MB. Please send the article alone, or put it into the inbox folder."


def not_fetched(why: str) -> str:
    """Of a file that the platform does not hand over."""
    return f"I could not fetch the file: {why}"


def waiting(name: str) -> str:
    """Of a file that lies in the inbox for longer than somebody wants to wait."""
    return f"{quoted(name)} is in the inbox and will be read; there is a queue."


def outcome(name: str) -> str:
    """What became of one article, by the outcome of its receipt."""
    return _OUTCOMES[name]


def articles(counts: Mapping[str, int]) -> str:
    """What became of a file of several: ``3 articles: 2 new and 1 known already``."""
    told = [f"{counts[name]:,} {words}" for name, words in _COUNTED.items() if counts.get(name)]
    return f"{plural(sum(counts.values()), 'article')}: {listed(told)}"
