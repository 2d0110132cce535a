"""POST /inbox from pages in a browser: those of the sites that are allowed, and of no others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot import config
from bot.domain.errors import ConfigError
from bot.domain.messaging import Answered
from bot.domain.sourcing import Added
from bot.sources.posted import PATH, receiver
from bot.web.origins import parse_origin
from bot.web.server import WebLimits, WebSettings, serving
from tests.playground.chromium import PROGRAM, page

TOKEN = "a-long-enough-token"
TOOLS, ADDON = "https://tools.example.org", "moz-extension://7f4c1f0e-1d2b-4c3d-8e9f-0a1b2c3d4e5f"
CLIP = Path(__file__).resolve().parents[2] / "deploy" / "clip.html"
ALLOW = "access-control-allow-origin"
WANTED = "authorization,content-type"


@dataclass
class Desk:
    """The server, and the pages that it was asked for."""

    origins: frozenset[str]
    url: str = ""
    pages: list[str] = field(default_factory=list)
    _served: list[str] = field(default_factory=list)

    async def drop(self, name: str, data: bytes) -> str:
        raise AssertionError(f"{name}, {len(data)}: an address is no file")

    async def add_page(self, url: str) -> Added:
        self.pages.append(url)
        return Added("added/a.html")

    async def ask(
        self, method: str, origin: str | None, headers: dict[str, str] | None = None, body: str = ""
    ) -> httpx.Response:
        given = {**({} if origin is None else {"Origin": origin}), **(headers or {})}
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.request(method, self.url, headers=given, content=body)

    async def preflight(
        self, origin: str | None, method: str = "POST", wanted: str | None = WANTED
    ) -> httpx.Response:
        asked = {"Access-Control-Request-Method": method}
        if wanted is not None:
            asked["Access-Control-Request-Headers"] = wanted
        return await self.ask("OPTIONS", origin, asked)

    async def post(self, origin: str | None, token: str = TOKEN) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return await self.ask("POST", origin, headers, '{"url": "https://news.example/a"}')


def takes(desk: Desk, origins: frozenset[str]) -> dict[str, object]:
    return {PATH: receiver(TOKEN, 1_000_000, desk.drop, desk.add_page, origins=origins)}


@pytest.fixture(params=[(TOOLS, ADDON)])
async def desk(request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    made = Desk(frozenset(request.param))
    limits = WebLimits(linger=0.05)
    async with serving(WebSettings(port=0), takes(made, made.origins), {}, limits) as port:  # type: ignore[arg-type]
        made.url = f"http://127.0.0.1:{port}{PATH}"
        yield made


@pytest.mark.parametrize("origin", [TOOLS, ADDON])
@pytest.mark.parametrize(
    "wanted", [WANTED, "Authorization", "authorization, content-disposition,content-type", None]
)
async def test_a_page_that_is_allowed_may_ask_send_and_read_the_answer(desk, origin, wanted):
    may = await desk.preflight(origin, wanted=wanted)
    assert may.status_code == 204
    assert (may.headers[ALLOW], may.headers["access-control-allow-methods"]) == (origin, "POST")
    assert may.headers["access-control-allow-headers"] == "Authorization, Content-Disposition, Content-Type"
    assert may.headers["vary"] == "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
    assert "access-control-allow-credentials" not in may.headers
    sent = await desk.post(origin)
    assert (sent.status_code, sent.headers[ALLOW], sent.headers["vary"]) == (202, origin, "Origin")
    assert desk.pages == ["https://news.example/a"]


FORGED = (
    None, "", "null", "*", "https://tools.example.org.evil.example", "https://evil.example", "http://tools.example.org",
    "https://tools.example.org:8443", "https://TOOLS.example.org", "https://tools.example.org/", "https://tools.example.org.",
    "https://eviltools.example.org", "https://a.tools.example.org", f"{TOOLS}, https://evil.example", f"https://evil.example {TOOLS}",
    "https://evil.example#https://tools.example.org", "moz-extension://7f4c1f0e", f"{ADDON}0", "file://",
)  # fmt: skip


@pytest.mark.parametrize("origin", FORGED)
async def test_a_page_from_elsewhere_may_not_send_and_reads_nothing(desk, origin):
    refused = await desk.preflight(origin)
    assert refused.status_code == 403
    assert not [name for name in refused.headers if name.startswith("access-control")]
    assert refused.headers["vary"].startswith("Origin")
    told = (await desk.post(origin, token="a-wrong-token")).headers
    assert not [name for name in told if name.startswith("access-control")]


async def test_who_has_the_token_and_no_browser_may_send_from_anywhere(desk):
    assert [(await desk.post(origin)).status_code for origin in (None, "https://evil.example")] == [202, 202]


@pytest.mark.parametrize(
    ("method", "wanted"),
    [("GET", WANTED), ("PUT", WANTED), ("post", WANTED), ("", WANTED), ("POST", "authorization,x-forwarded-for"), ("POST", "cookie")],
)  # fmt: skip
async def test_other_methods_and_headers_are_not_allowed(desk, method, wanted):
    refused = await desk.preflight(TOOLS, method, wanted)
    assert (refused.status_code, ALLOW in refused.headers) == (403, False)


async def test_a_refusal_can_be_read_by_a_page_that_is_allowed(desk):
    refused = await desk.post(TOOLS, token="a-wrong-token")
    assert (refused.status_code, refused.headers[ALLOW]) == (401, TOOLS)
    assert (await desk.ask("POST", TOOLS)).headers[ALLOW] == TOOLS
    other = await desk.ask("PUT", TOOLS)
    assert (other.status_code, other.headers["allow"], other.headers[ALLOW]) == (405, "OPTIONS, POST", TOOLS)


@pytest.mark.parametrize("desk", [()], indirect=True)
async def test_a_desk_that_allows_no_page_says_nothing_of_it(desk):
    refused = await desk.preflight(TOOLS)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    sent = await desk.post(TOOLS)
    assert sent.status_code == 202
    assert not {"vary", ALLOW} & {*sent.headers}


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (TOOLS, TOOLS), ("https://Tools.Example.org:443/", TOOLS), ("http://localhost:8000", "http://localhost:8000"),
        ("http://intranet:80", "http://intranet"), ("https://[::1]:8443", "https://[::1]:8443"), (ADDON, ADDON),
        ("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop"),
        ("safari-web-extension://0A1B-2C", "safari-web-extension://0A1B-2C"),
    ],
)  # fmt: skip
def test_an_origin_is_written_as_browsers_send_it(text, origin):
    assert parse_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    ["*", "null", "", "tools.example.org", "https://*.example.org", f"{TOOLS}/clip", "https://bücher.example", "file:///clip.html",
     "https://a@b.example", "https://a.example:99999", f"{TOOLS} ", f"{TOOLS}\n", "ftp://a.example", "https://"],
)  # fmt: skip
def test_what_is_no_origin_is_refused_with_a_sentence(text):
    with pytest.raises(ConfigError, match=r"(?s)inbox.origins\[0\]: .* is not where a page comes from"):
        config.build({"inbox": {"origins": [text]}}, Path("/desk"), {})


def test_the_configuration_has_the_origins():
    told = config.build({"inbox": {"origins": ["https://Tools.Example.org/"]}}, Path("/desk"), {})
    assert told.inbox_origins == {TOOLS}


@pytest.mark.skipif(PROGRAM is None, reason="needs Debian's chromium")
async def test_the_page_of_the_bookmarklet_sends_what_it_names_after_a_click_and_only_from_where_it_may(
    tmp_path,
):
    made, shown = Desk(frozenset()), ""

    async def clip() -> Answered:
        return Answered(200, {"Content-Type": "text/html; charset=utf-8"}, shown)

    async with serving(WebSettings(port=0), {}, {"/clip.html": clip}) as port:
        tools = f"http://127.0.0.1:{port}"
        receivers = takes(made, frozenset({tools}))
        async with (
            serving(WebSettings(port=0), receivers, {}) as inbox,
            page(tmp_path / "profile") as browser,
        ):  # type: ignore[arg-type]
            shown = CLIP.read_text(encoding="utf-8").replace(
                "https://desk.example.org/inbox", f"http://127.0.0.1:{inbox}{PATH}"
            )
            add = f"token.value = '{TOKEN}', document.forms[0].requestSubmit()"
            address = "/clip.html#https%3A%2F%2Fnews.example%2Fa%3Fb%3D%3Cb%3E"
            await browser.open(f"{tools}{address}")
            assert await browser.value("page.textContent") == "https://news.example/a?b=<b>"
            assert made.pages == []
            await browser.value(add)
            assert await browser.until("said.value.length > 1 && said.value") == "it is in the inbox"
            assert made.pages == ["https://news.example/a?b=<b>"]
            await browser.open(f"http://localhost:{port}{address}")
            await browser.value(add)
            told = await browser.until("said.value.length > 1 && said.value")
            assert told.startswith("the desk does not answer this page")
            assert len(made.pages) == 1
