"""A message whose details stand in threads: each post, and beneath it its thread. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.events import Payload
from bot.domain.message import Message, posts


def rendered(message: Message, render: Callable[[Message], tuple[Payload, ...]]) -> tuple[Payload, ...]:
    """The parts of each post and of its thread, by a platform's ``render``, which knows no threads."""
    parts: list[Payload] = []
    for post, thread in posts(message):
        head = len(parts) + 1
        parts += render(post)
        if thread is not None:
            under = head if len(parts) >= head else 0
            parts += [replace(part, under=under) for part in render(thread)]
    return tuple(parts)
