"""A digest as it is posted, with the way to its page on the web, and what its readers are told by it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.digests import Brief, Digest, Shown, Telling
from bot.domain.events import Payload
from bot.domain.message import Message, Paragraph, Run
from bot.views.also import in_sight
from bot.views.layout import posted_message, scheduled_message
from bot.wording.language import say
from bot.wording.web import archive

RECOGNISED = 60
"""Characters of a headline by which the part is found that has it."""


def shown_message(digest: Digest, shown: Shown) -> Message | None:
    """The digest, with the way to its page where it has one; ``None`` when there is nothing to say."""
    laid_out = _laid_out(digest, shown)
    message = replace(laid_out, series=digest.occasion.subscription) if laid_out else None
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


def tellings(digest: Digest, payloads: Sequence[Payload], *, numbered: bool) -> list[Telling]:
    """What the place is told, and with ``numbered`` the headlines too, by the numbers that its readers see."""
    plain = [" ".join(one.plain.split()) for one in payloads]
    if not numbered:
        return [Telling(_part_of(brief, plain), brief) for brief in digest.briefs]
    told = len(digest.briefs)
    return [
        Telling(_part_of(brief, plain), brief, number, listed=number > told)
        for number, brief in enumerate(in_sight(digest), start=1)
    ]


def _part_of(brief: Brief, plain: Sequence[str]) -> int:
    """The part, counted from 1, that opens the story: the first that has the beginning of its headline."""
    begins = " ".join(brief.headline.split())[:RECOGNISED]
    return next((part for part, text in enumerate(plain, start=1) if begins in text), 1)
