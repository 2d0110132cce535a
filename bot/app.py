"""The composition root: settings become a working desk, and everything opened is closed."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.config import Config
from bot.conversation.finding.lookup import AnswerSettings
from bot.conversation.languages import LanguagesSpoken
from bot.conversation.loop import Answer
from bot.conversation.reach import administrators, names, reach, zones
from bot.delivery.answers import PacedAnswers
from bot.delivery.corrections import CorrectingPorts, Corrections
from bot.delivery.forgetting import Forgetting, Places
from bot.delivery.owner import Owner
from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts
from bot.delivery.quiet import QuietHours
from bot.delivery.scheduled import Deliver
from bot.delivery.subscribers import Subscribers
from bot.digest.facts import facts_of
from bot.digest.prepare import DigestMaker, by_name, composed
from bot.domain.conversations import ConversationPorts, current_address
from bot.domain.digests import Digest
from bot.domain.errors import ConfigError
from bot.domain.messaging import Receiver, Site
from bot.domain.model import CONSOLE, Address, Occasion, Schedule, Subscription
from bot.domain.ports import Clock, Desk
from bot.domain.sourcing import Source, SourceState
from bot.domain.teams import EVERYBODY, Teams
from bot.inbox.dropping import DropBox
from bot.inbox.files import MEGABYTE
from bot.ingest.pipeline import Ingest
from bot.ingest.reading import READERS, read_or_unpack
from bot.ingest.retention import LetGo, let_go
from bot.platforms import LIMITS, PLATFORMS, Connected, connected, own_chat
from bot.queue.overflow import Overflow
from bot.runtime.clock import WallClock
from bot.runtime.health import INTAKE, Health, Queued, StagedSlot
from bot.runtime.processes import may_be_alive, this_process
from bot.runtime.workers import WorkerPool, WorkerSettings, started
from bot.search.mending import MendingIndex
from bot.search.percolator import Percolator
from bot.sources.adding import PageAdder
from bot.sources.feeds import Feeds, Round
from bot.sources.fetching import Fetching
from bot.sources.kept import KeptSources
from bot.sources.mailbox.letters import Mailboxes
from bot.sources.mailbox.waiting import MailboxWaits
from bot.sources.rounds import SourceRounds
from bot.store.conversations import SqlConversationLog
from bot.store.delivery.archived import SqlArchive
from bot.store.delivery.backlog import Backlog
from bot.store.delivery.corrections import SqlCorrections
from bot.store.delivery.leases import Leases
from bot.store.delivery.memory import SqlMemory
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.paces import SqlPaces
from bot.store.delivery.posted import SqlPostedDigests, SqlPostedLines
from bot.store.delivery.results import DigestResults
from bot.store.delivery.withdrawal import Withdrawal
from bot.store.languages import SqlLanguages
from bot.store.library import SqlLibrary
from bot.store.privacy import SqlPersonalData
from bot.store.retention import Retention
from bot.store.sources import SqlSources
from bot.store.sql.database import Database, open_store
from bot.store.subscriptions import SqlMutes, SqlSubscribingRules, SqlSubscriptions
from bot.web.links import ROOT, Links, digest_names
from bot.wording.language import known

COMPOSERS = WorkerSettings(processes=1, preload=("bot.digest.compose",))
"""Composing needs none of the libraries that reading needs, and so starts twice as fast; and a person
who asks for a digest does not wait behind a folder that is being read."""

KINDS: Mapping[str, Callable[..., object]] = {"reading": read_or_unpack, "composing": composed}
"""What a desk may hand to workers elsewhere."""

FULL, BESIDE = 2, 6
"""Digests that a desk's own composer has at a time, in hand and waiting; and those made beside, where workers are elsewhere."""

AT_HAND = replace(
    COMPOSERS, preload=("bot.digest.compose", "bot.summary.multi_document"), idle_seconds=math.inf
)
"""For `copydesk run`, kept at hand: a composer takes half a second to start, an answer 50 ms."""


