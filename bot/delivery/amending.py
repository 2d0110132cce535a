"""Messages that are to say something else by now: edited or taken away, in their turn among what is posted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.delivery.failures import patience
from bot.delivery.pacing import Pacing
from bot.domain.errors import Refused, Unconfirmed
from bot.domain.events import Delivery
from bot.domain.messaging import Messenger, Outbox
from bot.domain.ports import Clock, Tell
from bot.domain.reasons import Reason
from bot.runtime.failpoints import reach
from bot.wording import forgetting

NotPosted = Callable[[Delivery, Exception], Awaitable[None]]
"""What becomes of a part whose call failed."""

Record = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]
"""Tries until it is on disk."""


class Amending:
    """Makes messages what their parts are. To edit twice is to edit once: one whose answer was lost is made again."""

    def __init__(  # noqa: PLR0913 - posting's own ports, and what it does with results
        self,
        outbox: Outbox,
        messengers: Mapping[str, Messenger],
        tell: Tell,
        pacing: Pacing,
        clock: Clock,
        *,
        record: Record,
        not_posted: NotPosted,
    ) -> None:
        self._outbox = outbox
        self._messengers = messengers
        self._tell = tell
        self._pacing = pacing
        self._clock = clock
        self._record = record
        self._not_posted = not_posted

    async def amend(self, part: Delivery) -> bool:
        """One call about the message of an amended part and its result; false when somebody else has the part."""
        if part.state == "unsure":
            lost = part.reason or Reason("post.ended")
            await self._record(lambda: self._outbox.postpone(part, self._clock.now(), lost))
            return True
        if not await self._outbox.attempt(part, self._clock.now()):
            return False
        messenger = self._messengers[part.to.platform]
        try:
            reach("amend-attempted")
            if part.payload.body:
                await messenger.edit(part.to, part.posted, part.payload)
            else:
                await messenger.withdraw(part.to, part.posted)
            reach("amend-answered")
        except Unconfirmed as error:
            again, why = self._clock.now() + patience(part, error), error.reason
            await self._record(lambda: self._outbox.postpone(part, again, why))
        except Refused as error:
            if error.closed:
                await self._not_posted(part, error)
            else:
                await self._kept_as_it_is(part, error.reason)
        except Exception as error:  # noqa: BLE001 - whatever a messenger raises, the part has a fate
            await self._not_posted(part, error)
        else:
            self._pacing.passed(part.to)
            await self._record(lambda: self._outbox.made_so(part))
        return True

    async def withhold(self, part: Delivery) -> bool:
        """Post nothing of a part of which nothing is left."""
        if part.state == "waiting" and not await self._outbox.attempt(part, self._clock.now()):
            return False
        await self._record(lambda: self._outbox.failed(part, Reason("post.forgotten")))
        return True

    async def _kept_as_it_is(self, part: Delivery, why: Reason) -> None:
        await self._record(lambda: self._outbox.made_so(part, why))
        link = self._messengers[part.to.platform].link(part.to, part.posted)
        await self._tell(forgetting.stays(str(part.to), link or part.posted, str(why)), urgent=True)
