"""What the desk keeps about a person, in words: the texts of ``/privacy``."""

from __future__ import annotations

from bot.wording.phrases import plural

TITLE = "What I keep about you"
NOTHING = "I keep nothing about you."
HOW_TO_REMOVE = "To remove it: /privacy remove"
KEPT_NOT = "What you write is not kept: of each message I keep a hash for 25 hours, so that I answer it once."
CAUGHT_UP = "how far you read with /catchup: {until}"
USAGE = "/privacy shows what I keep about you. To remove it: /privacy remove"
REMOVED = "Removed. I keep nothing about you now."


def subscriptions(names: list[str], more: int) -> str:
    """Those that the person made; ``more`` are not named."""
    rest = f" and {more:,} more" if more else ""
    return f"that you made these subscriptions: {', '.join(names)}{rest}"


def searches(count: int) -> str:
    """Searches whose answers have buttons."""
    return f"{plural(count, 'search', 'searches')} of the last 30 days, for the buttons below the answers"


def removed(own: int, others: int) -> str:
    """After a removal: subscriptions of their own conversation, and of chats with other people."""
    said = [REMOVED]
    if own:
        said.append(f"{plural(own, 'subscription')} of this conversation ended.")
    if others:
        said.append(
            f"{plural(others, 'subscription')} of other chats {'goes' if others == 1 else 'go'} on without your name."
        )
    return " ".join(said)
