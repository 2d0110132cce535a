from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.errors import IndexDamaged, SearchError
from bot.domain.model import Window
from bot.domain.ports import Index
from bot.domain.query import parse
from bot.search.folder import LABEL
from bot.search.index import BATCH, IndexSettings, TantivyIndex, open_index, rebuild
from tests.builders import NOON, an_article, an_entry
from tests.contracts.index import ENTRIES, SPEECH_ENTRY, IndexContract, Shelf


@pytest.fixture
def at(tmp_path: Path) -> IndexSettings:
    return IndexSettings(tmp_path / "deep" / "index", patience=0.2)


async def total(index: Index, text: str) -> int:
    return (await index.search(parse(text).query, now=NOON, limit=1)).total


class TestFolder(IndexContract):
    @pytest.fixture
    def index(self, at: IndexSettings) -> TantivyIndex:
        return open_index(at)


class TestFolderReopened(TestFolder):
    async def asked(self, index: Index, shelf: Shelf) -> Index:
        await index.follow(shelf)  # type: ignore[arg-type]
        assert isinstance(index, TantivyIndex)
        return open_index(IndexSettings(index._path))


PIECES = """oil - NOT OR ( ) " said: said:Ada said:"Ada said:van* title:x* * a* bri* last:9999w on:9999-12-31
before:0001-01-01 story:999999999999999999 lang:en topic:x source:port by:x שלום 中国 市* C++ AT&T e-mail l’Europe
O'Brien's ² 🚢 bridge -council Ünïcode https://port.example/?q=(a)"""
TYPED = st.text(max_size=80) | st.lists(
    st.sampled_from([*PIECES.split(), "x" * 3000, "\0", "\ud800", "\u0301"]), max_size=30
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the index is only read
@given(text=TYPED)
@example("(" * 300 + "a" * 5000 + " OR b" * 300)
@example("x* " * 2500)
@example("said:a b " * 300)
async def test_nothing_that_a_person_types_raises(at: IndexSettings, text: str):
    index, query = open_index(at), parse(text).query
    await index.follow(Shelf(*ENTRIES))
    found = await index.search(query, now=NOON, limit=5)
    every = await index.matching(query, Window(0, 9), now=NOON)
    assert found.tolerant or found.total == len(every)
    for entry in ENTRIES:
        if snippet := index.snippet(entry.article, query):
            assert snippet.span.end <= len(entry.article.text)
            assert all(snippet.span.holds(mark) for mark in snippet.marks)


async def test_a_long_backlog_is_taken_in_by_batches(at: IndexSettings):
    asked: list[int] = []

    class Counting(Shelf):
        async def after_revision(self, revision: int, *, limit: int) -> tuple:
            asked.append(revision)
            return await super().after_revision(revision, limit=limit)

    index = open_index(at)
    assert await index.follow(Counting(*(an_entry(id=number) for number in range(1, 2 * BATCH + 2)))) == 1001
    assert asked == [0, BATCH, 2 * BATCH]
    assert await total(index, "bridge") == 2 * BATCH + 1


async def test_speakers_are_those_of_the_newest_and_the_rest_is_counted_over_all(
    at: IndexSettings, monkeypatch
):
    monkeypatch.setattr("bot.search.facets.NEWEST", 3)
    old = replace(SPEECH_ENTRY, id=1, revision=1)
    outlets = ["Port Gazette"] * 250 + ["Evening Courier"] * 2
    later = [an_entry(an_article(source=outlet), id=number) for number, outlet in enumerate(outlets, 2)]
    index = open_index(at)
    await index.follow(Shelf(old, *later))
    found = await index.facets(parse("").query, now=NOON)
    assert (found.total, found.looked, found.speakers) == (253, 3, {})
    assert list(found.outlets.items())[:2] == [("Port Gazette", 250), ("Evening Courier", 3)]
    assert (await index.facets(parse("council").query, now=NOON)).speakers == {}
    assert sum(found.months.values()) == 253


@pytest.mark.parametrize(
    "published", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), None]
)
async def test_months_are_counted_whenever_an_article_says_that_it_came_out(at: IndexSettings, published):
    index = open_index(at)
    await index.follow(Shelf(an_entry(an_article(published=published))))
    months = (await index.facets(parse("").query, now=NOON)).months
    assert list(months) == [published.isoformat()[:7] if published else "2031-03"]


@pytest.mark.parametrize("further", [0, 7, 200])
async def test_of_equal_matches_the_newer_stand_first_however_many_there_are(
    at: IndexSettings, monkeypatch, further
):
    monkeypatch.setattr("bot.search.index._FURTHER", further)
    days = [number * 7 % 31 for number in range(31)]
    entries = [
        an_entry(
            an_article("Tram " * (1 + day % 3), title=None, published=NOON - timedelta(days=day)), id=number
        )
        for number, day in enumerate(days, 1)
    ]
    index = open_index(at)
    await index.follow(Shelf(*entries))
    wanted = sorted(range(31), key=lambda place: (-(days[place] % 3), days[place]))
    for offset in (0, 5, 11, 28):
        found = await index.search(parse("tram").query, now=NOON, limit=5, offset=offset)
        assert [match.entry - 1 for match in found.matches] == wanted[offset : offset + 5]
        assert found.total == 31
    assert (await index.search(parse("tram").query, now=NOON, limit=0)).total == 31


