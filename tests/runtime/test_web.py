"""The server before strangers: what they can make it hold, and for how long. Raw sockets, tiny limits."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest

from bot.chat.slack.settings import SlackSettings
from bot.chat.telegram.settings import TelegramSettings
from bot.domain.messaging import Answered, Receiver
from bot.platforms import connected
from bot.web.server import WebLimits, WebSettings, serving

SECRET = "a-secret_1"
LARGE = 16_000_000
TELEGRAM_HEADER = b"X-Telegram-Bot-Api-Secret-Token"


async def exchange(port: int, sent: bytes) -> bytes:
    """All that is answered until the connection ends."""
    async with asyncio.timeout(60):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            writer.close()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def posted(path: str, body: bytes = b"", *headers: bytes, length: int | None = None) -> bytes:
    lines = [f"POST {path} HTTP/1.1".encode(), b"Host: desk", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}".encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@pytest.fixture
async def serve() -> AsyncIterator[Any]:
    """Opens servers whose receiver `/open` takes what only a body can prove, `/closed` nothing, `/proven` all."""
    took: list[int] = []

    async def take(_: object, body: bytes) -> Answered:
        took.append(len(body))
        return Answered(200, {"Server": "mine"}, "taken")

    async def well() -> Answered:
        return Answered(200, body="well")

    async def large() -> Answered:
        return Answered(200, body="x" * LARGE)

    receivers = {
        "/open": Receiver(take, lambda _: None),
        "/proven": Receiver(take, lambda _: None, proven=True),
        "/closed": Receiver(take, lambda _: Answered(401, body="no")),
    }
    async with AsyncExitStack() as stack:

        async def opened(**limits: Any) -> tuple[int, list[int]]:
            given = WebLimits(**{"linger": 0.05, **limits})
            server = serving(WebSettings(port=0), receivers, {"/health": well, "/large": large}, given)
            return await stack.enter_async_context(server), took

        yield opened


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        (b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        (b"GET /other HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        (b"POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405),
        (b"GET /open HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        (posted("/open", b"x"), 200),
        (posted("/closed", b"x"), 401),
        (b"nonsense\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 400),
        (posted("/open", b"", length=-1), 400),
    ],
)
async def test_every_answer_is_plain_ends_the_connection_and_names_no_server(serve, sent, wanted):
    port, _ = await serve()
    answer = await exchange(port, sent)
    assert status(answer) == wanted
    assert b"\r\nserver:" not in answer.lower()
    assert b"Traceback" not in answer
    assert b"<html" not in answer


async def test_a_body_is_not_read_where_the_headers_are_refused(serve):
    port, took = await serve(body_within=60.0)
    assert status(await exchange(port, posted("/closed", b"", length=1_000_000))) == 401
    assert took == []


@pytest.mark.parametrize(
    ("path", "size", "wanted"),
    [
        ("/open", 64, 200),
        ("/open", 100, 200),
        ("/open", 101, 413),
        ("/proven", 100, 200),
        ("/proven", 101, 413),
    ],
)
async def test_bodies_have_a_size(serve, path, size, wanted):
    port, took = await serve(unsigned=64, body=100)
    assert status(await exchange(port, posted(path, b"x" * size))) == wanted
    assert took == ([size] if wanted == 200 else [])


async def test_a_body_that_does_not_tell_its_size_has_one_all_the_same(serve):
    port, took = await serve(unsigned=64, body=100)
    head = b"POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert status(await exchange(port, head + b"41\r\n" + b"x" * 65 + b"\r\n0\r\n\r\n")) == 413
    assert status(await exchange(port, head + b"40\r\n" + b"x" * 64 + b"\r\n0\r\n\r\n")) == 200
    assert took == [64]


async def test_few_large_bodies_are_read_at_once_where_only_they_can_prove_who_sends(serve):
    port, _ = await serve(unsigned=64, body=100, large=0)
    assert status(await exchange(port, posted("/open", b"x" * 65))) == 503
    assert status(await exchange(port, posted("/open", b"x" * 64))) == 200
    assert status(await exchange(port, posted("/proven", b"x" * 100))) == 200


async def test_a_body_that_does_not_come_is_not_waited_for(serve):
    port, took = await serve(body_within=0.05)
    assert status(await exchange(port, posted("/open", b"x", length=9))) == 408
    assert took == []


@pytest.mark.parametrize("head", [b"", b"POST /open HTTP/1.1\r\nHost:"])
async def test_a_head_that_does_not_come_is_not_waited_for(serve, head):
    port, _ = await serve(head_within=0.05)
    assert await exchange(port, head) == b""


async def test_an_answer_that_is_not_read_in_time_is_given_up(serve):
    port, _ = await serve(read_within=0.0)
    assert len(await exchange(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")) < LARGE


async def test_answers_that_nobody_reads_keep_nobody_out(serve, caplog: pytest.LogCaptureFixture):
    port, _ = await serve(connections=2, read_within=60.0)
    asked = []
    for _ in range(3):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        await reader.readexactly(1)  # the answer is made, and nobody reads on
        asked.append(writer)
    assert status(await exchange(port, posted("/open", b"x"))) == 200
    for writer in asked:
        writer.close()
    assert caplog.records == []


async def test_half_open_connections_keep_nobody_out(serve):
    port, _ = await serve(connections=5, head_within=60.0)
    idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(30)]
    assert status(await exchange(port, posted("/open", b"x"))) == 200
    async with asyncio.timeout(60):
        for reader, _ in idle[:25]:
            with suppress(ConnectionResetError):
                assert await reader.read() == b""
    for _, writer in idle:
        writer.close()


def slack_headers(at: bytes, body: bytes = b"") -> tuple[bytes, bytes]:
    mac = hmac.new(b"signing", b"v0:" + at + b":" + body, hashlib.sha256).hexdigest()
    return b"X-Slack-Request-Timestamp: " + at, b"X-Slack-Signature: v0=" + mac.encode()


@pytest.fixture
async def platforms() -> AsyncIterator[int]:
    slack = SlackSettings("xoxb-1", "", "signing", "http://127.0.0.1:9/api/", mode="http")
    telegram = TelegramSettings(
        "1:a", "http://127.0.0.1:9", mode="webhook", webhook_url="http://127.0.0.1:9/", secret=SECRET
    )
    async with (
        connected({"slack": slack, "telegram": telegram}) as both,
        serving(WebSettings(port=0), both.receivers, {}, WebLimits(linger=0.05)) as port,
    ):
        yield port


@pytest.mark.parametrize(
    "headers",
    [
        (),
        slack_headers(b"9" * 400),
        slack_headers(b"9" * 5_000),
        slack_headers(b"1"),
        slack_headers(b"\xd9\xa1\xd9\xa2"),
        slack_headers(b"\xff"),
        (b"X-Slack-Request-Timestamp: %d" % time.time(), b"X-Slack-Signature: v0=\xff\xfe"),
        (b"X-Slack-Request-Timestamp: %d" % time.time(), b"X-Slack-Signature: v0=" + b"0" * 64),
        slack_headers(b"%d" % time.time(), b"another body"),
    ],
)
async def test_what_slack_did_not_sign_gets_a_plain_401(platforms, headers):
    answer = await exchange(platforms, posted("/slack", b"x", *headers))
    assert (status(answer), answer.endswith(b"not signed by Slack")) == (401, True)


@pytest.mark.parametrize("secret", [None, b"guess", b"\xff", SECRET.encode() + b"\xe9", "sécret".encode()])
async def test_what_telegram_did_not_send_gets_a_plain_401(platforms, secret):
    headers = [] if secret is None else [TELEGRAM_HEADER + b": " + secret]
    answer = await exchange(platforms, posted("/telegram", b"{}", *headers))
    assert (status(answer), answer.endswith(b"not sent by Telegram")) == (401, True)
    assert (
        status(
            await exchange(platforms, posted("/telegram", b"{}", TELEGRAM_HEADER + b": " + SECRET.encode()))
        )
        == 200
    )
