"""What somebody says to the desk alone in a sentence, as a command: "please send me news about oil every morning at 7" (pure).

Only in a conversation with the desk everything is said to it; elsewhere such a sentence is for others, but behind the
desk's name one that looks something up. Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.chat import requests, seeking, wishes
from bot.chat.commands import WORDS, Command, is_what, parse, says
from bot.chat.questions import BOTH
from bot.domain.times import clauses, time_words
from bot.domain.times.time_words import joined
from bot.domain.times.when import When
from bot.wording.language import languages, small_words

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_OPENING = 10
"""Words of an opening."""

LONGEST_REQUEST = 3
"""Words of "can you please"."""

LONGEST_FIND = 6
"""Words that are looked for though nothing says so."""

WISH, BRING = "wish", "bring"
SHOWN = frozenset({"topics", "digest", "subscriptions", "schedule", "help", "settings", "catchup"})
"""What somebody may want to see by its name, and changes nothing."""

LOOKING = frozenset({"search", "quotes"})
"""What a sentence may be among people: it changes nothing."""

WISHED = frozenset({"search", "quotes", "subscribe", "unsubscribe", "mute", "unmute", "story", "catchup"})
"""What a request may be by its command's name."""

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
_INQUIRING = frozenset(word for one in languages().values() for word in one.requests.inquiring)
_BUTS = frozenset(small_words("but"))
_WHOSE = frozenset(word for one in ("by", "from", "of") for word in small_words(one))
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
_WONDERING = frozenset(phrase for one in _SENTENCES for phrase in one.wondering)
_DONE = WORDS.keys() - {"add", "story", "start", "digest"}
"""What people may wonder about by its name, and no other word."""
_YOU = frozenset(phrase for one in _SENTENCES for phrase in one.you)
_BEFORE = frozenset(phrase for one in _SENTENCES for phrase in one.before)
_BEHIND = sorted({phrase for one in _SENTENCES for phrase in one.behind}, key=len, reverse=True)
_TYPED = {word: meant for one in _SENTENCES for word, meant in one.short.items()} | {
    word.replace("'", ""): word
    for phrase in _OPENINGS
    if "'" in phrase
    for word in phrase.split()
    if re.search(r"n't$|^i'[dm]$", word)
}
"""Words that people type in short, or without their mark: "gimme", "dont"."""
_THIS_WEEK = re.compile(
    rf"\b(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.periods if ' ' in one}))})\b",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(
    rf" (?:{'|'.join(re.escape(one) for one in _BEHIND if any(word in _PEOPLE for word in one.split()))})(?= )",
    re.IGNORECASE,
)


def read(text: str) -> Command | None:
    """The command that the sentence is; ``None`` for one that is none for certain."""
    if len(text) > LONGEST:
        return None
    typed = " ".join(_TYPED.get(word.casefold(), word) for word in text.replace("’", "'").split())
    words = _politely(typed.split())
    return _told(words) or _requested(words) or _wondered(words) or _timed(" ".join(words), text)


def _told(words: Sequence[str]) -> Command | None:
    """The command of a sentence that opens as one does."""
    if _without_end(" ".join(words)).casefold() in _ENDING:  # which one is asked
        return Command("unsubscribe", "", " ".join(words))
    for length in range(min(LONGEST_OPENING, len(words)), 0, -1):
        plain = " ".join(word.strip(_MARKS).casefold() for word in words[:length])
        if name := _OPENINGS.get(plain):
            rest = seeking.without_polite(" ".join(words[length:]))
            return _command(name, _without_end(rest), plain)
    return _inquired(" ".join(words))


def _requested(words: Sequence[str]) -> Command | None:
    """The command behind a request to the desk: "can you mute oil", "would you please sign me up for it"."""
    for length in (LONGEST_REQUEST, LONGEST_REQUEST - 1):
        if " ".join(words[:length]).casefold() in _YOU:
            rest = _politely(list(words[length:]))
            command = parse(_without_end(" ".join(rest)))
            return _told(rest) or (command if command.name in WISHED and command.argument else None)
    return None


def _wondered(words: Sequence[str]) -> Command | None:
    """The help for a question of how something works: "how do I mute a story", "what does catchup do"."""
    plain = [word.strip(_MARKS).casefold() for word in words[:LONGEST_OPENING]]
    opens = any(" ".join(plain[:length]) in _WONDERING for length in (1, 2, 3))
    return Command("help", "", plain[0]) if opens and not _DONE.isdisjoint(plain[1:]) else None


def _timed(text: str, typed: str) -> Command | None:
    """The wish of a sentence that begins with its time: "every Monday at 9 am I'd like news about oil", "please, every weekday at 7:30 oil"."""
    words = time_words.tokens(text)
    begin, before = clauses.head(words)
    if before and begin < len(words) and not any(one.unsure for one in before):
        at = words[begin].start
        wish = _told(_politely(text[at:].split()))
        if wish and wish.name in ("subscribe", "search"):
            whole = f"{wish.argument} {text[:at].rstrip(' ,')}"
            return Command("subscribe", whole, wish.typed) if regularly(whole) else None
    return _asked_for(text) if seeking.without_polite(text) != typed else None


def second_wish(text: str) -> str:
    """The other wish of a message that has two: "oil at 9 and unsubscribe me from gas"; empty without."""
    words = text.split()
    for at in range(1, 0 if '"' in text or len(text) > LONGEST else len(words) - 1):
        joins = words[at].casefold() in time_words.JOINTS | _BUTS
        if not joins and words[at - 1][-1:] not in ".;":
            continue
        rest, before = _politely(words[at + joins :]), " ".join(words[:at])
        opens = [" ".join(rest[:length]).casefold() for length in range(LONGEST_OPENING, 1, -1)]
        opens += [rest[0].casefold()] if points(" ".join(rest[1:2])) else []  # "send it to Ada"
        if len(rest) > 1 and any(one in _OPENINGS for one in opens) and (parse(before).name or read(before)):
            return " ".join(rest)
    return ""


def _inquired(text: str) -> Command | None:
    """The search of a question made of words that say nothing of what is wanted: "what have you got on oil"."""
    first, _, behind = text.partition(" ")
    if not (behind and first.casefold() in _INQUIRING and requests.split(text)[0]):
        return None
    wanted = seeking.wanted(text)[0]
    talk = points(wanted) or _is_talk(wanted.partition(" ")[0])
    return None if talk else Command("search", text, first)


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
    tokens = time_words.tokens(said)
    found = (clauses.clause(tokens, at) for at in range(1, len(tokens)))
    if any(one and one.kind == "times" and not one.weak for one in found):  # "oil, 7.45, workdays"
        return None
    wish = wishes.read(said)
    wanted = requests.left_out(seeking.wanted(said)[0])  # "latest on oil"
    whole = wish.query in (said, wanted) or (wish.doubt and said.startswith(wish.doubt))  # "night trains"
    return Command("search", said, "") if whole and wish.when == When() and not wish.refusal else None


def without_opening(text: str) -> str:
    """The text without words before it that say nothing: "hi, just oil every weekday at 8"."""
    return " ".join(_politely(text.split())) or text


def regularly(text: str) -> bool:
    """Whether bare words say what is wanted and when: "oil every weekday at 8"."""
    wish = wishes.read(text)
    return bool(wish.query and (wish.when.at or wish.when.alerts)) and not (wish.doubt or wish.refusal)


def is_all(words: str) -> bool:
    """Whether the words mean all there is: "everything"."""
    return words.strip().casefold() in _ALL


def points(words: str) -> bool:
    """Whether the words only mean what was spoken of before: "it", "me", "the second one"; not "IT"."""
    said = words.split()
    plain = [word.casefold() for word in said if word.islower() or word.istitle()]
    if len(plain) < len(said):
        return False
    if len(plain) > 2 and plain[0] in _ALL | BOTH and plain[1] in small_words("of"):  # "all of these"
        plain = plain[2:]
    plain = plain[1:] if len(plain) > 1 and plain[0] in _ARTICLES else plain
    plain = plain[:-1] if len(plain) > 1 and plain[-1] in _NOUNS | _ALL else plain
    return len(plain) == 1 and any(plain[0] in one for one in _POINTING)


def _is_talk(text: str) -> bool:
    """Whether words of a sentence are among them: a verb, people, a question; "this week" is a time."""
    said = {word.strip(_MARKS).casefold().replace("’", "'") for word in _THIS_WEEK.sub("", text).split()}
    return not (_VERBS | _PEOPLE | _ASKING).isdisjoint(said)


def _politely(words: list[str]) -> list[str]:
    while words:
        plain = [word.strip(_MARKS).casefold() for word in words[:2]]
        length = 2 if " ".join(plain) in _BEFORE else int(plain[0] in _BEFORE)
        if not length:
            break
        words = words[length:]
    return words


def _without_end(text: str) -> str:
    """The text without what says nothing at its end."""
    plain = text.rstrip(_MARKS)
    for phrase in _BEHIND:
        if plain.casefold().endswith(f" {phrase}"):
            return _without_end(plain[: -len(phrase) - 1])
    return plain


def _command(name: str, rest: str, typed: str) -> Command | None:
    if name == "catchup":
        return Command(name, seeking.without_polite(f"x {rest}").partition(" ")[2], typed)
    asks = name == "language" and typed.partition(" ")[0] in _INQUIRING  # "do you speak German?"
    if asks or name in ("subscriptions", "privacy", "schedule", "settings") or (name == "help" and not rest):
        return Command(name, "", typed)
    if name == "unsubscribe" and points(rest):
        return Command(name, "", typed)
    if not rest or (name == "quotes" and not _is_asked_of_somebody(typed, rest)):
        return None
    if name in ("subscribe", "unsubscribe"):
        rest = seeking.of_a_list(rest)
    if name == "unsubscribe":
        rest = requests.without_one(rest)
    if name in (WISH, BRING):
        return _wish(rest, typed, once=name == BRING)
    return Command(name, f"{typed} {rest}" if name == "quotes" else rest, typed)


def _is_asked_of_somebody(typed: str, rest: str) -> bool:
    """Whether "what did" or the like opens a question for somebody's words, which they say."""
    asks = says(typed) or says(rest)
    return asks and " " in rest and not _is_talk(rest.split(maxsplit=1)[0])


def _asked_for(rest: str) -> Command | None:
    """What is wanted where a time comes first and no verb: "please, every weekday at 7:30 oil"."""
    wish = wishes.read(rest)
    clear = wish.query and wish.when.at and not (wish.doubt or wish.refusal)
    return Command("subscribe", _without_end(rest), "") if clear and rest.find(wish.query) > 0 else None


def _wish(rest: str, typed: str, *, once: bool) -> Command | None:
    """What is wanted: at some time, or once; "I want coffee" is neither. "Show me the topics" is what it names."""
    if is_what(rest) and says(rest):
        return Command("quotes", rest, typed)
    if rest.casefold().startswith("to "):  # "I'd like to sign up for oil"
        return _told(rest.split()[1:])
    rest = _TO_WHOM.sub("", rest, count=1)
    if named := _by_its_name(rest, typed, once=once):
        return named if named.name else None
    if seeking.ordered(rest):
        return Command("search", rest, typed)
    wish = wishes.read(rest)
    if wish.query and (wish.when != When() or wish.refusal or wish.doubt):
        wanted = seeking.without_article(seeking.without_noun(wish.query))
        return Command("subscribe", rest.replace(wish.query, wanted, 1), typed)
    asks = seeking.wanted(rest)[0] != rest or (once and not points(rest) and not _is_talk(rest))
    return Command("search", rest, typed) if asks else None


def _by_its_name(rest: str, typed: str, *, once: bool) -> Command | None:
    """What of the desk's own is wanted: "the topics", "quotes by Teague", "the oil digest"; one without a name for what changes something."""
    named = _ONE.sub("", seeking.without_article(rest))
    shown = parse(named)
    name, _, last = named.rpartition(" ")
    if once and name and parse(last).name == "digest":
        return Command("digest", "" if requests.says_when(name) else name, typed)
    if shown.name in ("", "story"):
        return None
    asks = shown.name in SHOWN
    if shown.argument:  # not "quotes for the roof repair"
        asks = shown.name == "quotes" and shown.argument.split()[0].casefold() in _WHOSE
    return shown if asks else Command("", "", typed)
