"""A wire on loopback to a server, that a test cuts and mends."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Self


class Wire:
    """Listens on 127.0.0.1 and carries bytes to a server's Unix socket; cut, it drops what it carries and lets nobody in."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self._whole = True
        self.cuts = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1")
        return self

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """From now on nothing comes through."""
        self._whole = False
        self.cuts += 1
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        """New connections come through again."""
        self._whole = True

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        carrying = asyncio.current_task()
        assert carrying is not None
        self._carrying.add(carrying)
        carrying.add_done_callback(self._carrying.discard)
        try:
            if self._whole:
                there, back = await asyncio.open_unix_connection(self._path)
                self._ends.add(back)
                if not self._whole:  # cut meanwhile
                    back.transport.abort()
                await asyncio.gather(_poured(reader, back), _poured(there, writer))
                self._ends.discard(back)
        except OSError:  # there is no server behind it just now
            pass
        finally:
            self._ends.discard(writer)
            writer.transport.abort()

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        assert self._server is not None
        self._server.close()
        await asyncio.gather(*self._carrying, return_exceptions=True)
        await self._server.wait_closed()


async def _poured(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    """All that comes, until either end is lost; then the other end is, too."""
    with suppress(ConnectionError):
        while data := await source.read(1 << 16):
            into.write(data)
            await into.drain()
    into.transport.abort()
