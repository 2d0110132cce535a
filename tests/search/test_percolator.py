"""What standing queries match is what one search for each would find, whatever becomes of the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Entry, Window
from bot.domain.query import parse
from bot.domain.query_nodes import Query
from bot.search import percolator
from bot.search.percolator import Percolator, needs
from bot.search.postings import Postings
from tests.builders import NOON, an_article, an_entry
from tests.contracts.index import Shelf

WORDS = ("bridge", "Ferries", "port", "running", "Brücken")
QUERIES = [
    parse(text).query
    for text in (
        *WORDS,
        "",
        "-port",
        "ferry OR run",
        "bridge port",
        "bridge -ferries",
        '"port bridge"',
        "brück*",
        "story:1",
        "title:port",
        "said:ada bridge",
        "lang:de OR runs",
        "port last:1h",
    )
]


class Changing(Shelf):
    """A library that things are done to, each under the next revision."""

    async def after_revision(self, revision: int, *, limit: int) -> tuple[Entry, ...]:
        later = sorted((one for one in self.entries if one.changed > revision), key=lambda one: one.changed)
        return tuple(later[:limit])

    async def revision(self) -> int:
        return self.refused

    def happens(self, what: str, words: tuple[str, ...], number: int) -> None:
        self.refused += 1
        now, text = self.refused, " ".join(words)
        one = self.entries[number % len(self.entries)] if self.entries else None
        language = "de" if "Brücken" in words else "en"
        article = an_article(text, title=words[0], language=language)
        if what == "come" or one is None:
            expires = NOON if number == 0 else None
            self.put(replace(an_entry(article, id=now, story=now), expires=expires))
        elif what == "correct":
            self.put(replace(one, article=article, revision=now, reread=None))
        elif what == "reread":
            self.put(replace(one, article=article, reread=now))
        elif what == "forget":
            self.remove(one.id, revision=now)
        elif what == "merge" and one.story != self.entries[0].story:
            self.merge(one.story, into=self.entries[0].story, revision=now)

    async def found(self, query: Query, window: Window) -> tuple[int, ...]:
        """What a search finds."""
        entries = sorted(self.entries, key=lambda one: one.revision)
        former = await self.former({one.story for one in entries})
        matching = [entries[place] for place in Postings(entries, former, NOON).matching(query)]
        return tuple(
            one.id
            for one in matching
            if window.after < one.revision <= window.upto and (one.expires is None or one.expires > NOON)
        )


EVENTS = st.tuples(
    st.sampled_from(["come", "come", "come", "correct", "reread", "forget", "merge"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(tuple),
    st.integers(0, 3),
)
ASKED = st.sets(st.sampled_from(QUERIES), min_size=3)


@given(steps=st.lists(st.tuples(st.lists(EVENTS, max_size=6), ASKED), min_size=1, max_size=4))
async def test_it_knows_what_a_search_would_find_or_says_that_it_does_not(
    steps: list[tuple[list[tuple[str, tuple[str, ...], int]], set[Query]]],
):
    library = Changing()
    standing = Percolator(library)  # type: ignore[arg-type]  # the part of a library that it needs
    for events, queries in steps:
        for event in events:
            library.happens(*event)
        await standing.watch(queries)
        for after in range(library.refused + 1):
            window = Window(after, library.refused)
            for query in QUERIES:
                found = await standing.matching(query, window, now=NOON)
                assert found is None or found == await library.found(query, window)


async def test_it_knows_what_came_since_it_was_asked_to():
    library = Changing()
    library.happens("come", ("port",), 1)
    standing, (port, bridge) = Percolator(library), map(parse_one, ("port", "bridge"))  # type: ignore[arg-type]
    await standing.watch([port])
    await standing.watch([port, bridge])
    for words in (("bridge",), ("port",), ("port", "bridge")):
        library.happens("come", words, 1)
    assert await standing.matching(port, Window(0, 4), now=NOON) == (1, 3, 4)
    assert await standing.matching(bridge, Window(0, 4), now=NOON) is None
    assert await standing.matching(bridge, Window(1, 4), now=NOON) == (2, 4)
    assert await standing.matching(parse_one("harvest"), Window(1, 4), now=NOON) is None
    await standing.watch([bridge])
    assert await standing.matching(port, Window(1, 4), now=NOON) is None


async def test_a_backlog_that_is_not_worth_it_is_left_to_the_index(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(percolator, "EACH", 2)
    library = Changing()
    for _ in range(5):
        library.happens("come", ("port",), 1)
    standing, port = Percolator(library), parse_one("port")  # type: ignore[arg-type]
    await standing.watch([port])
    assert await standing.matching(port, Window(2, 5), now=NOON) is None
    assert await standing.matching(port, Window(3, 5), now=NOON) == (4, 5)
    for _ in range(3):
        library.happens("come", ("port",), 1)
    await standing.watch([port])
    assert await standing.matching(port, Window(3, 8), now=NOON) is None
    assert await standing.matching(port, Window(6, 8), now=NOON) == (7, 8)


async def test_of_queries_that_nobody_stands_for_any_more_nothing_is_kept():
    shelf = Changing()
    shelf.happens("come", ("bridge",), 1)
    standing = Percolator(shelf)  # type: ignore[arg-type]
    for text in ("bridge", "ferries OR runs", "bridge bridges", "runs"):
        await standing.watch([parse(text).query])
        shelf.happens("come", ("bridge", "running"), 1)
    assert await standing.matching(parse("runs").query, Window(4, 5), now=NOON) == (5,)
    await standing.watch([])
    kept = standing._filter
    assert (kept._by_word, {stem for stems in kept._stems.values() for stem in stems}) == ({}, set())


async def test_it_remembers_so_many_matches_and_then_the_newer_half(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(percolator, "MOST", 4)
    library = Changing()
    standing, port = Percolator(library), parse_one("port")  # type: ignore[arg-type]
    await standing.watch([port])
    for count in range(1, 7):
        library.happens("come", ("port",), 1)
        await standing.watch([port])
        assert await standing.matching(port, Window(count - 1, count), now=NOON) == (count,)
    assert await standing.matching(port, Window(0, 6), now=NOON) is None
    assert await standing.matching(port, Window(3, 6), now=NOON) == (4, 5, 6)


async def test_a_library_that_was_put_back_is_matched_anew():
    library = Changing()
    standing, port = Percolator(library), parse_one("port")  # type: ignore[arg-type]
    await standing.watch([port])
    for _ in range(3):
        library.happens("come", ("port",), 1)
    assert await standing.matching(port, Window(0, 3), now=NOON) == (1, 2, 3)
    library.refused, library.entries = 1, library.entries[:1]
    await standing.watch([port])
    library.happens("come", ("bridge",), 1)
    assert await standing.matching(port, Window(1, 2), now=NOON) == ()
    assert await standing.matching(port, Window(0, 2), now=NOON) is None


async def test_an_article_that_cannot_be_matched_is_left_to_the_index(caplog: pytest.LogCaptureFixture):
    library = Changing()
    standing, today = Percolator(library), parse_one(f"on:{NOON.date()}")  # type: ignore[arg-type]
    await standing.watch([today])
    library.put(an_entry(an_article(published=None), id=1, added=NOON.replace(tzinfo=None)))
    library.refused = 1
    assert await standing.matching(today, Window(0, 1), now=NOON) is None
    assert "cannot be matched" in caplog.text
    library.happens("come", ("port",), 1)
    assert await standing.matching(today, Window(1, 2), now=NOON + timedelta(hours=1)) == (2,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Brücken", {"brucken"}),
        ("e-mail", {"mail"}),
        ('"the port bridge"', {"bridge"}),
        ("sea bridges", {"bridges"}),
        ("(sea OR port) -bridge", {"sea", "port"}),
        ("title:port OR ferries", {"port", "ferries"}),
        ("(sea OR lake) ferry", {"ferry"}),
        ("sea OR br*", None),
        ("-port", None),
        ("source:courier", None),
        ("said:ada port", None),
        ("lang:en", None),
    ],
)
def test_the_first_filter_asks_for_one_of_few_words(text: str, words: set[str] | None):
    assert needs(parse_one(text)) == words


def parse_one(text: str) -> Query:
    return parse(text).query
