"""What is answered to words to the desk alone that are not understood: what they may be about, and nothing is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from bot.chat import buttons
from bot.conversation.finding.lookup import Lookup
from bot.conversation.subscribing.editing import SubscriptionEdits
from bot.conversation.subscribing.mutes import about_a_story
from bot.conversation.subscribing.naming import is_form_of, named_in, picked, speaks_of
from bot.conversation.subscribing.offers import OFFERS, buttons_for, offers_of
from bot.conversation.subscribing.refusals import Refusal
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.conversation.subscribing.wished import refuse_unclear
from bot.domain.conversations import ConversationLog
from bot.domain.events import Pressed, Said
from bot.domain.message import Block, Message
from bot.domain.model import Subscription
from bot.domain.ports import Desk
from bot.domain.times import time_words
from bot.grammar import bare_words, commands, parts, questions, seeking, timely, wishes
from bot.grammar.commands import Command
from bot.grammar.parts import Parts
from bot.search.outlets import Outlets
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import aside_message, usage_message
from bot.wording import outcomes
from bot.wording.chat import pressing
from bot.wording.heard.languages import languages
from bot.wording.language import filter_word, say, small_words

LONGEST_OUTLET = 3
"""Words of the name of an outlet."""

MOST_CALLED = 3
"""Names behind an article that are looked for."""

LONGEST_NAMING = 5
"""Words of a sentence that may name an outlet without a word before it."""

LONGEST = 40
"""Characters of the words on a button."""


_WORD = re.compile(r'[^\s"]*"[^"]*"|\S+')
_AS_QUERY = re.compile(r"""[":()]|(?:^|\s)-\w|\b(?:OR|NOT|AND)\b""")
"""What only somebody writes who looks for something."""
_CALLED = re.compile(
    rf"(?<!\w)(?i:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.articles}))}) (?P<name>[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ][\w.-]+){{0,2}})"
)
"""What may be an outlet's name, for its article and its capital."""
_NOW = [[word] for word in small_words("now")]


