"""What somebody said becomes a command, its query in full: its days, its outlet, what a link or a sentence stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.subscribing.links import linked
from bot.domain.events import Said
from bot.domain.ports import Desk
from bot.domain.times import days, periods, time_words, zones
from bot.grammar import (
    addressed,
    around,
    bare_words,
    commands,
    digests,
    questions,
    remarks,
    requests,
    seeking,
    sentences,
    several,
    simpler,
    wishes,
)
from bot.grammar.commands import Command
from bot.search import outlets
from bot.search.outlets import Outlets
from bot.wording.heard.languages import languages
from bot.wording.language import any_word, filter_word, small_words

_CALLED = frozenset(word for one in languages().values() for word in one.sentences.called)
_FILTER = re.compile(r"\w+:\S+")
_OWNED = re.compile(r"(?:the )?(?P<name>[A-ZÄÖÜ][\w.-]*(?: [A-ZÄÖÜ][\w.-]*){0,3})['’]s? (?P<about>[^\"]+)")
_POSSESSIVE = re.compile(r"['’]s\b")
_OF_IT = re.compile(rf"^{any_word('of', 'about', 'on', 'regarding')} (?=\S)", re.IGNORECASE)
_HERE = re.compile(
    rf" {any_word('to', 'in', 'into', 'for')} {any_word('this')} (?:{'|'.join(sorted(time_words.joined('places')))})(?=[ ,]|$)",
    re.IGNORECASE,
)
"""The chat in which it is asked for: it comes there anyway."""
_ARTICLES = frozenset(word for one in languages().values() for word in one.seeking.articles)
_SMALL_ARTICLES = frozenset(small_words("the"))
_LINK = re.compile(r"<?https?://\S+", re.IGNORECASE)


_IN_OUTLETS = frozenset(
    word for one in languages().values() for word in one.seeking.outlets if " " not in word
)
_WITHOUT = frozenset(phrase for one in languages().values() for phrase in one.seeking.without)
_BUTS = frozenset(small_words("but"))
_ENDING = frozenset({"unsubscribe", "mute"})
"""What ends something, and may be a second wish by one word."""


_NEWS = {word for one in languages().values() for word in (*one.seeking.nouns, *one.seeking.single)}
_OF_NEWS = "|".join(sorted(_NEWS))
_ANYTHING = "|".join(
    sorted({*_NEWS, *(one for told in languages().values() for one in told.requests.something)})
)
_FROM = f"(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.outlets}, key=len, reverse=True))})"
_TO_ABOUT = "|".join(sorted({word for one in languages().values() for word in one.seeking.about}))
_SAID_FIRST = "|".join(sorted({word for one in languages().values() for word in one.seeking.articles}))
_NAME = rf"(?P<name>(?:(?:{_SAID_FIRST}) )?[^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*){{0,2}}?)"
_OUTLETS_OWN = re.compile(
    rf"(?P<asked>(?:[\w']+ ){{0,4}}?){_NAME}(?:['’]s?)?[ -](?:{_OF_NEWS}) (?:{_TO_ABOUT}) (?P<about>.+)",
    re.IGNORECASE,
)
_BY_OUTLET = re.compile(
    rf"(?P<asked>(?:[\w']+ ){{0,4}}?)(?:{_ANYTHING}) (?:{any_word('by')}|{_FROM}) {_NAME}(?P<writes>) (?:{_TO_ABOUT}) (?P<about>.+)",
    re.IGNORECASE,
)
_OUTLET_ON = re.compile(
    rf"(?P<asked>)(?=(?:(?:{_SAID_FIRST}) )?(?-i:[A-ZÄÖÜ])){_NAME} (?:{_TO_ABOUT}) (?P<about>.+)",
    re.IGNORECASE,
)
"""As in "Averne Courier on oil"."""
_WITHIN = re.compile(
    rf"(?:{_FROM} )?{_NAME} (?:{'|'.join(sorted({word for told in languages().values() for word in told.requests.within}))}) (?P<about>.+)",
    re.IGNORECASE,
)
"""What is looked for, and where, as in "search the Courier for oil"."""
_WRITING, _WRITTEN, _SOMETHING = (
    frozenset[str]().union(*(getattr(one.requests, name) for one in languages().values()))
    for name in ("writing", "written", "something")
)
_OUTLET_WRITES = re.compile(
    rf"(?P<asked>(?:[\w']+ ){{1,3}}?){_NAME}(?: (?P<writes>{'|'.join(sorted(_WRITING))}))?"
    rf"(?: (?:{'|'.join(sorted(_SOMETHING))}))? (?:{_TO_ABOUT}) (?P<about>.+?)(?: (?:{'|'.join(sorted(_WRITTEN))}))?",
    re.IGNORECASE,
)


_NOW = tuple(
    f" {one}" for one in (*small_words("now"), *(" ".join(told) for told in time_words.phrases("once")))
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """``topics`` are the names that links subscribe to; days are of ``zone``. Raises BotError only when the store or the index fails."""

    desk: Desk
    zone: str
    topics: Sequence[str]

    async def command(self, said: Said, *, bare: bool = True) -> Command:
        """What is wanted. Sentences are said to the desk where all is; among people they may look something up, behind its name.

        ``bare`` words are looked for, and a link alone is a page to add, in a conversation with the desk alone.
        """
        command = commands.parse(said.text)
        if not said.direct:
            command = (
                command if command.name else (addressed.looked_up(said.text) or _called(said.text) or command)
            )
        elif not command.name or _says_more(command):
            adds = _adds_to_something(command)
            bare, starts = bare and not adds, command.typed.casefold() == "start"  # "/start" is no sentence
            none = Command("", said.text, said.text) if starts or adds else command
            read = sentences.read(said.text)
            polite = read and read.name == "subscribe" and bare_words.courtesy(said.text)  # "good night"
            command = none if read is None or polite else _of_a_digest(read, said.text)
        typed = commands.parse(said.text)
        searches = typed.name == "search"
        may = (
            (said.direct or searches) and command.name in ("", "search", "quotes") and typed.name != "quotes"
        )
        if may and (
            found := await self._of_an_outlet(typed.argument if searches else said.text, searches=searches)
        ):
            about, mark, outlet = found.rpartition(f" {filter_word('source')}:")
            if not searches and wishes.is_regular(about):  # "only Courier stories on oil, 8:00"
                return await self._completed(Command("subscribe", f"{mark.lstrip()}{outlet} {about}"))
            return await self._completed(Command("search", found, typed.typed or typed.argument.split()[0]))
        if said.direct and not command.name:
            command = (
                _called(said.text)
                or self._period(said.text)
                or (_bare(said.text) if bare else None)
                or command
            )
        return await self._completed(self._linked(command))

    async def _of_an_outlet(self, text: str, *, searches: bool = False) -> str:
        """What is looked for in an outlet of the library that a sentence names, with a filter for it; empty for other sentences."""
        text = requests.days_last(simpler.simply(text).rstrip("?!. "))
        within = _WITHIN.fullmatch(text) if searches and len(text) <= sentences.LONGEST else None
        asked = _from_an_outlet(text) or _all_of_an_outlet(text) if len(text) <= sentences.LONGEST else ""
        asked = f"{within['about']} from {within['name']}" if within and not asked else asked
        told = await Outlets(self.desk).named(asked) if asked else ""
        return told if told != asked and not told.endswith(asked.rpartition(" from ")[2]) else ""

    async def _all_of_one(self, typed: str) -> str:
        """The wish with a filter where all that is wanted is an outlet's name, and no topic's: "the Courier at 9 am"; else the same."""
        wanted = wishes.read(typed).query
        owned = _OWNED.fullmatch(wanted)  # "the Courier's oil stories"
        if owned and wanted in typed and await Outlets(self.desk).alone(owned["name"], called=True):
            limited = f'{owned["about"]} {filter_word("source")}:"{owned["name"]}"'
            return typed.replace(wanted, limited, 1)
        name = outlets.outlet_alone(wanted)
        if not name or wanted not in typed or name.casefold() in map(str.casefold, self.topics):
            return typed
        before = typed[: typed.find(wanted)].split()[-1:]
        called = wanted != name or seeking.is_determiner(before)
        known = await Outlets(self.desk).alone(name, called=called)
        return typed.replace(wanted, f'{filter_word("source")}:"{name}"', 1) if known else typed

    def _period(self, text: str) -> Command | None:
        """The catch-up that days alone ask for, as below a digest: "yesterday's?", "and last week?"; a year is a number."""
        words = _POSSESSIVE.sub("", text.strip(" ?!.")).split()
        told = " ".join(words[1:] if len(words) > 1 and words[0].casefold() in time_words.JOINTS else words)
        since = seeking.since(told, self.desk.clock.now(), self.zone)
        return Command("catchup", told, "") if since and not told.isdecimal() else None

    async def _completed(self, command: Command) -> Command:
        """The same with what its query says in words as filters, their days in full."""
        now, typed = self.desk.clock.now(), command.argument
        match command.name:
            case "search":
                outlet = requests.from_outlet(await Outlets(self.desk).named(simpler.plainly(typed)))
                typed = seeking.read(outlet, now, self.zone)
                first, _, rest = typed.partition(" ")  # "anything on the ferry in german"
                typed = (
                    rest if rest and first in _SMALL_ARTICLES and not command.typed.startswith("/") else typed
                )
            case "subscribe":
                typed = _HERE.sub("", simpler.plainly(simpler.without_pictures(typed)), count=1)
                outlet = requests.from_outlet(await Outlets(self.desk).named(typed))
                outlet = await self._all_of_one(typed) if outlet == typed else outlet
                zoned = zones.in_full(outlet, self.zone, now)
                typed = days.completed(zoned, now, self.zone, ahead=True)
            case "quotes":
                typed = days.completed(_of_days(simpler.plainly(typed), now, self.zone), now, self.zone)
            case "story":
                typed = _OF_IT.sub("", typed)
            case "digest" | "catchup":
                typed = _without_polite(typed)
                days_of = bare_words.days_told(typed) if command.name == "digest" else ""
                if days_of and not requests.says_when(typed):  # "digest of the week"
                    return replace(command, name="catchup", argument=days_of)
            case "unsubscribe":
                typed = bare_words.without_end(_without_polite(digests.ended(typed)))
                typed = "" if questions.points(typed) or questions.is_all(typed) else typed
            case "mute" | "unmute":
                typed = digests.without_reason(typed)
                outlet = await Outlets(self.desk).named(seeking.without_request(typed)[0])
                text = commands.query_and_days(outlet)[0]
                whole = (
                    outlet.replace(text, several.left_out(seeking.of_news(_of_thing(text))), 1)
                    if text
                    else outlet
                )
                typed = days.completed(whole, now, self.zone, ahead=True)
        return replace(command, argument=typed)

    def _linked(self, command: Command) -> Command:
        """The wish that a link brings behind ``/start``; the same command without one."""
        begins = command.typed.strip("/ ").partition("@")[0].casefold() == "start"
        wish = linked(command.argument, self.topics) if begins else ""
        return Command("subscribe", wish) if wish else command


def second_wish(text: str) -> str:
    """The other wish of a message that has two: "oil at 9 and unsubscribe me from gas"; empty without."""
    words = text.split()
    for at in range(1, 0 if '"' in text or len(text) > sentences.LONGEST else len(words) - 1):
        joins = words[at].casefold() in time_words.JOINTS | _BUTS
        if not joins and words[at - 1][-1:] not in ".;":
            continue
        rest, before = bare_words.politely(words[at + joins :]), " ".join(words[:at])
        opens = [" ".join(rest[:length]).casefold() for length in range(around.LONGEST_OPENING, 1, -1)]
        opens += [rest[0].casefold()] if questions.points(" ".join(rest[1:2])) else []  # "send it to Ada"
        leaves = not _WITHOUT.isdisjoint((*opens, *(f"{words[at].casefold()} {one}" for one in opens)))
        if leaves:  # "but leave out cider"
            continue
        timed = wishes.is_regular(commands.parse(before).argument if commands.parse(before).name else before)
        ends = (
            timed and (around.OPENINGS.get(rest[0].casefold()) or commands.parse(rest[0]).name) in _ENDING
        )  # "oil at 9:00 and stop gas"
        told = questions.points(" ".join(rest[1:])) and commands.parse(rest[0]).name  # "and then mute it"
        asks = len(rest) > 1 and (ends or told or any(one in around.OPENINGS for one in opens))
        if asks and (timed or commands.parse(before).name or sentences.read(before)):
            return " ".join(rest)
    return ""


def _from_an_outlet(text: str) -> str:
    """What an outlet has about something, as "oil from the Courier", where that may be asked for: "the Courier's articles about oil", "what did the Courier write about oil"."""
    plain = " ".join(text.split()).rstrip(".,;:?!")
    found, wrote = (
        _BY_OUTLET.fullmatch(plain) or _OUTLETS_OWN.fullmatch(plain) or _OUTLET_ON.fullmatch(plain),
        _OUTLET_WRITES.fullmatch(plain),
    )
    by_name = wrote and (wrote["writes"] or not _WRITING.isdisjoint(wrote["asked"].casefold().split()))
    told = wrote if by_name and found and found.re is _OUTLET_ON else found or wrote
    found = found if told is found else None
    if told is None:
        return ""
    name = requests.without_said(told["name"], ())
    first, _, rest = name.partition(" ")
    name = rest if rest and first.casefold() in _IN_OUTLETS else name  # "im Courier"
    asked = f"{told['asked'] or ''}{told['name'].removesuffix(name)}".casefold().split()
    asked = [word for word in asked if word not in _IN_OUTLETS]
    writes = found or (wrote and wrote["writes"]) or not _WRITING.isdisjoint(asked)
    return f"{told['about']} from {name}" if writes and all(map(requests.is_said, asked)) else ""


def _all_of_an_outlet(text: str) -> str:
    """What is asked for of an outlet whatever it is about, without the request: "what's the latest from the Courier"; empty for others."""
    plain = seeking.without_polite(text)
    for begin, end, _ in outlets.from_somewhere(plain):
        asked = plain[:begin].casefold().replace("’", "'").split()
        if end == len(plain) and requests.are_all([*asked, "news"]) and len(asked) > 1:
            return f"news {plain[begin:].strip()}"
    return ""


def _says_more(command: Command) -> bool:
    """Whether a sentence may begin with the command's word: "add me to oil", "start sending me oil", "forget me"."""
    page = command.name == "add" and "://" in command.argument
    return bool(command.argument) and command.typed.casefold() in _CALLED and not page


