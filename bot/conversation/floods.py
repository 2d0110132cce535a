"""One polite line for who asks for more than waits to be answered."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.events import Incoming, Pressed, Said
from bot.domain.messaging import Messenger, Say
from bot.views.layout import usage_message
from bot.wording import replies
from bot.wording.language import say, speaking

Spoken = Callable[[Said | Pressed], Awaitable[str]]

_log = logging.getLogger(__name__)


async def too_much(incoming: Incoming, messenger: Messenger, post: Say, spoken: Spoken) -> None:
    """Say it once to the first who was passed over, behind what is answered; what people say to each other is left alone."""
    _log.warning("%s: more was said than can be answered; some of it is passed over", incoming.at)
    if not isinstance(incoming, Said | Pressed) or (isinstance(incoming, Said) and incoming.meant != "named"):
        return
    with speaking(await spoken(incoming)):
        told = replace(usage_message(say(replies.TOO_MUCH)), private=True, aside=True)
        await messenger.reply(incoming, told, post)
