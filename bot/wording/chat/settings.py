"""What the desk says where a chat's settings are looked at and changed.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording import phrases
from bot.wording.language import counted, say
from bot.wording.phrases import quoted

TITLE = "Settings of this chat"
LANGUAGE, ZONE, QUIET = "Language", "Zone", "Quiet hours"
WHICH_LANGUAGE = "Which language shall I speak here?"
WHICH_QUIET = "When shall nothing come? What comes then is told at the end of these hours."
AS_ELSEWHERE = "What follows from elsewhere"
NO_QUIET = "None"
EXPIRED = "This button is no longer good. /settings shows what is set for this chat."
NOT_YOURS = "What is set for this chat is for its administrators, as the platform names them, and for editors of this desk."
SEE_ALSO = "/subscriptions changes each of them, /mute lists what is left out."
SUBSCRIBING = "Who subscribes"
WHO_SHALL_SUBSCRIBE = "Who shall be able to subscribe, mute and post digests here?"
LETS = {
    "editors": "Editors of this desk",
    "admins": "Administrators, too",
    "everybody": "Everybody",
}
"""The choices, on their buttons."""

LET = {
    "editors": "Editors of this desk subscribe and post here; whoever runs it names them under [access].",
    "admins": "Administrators of this chat and editors of this desk subscribe and post here.",
    "everybody": "Everybody here subscribes and posts.",
}

QUIET_TOLD = {"22000700": "22:00-07:00", "20000800": "20:00-08:00", "18000900": "18:00-09:00"}
"""Quiet hours that can be chosen."""


def language(name: str) -> str:
    """What is spoken in the chat."""
    return say("Language: {name}", name=name)


def zones(names: Sequence[str]) -> str:
    """Whose clock counts for the chat's subscriptions."""
    return say("Zone of the times: {names}", names=phrases.listed(names))


def quiet(hours: Sequence[str]) -> str:
    """When nothing comes, where some subscription of the chat has such hours."""
    return say("Quiet hours: {hours}", hours=phrases.listed(hours) if hours else say(NO_QUIET))


def subscriptions(count: int, fixed: int) -> str:
    """How many the chat has, and how many of them only the configuration changes."""
    told = counted(count, "{count} subscription", "{count} subscriptions")
    if not fixed:
        return told
    return say(
        "{told}, of which the configuration has {fixed}, and alone changes that", told=told, fixed=fixed
    )


def subscribing(lets: str) -> str:
    """Who may change what the chat gets, as the store has it."""
    return say(LET[lets or "editors"])


def changed(names: Sequence[str]) -> str:
    """Which subscriptions have it otherwise now."""
    return say("Changed: {names}", names=phrases.listed([quoted(name) for name in names]))
