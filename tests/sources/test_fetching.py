"""Fetching from real servers on loopback, which answer as they like: limits, redirects, robots.txt, private addresses."""

from __future__ import annotations

import asyncio
import socket
import tracemalloc
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sourcing import Answer, FetchFailed
from bot.sources import host_turns
from bot.sources.addresses import checked, may_connect
from bot.sources.fetching import MOST_REDIRECTS, Fetching, retry_after
from bot.sources.host_turns import AT_ONCE, HostTurns
from bot.sources.http import HttpExchange
from bot.sources.robots import RobotsFiles
from bot.sources.settings import FetchSettings
from tests.fakes import HereAndNow
from tests.sources.far_end import (
    FarEnd,
    answer,
    bomb,
    dripping,
    endless,
    endless_head,
    far_end,
    hung_up,
    silent,
)

LOOPBACK = FetchSettings(max_mb=1, seconds=10, private=(ip_network("127.0.0.0/8"),))
SHORT = replace(LOOPBACK, seconds=0.3)


@pytest.fixture
async def server() -> AsyncIterator[FarEnd]:
    async with far_end() as made:
        yield made


@pytest.fixture
async def fetching() -> AsyncIterator[Any]:
    """Makes what fetches, without pauses between requests."""
    made: list[Fetching] = []

    def open_(settings: FetchSettings = LOOPBACK, turns: HostTurns | None = None) -> Fetching:
        made.append(Fetching(settings, HereAndNow(), turns=turns or HostTurns(apart=0)))
        return made[-1]

    yield open_
    for one in made:
        await one.aclose()


async def failed(fetching: Fetching, url: str, **options: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        await fetching.fetch(url, **{"robots": False, **options})
    return caught.value


async def test_a_page_comes_with_what_its_server_says_of_it(server, fetching):
    server.answers["/a"] = answer(
        200, b"<p>caf\xe9", Content_Type="text/HTML; Charset=ISO-8859-1", ETag='"1"', Last_Modified="then"
    )
    found = await fetching().fetch(server.url("/a#part"))
    assert (found.url, found.body, found.media_type) == (server.url("/a"), b"<p>caf\xe9", "text/html")
    assert (found.charset, found.etag, found.modified) == ("iso-8859-1", '"1"', "then")


async def test_what_did_not_change_is_asked_for_with_the_servers_marks_and_not_sent_again(server, fetching):
    server.answers["/a"] = answer(304)
    found = await fetching().fetch(server.url("/a"), etag='"1"', modified="then", robots=False)
    assert found.unchanged
    assert not found.body
    [(_, headers)] = server.asked
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "then")
    assert headers["user-agent"].startswith("Copydesk")


@pytest.mark.parametrize(
    ("hostile", "settings", "code"),
    [
        (endless, LOOPBACK, "source.too_large"),
        (bomb(64), LOOPBACK, "source.too_large"),
        (answer(200, b"x" * (1024 * 1024 + 1)), LOOPBACK, "source.too_large"),
        (silent, SHORT, "source.slow"),
        (dripping, SHORT, "source.slow"),
        (endless_head, LOOPBACK, "source.protocol"),
        (hung_up, LOOPBACK, "source.protocol"),
        (b"nonsense\r\n\r\n", LOOPBACK, "source.protocol"),
        (b"", LOOPBACK, "source.unreachable"),
        (answer(200, b"no gzip", Content_Encoding="gzip"), LOOPBACK, "source.protocol"),
        (answer(200, b"odd", Content_Encoding="br"), LOOPBACK, "source.protocol"),
        (answer(404), LOOPBACK, "source.status"),
        (answer(500), LOOPBACK, "source.status"),
        (answer(302), LOOPBACK, "source.status"),
        (answer(410), LOOPBACK, "source.gone"),
        (answer(302, Location="ftp://example.org/"), LOOPBACK, "source.address"),
        (answer(302, Location="http://[::1"), LOOPBACK, "source.address"),
        (answer(302, Location="file:///etc/passwd"), LOOPBACK, "source.address"),
    ],
)
async def test_a_hostile_answer_is_a_reason(server, fetching, hostile, settings, code):
    server.answers["/a"] = hostile
    error = await failed(fetching(settings), server.url("/a"))
    assert error.reason.code == code, error
    assert str(error)


