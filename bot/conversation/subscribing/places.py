"""Where a subscription's digests go, as somebody in a chat is told it."""

from __future__ import annotations

from bot.domain.conversations import NameOf
from bot.domain.events import Pressed, Said
from bot.domain.model import Address


def is_here(to: Address, said: Said | Pressed) -> bool:
    """Whether what goes there comes to this chat; a person's own address is their direct conversation."""
    own = said.direct and to.chat == f"@{said.sender.id}"
    return to.platform == said.at.platform and (own or to.chat == said.at.chat)


async def elsewhere(to: Address, said: Said | Pressed, name_of: NameOf) -> str:
    """What the place is called, its address where it has no name; empty for this chat."""
    return "" if is_here(to, said) else await name_of(to) or str(to)