class UnsureAnswers:
    """One line, with the subscriptions that it speaks of, or a button for each command that may be meant. Raises BotError only when the store or the index fails."""

    def __init__(
        self,
        desk: Desk,
        lookup: Lookup,
        log: ConversationLog,
        subscriptions: SubscriptionCommands,
        edits: SubscriptionEdits,
    ) -> None:
        self._clock, self._outlets = desk.clock, Outlets(desk)
        self._lookup = lookup
        self._log = log
        self._subscriptions = subscriptions
        self._edits = edits

    async def answer(self, said: Said, *, below: bool, forms: bool, ending: Command | None = None) -> Message:
        """The answer, for the asker alone; ``below``: it is said below a digest. ``forms`` can be shown there, and something may be meant by ``ending`` to end, or not to come."""
        told = aside_message(_line(said.text, below=below))
        if bare_words.courtesy(said.text) or below or len(said.text) > parts.LONGEST:
            return told
        here = await self._subscriptions.here(said)
        found = await self._read(said.text)
        held = bare_words.held_back(ending) if ending else ""
        if held and not (found.placed or parts.stray(held)):
            found = replace(found, core=held, limits="", time="", stops=True)
        known = await self._known(found.core)
        others = found.time or found.asks or ((found.stops or found.denies) and not named_in(said.text, here))
        if here and not held and _is_of_these(said.text, known if others else "", here, ending):
            line = usage_message(outcomes.unsure_of_these(_shown(said.text))).blocks
            listed = await self._edits.listed(said, forms=forms)
            asks = said.text.rstrip()[-1:] == "?" and not (found.time or found.stops or ending)
            return replace(listed, blocks=(*(() if asks else line), *listed.blocks), private=True)
        speaks = bool(here) and (speaks_of(said.text, here) or found.already or found.stops)
        offers = offers_of(found, found.core if held else known, listed=speaks)
        return await self._offering(
            offers, said, "" if found.core or found.held else _line(said.text, below=False)
        )

    async def doubtful(self, command: Command, said: Said, *, below: bool, forms: bool) -> Message | None:
        """The question what is meant, where words stand in what a command is about that hardly stand in what anybody looks for: without them first, then as typed; ``None`` for others."""
        in_words = said.direct and commands.parse(said.text).name != command.name
        if in_words and (_leaves_out(command, said) or await self._is_of_one(command, said)):
            return await self.answer(said, below=below, forms=forms)
        if in_words and (question := await self._of_one_of_these(command, said, below=below, forms=forms)):
            return question
        if not (_is_doubtful(command, said) or await self._adds_an_outlet(command)):
            return None
        if in_words and (not command.typed or named_in(said.text, await self._subscriptions.here(said))):
            return await self.answer(said, below=below, forms=forms)
        found = await self._read(command.argument, alone=command.name == "subscribe")
        if not found.core:
            return await self.answer(said, below=below, forms=forms) if in_words else None
        extra = found.time if command.name == "subscribe" else found.days
        told = await self._known(found.core)
        ways = (f"{told} {found.limits}", found.about)
        cleaned = [f"{command.name} {' '.join(way.split())} {extra}".rstrip() for way in ways]
        other = f"{'search' if command.name == 'subscribe' else 'subscribe'} {found.about}"
        offers = dict.fromkeys((*cleaned, f"{command.name} {command.argument}", other))
        return await self._offering(tuple(offers)[:3], said)

    async def _of_one_of_these(
        self, command: Command, said: Said, *, below: bool, forms: bool
    ) -> Message | None:
        """The question for a sentence about the very name of a subscription that may mean that, or its words: "snooze lamps", "send lamps now"; ``None`` for others."""
        text = commands.query_and_days(command.argument)[0] if command.name == "mute" else command.argument
        text = text.removesuffix(wishes.unclear_length(text)).rstrip()  # "skip lamps this friday"
        now = command.name == "search" and said.text.casefold().rstrip(".!? ").split()[-1:] in _NOW
        if not (now or command.name == "mute") or not picked(text, await self._subscriptions.here(said)):
            return None
        if now:
            return await self.answer(said, below=below, forms=forms)
        return await self._offering(("subscriptions", f"mute {command.argument}"), said)

    async def _adds_an_outlet(self, command: Command) -> bool:
        """Whether a clear wish ends with an outlet, and nothing says that it shall come from there: "wind farm the Courier"."""
        if command.name != "subscribe" or _is_unclear(command.argument):
            return False
        wanted = wishes.read(command.argument).query
        words = wanted.split()
        if _AS_QUERY.search(wanted) or "," in wanted:
            return False
        names = [" ".join(words[-length:]) for length in range(1, min(LONGEST_OUTLET, len(words)) + 1)]
        told = [name for name in names if re.fullmatch(r"[^\W\d_a-zäöü][\w .-]*", name)]
        return any([await self._outlets.alone(name, called=True) for name in told])

    async def _is_of_one(self, command: Command, said: Said) -> bool:
        """Whether a wish that is not clear names a subscription that there is: "make the lamps one later, 8:15"."""
        unclear = command.name == "subscribe" and _is_unclear(command.argument)
        return unclear and named_in(said.text, await self._subscriptions.here(said))

    async def beside(self, told: Message, said: Said) -> Message:
        """What a sentence may mean beside what is told of it, which may begin with a command's word with a typing error."""
        offers = await self.offered(said)
        return replace(told, blocks=(*told.blocks, *offers[-1:]), aside=not offers)

    async def offered(self, said: Said) -> tuple[Block, ...]:
        """What a sentence may mean that found nothing, with a button for each."""
        typed = commands.parse(said.text)
        found, here = (
            await self._read(typed.argument if typed.name else said.text),
            await self._subscriptions.here(said),
        )
        found = replace(found, limits="", days="")
        offers = offers_of(found, await self._known(found.core), listed=bool(here)) if found.core else ()
        return (await self._offering(offers, said)).blocks if offers else ()

    async def _read(self, text: str, *, alone: bool = False) -> Parts:
        """The parts of a sentence, with "from" before an outlet that it names bare: "Courier rugby"; ``alone`` it may be all that is named."""
        found = parts.read(text)
        if len(text) > parts.LONGEST:
            return found
        told = text if found.placed else await self._with_filters(text)
        if told != text:
            found, limit = parts.read(told), re.search(rf'{filter_word("source")}:"[^"]*"', told)
            return found if found.limits or not limit else replace(found, core=limit[0], runs=(), placed=True)
        words = found.core.split()
        spans = (
            (at, at + length)
            for length in range(LONGEST_OUTLET, 0, -1)
            for at in range(len(words) - length + 1)
        )
        for begin, end in spans if len(words) <= LONGEST_NAMING and not found.placed else ():
            name, rest = " ".join(words[begin:end]).rstrip(","), (*words[:begin], *words[end:])
            if (
                (rest or alone or end - begin > 1)
                and re.fullmatch(r"[^\W\d][\w .-]*", name)
                and await self._outlets.alone(name, called=True)
            ):
                limits = _with_outlet(found.limits, name)
                core = _unjoined(rest) or limits
                return replace(found, core=core, runs=(), limits=limits if rest else "")
        return found

    async def _with_filters(self, text: str) -> str:
        """The text with a filter for the outlet that it names behind "in" or the like, or for each that it calls by article and name: "what the Post prints on oil"."""
        told = await self._outlets.named(text)
        for called in islice(_CALLED.finditer(text) if told == text else (), MOST_CALLED):
            if await self._outlets.alone(called["name"], called=True):
                told = told.replace(called[0], f'{filter_word("source")}:"{called["name"]}"', 1)
        return told

    async def _known(self, core: str) -> str:
        """Those of the words that one article has, of each of several things; all of one of which none is known."""
        things: list[list[str]] = [[]]
        for word in _WORD.findall(core):
            if word.casefold() in time_words.JOINTS | time_words.ORS:
                things += [[word], []]
            else:
                things[-1].append(word.rstrip(","))
                things += [[","], []] if word.endswith(",") else []
        told = [one if at % 2 else await self._known_of(one) for at, one in enumerate(things)]
        if len({" ".join(one) for one in told[::2]}) < len(told[::2]):  # "bus strike OR rail strike"
            return core
        return " ".join(word for one in told for word in one).replace(" ,", ",")

    async def _known_of(self, words: list[str]) -> list[str]:
        whole = not words or await self._finds(" ".join(words))
        return words if whole else (await self._found_of(words)).split() or words

    async def _offering(self, offers: Sequence[str], said: Said, line: str = "") -> Message:
        """One line, that of its own or the question, with a button for each of these commands, which does as if it were typed."""
        lines = [" ".join(one.split()) for one in offers]
        told = [outcomes.command(*one.partition(" ")[::2]) for one in lines]
        text = line or outcomes.unsure_of_one(_shown(said.text), [clipped(one, LONG_NAME) for one in told])
        offered = await buttons_for({one: _label(one) for one in lines}, said, self._log, self._clock)
        message = usage_message(text)
        return replace(message, blocks=(*message.blocks, offered), private=True, aside=False)

    async def picked(self, pressed: Pressed) -> str:
        """The command that a button stands for, as it would be typed; empty for a press that is forged, or too old."""
        picked = buttons.picked(pressed.value)
        asked = await self._log.recall(picked.question, pressed) if picked else None
        kind, *lines = (asked or "").split("\n")
        if not picked or kind != OFFERS:
            return ""
        return next((one for one in lines if buttons.mark(one) == picked.mark), "")

    async def of_bare_words(
        self, command: Command, said: Said, *, below: bool, forms: bool
    ) -> Message | None:
        """The answer in place of a search for words that ask for none, and find nothing, or have an outlet in their list; ``None`` for any other."""
        name = command.argument.rpartition(", ")[2] if ", " in command.argument else ""
        listed = name[:1].isupper() and await self._outlets.alone(name, called=True)  # "oil, the Post"
        if command.typed or not (listed or await self._lacks(command, said)):
            return None
        here = await self._subscriptions.here(said)
        found = await self._read(command.argument)
        fewer = await self._known(found.core) != found.core or await self._finds(found.core)
        clear = fewer and not (found.limits or found.stops or parts.stray(command.argument))
        if (clear or _AS_QUERY.search(said.text)) and not speaks_of(said.text, here):
            return None
        return await self.answer(said, below=below, forms=forms)

    async def besides(self, command: Command, said: Said) -> tuple[Block, ...]:
        """What is offered below the answer to a sentence that found nothing."""
        return await self.offered(said) if await self._lacks(command, said) else ()

    async def _lacks(self, command: Command, said: Said) -> bool:
        """Whether a sentence was read as this command, and it finds nothing."""
        in_words = commands.parse(said.text).name != command.name or parts.stray(command.argument)
        return (
            said.direct
            and in_words
            and not (await self._lookup.pages[command.name](command.argument, 0)).total
        )

    async def _found_of(self, words: Sequence[str]) -> str:
        """Those of the words that one article has, in their order, or what they are compounds with."""
        told = [word if await self._finds(word) else seeking.of_compound(word) for word in words]
        told = list(filter(None, told))
        first, last = await self._together(told), (await self._together(told[::-1]))[::-1]
        return " ".join(first if len(first) > len(last) else last)  # a noun stands behind what is said of it

    async def _together(self, words: Sequence[str]) -> list[str]:
        """The words, each if one article has it and those before it."""
        found: list[str] = []
        for word in words:
            found = [*found, word] if await self._finds(" ".join((*found, word))) else found
        return found

    async def _finds(self, words: str) -> bool:
        found = await self._lookup.find(words, limit=1) if words else None
        return found is not None and found.total > 0 and not found.tolerant


