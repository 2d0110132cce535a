"""What is answered to words to the desk alone that are not understood: what they may be about, and nothing is done."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import bare_words, wishes
from bot.chat.commands import Page
from bot.conversation.finding.lookup import Lookup, question_of
from bot.conversation.subscribing.editing import SubscriptionEdits
from bot.conversation.subscribing.naming import speaks_of
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.domain.conversations import ConversationLog
from bot.domain.events import Said
from bot.domain.message import Button, Buttons, Message
from bot.domain.ports import Clock
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import usage_message
from bot.wording import outcomes
from bot.wording.chat import pressing
from bot.wording.language import say

LONGEST = 30
"""Characters of the words on a button."""


class UnsureAnswers:
    """One line, with the subscriptions that it speaks of, or a button that searches. Raises BotError only when the store or the index fails."""

    def __init__(
        self,
        clock: Clock,
        lookup: Lookup,
        log: ConversationLog,
        subscriptions: SubscriptionCommands,
        edits: SubscriptionEdits,
    ) -> None:
        self._clock = clock
        self._lookup = lookup
        self._log = log
        self._subscriptions = subscriptions
        self._edits = edits

    async def answer(self, said: Said, *, below: bool, forms: bool, ending: bool = False) -> Message:
        """The answer, for the asker alone; ``below``: it is said below a digest. ``forms`` can be shown there, and something may be meant by ``ending`` words to end."""
        told = replace(usage_message(_line(said.text, below=below)), private=True, aside=True)
        if bare_words.courtesy(said.text) or below:
            return told
        here = await self._subscriptions.here(said)
        if here and (ending or speaks_of(said.text, here)):
            line = usage_message(outcomes.unsure_of_these(_shown(said.text)))
            listed = await self._edits.listed(said, forms=forms)
            return replace(listed, blocks=(*line.blocks, *listed.blocks), private=True)
        offer = await self.offered(said)
        return replace(told, blocks=(*told.blocks, *offer), aside=not offer)

    async def offered(self, said: Said) -> tuple[Buttons, ...]:
        """A button that searches for what a sentence is about, in place of the message that carries it; none where nothing is found."""
        words, now = bare_words.subject(said.text), self._clock.now()
        if not await self._finds(words):
            words = " ".join([word for word in words.split() if await self._finds(word)])
            if not await self._finds(words):
                return ()
        token = await self._log.remember(question_of("search", words, now), said.at, said.sender, now)
        label = pressing.search_for(clipped(words, LONGEST))
        return (Buttons((Button(label, "page", str(Page(token, 0))),)),)

    async def _finds(self, words: str) -> bool:
        return bool(words) and (await self._lookup.find(words, limit=1)).total > 0


def _line(text: str, *, below: bool) -> str:
    """What is said to words, to the desk alone, that are no command: to courtesies no more than one line either."""
    match bare_words.courtesy(text):
        case "thanks":
            return say(outcomes.WELCOME)
        case "reply":
            return say(outcomes.READY)
    told = _shown(text)
    if wishes.is_regular(text) and not below:
        return outcomes.perhaps_regularly(bare_words.without_opening(told))
    return outcomes.unsure_below(told) if below else outcomes.unsure(told)


def _shown(text: str) -> str:
    return clipped(" ".join(text.split()), LONG_NAME)
