"""Articles are forgotten everywhere: what is posted is made to say nothing of them, and what is kept holds none of them.

The tables come first, in one transaction, which notes what is left to do outside of them; files, index and free
pages follow, and whoever is killed on the way leaves that note to the next.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

from bot.digest.without import without
from bot.domain import query
from bot.domain.conversations import Forgettable
from bot.domain.errors import BotError
from bot.domain.message import Message
from bot.domain.messaging import Messenger
from bot.domain.model import Entry, Window
from bot.domain.ports import Desk
from bot.domain.query_nodes import Everything, Query
from bot.domain.teams import ALL_VISIBLE, Visibility
from bot.inbox import forgotten
from bot.runtime.failpoints import reach
from bot.search import folder
from bot.search.index import IndexSettings, rebuild
from bot.store.delivery.posted import KeptDigest
from bot.store.delivery.relaid import Relaid
from bot.store.delivery.withdrawal import PostedPart, Withdrawal, Withdrawn
from bot.store.forgetting import Leftover
from bot.store.sql import files
from bot.store.sql.plans import digest_of, plan_json
from bot.views.captions import LONG_NAME, clipped, title_of
from bot.views.posted import shown_message
from bot.wording import forgetting as texts
from bot.wording.language import speaking

_NUMBERS = re.compile(r"#?\d{1,18}(?:(?:[\s,]+#?|#)\d{1,18})*[\s,]*")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be forgotten: entries, and texts that are held, each key with the name of its file."""

    entries: tuple[Entry, ...]
    held: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the entries."""
        return tuple(entry.id for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Impact:
    """What would become of ``wanted``: files, and messages; ``before`` is what was left undone of earlier times."""

    wanted: Wanted
    files: tuple[forgotten.Kept, ...]
    messages: tuple[PostedPart, ...]
    before: tuple[Leftover, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where copies lie outside the tables: the inbox, the index, and those of the store whose names begin as ``beside``."""

    inbox: Path
    index: IndexSettings
    beside: Path | None


def told(  # noqa: PLR0913 - what goes, how it is named, and to whom
    wanted: Wanted,
    files: Collection[forgotten.Kept],
    messages: Collection[PostedPart],
    link: Callable[[PostedPart], str | None],
    *,
    done: bool,
    sees: Visibility = ALL_VISIBLE,
) -> list[str]:
    """What goes, or went, in lines for people; ``link`` gives the web address of a message, where it has one."""
    named = [
        texts.article(
            entry.id, clipped(title_of(entry), LONG_NAME), clipped(entry.article.source or "", LONG_NAME)
        )
        for entry in wanted.entries
    ]
    named += [texts.held(clipped(name, LONG_NAME)) for name in wanted.held.values()]
    if not named:
        return [texts.nothing()]
    lines = texts.articles(named, done=done)
    if files:
        lines.append(texts.files(len(files), sum(file.others for file in files)))
    for fate in ("withheld", "changed", "stays", "unknown"):
        fated = [one.to for one in messages if one.fate == fate]
        places = [str(to) if sees.may_name(to) else texts.elsewhere() for to in fated]
        if places:
            lines.append(texts.messages(fate, places, len(places)))
    staying = (one for one in messages if one.fate == "stays" and sees.may_name(one.to))
    links = [found for one in staying if (found := link(one))]
    return [*lines, *(f"- {found}" for found in links)]