def _with_outlet(limits: str, name: str) -> str:
    """The limits with an outlet more, any of which it may be in."""
    by = filter_word("source")
    told = re.search(rf'{by}:"[^"]*"', limits)
    one = f'{by}:"{name}"'
    return limits.replace(told[0], f"({told[0]} OR {one})") if told else f"{limits} {one}".strip()


def _unjoined(words: Sequence[str]) -> str:
    """The words without what would join one to what stood at either end."""
    kept = list(words)
    while kept and kept[-1].casefold() in time_words.JOINTS | time_words.ORS:
        kept.pop()
    return " ".join(kept).rstrip(",")


def _line(text: str, *, below: bool) -> str:
    """What is said to words, to the desk alone, that are no command: to courtesies no more than one line either."""
    match bare_words.courtesy(text):
        case "thanks":
            return say(outcomes.WELCOME)
        case "reply":
            return say(outcomes.READY)
    told = _shown(text)
    return outcomes.unsure_below(told) if below else outcomes.unsure(told)


def _is_of_these(text: str, besides: str, here: Sequence[Subscription], ending: Command | None) -> bool:
    """Whether a sentence is about subscriptions that there are, and not ``besides`` about something else."""
    names = {word for one in here for word in one.name.casefold().split("-")} | time_words.JOINTS
    others = (
        word for word in besides.casefold().split() if not any(is_form_of(word, name) for name in names)
    )
    asks = bool(ending) or speaks_of(text, here)
    return asks and not any(others)


