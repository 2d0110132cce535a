"""What somebody says to the desk alone in a sentence, as a command: "please send me news about oil every morning at 7" (pure).

Only in a conversation with the desk everything is said to it; elsewhere such a sentence is for others, but behind the
desk's name one that looks something up. Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.domain.times import time_words
from bot.grammar import (
    around,
    bare_words,
    digests,
    inquiries,
    remarks,
    requests,
    seeking,
    simpler,
    timely,
    wishes,
)
from bot.grammar.around import LONGEST_OPENING, OPENINGS, PREPOSITIONS
from bot.grammar.commands import WORDS, Command, parse
from bot.grammar.questions import points
from bot.grammar.remarks import is_what, says
from bot.wording.heard.languages import languages
from bot.wording.language import small_words

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_FRAME = 8
"""Words of "it would be great if you could"."""

LONGEST_REQUEST = 4
"""Words of a request among which "please" may stand: "send me please no more oil"."""

LONGEST_NAMED = 6
"""Words that name something of the desk's own."""

WISH, BRING, MAKE = "wish", "bring", "make"

LONGEST_TONGUE = 2
"""Words of a language's name that are asked about."""

LONGEST_DIGEST = 3
"""Words before "about" of "a weekday digest about oil"."""
SHOWN = frozenset({"topics", "digest", "subscriptions", "schedule", "help", "settings", "catchup"})
"""What somebody may want to see by its name, and changes nothing."""

WISHED = frozenset({"search", "quotes", "subscribe", "unsubscribe", "mute", "unmute", "story", "catchup"})
"""What a request may be by its command's name."""

_ASKING, _PEOPLE = (
    frozenset(word for one in languages().values() for word in getattr(one.talk, name))
    for name in ("asking", "people")
)
_INQUIRING = frozenset(word for one in languages().values() for word in one.requests.inquiring)
_REMARKS = frozenset(word for one in ("quote", "quotes", "remarks") for word in small_words(one))
_CITING = frozenset((*small_words("quote"), *small_words("cite")))
_NEXT, _ADDING = frozenset(small_words("next")), frozenset((*small_words("add"), "set up"))
_WHOSE = frozenset(word for one in ("by", "from", "of") for word in small_words(one))
_OF_WHAT = _WHOSE | frozenset(small_words("with"))
_ONE = re.compile(
    rf"^(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.one}))}) ",
    re.IGNORECASE,
)
_LIST_OF = re.compile(
    rf"^(?:(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.lists}))}) )?(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.of}))}) (?:(?:{'|'.join(sorted({one for told in languages().values() for one in (*told.seeking.every, *told.seeking.newly)}))}) )*(?=\S)",
    re.IGNORECASE,
)
"""As in "a list of the topics"."""
_LEAVING = frozenset({"unsubscribe", "mute"})
_MARKS = ",.!?;:"
_SENTENCES = tuple(one.sentences for one in languages().values())
_PARTED = [[mark] for mark in (":", "-", "–", "—")]
_POLITE = frozenset(word for one in languages().values() for word in one.seeking.polite)
_SOFTENING = frozenset(word for one in _SENTENCES for word in one.softening)
_ALERTS = frozenset(word for one in languages().values() for word in (*one.seeking.kinds, *one.seeking.lists))
_ENDING = frozenset(phrase for one in _SENTENCES for phrase in one.ending)
_FRAMES = frozenset(phrase.casefold() for one in _SENTENCES for phrase in one.frames)
_TO_SOMEBODY = re.compile(
    rf" (?:{'|'.join(sorted(small_words('to')))}) (?-i:[A-ZÄÖÜ])\w+(?: (?:too|as well|auch))?$", re.IGNORECASE
)
_TO_WHOM = re.compile(
    rf" (?:{'|'.join(re.escape(one) for one in bare_words.BEHIND if any(word in _PEOPLE for word in one.split()))})(?= )",
    re.IGNORECASE,
)


