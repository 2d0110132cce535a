"""What the desk says of articles that are forgotten.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.phrases import plural, quoted, some_of

TAKEN_BACK = "This message was taken back."
USAGE = (
    "What shall be forgotten? Write /forget and the numbers of articles, a web address, or words to find them by. "
    "I say first what would go."
)
ADMINS = "Only an admin can have articles forgotten: they go for every chat."
NOTHING = "The library has nothing of that kind."
NOTHING_DONE = "Nothing is done yet."
NAMED = 10
"""Articles that are named; the rest are counted."""


def stays(place: str, message: str, why: str) -> str:
    """A message that still has what was forgotten."""
    return f"a message in {place} still has what was forgotten; delete it there by hand ({message}): {why}"


def articles(named: Sequence[str], *, done: bool) -> list[str]:
    """Which articles go, or went."""
    begun = "Forgotten" if done else "To be forgotten"
    lines = [f"{begun}: {plural(len(named), 'article')}."]
    lines += [f"- {name}" for name in named[:NAMED]]
    return lines + ([f"- and {len(named) - NAMED:,} more"] if len(named) > NAMED else [])


def article(number: int, title: str, source: str) -> str:
    """One of them."""
    return f"#{number} {title} ({source})" if source else f"#{number} {title}"


def held(name: str) -> str:
    """One that waits for its moment."""
    return f"{name}, which is under embargo"


def files(count: int, others: int, *, done: bool) -> str:
    """What becomes of the files that brought them."""
    go = "are deleted" if done else "would be deleted"
    shared = (
        f"; {plural(others, 'other article')} of theirs stay in the library and lose the file"
        if others
        else ""
    )
    return f"Files in done/ that {go}, with their receipts: {count:,}{shared}."


def messages(fate: str, places: Sequence[str], count: int) -> str:
    """What becomes of messages."""
    what = {
        "changed": "edited or taken away, in their turn",
        "withheld": "not posted yet, and posted without it",
        "stays": "cannot be changed by the desk, so delete them by hand",
        "unknown": "posted too long ago for the desk to know them, so delete them by hand",
    }[fate]
    return f"{plural(count, 'message')} in {some_of(list(dict.fromkeys(places)), 5)}: {what}."


def confirm(how: str) -> str:
    """How it is done."""
    return f"{NOTHING_DONE} {how} does it."


def before(count: int) -> str:
    """What was left undone by a process that was stopped, or had no room."""
    return (
        f"Files, index or free pages still hold what was forgotten before ({plural(count, 'time')}); "
        "the desk that runs, or this command with --yes, removes that."
    )


def unfinished(why: str) -> str:
    """What is still to be done, and tried again."""
    return f"Gone from the library and every answer; not yet from every file: {why}. It is tried again every hour."


def again(command: str, count: int, chat: int) -> str:
    """More than chat forgets at once."""
    return (
        f"That are {plural(count, 'article')}; in chat {chat} go at once. Narrow it down, or let whoever runs the desk do it: "
        f"{quoted(command)}."
    )


COPIES = (
    "Copies that you made (copydesk backup, export, your own) still hold it, and so does what the desk answered to "
    "people who searched for it."
)
