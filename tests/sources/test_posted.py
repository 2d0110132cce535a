"""POST /inbox on the real server: who has the token, how much, how often, of which kind, and under which name."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InboxError
from bot.domain.reasons import Reason
from bot.domain.sourcing import Added, FetchFailed
from bot.sources.posted import A_MINUTE, PATH, PostedFiles, receiver
from bot.web.server import WebLimits, WebSettings, serving
from tests.desk import open_desk

TOKEN = "a-long-enough-token"
MOST = 2 * 1024 * 1024


@dataclass
class Desk:
    """The server, and what it was given."""

    url: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    now: float = 1000.0
    full: bool = False

    async def drop(self, name: str, data: bytes) -> str:
        if self.full:
            raise InboxError("no space")
        self.files.append((name, data))
        return name

    async def add_page(self, url: str) -> Added:
        if "private" in url:
            raise FetchFailed(Reason("source.private", host="private", address="10.0.0.1"), lasting=True)
        self.pages.append(url)
        return Added("added/a.html")

    async def post(
        self, body: bytes | str, kind: str = "text/html", token: str = TOKEN, **headers: str
    ) -> httpx.Response:
        given = {"Authorization": f"Bearer {token}", "Content-Type": kind} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.post(self.url, content=body, headers=given)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    taking = receiver(TOKEN, MOST, made.drop, made.add_page, lambda: made.now)
    limits = WebLimits(linger=0.05)
    async with serving(WebSettings(port=0), {PATH: taking}, {}, limits) as port:
        made.url = f"http://127.0.0.1:{port}{PATH}"
        yield made


async def test_what_is_posted_with_the_token_is_in_the_inbox(desk):
    answered = await desk.post(
        b"<html>one</html>", Content_Disposition='attachment; filename="Bridge to close.html"'
    )
    assert answered.status_code == 202
    assert answered.json() == {"said": "it is in the inbox", "file": "posted/Bridge-to-close.html"}
    assert desk.files == [("posted/Bridge-to-close.html", b"<html>one</html>")]


@pytest.mark.parametrize(
    "authorization",
    [
        "", "Bearer", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN,
        f"Bearer {TOKEN.upper()}", "Bearer \xff", f"Bearer x {TOKEN}",
    ],
)  # fmt: skip
async def test_without_the_token_nothing_is_taken_and_no_body_is_read(desk, authorization):
    posted = PostedFiles(TOKEN, desk.drop, desk.add_page, lambda: 0.0)
    refused = posted.refused({"AUTHORIZATION": authorization})
    assert refused is not None
    assert refused.status == 401
    assert TOKEN not in refused.body
    assert (await desk.post(b"x", token="wrong")).status_code == 401
    assert desk.files == []


async def test_the_token_is_in_no_log(desk, caplog):
    caplog.set_level(0)
    await desk.post(b"x", token="a-wrong-one")
    await desk.post(b"<html>")
    assert TOKEN not in caplog.text
    assert "a-wrong-one" not in caplog.text


async def test_a_body_may_be_as_large_as_a_file_of_the_inbox_and_no_larger(desk):
    assert (await desk.post(b"x" * MOST)).status_code == 202
    assert (await desk.post(b"x" * (MOST + 1))).status_code == 413
    assert [len(data) for _, data in desk.files] == [MOST]

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(MOST // 65536 + 1):
            yield b"x" * 65536

    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/html"}
        answered = await client.post(desk.url, content=chunks(), headers=headers)
    assert answered.status_code == 413


@pytest.mark.parametrize(
    ("kind", "status", "ending"),
    [
        ("text/html; charset=utf-8", 202, ".html"),
        ("text/markdown", 202, ".md"),
        ("application/pdf", 202, ".pdf"),
        ("message/rfc822", 202, ".eml"),
        ("application/json", 202, ".json"),
        ("application/octet-stream", 202, ".html"),
        ("image/png", 415, ""),
        ("video/mp4", 415, ""),
        ("multipart/form-data; boundary=x", 415, ""),
        ("application/x-www-form-urlencoded", 415, ""),
    ],
)
async def test_a_file_is_called_by_its_kind(desk, kind, status, ending):
    assert (await desk.post(b'{"text": "a"}', kind)).status_code == status
    assert [name for name, _ in desk.files] == ([f"posted/clip{ending}"] if ending else [])


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../../etc/cron.d/x.txt"', "posted/x.html"),
        ('attachment; filename="C:\\\\Windows\\\\x.txt"', "posted/x.html"),
        ('attachment; filename=".bashrc"', "posted/bashrc.html"),
        ('attachment; filename=".."', "posted/article.html"),
        ("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.html", "posted/Größe.html"),
        ("attachment; filename*=nonsense''a%FF.html", "posted/a.html"),
        ("attachment", "posted/clip.html"),
        (f"attachment; filename={'(' * 6_000}", "posted/clip.html"),
        ('attachment; filename=""', "posted/clip.html"),
    ],
)
async def test_a_name_is_made_harmless(desk, disposition, name):
    await desk.post(b"<html>", Content_Disposition=disposition)
    [(given, _)] = desk.files
    assert given.startswith("posted/")
    assert given.count("/") == 1
    if "nonsense" not in disposition:
        assert given == name


async def test_an_address_alone_stands_for_its_page(desk):
    assert (await desk.post('{"url": "https://example.org/a"}', "application/json")).status_code == 202
    assert (await desk.post("# a\r\nhttps://example.org/b\r\n", "text/uri-list")).status_code == 202
    assert desk.pages == ["https://example.org/a", "https://example.org/b"]
    assert desk.files == []
    whole = json.dumps({"url": "https://example.org/a", "text": "An article."})
    assert (await desk.post(whole, "application/json")).status_code == 202
    assert len(desk.files) == 1


async def test_a_page_that_cannot_be_had_is_said_with_its_reason(desk):
    answered = await desk.post('{"url": "http://private/"}', "application/json")
    assert answered.status_code == 422
    assert "no public address" in answered.json()["said"]


async def test_who_posts_too_often_waits(desk):
    desk_posts = PostedFiles(TOKEN, desk.drop, desk.add_page, lambda: desk.now)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answers = [desk_posts.refused(headers) for _ in range(A_MINUTE + 1)]
    assert answers[:-1] == [None] * A_MINUTE
    assert answers[-1] is not None
    assert (answers[-1].status, answers[-1].headers["Retry-After"]) == (429, "1")
    assert desk_posts.refused({}) is not None
    desk.now += 1
    assert desk_posts.refused(headers) is None
    assert desk_posts.refused(headers) is not None


async def test_odd_requests_have_an_answer(desk):
    assert (await desk.post(b"")).status_code == 400
    assert (await desk.post(b" \n ")).status_code == 400
    assert (await desk.post(b"x", Content_Encoding="gzip")).status_code == 415
    desk.full = True
    full = await desk.post(b"<html>")
    assert (full.status_code, full.headers["Retry-After"]) == (503, "60")
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(desk.url)).status_code == 405


@given(st.text(max_size=60), st.text(max_size=60), st.binary(max_size=60))
async def test_whatever_is_posted_is_answered(disposition, kind, body):
    desk = Desk()
    posted = PostedFiles(TOKEN, desk.drop, desk.add_page, lambda: 0.0)
    headers = {"content-disposition": disposition, "content-type": kind}
    answered: Any = await posted.take(headers, body)
    assert answered.status in {202, 400, 415, 422}
    assert all(name.startswith("posted/") for name, _ in desk.files)


async def test_a_desk_takes_posted_files_only_with_a_token(tmp_path):
    async with open_desk(tmp_path) as opened:
        assert opened.posted_files() == {}
        opened.config = replace(opened.config, inbox_token=TOKEN)
        [(path, taking)] = opened.posted_files().items()
        assert (path, taking.most) == ("/inbox", 20 * 1024 * 1024)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
        assert taking.refused(headers) is None
        assert (await taking.take(headers, b"A letter.")).status == 202
        assert (tmp_path / "inbox/posted/clip.txt").read_bytes() == b"A letter."
