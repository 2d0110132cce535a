"""Who may change what a chat gets: the desk's editors, and whom the chat itself lets."""

from __future__ import annotations

from bot.chat.access import Role
from bot.domain.conversations import ConversationPorts
from bot.domain.events import Pressed, Said


async def role_here(heard: Said | Pressed, who: Role, ports: ConversationPorts) -> Role:
    """What they are in this chat, by what was chosen for it. Raises StoreError.

    A guest of another workspace is let do no more than the desk lets them.
    """
    if who != "reader" or heard.direct or heard.sender.foreign:
        return who
    chosen = await ports.subscribing.at(heard.at)
    if chosen == "everybody":
        return "subscriber"
    lets = chosen == "admins" and await ports.administers(heard.at, heard.sender)
    return "subscriber" if lets else who
