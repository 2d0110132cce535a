"""A message whose details stand in threads: each post, and beneath it its thread. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from bot.domain.events import Payload
from bot.domain.message import Break, Message, Thread


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


def posts(message: Message) -> Iterator[tuple[Message, Message | None]]:
    """The posts of a message that has threads, each with its own; of any other the message as it is."""
    if not any(isinstance(block, Thread) for block in message.blocks):
        yield message, None
        return
    for is_break, run in groupby(message.blocks, lambda block: isinstance(block, Break)):
        if is_break:
            continue
        blocks = tuple(run)
        head = tuple(block for block in blocks if not isinstance(block, Thread))
        below = tuple(one for block in blocks if isinstance(block, Thread) for one in block.blocks)
        yield replace(message, blocks=head), replace(message, blocks=below) if below else None


def unthreaded(message: Message) -> Message:
    """The message with its threads where they belong, for a place that has none."""
    blocks = (block.blocks if isinstance(block, Thread) else (block,) for block in message.blocks)
    return replace(message, blocks=tuple(one for some in blocks for one in some))
