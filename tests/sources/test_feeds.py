"""What is new in a feed becomes a file, once: whatever its ids do, and whether its page can be had."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InboxError
from bot.domain.sourcing import FetchFailed, Source, SourceState
from bot.sources.entries import MOST_REVISIONS, is_new, read_feed
from bot.sources.feeds import MOST_AT_ONCE, TRIES, Feeds, Round
from bot.sources.fetching import Fetched, Fetching
from bot.sources.host_turns import HostTurns
from bot.sources.pages import page_file
from bot.sources.settings import FetchSettings
from tests.builders import NOON
from tests.fakes import FakeClock, HereAndNow
from tests.sources.far_end import FarEnd, answer, far_end
from tests.sources.feeds import MemorySources, an_item, atom, json_feed, page, rss, story

LOOPBACK = FetchSettings(max_mb=1, private=(ip_network("127.0.0.0/8"),))


@dataclass
class Desk:
    """A feed on a real server, and the files that it made."""

    server: FarEnd
    feeds: Feeds
    store: MemorySources
    source: Source
    files: dict[str, bytes] = field(default_factory=dict)
    state: SourceState = field(init=False)
    full: bool = False

    def __post_init__(self) -> None:
        self.state = SourceState(self.source.url, NOON, NOON)

    async def drop(self, name: str, data: bytes) -> str:
        if self.full:
            raise InboxError("no space")
        self.files[f"{name}~{len(self.files)}"] = data
        return name

    async def take(self) -> Round:
        found = await self.feeds.take(self.source, self.state)
        self.state = replace(self.state, succeeded=NOON, etag=found.etag, modified=found.modified)
        return found

    def link(self, path: str) -> str:
        return self.server.url(path)

    def serves(self, feed: bytes, **headers: str) -> None:
        self.server.answers["/feed"] = answer(200, feed, **headers)


@pytest.fixture
async def desk() -> AsyncIterator[Any]:
    async with far_end() as server:
        fetching = Fetching(LOOPBACK, HereAndNow(), turns=HostTurns(apart=0))
        store, source = MemorySources(), Source("courier", server.url("/feed"))
        made: list[Desk] = []

        async def drop(name: str, data: bytes) -> str:
            return await made[0].drop(name, data)

        made.append(Desk(server, Feeds(fetching, HereAndNow(), store, drop, FakeClock()), store, source))
        yield made[0]
        await fetching.aclose()


@pytest.mark.parametrize("written", [atom, json_feed, lambda *told: rss(an_item(*told))])
async def test_an_entry_that_is_whole_becomes_a_file_as_it_is(desk, written):
    desk.serves(written("Repairs decided", "https://example.org/a", story("the bridge")))
    assert (await desk.take()).files == 1
    [(name, data)] = desk.files.items()
    assert name == "courier/Repairs-decided.json~0"
    assert b"the bridge in Mast Street" in data
    assert b"https://example.org/a" in data
    assert b"The Quay Courier" in data
    assert [path for path, _ in desk.server.asked] == ["/robots.txt", "/feed"]


async def test_a_teaser_has_its_page_fetched(desk):
    desk.serves(rss(an_item("Repairs decided", "/a", "The bridge is to be…")))
    desk.server.answers["/a"] = answer(200, page("the bridge"), Content_Type="text/html")
    assert (await desk.take()).files == 1
    [(name, data)] = desk.files.items()
    assert name == "courier/Repairs-decided.html~0"
    assert data.startswith(f"<!-- saved from url=({len(desk.link('/a')):04}){desk.link('/a')} -->".encode())
    assert data.endswith(page("the bridge"))


@pytest.mark.parametrize(("pages", "asked"), [("never", 0), ("auto", 0), ("always", 1)])
async def test_whether_a_page_is_fetched_may_be_chosen(desk, pages, asked):
    desk.source = replace(desk.source, pages=pages)
    desk.serves(rss(an_item("Repairs decided", "/a", story("the bridge"))))
    desk.server.answers["/a"] = answer(200, page("the bridge"), Content_Type="text/html")
    await desk.take()
    assert desk.server.times("/a") == asked
    assert len(desk.files) == 1


@pytest.mark.parametrize(
    "answered",
    [
        answer(404),
        answer(403),
        answer(200, b"<html><body><p>Please accept cookies</p></body></html>", Content_Type="text/html"),
        answer(200, b"\x89PNG", Content_Type="image/png"),
        answer(302, Location="http://10.0.0.1/"),
    ],
)
async def test_where_the_page_cannot_be_had_or_says_less_the_teaser_stands_in(desk, answered):
    desk.serves(rss(an_item("Repairs decided", "/a", "The bridge is to be repaired before the fair.")))
    desk.server.answers["/a"] = answered
    assert (await desk.take()).files == 1
    [(name, data)] = desk.files.items()
    assert name.endswith(".json~0")
    assert b"before the fair" in data


async def test_a_page_that_cannot_be_had_just_now_is_asked_for_again_and_the_feed_with_it(desk):
    desk.serves(rss(an_item("Repairs decided", "/a", "The bridge is to be repaired.")), ETag='"1"')
    desk.server.answers["/a"] = answer(500)
    for _ in range(TRIES - 1):
        assert await desk.take() == Round(0)
    assert await desk.take() == Round(1, '"1"')
    assert desk.server.times("/a") == TRIES
    assert (await desk.take()).files == 0


async def test_a_headline_alone_makes_no_file_and_is_not_asked_for_again(desk):
    desk.serves(rss(an_item("Repairs decided", "/a")))
    desk.server.answers["/a"] = answer(404)
    assert [(await desk.take()).files for _ in range(2)] == [0, 0]
    assert desk.server.times("/a") == 1


async def test_what_did_not_change_is_not_sent_again(desk):
    desk.serves(rss(an_item("Repairs", "/a", story("the bridge"))), ETag='"1"', Last_Modified="then")
    await desk.take()
    desk.server.answers["/feed"] = answer(304)
    assert await desk.take() == Round(0, '"1"', "then")
    assert desk.server.asked[-1][1]["if-none-match"] == '"1"'


async def test_ids_that_change_make_no_doubles(desk):
    for round_ in range(3):
        desk.serves(
            rss(*(an_item(f"Repairs {n}", f"/{n}", story(f"pier {n}"), guid=f"{round_}-{n}") for n in "abc"))
        )
        assert (await desk.take()).files == (0 if round_ else 3)


async def test_neither_do_addresses_that_change_below_the_same_words(desk):
    for link in ("/a", "/b?utm_source=rss", "/c"):
        desk.serves(rss(an_item("Repairs", link, story("the bridge"))))
        await desk.take()
    assert len(desk.files) == 1


async def test_an_address_with_other_marks_of_a_campaign_is_the_same(desk):
    desk.source = replace(desk.source, pages="never")
    for link in (
        "https://www.example.org/a?utm_source=rss",
        "http://example.org/a/#top",
        "https://example.org/a",
    ):
        desk.serves(rss(an_item("Repairs", link, "The bridge is to be repaired.")))
        await desk.take()
    assert len(desk.files) == 1


async def test_short_words_that_are_the_same_are_two_articles_under_two_addresses(desk):
    desk.source = replace(desk.source, pages="never")
    desk.serves(
        rss(
            an_item("The weather", "/monday", "Rain at first."),
            an_item("The weather", "/tuesday", "Rain at first."),
        )
    )
    assert (await desk.take()).files == 2


async def test_an_article_whose_words_change_is_taken_again_and_not_for_ever(desk):
    for number in range(MOST_REVISIONS + 4):
        desk.serves(rss(an_item("Repairs", "/a", story(f"pier {number}"))))
        await desk.take()
    assert len(desk.files) == MOST_REVISIONS + 1


async def test_of_what_a_feed_has_at_first_the_newest_are_taken_oldest_first_and_the_others_never(desk):
    desk.source = replace(desk.source, first=2)
    items = [an_item(f"Repairs {n}", f"/{n}", story(f"pier {n}")) for n in range(5)]
    desk.serves(rss(*items))
    assert (await desk.take()).files == 2
    assert list(desk.files) == ["courier/Repairs-1.json~0", "courier/Repairs-0.json~1"]
    desk.serves(rss(an_item("Repairs 9", "/9", story("pier 9")), *items))
    assert (await desk.take()).files == 1


async def test_what_is_too_much_for_a_round_comes_in_the_next(desk):
    desk.source = replace(desk.source, first=500)
    count = MOST_AT_ONCE + 5
    desk.serves(
        rss(*(an_item(f"Repairs {n}", f"/{n}", story(f"pier {n}")) for n in range(count))), ETag='"1"'
    )
    assert await desk.take() == Round(MOST_AT_ONCE)
    assert await desk.take() == Round(5, '"1"')


async def test_what_the_inbox_does_not_take_is_taken_later(desk):
    desk.serves(rss(an_item("Repairs", "/a", story("the bridge"))))
    desk.full = True
    with pytest.raises(FetchFailed, match="cannot be put into the inbox: no space"):
        await desk.take()
    desk.full = False
    assert (await desk.take()).files == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "source.no_feed"),
        (b"Not found", "source.no_feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "source.no_feed"),
        (b'{"error": "no such feed"', "source.no_feed"),
        (b"<html><head></head><body>Log in</body></html>", "source.no_feed"),
        (
            b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
            "source.page",
        ),
    ],
)
async def test_what_is_no_feed_is_a_reason(desk, body, code):
    desk.serves(body, Content_Type="application/rss+xml")
    with pytest.raises(FetchFailed) as caught:
        await desk.take()
    assert caught.value.reason.code == code
    if code == "source.page":
        assert desk.link("/rss") in str(caught.value)


@pytest.mark.parametrize(
    "body", [rss(), b'{"version": "https://jsonfeed.org/version/1.1", "title": "a", "items": []}']
)
async def test_a_feed_may_be_empty(desk, body):
    desk.serves(body)
    assert (await desk.take()).files == 0


HOSTILE = st.text(st.characters() | st.sampled_from("<>&\"'…[]/\\.\0\n"), max_size=80)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_any_entry_can_be_read_and_is_known_once_it_was_taken(title, link, body):
    clean = [
        "".join(c for c in text if c in "\t\n" or (c >= " " and not 0xD7FF < ord(c) < 0xE000))
        for text in (title, link, body)
    ]
    read = read_feed(rss(an_item(*clean)), "http://127.0.0.1/feed")
    for entry in read.entries:
        assert not is_new(entry, dict.fromkeys(entry.keys, 1))
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_reason(data):
    read = read_feed(data, "http://127.0.0.1/feed")
    assert read.why is None or not read.entries


def test_a_page_in_a_charset_that_only_its_header_names_becomes_utf_8():
    found = Fetched(
        "https://example.org/a", "<html><p>Käse".encode("latin-1"), "text/html", charset="iso-8859-1"
    )
    ending, data = page_file(found)
    assert ending == ".html"
    assert data.decode("utf-8-sig").endswith("<html><p>Käse")


def test_an_address_cannot_end_the_comment_that_it_stands_in():
    url = 'https://example.org/--><script>alert("1")</script>ä'
    _, data = page_file(Fetched(url, b"<html>", "text/html"))
    assert data.count(b"-->") == 1
    assert b"<script>" not in data
