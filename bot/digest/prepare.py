"""One digest prepared: a window of arrivals, what matches in it, composed. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.digest.compose import ComposeSettings, compose
from bot.domain import query
from bot.domain.digests import Digest, as_style
from bot.domain.model import Article, Occasion, Span, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.query_nodes import Phrase, Word
from bot.summary.length import Budget


@dataclass(frozen=True, slots=True)
class Prepared:
    """A digest, and how many entries of its window matched, those that it leaves out included."""

    digest: Digest
    matched: int


class DigestMaker:
    """Prepares digests for whoever asks: the schedule, a chat, the command line."""

    def __init__(self, desk: Desk, settings: ComposeSettings, topics: Mapping[str, str]) -> None:
        self._desk = desk
        self._settings = settings
        self._topics = topics

    def configure(self, settings: ComposeSettings, topics: Mapping[str, str]) -> None:
        """Make digests by these settings from now on."""
        self._settings = settings
        self._topics = topics

    async def since(self, subscription: Subscription, occasion: Occasion, moment: datetime) -> Digest:
        """The digest of all that arrived after ``moment``, by arrival and never by publication."""
        library = self._desk.library
        upto = await library.revision()
        after = min(await library.revision_at(moment), upto)
        return (await self.prepare(subscription, occasion, Window(after, upto), moment)).digest

    async def prepare(
        self,
        subscription: Subscription,
        occasion: Occasion,
        window: Window,
        since: datetime,
        *,
        bulk: bool = True,
    ) -> Prepared:
        """The digest of ``window``; the index is first brought up to the library.

        Without ``bulk`` what came in bulk drops is left out. Raises IndexBusy when the index cannot
        be brought up: a digest never misses what arrived before it.
        """
        library, now = self._desk.library, self._desk.clock.now()
        matching = await self.matching(subscription, window)
        found = await library.entries(matching)
        # One that was corrected since then has a newer revision, and is the next window's.
        within = (entry for entry in found if window.after < entry.revision <= window.upto)
        entries = tuple(entry for entry in within if bulk or not entry.bulk)
        arrivals = tuple(one for one in await library.arrivals(window) if bulk or not one.bulk)
        digest = await self._desk.workers.run(
            compose,
            occasion,
            subscription.name,
            window,
            since,
            now,
            entries,
            arrivals,
            self._settings_for(subscription),
            told_by_several,
        )
        return Prepared(digest, len(matching))

    def _settings_for(self, subscription: Subscription) -> ComposeSettings:
        """The desk's settings with what this place asked for: a style, and its words for the ranking."""
        asked = query.expand(query.parse(subscription.query).query, self._topics)
        words = (one for one in query.terms(asked) if isinstance(one, Word | Phrase))
        return replace(
            self._settings,
            style=as_style(subscription.style) or self._settings.style,
            wanted=tuple(word.text for word in words),
        )

    async def matching(self, subscription: Subscription, window: Window) -> tuple[int, ...]:
        """Every entry of the window that the subscription wants; brings up the index as `prepare` does."""
        await self._desk.index.follow(self._desk.library)
        wanted = query.expand(query.parse(subscription.query).query, self._topics)
        return await self._desk.index.matching(wanted, window, now=self._desk.clock.now())


def told_by_several(articles: Sequence[Article], sentences: int) -> Sequence[tuple[int, Span]]:
    """The sentences of a story that several outlets tell; pure, and picklable for the workers."""
    from bot.summary.multi_document import choose_from_several

    return choose_from_several(articles, Budget(sentences=sentences))
