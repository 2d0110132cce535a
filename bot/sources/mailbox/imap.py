"""A connection to an IMAP server under limits: of time for each command, and of bytes for what it answers.

The protocol (RFC 3501, 2177, 4315, 6851) is the standard library's. Its calls block, so each runs in a thread,
and what ends the wait for it ends the connection.
"""

from __future__ import annotations

import asyncio
import base64
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, Mailbox
from bot.sources.mailbox.strings import BEARING, bearing, encoded, quoted
from bot.sources.mailbox.threads import in_thread

T = TypeVar("T")

SHORT = 256 * 1024
"""Bytes of an answer that holds no letters."""

LONGEST_HEAD = 4_000
"""Bytes of a letter's senders and subject that are looked at."""

_LETTER = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_SHOWN = re.compile(r":? \[?b['\"]")
"""Begins what the library's errors show of the server's bytes, with escapes in which a password hides."""

_NEWS = re.compile(rb"\* \d{1,10} (?:EXISTS|RECENT)\b", re.IGNORECASE)


class TooMuch(Exception):
    """The server sends more than what was asked for can have."""


class _Limited(imaplib.IMAP4):
    """Reads ``left`` bytes and no more; every command is given its own."""

    left = SHORT
    ended = False

    def __init__(self, here: Callable[[_Limited], None], *arguments: Any, **named: Any) -> None:
        """``here`` is told of the connection before it is made, so that it can be ended while it is."""
        here(self)
        super().__init__(*arguments, **named)

    def open(self, *arguments: Any, **named: Any) -> None:
        super().open(*arguments, **named)
        if self.ended:
            self.end()
            raise imaplib.IMAP4.abort("the connection was ended")

    def end(self) -> None:
        """End the connection, also while another thread waits for it."""
        self.ended = True
        if sock := getattr(self, "sock", None):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            # Waits for whoever still reads, who has just been woken.
            threading.Thread(target=self._close, name="mailbox", daemon=True).start()

    def _close(self) -> None:
        with suppress(OSError, AttributeError):
            self.shutdown()

    def read(self, size: int) -> bytes:
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch


