"""Other processes on the same store: they start together at a signal, and may die on the way."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_PRELUDE = """
import asyncio, os, sys
sys.path.insert(0, sys.argv[1])
from datetime import UTC, datetime
from bot.store.sql.database import StoreSettings, open_store
from bot.store.library import SqlLibrary
from tests.builders import NOON, a_reading, an_article
settings = StoreSettings(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
"""


async def run_together(script: str, url: str, *, count: int = 1) -> list[tuple[int, str]]:
    """Run `count` copies of `script` at once; the code and the last words of each.

    The script finds `settings`, `open_store`, `SqlLibrary` and the builders, and `main` is awaited.
    """
    command = [sys.executable, "-c", _PRELUDE + script + "\nasyncio.run(main())", str(ROOT), url]
    pipe = subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT)
        for _ in range(count)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    return [
        (process.returncode or 0, output.decode())
        for process, (output, _) in zip(processes, ends, strict=True)
    ]
