"""Whether words behind the desk's name are for the desk, or people speak of it (pure).

In a group most sentences that hold a command's word are no commands: "search is broken", "subscribe to the
Courier if you want". Whatever begins with a slash is one. Nothing that a person can type raises.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.domain.times import time_words
from bot.grammar import commands, remarks, requests, sentences
from bot.grammar.commands import Command
from bot.grammar.questions import LINKS
from bot.wording.heard.languages import languages
from bot.wording.language import any_word, small_words

_TALKS = [one.talk for one in languages().values()]
_VERBS, _PEOPLE, _ASIDE, _COMPOUNDS, _GREETINGS, _THANKS, _REPLIES, _NEAR, _ASKING = (
    frozenset[str]().union(*(getattr(one, name) for one in _TALKS))
    for name in ("verbs", "people", "aside", "compounds", "greetings", "thanks", "replies", "near", "asking")
)
_NAMES = [name for name in commands.WORDS if name != "start"]

EDITED_WITHIN = timedelta(minutes=15)
"""Words that are edited later than this after they were said are left as they were answered."""

NEARLY = 0.8
"""How alike a mistyped word and a command are, of 1, where the word must be meant for one: "serch", "digset"."""

SHORTEST = 4
"""Letters of a mistyped word: shorter ones are words of their own."""

LINE = r"(?m:^)[\s>*_~`•-]*(?:(?:" + "|".join(sorted(_GREETINGS)) + r")[,!]?[ \t]+)?"
"""What may stand before the desk's name at the beginning of a line, as a pattern for :mod:`re`."""

LOOKING = frozenset({"search", "quotes"})
"""What a sentence may be among people: it changes nothing."""

_PERIOD = re.compile(r"\d{1,3}\s?[hdw]\w*|\d{1,3} \w+")
_PASSED_OVER = ".,;:!?()"
_ADDRESSES = ("http://", "https://", "<http")
_ORS = frozenset(word.casefold() for word in small_words("OR"))
_SINGLE = re.compile(rf"^{any_word('a', 'an', 'one')} ", re.IGNORECASE)
_REMARKS = frozenset(
    word for one in ("quote", "remark", "comment", "statement", "words") for word in small_words(one)
)
_POLITE = frozenset(word for one in languages().values() for word in one.seeking.polite)
_PLACES = time_words.joined("places")
_HOW = frozenset((*small_words("add"), *small_words("remove")))
"""What stands behind "sources" before a source."""


_EMPHASIS = re.compile(r"[\s>•-]*([*_~`]*)")


def behind(text: str, name: re.Match[str]) -> str:
    """What follows the desk's name, which :data:`LINE` opens; marks that stand around both stand around the rest."""
    opened = _EMPHASIS.match(name[0])
    marks, rest = opened[1] if opened else "", text[name.end() :].strip()
    return f"{marks}{rest}" if rest.strip(marks) else ""


def calls(words: str) -> bool:
    """Whether the desk is meant by ``words``, which follow its name at the beginning of what was said.

    So it is by nothing more than its name, by a command, and by one that is mistyped.
    """
    alone = len(words.split()) == 1  # "digest?"
    command = commands.parse(words.rstrip("?!. ") if alone else words)
    if not words.strip() or command.typed[:1] in ("/", "／"):
        return True
    said = [word.strip(_PASSED_OVER) for word in command.argument.casefold().replace("’", "'").split()]
    if command.name:
        return _COMMANDS.get(command.name, _asking)(said)
    if looked_up(words):
        return True
    return is_mistyped(command.typed) and not _is_talk(said[1:])


def looked_up(text: str) -> Command | None:
    """What somebody asks the desk to look up in a sentence that begins with its name; ``None`` for other sentences."""
    found = sentences.read(text)
    if found is None or found.name not in LOOKING:
        return None
    if found.name == "quotes" and _is_named(text, found):
        return None
    behind = found.argument.removeprefix(found.typed) if found.name == "quotes" else found.argument
    return None if requests.is_talk(behind) else found


