"""What a sentence shows at sight: digits, quotation marks, how it opens, words that give it away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.summary.openings import Openings

PREFIX = 6
"""Letters of a word that count."""

MARKED = ("saying", "first_person", "second_person", "day", "boilerplate")
"""Kinds of English words that are counted in a sentence; all nought in another language."""

_WORDS: dict[str, tuple[str, ...]] = {
    "saying": (
        "said", "says", "say", "told", "tells", "added", "adds", "according", "wrote", "asked",
        "explained", "tweeted",
    ),
    "first_person": ("i", "me", "my", "we", "our", "us", "i'm", "we're", "i've", "we've"),
    "second_person": ("you", "your", "you're", "you'll", "you've", "yourself"),
    "day": (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today",
        "yesterday",
    ),
    "boilerplate": (
        "click", "photo", "photos", "pictured", "image", "video", "scroll", "read", "follow",
        "subscribe", "facebook", "twitter", "email", "copyright", "newsletter", "editor", "editor's",
        "contributed", "advertisement", "watch", "caption", "cnn's", "note",
    ),
}  # fmt: skip
MARKS = {word: MARKED.index(kind) for kind, words in _WORDS.items() for word in words}
_DIGITS = re.compile(r"\d[\d.,:]*")
_QUOTE_MARKS = re.compile('["“”„«»]')
_LAST_MARK = re.compile(r"[.!?…。！？؟।։።:]")


def signs_of(text: str, words: Sequence[str], openings: Openings) -> tuple[float, ...]:
    """The columns from ``digits`` to ``colon``, then ``pronoun`` and ``link``."""
    opening = words[0].lower().replace("’", "'") if words else ""
    bare = text.rstrip("\"'”’»)]}")
    return (
        len(_DIGITS.findall(text)),
        len(_QUOTE_MARKS.findall(text)),
        text[:1] in "\"“'‘«„",
        "?" in text,
        not _LAST_MARK.match(bare[-1:]),
        "!" in text,
        text.count("("),
        text.count(","),
        sum([word.isupper() for word in words if len(word) > PREFIX // 2]),
        bare.endswith(":"),
        opening in openings.pronouns,
        opening in openings.links,
    )
