"""Who may change what a chat gets: the desk's editors, and whom the chat itself lets."""

from __future__ import annotations

from bot.chat import commands
from bot.chat.access import Role
from bot.domain.conversations import ConversationPorts
from bot.domain.events import Pressed, Said

COMMANDS = frozenset({"subscribe", "unsubscribe", "mute", "unmute", "digest", "help"})
"""Commands that may change what a chat gets; one that stands for help may begin with a link's wish."""

ACTIONS = frozenset({"change", "edit", "join", "mute", "unmute"})
"""Presses that may."""


async def role_here(heard: Said | Pressed, who: Role, ports: ConversationPorts) -> Role:
    """What they are in this chat, by what was chosen for it, where it makes a difference. Raises StoreError.

    A guest of another workspace is let do no more than the desk lets them.
    """
    if who != "reader" or heard.direct or heard.sender.foreign or not _may_matter(heard):
        return who
    chosen = await ports.subscribing.at(heard.at)
    if chosen == "everybody":
        return "subscriber"
    lets = chosen == "admins" and await ports.administers(heard.at, heard.sender)
    return "subscriber" if lets else who


def _may_matter(heard: Said | Pressed) -> bool:
    if isinstance(heard, Pressed):
        return heard.action in ACTIONS
    return commands.parse(heard.text).name in COMMANDS
