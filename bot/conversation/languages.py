"""Which language is spoken in a chat, and ``/language``, which says so and changes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.domain.conversations import ChatLanguage, ChatLanguages
from bot.domain.events import Pressed, Said
from bot.domain.message import Message
from bot.domain.model import Address, Subscription
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import aside_message, private_message, usage_message
from bot.wording import subscribing
from bot.wording.chat import settings
from bot.wording.language import known, say, speaking

AUTO = frozenset({"auto", "automatic", "automatisch"})


class LanguagesSpoken:
    """Chooses the language of each answer and digest. Raises StoreError.

    The first that is there of: what was chosen in the chat; of a digest before that, and of an answer in a chat of
    several after it, what its channel's ``language`` says; to one reader alone, what their platform says; ``desk``.
    """

    def __init__(self, kept: ChatLanguages, channels: Sequence[Subscription], desk: str) -> None:
        self._kept = kept
        self._channels = channels
        self._desk = desk

    @property
    def desk(self) -> str:
        """What is spoken where nothing else says."""
        return self._desk

    async def answering(self, incoming: Said | Pressed) -> str:
        """The language of an answer; what the reader's platform says is kept for their digests."""
        here, told = await self._kept.at(incoming.at), known(incoming.sender.language)
        if incoming.direct and told and told != here.named:
            for place in _places(incoming):
                await self._kept.name(place, told)
        return self._of(incoming, here)

    async def telling(self, subscription: Subscription) -> str:
        """The language of a digest."""
        here = await self._kept.at(subscription.to)
        return known(subscription.language, here.chosen, here.named, self._desk)

    async def command(self, argument: str, said: Said, may: Callable[[], Awaitable[bool]]) -> Message:
        """Which language is spoken here; with a language, that it is from now on, where who speaks ``may`` say so."""
        wanted = argument.strip()
        here = await self._kept.at(said.at)
        if not wanted:
            return private_message(subscribing.spoken_here(self._of(said, here)))
        chosen = "" if wanted.casefold() in AUTO else subscribing.language_of(wanted)
        if not chosen and wanted.casefold() not in AUTO:
            return private_message(subscribing.no_language(clipped(wanted, LONG_NAME)))
        if not await may():
            return aside_message(say(settings.NOT_YOURS))
        await self.choose(chosen, said)
        now_spoken = self._of(said, replace(here, chosen=chosen))
        with speaking(now_spoken):
            told = subscribing.speaks(now_spoken) if chosen else subscribing.speaks_again(now_spoken)
            fixed = [one for one in self._here(said) if one.language and known(one.language) != now_spoken]
            others = [subscribing.digest_speaks(one.name, known(one.language)) for one in fixed]
            return usage_message(" ".join((told, *others)))

    async def choose(self, language: str, incoming: Said | Pressed) -> None:
        """Speak it in this chat from now on; empty for the one that follows from elsewhere."""
        for place in _places(incoming):
            await self._kept.choose(place, language)

    def _of(self, incoming: Said | Pressed, here: ChatLanguage) -> str:
        own = (incoming.sender.language, here.named) if incoming.direct else ()
        channels = (one.language for one in self._here(incoming))
        return known(here.chosen, *own, *channels, self._desk)

    def _here(self, incoming: Said | Pressed) -> list[Subscription]:
        chats = {(place.platform, place.chat) for place in _places(incoming)}
        return [one for one in self._channels if (one.to.platform, one.to.chat) in chats]


def _places(incoming: Said | Pressed) -> tuple[Address, ...]:
    """The chat; of a direct conversation also the person, whom a channel of the file may name."""
    at = Address(incoming.at.platform, incoming.at.chat)
    return (at, replace(at, chat=f"@{incoming.sender.id}")) if incoming.direct else (at,)
