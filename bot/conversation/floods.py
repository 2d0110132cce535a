"""How much of one person's may wait to be answered, wherever they ask; and one polite line for who asks for more."""

from __future__ import annotations

import logging
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta

from bot.conversation.queues import ChatQueues, Work
from bot.domain.events import Gave, Incoming, Moved, Pressed, Returned, Said, Sender
from bot.domain.messaging import Messenger
from bot.domain.ports import Clock, Say
from bot.views.layout import aside_message
from bot.wording import replies
from bot.wording.language import say, speaking

Spoken = Callable[[Said | Pressed], Awaitable[str]]

WAITING = 20
"""Words of one person that may wait: who types faster than that is a machine, and gets one line."""

CROWD = 10 * WAITING
"""Words of one chat that may wait, whoever says them."""

AGAIN = timedelta(minutes=1)
"""Who goes on is told again after so long."""

MOST_TOLD = 1_000
"""People of whom it is remembered that they were told; beyond it the first is told anew."""

_log = logging.getLogger(__name__)

_Person = tuple[str, str]


class Floods:
    """What each person has waiting, in all chats of a platform together: at most ``most``, else nothing more until it is answered."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = most
        self._clock = clock
        self._waiting: Counter[_Person] = Counter()
        self._over: set[_Person] = set()
        self._told: OrderedDict[_Person, datetime] = OrderedDict()

    async def put(
        self, queues: ChatQueues, key: Hashable, incoming: Incoming, work: Work, told: Work | None = None
    ) -> None:
        """Queue the work; where it is too much, ``told`` stands behind all that waits there, once in a while."""
        if isinstance(incoming, Moved | Returned):
            await queues.put(key, work)
            return
        sender = incoming.sender

        async def counted() -> None:
            try:
                await work()
            finally:
                self.done(sender)

        if self.takes(sender):
            if await queues.put(key, counted):
                return
            self.done(sender)
        if told and self.tells(sender):
            await queues.put(key, told, beyond=True)

    def takes(self, sender: Sender) -> bool:
        """Whether one more of theirs may wait, which is counted until it is ``done``."""
        person = _person(sender)
        if person in self._over or self._waiting[person] >= self._most:
            self._over.add(person)
            return False
        self._waiting[person] += 1
        return True

    def done(self, sender: Sender) -> None:
        """One of theirs waits no longer."""
        person = _person(sender)
        self._waiting[person] -= 1
        if self._waiting[person] <= 0:
            del self._waiting[person]
            self._over.discard(person)

    def tells(self, sender: Sender) -> bool:
        """Whether they are to be told now that it was too much; if so, they count as told."""
        person, now = _person(sender), self._clock.now()
        if person in self._told and now - self._told[person] < AGAIN:
            return False
        self._told[person] = now
        self._told.move_to_end(person)
        if len(self._told) > MOST_TOLD:
            self._told.popitem(last=False)
        return True


def _person(sender: Sender) -> _Person:
    return sender.platform, sender.id


async def too_much(incoming: Incoming, messenger: Messenger, post: Say, spoken: Spoken) -> None:
    """Say it to who was passed over, behind what is answered; what people say to each other is left alone."""
    _log.warning("%s: more was said than can be answered; some of it is passed over", incoming.at)
    if isinstance(incoming, Gave):
        incoming = incoming.said()
    if not isinstance(incoming, Said | Pressed) or (isinstance(incoming, Said) and incoming.meant != "named"):
        return
    with speaking(await spoken(incoming)):
        told = aside_message(say(replies.TOO_MUCH))
        await messenger.reply(incoming, told, post)
