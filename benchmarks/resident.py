"""Memory of all processes of a running desk with a large library, idle and while people search.

    python benchmarks/resident.py FOLDER [--searches 300]

FOLDER is what ``benchmarks/search_speed.py --keep FOLDER`` left: a library and its index. The desk stands between
the doubles. Of shared pages each process counts its part; what is mapped from files (programs, libraries, the index
and the store) the system can take back at any time, and is told apart.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import Writer
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.running import PERSON, Log, Town

_PROC = Path("/proc")


def _tree(root: int) -> Iterator[int]:
    yield root
    for task in (_PROC / str(root) / "task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _megabytes(root: int) -> str:
    """Processes, resident memory counted once, and how much of it is anonymous or of files."""
    kilobytes = dict.fromkeys(("Pss", "Pss_Anon", "Pss_File"), 0)
    pids = list(_tree(root))
    for pid in pids:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in kilobytes:
                kilobytes[name] += int(rest.split()[0])
    return f"{len(pids):>9}" + "".join(f"{value / 1024:>12.0f}" for value in kilobytes.values())


def _forget_what_was_heard(store: Path) -> None:
    """The double numbers its updates from one again."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM heard")


async def _measured(folder: Path, searches: int) -> None:
    english = Writer().english
    _forget_what_was_heard(folder / "library.db")
    with tempfile.TemporaryDirectory() as made:
        async with SlackDouble() as slack, TelegramDouble() as telegram:
            telegram.chat(PERSON, state="member")
            town = Town(Path(made), slack, telegram)
            town.configure(
                store={"url": f"sqlite:///{folder / 'library.db'}"}, search={"path": str(folder / "index")}
            )
            desk = await town.start_cold()
            try:
                await Log(desk).until("the desk is open")
                await telegram.listening(120)
                await asyncio.sleep(20)
                print(f"{'MB':<24}processes    all of it   anonymous    of files")
                print(f"{'idle':<24}{_megabytes(desk.pid)}", flush=True)
                for number in range(searches):
                    word = english[(number * 37) % 3000]
                    telegram.say(f"/search {word} OR {english[number % 50]}", user=PERSON, chat=PERSON)
                    await telegram.sent(PERSON, number + 1, within=120)
                    if number in {9, searches - 1}:
                        print(f"{f'after {number + 1} searches':<24}{_megabytes(desk.pid)}", flush=True)
            finally:
                await town.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--searches", type=int, default=300)
    options = parser.parse_args()
    asyncio.run(_measured(options.folder.resolve(), options.searches))


if __name__ == "__main__":
    main()
