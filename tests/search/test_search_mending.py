"""The index is derived: whatever happens to its folder, it is built again, and nothing is answered from half of it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.domain.errors import IndexRebuilding, SearchError, StoreError
from bot.domain.model import Window
from bot.domain.query import parse
from bot.search import folder, mending
from bot.search import index as index_module
from bot.search.folder import LABEL
from bot.search.index import IndexSettings, open_index
from bot.search.mending import MendingIndex
from tests.builders import NOON, an_entry
from tests.contracts.index import ENTRIES, IndexContract, Shelf


@pytest.fixture
def at(tmp_path: Path) -> IndexSettings:
    return IndexSettings(tmp_path / "index", patience=0.2)


@pytest.fixture
async def open_indexes() -> AsyncIterator[list[MendingIndex]]:
    indexes: list[MendingIndex] = []
    yield indexes
    for index in indexes:
        await index.aclose()


async def total(index: MendingIndex, text: str = "bridge") -> int:
    return (await index.search(parse(text).query, now=NOON, limit=1)).total


async def until_built(index: MendingIndex) -> None:
    assert index._building is not None
    await index._building


class TestWithTheContract(IndexContract):
    @pytest.fixture
    def index(self, at: IndexSettings) -> MendingIndex:
        return MendingIndex(at, Shelf())  # type: ignore[arg-type]


def deleted(path: Path) -> None:
    shutil.rmtree(path)


def half_deleted(path: Path) -> None:
    for file in path.iterdir():
        if file.name in {LABEL, "meta.json", ".managed.json"}:
            file.unlink()


def cut(path: Path) -> None:
    for file in path.iterdir():
        if file.suffix in {".term", ".idx"}:
            half = file.read_bytes()[: file.stat().st_size // 2]
            file.unlink()  # a file that is shortened while a reader has it mapped ends that process (SIGBUS)
            file.write_bytes(half)


def without_meta(path: Path) -> None:
    (path / "meta.json").write_text("{")


def of_another_version(path: Path) -> None:
    (path / LABEL).write_text("0\n")


HARMS = (deleted, half_deleted, cut, without_meta, of_another_version)


@pytest.mark.parametrize("harm", HARMS)
async def test_a_command_waits_until_it_is_whole(at: IndexSettings, harm: Callable[[Path], None]):
    shelf = Shelf(*ENTRIES)
    await open_index(at).follow(shelf)
    harm(at.path)
    assert await total(MendingIndex(at, shelf, waits=True)) == 1
    assert await total(MendingIndex(at, shelf)) == 1


@pytest.mark.parametrize("harm", [deleted, half_deleted, without_meta])
async def test_a_desk_goes_on_and_says_so_until_it_is_whole(
    at: IndexSettings, harm: Callable[[Path], None], open_indexes: list[MendingIndex]
):
    shelf = Shelf(*ENTRIES)
    index = MendingIndex(at, shelf)
    open_indexes.append(index)
    await index.follow(shelf)
    assert await total(index) == 1
    harm(at.path)
    for ask in (lambda: total(index), lambda: index.follow(shelf)):
        with pytest.raises(IndexRebuilding, match="being rebuilt"):
            await ask()
    with pytest.raises(IndexRebuilding):
        await index.matching(parse("").query, Window(0, 9), now=NOON)
    await until_built(index)
    assert await total(index) == 1
    assert await index.follow(shelf) == 5


async def test_an_index_ahead_of_its_library_is_set_aside_and_built_again(at: IndexSettings):
    await open_index(at).follow(Shelf(*ENTRIES))
    shelf = Shelf(*ENTRIES[:3])
    index = MendingIndex(at, shelf, waits=True)
    assert await index.follow(shelf) == 3
    assert await total(index, "") == 3
    aside = at.path.with_name("index.damaged")
    assert folder.opened(aside) is not None
    cut(at.path)
    assert await total(MendingIndex(at, shelf, waits=True)) == 1
    kept = {path.name for path in at.path.parent.iterdir()}
    assert kept == {"index", "index.damaged", "index.lock"}  # one is kept, not one for each time


async def test_a_deleted_index_of_many_articles_is_never_asked_while_it_has_only_some(
    at: IndexSettings, monkeypatch: pytest.MonkeyPatch, open_indexes: list[MendingIndex]
):
    monkeypatch.setattr(mending, "BATCH", 2)
    shelf = Shelf(*ENTRIES)
    index = MendingIndex(at, shelf)  # at a start: the folder is made anew, and empty
    open_indexes.append(index)
    with pytest.raises(IndexRebuilding):
        await total(index)
    await until_built(index)
    assert await total(index, "") == len(ENTRIES)


async def test_a_rebuild_that_fails_in_a_way_that_nobody_expects_is_logged_and_put_off(
    at: IndexSettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(mending, "BATCH", 2)
    shelf, tries = Shelf(*ENTRIES), 0
    await open_index(at).follow(shelf)
    index = MendingIndex(at, shelf, waits=True)
    without_meta(at.path)

    async def failing(*_: object, **__: object) -> int:
        nonlocal tries
        tries += 1
        raise KeyError("nobody expects it")

    monkeypatch.setattr(mending, "rebuild", failing)
    with pytest.raises(SearchError, match="cannot be rebuilt"):
        await total(index)
    with pytest.raises(IndexRebuilding, match="cannot be rebuilt"):
        await total(index)
    assert tries == 1
    assert "nobody expects it" in caplog.text


async def test_only_one_process_builds(at: IndexSettings):
    shelf = Shelf(*ENTRIES)
    await open_index(at).follow(shelf)
    index = MendingIndex(at, shelf, waits=True)
    without_meta(at.path)
    before = folder.identity(at.path)
    with folder.rebuilding(at.path), pytest.raises(IndexRebuilding):
        await total(index)
    assert folder.identity(at.path) == before
    assert await total(index) == 1


async def test_what_another_process_has_built_is_not_built_again(at: IndexSettings):
    shelf = Shelf(*ENTRIES)
    index = MendingIndex(at, shelf, waits=True)
    await index.follow(shelf)
    seen = folder.identity(at.path)
    without_meta(at.path)
    assert await total(MendingIndex(at, shelf, waits=True)) == 1
    built = folder.identity(at.path)
    assert built != seen
    assert await index._build(mending.IndexDamaged(str(at.path), "as seen before"), seen) is None
    assert folder.identity(at.path) == built


async def test_a_rebuild_that_fails_is_tried_again_after_a_pause(
    at: IndexSettings, monkeypatch: pytest.MonkeyPatch
):
    class Out(Shelf):
        out = True

        async def after_revision(self, revision: int, *, limit: int) -> tuple:
            if self.out:
                raise StoreError("the store is out")
            return await super().after_revision(revision, limit=limit)

    await open_index(at).follow(Shelf(*ENTRIES))
    without_meta(at.path)
    shelf = Out(*ENTRIES)
    index = MendingIndex(at, shelf, waits=True)
    with pytest.raises(StoreError):
        await total(index)
    shelf.out = False
    monkeypatch.setattr(mending, "BATCH", 2)
    with pytest.raises(IndexRebuilding, match="the store is out"):
        await total(index)
    index._again = 0
    assert await total(index) == 1


async def test_how_far_it_is(at: IndexSettings):
    assert "being rebuilt: 3 of 9 revisions so far" in str(IndexRebuilding("index", 3, 9))
    told: list[tuple[int, int]] = []
    shelf = Shelf(*(an_entry(id=number) for number in range(1, 1002)))
    await open_index(at).follow(shelf, lambda *far: told.append(far))
    assert told == [(500, 1001), (1000, 1001), (1001, 1001)]


async def test_somebodys_folder_is_left_alone(tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    with pytest.raises(SearchError, match="holds other files"):
        MendingIndex(IndexSettings(tmp_path), Shelf())
    assert letter.read_text() == "dear"


@pytest.mark.parametrize("left", [".tantivy-writer.lock", ".tantivy-meta.lock", ".managed.json", "segment"])
async def test_an_index_whose_removal_ended_half_way_is_removed_and_built_again(at: IndexSettings, left: str):
    shelf = Shelf(*ENTRIES)
    await open_index(at).follow(shelf)
    old = at.path.with_name("index.old")
    shutil.copytree(at.path, old)
    for path in (at.path, old):
        for file in path.iterdir():
            if file.name != left and not (left == "segment" and file.suffix == ".store"):
                file.unlink()
    assert await total(MendingIndex(at, shelf, waits=True)) == 1
    await index_module.rebuild(at, shelf)
    assert not old.exists()
    assert await total(MendingIndex(at, shelf, waits=True)) == 1
