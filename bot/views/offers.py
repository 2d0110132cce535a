"""What an unasked digest leaves out and offers instead, in a line with a button. Pure."""

from __future__ import annotations

from bot.domain.digests import Digest
from bot.domain.message import Block, Button, Buttons, Message, Paragraph, Run
from bot.views.layout import digest_message
from bot.wording import phrases


def scheduled_message(digest: Digest, zone: str, *, dropped: int = 0, older: int = 0) -> Message | None:
    """The digest as it is posted unasked, or ``None`` when there is nothing to say.

    ``dropped`` articles of its window came in a bulk drop, ``older`` ones were there before the
    channel was; a button for action "digest" asks for them by the channel's name.
    """
    blocks = digest_message(digest, zone).blocks
    offer = _offer(digest.name, dropped, older)
    if not digest.briefs:
        # Title and period; "no new articles" would not be true.
        return Message((*blocks[:2], *offer)) if offer else None
    return Message((*blocks[:-1], *offer, blocks[-1]))


def _offer(name: str, dropped: int, older: int) -> tuple[Block, ...]:
    lines = []
    if dropped:
        lines.append(
            f"{phrases.plural(dropped, 'article')} arrived in one drop and {_are(dropped)} not shown."
        )
    if older:
        lines.append(f"{phrases.plural(older, 'older article')} {_are(older)} in the library.")
    if not lines:
        return ()
    button = Button("Show them" if dropped + older > 1 else "Show it", "digest", name)
    return Paragraph((Run(" ".join(lines)),)), Buttons((button,))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