def read(text: str) -> Command | None:
    """The command that the sentence is; ``None`` for one that is none for certain."""
    if len(text) > LONGEST:
        return None
    text = simpler.simply(simpler.in_full(simpler.without_pictures(text)))
    found = _read(text) or (_mended(mended) if (mended := bare_words.mended(text)) != text else None)
    last = simpler.last_of_several(text)
    told = _read(last) if last and not found else None
    if told and points(told.argument.partition(" ")[0]):  # "The dockers walked out. Keep me posted on it."
        return None
    found = found or told or inquiries.changed(text)
    if found and found.name in _LEAVING and bare_words.is_only_when(found.argument):  # "skip next week"
        return Command("subscriptions", "", found.typed)
    if found and found.name == "unsubscribe" and bare_words.is_for_a_while(text):  # "turn oil off for now"
        return Command("subscriptions", "", found.typed)
    if found and found.name == "search" and found.typed:  # "show me some lamp stories"
        return replace(found, argument=seeking.of_news(seeking.uncounted(found.argument)))
    return timely.at_once(found) if found else None


def _mended(text: str) -> Command | None:
    """What it is without its typing errors, which may be in a command's own word."""
    command = parse(text)
    return command if command.name == "subscribe" else _read(text)


def _read(text: str) -> Command | None:
    bare = bare_words.without_end(text)
    courtesy, _, tongue = bare.rpartition(", ")
    bare = tongue if bare_words.courtesy(courtesy) else bare  # "no, in German please"
    if (
        bare_words.names_a_language(bare) and not bare_words.courtesy(bare) and bare != text.rstrip("?!. ")
    ):  # "Deutsch bitte"
        return Command("language", bare, "")
    text = moved if (moved := requests.days_behind(bare)) != bare else text
    words = bare_words.politely(text.split())
    words = [
        one
        for at, one in enumerate(words)
        if not 0 < at < LONGEST_REQUEST or one.casefold() not in _POLITE | _SOFTENING
    ]
    if requests.of_an_article(words):
        return Command("story", "", words[0])
    return (
        inquiries.asked(words)
        or inquiries.of_settings(text)
        or timely.moved(" ".join(words))
        or timely.conditional(" ".join(words))
        or _requested(words, _around)
        or _told(words)
        or (_done(words) if len(words) < len(bare.split()) else None)  # "please mute oil"
        or _requested(words, _done)
        or inquiries.wondered(words)
        or timely.found(" ".join(words), text, _meant)
        or _named(" ".join(words))
        or _bare_wish(" ".join(words))
        or bare_words.all_news(words)
        or inquiries.hinted(text)
        or bare_words.asked_about(words)
    )


def _meant(text: str) -> Command | None:
    """What is to be done in words without their time."""
    words = bare_words.politely(text.split())
    return _requested(words, _done) or _told(words) or _wanted(words) if words else None


def _wanted(words: Sequence[str]) -> Command | None:
    """What is wanted whose time stands elsewhere: "I'd like oil"."""
    lengths = range(min(LONGEST_OPENING, len(words) - 1), 0, -1)
    opened = next((one for one in lengths if OPENINGS.get(" ".join(words[:one]).casefold()) == WISH), 0)
    return _wish(" ".join(words[opened:]), " ".join(words[:opened]), once=True) if opened else None


def _told(words: Sequence[str]) -> Command | None:
    """The command of a sentence that opens as one does."""
    if bare_words.without_end(" ".join(words)).casefold() in _ENDING:  # which one is asked
        return Command("unsubscribe", "", " ".join(words))
    if found := _around(words, framed=False):
        return found
    if between := around.timed_between(words):
        return _command(*between)
    for length in range(min(LONGEST_OPENING, len(words)), 0, -1):
        plain = " ".join(word.strip(_MARKS).casefold() for word in words[:length])
        parted = words[length - 1][-1:] == ":" or words[length : length + 1] in _PARTED
        if name := OPENINGS.get(plain) or (_before_a_colon(plain) if parted else ""):
            rest = seeking.without_polite(" ".join(words[length + (words[length : length + 1] in _PARTED) :]))
            found = _command(name, bare_words.without_end(rest), plain)
            if found or name not in (MAKE, "quotes", "language"):
                return found
            break
    return _inquired(" ".join(words))


