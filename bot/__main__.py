"""`python -m bot` is the same program as `copydesk`."""

from __future__ import annotations

import gc

from bot.cli.commands import copydesk

LOADING = (50_000, 10, 10)
"""Objects more than before, and rounds, after which cycles are looked for: two hundred thousand are loaded for a search.

None of them is garbage, and with Python's own numbers a tenth of the time until the answer goes into looking.
"""


def main() -> None:
    """Run the command line and exit with its status."""
    gc.set_threshold(*LOADING)
    copydesk(prog_name="copydesk")


if __name__ == "__main__":
    main()
