"""`python -m tests.upkeep`: 200 kills, and the table of docs/reliability.md. COPYDESK_KILLS and COPYDESK_SEED change the story."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from tests.upkeep.story import story, table


async def main() -> int:
    kills, seed = int(os.environ.get("COPYDESK_KILLS", "200")), int(os.environ.get("COPYDESK_SEED", "1"))
    with tempfile.TemporaryDirectory() as folder:
        result = await story(Path(folder), kills, seed, at_moments=True)
    sys.stdout.write(table(result) + "\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
