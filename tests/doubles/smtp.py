"""A mail server on loopback: aiosmtpd, told when to refuse, to hang up, and whom to let in.

Its certificate, `smtp.pem`, is for localhost, signed by itself and valid for a hundred years; its
key is known to everybody and good for nothing else.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).with_name("smtp.pem")
USER, PASSWORD = "desk@courier.example", "pass:word/of@the desk"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the server was given."""

    sender: str
    to: tuple[str, ...]
    data: bytes
    options: tuple[str, ...]

    @property
    def mail(self) -> EmailMessage:
        """As the standard library reads it."""
        read = message_from_bytes(self.data, policy=default)
        assert isinstance(read, EmailMessage)
        assert not read.defects
        return read


class MailServer:
    """Keeps letters. ``answers`` are told, one each, in place of the command's own; ``hang_up`` after a command.

    ``strangers`` are recipients that it does not know.
    """

    def __init__(self, *, auth: bool) -> None:
        self.auth = auth
        self.letters: list[Letter] = []
        self.answers: dict[str, list[str]] = {}
        self.hang_up: list[str] = []
        self.strangers: set[str] = set()
        self.passwords = {USER: PASSWORD}
        self.port = 0
        self.listening: asyncio.Server | None = None

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        if self.auth and not session.authenticated:
            return "530 5.7.0 authentication required"
        envelope.mail_from = sender
        envelope.mail_options.extend(options)
        return self._said(server, "MAIL") or "250 OK"

    async def handle_RCPT(self, server: SMTP, _: Session, envelope: Envelope, to: str, __: list[str]) -> str:  # noqa: N802
        if to in self.strangers:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(to)
        return self._said(server, "RCPT") or "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        if answer := self._said(server, "DATA"):
            return answer
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        self.letters.append(
            Letter(
                envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content, tuple(envelope.mail_options)
            )
        )
        if "kept" in self.hang_up:
            self.hang_up.remove("kept")
            _drop(server)
        return "250 kept"

    def _said(self, server: SMTP, command: str) -> str:
        if command in self.hang_up:
            self.hang_up.remove(command)
            _drop(server)
        return self.answers[command].pop(0) if self.answers.get(command) else ""

    def authenticate(self, _: Any, __: Any, ___: Any, ____: str, login: Any) -> AuthResult:
        """Whether the password is the user's."""
        known = isinstance(login, LoginPassword) and self.passwords.get(login.login.decode())
        return AuthResult(success=bool(known) and login.password.decode() == known, handled=False)

    async def close(self) -> None:
        """Nobody answers here any more."""
        assert self.listening
        self.listening.close()


def _drop(server: SMTP) -> None:
    assert server.transport
    server.transport.abort()


def trusted() -> ssl.SSLContext:
    """The server's own context."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@asynccontextmanager
async def mail_server(
    *, encrypted: bool = False, starttls: bool = True, auth: bool = True
) -> AsyncIterator[MailServer]:
    """A server that speaks TLS from the first byte, or offers STARTTLS, or neither."""
    server = MailServer(auth=auth)

    def made() -> SMTP:
        return SMTP(
            server,
            hostname="mail.courier.example",
            ident="double",
            tls_context=trusted() if starttls and not encrypted else None,
            auth_require_tls=False,
            authenticator=server.authenticate,
            data_size_limit=2**20,
            loop=asyncio.get_running_loop(),
        )

    listening = await asyncio.get_running_loop().create_server(
        made, "127.0.0.1", 0, ssl=trusted() if encrypted else None
    )
    server.listening, server.port = listening, listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