async def test_a_bomb_is_never_whole_in_memory(server, fetching):
    server.answers["/a"] = bomb(200)
    tracemalloc.start()
    try:
        await failed(fetching(), server.url("/a"))
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


async def test_redirects_are_followed_and_counted(server, fetching):
    for number in range(MOST_REDIRECTS + 1):
        server.answers[f"/{number}"] = answer(301, Location=f"/{number + 1}")
    server.answers[f"/{MOST_REDIRECTS + 1}"] = answer(200, b"here")
    assert (await fetching().fetch(server.url("/1"), robots=False)).body == b"here"
    assert (await failed(fetching(), server.url("/0"))).reason.code == "source.redirects"


async def test_a_loop_of_redirects_ends(server, fetching):
    server.answers["/a"] = answer(302, Location="/a")
    assert (await failed(fetching(), server.url("/a"))).reason.code == "source.redirects"
    assert server.times("/a") == MOST_REDIRECTS + 1


# --- addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "localhost", "", "2130706433",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_not_connected_to(address):
    assert not may_connect(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_a_public_address_is(address):
    assert may_connect(address)


def test_what_is_allowed_is_connected_to_and_nothing_beside_it():
    allowed = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert may_connect("10.1.2.3", allowed)
    assert may_connect("fd00::1", allowed)
    assert may_connect("::ffff:10.1.2.3", allowed)
    assert not may_connect("10.2.2.3", allowed)
    assert not may_connect("127.0.0.1", allowed)


@given(st.ip_addresses())
def test_every_address_is_judged_by_what_the_library_calls_global(ip):
    if not ip.is_global:
        assert not may_connect(str(ip))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/a",
        "http://localhost:{port}/a",
        "http://2130706433:{port}/a",
        "http://0x7f.1:{port}/a",
        "http://[::ffff:127.0.0.1]:{port}/a",
    ],
)
async def test_a_private_address_is_refused_however_it_is_spelled_and_nothing_is_sent(server, fetching, url):
    server.answers["/a"] = answer(200, b"secret")
    error = await failed(fetching(FetchSettings()), url.format(port=server.port))
    assert error.reason.code in {"source.private", "source.unreachable", "source.address"}
    assert server.asked == []


async def test_a_redirect_to_a_private_address_is_refused(server, fetching):
    """127.0.0.2 stands for the public internet: it alone is allowed."""
    async with far_end("127.0.0.2") as outside:
        outside.answers["/a"] = answer(302, Location=server.url("/secret"))
        error = await failed(
            fetching(replace(LOOPBACK, private=(ip_network("127.0.0.2/32"),))),
            outside.url("/a", "127.0.0.2"),
        )
    assert error.reason.code == "source.private"
    assert error.lasting
    assert server.asked == []


async def test_a_name_that_leads_elsewhere_a_moment_later_is_judged_at_each_connection(
    server, fetching, monkeypatch
):
    """DNS rebinding: the first answer of the resolver is allowed, the next is not."""
    found = iter(["127.0.0.2", "127.0.0.1"])

    async def resolved(_: object, __: str, port: int, **___: object) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(found), port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", resolved)
    server.answers["/a"] = answer(200, b"secret")
    only = replace(LOOPBACK, private=(ip_network("127.0.0.2/32"),))
    async with far_end("127.0.0.2") as outside:
        outside.answers["/a"] = answer(302, Location=f"http://elsewhere.example:{server.port}/a")
        error = await failed(fetching(only), f"http://rebinding.example:{outside.port}/a")
        assert outside.times("/a") == 1
    assert error.reason.code == "source.private"
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://user:pw@example.org/",
     "http://example.org:99999/", "http://exa mple.org/", "http://example.org/\n", "http://[::1/", "http://example.org/" + "a" * 3000],
)  # fmt: skip
def test_what_is_no_address_is_refused(url):
    if url.strip() != url:
        url = url.replace("\n", "\nx")
    with pytest.raises(FetchFailed) as caught:
        checked(url)
    assert caught.value.reason.code == "source.address"