def _before_a_colon(plain: str) -> str:
    """What an opening is that has a colon or a dash in place of its preposition: "sign me up: oil"; empty for none."""
    wish = any(OPENINGS.get(f"{plain} {small}") == "subscribe" for small in PREPOSITIONS)
    return "subscribe" if wish else ""


def _requested(words: Sequence[str], meaning: Callable[[Sequence[str]], Command | None]) -> Command | None:
    """What is meant behind a request: "can you mute oil", "would you please sign me up for it"."""
    for length in range(min(LONGEST_FRAME, len(words) - 1), 0, -1):
        if " ".join(words[:length]).casefold() in _FRAMES and (
            found := meaning(bare_words.politely(list(words[length:])))
        ):
            return found
    return None


def _done(words: Sequence[str]) -> Command | None:
    """The command that is to be done: "mute oil", "sign me up for it"."""
    command = parse(bare_words.without_end(" ".join(words)))
    return _told(words) or (command if command.name in WISHED and command.argument else None)


def _around(words: Sequence[str], *, framed: bool = True) -> Command | None:
    """The command whose words stand around what it is about."""
    found = around.matched(words, framed=framed)
    found = found or around.timed(words, framed=framed) or (None if framed else around.lasting(words))
    return _command(*found) if found else None


def _named(text: str) -> Command | None:
    """What of the desk's own a few bare words name: "the schedule please", "today's digest", "all quotes by Teague"."""
    bare = requests.without_said(seeking.without_polite(text), WORDS)
    if days := bare_words.days_of_news(text.split()[:LONGEST_NAMED]):
        return Command("catchup", days, "")
    first, _, rest = bare.partition(" ")
    bare = first if all(map(requests.is_said, rest.casefold().split())) else bare  # "which topics are there"
    bare = _LIST_OF.sub("", bare) or bare
    talks, count = requests.is_talk(bare), len(text.split())
    few = 2 <= count <= LONGEST_NAMED and not talks
    whose = remarks.asked_by(bare) if 2 <= count <= LONGEST_OPENING else ""
    if whose and not (bare_words.tells_days(whose) or requests.is_talk(whose)):
        return Command("quotes", whose, "")
    found = _by_its_name(bare, "", once=True) if few else None
    return found if found and found.name else None


def _bare_wish(text: str) -> Command | None:
    """The wish of bare words that are called one, or have an hour that is asked about: "new oil subscription at 10:00", "oil pls, every 2 days at 8"."""
    asks = wishes.calls_itself_one(text) or wishes.is_unclear(text)
    return Command("subscribe", text, "") if asks and not requests.is_talk(text) else None


def _inquired(text: str) -> Command | None:
    """The search of words that say nothing of what is wanted but "about" what: "what have you got on oil"; a wish where they say when."""
    if latest := requests.of_the_first(text):  # "what's the newest oil story"
        return Command("search", latest, text.partition(" ")[0])
    if requests.quoting(text) != text:  # "articles by Teague about oil"
        return Command("search", text, text.partition(" ")[0])
    about, days = seeking.dated(text, requests.SOME_DAY)  # "die Artikel von letzter Woche zu Öl"
    asks = requests.split(text)[0]
    if not (asks or requests.in_tongue(text)[1] or days):
        return None
    wanted, first = seeking.wanted(about if days else text)[0], text.partition(" ")[0]
    if points(wanted) or requests.is_talk(wanted.partition(" ")[0]):
        return None
    regular = wishes.is_regular(wanted) or _bare_wish(wanted) or wishes.tells_each_week(wanted)
    regular = regular or (not days and wishes.says_when(text.split()[: asks - 1]))
    return Command("subscribe" if regular else "search", text, first)


