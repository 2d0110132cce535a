"""A double that is closed leaves nothing open, however far a connection to it has come."""

from __future__ import annotations

import asyncio
import gc
import socket
from typing import Any

import pytest

from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble


@pytest.mark.parametrize("double", [SlackDouble, TelegramDouble])
async def test_a_connection_that_is_half_accepted_is_closed_with_the_double(double: Any) -> None:
    said: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: said.append(what))
    for turns in range(8):
        async with double() as server:
            address = server._server.sockets[0].getsockname()
            with socket.create_connection(address):
                for _ in range(turns):
                    await asyncio.sleep(0)
                await server.__aexit__(None, None, None)
    gc.collect()
    assert said == []
