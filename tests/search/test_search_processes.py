"""Two processes on one index: they wait on pipes, and one of them is killed."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.errors import IndexBusy
from bot.domain.query import parse
from bot.search.index import BATCH, IndexSettings, open_index, rebuild
from tests.builders import NOON, an_entry
from tests.contracts.index import ENTRIES, Shelf

ROOT = Path(__file__).resolve().parents[2]

# What each does is in `main`; it says a word on stdout and waits for one on stdin.
PRELUDE = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from bot.search import folder
from bot.search.index import BATCH, IndexSettings, TantivyIndex, open_index
from tests.builders import an_entry
from tests.contracts.index import ENTRIES, Shelf
path = Path(sys.argv[2])
def meet(word):
    print(word, flush=True)
    sys.stdin.readline()
"""
HOLD = """
with folder.writing(path):
    meet("holding")
"""
HOLD_THEN_FOLLOW = (
    HOLD
    + """
asyncio.run(open_index(IndexSettings(path)).follow(Shelf(*ENTRIES)))
meet("followed")
"""
)
DIE_IN_SECOND_BATCH = """
write, batches = TantivyIndex._write, []
class Dying:
    def __init__(self, writer): self.writer = writer
    def __getattr__(self, name): return getattr(self.writer, name)
    def commit(self):
        batches.append(1)
        if len(batches) == 2:
            meet("dying")
        return self.writer.commit()
opened = folder.writing
from contextlib import contextmanager
@contextmanager
def dying(path):
    with opened(path) as writer:
        yield Dying(writer)
folder.writing = dying
asyncio.run(open_index(IndexSettings(path)).follow(Shelf(*(an_entry(id=n) for n in range(1, 2 * BATCH)))))
"""
FILL_THE_DISK = """
import resource, signal
from bot.domain.errors import SearchError
index = open_index(IndexSettings(path))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
shelf = Shelf(*ENTRIES, *(an_entry(id=n) for n in range(6, 3_000)))
try:
    asyncio.run(index.follow(shelf))
except SearchError as fault:
    print(type(fault).__name__, "cannot be written" in str(fault), index.reached())
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
print(asyncio.run(index.follow(shelf)))
"""


@asynccontextmanager
async def process(script: str, path: Path) -> AsyncIterator[Process]:
    command = [sys.executable, "-c", PRELUDE + script, str(ROOT), str(path)]
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def heard(child: Process, word: str) -> None:
    assert child.stdout is not None
    assert (await child.stdout.readline()).decode().strip() == word


def told(child: Process) -> None:
    assert child.stdin is not None
    child.stdin.write(b"go\n")


async def found(settings: IndexSettings, text: str) -> int:
    return (await open_index(settings).search(parse(text).query, now=NOON, limit=1)).total


async def test_while_one_process_holds_the_lock_another_reads_and_is_told_that_it_is_busy(tmp_path: Path):
    settings = IndexSettings(tmp_path / "index", patience=0.1)
    await open_index(settings).follow(Shelf(*ENTRIES))
    async with process(HOLD, settings.path) as child:
        await heard(child, "holding")
        assert await found(settings, "bridge") == 1
        assert await open_index(settings).follow(Shelf(*ENTRIES)) == 5  # nothing to write
        with pytest.raises(IndexBusy, match="another process"):
            await open_index(settings).follow(Shelf(*ENTRIES, an_entry(id=6)))
        with pytest.raises(IndexBusy):
            await rebuild(settings, Shelf(*ENTRIES))
        assert await found(settings, "bridge") == 1
    assert await open_index(settings).follow(Shelf(*ENTRIES, an_entry(id=6))) == 6


async def test_the_waiting_process_returns_when_the_revision_is_reached(tmp_path: Path):
    settings = IndexSettings(tmp_path / "index", patience=60)

    class Telling(Shelf):
        """Lets the other process go on once this one has been turned away."""

        async def after_revision(self, revision: int, *, limit: int) -> tuple:
            if len(asked) == 1:
                told(child)
            asked.append(revision)
            return await super().after_revision(revision, limit=limit)

    asked: list[int] = []
    index = open_index(settings)
    async with process(HOLD_THEN_FOLLOW, settings.path) as child:
        await heard(child, "holding")
        assert await index.follow(Telling(*ENTRIES)) == 5
        assert len(asked) > 1
        assert await found(settings, "") == len(ENTRIES)


async def test_a_process_killed_while_it_follows_leaves_an_index_that_goes_on(tmp_path: Path):
    settings = IndexSettings(tmp_path / "index")
    shelf = Shelf(*(an_entry(id=number) for number in range(1, 2 * BATCH)))
    async with process(DIE_IN_SECOND_BATCH, settings.path) as child:
        await heard(child, "dying")
        child.send_signal(signal.SIGKILL)
        await child.wait()
    index = open_index(settings)
    assert index.reached() == BATCH == await found(settings, "")
    assert await index.follow(shelf) == 2 * BATCH - 1
    assert await found(settings, "") == await found(settings, "bridge") == 2 * BATCH - 1


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE stands in for a full disk")
async def test_a_full_disk_is_named_and_harms_nothing(tmp_path: Path):
    settings = IndexSettings(tmp_path / "index")
    await open_index(settings).follow(Shelf(*ENTRIES))
    async with process(FILL_THE_DISK, settings.path) as child:
        await heard(child, "SearchError True 5")
        await heard(child, "2999")
    assert await found(settings, "") == 2999
