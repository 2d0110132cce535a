"""What a reader loads at its first article: importing this reads one."""

from __future__ import annotations

from bot.domain.model import Document
from bot.ingest.reading import ReadingSettings, read_or_unpack
from tests.builders import NOON

read_or_unpack(
    Document(
        "ferry.html",
        b'<html><title>Ferry sails</title><p>"We sail at noon," said Ada Marlow.</p></html>',
        NOON,
    ),
    ReadingSettings(),
)
