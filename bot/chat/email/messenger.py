"""E-mail as a place to post: the messenger.

aiosmtplib speaks to the server, over a connection for each letter: servers drop idle ones, and a
digest a day is no reason to keep one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import aiosmtplib

from bot.chat.email import letter
from bot.chat.email.envelope import sealed
from bot.chat.email.errors import refused, unposted
from bot.chat.email.settings import NAME, EmailSettings
from bot.domain.errors import Refused, Unconfirmed
from bot.domain.events import Incoming, Payload, Posted, Pressed, Said, Unknown
from bot.domain.message import Message
from bot.domain.messaging import Capabilities
from bot.domain.model import Address
from bot.domain.ports import Say, at_once
from bot.domain.reasons import Reason

PARTING = 5.0
"""Seconds in which a server may say goodbye."""


class EmailMessenger:
    """E-mail, as the port ``Messenger`` promises; nobody is heard."""

    platform = NAME
    capabilities = Capabilities(history=True, private=False, edits=False)

    def __init__(self, settings: EmailSettings) -> None:
        """Connects to nothing yet."""
        self._settings = settings
        self._closed = asyncio.Event()

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The message as one letter."""
        return letter.render(message)

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:  # noqa: ARG002 - a letter is whole
        """Hand one letter to the server."""
        name, data = sealed(payload, to, key=key, sender=self._settings, now=datetime.now(UTC))
        async with self._connected(to) as client:
            await self._addressed(client, to, len(data))
            try:
                await client.data(data)
            except aiosmtplib.SMTPResponseException as error:
                raise refused(error, to) from error
            except (aiosmtplib.SMTPException, OSError) as error:
                raise Unconfirmed(to, Reason("email.lost")) from error
        return Posted(name)

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:  # noqa: ARG002 - as the port has it
        """``None``, as if it were not there: handed over again, it is the same letter with the same id."""
        return None

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:  # noqa: ARG002 - as the port has it
        """A letter that was sent stays."""
        raise Refused(to, Reason("post.no_edits"))

    async def withdraw(self, to: Address, posted: str) -> None:  # noqa: ARG002 - as the port has it
        """A letter that was sent stays."""
        raise Refused(to, Reason("post.no_edits"))

    def link(self, to: Address, posted: str) -> str | None:  # noqa: ARG002 - as the port has it
        """A letter has no web address."""
        return None

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        """Write to who is answered."""
        last = None
        for part in self.render(message):
            last = await say(incoming.at, partial(self.post, incoming.at, part, key=incoming.key))
        return last

    async def incoming(self) -> AsyncIterator[Incoming]:
        """Nothing, until ``stop_listening``."""
        nothing: tuple[Incoming, ...] = ()
        await self._closed.wait()
        for said in nothing:
            yield said

    def healthy(self) -> bool:
        """Nobody is to be heard here, so nothing can be missed."""
        return True

    async def name_of(self, to: Address) -> str | None:
        """The mailbox as everybody writes it."""
        return to.chat or None

    async def reach(self, to: Address) -> str | None:
        """``None`` when the server takes letters to there, as far as it says before it has one."""
        try:
            async with self._connected(to) as client:
                await self._addressed(client, to, 0)
        except Refused as error:
            return str(error.reason)
        return None

    async def ready(self) -> str | None:
        """``None`` when the server lets the desk in. Raises BadCredentials when it does not."""
        async with self._connected(Address(NAME)):
            return None

    async def stop_listening(self) -> None:
        """End ``incoming``."""
        self._closed.set()

    async def aclose(self) -> None:
        """End ``incoming``."""
        await self.stop_listening()

    @contextlib.asynccontextmanager
    async def _connected(self, to: Address) -> AsyncIterator[aiosmtplib.SMTP]:
        """A connection that the desk is let in on; raises MessengerError's children."""
        told = self._settings
        client = aiosmtplib.SMTP(
            hostname=told.host,
            port=told.port,
            use_tls=told.encrypted,
            # Not offered, it is an error where a password is to be told, and else done without.
            start_tls=False if told.encrypted else True if told.user else None,
            timeout=told.answer_within,
            username=told.user or None,
            password=told.password or None,
        )
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise unposted(error, to) from error
        try:
            yield client
        finally:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=PARTING)
            client.close()

    async def _addressed(self, client: aiosmtplib.SMTP, to: Address, size: int) -> None:
        """Tell from whom and to whom, and how many octets where the server asks for that (RFC 1870)."""
        told = [f"SIZE={size}"] if size and client.supports_extension("size") else []
        try:
            await client.mail(self._settings.sender, options=told)
            await client.rcpt(to.chat)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise unposted(error, to) from error
