"""What somebody asks the desk about itself: "how do I mute a story", "is oil still muted?", "do I get anything on weekends?" (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.times import time_words
from bot.grammar import bare_words, requests
from bot.grammar.commands import WORDS, Command
from bot.wording.heard.languages import languages

LONGEST_OPENING = 4
"""Words with which such a question begins."""

LONGEST = 14
"""Words of such a question."""

_MARKS = ",.!?;:"
_SENTENCES = tuple(one.sentences for one in languages().values())
_HINTS = {
    phrase.casefold(): name for one in _SENTENCES for name, phrases in one.hints.items() for phrase in phrases
}
_WONDERING = frozenset(phrase for one in _SENTENCES for phrase in one.wondering)
_DONE = (WORDS.keys() - {"add", "story", "start", "digest"}) | {
    word for one in _SENTENCES for word in one.doing
}
"""What people may wonder about."""
_DAYS = (
    time_words.joined("days")
    | time_words.joined("plural")
    | time_words.SETS.keys()
    | frozenset(word for one in languages().values() for word in one.seeking.periods if " " not in word)
)
_INQUIRIES = tuple(
    (name, begins, told) for one in _SENTENCES for name, (begins, told) in one.inquiries.items()
)


def asked(words: Sequence[str]) -> Command | None:
    """The list for a question of what is in it: of what is muted, and of what comes on which days."""
    plain = [word.strip(_MARKS).casefold() for word in words]
    if len(plain) > LONGEST:
        return None
    wonders = wondered(words) is not None
    openings = {" ".join(plain[:length]) for length in range(1, LONGEST_OPENING + 1)}
    whole = f" {' '.join(plain[1:])} "
    for name, begins, told in _INQUIRIES:
        days = name == "subscriptions" and not (wonders or _DAYS.isdisjoint(plain))
        said = (phrase for phrase in told if f" {phrase} " in whole and not (wonders and phrase in _DONE))
        if not openings.isdisjoint(begins) and (days or any(said)):
            return Command(name, "", plain[0])
    return None


def changed(text: str) -> Command | None:
    """The list of what can be changed, for a sentence that says how digests shall be and names nothing: "could it be later in the day?", "we get too much"."""
    words = [word.strip(_MARKS).casefold().replace("’", "'") for word in text.split()[: LONGEST + 1]]
    few = 1 < len(words) <= LONGEST and not (
        bare_words.CHANGING.isdisjoint(words) or bare_words.courtesy(text)
    )
    besides = (
        bare_words.subject(" ".join(word for word in words if word not in bare_words.CHANGING)) if few else ""
    )
    return Command("subscriptions", "", words[0]) if few and not besides else None


def wondered(words: Sequence[str]) -> Command | None:
    """The help for a question of how something works: "how do I mute a story", "what does catchup do"."""
    plain = [word.strip(_MARKS).casefold() for word in words[:LONGEST]]
    opens = any(" ".join(plain[:length]) in _WONDERING for length in range(1, LONGEST_OPENING))
    of = {form for word in plain[1:] for form in (word, f"{word}s")}  # "a subscription", "a topic"
    return Command("help", "", plain[0]) if opens and not _DONE.isdisjoint(of) else None


def of_settings(text: str) -> Command | None:
    """The settings, which a sentence asks for or changes: "set my timezone to Lisbon"."""
    told = hinted(text)
    return told if told and told.name == "settings" else None


def hinted(text: str) -> Command | None:
    """The command that a sentence is about, by words of it: "can my editor see my searches"."""
    plain = " ".join(word.strip(_MARKS) for word in text.casefold().replace("’", "'").split())
    found = (name for phrase, name in _HINTS.items() if f" {phrase} " in f" {plain} ")
    name = next(found, "") if requests.is_talk(text) else ""
    return Command(name, "", plain) if name else None
