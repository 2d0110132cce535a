"""How sentences begin, and those whose command stands around what it is about: "schalte Öl stumm", "turn oil off" (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.times import edges, time_words
from bot.grammar import bare_words, commands, requests, seeking, wishes
from bot.wording.heard.languages import languages
from bot.wording.language import small_words

LONGEST_OPENING = 10
"""Words of an opening."""

LONGEST = 8
"""Words of a request that begins with what it is about, and ends with what is to be done."""

_MARKS = ",.!?;:"
_SENTENCES = tuple(one.sentences for one in languages().values())
_AROUND = sorted(
    (
        (begin.split(), end.split(), name)
        for one in _SENTENCES
        for name, pairs in one.around.items()
        for begin, end in pairs
    ),
    key=lambda one: -len(one[1]),
)
_BY_LAST = {last: [one for one in _AROUND if one[1][-1] == last] for last in {one[1][-1] for one in _AROUND}}
_MUTING = {word for begin, end, name in _AROUND if name == "mute" for word in (*begin, *end)}
_BEGINNING = {begin[0] for begin, _, name in _AROUND if begin and name in ("subscribe", "bring")}
OPENINGS = {
    phrase if phrase == (folded := phrase.casefold()) else folded: name
    for one in _SENTENCES
    for name, phrases in one.openings.items()
    for phrase in phrases
}
"""What a sentence is by how it begins. The phrases are the wording's own where they are small: thousands of copies took megabytes."""
PREPOSITIONS = frozenset(word for one in languages().values() for word in one.seeking.about) | {
    word.lower() for one in ("for", "to", "of") for word in small_words(one)
}
_STEMS = {
    stem
    for phrase, name in OPENINGS.items()
    for stem, _, last in [phrase.rpartition(" ")]
    if name == "subscribe" and last in PREPOSITIONS
}
"""Openings without their preposition."""
Found = tuple[str, str, str]
"""The command, what it is about, and the words around that."""


def matched(words: Sequence[str], *, framed: bool) -> Found | None:
    """The command whose words stand around what it is about: "schalte Öl stumm", and ``framed`` by a request "Öl stummschalten"."""
    words = seeking.without_polite(" ".join(words)).split()
    plain = [word.strip(_MARKS).casefold() for word in words]
    few = len(words) <= LONGEST and not requests.is_talk(" ".join(words))  # "Öl bitte abbestellen"
    for begin, end, name in _BY_LAST.get(plain[-1], ()) if plain else ():
        inside = len(words) - len(begin) - len(end)
        fits = bool(begin) != framed or (few and not begin)
        if fits and inside > 0 and plain[: len(begin)] == begin and plain[-len(end) :] == end:
            about = bare_words.without_end(" ".join(words[len(begin) : len(begin) + inside]))
            return name, about, " ".join((*begin, *end))
    return None


def timed(words: Sequence[str], *, framed: bool) -> Found | None:
    """The wish whose time, or a part of it, stands behind a comma and all of it: "Öl abonnieren, freitags 15:30"."""
    at = next((at for at, word in enumerate(words) if word[-1] == ","), len(words))
    found = matched([*words[:at], words[at][:-1]], framed=framed) if at + 1 < len(words) else None
    time = " ".join(words[at + 1 :])
    if not found and not framed and words and words[0].casefold() in _BEGINNING:
        tokens = time_words.tokens(" ".join(words))
        begin, told = edges.tail(tokens, 1)  # "put oil on my list for sundays 10:00"
        upto = tokens[begin - 1].end if told else 0
        found, time = matched(" ".join(words)[:upto].split(), framed=False), " ".join(words)[upto:].strip()
    if not found or found[0] not in ("subscribe", "bring"):
        return None
    whole = f"{found[1]} {time}"
    wishes_it = wishes.read(f"x {time}").query == "x" if found[0] == "subscribe" else wishes.is_regular(whole)
    return ("subscribe", whole, found[2]) if wishes_it else None


def lasting(words: Sequence[str]) -> Found | None:
    """The mute whose length stands behind all of it: "Öl ausblenden bis Sonntag"."""
    text = " ".join(words)
    if _MUTING.isdisjoint(text.casefold().split()):
        return None
    head = text.removesuffix(wishes.unclear_length(text)).rstrip()
    head = head if head != text else commands.query_and_days(text)[0]
    found = matched(head.split(), framed=False) if head != text and text.startswith(head) else None
    return (found[0], f"{found[1]}{text[len(head) :]}", found[2]) if found and found[0] == "mute" else None


def timed_between(words: Sequence[str]) -> Found | None:
    """The wish whose time stands before its preposition: "update me every day at 8:00 on oil"."""
    for length in range(min(LONGEST_OPENING, len(words) - 2), 1, -1):
        stem = " ".join(words[:length]).casefold()
        if stem not in _STEMS:
            continue
        rest = time_words.tokens(" ".join(words[length:]))
        at, told = edges.head(rest)
        if told and at + 1 < len(rest) and OPENINGS.get(f"{stem} {rest[at].plain}") == "subscribe":
            time, about = " ".join(words[length:])[: rest[at].start], " ".join(words[length:])[rest[at].end :]
            return "subscribe", f"{bare_words.without_end(about.strip())} {time.strip(' ,')}", stem
    return None
