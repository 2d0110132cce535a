"""Why somebody may not change what a chat gets, or post there. Pure."""

from __future__ import annotations

from bot.chat.access import rule_of_its_admins
from bot.domain.events import Pressed, Said
from bot.wording import reaching


def refusal(said: Said | Pressed, otherwise: str) -> str:
    """The sentence for who writes in the chat's own name, of whom nobody can tell which person it is; else ``otherwise``."""
    rule = rule_of_its_admins(said.sender, said.at)
    return reaching.nameless(rule) if rule else otherwise