def _adds_to_something(command: Command) -> bool:
    """Whether it is no page that is added: "add pears to apples"."""
    return command.name == "add" and not frozenset(small_words("to")).isdisjoint(command.argument.split())


def _of_days(argument: str, now: datetime, zone: str) -> str:
    """`NAME about SUBJECT` with the days, or the language, at the end of either as filters: "Teague last week about oil"; else the same."""
    asked = remarks.name_and_subject(argument)
    kept: list[str] = []
    filters: list[str] = []
    for part, weekday in (_of_weekday(one, argument, now, zone) for one in asked):
        filters += [weekday] if weekday else []
        words = seeking.read(part, now, zone).split()
        told = [one for one in words if _FILTER.fullmatch(one) and one not in argument]
        kept.append(part if not told else " ".join(one for one in words if one not in told))
        filters += [
            one for one in told if not one.startswith(f"{filter_word('sort')}:")
        ]  # there is one order
    name, subject = kept
    if not name or _is_days(name):  # whose words of these days?
        return "" if asked[0] else argument
    if kept == list(asked):
        return argument
    about = (*filter(None, (subject,)), *filters)
    return " ".join((name, *(("about", *about) if about else ())))


def _is_days(words: str) -> bool:
    days = words.islower() and seeking.without_days(f"x {words}") == "x"
    return days or bare_words.tells_days(words)