def _command(name: str, rest: str, typed: str) -> Command | None:
    if name in _READERS and (rest or name == "catchup"):
        return None if name == WISH and _wonders(rest) else _READERS[name](rest, typed)
    few = len(rest.split()) <= LONGEST_TONGUE and not points(rest.partition(" ")[0])
    if name == "subscriptions" and not _NEXT.isdisjoint(rest.casefold().split()[:LONGEST_TONGUE]):
        name = "schedule"  # "when do I get the next oil digest"
    asks = few and name == "language" and typed.partition(" ")[0] in _INQUIRING  # "do you speak German?"
    if asks or name in ("subscriptions", "privacy", "schedule", "settings") or (name == "help" and not rest):
        return Command(name, "", typed)
    if name == "help":
        return inquiries.hinted(f"{typed} {rest}") or Command(name, rest, typed)
    if name == "unsubscribe" and points(rest):
        return Command(name, "", typed)
    none_spoken = name == "language" and not bare_words.names_a_language(rest)
    if not rest or none_spoken or (name == "quotes" and not _is_asked_of_somebody(typed, rest)):
        return None
    if name in ("subscribe", "unsubscribe"):
        rest = digests.of_a_list(rest)
    if name == "unsubscribe":
        rest = requests.without_one(seeking.opened(rest))
    asked = name == "quotes" and typed not in _CITING
    return Command(name, f"{typed} {rest}" if asked else rest, typed)


def _wonders(rest: str) -> bool:
    """Whether a question stands behind a wish: "kannst du mir sagen wo das Boot ist"; what somebody says is for quotes."""
    return not says(rest) and not _ASKING.isdisjoint(rest.casefold().split()[:2])


def _sought(rest: str, typed: str) -> Command:
    """The search, or the quotes of "find me what Teague said"."""
    if whose := remarks.asked_by(rest):
        return Command("quotes", whose, typed)
    if wishes.is_regular(rest):  # "I want to hear about oil every Sunday evening"
        return Command("subscribe", rest, typed)
    found = Command("quotes" if is_what(rest) and says(rest) else "search", rest, typed)
    return bare_words.of_nothing(rest, typed) or found


def _caught_up(rest: str, typed: str) -> Command:
    """The catch-up, or the search of "catch me up on oil"."""
    asked = f"news {rest}"
    days = bare_words.days_told(rest)
    if not days and (about := requests.split(asked)[0]):
        of = " ".join(asked.split()[about:])
        return _wish(of, typed, once=True) or Command("search", of, typed)
    first, _, of = rest.partition(" ")
    if not days and of and first.casefold() in _OF_WHAT:  # "a summary of oil"
        return _wish(of, typed, once=True) or Command("search", of, typed)
    if not days and requests.is_talk(rest):  # "what's new since I last looked"
        return Command("catchup", "", typed)
    return Command("catchup", days or seeking.without_polite(f"x {rest}").partition(" ")[2], typed)


def _made(rest: str, typed: str) -> Command | None:
    """The subscription that is made with "a weekday digest about oil"."""
    if (about := digests.of_a_digest(rest)) != rest:
        return Command("subscribe", about, typed)
    words = [word.casefold() for word in rest.split()[: LONGEST_DIGEST + 1]]
    of = next((at for at, word in enumerate(words) if word in time_words.OF_DIGESTS), 0)
    about, _, noun = _ONE.sub("", wishes.read(rest).query).rpartition(" ")
    if not of and about and noun.casefold() in time_words.DIGESTS | _ALERTS:  # "a lamps alert at 7:30"
        return Command("subscribe", _ONE.sub("", rest).replace(f" {noun}", "", 1), typed)
    made = of and words[of - 1] in time_words.DIGESTS | _ALERTS
    added = typed in _ADDING and (wishes.may_be_regular(wishes.read(rest)) or requests.names_a_topic(rest))
    return Command("subscribe", rest, typed) if made or added else None


