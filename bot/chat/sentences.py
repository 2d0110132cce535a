"""What somebody says to the desk alone in a sentence, as a command: "please send me news about oil every morning at 7" (pure).

Only in a conversation with the desk everything is said to it; elsewhere such a sentence is for others, but behind the
desk's name one that looks something up. Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.chat import seeking, wishes
from bot.chat.commands import Command, parse
from bot.domain.times.time_words import joined
from bot.domain.times.when import When
from bot.wording.language import languages

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_OPENING = 10
"""Words of an opening."""

LONGEST_FIND = 6
"""Words that are looked for though nothing says so."""

WISH, BRING = "wish", "bring"
SHOWN = frozenset({"topics", "digest", "subscriptions", "schedule", "help", "settings", "catchup"})
"""What somebody may want to see by its name, and changes nothing."""

LOOKING = frozenset({"search", "quotes"})
"""What a sentence may be among people: it changes nothing."""

_GREETINGS, _THANKS = (
    frozenset(word for one in languages().values() for word in getattr(one.talk, name))
    for name in ("greetings", "thanks")
)
_REPLIES, _ASKING, _VERBS, _PEOPLE = (
    frozenset(word for one in languages().values() for word in getattr(one.talk, name))
    for name in ("replies", "asking", "verbs", "people")
)
_POINTING = tuple(
    one.asking.pronouns | one.asking.ordinals.keys() | one.asking.last | one.asking.lone
    for one in languages().values()
)
_ALL = joined("everything")
_NOUNS, _ARTICLES = (
    frozenset(word for one in languages().values() for word in getattr(one.asking, name))
    for name in ("nouns", "articles")
)
_ONE = re.compile(
    rf"^(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.one}))}) ",
    re.IGNORECASE,
)
_MARKS = ",.!?;:"
_SENTENCES = tuple(one.sentences for one in languages().values())
_OPENINGS = {
    phrase: name for one in _SENTENCES for name, phrases in one.openings.items() for phrase in phrases
}
_ENDING = frozenset(phrase for one in _SENTENCES for phrase in one.ending)
_BEFORE = frozenset(word for one in _SENTENCES for word in one.before)
_BEHIND = sorted({phrase for one in _SENTENCES for phrase in one.behind}, key=len, reverse=True)
_CONTRACTED = {
    word.replace("'", ""): word
    for phrase in _OPENINGS
    for word in phrase.split()
    if re.search(r"n't$|^i'[dm]$", word)
}
"""Words that people type without their mark: "dont"."""
_TO_WHOM = re.compile(
    rf" (?:{'|'.join(re.escape(one) for one in _BEHIND if any(word in _PEOPLE for word in one.split()))})(?= )",
    re.IGNORECASE,
)


def read(text: str) -> Command | None:
    """The command that the sentence is; ``None`` for one that is none for certain."""
    if len(text) > LONGEST:
        return None
    words = _politely([_CONTRACTED.get(word.casefold(), word) for word in text.replace("’", "'").split()])
    if _without_end(" ".join(words)).casefold() in _ENDING:  # which one is asked
        return Command("unsubscribe", "", text)
    for length in range(min(LONGEST_OPENING, len(words)), 0, -1):
        plain = " ".join(word.strip(_MARKS).casefold() for word in words[:length])
        if name := _OPENINGS.get(plain):
            rest = seeking.without_polite(" ".join(words[length:]))
            return _command(name, _without_end(rest), plain)
    rest = " ".join(words)
    return _asked_for(rest) if seeking.without_polite(rest) != text else None


def courtesy(text: str) -> Literal["greeting", "thanks", "reply"] | None:
    """What words say that ask for nothing: "hi", "thank you so much", "ok"; ``None`` for others."""
    words = {word.strip(_MARKS).casefold() for word in text[:LONGEST].split()} - {""}
    if not words or not words <= _GREETINGS | _THANKS | _REPLIES:
        return None
    if words <= _GREETINGS - _REPLIES:
        return "greeting"
    return "reply" if words.isdisjoint(_THANKS - _REPLIES) else "thanks"


def looked_up(text: str) -> Command | None:
    """What somebody asks the desk to look up in a sentence that begins with its name; ``None`` for other sentences."""
    found = read(text)
    if found is None or found.name not in LOOKING:
        return None
    behind = found.argument.removeprefix(found.typed) if found.name == "quotes" else found.argument
    return None if _is_talk(behind) else found


def words_to_find(text: str) -> Command | None:
    """The search for bare words, "night trains"; ``None`` for more of them, for a sentence, and for what may be a time."""
    words = text.strip().strip("?!. ").split()
    told = any(len(word.strip(_MARKS)) > 1 and not word[0].isdecimal() for word in words)
    if not told or len(words) > LONGEST_FIND or _is_talk(text) or "://" in text:
        return None
    said = " ".join(words)
    wish = wishes.read(said)
    whole = wish.query == said or (wish.doubt and said.startswith(wish.doubt))  # "night trains"
    return Command("search", said, "") if whole and wish.when == When() and not wish.refusal else None


def regularly(text: str) -> bool:
    """Whether bare words say what is wanted and when: "oil every weekday at 8"."""
    wish = wishes.read(text)
    return bool(wish.query and (wish.when.at or wish.when.alerts)) and not (wish.doubt or wish.refusal)


def points(words: str) -> bool:
    """Whether the words only mean what was spoken of before: "it", "me", "the second one"; not "IT"."""
    said = words.split()
    plain = [word.casefold() for word in said if word.islower() or word.istitle()]
    if len(plain) < len(said):
        return False
    plain = plain[1:] if len(plain) > 1 and plain[0] in _ARTICLES else plain
    plain = plain[:-1] if len(plain) > 1 and plain[-1] in _NOUNS | _ALL else plain
    return len(plain) == 1 and any(plain[0] in one for one in _POINTING)


def _is_talk(text: str) -> bool:
    """Whether words of a sentence are among them: a verb, people, a question."""
    said = {word.strip(_MARKS).casefold().replace("’", "'") for word in text.split()}
    return not (_VERBS | _PEOPLE | _ASKING).isdisjoint(said)


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
    if name in ("subscriptions", "privacy", "catchup") or (name == "help" and not rest):
        return Command(name, "", typed)
    if name == "unsubscribe" and points(rest):
        return Command(name, "", typed)
    if not rest or (name == "quotes" and (" " not in rest or _is_talk(rest.split(maxsplit=1)[0]))):
        return None
    if name in ("subscribe", "unsubscribe"):
        rest = seeking.of_a_list(rest)
    if name in (WISH, BRING):
        return _wish(rest, typed, once=name == BRING)
    return Command(name, f"{typed} {rest}" if name == "quotes" else rest, typed)


def _asked_for(rest: str) -> Command | None:
    """What is wanted where a time comes first and no verb: "please, every weekday at 7:30 oil"."""
    wish = wishes.read(rest)
    clear = wish.query and wish.when.at and not (wish.doubt or wish.refusal)
    return Command("subscribe", _without_end(rest), "") if clear and rest.find(wish.query) > 0 else None


def _wish(rest: str, typed: str, *, once: bool) -> Command | None:
    """What is wanted: at some time, or once; "I want coffee" is neither. "Show me the topics" is what it names."""
    rest = _TO_WHOM.sub("", rest, count=1)
    shown = parse(_ONE.sub("", seeking.without_article(rest)))
    if shown.name not in ("", "story"):
        return shown if shown.name in SHOWN and not shown.argument else None
    wish = wishes.read(rest)
    if wish.query and (wish.when != When() or wish.refusal or wish.doubt):
        wanted = seeking.without_article(seeking.without_noun(wish.query))
        return Command("subscribe", rest.replace(wish.query, wanted, 1), typed)
    asks = seeking.wanted(rest)[0] != rest or (once and not points(rest) and not _is_talk(rest))
    return Command("search", rest, typed) if asks else None
