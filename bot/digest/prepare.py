"""One digest prepared: a window of arrivals, what matches in it, composed. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.digest.articles_known import Heads, Known, Lacking, Sent
from bot.digest.settings import ComposeSettings
from bot.domain import query
from bot.domain.conversations import Mute
from bot.domain.digests import Digest, Omission, Told, as_style
from bot.domain.model import Address, Arrival, Article, Occasion, Span, Subscription, Window
from bot.domain.ports import Desk, Library, StandingQueries, Workers
from bot.domain.query_nodes import Everything, Phrase, Query, Word, all_of, terms
from bot.domain.reasons import Reason
from bot.domain.teams import NO_TEAMS, Team, Teams


@dataclass(frozen=True, slots=True)
class Prepared:
    """A digest, and how many entries of its window matched, those that it leaves out included.

    ``told`` is what its place was told of its stories before.
    """

    digest: Digest
    matched: int
    told: Mapping[int, Told] = field(default_factory=dict)


Recall = Callable[[Address, Sequence[int]], Awaitable[Mapping[int, Told]]]
"""What a place was told of some stories. Raises StoreError."""


MutesAt = Callable[[Address, datetime], Awaitable[Sequence[Mute]]]
"""What a place does not want to hear of at a moment. Raises StoreError."""


async def nothing_muted(to: Address, now: datetime) -> Sequence[Mute]:  # noqa: ARG001 - as MutesAt has it
    """For a desk that nobody can silence."""
    return ()


async def nothing_told(to: Address, stories: Sequence[int]) -> Mapping[int, Told]:  # noqa: ARG001 - as Recall has it
    """For a desk without a memory."""
    return {}


OFF_TOPIC = Reason("digest.off_topic")

_KNOWN = Known()
"""Of the process that composes."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a digest is made of beside its entries, as :func:`bot.digest.compose.compose` has it."""

    occasion: Occasion
    name: str
    window: Window
    since: datetime
    until: datetime
    arrivals: tuple[Arrival, ...]
    settings: ComposeSettings
    told: Mapping[int, Told] | None
    muted: Mapping[int, Reason]


@dataclass(frozen=True, slots=True)
class _Arrived:
    """The files of a window. ``off_topic`` is what each that became an article is left out for by who did not ask for it.

    ``others`` are the places of those that are told of one by one to everybody, and ``of`` those of each entry's files.
    """

    files: tuple[Arrival, ...]
    off_topic: tuple[tuple[int | None, Omission], ...] = field(init=False)
    others: tuple[int, ...] = field(init=False)
    of: Mapping[int | None, Sequence[int]] = field(init=False)

    def __post_init__(self) -> None:
        off: list[tuple[int | None, Omission]] = []
        others: list[int] = []
        of: dict[int | None, list[int]] = {}
        for place, one in enumerate(self.files):
            # Whoever did not ask for an article as any other need not look at it.
            if one.outcome in {"new", "corrected"}:
                of.setdefault(one.entry, []).append(place)
                off.append((one.entry, Omission(one.name, OFF_TOPIC)))
            else:
                others.append(place)
        object.__setattr__(self, "off_topic", tuple(off))
        object.__setattr__(self, "others", tuple(others))
        object.__setattr__(self, "of", of)

    def parted(self, known: AbstractSet[int]) -> tuple[tuple[Arrival, ...], list[Omission]]:
        """The files that the digest of the ``known`` entries has to account for one by one, and the others, which it did not ask for."""
        places = sorted((*self.others, *(place for entry in known for place in self.of.get(entry, ()))))
        files = tuple(self.files[place] for place in places)
        return files, [omission for entry, omission in self.off_topic if entry not in known]


def _with_off_topic(digest: Digest, rest: Sequence[Omission]) -> Digest:
    """The digest, its ledger with the files that it did not ask for, which the composer did not see."""
    ledger = digest.ledger
    whole = replace(ledger, files=ledger.files + len(rest), reasons=(*ledger.reasons, *rest))
    return replace(digest, ledger=whole)


