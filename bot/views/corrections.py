"""What a posted digest showed and its article corrected since, as a message of its own: old words, new words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.digests import Change
from bot.domain.message import Block, Heading, Message, Paragraph, Run
from bot.views.captions import clipped, source_of
from bot.views.proof import proof
from bot.wording import correcting, phrases
from bot.wording.language import say

LONG_WORDS = 320
"""Characters of each side of a change that are shown: five changes are one message on every platform."""

MOST = 5
"""Changes that one message tells; the others are counted."""


def correction_message(changes: Sequence[Change]) -> Message:
    """The changes of one article, each word for word, with its outlet and a link to the words of now."""
    entry = changes[0].entry
    blocks: list[Block] = [Heading(tuple(_heading(changes)))]
    blocks += [Paragraph(tuple(_told(change))) for change in changes[:MOST]]
    if (more := len(changes) - MOST) > 0:
        link = Run(correcting.more_changes(more), url=entry.article.url)
        blocks.append(Paragraph((link,), quiet=True))
    return Message(tuple(blocks))


def _heading(changes: Sequence[Change]) -> Iterator[Run]:
    entry = changes[0].entry
    yield Run(say(correcting.CORRECTION), "strong")
    if source := source_of(entry):
        yield Run(phrases.SEPARATOR)
        yield Run(source, url=entry.article.url)


def _told(change: Change) -> Iterator[Run]:
    yield Run(correcting.was_said(clipped(change.old, LONG_WORDS)))
    yield Run(correcting.CHANGED)
    if change.new is None:
        yield Run(say(correcting.WITHDRAWN), "quiet")
        return
    article = change.entry.article
    url = article.url if change.span is None else proof(article, change.span, change.part)
    yield Run(correcting.was_said(clipped(change.new, LONG_WORDS)), "strong", url)
