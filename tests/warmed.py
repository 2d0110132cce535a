"""What a desk loads only when it works: importing this reads an article and makes a client for the platforms."""

from __future__ import annotations

import anyio._backends._asyncio  # noqa: F401 - by httpcore at its first call
import httpx

from bot.chat.telegram.connection import _trusted
from bot.domain.model import Document
from bot.ingest.reading import ReadingSettings, read_or_unpack
from tests.builders import NOON
from tests.once import look_once, trace_little, trust_once

look_once()
trust_once()
trace_little()
httpx.AsyncClient(verify=_trusted())

read_or_unpack(
    Document(
        "ferry.html",
        b'<html><title>Ferry sails</title><p>"We sail at noon," said Ada Marlow.</p></html>',
        NOON,
    ),
    ReadingSettings(),
)