class DigestMaker:
    """Prepares digests for whoever asks: the schedule, a chat, the command line."""

    def __init__(
        self,
        desk: Desk,
        settings: ComposeSettings,
        topics: Mapping[str, str],
        recall: Recall = nothing_told,
        mutes: MutesAt = nothing_muted,
    ) -> None:
        """``recall`` gives what a place was told of stories, ``mutes`` what it does not want to hear of."""
        self._recall = recall
        self._mutes = mutes
        self._desk = desk
        self._settings = settings
        self._topics = topics
        self._found: tuple[tuple[Window, bool, int], _Arrived] | None = None
        self._expanded: dict[str, Query] = {}
        self._heads = Heads(desk.library)
        self.standing: StandingQueries | None = None
        """What knows without a search what those match that are watched."""
        self.teams = NO_TEAMS
        """What the team of a subscription's place may see is all that its digest is made of."""

    def configure(
        self, settings: ComposeSettings, topics: Mapping[str, str], teams: Teams = NO_TEAMS
    ) -> None:
        """Make digests by these settings from now on."""
        self._settings = settings
        self._topics = topics
        self.teams = teams
        self._expanded = {}

    def for_team(self, team: Team) -> DigestMaker:
        """One that makes the digests of this team alone, whatever they are of."""
        made = DigestMaker(self._desk, self._settings, self._topics, self._recall, self._mutes)
        made.teams, made._heads = Teams((), team), self._heads  # the same articles
        return made

    async def since(
        self,
        subscription: Subscription,
        occasion: Occasion,
        moment: datetime,
        *,
        remembering: bool = False,
    ) -> Digest:
        """The digest of all that arrived after ``moment``, by arrival and never by publication.

        ``remembering`` what its place was told, as ``prepare`` has it.
        """
        library = self._desk.library
        upto = await library.revision()
        after = min(await library.revision_at(moment), upto)
        window = Window(after, upto)
        return (await self.prepare(subscription, occasion, window, moment, remembering=remembering)).digest

    async def prepare(  # noqa: PLR0913 - for whom and when, of what, and how
        self,
        subscription: Subscription,
        occasion: Occasion,
        window: Window,
        since: datetime,
        *,
        bulk: bool = True,
        remembering: bool = False,
    ) -> Prepared:
        """The digest of ``window``; where the index is asked, it is first brought up to the library.

        ``remembering`` what its place was told: for what is posted, and not for what somebody looks up in chat.
        Without ``bulk`` what came in bulk drops is left out. Raises IndexBusy when the index cannot
        be brought up: a digest never misses what arrived before it.
        """
        now = self._desk.clock.now()
        matching = await self.matching(subscription, window)
        muted = await self._muted(subscription.to, window, now)
        revision = await self._desk.library.revision()
        sent = await self._heads.found(matching, revision, window, bulk=bulk)
        known = {name.entry for name in sent.names}
        arrivals, rest = (await self._arrived(subscription, window, revision, bulk=bulk)).parted(known)
        stories = list(dict.fromkeys(name.story for name in sent.names))
        told = await self._recall(subscription.to, stories) if remembering else None
        settings = self._settings_for(subscription)
        making = Making(occasion, subscription.name, window, since, now, arrivals, settings, told, muted)
        digest = await _made(self._desk.workers, self._heads, making, sent, bulk=bulk)
        return Prepared(_with_off_topic(digest, rest), len(matching), told or {})

    async def _arrived(self, wanted: Subscription, window: Window, revision: int, *, bulk: bool) -> _Arrived:
        """What became of the files; a file that is no article has no outlet, so not for who sees some outlets.

        Found once for all the digests of a slot: any change makes another revision.
        """
        if self._scope(wanted) != Everything():
            return _Arrived(())
        asked = (window, bulk, revision)
        if self._found is None or self._found[0] != asked:
            arrivals = await self._desk.library.arrivals(window)
            files = tuple(one for one in arrivals if bulk or not one.bulk)
            self._found = asked, _Arrived(files)
        return self._found[1]

    async def _muted(self, to: Address, window: Window, now: datetime) -> Mapping[int, Reason]:
        """The entries of the window that the place does not want to hear of, and why."""
        found: dict[int, Reason] = {}
        for mute in await self._mutes(to, now):
            ids = await self._found_by(self._written_out(mute.query), window)
            found = dict.fromkeys(ids, Reason("digest.muted", query=mute.query)) | found
        return found

    def _settings_for(self, subscription: Subscription) -> ComposeSettings:
        """The desk's settings with what this place asked for: a style, and its words for the ranking."""
        asked = self._written_out(subscription.query)
        words = (one for one in terms(asked) if isinstance(one, Word | Phrase))
        return replace(
            self._settings,
            style=as_style(subscription.style) or self._settings.style,
            wanted=tuple(word.text for word in words),
        )

    async def watch(self, subscriptions: Sequence[Subscription]) -> None:
        """Match what arrives against all of these at once, and remember it for their digests."""
        self._expanded = {text: self._written_out(text) for text in {one.query for one in subscriptions}}
        if self.standing is not None:
            await self.standing.watch({self._wanted(one) for one in subscriptions})

    async def matching(self, subscription: Subscription, window: Window) -> tuple[int, ...]:
        """Every entry of the window that the subscription wants; raises as ``prepare`` does."""
        return await self._found_by(self._wanted(subscription), window)

    async def _found_by(self, wanted: Query, window: Window) -> tuple[int, ...]:
        desk = self._desk
        if self.standing is not None:
            known = await self.standing.matching(wanted, window, now=desk.clock.now())
            if known is not None:
                return known
        await desk.index.follow(desk.library)
        return await desk.index.matching(wanted, window, now=desk.clock.now())

    def _wanted(self, subscription: Subscription) -> Query:
        return all_of((self._written_out(subscription.query), self._scope(subscription)))

    def _written_out(self, text: str) -> Query:
        """The query of the text, with what its topics stand for; kept of those that are watched, which are asked for each minute."""
        known = self._expanded.get(text)
        return query.expand(query.parse(text).query, self._topics) if known is None else known

    def _scope(self, subscription: Subscription) -> Query:
        return self.teams.of(subscription.to, subscription.by).scope