class _LimitedTls(_Limited, imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it is selected: its letters, and which numbers they have (``validity``) and will have."""

    letters: int
    validity: int
    next_uid: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter of a folder, before it is fetched: its size in bytes, and the beginning of its head."""

    uid: int
    size: int
    head: bytes


class Imap:
    """One connection, to be used by one task. Every method raises FetchFailed, and no error tells the password."""

    def __init__(self, mailbox: Mailbox, seconds: float, context: ssl.SSLContext | None = None) -> None:
        """``context`` says whom to trust in place of the system's authorities."""
        self._mailbox = mailbox
        self._seconds = seconds
        self._context = context
        self._client: _Limited | None = None

    async def open(self) -> None:
        """Connect and log in."""
        await self._within(self._seconds, self._connect)
        await self._within(self._seconds, self._login)

    def _connect(self) -> None:
        told = self._mailbox
        if told.tls:
            context = self._context or ssl.create_default_context()
            _LimitedTls(self._is, told.host, told.port, ssl_context=context, timeout=self._seconds)
        else:
            _Limited(self._is, told.host, told.port, timeout=self._seconds)

    def _is(self, client: _Limited) -> None:
        self._client = client

    def _login(self) -> None:
        client, told, host = self._ready(), self._mailbox, self._mailbox.host
        try:
            if told.oauth:
                self._by_token(client)
            elif "AUTH=PLAIN" in client.capabilities:
                answer = f"\0{told.user}\0{told.password}".encode()
                client.authenticate("PLAIN", lambda _: answer)
            elif all(one.isascii() and one.isprintable() for one in (told.user, told.password)):
                client.login(quoted(told.user), told.password)
            else:
                raise FetchFailed(Reason("mailbox.ascii", host=host), lasting=True)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            said = self._clean(error)
            refused = (
                Reason("mailbox.login_token", host=host, said=said)
                if told.oauth
                else Reason("mailbox.login", host=host, said=said)
            )
            raise FetchFailed(refused, lasting=True) from None
        client.capabilities = tuple(_text(self._asked(client.capability)).upper().split())

    def _by_token(self, client: _Limited) -> None:
        mechanism = next((one for one in BEARING if f"AUTH={one}" in client.capabilities), "")
        if not mechanism:
            raise FetchFailed(Reason("mailbox.no_oauth", host=self._mailbox.host), lasting=True)
        # A server that refuses says why in a challenge of its own, which wants an answer before its NO.
        answers = iter((bearing(self._mailbox, mechanism), b"\x01" if mechanism == "OAUTHBEARER" else b""))
        client.authenticate(mechanism, lambda _: next(answers, None))

    def can(self, what: str) -> bool:
        """Whether the server has this capability, to those who are logged in."""
        return what in self._ready().capabilities

    async def select(self, *, reading: bool = False) -> Folder:
        """Select the mailbox's folder; ``reading``: to change nothing in it."""
        return await self._within(self._seconds, lambda: self._select(reading=reading))

    def _select(self, *, reading: bool) -> Folder:
        client, host = self._ready(), self._mailbox.host
        status, data = client.select(encoded(self._mailbox.folder), readonly=reading)
        if status != "OK":
            raise FetchFailed(
                Reason(
                    "mailbox.folder", host=host, folder=self._mailbox.folder, said=self._clean(_text(data))
                ),
                lasting=True,
            )
        return Folder(
            _number(data), _number(client.response("UIDVALIDITY")[1]), _number(client.response("UIDNEXT")[1])
        )

    async def uid_at(self, place: int) -> int:
        """The UID of the letter at this place in the folder, from 1; 0 where there is none."""
        found = await self._within(
            self._seconds, lambda: self._asked(self._ready().fetch, str(place), "(UID)")
        )
        return max((listed.uid for listed in _listed(found)), default=0)

    async def listed(self, first: int, last: int) -> Sequence[Listed]:
        """The letters from one place in the folder to another."""
        what = f"(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.{LONGEST_HEAD}>)"
        most = SHORT + (last - first + 1) * (LONGEST_HEAD + 500)
        found = await self._within(
            self._seconds, lambda: self._asked(self._ready().fetch, f"{first}:{last}", what), most
        )
        return _listed(found)

    async def letter(self, uid: int, most: int) -> bytes | None:
        """The letter as it is, of ``most`` bytes; ``None`` where the server does not give it."""
        return await self._within(self._seconds, lambda: self._letter(uid), most + SHORT)

    def _letter(self, uid: int) -> bytes | None:
        try:
            found = self._asked(self._ready().uid, "FETCH", str(uid), "(UID BODY.PEEK[])")
        except _Refused:
            return None
        for one in found:
            if isinstance(one, tuple) and len(one) == 2 and isinstance(one[1], bytes):
                return one[1]
        return None

    async def put_away(self, uids: Sequence[int]) -> None:
        """Move the letters where the mailbox wants them, or mark them as read where it says nothing."""
        await self._within(self._seconds, lambda: self._put_away(",".join(map(str, uids))))

    def _put_away(self, uids: str) -> None:
        client, to = self._ready(), self._mailbox.moved_to
        try:
            if not to:
                self._asked(client.uid, "STORE", uids, "+FLAGS.SILENT", r"(\Seen)")
                return
            moves = "MOVE" in client.capabilities
            self._into(client, "MOVE" if moves else "COPY", uids, encoded(to))
            if not moves:
                self._asked(client.uid, "STORE", uids, "+FLAGS.SILENT", r"(\Deleted)")
                if "UIDPLUS" in client.capabilities:  # EXPUNGE alone would take what others marked
                    self._asked(client.uid, "EXPUNGE", uids)
        except _Refused as error:
            raise FetchFailed(
                Reason("mailbox.away", folder=to or self._mailbox.folder, said=error.said)
            ) from None

    def _into(self, client: _Limited, how: str, uids: str, folder: str) -> None:
        try:
            self._asked(client.uid, how, uids, folder)
        except _Refused:  # it may not be there yet
            if client.create(folder)[0] != "OK":
                raise
            self._asked(client.uid, how, uids, folder)

    async def idle(self, seconds: float) -> bool:
        """Wait until letters come, and not longer; whether they did. The connection is of no use afterwards."""
        client = self._ready()
        client.sock.settimeout(seconds + self._seconds)
        try:
            # Not wait_for(), which in Python 3.11 keeps a cancellation to itself that comes with the result.
            async with asyncio.timeout(seconds):
                return await self._within(seconds + self._seconds, self._idle)
        except TimeoutError:
            return False
        finally:
            self.abort()

    def _idle(self) -> bool:
        client = self._ready()
        client.send(b"WAIT1 IDLE\r\n")
        while line := client.readline():
            if _NEWS.match(line):
                return True
            if line.upper().startswith((b"* BYE", b"WAIT1 ")):
                break
        raise imaplib.IMAP4.abort("the connection was ended")

    async def close(self) -> None:
        """Say goodbye, if the server listens."""
        if self._client is not None:
            with suppress(FetchFailed):
                await self._within(min(self._seconds, 5.0), self._ready().logout)
            self.abort()

    def abort(self) -> None:
        """End the connection, also while another thread waits for it."""
        client, self._client = self._client, None
        if client is not None:
            client.end()

    # --- under limits ------------------------------------------------------------------------------

    async def _within(self, seconds: float, work: Callable[[], T], most: int = SHORT) -> T:
        """What ``work`` brings, of ``most`` bytes. The connection ends with whatever ends it early."""
        if self._client is not None:
            self._client.left = most
        try:
            async with asyncio.timeout(seconds):
                return await in_thread(work)
        except FetchFailed:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the library makes of a server's bytes
            self.abort()
            raise self._translated(error, seconds, most) from None  # a server may repeat what it was told
        except BaseException:
            self.abort()
            raise

    def _translated(self, error: Exception, seconds: float, most: int) -> FetchFailed:
        host = self._mailbox.host
        match error:
            case TimeoutError():
                return FetchFailed(Reason("source.slow", host=host, most=seconds))
            case TooMuch():
                return FetchFailed(Reason("mailbox.too_much", host=host, most=most / 1_000_000))
            case ssl.SSLCertVerificationError():
                return FetchFailed(
                    Reason("mailbox.certificate", host=host, said=self._clean(error.verify_message)),
                    lasting=True,
                )
            case OSError() | imaplib.IMAP4.abort() if "unexpected" not in str(error):
                return FetchFailed(Reason("source.unreachable", host=host, said=self._clean(error)))
            case _Refused():
                return FetchFailed(Reason("mailbox.refused", host=host, said=error.said))
        return FetchFailed(Reason("mailbox.protocol", host=host, said=self._clean(error)))

    def _asked(self, command: Callable[..., tuple[str, list[Any]]], *arguments: str) -> list[Any]:
        try:
            status, data = command(*arguments)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise _Refused(self._clean(error)) from None
        if status != "OK":
            raise _Refused(self._clean(_text(data)))
        return data

    def _ready(self) -> _Limited:
        if self._client is None:
            raise imaplib.IMAP4.abort("the connection was ended")
        return self._client

    def _clean(self, error: object) -> str:
        """What a server says, as one short line without the password."""
        told = error.args[0] if isinstance(error, imaplib.IMAP4.error) and error.args else error
        words = told.decode("utf-8", "replace") if isinstance(told, bytes) else _SHOWN.split(str(told))[0]
        for secret in self._secrets():
            words = words.replace(secret, "(password)")
        line = "".join(one if one.isprintable() else " " for one in words)
        return " ".join(line.split())[:200]

    def _secrets(self) -> Sequence[str]:
        """What the password looks like as it is, and in either way that it is sent."""
        password = self._mailbox.password
        if not password:
            return ()
        answers = [f"\0{self._mailbox.user}\0{password}".encode()]
        answers += [bearing(self._mailbox, one) for one in BEARING]
        sent = [base64.b64encode(one).decode() for one in answers]
        return sorted((password, *sent, quoted(password)[1:-1]), key=len, reverse=True)


class _Refused(Exception):
    """The server answers NO or BAD; ``said`` is how."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


def _listed(data: Sequence[Any]) -> list[Listed]:
    """The letters of an answer to FETCH: each is a head with its literal, and what is behind it."""
    found = dict[int, Listed]()
    for place, one in enumerate(data):
        told, literal = one if isinstance(one, tuple) else (one, b"")
        if isinstance(one, tuple) and place + 1 < len(data) and isinstance(data[place + 1], bytes):
            told += data[place + 1]  # a server may say UID and size behind the literal
        if isinstance(told, bytes) and (uid := _LETTER.search(told)):
            size = _SIZE.search(told)
            listed = Listed(int(uid[1]), int(size[1]) if size else 0, literal)
            if listed.uid not in found or literal:
                found[listed.uid] = listed
    return sorted(found.values(), key=lambda listed: listed.uid)


def _number(data: Sequence[Any]) -> int:
    text = _text(data[-1:]).strip()
    return int(text[:10]) if text.isascii() and text.isdecimal() else 0


def _text(data: Sequence[Any]) -> str:
    return " ".join(one.decode("utf-8", "replace") for one in data if isinstance(one, bytes))
