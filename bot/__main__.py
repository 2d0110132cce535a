"""`python -m bot` is the same program as `copydesk`."""

from __future__ import annotations

from bot.cli.commands import copydesk


def main() -> None:
    """Run the command line and exit with its status."""
    copydesk(prog_name="copydesk")


if __name__ == "__main__":
    main()