class App:
    """The loops over one open desk."""

    def __init__(
        self,
        desk: Desk,
        composers: WorkerPool | Overflow,
        database: Database,
        platforms: Connected,
        config: Config,
    ) -> None:
        self.desk, self.holder = desk, this_process()
        self.queued: Queued | None = None
        self.composers = composers
        self.config, self.platforms = config, platforms
        self.conversation_log, self.retention = SqlConversationLog(database), Retention(database)
        self.leases = Leases(database, may_be_alive)
        self.owner = Owner(config.owner, platforms.messengers, desk.clock, config.language)
        self.languages = SqlLanguages(database)
        self._made_in_chat = SqlSubscriptions(database, config.zone)
        self.owner.is_quiet = QuietHours(self.subscriptions, desk.clock)
        self.outbox = SqlOutbox(database, holder=self.holder, alive=may_be_alive)
        self.backlog = Backlog(database)
        self.health = Health(desk.clock)
        self.ingest = Ingest(desk, config.ingest, self.owner.tell, self.health.turned)
        self._open_sources(database)
        composing, recall = replace(desk, workers=composers), SqlMemory(database).recall
        self._mutes, self.lines = SqlMutes(database), SqlPostedLines(database)
        self.archived = SqlArchive(database)
        self.digests = DigestMaker(composing, config.compose, config.topics, recall, self._mutes.at)
        self.digests.teams, self.digests.standing = config.teams, Percolator(desk.library)
        pacing = Pacing(LIMITS, SqlPaces(database), desk.clock)
        self.forgetting = self._forgetting(database)
        wire = self._posting_ports(pacing, database)
        self.deliver = Deliver(desk, self.digests, wire, config.grace.work)
        self._results = DigestResults(database, config.zone, self.outbox.closures)
        self.answer = self._answering(self._conversation_ports(database), pacing)
        self.ingest.settled = partial(self.answer.gifts.settled, messengers=platforms.messengers)

    def _answering(self, ports: ConversationPorts, pacing: Pacing) -> Answer:
        say = PacedAnswers(pacing, self.desk.clock)
        told, turned = self.owner.tell, self.health.turned
        return Answer(self.desk, self.digests, _answers(self.config), ports, say, told, turned)

    def _open_sources(self, database: Database) -> None:
        desk, config = self.desk, self.config
        largest = int(config.inbox.max_mb * MEGABYTE)
        self.drop = DropBox(config.inbox.path, largest)
        self.fetching = Fetching(config.fetch, desk.workers)
        self.add_page = PageAdder(self.fetching, self.drop, self.ingest.receipts)
        self.source_store = SqlSources(database)
        feeds = Feeds(self.fetching, desk.workers, self.source_store, self.drop, desk.clock)
        self.mailboxes = Mailboxes(self.source_store, self.drop, desk.clock, largest, config.fetch.seconds)

        async def take(source: Source, state: SourceState) -> Round:
            return await (self.mailboxes if source.mailbox else feeds).take(source, state)

        self.sources = SourceRounds(
            config.sources,
            self.source_store,
            take,
            desk.clock,
            self.owner.tell,
            self.owner.all_clear,
            self.health.turned,
        )
        self.kept_sources = KeptSources(self.sources, self.source_store, feeds)
        self.sources.holds = self.leases.holding(self.holder, desk.clock)
        self.mailbox_waits = MailboxWaits(self.mailboxes, self.sources.waited_for, self.sources.hurry)

    def _correcting(self, database: Database) -> Corrections:
        ports = CorrectingPorts(
            SqlCorrections(database),
            self.platforms.messengers,
            self.subscriptions,
            self.owner.tell,
            lambda: self.config.corrections,
            self.teams,
        )
        return Corrections(replace(self.desk, workers=self.composers), ports)

    def _conversation_ports(self, database: Database) -> ConversationPorts:
        return ConversationPorts(
            self.conversation_log,
            self._made_in_chat,
            self.deliver,
            self._results,
            self._mutes,
            self.outbox.moves,
            SqlPostedDigests(database),
            self.lines.at,
            add_page=self.add_page,
            personal_data=SqlPersonalData(database),
            languages=self.languages,
            subscribing=SqlSubscribingRules(database),
            reach=reach(self.platforms.messengers),
            zone_of=zones(self.platforms.messengers),
            name_of=names(self.platforms.messengers),
            administers=administrators(self.platforms.messengers),
            inbox=self.drop,
            forgetter=self.forgetting,
            sources=self.kept_sources,
        )

    def _forgetting(self, database: Database) -> Forgetting:
        messengers, config = self.platforms.messengers, self.config
        editing = [name for name, one in messengers.items() if one.capabilities.edits]
        places = Places(config.inbox.path, config.search, config.store.beside)
        self._withdrawal = Withdrawal(database, facts_of, editing)
        return Forgetting(self.desk, self._withdrawal, messengers, places)

    async def let_go(self) -> LetGo:
        """Let go of what is more than the configuration keeps. Raises StoreError, SearchError and OSError."""
        return await let_go(self.desk, self._withdrawal, self.config.inbox.path, self.config.retention)

    def _posting_ports(self, pacing: Pacing, database: Database) -> PostingPorts:
        messengers, is_quiet = self.platforms.messengers, self.owner.is_quiet
        asked_for = self._made_in_chat.asked_for
        return PostingPorts(
            self.outbox,
            messengers,
            self.subscriptions,
            self.owner.tell,
            pacing,
            self.health.turned,
            Subscribers(asked_for, own_chat, messengers, self._spoken_at, is_quiet, names(messengers)).tell,
            self.ingest.release,
            self._correcting(database).stage,
            self.telling,
            self._page_of,
            self.follow_moves,
            is_quiet,
        )

    def _page_of(self, subscription: Subscription, digest: Digest) -> str:
        """The address of the digest on the web; empty where it has none there: who sees more than any team has no link."""
        if not self.config.archive.address:
            return ""
        links, teams = Links(self.config.archive), self.digests.teams
        team = teams.of(subscription.to, subscription.by)
        if not links.shows(subscription.id) or (teams.teams and team == EVERYBODY):
            return ""
        return links.address(links.granted(team.name, digest.until), *digest_names(digest.occasion))

    async def telling(self, subscription: Subscription) -> str:
        """The language of the subscription's digests, by the settings of now."""
        spoken = LanguagesSpoken(self.languages, self.config.channels, self.config.language)
        return await spoken.telling(subscription)

    async def _spoken_at(self, at: Address) -> str:
        """The language of a chat of which nothing else is known."""
        here = await self.languages.at(at)
        return known(here.chosen, here.named, self.config.language)

    def posted_files(self) -> Mapping[str, Receiver]:
        """What takes files that are posted to the desk; nothing without a token."""
        if not self.config.inbox_token:
            return {}
        from bot.sources.posted import PATH, receiver

        most = int(self.config.inbox.max_mb * MEGABYTE)
        token, origins = self.config.inbox_token, self.config.inbox_origins
        return {PATH: receiver(token, most, self.drop, self.add_page, origins=origins)}

    def sites(self) -> Mapping[str, Site]:
        """What is shown on the web; nothing without an address."""
        if not self.config.archive.address:
            return {}
        from bot.archive.site import ArchiveSite, SiteSettings

        def now() -> SiteSettings:
            config = self.config
            return SiteSettings(
                config.zone, config.language, config.topics, config.channels, self.digests.teams
            )

        return {
            ROOT: ArchiveSite(
                replace(self.desk, workers=self.composers), self.archived, self.config.archive, now
            ).visit
        }

    async def subscriptions(self) -> Sequence[Subscription]:
        """Everybody who wants digests: the file's channels, and what was made in chat."""
        moves = await self.outbox.moves()
        channels = (replace(one, to=current_address(one.to, moves)) for one in self.config.channels)
        return (*channels, *await self._made_in_chat.all())

    async def teams(self) -> Teams:
        """The teams, whose chats are meant wherever they are now."""
        return self.config.teams.followed(await self.outbox.moves())

    async def follow_moves(self) -> None:
        """Make digests, from now on, for the teams of chats where these are now."""
        self.digests.teams = await self.teams()

    async def last_slot(self) -> StagedSlot | None:
        """The newest slot that was staged, by whichever process. Raises StoreError."""
        last = await self._results.last_slot()
        return self.deliver.last_slot or (StagedSlot(*last) if last else None)

    def reconfigure(self, config: Config) -> list[str]:
        """Work by ``config`` from now on; what takes effect only at the next start."""
        before = self.config
        pairs = {
            "grace": (before.grace, config.grace),
            "[inbox]": tuple((one.inbox, one.readers, one.inbox_origins) for one in (before, config)),
            "[store]": (before.store, config.store),
            "[search]": (before.search, config.search),
            **{f"[{one}]": (before.platforms.get(one), config.platforms.get(one)) for one in PLATFORMS},
            "[web]": (before.web, config.web),
            "[archive]": (before.archive, config.archive),
            "[log]": (before.log.format, config.log.format),
            "[fetch]": (before.fetch, config.fetch),
            "INBOX_TOKEN": (before.inbox_token, config.inbox_token),
        }
        # Links lead to the server that runs: both are as they were until the next start.
        self.config = config = replace(config, archive=before.archive)
        self.owner.to, self.owner.language = config.owner, config.language
        self.sources.configured = config.sources
        self._results.zone = config.zone
        self._made_in_chat.zone = config.zone
        self.ingest.configure(config.ingest)
        self.digests.configure(config.compose, config.topics, config.teams)
        self.answer.configure(self.digests, _answers(config))
        return [name for name, (old, new) in pairs.items() if old != new]

    async def preview(
        self, name: str | None, since: timedelta, style: str = "", *, remembering: bool = True
    ) -> Digest:
        """The digest of the channel for what arrived in the last ``since``; nothing is sent.

        ``style`` stands in place of the channel's own; empty for that. ``remembering``: what the channel was
        told already is left out, as in what is posted.
        Raises ConfigError when there is no such channel, or several and no name.
        """
        now = self.desk.clock.now()
        channel = self.channel(name)
        channel = replace(channel, style=style or channel.style)
        asked = Occasion("asked", channel.id, now.isoformat())
        await self.follow_moves()
        return await self.digests.since(channel, asked, now - since, remembering=remembering)

    def channel(self, name: str | None) -> Subscription:
        """The channel of the file, or the only one. Raises ConfigError."""
        channels = {channel.name: channel for channel in self.config.channels}
        if name is None and not channels:
            return Subscription("everything", "everything", CONSOLE, "", Schedule(self.config.zone))
        if name is None and len(channels) == 1:
            return next(iter(channels.values()))
        if name in channels:
            return channels[name]
        what = "say which channel" if name is None else f'there is no channel "{name}"'
        raise ConfigError([f"NAME: {what}; here are: {', '.join(channels) or 'none'}"])


