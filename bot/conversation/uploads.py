"""Files that people give to the desk: put into the inbox, and answered with their receipt."""

from __future__ import annotations

import asyncio

from bot.chat.access import Role, may_change
from bot.domain.errors import Refused, RetryLater, Unconfirmed
from bot.domain.events import Upload
from bot.domain.message import Message
from bot.domain.messaging import FileMessenger
from bot.inbox.drop import InboxDrop, told
from bot.inbox.files import MEGABYTE
from bot.inbox.receipts import Receipt
from bot.views.layout import usage_message
from bot.views.uploads import Told, receipt_message
from bot.wording import uploads

WITHIN = 120.0
"""Seconds that somebody waits for a receipt; a file is usually read within a few."""

GLANCE = 0.5
"""Seconds between two looks for a receipt."""


class UploadAnswers:
    """Takes files in. Raises OSError when the disk does not take one, and BadCredentials."""

    def __init__(self, inbox: InboxDrop | None, *, within: float = WITHIN, glance: float = GLANCE) -> None:
        self._inbox = inbox
        self._within = within
        self._glance = glance

    async def put(self, upload: Upload, who: Role, messenger: FileMessenger) -> str | Message:
        """Fetch the file and put it into the inbox; its name there, or why not."""
        if self._inbox is None:
            return usage_message(uploads.NO_INBOX)
        if not may_change(who, direct=False):  # the library is everybody's, whoever they talk to
            return usage_message(uploads.EDITORS_ADD)
        most = min(self._inbox.largest, messenger.largest_file)
        if upload.size > most:
            return usage_message(uploads.too_large(most / MEGABYTE))
        try:
            data = upload.text.encode() if upload.text else await messenger.fetch(upload, most=most)
        except Refused as refused:
            return usage_message(uploads.not_fetched(str(refused.reason)))
        except (RetryLater, Unconfirmed):
            return usage_message(uploads.LOST)
        return await asyncio.to_thread(self._inbox.put, upload.name, data)

    async def receipt(self, name: str) -> Message:
        """The receipt of the file that ``put`` named so, or that it waits."""
        assert self._inbox is not None
        found, deadline = None, asyncio.get_running_loop().time() + self._within
        while not found and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(self._glance)
            found = await asyncio.to_thread(self._inbox.receipt, name)
        if found is None:
            return usage_message(uploads.waiting(told(name)))
        return receipt_message(told(name), _told(found), [_told(part) for part in found.parts])


def _told(receipt: Receipt) -> Told:
    return receipt.outcome, receipt.title or "", str(receipt.reason) if receipt.reason else ""
