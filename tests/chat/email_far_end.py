"""A mail server and its readers, as the messengers' contract reads and breaks them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from lxml import html

from bot.chat.email.messenger import EmailMessenger
from bot.chat.email.settings import EmailOptions, EmailSettings, settings
from bot.domain.model import Address
from tests.doubles.smtp import PASSWORD, USER, Letter, MailServer


def told(server: MailServer, *, scheme: str = "smtp", user: str = USER, **more: Any) -> EmailSettings:
    """How the desk reaches the server."""
    login = f"{quote(user, safe='')}:{quote(PASSWORD, safe='')}@" if user else ""
    options = EmailOptions(sender="The Desk <desk@courier.example>", **more)
    return settings(options, {"SMTP_URL": f"{scheme}://{login}localhost:{server.port}"})


@asynccontextmanager
async def desk(server: MailServer, **more: Any) -> AsyncIterator[EmailMessenger]:
    """A messenger that gives its letters to the server."""
    messenger = EmailMessenger(told(server, **more))
    try:
        yield messenger
    finally:
        await messenger.aclose()


def shown(letter: Letter) -> tuple[str, str]:
    """The letter as it is read: its text, and what its HTML shows."""
    text, page = letter.mail.get_body(("plain",)), letter.mail.get_body(("html",))
    assert text
    assert page
    body = html.fromstring(page.get_content()).find("body")
    return text.get_content().replace("\r\n", "\n").strip(), "\n".join(body.itertext())


class EmailFarEnd:
    """The server, as ``FarEnd`` wants it, as far as there is somebody to speak."""

    platform = "email"
    home = Address("email", "ada@reader.example")
    nowhere = Address("email", "nobody@reader.example")
    secrets = (PASSWORD, quote(PASSWORD, safe=""))

    def __init__(self, server: MailServer) -> None:
        self.server = server
        server.strangers.add(self.nowhere.chat)

    async def texts(self, at: Address) -> list[str]:
        read = [shown(letter) for letter in self.server.letters if letter.to == (at.chat,)]
        for text, page in read:
            assert [
                word for word in text.split() if word.strip("=*>") and word not in page.split()
            ] == [] or "http" in text
        return [text for text, _ in read]

    async def until_read(self, text: str, *, within: float) -> None:  # noqa: ARG002 - as FarEnd has it
        assert any(text in read for read in await self.texts(self.home))

    def lose_reply(self) -> None:
        self.server.hang_up.append("kept")

    def slow_down(self, seconds: int) -> None:
        self.server.answers["RCPT"] = [f"451 4.7.1 try again in {seconds} seconds"]

    def put_out(self) -> None:
        self.server.strangers.add(self.home.chat)

    def revoke(self) -> None:
        self.server.passwords.clear()

    async def close_connections(self) -> None:
        await self.server.close()

    async def say(self, text: str) -> None:
        raise NotImplementedError

    async def mutter(self, text: str) -> None:
        raise NotImplementedError

    async def press(self, label: str) -> None:
        raise NotImplementedError
