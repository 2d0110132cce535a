"""Mailboxes that take access tokens: these are had, kept, and had anew, and neither they nor what they are had by is told."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from bot import config
from bot.domain.errors import ConfigError
from bot.domain.sourcing import FetchFailed, Mailbox, OAuth, Source
from bot.sources.mailbox.tokens import LONGEST, SPARE, AccessTokens
from tests.doubles.dovecot import letter
from tests.doubles.imap import ImapServer, imap_server
from tests.doubles.listening import listening
from tests.sources.test_mailbox import Desk, failure

XOAUTH2 = "IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 IDLE MOVE UIDPLUS"


@dataclass
class TokenEndpoint:
    """Answers each request with the next of ``answers``, a status and a body; ``asked`` are the forms that came."""

    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].split("\r\n")[0])
        self.asked.append(dict(parse_qsl((await reader.readexactly(length)).decode())))
        status, told = self.answers.pop(0)
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body))
        )
        writer.write(body)
        await writer.drain()
        writer.transport.abort() if status == 0 else writer.close()

    def oauth(self, **changed: str) -> OAuth:
        told = {"client_id": "desk", "client_secret": "hush secret", "refresh_token": "hush refresh"}
        return OAuth(f"http://127.0.0.1:{self.port}/token", **{**told, **changed})


@pytest.fixture
async def endpoint() -> AsyncIterator[TokenEndpoint]:
    made = TokenEndpoint()
    async with listening(made.connected) as made.port:
        yield made


def granted(token: str, **more: Any) -> tuple[int, Any]:
    return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600, **more}


def desk_at(server: ImapServer, oauth: OAuth) -> Desk:
    return Desk(server.mailbox(password="", oauth=oauth, user="desk@example.org"))


def source_of(oauth: OAuth) -> Source:
    return Source("news", "imaps://x", mailbox=Mailbox("imap.example.org", "desk", oauth=oauth))


@pytest.mark.parametrize("can", [XOAUTH2, f"{XOAUTH2} AUTH=OAUTHBEARER"])
async def test_letters_come_by_a_token_that_is_had_once(endpoint, can):
    endpoint.answers = [granted("token-1")]
    async with imap_server(letters={1: letter("One")}, can=can, tokens={"token-1"}) as server:
        desk = desk_at(server, endpoint.oauth(scope="mail"))
        assert [await desk.round(), await desk.round()] == [1, 0]
        bearer = b"auth=Bearer token-1\x01\x01"
        older = b"user=desk@example.org\x01" + bearer
        newer = f"n,a=desk@example.org,\x01host=127.0.0.1\x01port={server.port}\x01".encode() + bearer
        assert server.proofs == [newer if "OAUTHBEARER" in can else older] * 2
    assert endpoint.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "hush refresh",
            "client_id": "desk",
            "client_secret": "hush secret",
            "scope": "mail",
        }
    ]


async def test_a_token_that_is_refused_is_had_anew_once(endpoint):
    endpoint.answers = [granted("token-1"), granted("token-2"), granted("token-3")]
    async with imap_server(can=XOAUTH2, tokens={"token-2"}) as server:
        desk = desk_at(server, endpoint.oauth())
        await desk.round()
        assert len(endpoint.asked) == 2
        assert server.proofs[1] == b""
        server.tokens = {"another"}
        error = await failure(desk)
        assert (error.reason.code, error.lasting, len(endpoint.asked)) == ("mailbox.login_token", True, 3)
        assert "token-" not in f"{error} {error.reason!r} {error.__cause__!r} {error.__context__!r}"


async def test_a_token_is_kept_until_shortly_before_its_end(endpoint):
    now = [0.0]
    endpoint.answers = [granted("1"), granted("2"), granted("3", expires_in=None), granted("4")]
    tokens, source = AccessTokens(10, lambda: now[0]), source_of(endpoint.oauth())
    assert await asyncio.gather(*(tokens.of(source) for _ in range(3))) == ["1", "1", "1"]
    for moment, token in ((3600 - SPARE, "1"), (3600, "2"), (7300, "3"), (7300 + 600, "4")):
        now[0] = moment
        assert await tokens.of(source) == token


async def test_a_refresh_token_that_is_replaced_is_used_and_if_it_ends_the_first_again(endpoint):
    endpoint.answers = [granted("1", refresh_token="newer"), (503, b""), (400, {"error": "x"}), granted("2")]
    tokens, source = AccessTokens(10), source_of(endpoint.oauth())
    assert await tokens.of(source) == "1"
    with pytest.raises(FetchFailed, match="503"):
        await tokens.of(source, refused="1")
    assert await tokens.of(source, refused="1") == "2"
    assert [one["refresh_token"] for one in endpoint.asked] == [
        "hush refresh",
        *["newer"] * 2,
        "hush refresh",
    ]


async def test_without_a_refresh_token_the_client_asks_in_its_own_name(endpoint):
    endpoint.answers = [granted("1")]
    assert await AccessTokens(10).of(source_of(endpoint.oauth(refresh_token="", scope="all"))) == "1"
    [form] = endpoint.asked
    assert form == {
        "grant_type": "client_credentials", "client_id": "desk", "client_secret": "hush secret", "scope": "all",
    }  # fmt: skip
    with pytest.raises(FetchFailed, match="MAILBOX_REFRESH_TOKEN_NEWS"):
        await AccessTokens(10).of(source_of(endpoint.oauth(refresh_token="", client_secret="")))


@pytest.mark.parametrize(
    ("answer", "said", "lasting"),
    [
        ((400, {"error": "invalid_grant", "error_description": "hush refresh\r\n\x1b[2J of hush secret"}), "400 invalid_grant (password) [2J of (password)", True),
        ((500, b"<html>hush refresh"), "500", False),
        ((302, b""), "302", False),
        (granted("hush token\r\nX: 1"), "its answer holds none", False),
        ((200, {"access_token": 7}), "its answer holds none", False),
        ((200, b"[" * 100_00), "its answer holds none", False),
        ((200, b" " * (LONGEST + 1)), "ValueError", False),
        ((0, b""), "RemoteProtocolError", False),
    ],
)  # fmt: skip
async def test_an_endpoint_that_gives_none_is_told_without_secrets(endpoint, answer, said, lasting):
    endpoint.answers = [answer]
    with pytest.raises(FetchFailed) as caught:
        await AccessTokens(10).of(source_of(endpoint.oauth()))
    error = caught.value
    assert (str(error), error.lasting) == (f"127.0.0.1 gives no access token ({said})", lasting)
    assert "hush" not in f"{error!r} {error.reason!r} {error.__cause__!r}"


def printing(code: str) -> OAuth:
    return OAuth(command=(sys.executable, "-S", "-c", code))


async def test_what_a_command_prints_is_a_token():
    async with imap_server(can=XOAUTH2, tokens={"printed"}) as server:
        assert await desk_at(server, printing("print('printed')")).round() == 0


@pytest.mark.parametrize(
    ("oauth", "said"),
    [
        (printing("import sys; print('hush'); sys.exit('hush')"), "exit status 1"),
        (printing("print('hush hush')"), "what it prints is no token"),
        (printing("import time; time.sleep(60)"), "it takes longer than 0.3 seconds"),
        (OAuth(command=("/nowhere/hush",)), "No such file or directory"),
    ],
)
async def test_a_command_that_prints_none_is_told_without_what_it_said(oauth, said):
    tokens = AccessTokens(0.3 if "longer" in said else 20)
    with pytest.raises(FetchFailed) as caught:
        await tokens.of(source_of(oauth))
    assert str(caught.value) == f"the command for the access token fails ({said})"


async def test_a_server_that_takes_no_tokens_is_told_none(endpoint):
    endpoint.answers = [granted("token-1")]
    async with imap_server() as server:
        error = await failure(desk_at(server, endpoint.oauth()))
        assert (error.reason.code, server.proofs) == ("mailbox.no_oauth", [])


FINE = {"name": "the-letters", "kind": "mailbox", "host": "imap.example.org", "user": "desk"}


def test_options_and_environment_make_it():
    own = {"token_url": "https://login.example.org/token", "client_id": "desk", "scope": "mail"}
    environ = {
        "MAILBOX_REFRESH_TOKEN_THE_LETTERS": "hush refresh",
        "MAILBOX_CLIENT_SECRET_THE_LETTERS": "hush secret",
    }
    made = config.build({"sources": [FINE | own]}, Path(), environ)
    assert made.sources[0].mailbox
    assert made.sources[0].mailbox.oauth == OAuth(
        "https://login.example.org/token", "desk", "mail", "hush secret", "hush refresh"
    )
    assert "hush" not in repr(made)
    assert {*environ.values()} <= {*made.log.secrets.values()}
    [source] = config.build({"sources": [FINE | {"token_command": ["oama", "access"]}]}, Path(), {}).sources
    assert source.mailbox
    assert source.mailbox.oauth == OAuth(command=("oama", "access"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"token_url": "https://a.example/t"}, ".client_id: it is required for OAuth"),
        ({"client_id": "a"}, ".token_url: it is required for OAuth"),
        ({"token_command": ["a"], "scope": "b"}, ".token_command: it prints the token"),
        ({"token_url": "http://a.example/t", "client_id": "a"}, ".token_url: it is to begin with https://"),
        ({"token_url": "https://a:hush@a.example/t", "client_id": "a"}, ".token_url: it is to begin with https://"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said(options, said):
    with pytest.raises(ConfigError) as caught:
        config.build({"sources": [FINE | options]}, Path(), {})
    assert any(said in one for one in caught.value.problems)
    assert "hush" not in str(caught.value)
