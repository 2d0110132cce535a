"""Whether the bot can post in a chat, from what Telegram says of both. Pure."""

from __future__ import annotations

from telegram import ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.model import Address
from bot.domain.reasons import Reason

_OUT = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
_IN_CHARGE = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def obstacle(chat: ChatFullInfo, desk: ChatMember, to: Address) -> Reason | None:
    """What keeps the bot from posting there, with the remedy; ``None`` when nothing does."""
    if chat.type == ChatType.PRIVATE:
        blocked = desk.status == ChatMemberStatus.BANNED
        return Reason("telegram.blocked") if blocked else None
    if desk.status in _OUT:
        return Reason("telegram.not_in")
    if chat.type == ChatType.CHANNEL:
        may = isinstance(desk, ChatMemberAdministrator) and desk.can_post_messages is not False
        return None if may else Reason("telegram.posting")
    if not _may_write(chat, desk):
        return Reason("telegram.rights")
    if to.thread and not chat.is_forum:
        return Reason("telegram.no_topics", thread=to.thread)
    return None


def _may_write(chat: ChatFullInfo, desk: ChatMember) -> bool:
    if isinstance(desk, ChatMemberRestricted):
        return desk.is_member and desk.can_send_messages
    everybody = chat.permissions is None or chat.permissions.can_send_messages is not False
    return everybody or desk.status in _IN_CHARGE