def _leaves_out(command: Command, said: Said) -> bool:
    """Whether a sentence that was read as a command says not, or how often or when: "I never want to read about oil again", "monthly, oil", "tell me at 9 what's new on oil"."""
    argument, found = command.argument, parts.read(said.text)
    dated = found.time and not set(found.time.casefold().split()) <= set(argument.casefold().split())
    recurs = command.name == "search" and (bool(dated) or timely.recurs(said.text, argument))
    sought = command.name == "search" and " -" not in argument
    unclear = command.name == "subscribe" and wishes.read(argument).doubt
    return recurs or bool((sought or unclear) and found.denies)


def _is_unclear(wanted: str) -> bool:
    """Whether what a wish says of its time is asked about, or refused."""
    try:
        refuse_unclear(wanted, wishes.read(wanted))
    except Refusal:
        return True
    return False


def _is_doubtful(command: Command, said: Said) -> bool:
    argument = command.argument
    match command.name:
        case "subscribe":
            if _is_unclear(argument):  # which is asked about
                return False
            wish = wishes.read(argument)
            return parts.stray(wish.query) or wish.name.casefold() in parts.LIKENED  # "oil as well"
        case "mute":
            text, _ = commands.query_and_days(argument)
            clear = not (questions.points(text) or questions.is_all(text) or wishes.unclear_length(text))
            told = text.split()[-1:]
            dated = parts.read(text).days or (told and told[0].isdecimal())  # "today's lamps", "lamps 4"
            return clear and not about_a_story(text) and (bool(dated) or parts.stray(text))
        case "search":
            in_words = said.direct and commands.parse(said.text).name != "search"
            return in_words and (parts.stray(argument) or timely.begins_as_condition(said.text))
    return False


def _label(offer: str) -> str:
    name, _, words = offer.partition(" ")
    return _LABELS[name](clipped(words, LONGEST))


_LABELS: Mapping[str, Callable[[str], str]] = {
    "subscribe": pressing.subscribe_to,
    "search": pressing.search_for,
    "mute": lambda words: pressing.mute(words) if words else say(pressing.MUTED),
    "schedule": lambda _: say(pressing.SCHEDULE),
    "quotes": pressing.quotes_of,
    "subscriptions": lambda _: say(pressing.SUBSCRIPTIONS),
}


def _shown(text: str) -> str:
    return clipped(" ".join(text.split()), LONG_NAME)