def _is_named(text: str, found: Command) -> bool:
    """Whether somebody's words are only named, in words that people say to each other: "a quote from the plumber"."""
    name, subject = remarks.name_and_subject(found.argument)
    first = requests.without_article(_SINGLE.sub("", text)).partition(" ")[0].casefold()
    return first in _REMARKS and name.islower() and not subject and not text.rstrip().endswith("?")


def is_mistyped(text: str) -> bool:
    """Whether its first word is nearly a command's, and no other form of it, such as "digests"."""
    word = text.casefold().split(maxsplit=1)[0] if text.strip() else ""
    bare = word.strip(_PASSED_OVER)  # "sorry" is no "story"
    if len(word) < SHORTEST or bare in _GREETINGS | _THANKS | _REPLIES | _NEAR:
        return False
    if any(sorted(word) == sorted(name) for name in _NAMES):  # "hlep"
        return True
    near = difflib.get_close_matches(word[:40], _NAMES, n=1, cutoff=NEARLY)
    return bool(near) and not word.startswith(near[0].rstrip("e"))


def _is_talk(said: Sequence[str]) -> bool:
    return not (_VERBS | _PEOPLE).isdisjoint(said)


def _few(said: Sequence[str]) -> bool:
    return len(said) <= 2 and not _is_talk(said[:1] if said[:1] != ["me"] else ())


def _alone(said: Sequence[str]) -> bool:
    return len(said) <= 1 and not _is_talk(said)


def _period(said: Sequence[str]) -> bool:
    return not said or _PERIOD.fullmatch(" ".join(said)) is not None


def _page(said: Sequence[str]) -> bool:
    return not said or (len(said) == 1 and said[0].startswith(_ADDRESSES))


def _managing(said: Sequence[str]) -> bool:
    """Nothing, or an address to begin or to end with: "sources say" is talk."""
    asks = bool(said) and (said[0] in _HOW or any(word.startswith(_ADDRESSES) for word in said))
    return not said or (asks and not _is_talk(said))


def _asking(said: Sequence[str]) -> bool:
    """What is looked for is no verb, and no noun of which "search" is a part: "search results look odd"."""
    if not said or said[0] in _VERBS | _ASIDE | time_words.JOINTS:  # "search and rescue"
        return not said
    return said[0] not in _COMPOUNDS or _VERBS.isdisjoint(said[1:])


def _naming(said: Sequence[str]) -> bool:
    """Whose words, or which story: what follows is no sentence."""
    about = next((at for at, word in enumerate(said) if word in small_words("about")), len(said))
    return _asking(said) and not _is_talk(said[:about] or said)


def _numbered(said: Sequence[str]) -> bool:
    return not said or said[0].lstrip("#[").rstrip("]").isdecimal()


def _subscribing(said: Sequence[str]) -> bool:
    """Whether somebody is to be subscribed: "me please" is asked about."""
    return [word for word in said if word not in _POLITE] in [[one] for one in _ASIDE] or _changing(said)


def _changing(said: Sequence[str]) -> bool:
    here = (
        len(said) > 3 and said[0] in _PEOPLE | time_words.ARTICLES and said[1] in _PLACES and said[2] in LINKS
    )  # "this channel to oil"
    said = said[3:] if here else said[1:] if said[1:] and said[0] in _ASIDE and said[1] in LINKS else said
    asks = not _ASKING.isdisjoint(said[:2])  # "subscribe to what?"
    return not (_is_talk(said) or asks) and _ORS.isdisjoint(said[:1])  # "subscribe or perish"


_COMMANDS: Mapping[str, Callable[[Sequence[str]], bool]] = {
    **dict.fromkeys(("subscribe", "unsubscribe"), _subscribing),
    **dict.fromkeys(("mute", "unmute", "forget"), _changing),
    **dict.fromkeys(("topics", "subscriptions", "schedule", "language", "settings", "privacy"), _alone),
    **dict.fromkeys(("digest", "help"), _few),
    **dict.fromkeys(("quotes", "story"), _naming),
    "context": _numbered,
    "catchup": _period,
    "add": _page,
    "sources": _managing,
}
"""Whether what follows a command's word may be what it asks for; for those of words to look up, no verb."""
