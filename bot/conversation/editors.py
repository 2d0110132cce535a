"""What changes what a chat gets, and why somebody may not do so, or post there. Pure."""

from __future__ import annotations

from bot.chat.access import AccessSettings, may_read, rule_of_its_admins
from bot.domain.events import Pressed, Said
from bot.wording import reaching
from bot.wording.language import say

CHANGING = frozenset({"join", "mute", "unmute"})
"""Presses after which a chat gets something else."""

MAY_CHANGE = frozenset(
    {"subscribe", "unsubscribe", "mute", "unmute", "digest", "help", "change", "edit", "join", "wish"}
)
"""Commands and presses that may change what a chat gets; what stands for help may begin with a link's wish."""


def refusal(said: Said | Pressed, otherwise: str) -> str:
    """The sentence for somebody who writes in the chat's own name, so that nobody can tell who it is; else ``otherwise``."""
    rule = rule_of_its_admins(said.sender, said.at)
    return reaching.nameless(rule) if rule else otherwise


def may_not_change(said: Said | Pressed, access: AccessSettings) -> str:
    """Why they may not change what the chat gets; only who may speak to the desk elsewhere is told to do it there."""
    why = say(reaching.EDITORS_SUBSCRIBE)
    if may_read(access, said.sender, said.at):
        why = f"{why} {say(reaching.SUBSCRIBE_ALONE)}"
    return refusal(said, why)