def _answers(config: Config) -> AnswerSettings:
    return AnswerSettings(
        config.zone,
        config.topics,
        config.channels,
        config.access,
        config.path.name,
        config.grace.work,
        config.language,
        config.teams,
        archive=config.archive,
    )


@asynccontextmanager
async def opened(
    config: Config, *, attended: bool = False, clock: Clock | None = None, lifting: bool = False
) -> AsyncIterator[App]:
    """The app over an open store and index; ``attended`` for people who may ask at any time.

    ``lifting``: what was forgotten is taken in again. Worker processes start when they are needed. Raises StoreError or SearchError.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(await open_store(config.store))
        readers = await stack.enter_async_context(started(replace(READERS, processes=config.readers)))
        pool = await stack.enter_async_context(started(AT_HAND if attended else COMPOSERS))
        queued = None
        if attended and config.queued:
            from bot.queue.handing import handing

            on = handing(database, config.store.url, KINDS, readers, first=["composing"])
            queued = await stack.enter_async_context(on)
        composers = pool if queued is None else Overflow(pool, FULL, queued, {composed: by_name})
        platforms = await stack.enter_async_context(connected(config.platforms))
        library = SqlLibrary(database, lifting=lifting)
        # At a command somebody waits for its end; a desk has other things to do while the index is rebuilt.
        index = MendingIndex(config.search, library, waits=not attended)
        stack.push_async_callback(index.aclose)
        desk = Desk(library, index, queued or readers, clock or WallClock())
        app = App(desk, composers, database, platforms, config)
        if queued is not None:
            app.queued = queued
            app.deliver.at_once += BESIDE
            queued.tell, queued.turned = app.owner.tell, partial(app.health.turned, INTAKE)
        stack.push_async_callback(app.fetching.aclose)
        if not attended:  # a desk that is attended looks by itself
            await app.ingest.release()
        yield app