def _is_asked_of_somebody(typed: str, rest: str) -> bool:
    """Whether "what did" or the like opens a question for somebody's words, which they say."""
    if typed in _CITING:  # "quote Teague on oil"
        return rest[0].isupper()
    asks = says(typed) or says(rest)
    named = " " in rest or (says(typed) and rest[0].isupper())  # "was sagt Teague"
    return asks and named and not requests.is_talk(rest.split(maxsplit=1)[0])


def _wish(rest: str, typed: str, *, once: bool) -> Command | None:
    """What is wanted: at some time, or once; "I want coffee" is neither. "Show me the topics" is what it names."""
    if is_what(rest) and says(rest):
        return Command("quotes", rest, typed)
    if rest.casefold().startswith("to "):  # "I'd like to sign up for oil"
        return _told(rest.split()[1:])
    rest = _TO_WHOM.sub("", rest, count=1)
    wish = wishes.read(rest)
    listed = Command("subscriptions", "", typed) if timely.only_points(rest, wish) else None
    named = listed or bare_words.of_nothing(rest, typed) or _by_its_name(rest, typed, once=once)
    if named:  # "send it on tuesdays"
        return named if named.name else None
    dated = not wish.timed and seeking.without_days(rest) != rest
    if dated or seeking.ordered(rest) or wishes.leaves_out(rest, wish):  # "anything on oil from this week"
        return Command("search", rest, typed)
    if wish.query and (wish.timed or wish.refusal or wish.doubt):
        wanted = seeking.without_article(requests.without_one(seeking.without_noun(wish.query)))
        told = rest.replace(wish.query, wanted, 1)
        clear = wish.doubt or not wishes.read(told).doubt  # "um acht die Fähren" ends its time with "die"
        return Command("subscribe", told if clear else rest, typed)
    rest = requests.without_one(rest)  # "the ferry stuff"
    asks = seeking.wanted(rest)[0] != rest or (once and not points(rest) and not requests.is_talk(rest))
    return Command("search", rest, typed) if asks else None


def _brought(rest: str, typed: str) -> Command | None:
    """What is wanted once, by who asks: "send oil to Ada" is for somebody else."""
    to_another = " " not in typed and _TO_SOMEBODY.search(rest)
    return None if to_another else _wish(rest, typed, once=True)


def _by_its_name(rest: str, typed: str, *, once: bool) -> Command | None:
    """What of the desk's own is wanted: "the topics", "quotes by Teague", "the oil digest"; one without a name for what changes something."""
    named = _LIST_OF.sub("", _ONE.sub("", seeking.without_article(rest)))
    first, _, rest = named.partition(" ")
    if first.casefold() in _REMARKS and rest and bare_words.tells_days(rest):  # "quote of the day"
        return Command("quotes", "", typed)
    if whose := remarks.asked_by(named):
        return Command("quotes", whose, typed)
    shown = parse(named)
    name, _, last = named.rpartition(" ")
    if name.casefold() in _NEXT and parse(last).name == "digest":
        return Command("schedule", "", typed)
    if once and name and parse(last).name == "digest":
        return Command("digest", "" if requests.says_when(name) else name, typed)
    if shown.name in ("", "story"):
        return None
    asks = shown.name in SHOWN
    if shown.argument:  # not "quotes for the roof repair"
        asks = shown.name == "quotes" and shown.argument.split()[0].casefold() in _WHOSE
    return shown if asks else Command("", "", typed)


_READERS: Mapping[str, Callable[[str, str], Command | None]] = {
    "catchup": _caught_up,
    "search": _sought,
    MAKE: _made,
    WISH: partial(_wish, once=False),
    BRING: _brought,
}
"""What is behind these openings, and how it is read."""
