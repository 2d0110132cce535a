"""What is answered to words to the desk alone that are not understood: what they may be about, and nothing is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat import buttons
from bot.chat.access import Role
from bot.chat.buttons import Page, Picked
from bot.conversation.finding.lookup import Lookup
from bot.conversation.finding.pages import question_of
from bot.conversation.hearing import Hearing
from bot.conversation.subscribing.editing import SubscriptionEdits
from bot.conversation.subscribing.mutes import MuteCommands
from bot.conversation.subscribing.naming import named_in, speaks_of
from bot.conversation.subscribing.offers import WISH
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.domain.conversations import ConversationLog
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Buttons, Message
from bot.domain.ports import Clock
from bot.grammar import bare_words, commands, requests, seeking, timely, wishes
from bot.grammar.commands import Command
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import aside_message, usage_message
from bot.wording import outcomes
from bot.wording.chat import pressing
from bot.wording.language import say

HOLD = "hold"
"""The kind of the question, where it is kept for the button that mutes what shall not come."""

LONGEST = 30
"""Characters of the words on a button."""


_AS_QUERY = re.compile(r"""[":()]|(?:^|\s)-\w|\b(?:OR|NOT|AND)\b""")
"""What only somebody writes who looks for something."""


class UnsureAnswers:
    """One line, with the subscriptions that it speaks of, or a button that searches. Raises BotError only when the store or the index fails."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        clock: Clock,
        lookup: Lookup,
        log: ConversationLog,
        subscriptions: SubscriptionCommands,
        edits: SubscriptionEdits,
        hearing: Hearing,
        mutes: MuteCommands,
    ) -> None:
        self._clock = clock
        self._lookup = lookup
        self._log = log
        self._subscriptions = subscriptions
        self._edits = edits
        self._hearing = hearing
        self._mutes = mutes

    async def answer(self, said: Said, *, below: bool, forms: bool, ending: Command | None = None) -> Message:
        """The answer, for the asker alone; ``below``: it is said below a digest. ``forms`` can be shown there, and something may be meant by ``ending`` to end, or not to come."""
        told = aside_message(_line(said.text, below=below))
        if bare_words.courtesy(said.text) or below:
            return told
        if held := bare_words.held_back(ending) if ending else "":
            line = usage_message(outcomes.perhaps_muted(clipped(held, LONG_NAME)))
            return await self._asked(line, f"{HOLD} {held}", pressing.mute(clipped(held, LONGEST)), said)
        here = await self._subscriptions.here(said)
        wished = _may_be_regular(said.text) and wishes.is_regular(bare_words.without_opening(said.text))
        if here and (ending or speaks_of(said.text, here)) and not (wished and not named_in(said.text, here)):
            line = usage_message(outcomes.unsure_of_these(_shown(said.text)))
            listed = await self._edits.listed(said, forms=forms)
            return replace(listed, blocks=(*line.blocks, *listed.blocks), private=True)
        if wish := _may_be_wished(said.text):
            return await self._asked(told, f"{WISH} {wish}", say(pressing.SUBSCRIBE), said)
        offer = await self.offered(said)
        return replace(told, blocks=(*told.blocks, *offer), aside=not offer)

    async def _asked(self, told: Message, asked: str, label: str, said: Said) -> Message:
        """The line, with a button for the command that is perhaps meant."""
        token = await self._log.remember(asked, said.at, said.sender, self._clock.now())
        button = Button(label, WISH, str(Picked(token)))
        return replace(told, blocks=(*told.blocks, Buttons((button,))), private=True, aside=False)

    async def wished(self, pressed: Pressed, said: Said, who: Role) -> Message | None:
        """What comes of the wish, or the mute, that a button makes of bare words; ``said`` is the press as words. ``None`` for a press that is forged, or too old."""
        picked = buttons.picked(pressed.value)
        asked = await self._log.recall(picked.question, pressed) if picked else None
        kind, _, words = (asked or "").partition(" ")
        if kind == HOLD:
            return await self._mutes.mute(words, said, who)
        if picked and picked.mark:
            words = next((one for one in words.split("\n") if buttons.mark(one) == picked.mark), "")
        if kind != WISH or not words:
            return None
        wish = await self._hearing.command(replace(said, text=f"/subscribe {words}"))
        return await self._subscriptions.subscribe(wish.argument, said, who)

    async def of_bare_words(
        self, command: Command, said: Said, *, below: bool, forms: bool
    ) -> Message | None:
        """The answer in place of a search for words that ask for none, and find nothing; ``None`` for any other."""
        if command.typed or not await self._lacks(command, said):
            return None
        here = await self._subscriptions.here(said)
        if _AS_QUERY.search(command.argument) and not speaks_of(said.text, here):
            return None
        return await self.answer(said, below=below, forms=forms)

    async def besides(self, command: Command, said: Said) -> tuple[Buttons, ...]:
        """What is offered below the answer to a sentence that found nothing."""
        return await self.offered(said) if await self._lacks(command, said) else ()

    async def _lacks(self, command: Command, said: Said) -> bool:
        """Whether a sentence was read as this command, and it finds nothing."""
        in_words = said.direct and commands.parse(said.text).name != command.name
        return in_words and not (await self._lookup.pages[command.name](command.argument, 0)).total

    async def offered(self, said: Said) -> tuple[Buttons, ...]:
        """A button that searches for what a sentence is about, in place of the message that carries it; none where nothing is found."""
        words, now = bare_words.subject(said.text), self._clock.now()
        if not await self._finds(words):
            words = await self._found_of(words.split())
        if not words:
            return ()
        token = await self._log.remember(question_of("search", words, now), said.at, said.sender, now)
        label = pressing.search_for(clipped(words, LONGEST))
        return (Buttons((Button(label, "page", str(Page(token, 0))),)),)

    async def _found_of(self, words: Sequence[str]) -> str:
        """Those of the words that one article has, in their order, or what they are compounds with."""
        told = [word if await self._finds(word) else seeking.of_compound(word) for word in words]
        told = list(filter(None, told))
        first, last = await self._together(told), (await self._together(told[::-1]))[::-1]
        return " ".join(first if len(first) >= len(last) else last)

    async def _together(self, words: Sequence[str]) -> list[str]:
        """The words, each if one article has it and those before it."""
        found: list[str] = []
        for word in words:
            found = [*found, word] if await self._finds(" ".join((*found, word))) else found
        return found

    async def _finds(self, words: str) -> bool:
        found = await self._lookup.find(words, limit=1) if words else None
        return found is not None and found.total > 0 and not found.tolerant


def _line(text: str, *, below: bool) -> str:
    """What is said to words, to the desk alone, that are no command: to courtesies no more than one line either."""
    match bare_words.courtesy(text):
        case "thanks":
            return say(outcomes.WELCOME)
        case "reply":
            return say(outcomes.READY)
    told = _shown(text)
    if not below and (wish := _may_be_wished(text)):
        return outcomes.perhaps_regularly(_shown(wish))
    return outcomes.unsure_below(told) if below else outcomes.unsure(told)


def _may_be_wished(text: str) -> str:
    """The wish that bare words are, or that a sentence may have: empty for others."""
    return bare_words.without_opening(text) if _may_be_regular(text) else timely.perhaps(text)


def _may_be_regular(text: str) -> bool:
    wish = wishes.read(bare_words.without_opening(text))
    talks = requests.is_talk(seeking.without_closing(wish.query))
    return wishes.may_be_regular(wish) and not talks and not bare_words.ends(wish.query)


def _shown(text: str) -> str:
    return clipped(" ".join(text.split()), LONG_NAME)