def _of_weekday(part: str, argument: str, now: datetime, zone: str) -> tuple[str, str]:
    """The part without "on friday" at its end, and the filter of the last one: what somebody said is hardly about that; so is all of it that stands behind "on"."""
    words = part.casefold().split()
    whole = argument.casefold().rstrip(" ?!.").split()
    at = whole.index(words[0]) if len(words) == 1 and words[0] in whole else 0
    today = now.astimezone(ZoneInfo(zone)).date()
    if told := periods.on_weekday(whole[at - 1 : at + 1] if at else words[-2:], today):
        return " ".join(part.split()[: -1 if at else -2]), told
    return part, ""


def _of_a_digest(command: Command, text: str) -> Command:
    """The command for a digest without what only says which of them in time, and to be posted "now": "send today's oil digest now"."""
    if command.name != "digest":
        return command
    words = [
        word for word in command.argument.split() if not bare_words.tells_days(_POSSESSIVE.sub("", word))
    ]
    name = requests.without_article(requests.without_said(" ".join(words), _ARTICLES))
    now = text.rstrip("!?. ").casefold().endswith(_NOW)
    return replace(command, argument=f"{'now ' if now else ''}{name}".rstrip())


def _of_thing(text: str) -> str:
    """What shall not come, without words that say nothing of it: "den Fußball", "all sports"."""
    return several.without_determiners(requests.without_all(seeking.opened(text)))


def _without_polite(text: str) -> str:
    """The text without "please" and the like, of which it may consist."""
    return seeking.without_polite(f"x {text}").partition(" ")[2]


def _called(text: str) -> Command | None:
    """The command that somebody calls: "topics?", "help!"."""
    words = text.split()
    command = commands.parse(f"/{text.rstrip('?!. ').lstrip('/')}") if len(words) == 1 else None
    return command if command and command.name else None


def _bare(text: str) -> Command | None:
    """The command that words without one are to the desk alone; ``None`` where they may be anything."""
    if _LINK.fullmatch(text.strip()):
        return Command("add", text.strip(), "")
    if bare_words.courtesy(text) or text.lstrip()[:1] in ("/", "／") or addressed.is_mistyped(text):
        return None
    return bare_words.words_to_find(text)
