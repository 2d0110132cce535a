"""An IMAP server on loopback for what no real one does: letters without number, and answers that break every rule.

It knows the commands that a mailbox is read by (RFC 3501, 2177, 6851). Its folder is ``letters``, by their numbers; a
folder of any size is a mapping that makes each letter when it is asked for.
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice

from bot.domain.sourcing import Mailbox
from tests.doubles.listening import listening

Odd = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]
"""What is answered in place of the right thing: it is given the command's tag."""

PASSWORD = "correct horse"

_FETCHED = re.compile(rb"(\d+)(?::(\d+))?\s+\((.*)\)", re.DOTALL)


@dataclass
class ImapServer:
    """``odd`` answers by command, once connected by ``greeting``; every line that came is in ``heard``.

    What AUTHENTICATE was told is in ``proofs``; with ``tokens``, one of them has to be in it.
    """

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    can: str = "IMAP4rev1 AUTH=PLAIN IDLE MOVE UIDPLUS"
    odd: dict[str, Odd] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    proofs: list[bytes] = field(default_factory=list)
    tokens: set[str] | None = None
    moved: list[int] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    waiting: list[asyncio.StreamWriter] = field(default_factory=list)
    idles: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    def mailbox(self, **changed: object) -> Mailbox:
        told = {"user": "desk", "port": self.port, "tls": False, "password": PASSWORD, **changed}
        return Mailbox("127.0.0.1", **told)  # type: ignore[arg-type]

    def times(self, words: str) -> int:
        return sum(words in line for line in self.heard)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if odd := self.odd.get("greeting"):
                await odd(writer, b"*")
            writer.write(b"* OK [CAPABILITY " + self.can.encode() + b"] double\r\n")
            while line := await reader.readline():
                tag, _, words = line.strip().partition(b" ")
                name, _, rest = words.partition(b" ")
                if name.upper() == b"UID":
                    name, _, rest = rest.partition(b" ")
                    name = b"UID " + name
                self.heard.append(words.decode("latin-1"))
                if odd := self.odd.get(name.decode().upper()):
                    await odd(writer, tag)
                else:
                    await self._answer(reader, writer, tag, name.decode().upper(), rest)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tag: bytes, name: str, rest: bytes
    ) -> None:
        match name:
            case "CAPABILITY":
                writer.write(b"* CAPABILITY " + self.can.encode() + b"\r\n")
            case "AUTHENTICATE":
                writer.write(b"+ \r\n")
                self.proofs.append(base64.b64decode(await reader.readline()))
                if self.tokens is not None and not any(
                    f"Bearer {one}\x01".encode() in self.proofs[-1] for one in self.tokens
                ):
                    writer.write(b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n")
                    self.proofs.append(base64.b64decode(await reader.readline()))
                    writer.write(
                        tag + b" NO [AUTHENTICATIONFAILED] " + self.proofs[-2].split(b"\x01")[-3] + b"\r\n"
                    )
                    return
            case "SELECT" | "EXAMINE":
                told = len(self.letters), self.validity, max(self.letters, default=0) + 1
                writer.write(b"* %d EXISTS\r\n* OK [UIDVALIDITY %d]\r\n* OK [UIDNEXT %d]\r\n" % told)
            case "FETCH" | "UID FETCH":
                self._fetch(writer, rest, by_uid=name != "FETCH")
            case "UID MOVE":
                for uid in _numbers(rest):
                    self.moved.append(uid)
                    self.letters.pop(uid, None)
            case "UID STORE":
                self.seen += _numbers(rest)
            case "IDLE":
                writer.write(b"+ idling\r\n")
                self.waiting.append(writer)
                self.idles.set()
                return
        writer.write(tag + b" OK done\r\n")

    def _fetch(self, writer: asyncio.StreamWriter, rest: bytes, *, by_uid: bool) -> None:
        found = _FETCHED.fullmatch(rest.strip())
        assert found, rest
        first, last = int(found[1]), int(found[2] or found[1])
        uids = list(self.letters)
        wanted = [first] if by_uid else list(islice(uids, first - 1, last))
        for uid in wanted:
            if uid not in self.letters:
                continue
            data = self.letters[uid]
            head = data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            place = 1 if by_uid else uids.index(uid) + 1
            told = b"* %d FETCH (UID %d RFC822.SIZE %d" % (place, uid, len(data))
            if b"BODY" in found[3]:
                part = head[:4000] if b"HEADER" in found[3] else data
                told += b" BODY[] {%d}\r\n" % len(part) + part
            writer.write(told + b")\r\n")

    def put(self, uid: int, data: bytes) -> None:
        """A letter comes; whoever waits is told."""
        self.letters[uid] = data
        for writer in self.waiting:
            writer.write(b"* %d EXISTS\r\n" % len(self.letters))
        self.waiting.clear()
        self.idles.clear()


def _numbers(rest: bytes) -> Sequence[int]:
    return [int(one) for one in rest.split(b" ")[0].split(b",")]


@asynccontextmanager
async def imap_server(**told: object) -> AsyncIterator[ImapServer]:
    """A server that is open for the block."""
    made = ImapServer(**told)  # type: ignore[arg-type]
    async with listening(made.connected) as made.port:
        yield made


# --- what breaks the rules -------------------------------------------------------------------------------


def says(line: bytes) -> Odd:
    """This line, as the command's own answer."""

    async def odd(writer: asyncio.StreamWriter, tag: bytes) -> None:
        writer.write(tag + b" " + line + b"\r\n")

    return odd


def raw(data: bytes) -> Odd:
    """These bytes, and nothing more."""

    async def odd(writer: asyncio.StreamWriter, _: bytes) -> None:
        writer.write(data)

    return odd


async def silent(_: asyncio.StreamWriter, __: bytes) -> None:
    """Nothing at all."""
    await asyncio.Event().wait()


async def dripping(writer: asyncio.StreamWriter, _: bytes) -> None:
    """A byte now and then, each before a limit on reading would end it."""
    while True:
        writer.write(b"*")
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless(writer: asyncio.StreamWriter, _: bytes) -> None:
    """Lines without end."""
    while True:
        writer.write(b"* 1 FETCH (FLAGS ())\r\n" * 1000)
        await writer.drain()


async def hung_up(writer: asyncio.StreamWriter, _: bytes) -> None:
    """The end of the connection."""
    writer.transport.abort()
