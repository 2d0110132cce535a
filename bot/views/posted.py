"""A digest as it is posted. Pure."""

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
    if message is None or not shown.page or not (digest.briefs or digest.also):
        return message
    way = Paragraph((Run(say(archive.ON_THE_WEB), url=shown.page),))
    return replace(message, blocks=(*message.blocks, way))


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
