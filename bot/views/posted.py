"""What leads from a message to its page on the web, and a digest as it is posted. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.digests import Digest, Shown
from bot.domain.message import Message, Paragraph, Run
from bot.views.layout import posted_message, scheduled_message
from bot.wording.language import say
from bot.wording.web import archive


def shown_message(digest: Digest, shown: Shown) -> Message | None:
    """The digest, with the way to its page where it has one; ``None`` when there is nothing to say."""
    message = _laid_out(digest, shown)
    return on_the_web(message, shown.page) if message and (digest.briefs or digest.also) else message


def on_the_web(message: Message, page: str) -> Message:
    """The message, and below it the way to its page; as it is where it has none."""
    way = Paragraph((Run(say(archive.ON_THE_WEB), url=page),))
    return replace(message, blocks=(*message.blocks, way)) if page else message


def _laid_out(digest: Digest, shown: Shown) -> Message | None:
    if not shown.scheduled:
        message = posted_message(digest, shown.zone, numbered=shown.numbered, buttons=shown.buttons)
        return replace(message, silent=shown.silent)
    return scheduled_message(
        digest,
        shown.zone,
        dropped=shown.dropped,
        older=shown.older,
        numbered=shown.numbered,
        buttons=shown.buttons,
    )
