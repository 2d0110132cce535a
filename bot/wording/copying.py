"""What the desk says of copies of the store.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from bot.wording.phrases import plural


def written(file: str, size: int) -> str:
    """A copy is made."""
    return f"{file}: a whole copy, {megabytes(size)}; `copydesk restore` brings it back."


def exported(file: str, rows: int, size: int) -> str:
    """Everything is written as JSON lines."""
    return f"{file}: {plural(rows, 'row')}, {megabytes(size)}; `copydesk import` or `restore` reads it."


def imported(articles: int, digests: int, subscriptions: int) -> str:
    """An empty store has everything of an export."""
    counted = (
        plural(articles, "article"),
        plural(digests, "digest"),
        plural(subscriptions, "subscription"),
    )
    return f"The store was empty and is the export's now: {', '.join(counted)}."


def merged(added: int, known: int, forgotten: int) -> str:
    """The articles of an export joined a library that has others."""
    left = f", {plural(forgotten, 'article')} were forgotten here and stay so" if forgotten else ""
    return (
        f"Added {plural(added, 'article')}; {known:,} were here already{left}. Of what was posted and subscribed "
        "nothing was taken: this store has its own."
    )


def restored(file: str, revision: int) -> str:
    """The store is a copy's."""
    return f"The store is as {file} had it, at revision {revision:,}, but for what was forgotten since."


def lost(why: str) -> str:
    """What is there cannot be read."""
    return f"What was forgotten here cannot be read, so it may come back with the copy: {why}"


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:.1f} MB"
