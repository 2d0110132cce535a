"""Feeds behind a password or a token: told to the feed's own server, to nobody else, and never shown."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import config
from bot.cli.check import _has_secret
from bot.domain.errors import ConfigError
from bot.domain.sourcing import Credential, FetchFailed, Source, SourceState
from bot.sources.feeds import Feeds
from bot.sources.fetching import Fetching
from bot.sources.host_turns import HostTurns
from bot.sources.opml import read, written
from tests.builders import NOON
from tests.fakes import FakeClock, HereAndNow
from tests.sources.far_end import FarEnd, answer, far_end
from tests.sources.feeds import MemorySources, an_item, page, rss
from tests.sources.test_feeds import LOOPBACK

BASIC = "Basic " + base64.b64encode("désk:hush hush".encode()).decode()


@pytest.fixture
async def server() -> AsyncIterator[FarEnd]:
    async with far_end() as made:
        yield made


def configured(url: str, environ: dict[str, str], **options: object) -> Source:
    [source] = config.build(
        {"sources": [{"name": "the-feed", "url": url, "robots": False, **options}]}, Path(), environ
    ).sources
    return source


async def taken(source: Source) -> dict[str, bytes]:
    """The files that a round makes."""
    files: dict[str, bytes] = {}

    async def drop(name: str, data: bytes) -> str:
        files[name] = data
        return name

    fetching = Fetching(LOOPBACK, HereAndNow(), turns=HostTurns(apart=0))
    try:
        feeds = Feeds(fetching, HereAndNow(), MemorySources(), drop, FakeClock())
        await feeds.take(source, SourceState(source.url, NOON, NOON))
    finally:
        await fetching.aclose()
    return files


@pytest.mark.parametrize(
    ("options", "environ", "header", "value"),
    [
        ({"user": "désk"}, {"FEED_PASSWORD_THE_FEED": "hush hush"}, "authorization", BASIC),
        ({}, {"FEED_TOKEN_THE_FEED": "hush-hush"}, "authorization", "Bearer hush-hush"),
        ({}, {"FEED_TOKEN_THE_FEED": "Token hush"}, "authorization", "Token hush"),
        ({"header": "X-Api-Key"}, {"FEED_TOKEN_THE_FEED": "hush"}, "x-api-key", "hush"),
    ],
)
async def test_the_feed_and_pages_of_its_server_are_asked_with_it_and_nobody_else_is(
    server, options, environ, header, value
):
    async with far_end() as other:
        links = [server.url("/a"), other.url("/b"), server.url("/c")]
        server.answers["/feed"] = answer(302, Location=server.url("/moved"))
        server.answers["/moved"] = answer(200, rss(*(an_item(one[-1], one, "A teaser…") for one in links)))
        server.answers["/a"] = answer(200, page("the bridge"), Content_Type="text/html")
        server.answers["/c"] = answer(302, Location=other.url("/d"))
        for path in ("/b", "/d"):
            other.answers[path] = answer(200, page(path), Content_Type="text/html")
        source = configured(server.url("/feed"), environ, **options)
        assert len(await taken(source)) == 3
        assert {path: told.get(header) for path, told in server.asked} == dict.fromkeys(
            ("/feed", "/moved", "/a", "/c"), value
        )
        assert {path for path, _ in other.asked} == {"/b", "/d"}
        assert not any(header in told for _, told in other.asked)
        assert "hush" not in f"{source!r} {source} {written([source], 'list').decode()}"
        assert value not in repr(source)


async def test_robots_txt_is_asked_for_without_it(server):
    source = configured(server.url("/feed"), {"FEED_TOKEN_THE_FEED": "hush"}, robots=True)
    server.answers["/feed"] = answer(200, rss())
    await taken(source)
    assert [("authorization" in told) for _, told in server.asked] == [False, True]


async def test_what_a_server_repeats_of_it_is_in_no_error(server):
    source = configured(server.url("/feed"), {"FEED_PASSWORD_THE_FEED": "hush hush"}, user="désk")
    said = f"HTTP/1.1 {BASIC} hush hush\r\nBad {BASIC}\r\n\r\n".encode()
    server.answers["/feed"] = said
    with pytest.raises(FetchFailed) as caught:
        await taken(source)
    told = f"{caught.value.reason!r} {caught.value.__cause__!r} {caught.value}"
    assert caught.value.reason.code == "source.protocol"
    assert "hush" not in told
    assert BASIC.split()[1] not in told


async def test_a_refusal_and_a_secret_that_is_not_there_are_said(server, capsys):
    server.answers["/feed"] = answer(401, WWW_Authenticate='Basic realm="x"')
    source = configured(server.url("/feed"), {"FEED_PASSWORD_THE_FEED": "wrong one"}, user="désk")
    with pytest.raises(FetchFailed, match="without the right password or token"):
        await taken(source)
    asked = len(server.asked)
    for options, name in (({"user": "a"}, "FEED_PASSWORD"), ({"header": "X-Key"}, "FEED_TOKEN")):
        with pytest.raises(FetchFailed, match=f"none as {name}_THE_FEED, nor a file as"):
            await taken(configured(server.url("/feed"), {}, **options))
        assert not _has_secret(configured(server.url("/feed"), {}, **options))
        assert f"feed the-feed: its password or token is not set: the environment has none as {name}" in (
            capsys.readouterr().err
        )
    assert _has_secret(source)
    assert len(server.asked) == asked


def test_a_secret_comes_from_a_file_and_is_withheld_from_the_log(tmp_path):
    (tmp_path / "token").write_text("from a file\n")
    (tmp_path / "token").chmod(0o600)
    made = config.build(
        {"sources": [{"name": "feed", "url": "https://a.example/feed"}]},
        tmp_path,
        {"FEED_TOKEN_FEED_FILE": "token"},
    )
    assert made.sources[0].credential == Credential(
        "https://a.example/feed", "FEED_TOKEN_FEED", value="from a file", secret="from a file"
    )
    assert "from a file" in made.log.secrets.values()
    assert (
        replace(made.sources[0], credential=None)
        == config.build(
            {"sources": [{"name": "feed", "url": "https://a.example/feed"}]}, tmp_path, {}
        ).sources[0]
    )


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        ({"url": "https://desk:hush@a.example/x"}, {}, "sources[0].url: an address with a user or password in it"),
        ({"url": "http://a.example/x", "user": "a"}, {}, "FEED_PASSWORD_FEED: without https://"),
        ({"url": "http://a.example/x"}, {"FEED_TOKEN_FEED": "hush"}, "FEED_TOKEN_FEED: without https://"),
        ({"user": "a:b"}, {}, 'sources[0].user: this one can have no ":"'),
        ({"user": "a", "header": "X-Key"}, {}, "sources[0].header: a token goes there"),
        ({"header": "Host"}, {}, 'sources[0].header: "Host" is no header for a token'),
        ({"header": "X: a\r\nY"}, {}, "is no header for a token"),
        ({}, {"FEED_TOKEN_FEED": "hush\r\nX-Evil: 1"}, "FEED_TOKEN_FEED: it has characters"),
        ({}, {"FEED_TOKEN_FEED": "hüsh"}, "FEED_TOKEN_FEED: it has characters"),
    ],
)  # fmt: skip
def test_what_would_give_it_away_is_refused_and_not_repeated(options, environ, said):
    raw = {"sources": [{"name": "feed", "url": "https://a.example/feed", **options}]}
    with pytest.raises(ConfigError) as caught:
        config.build(raw, Path(), environ)
    assert any(said in one for one in caught.value.problems), caught.value.problems
    assert "hush" not in str(caught.value)


def test_a_list_of_feeds_with_a_password_in_an_address_is_refused_without_repeating_it():
    found = read(b'<opml><body><outline xmlUrl="https://desk:hush@a.example/feed"/></body></opml>')
    assert not found.sources
    assert "hush" not in str(found)
