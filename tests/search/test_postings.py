"""Entries in memory answer every query as an index does that holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain import query_nodes as nodes
from bot.domain.model import Entry, Window
from bot.domain.query import parse
from bot.search.index import IndexSettings, TantivyIndex, open_index
from bot.search.postings import Postings
from tests.builders import NOON, a_quote, an_article, an_entry
from tests.contracts.index import ENTRIES, Shelf

LONG = "x" * 100


def newsroom() -> list[Entry]:
    """Those of the index's contract, and what is odd about words and their places."""
    talk = an_article(
        f"The port {LONG} bridge is closed. “Ferries run late,” said Ada Vane. “Bridges fall,” said Ada Holt.",
        title="Port bridge",
        language="en-GB",
        published=NOON.replace(hour=0),
        precision="day",
    )
    quotes = (
        a_quote(talk, "Ferries run late", "Ada Vane", "Ada Vane"),
        a_quote(talk, "Bridges fall", "Ada Holt"),
        a_quote(talk, "closed"),
    )
    later = NOON + timedelta(hours=1)
    return [
        *ENTRIES,
        an_entry(talk, *quotes, id=6, story=3),
        an_entry(
            an_article("Le pont du port est fermé. L’Europe attend.", title=None, language="fr"),
            id=7,
        ),
        replace(an_entry(an_article("The bridge expired.", published=None), id=8), expires=later),
        replace(an_entry(an_article("The bridge expired.", title="Gone"), id=9), expires=NOON),
    ]


NEWSROOM = newsroom()
WORDS = [
    "bridge",
    "bridges",
    "port",
    "ferries",
    "late",
    "ponts",
    "l’Europe",
    "closed",
    "Brücke",
    "利率",
    "市",
    "C++",
    "AT&T",
    "e-mail",
    "O'Brien’s",
    "running",
    "is",
]
PHRASES = [
    "port bridge",
    "the port bridge",
    "Ferries run",
    "bridge closes",
    "bridge is",
    "央银",
    "toll on lorries",
]
TERMS = st.one_of(
    st.sampled_from(WORDS).map(nodes.Word),
    st.sampled_from(PHRASES).map(nodes.Phrase),
    st.sampled_from(["b", "br", "ferr", "AT", "the por", "toll on l", "市", LONG]).map(nodes.Prefix),
)
NAMES = st.sampled_from(
    ["Ada", "Vane Ada", "Holt", "van", "Carla Prent", "port gaz", "Courier", "港报"]
).flatmap(lambda name: st.sampled_from([nodes.Word(name), nodes.Phrase(name), nodes.Prefix(name)]))
LEAVES = st.one_of(
    TERMS,
    TERMS.map(lambda term: nodes.Field("title", term)),
    NAMES.map(lambda name: nodes.Field("source", name)),
    NAMES.map(lambda name: nodes.Field("by", name)),
    NAMES.map(nodes.Said),
    st.sampled_from(
        [
            nodes.Everything(),
            nodes.Topic("unknown"),
            nodes.Here(NOON),
            nodes.Here(NOON - timedelta(days=1)),
            nodes.Came(NOON),
            nodes.Came(NOON - timedelta(days=1)),
            nodes.Outlets(frozenset({"port gazette", "halvenian press agency"})),
            *(parse(text).query for text in ["lang:en", "lang:de", "story:1", "story:3", "story:9", "last:3h", "last:12h"]),
            *(parse(f"{which}:{NOON.date()}").query for which in ("on", "before", "after")),
        ]
    ),
)  # fmt: skip


def grown(parts: st.SearchStrategy[nodes.Query]) -> st.SearchStrategy[nodes.Query]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(parts.map(nodes.without), several.map(nodes.all_of), several.map(nodes.any_of))


QUERIES = st.recursive(LEAVES, grown, max_leaves=8)


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf(*NEWSROOM)
    made.merge(9, into=3, revision=9)
    return made


@pytest.fixture
async def index(tmp_path: Path, shelf: Shelf) -> TantivyIndex:
    made = open_index(IndexSettings(tmp_path / "index"))
    await made.follow(shelf)  # type: ignore[arg-type]  # the part of a library that it needs
    return made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the index is only read
@given(query=QUERIES)
@example(query=parse('said:ada (ferries OR "bridges fall") -late').query)
@example(query=parse("(said:vane OR said:holt) fall port*").query)
@example(query=parse("said:vane said:holt bridge").query)
@example(query=parse('"port bridge is"').query)
async def test_they_find_what_an_index_finds(index: TantivyIndex, shelf: Shelf, query: nodes.Query):
    former = await shelf.former({entry.story for entry in NEWSROOM})
    postings = Postings(NEWSROOM, former, NOON)
    current = {entry.id for entry in NEWSROOM if entry.expires is None or entry.expires > NOON}
    found = [NEWSROOM[place].id for place in postings.matching(query)]
    assert [one for one in found if one in current] == list(
        await index.matching(query, Window(0, 9), now=NOON)
    )
