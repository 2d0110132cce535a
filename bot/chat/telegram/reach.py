"""Whether the bot can post in a chat, from what Telegram says of both. Pure."""

from __future__ import annotations

from telegram import ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.model import Address

_OUT = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
_IN_CHARGE = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def obstacle(chat: ChatFullInfo, desk: ChatMember, to: Address) -> str | None:
    """What keeps the bot from posting there, with the remedy; ``None`` when nothing does."""
    if chat.type == ChatType.PRIVATE:
        blocked = desk.status == ChatMemberStatus.BANNED
        return "the reader blocked the bot: only they can let it in again" if blocked else None
    if desk.status in _OUT:
        return "the bot is not in the chat: add it"
    if chat.type == ChatType.CHANNEL:
        may = isinstance(desk, ChatMemberAdministrator) and desk.can_post_messages is not False
        return None if may else "the bot may not post in the channel: make it an administrator that may post"
    if not _may_write(chat, desk):
        return "the bot may not write in the chat: give it the right to send messages"
    if to.thread and not chat.is_forum:
        return f"the chat has no topics: leave out /{to.thread}"
    return None


def _may_write(chat: ChatFullInfo, desk: ChatMember) -> bool:
    if isinstance(desk, ChatMemberRestricted):
        return desk.is_member and desk.can_send_messages
    everybody = chat.permissions is None or chat.permissions.can_send_messages is not False
    return everybody or desk.status in _IN_CHARGE