@given(st.text(max_size=60) | st.text(max_size=60).map(lambda text: f"http://{text}"))
def test_whatever_is_typed_is_an_address_or_refused(text):
    try:
        url = checked(text)
    except FetchFailed:
        return
    assert checked(url) == url


# --- turns and rests ---------------------------------------------------------------------------------


async def test_a_host_is_asked_in_turn_at_a_distance_and_others_meanwhile():
    now, slept = 100.0, []

    async def passing(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += seconds

    turns = HostTurns(apart=0.5, now=lambda: now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", passing)
        for host, apart in (("a.example", 0.0), ("b.example", 0.0)):
            async with turns.turn(host, apart):
                assert slept == []
        for apart, wanted in ((0.0, [0.5]), (3.0, [0.5, 0.5]), (0.0, [0.5, 0.5, 3])):
            async with turns.turn("a.example", apart):
                assert slept == wanted


async def test_hosts_that_have_had_their_rest_are_not_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(host_turns, "MOST_HOSTS", 3)
    now = 0.0
    turns = HostTurns(now=lambda: now)
    for number in range(3):
        turns.rest(f"{number}.example", number + 1)
    now = 2.5
    turns.rest("3.example", 1)
    assert turns._resting.keys() == {"2.example", "3.example"}


async def test_what_waited_for_others_still_keeps_its_distance():
    """The distance counts from when a request begins, not from when it stood in line."""
    now, begun, real_sleep = 0.0, [], asyncio.sleep
    turns = HostTurns(apart=1, now=lambda: now)
    full = [turns.turn(f"{n}.example") for n in range(AT_ONCE)]
    for one in full:
        await one.__aenter__()

    async def ask() -> None:
        async with turns.turn("a.example"):
            begun.append(now)

    async def passing(seconds: float) -> None:
        nonlocal now
        now += seconds

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", passing)
        asking = asyncio.gather(ask(), ask())
        for _ in range(5):
            await real_sleep(0)
        now = 100.0
        for one in full:
            await one.__aexit__(None, None, None)
        await asking
    assert begun == [100.0, 101.0]


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_host_has_the_rest_that_it_asks_for(server, fetching, status):
    server.answers |= {"/a": answer(status, Retry_After="120"), "/b": answer(200, b"here")}
    one = fetching()
    error = await failed(one, server.url("/a"))
    assert (error.reason.code, error.after) == ("source.busy", 120)
    again = await failed(one, server.url("/b"))
    assert again.reason.code == "source.resting"
    assert again.after is not None
    assert 100 < again.after <= 120
    assert server.times("/b") == 0


class BusyServer:
    """Asks whoever comes to come again in two minutes."""

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:  # noqa: ARG002 - as Exchange has it
        return Answer(429, {"retry-after": "120"})

    async def aclose(self) -> None: ...


async def test_a_host_whose_name_ends_in_a_dot_has_its_rest_too():
    one = Fetching(LOOPBACK, HereAndNow(), BusyServer, HostTurns(apart=0))
    for path, code in (("a", "source.busy"), ("b", "source.resting")):
        assert (await failed(one, f"http://gazette.example./{path}", robots=False)).reason.code == code


def test_both_forms_of_retry_after_are_read():
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert retry_after("30", now) == 30
    assert retry_after("Tue, 24 Nov 2026 08:01:00 GMT", now) == 60
    assert retry_after("Tue, 24 Nov 2026 07:00:00 GMT", now) == 0


@given(st.text())
def test_any_retry_after_is_seconds_or_nothing(text):
    found = retry_after(text, datetime(2026, 11, 24, tzinfo=UTC))
    assert found is None or found >= 0


# --- robots.txt --------------------------------------------------------------------------------------


async def test_robots_txt_is_heeded_and_asked_for_once(server, fetching):
    rules = b"User-agent: *\nDisallow: /private/\nAllow: /private/open$\n"
    server.answers |= {"/robots.txt": answer(200, rules), "/a": answer(200), "/private/open": answer(200)}
    one = fetching()
    await one.fetch(server.url("/a"))
    await one.fetch(server.url("/private/open"))
    error = await failed(one, server.url("/private/a"), robots=True)
    assert (error.reason.code, error.lasting) == ("source.robots", True)
    assert server.times("/robots.txt") == 1
    assert server.times("/private/a") == 0


async def test_rules_for_this_program_come_before_those_for_all(server, fetching):
    rules = b"User-agent: copydesk\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    server.answers |= {"/robots.txt": answer(200, rules), "/a": answer(200)}
    assert (await failed(fetching(), server.url("/a"), robots=True)).reason.code == "source.robots"


@pytest.mark.parametrize(
    ("robots", "let_in"),
    [
        (answer(404), True),
        (answer(403), True),
        (answer(410), True),
        (answer(200, b"\0\xff<html>no rules"), True),
        (answer(500), False),
        (answer(429), False),
        (endless, False),
        (answer(302, Location="/robots.txt"), False),
    ],
)
async def test_without_rules_the_desk_is_let_in_and_where_they_cannot_be_had_it_is_not(
    server, fetching, robots, let_in
):
    server.answers |= {"/robots.txt": robots, "/a": answer(200, b"here")}
    one = fetching()
    if let_in:
        assert (await one.fetch(server.url("/a"))).body == b"here"
    else:
        error = await failed(one, server.url("/a"), robots=True)
        assert error.reason.code in {"source.robots_unknown", "source.resting"}
        assert server.times("/a") == 0


async def test_a_redirect_does_not_lead_around_robots_txt(server, fetching):
    server.answers |= {
        "/robots.txt": answer(200, b"User-agent: *\nDisallow: /b"),
        "/a": answer(301, Location="/b"),
        "/b": answer(200, b"secret"),
    }
    assert (await failed(fetching(), server.url("/a"), robots=True)).reason.code == "source.robots"
    assert server.times("/b") == 0


async def test_no_error_repeats_what_an_address_may_have_for_a_token(server, fetching):
    server.answers["/a?key=hush"] = b"nonsense\r\n\r\n"
    assert "hush" not in str(await failed(fetching(), server.url("/a?key=hush")))


async def test_the_client_keeps_no_cookies_and_goes_through_no_proxy(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.answers["/a"] = answer(200, b"here", Set_Cookie="a=b")
    client = HttpExchange(LOOPBACK)
    for _ in range(2):
        assert (await client.get(server.url("/a"), {})).body == b"here"
    await client.aclose()
    assert [headers.get("cookie") for _, headers in server.asked] == [None, None]


async def test_who_waits_for_a_hosts_rules_and_is_stopped_leaves_nothing_behind():
    begun, asked = asyncio.Event(), []

    async def hanging(url: str) -> Answer:
        asked.append(url)
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError(url)

    files = RobotsFiles(hanging, HereAndNow())
    first, second = (asyncio.create_task(files.distance("https://one.example/x")) for _ in range(2))
    await begun.wait()
    first.cancel()
    await asyncio.wait([first])
    assert len(files._asking) == 1, "the second one's turn has come"
    second.cancel()
    await asyncio.wait([second])
    assert files._asking == {}
    assert len(asked) <= 2
