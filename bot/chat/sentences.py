"""What somebody says to the desk alone in a sentence, as a command: "please send me news about oil every morning at 7" (pure).

Only in a conversation with the desk everything is said to it; elsewhere such a sentence is for others. Nothing that
a person can type raises.
"""

from __future__ import annotations

from typing import Literal

from bot.chat import seeking, wishes
from bot.chat.commands import Command, parse
from bot.domain.times.when import When
from bot.wording.language import languages

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_OPENING = 10
"""Words of an opening."""

WISH = "wish"
_GREETINGS, _THANKS = (
    frozenset(word for one in languages().values() for word in getattr(one.talk, name))
    for name in ("greetings", "thanks")
)
_MARKS = ",.!?;:"
_SENTENCES = tuple(one.sentences for one in languages().values())
_OPENINGS = {
    phrase: name for one in _SENTENCES for name, phrases in one.openings.items() for phrase in phrases
}
_BEFORE = frozenset(word for one in _SENTENCES for word in one.before)
_BEHIND = sorted({phrase for one in _SENTENCES for phrase in one.behind}, key=len, reverse=True)


def read(text: str) -> Command | None:
    """The command that the sentence is; ``None`` for one that is none for certain."""
    if len(text) > LONGEST:
        return None
    words = _politely(text.replace("’", "'").split())
    for length in range(min(LONGEST_OPENING, len(words)), 0, -1):
        plain = " ".join(word.strip(_MARKS).casefold() for word in words[:length])
        if name := _OPENINGS.get(plain):
            rest = seeking.without_polite(" ".join(words[length:]))
            return _command(name, _without_end(rest), plain)
    return _asked_for(" ".join(words)) if len(words) < len(text.split()) else None


def courtesy(text: str) -> Literal["greeting", "thanks"] | None:
    """What words say that ask for nothing: "hi", "thank you so much"; ``None`` for others."""
    words = {word.strip(_MARKS).casefold() for word in text[:LONGEST].split()} - {""}
    if not words or not words <= _GREETINGS | _THANKS:
        return None
    return "greeting" if words <= _GREETINGS else "thanks"


def _politely(words: list[str]) -> list[str]:
    while words and words[0].strip(_MARKS).casefold() in _BEFORE:
        words = words[1:]
    return words


def _without_end(text: str) -> str:
    """The text without what says nothing at its end."""
    plain = text.rstrip(_MARKS)
    for phrase in _BEHIND:
        if plain.casefold().endswith(f" {phrase}"):
            return _without_end(plain[: -len(phrase) - 1])
    return plain


def _command(name: str, rest: str, typed: str) -> Command | None:
    if name == "subscriptions":
        return Command(name, "", typed)
    if not rest or (name == "quotes" and " " not in rest):
        return None
    if name == WISH:
        return _wish(rest, typed)
    return Command(name, f"{typed} {rest}" if name == "quotes" else rest, typed)


def _asked_for(rest: str) -> Command | None:
    """What is wanted where a time comes first and no verb: "please, every weekday at 7:30 oil"."""
    wish = wishes.read(rest)
    clear = wish.query and wish.when.at and not (wish.doubt or wish.refusal)
    return Command("subscribe", _without_end(rest), "") if clear and rest.find(wish.query) > 0 else None


def _wish(rest: str, typed: str) -> Command | None:
    """What is wanted: at some time, or once. "Show me the topics" is neither."""
    if parse(rest).name not in ("", "story") or parse(seeking.without_article(rest)).name not in (
        "",
        "story",
    ):
        return None
    wish = wishes.read(rest)
    if wish.query and (wish.when != When() or wish.refusal or wish.doubt):
        wanted = seeking.without_article(seeking.without_noun(wish.query))
        return Command("subscribe", rest.replace(wish.query, wanted, 1), typed)
    return Command("search", rest, typed) if seeking.wanted(rest)[0] != rest else None
