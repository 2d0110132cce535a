"""Other processes on the same store: they start together at a signal, and may die on the way."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

from tests import warm

PRELUDE = """
import asyncio, os, sys
from datetime import UTC, datetime
from bot.store.library import SqlLibrary
from bot.store.sql.database import StoreSettings, open_store
from tests.builders import NOON, a_reading, an_article
settings = StoreSettings(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
"""
END = "\nasyncio.run(main())"


async def run_together(script: str, url: str, *, count: int = 1) -> list[tuple[int, str]]:
    """Run `count` copies of `script` at once; the code and the last words of each.

    The script finds `settings`, `open_store`, `SqlLibrary` and the builders, and `main` is awaited.
    """
    processes = [
        await warm.Program.start("tests.store.processes", script, url, environ=os.environ)
        for _ in range(count)
    ]
    for process in processes:
        assert await process.stdout.readline() == b"ready\n"
    ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    return [
        (process.returncode or 0, (output + errors).decode())
        for process, (output, errors) in zip(processes, ends, strict=True)
    ]


async def run_alone(script: str, url: str) -> tuple[int, str]:
    """Run `script` in a process that has imported nothing for it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PRELUDE + script + END, "", url,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate(b"go\n")
    return process.returncode or 0, output.decode()


if __name__ == "__main__":
    exec(PRELUDE + sys.argv[1] + END, {"__name__": "script"})
