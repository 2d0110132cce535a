"""Why somebody may not change what a chat gets, or post there. Pure."""

from __future__ import annotations

from bot.chat.access import AccessSettings, may_read, rule_of_its_admins
from bot.domain.events import Pressed, Said
from bot.wording import reaching
from bot.wording.language import say


def refusal(said: Said | Pressed, otherwise: str) -> str:
    """The sentence for who writes in the chat's own name, of whom nobody can tell which person it is; else ``otherwise``."""
    rule = rule_of_its_admins(said.sender, said.at)
    return reaching.nameless(rule) if rule else otherwise


def may_not_change(said: Said | Pressed, access: AccessSettings) -> str:
    """Why what the chat gets is not for them to change; who is let in with this chat alone is not sent to another."""
    why = say(reaching.EDITORS_SUBSCRIBE)
    if may_read(access, said.sender, said.at):
        why = f"{why} {say(reaching.SUBSCRIBE_ALONE)}"
    return refusal(said, why)