async def test_followers_in_one_process_take_turns(at: IndexSettings):
    patient, shelf = IndexSettings(at.path), Shelf(*ENTRIES)
    index, other = open_index(patient), open_index(patient)
    assert await asyncio.gather(*(each.follow(shelf) for each in (index, other, index, other))) == [5] * 4
    assert await total(other, "") == len(ENTRIES)


async def test_an_index_ahead_of_its_library_says_so(at: IndexSettings):
    index = open_index(at)
    await index.follow(Shelf(*ENTRIES))
    with pytest.raises(IndexDamaged, match="revision 5, the library only 3"):
        await index.follow(Shelf(*ENTRIES[:3]))


async def test_an_entry_that_cannot_be_indexed_keeps_no_other_from_being_found(
    at: IndexSettings, caplog: pytest.LogCaptureFixture
):
    naive = an_entry(id=2, added=datetime(2031, 3, 4))  # noqa: DTZ001 - what must not be kept
    shelf = Shelf(ENTRIES[0], naive, *ENTRIES[2:])
    index = open_index(at)
    assert await index.follow(shelf) == 5
    assert await total(index, "") == len(ENTRIES) - 1
    assert await rebuild(at, shelf) == 5  # type: ignore[arg-type]
    assert await total(open_index(at), "") == len(ENTRIES) - 1
    assert {record.getMessage() for record in caplog.records} == {"article 2 cannot be searched"}


async def test_no_text_is_stored(at: IndexSettings):
    secret = "Lighthouse keepers demand better lamps"
    await open_index(at).follow(Shelf(an_entry(an_article(secret, title=secret, byline=secret))))
    assert not [f for f in at.path.iterdir() if secret.encode() in f.read_bytes()]


@pytest.mark.parametrize("suffix", [".term", ".idx", ".pos", ".fast", ".fieldnorm", "meta.json", LABEL])
async def test_a_damaged_index_says_so_and_is_rebuilt(at: IndexSettings, suffix: str):
    shelf = Shelf(*ENTRIES)
    await open_index(at).follow(shelf)
    harmed = [file for file in at.path.iterdir() if file.name.endswith(suffix)]
    assert harmed
    for file in harmed:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if suffix != LABEL else b"0")
    with pytest.raises(IndexDamaged, match="it is rebuilt from the store") as caught:
        await total(open_index(at), "bridge")
    assert caught.value.path == str(at.path)
    assert await rebuild(at, shelf) == 5
    assert await total(open_index(at), "bridge") == 1
    assert {path.name for path in at.path.parent.iterdir()} == {at.path.name, f"{at.path.name}.lock"}


async def test_an_open_index_goes_on_after_a_rebuild(at: IndexSettings):
    index, shelf = open_index(at), Shelf(*ENTRIES)
    await index.follow(shelf)
    assert await rebuild(at, shelf) == 5
    assert await total(index, "bridge") == 1
    shelf.put(an_entry(id=6))
    assert await index.follow(shelf) == 6
    assert await total(open_index(at), "bridge") == await total(index, "bridge") == 2


async def test_what_changes_during_a_rebuild_is_found_once_and_as_it_is_now(at: IndexSettings):
    class Busy(Shelf):
        changed = False

        async def former(self, of: Collection[int]) -> Mapping[int, tuple[int, ...]]:
            known = await super().former(of)
            if not self.changed:
                self.changed = True
                self.put(
                    replace(an_entry(an_article("Gulls circle the pier.", title="Gulls"), id=1), revision=6)
                )
                self.remove(3, revision=7)
                self.merge(4, into=2, revision=8)
                self.refused = 8
            return known

    assert await rebuild(at, Busy(*ENTRIES)) == 8
    index = open_index(at)
    assert [await total(index, text) for text in ("", "bridge", "gulls", "lang:de")] == [4, 0, 1, 0]
    assert await total(index, "story:2") == 2


async def test_a_rebuild_that_is_left_ends_in_order(at: IndexSettings, monkeypatch: pytest.MonkeyPatch):
    reading, shelf = asyncio.Event(), Shelf(*(an_entry(id=number) for number in range(1, BATCH + 2)))

    async def former(_: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        reading.set()
        return {}

    monkeypatch.setattr(shelf, "former", former)
    building = asyncio.create_task(rebuild(at, shelf))
    await reading.wait()
    building.cancel()
    with pytest.raises(asyncio.CancelledError):
        await building
    assert await rebuild(at, shelf) == BATCH + 1
    assert await total(open_index(at), "bridge") == BATCH + 1


async def test_what_a_stopped_rebuild_left_is_no_obstacle(at: IndexSettings):
    for name in ("index.new", "index.old"):
        await open_index(IndexSettings(at.path.with_name(name))).follow(Shelf(*ENTRIES))
    assert await rebuild(at, Shelf(*ENTRIES[:2])) == 2
    assert await total(open_index(at), "") == 2


async def test_somebodys_folder_is_left_alone(tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    with pytest.raises(SearchError, match="holds other files"):
        open_index(IndexSettings(tmp_path))
    with pytest.raises(SearchError, match="holds other files"):
        await rebuild(IndexSettings(tmp_path), Shelf(*ENTRIES))
    assert letter.read_text() == "dear"


def test_a_path_that_is_a_file_is_named(tmp_path: Path):
    file = tmp_path / "index"
    file.write_text("")
    with pytest.raises(SearchError, match="index cannot be used"):
        open_index(IndexSettings(file))
