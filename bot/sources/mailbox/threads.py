"""What blocks gets a thread of its own, which nobody has to wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """The result of ``work``, or its error.

    Not of the event loop's pool, which a few silent servers would fill, and which a desk that ends waits for.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[[], None]) -> None:
        if not future.done():
            set_it()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - raised where it is awaited
            told = error
            done = lambda: settle(lambda: future.set_exception(told))  # noqa: E731
        else:
            done = lambda: settle(lambda: future.set_result(result))  # noqa: E731
        with suppress(RuntimeError):  # the loop is closed, and nobody waits
            loop.call_soon_threadsafe(done)

    threading.Thread(target=run, name="mailbox", daemon=True).start()
    return await future