class Forgetting:
    """Forgets articles. Raises StoreError and SearchError."""

    def __init__(
        self, desk: Desk, store: Withdrawal, messengers: Mapping[str, Messenger], places: Places
    ) -> None:
        self._desk = desk
        self._store = store
        self._messengers = messengers
        self._places = places
        self._turn = asyncio.Lock()
        self.wanted = asyncio.Event()
        """Set when something is left to do."""

    async def chosen(self, text: str) -> Wanted:
        """What ``text`` means: numbers of articles, a web address, or a query, of which every match counts."""
        text = text.strip()
        if _NUMBERS.fullmatch(text):
            ids = [int(number) for number in re.findall(r"\d+", text)]
            return Wanted(await self._desk.library.entries(list(dict.fromkeys(ids))))
        if _ADDRESS.fullmatch(text):
            ids_, held = await self._store.at_address(text)
            return Wanted(await self._desk.library.entries(ids_), held)
        asked = query.parse(text).query
        if not query.printed(asked):  # everything is forgotten by deleting the store, not by a slip
            return Wanted(())
        await self._desk.index.follow(self._desk.library)
        upto = await self._desk.library.revision()
        found = await self._desk.index.matching(asked, Window(0, upto), now=self._desk.clock.now())
        return Wanted(await self._desk.library.entries(found))

    async def _inside(self, scope: Query, wanted: Wanted) -> Wanted:
        """What of it lies in the scope: who sees some outlets is told of no others, nor of what is held."""
        if isinstance(scope, Everything):
            return wanted
        await self._desk.index.follow(self._desk.library)
        window = Window(0, await self._desk.library.revision())
        inside = frozenset(await self._desk.index.matching(scope, window, now=self._desk.clock.now()))
        return Wanted(tuple(entry for entry in wanted.entries if entry.id in inside))

    async def look(self, text: str, sees: Visibility = ALL_VISIBLE) -> Forgettable:
        """As :class:`bot.domain.conversations.Forgetter` has it."""
        impact = await self.impact(await self._inside(sees.scope, await self.chosen(text)))
        lines = self.told(impact, sees=sees)
        return Forgettable(impact.wanted.ids, len(impact.wanted.held), tuple(lines))

    async def forget_all(self, text: str, sees: Visibility = ALL_VISIBLE) -> Sequence[str]:
        """As :class:`bot.domain.conversations.Forgetter` has it."""
        impact = await self.impact(await self._inside(sees.scope, await self.chosen(text)))
        done = await self.forget(impact.wanted)
        return self.told(impact, done, sees)

    def told(
        self, impact: Impact, done: Withdrawn | None = None, sees: Visibility = ALL_VISIBLE
    ) -> list[str]:
        """What would go, or went, in lines for people."""
        messages = impact.messages if done is None else done.messages
        return told(impact.wanted, impact.files, messages, self._link, done=done is not None, sees=sees)

    def _link(self, one: PostedPart) -> str | None:
        messenger = self._messengers.get(one.to.platform)
        return messenger.link(one.to, one.posted) if messenger and one.posted else None

    async def impact(self, wanted: Wanted) -> Impact:
        """What would become of it; nothing is changed. Raises OSError, too."""
        keys = await self._store.files(wanted.ids)
        files = await asyncio.to_thread(self._files, keys, wanted.ids)
        messages = await self._store.messages(wanted.ids)
        return Impact(wanted, files, tuple(messages), await self._store.leftovers())

    async def forget(self, wanted: Wanted) -> Withdrawn:
        """Forget it in the tables; from then on nothing is said of it, and ``finish`` does the rest."""
        ids = frozenset(wanted.ids)
        while True:
            found = await self._store.digests(ids)
            relaid = {number: await self._relaid(kept, ids) for number, kept in found.items()}
            now = self._desk.clock.now()
            done = await self._store.forget(ids, tuple(wanted.held), found, relaid, now)
            if done is not None:  # else a digest was staged meanwhile, or a correction of one
                self.wanted.set()
                return done

    async def finish(self) -> int:
        """Do what is left outside the tables: files, index, free pages; how many removals are done with.

        Raises OSError, StoreError or SearchError: what could not be done is left for the next time.
        """
        async with self._turn:
            self.wanted.clear()
            left = await self._store.leftovers()
            if not left:
                return 0
            for one in left:
                for file in await asyncio.to_thread(self._files, one.keys, one.entries):
                    await asyncio.to_thread(forgotten.delete, file)
            reach("forget-unfiled")
            await self._purge_index()
            reach("forget-unindexed")
            await asyncio.to_thread(self._delete_copies)
            await self._store.overwrite()
            for one in left:
                await self._store.done(one)
            return len(left)

    async def leftovers(self) -> Sequence[Leftover]:
        """What ``finish`` has to do."""
        return await self._store.leftovers()

    async def try_to_finish(self) -> str | None:
        """Do what is left; what keeps it from being done, for people."""
        try:
            await self.finish()
        except (OSError, BotError) as error:
            log.warning("what was forgotten is not gone from every file yet: %s", error)
            return str(error)
        return None

    def _files(self, keys: Collection[str], ids: Collection[int]) -> tuple[forgotten.Kept, ...]:
        return tuple(forgotten.kept(self._places.inbox, keys, ids))

    async def _purge_index(self) -> None:
        """An index keeps the words of what was taken out of it until its files are merged: it is built anew."""
        library, settings = self._desk.library, self._places.index
        await self._desk.index.follow(library)
        await rebuild(settings, library)
        await asyncio.to_thread(folder.empty, settings.path.with_name(f"{settings.path.name}.damaged"))

    def _delete_copies(self) -> None:
        """Those that the desk made by itself, before it brought the store to a new version, and what is left of others."""
        beside = self._places.beside
        if beside is None:
            return
        for copy in (*beside.parent.glob(f"{escape(beside.name)}.before-*"), *files.abandoned(beside.parent)):
            copy.unlink(missing_ok=True)

    async def _relaid(self, kept: KeptDigest, ids: Collection[int]) -> Relaid | None:
        """The digest without these entries; ``None`` where it cannot be laid out any more."""
        messenger = self._messengers.get(kept.platform)
        if kept.plan is None or messenger is None or "briefs" not in kept.plan.kept:
            return None
        entries = {one.id: one for one in await self._desk.library.entries(list(kept.plan.entries))}
        if not all(
            one in entries and (one in ids or entries[one].changed == change)
            for one, change in kept.plan.entries.items()
        ):
            return None
        digest, shown = digest_of(kept.plan, kept.row, entries)
        left = without(digest, ids)
        message: Message | None = None
        with speaking(shown.language):
            if left.briefs or left.also:
                message = shown_message(left, shown)
            payloads = messenger.render(message) if message else ()
        return Relaid(payloads, plan_json(left, shown, kept.plan.replies_without(ids)))
