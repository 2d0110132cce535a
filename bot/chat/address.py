"""Addresses as people write them: `console`, `slack:C0123ABCD`, `telegram:-1001234/45`."""

from __future__ import annotations

import re

from bot.domain.model import Address

_SHAPES = {
    "slack": re.compile(
        r"(?P<chat>[CGD][A-Z0-9]{1,30}|@[UW][A-Z0-9]{1,30})(/(?P<thread>\d{1,12}\.\d{1,9}))?"
    ),
    "telegram": re.compile(r"(?P<chat>-?\d{1,19}|@[A-Za-z]\w{3,31})(/(?P<thread>\d{1,12}))?"),
}
_EXAMPLES = {
    "slack": '"slack:C0123ABCD" or "slack:@U0123"',
    "telegram": '"telegram:-1001234" or "telegram:-1001234/45"',
}


def parse_address(text: str) -> Address:
    """The address; raises ValueError with a sentence that shows how one is written."""
    platform, _, rest = text.partition(":")
    if text == "console":
        return Address("console")
    if platform not in _SHAPES:
        raise ValueError(f'"{text}" is not an address; write "console", "slack:C…" or "telegram:…"')
    if not (found := _SHAPES[platform].fullmatch(rest)):
        raise ValueError(f'"{text}" is not an address on {platform}; write {_EXAMPLES[platform]}')
    return Address(platform, found["chat"], found["thread"] or "")
