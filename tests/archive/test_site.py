"""The archive of a desk that posted a digest: what is there, for whom, and what goes when an article is forgotten."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from bot.archive import contents
from bot.archive.site import ArchiveSite, SiteSettings
from bot.domain.messaging import Answered, Visit
from bot.domain.model import CONSOLE, Address, Occasion, Schedule, Subscription, Summary
from bot.domain.ports import Desk
from bot.domain.teams import Team, Teams
from bot.web.links import ROOT, Links, digest_names, place_names
from bot.web.settings import ArchiveSettings, WebSettings
from tests.archive.test_pages import Tags
from tests.builders import NOON
from tests.desk import FERRY, ORCHARD, OpenDesk, open_desk
from tests.fakes import FakeClock
from tests.runtime.test_web import exchange

PUBLIC = ArchiveSettings("https://desk.example.org", public=True)
SIGNED = ArchiveSettings("https://desk.example.org", secret="s" * 32)
CHANNEL = {"name": "all", "to": "console", "at": ["22:00"], "timezone": "Asia/Tokyo"}
DIGEST = digest_names(Occasion("slot", "file:all", "2031-03-04T22:00"))
PLAIN = "/archive/digests/file:all/slot/2031-03-04T22:00"


class Visitor:
    """Asks the archive of a desk for pages."""

    def __init__(self, desk: OpenDesk, settings: ArchiveSettings, teams: Teams) -> None:
        self.desk, self.links = desk, Links(settings)
        self.site = ArchiveSite(
            desk.desk,
            desk.archived,
            settings,
            lambda: SiteSettings(
                "UTC", topics={"fruit": "apple"}, channels=desk.config.channels, teams=teams
            ),
        )

    async def get(self, path: str, **headers: str) -> Answered:
        parts = urlsplit(path)
        return await self.site.visit(Visit(parts.path, parts.query, headers))

    async def status(self, path: str) -> int:
        return (await self.get(path)).status

    def signed(self, *names: str, team: str = "", **query: str) -> str:
        return self.links.to(self.links.granted(team, self.desk.desk.clock.now()), *names, **query)


@asynccontextmanager
async def archive(
    tmp_path: Path, settings: ArchiveSettings, teams: Teams | None = None
) -> AsyncIterator[Visitor]:
    """A desk whose console got one digest of two stories, of two outlets."""
    inbox, clock = tmp_path / "inbox", FakeClock(NOON)
    inbox.mkdir()
    for name, source, title, paragraphs in (
        ("a", "Harbour Ledger", "Ferries to run every ten minutes", FERRY),
        ("b", "Lake Times", "Frost takes the apples", ORCHARD),
    ):
        head = f"---\ntitle: {title}\nsource: {source}\nurl: https://{name}.example/{name}\n---\n\n"
        (inbox / f"{name}.md").write_text(head + "\n\n".join(paragraphs), encoding="utf-8")
    async with open_desk(tmp_path, clock, {"channels": [CHANNEL]}) as desk:
        await desk.deliver.stage_due()
        await desk.empty_inbox()
        clock.pass_by(hours=1)
        assert await desk.deliver.stage_due() == 1
        await desk.deliver.post_waiting(timedelta(minutes=1))
        yield Visitor(desk, settings, teams or Teams())


async def followed(visitor: Visitor, start: str) -> dict[str, str]:
    """Every page of the archive that can be come to from this one, by its path."""
    pages: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        answer = await visitor.get(path)
        assert answer.status == 200, path
        pages[path] = answer.body
        links = (one.get("href") or "" for one in Tags(answer.body).all("a"))
        waiting += [one.partition("#")[0] for one in links if one.startswith(ROOT)]
    return pages


async def test_who_comes_from_a_digest_finds_each_line_in_its_article(tmp_path):
    async with archive(tmp_path, PUBLIC) as visitor:
        pages = await followed(visitor, PLAIN)
        digest = pages[PLAIN]
        assert "4 March 2031, 22:00" in digest  # as in Tokyo, where its readers are
        assert "The all digest" in digest
        assert "Frost takes the apples" in digest
        numbers = {one["href"] for one in Tags(digest).all("a") if one.get("class") == "number"}
        assert len(numbers) > 3
        for way in numbers:
            path, _, line = (way or "").partition("#")
            assert f'<mark id="{line}">' in pages[path]


async def test_without_a_good_link_nothing_is_there_and_nothing_is_told(tmp_path):
    async with archive(tmp_path, SIGNED) as visitor:
        good = visitor.signed(*DIGEST)
        assert await visitor.status(good) == 200
        nowhere = await visitor.get("/archive/digests/file:other/slot/2031-03-04T22:00")
        assert nowhere.status == 404
        key = good.partition("?")[2]
        for path in (PLAIN, f"{PLAIN}?key=", f"/archive/articles/1?{key}", f"{good}x", f"/archive?{key}", f"/archive/articles/999?{key}"):  # fmt: skip
            assert await visitor.get(path) == nowhere
        visitor.desk.desk.clock.pass_by(days=30)
        assert await visitor.get(good) == nowhere
        assert "Copydesk" in nowhere.body
        assert "Frost" not in nowhere.body


PATHS = st.builds(
    "/archive{}/{}".format,
    st.sampled_from(["", "/digests", "/articles", "/search", "/feeds", "/style"]),
    st.text(max_size=60),
)
QUERIES = st.one_of(
    st.text(max_size=60), st.builds("key={}&q={}&page={}".format, st.text(), st.text(), st.text())
)
FIELDS = st.dictionaries(st.text(max_size=5), st.text(max_size=5))


@given(st.builds(Visit, PATHS, QUERIES, FIELDS))
def test_whatever_a_stranger_sends_is_answered_alike(visit: Visit):
    nothing: Any = None  # nothing is looked up
    desk = Desk(nothing, nothing, nothing, FakeClock(NOON))
    site = ArchiveSite(desk, nothing, SIGNED, lambda: SiteSettings("UTC"))
    answer = asyncio.run(site.visit(visit))
    assert answer == asyncio.run(site.visit(Visit("/archive/nowhere")))
    assert answer.status == 404


async def test_no_page_leads_to_anything_for_longer_than_the_link_to_it(tmp_path):
    async with archive(tmp_path, SIGNED) as visitor:
        start = visitor.signed(*DIGEST)
        visitor.desk.desk.clock.pass_by(days=20)
        until = {re.search(r"key=\.(\d+)\.", path)[1] for path in await followed(visitor, start)}
        assert len(until) == 1
        visitor.desk.desk.clock.pass_by(days=10)
        assert await visitor.status(start) == 404


async def test_a_team_sees_its_own_sources_and_a_link_from_before_the_teams_nothing(tmp_path):
    fruit, ships = Team("fruit", sources=frozenset({"lake times"})), Team("ships", sources=frozenset({"x"}))
    async with archive(tmp_path, SIGNED, Teams((fruit, ships))) as visitor:
        assert await visitor.status(visitor.signed(*DIGEST)) == 404
        assert await visitor.status(visitor.signed(*DIGEST, team="gone")) == 404
        (frost,) = (await visitor.desk.forgetting.chosen("apples")).ids
        pages = await followed(visitor, visitor.signed(*DIGEST, team="fruit"))
        assert any("Frost takes the apples" in page for page in pages.values())
        assert not any("Ferries" in page or "Celia Marrant" in page for page in pages.values())
        for kind in ("articles", "stories"):
            for number in (1, 2):
                path = visitor.signed(kind, str(number), team="fruit")
                assert await visitor.status(path) == (200 if number == frost else 404)
        assert (await visitor.get(visitor.signed(*DIGEST, team="ships"))).body.count("<h2>") == 0
        for team, named in (("fruit", True), ("ships", False)):  # whose outlets are its own is not told
            asked = visitor.signed("search", team=team, q="frost from the Lake Times")
            assert ("source:" in (await visitor.get(asked)).body) is named


async def test_what_was_posted_to_a_chat_that_another_team_has_by_now_is_not_there(tmp_path):
    mine, other = Team("mine"), Team("other", frozenset({"console:"}))
    async with archive(tmp_path, SIGNED, Teams((mine, other))) as visitor:
        feeds = (("feeds", "channels", "file:all"), place_names(CONSOLE))
        for names in (DIGEST, ("channels", "file:all"), *feeds):
            assert await visitor.status(visitor.signed(*names, team="mine")) == 404
            assert await visitor.status(visitor.signed(*names, team="other")) == 200


async def test_what_is_forgotten_is_gone_from_every_page_at_once(tmp_path):
    async with archive(tmp_path, PUBLIC) as visitor:
        before = await visitor.get(PLAIN)
        (article,) = (await visitor.desk.forgetting.chosen("apples")).entries
        path = f"/archive/articles/{article.id}"
        assert await visitor.status(path) == 200
        await visitor.desk.forgetting.forget_all(str(article.id))
        after = await visitor.get(PLAIN, **{"if-none-match": before.headers["ETag"]})
        assert after.status == 200
        assert "Frost" in before.body
        assert "Frost" not in after.body
        assert "Lukas Brehm" not in after.body
        assert (await visitor.get(path)).status == 410
        assert await visitor.status(f"{PLAIN}{path.removeprefix('/archive')}") in {404, 410}


async def test_what_expired_and_what_was_let_go_of_is_left_out_and_counted(tmp_path, monkeypatch):
    async with archive(tmp_path, PUBLIC) as visitor:
        library = visitor.desk.desk.library
        entries, now = library.entries, visitor.desk.desk.clock.now()

        async def kept(ids: Any, *, expired: bool) -> Any:
            found = await entries(ids)
            return tuple(
                replace(one, expires=now) if expired else one for one in found if expired or one.id != 1
            )

        for expired, stories in ((False, 1), (True, 0)):
            monkeypatch.setattr(library, "entries", partial(kept, expired=expired))
            page = await visitor.get(PLAIN)
            assert page.body.count("<h2>") == stories
            assert f"{2 - stories} article" in page.body
            assert "no longer shown" in page.body
            assert await visitor.status("/archive/articles/1") == 404
            assert await visitor.status("/archive/stories/1") == 404


async def test_of_an_article_that_was_changed_since_only_its_lines_of_now_stand(tmp_path, monkeypatch):
    async with archive(tmp_path, PUBLIC) as visitor:
        library = visitor.desk.desk.library
        entries = library.entries

        async def read_anew(ids: Any) -> Any:
            found = await entries(ids)
            return tuple(replace(one, reread=99, summary=Summary((), "lead")) for one in found)

        monkeypatch.setattr(library, "entries", read_anew)
        page = (await visitor.get(PLAIN)).body
        assert "Nobody should have to plan" in page
        assert "Ferries between Port Averne" not in page
        assert "2 articles of this digest are no longer shown" in page


async def test_what_people_want_for_themselves_is_on_no_public_archive(tmp_path):
    mine = Subscription("7", "mine", CONSOLE, "", Schedule("UTC"))
    paths = ("/archive/channels/7", "/archive/digests/7/asked/me")
    async with archive(tmp_path, PUBLIC) as visitor:
        assert await visitor.desk.deliver.send_now(mine, "me")
        await visitor.desk.deliver.post_waiting(timedelta(minutes=1))
        assert {await visitor.status(path) for path in paths} == {404}
        private = Visitor(visitor.desk, SIGNED, Teams())
        assert await private.status(private.signed("channels", "7")) == 200
        assert await private.status(private.signed("digests", "7", "asked", "me")) == 200
        place = place_names(CONSOLE)
        assert await told_names(visitor, "/".join((ROOT, *place))) == ["The all digest"]
        assert await told_names(private, private.signed(*place)) == ["The mine digest", "The all digest"]
        for other in (Address("slack", "C1"), Address("console", "x"), Address("console", "", "7")):
            assert await private.status(private.signed(*place_names(other))) == 404


async def told_names(visitor: Visitor, path: str) -> list[str]:
    """The digests in a feed, the newest first."""
    return [one.title for one in feedparser.parse((await visitor.get(path)).body).entries]


async def test_a_digest_that_arrived_nowhere_has_no_page(tmp_path):
    async with archive(tmp_path, PUBLIC) as visitor:
        (channel,) = await visitor.desk.subscriptions()
        assert await visitor.desk.deliver.send_now(channel, "again")
        path = "/archive/digests/file:all/asked/again"
        assert await visitor.status(path) == 404
        await visitor.desk.deliver.post_waiting(timedelta(minutes=1))
        assert await visitor.status(path) == 200


async def test_a_search_knows_the_query_language_and_the_topics_and_marks_what_it_found(tmp_path):
    async with archive(tmp_path, PUBLIC) as visitor:
        for asked, title in (
            ("said:Marrant", "Ferries"),
            ("topic:fruit", "Frost"),
            ("orchard OR blossom -ferry", "Frost"),
        ):
            page = (await visitor.get(f"/archive/search?{urlencode({'q': asked})}")).body
            assert page.count("<h2") == 1, asked
            assert title in page
            assert f'value="{asked}"' in page
        assert "<mark>blossom</mark>" in page
        spoken = (
            await visitor.get(f"/archive/search?{urlencode({'q': 'news about blossom newest first'})}")
        ).body
        assert 'value="news about blossom newest first"' in spoken
        assert "<mark>blossom</mark>" in spoken
        assert "sort:new" in spoken
        outlet = (await visitor.get(f"/archive/search?{urlencode({'q': 'frost from the Lake Times'})}")).body
        assert outlet.count("<h2") == 1
        assert "source:" in outlet
        elsewhere = (await visitor.get(f"/archive/search?{urlencode({'q': 'frost from the Ledger'})}")).body
        assert "I found nothing for" in elsewhere
        before = (await visitor.get(f"/archive/search?{urlencode({'q': 'blossom older than 3 years'})}")).body
        assert "I found nothing for" in before
        nothing = (await visitor.get("/archive/search?q=%22%3E%3Cscript%3E+unheard")).body
        assert "I found nothing for" in nothing
        assert "<script" not in nothing
        assert "I looked for" in (await visitor.get("/archive/search?q=%28ferry")).body
        assert (await visitor.get("/archive/search")).body.count("<h2") == 2
        assert await visitor.status(f"/archive/search?q={'x' * 501}") == 400
        assert await visitor.status("/archive/search?q=ferry&page=2") == 404


async def test_a_search_has_pages_and_each_keeps_the_query_and_the_key(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "HITS", 1)
    async with archive(tmp_path, SIGNED) as visitor:
        first = await visitor.get(visitor.signed("search", q="crowns & boats OR apples"))
        (older,) = [one["href"] or "" for one in Tags(first.body).all("a") if one.get("rel") == "next"]
        second = (await visitor.get(older)).body
        assert '<ol start="2"' in second
        assert [one["rel"] for one in Tags(second).all("a") if one.get("rel")] == ["prev"]
        (form,) = Tags(second).all("form")
        fields = {one["name"]: one.get("value") for one in Tags(second).all("input")}
        assert fields["q"] == "crowns & boats OR apples"
        again = f"{form['action']}?{urlencode({'q': 'ferry', 'key': fields['key']})}"
        assert await visitor.status(again) == 200
        assert await visitor.status(f"{form['action']}?q=ferry") == 404


async def test_a_feed_tells_of_the_digests_of_a_channel_or_of_what_a_query_finds(tmp_path):
    async with archive(tmp_path, SIGNED) as visitor:
        digests = await visitor.get(visitor.signed("feeds", "channels", "file:all"))
        assert digests.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        told = feedparser.parse(digests.body)
        assert (told.bozo, told.version, told.feed.title) == (False, "atom10", "The all digest")
        (entry,) = told.entries
        assert entry.id == "https://desk.example.org/archive/digests/file:all/slot/2031-03-04T22:00"
        assert "Frost takes the apples" in entry.content[0].value
        assert await visitor.status(entry.link.removeprefix("https://desk.example.org")) == 200
        found = feedparser.parse((await visitor.get(visitor.signed("feeds", "search", q="apples"))).body)
        assert [(one.title, one.author) for one in found.entries] == [
            ("Frost takes the apples", "Lake Times")
        ]
        assert "smallest apple harvest" in found.entries[0].content[0].value
        assert found.entries[0].id == "https://desk.example.org/archive/articles/2"
        for path in (found.feed.links[0].href, found.entries[0].link):
            assert await visitor.status(path.removeprefix("https://desk.example.org")) == 200
        assert await visitor.status(visitor.signed("feeds", "search", q="x" * 501)) == 404
        assert await visitor.status(visitor.signed("feeds", "other", q="x")) == 404
        assert await visitor.status(visitor.signed("feeds", "channels", "file:none")) == 404


async def test_the_first_page_has_the_channels_of_the_configuration_for_who_may_see_them(tmp_path):
    teams = Teams((Team("a", frozenset({"slack:C1"})), Team("b")), Team("b"))
    async with archive(tmp_path, PUBLIC) as visitor:
        page = (await visitor.get("/archive")).body
        assert '<a href="/archive/channels/file:all">The all digest</a>' in page
        assert "Tuesday 4 March 2031, 13:00" in page
        assert (await visitor.get("/archive/")).body == page
        private = Visitor(visitor.desk, SIGNED, teams)
        assert "No digest has been posted yet." in (await private.get(private.signed(team="a"))).body


async def test_what_makes_no_sense_is_not_there(tmp_path):
    paths = (
        *("/archive/articles/0", "/archive/articles/1e3", f"/archive/articles/{'9' * 30}", "/archive/stories/x"),
        *("/archive/stories/77", "/archive/x", f"{PLAIN}/articles/99", f"{PLAIN}/stories/1", f"{PLAIN[:-1]}1"),
        *("/archive/channels/file:all?page=0", "/archive/channels/file:all?page=99", "/archive/channels/file:all?page=9"),
        *("/archive/digests/file:all/%00/x", f"{PLAIN}?{'a=1&' * 20}", f"{PLAIN}?a=%ff", f"/archive/{'a/' * 1_500}"),
    )  # fmt: skip
    async with archive(tmp_path, PUBLIC) as visitor:
        assert dict.fromkeys(paths, 404) == {path: await visitor.status(path) for path in paths}


async def test_over_the_wire_every_answer_forbids_what_a_page_does_not_need(tmp_path):
    from bot.web.server import serving

    async with archive(tmp_path, SIGNED) as visitor:
        sites = {ROOT: visitor.site.visit}
        async with serving(WebSettings(port=0), {}, {}, sites=sites) as port:

            async def sent(method: str, path: str, *headers: str) -> tuple[int, dict[str, str], str]:
                lines = (f"{method} {path} HTTP/1.1", "Host: desk", *headers, "", "")
                head, _, body = (
                    (await exchange(port, "\r\n".join(lines).encode())).decode().partition("\r\n\r\n")
                )
                first, *rest = head.split("\r\n")
                return int(first.split(" ")[1]), dict(line.lower().split(": ", 1) for line in rest), body

            good = visitor.signed(*DIGEST)
            status, headers, body = await sent("GET", good)
            assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert "<h1>The all digest</h1>" in body
            for path in (good, PLAIN):
                _, headers, _ = await sent("GET", path)
                assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
                assert headers["referrer-policy"] == "no-referrer"
                assert headers["x-content-type-options"] == "nosniff"
                assert headers["x-frame-options"] == "deny"
                assert headers["x-robots-tag"] == "noindex, nofollow"
                assert headers["cache-control"] == "private, no-cache"
                assert "server" not in headers
            assert (await sent("GET", good, f"If-None-Match: {(await sent('GET', good))[1]['etag']}"))[
                ::2
            ] == (304, "")
            assert (await sent("HEAD", good))[::2] == (200, "")
            status, headers, _ = await sent("POST", good, "Content-Length: 0")
            assert (status, headers["allow"]) == (405, "get, head")
            assert (await sent("GET", "/archived"))[0] == 404
            (sheet,) = [one["href"] for one in Tags(body).all("link") if one["rel"] == "stylesheet"]
            status, headers, _ = await sent("GET", sheet or "")
            assert (status, headers["content-type"]) == (200, "text/css; charset=utf-8")


async def test_when_the_store_is_in_trouble_the_page_says_so_and_the_desk_goes_on(tmp_path, monkeypatch):
    from bot.domain.errors import StoreError

    async with archive(tmp_path, PUBLIC) as visitor:

        async def broken(*_: Any) -> Any:
            raise StoreError("/secret/place is locked")

        monkeypatch.setattr(visitor.desk.desk.library, "entries", broken)
        answer = await visitor.get(PLAIN)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert "/secret/place" not in answer.body