async def _made(workers: Workers, heads: Heads, making: Making, sent: Sent, *, bulk: bool) -> Digest:
    """What a composer makes of the entries; where it lacks some, they are sent, and at the last try all at once."""
    every = tuple(name.entry for name in sent.names)
    while isinstance(made := await workers.run(composed, making, sent), Lacking):
        heads.forget(every if sent.entries else made.ids)
        sent = await heads.found_now(every, making.window, bulk=bulk)
    return made


def composed(making: Making, sent: Sent) -> Digest | Lacking:
    """The digest of the entries, picklable for the workers, which alone load what it needs; or what they have to be sent first."""
    from bot.digest.compose import compose

    entries = _KNOWN.entries(sent)
    if isinstance(entries, Lacking):
        return entries
    return compose(
        making.occasion,
        making.name,
        making.window,
        making.since,
        making.until,
        entries,
        making.arrivals,
        making.settings,
        told_by_several,
        making.told,
        making.muted,
    )


def by_name(making: Making, sent: Sent) -> tuple[Making, Sent]:
    """What :func:`composed` takes, for a composer that finds the entries itself (:class:`Composer`)."""
    return making, sent._replace(entries=())


class Composer:
    """Makes digests for desks that name entries of this store; ``workers`` compute them."""

    def __init__(self, library: Library, workers: Workers) -> None:
        self._workers, self._heads = workers, Heads(library)

    async def make(self, making: Making, named: Sent) -> Digest | None:
        """The digest; ``None`` where the entries have changed since they were named. Raises StoreError, and as the workers do."""
        ids = [name.entry for name in named.names]
        sent = await self._heads.found_now(ids, making.window, bulk=True)
        if sent.names != named.names:
            return None
        return await _made(self._workers, self._heads, making, sent, bulk=True)


def told_by_several(articles: Sequence[Article], sentences: int) -> Sequence[tuple[int, Span]]:
    """The sentences of a story that several outlets tell; pure, and picklable for the workers."""
    from bot.summary.length import Budget
    from bot.summary.multi_document import choose_from_several

    return choose_from_several(articles, Budget(sentences=sentences))
