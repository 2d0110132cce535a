"""A page that somebody asks for is fetched, put into the inbox, and answered for with its receipt."""

from __future__ import annotations

import asyncio
import secrets

from bot.domain.reasons import Reason
from bot.domain.sourcing import Added, Drop, FetchFailed
from bot.inbox.awaited import AwaitedReceipts
from bot.inbox.naming import named
from bot.inbox.receipts import Receipt
from bot.sources.addresses import checked, host_of
from bot.sources.fetching import Fetching
from bot.sources.pages import name_of, page_file

FOLDER = "added"
FETCH_WITHIN, RECEIPT_WITHIN = 25.0, 25.0
"""Seconds; an answer in chat may take a minute in all."""


class PageAdder:
    """:class:`bot.domain.sourcing.AddPage`."""

    def __init__(self, fetching: Fetching, drop: Drop, receipts: AwaitedReceipts) -> None:
        self._fetching = fetching
        self._drop = drop
        self._receipts = receipts

    async def __call__(self, url: str) -> Added:
        """What became of the page. Raises FetchFailed and InboxError."""
        url = checked(url)
        try:
            async with asyncio.timeout(FETCH_WITHIN):
                page = await self._fetching.fetch(url)
        except TimeoutError as error:
            raise FetchFailed(Reason("source.slow", host=host_of(url), most=FETCH_WITHIN)) from error
        ending, data = page_file(page)
        # A name that no other file ever had: the receipt is known by it.
        name = named(f"{name_of(page.url)[:80]}-{secrets.token_hex(4)}", ending, FOLDER)
        file = await self._drop(name, data)
        receipt = await self._receipts.of(file, RECEIPT_WITHIN)
        return Added(file) if receipt is None else _told(receipt)


def _told(receipt: Receipt) -> Added:
    titled = next((one for one in (receipt, *receipt.parts) if one.title), receipt)
    return Added(receipt.file, receipt.outcome, titled.title or "", receipt.reason, titled.entry)
