"""Building the index of a library anew: CPU and time an article.

    python benchmarks/index_speed.py [--articles 5000] [--before CHECKOUT]

With ``--before`` the version in another checkout builds the same library in turn. CPU is that of all
processes, so that it tells more than the clock on a machine that does other things, too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]


def _used() -> float:
    """Seconds of CPU of this process and of those that it has started and that have ended."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


async def _build(store: str, index: Path) -> None:
    from bot.search.index import IndexSettings, rebuild
    from bot.store.library import SqlLibrary
    from bot.store.sql.database import StoreSettings, open_store

    async with await open_store(StoreSettings(store)) as database:
        used, clock = _used(), time.perf_counter()
        reached = await rebuild(IndexSettings(index), SqlLibrary(database))
        print(reached, _used() - used, time.perf_counter() - clock)


def _measured(checkout: Path, store: str, index: Path) -> tuple[float, float]:
    """Milliseconds an article, of CPU and by the clock."""
    command = [sys.executable, __file__, "--build", store, str(index)]
    run = subprocess.run(
        command,
        check=True,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
    )
    reached, used, clock = run.stdout.split()
    return 1000 * float(used) / int(reached), 1000 * float(clock) / int(reached)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--data", help=argparse.SUPPRESS)  # as every table is given it
    parser.add_argument("--build", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        asyncio.run(_build(options.build[0], Path(options.build[1])))
        return
    from benchmarks.made_up import Writer, library

    with tempfile.TemporaryDirectory() as folder:
        settings = asyncio.run(library(Path(folder) / "library.db", options.articles, Writer()))
        checkouts = {"before": options.before.resolve()} if options.before else {}
        print(f"{options.articles} articles of 700 words; milliseconds an article   CPU    clock")
        for name, checkout in (checkouts | {"copydesk": HERE}).items():
            used, clock = _measured(checkout, settings.url, Path(folder) / name)
            print(f"{name:<52}{used:>8.2f}{clock:>9.2f}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, os.environ.get("PYTHONPATH", str(HERE)))
    main()
