"""Who is answered, and what they may change. Pure.

A rule is written as the platform's name and an id, a workspace's, a chat's or a person's:
``slack:T0123``, ``slack:C0123``, ``slack:U0123``, ``telegram:-1001``, ``telegram:1234``. ``telegram:-1001/admins``
are those who write in that chat's own name: its administrators, as the platform sees to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.events import Sender
from bot.domain.model import CONSOLE, Address

Role = Literal["reader", "subscriber", "editor", "admin"]
"""A subscriber is a reader whom a chat lets change what it gets."""

ADMINS = "/admins"
"""At the end of a rule: who writes in the chat's own name."""


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """The rules of ``[access]``. ``editors`` and ``admins`` raise those whom ``allow`` lets in."""

    allow: frozenset[str] = frozenset()
    editors: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()


def role(settings: AccessSettings, sender: Sender, at: Address) -> Role | None:
    """What the sender is at this place; ``None`` for a stranger, who gets no answer at all.

    An empty ``allow`` lets nobody in. Whoever sits at the console runs the desk: an admin.
    """
    if sender.platform == at.platform == CONSOLE.platform:
        return "admin"
    names = _names(sender, at)
    if not names & settings.allow:
        return None
    if names & settings.admins:
        return "admin"
    return "editor" if names & settings.editors else "reader"


def followed(settings: AccessSettings, moves: Mapping[Address, Address]) -> AccessSettings:
    """The rules, in which a chat that has another id now is meant by either."""

    def both(rules: frozenset[str]) -> frozenset[str]:
        kinds = ("", ADMINS)
        return rules | {
            _rule(new) + kind for old, new in moves.items() for kind in kinds if _rule(old) + kind in rules
        }

    return AccessSettings(both(settings.allow), both(settings.editors), both(settings.admins))


def rules_for(sender: Sender, chat: str) -> tuple[str, ...]:
    """What could stand under ``allow`` to let the sender in who wrote in this chat, the widest first."""
    chats = () if sender.foreign else (chat,)
    ids = dict.fromkeys(one for one in (sender.workspace, *chats, sender.id) if one)
    return tuple(f"{sender.platform}:{one}" for one in ids)


def rules_of(sender: Sender) -> tuple[str, ...]:
    """Every rule that means the sender and not the place, the narrowest first."""
    return tuple(f"{sender.platform}:{one}" for one in (sender.id, sender.workspace) if one)


def may_change(who: Role, *, direct: bool) -> bool:
    """Whether they may change what a chat gets, or have it now: in their own conversation, or whom the chat or the desk lets."""
    return direct or who != "reader"


def is_editor(who: Role) -> bool:
    """Whether the desk itself trusts them, whatever a chat lets them do."""
    return who in {"editor", "admin"}


def may_read(settings: AccessSettings, sender: Sender, chat: Address) -> bool:
    """Whether they may have elsewhere what is posted to the chat: one of its platform, let in as a person.

    Who is let in only for the chat that they write in has what that chat gets, and no more.
    """
    return sender.platform == chat.platform and role(settings, sender, Address(chat.platform)) is not None


def rule_of_its_admins(sender: Sender, at: Address) -> str:
    """The rule for all who write in this chat's own name; empty where somebody writes in theirs."""
    return _rule(at) + ADMINS if at.chat and sender.id == at.chat else ""


def _rule(chat: Address) -> str:
    return f"{chat.platform}:{chat.chat}"


def _names(sender: Sender, at: Address) -> frozenset[str]:
    """Every rule that speaks of this sender at this place; an id that is missing is in no rule, and a chat's is for its own people."""
    if sender.platform != at.platform:
        return frozenset()
    ids = (sender.workspace, sender.id, "" if sender.foreign else at.chat)
    admins = rule_of_its_admins(sender, at)
    return frozenset(f"{at.platform}:{one}" for one in ids if one) | ({admins} if admins else set())
