"""What the desk says of a wish as it was understood, and what it asks where that is not clear.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from bot.wording.phrases import quoted

SUBSCRIPTION_EXPIRED = "This button is no longer good. /subscriptions lists what this chat gets."
WHICH_ZONE = (
    "I do not know your time zone. Which one is it? Answer with a place or a zone, for example Europe/Berlin."
)
CHANGES = {
    "undo": "Undo",
    "weekdays": "Mon to Fri",
    "daily": "Every day",
    "morning": "At 08:00",
    "evening": "At 18:00",
}
"""What the buttons below a new subscription say, by what they do."""


def doubtful(words: str) -> str:
    """Words that may be a time or be searched for."""
    return (
        f"I am not sure what {quoted(words)} means: when it shall come, or words to look for? Write times like"
        " at 08:00 on mon-fri, fridays at 16:00, every 2 hours or at 08:00 in Europe/Berlin,"
        ' and words to look for "between quotation marks".'
    )


def comes_here(*, direct: bool) -> str:
    """Where the digests of a new subscription come."""
    return "to you, here" if direct else "in this chat"


def unclear_length(words: str) -> str:
    """Words that may say how long to mute, or be what to mute."""
    return (
        f"I am not sure how long {quoted(words)} is. Write for 7d, for 2 weeks or for a month,"
        ' and words to leave out "between quotation marks".'
    )
