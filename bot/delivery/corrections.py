"""A correction of an article that was posted: the message is edited, or answered with old words and new words."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.digests import Change, Corrected, Digest, Shown
from bot.domain.errors import BotError, OverBudget, cause
from bot.domain.events import Payload
from bot.domain.messaging import Messenger
from bot.domain.model import Entry, Subscription
from bot.domain.ports import Desk, Tell
from bot.domain.reasons import Reason
from bot.domain.teams import Teams
from bot.domain.times.schedule import quiet_until
from bot.runtime.faults import fault
from bot.store.delivery.corrections import CorrectedDigest, Notice, SqlCorrections
from bot.store.sql.plans import digest_of
from bot.views.corrections import correction_message
from bot.views.posted import shown_message
from bot.wording.language import speaking

HEEDED = timedelta(days=30)
"""Nobody reads a digest that is older."""

TRIES = 2
"""A comparison that took a worker too long so often is passed over, as a slot's digest is."""

RECOGNISED = 60
"""Characters of the words by which the part is found that shows them."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CorrectingPorts:
    """What correcting needs. ``mode`` gives ``edit``, ``reply`` or ``off``, as it is set now.

    Nobody is told of an article that is, as it is now, from an outlet that their team of the ``teams`` does not see.
    """

    corrections: SqlCorrections
    messengers: Mapping[str, Messenger]
    subscriptions: Callable[[], Awaitable[Sequence[Subscription]]]
    tell: Tell
    mode: Callable[[], str]
    teams: Callable[[], Awaitable[Teams]]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A digest as it was posted and as its articles have it now, each in parts."""

    before: tuple[Payload, ...]
    now: tuple[Payload, ...]


class Corrections:
    """Stages what corrections of posted articles call for. Each is dealt with once, whoever tries and however often."""

    def __init__(self, desk: Desk, ports: CorrectingPorts) -> None:
        """The desk's workers compare texts."""
        self._desk = desk
        self._ports = ports
        self._store = ports.corrections
        self._failures: Counter[tuple[int, int]] = Counter()
        """How often the correction of a digest went wrong for an article, as long as that is open."""

    async def stage(self) -> int:
        """Deal with every correction that is open; how many parts will be posted. Raises StoreError.

        One whose reader has quiet hours waits for their end.
        """
        staged = 0
        for number in await self._store.open():
            for entry in await self._desk.library.entries([number]):
                try:
                    staged += await self._correct(entry)
                except BotError as error:
                    await self._ports.tell(Reason("owner.correction_waits", number=number, why=cause(error)))
                except Exception as error:
                    log.exception("what was posted of article %d cannot be corrected", number)
                    await self._store.close(entry)
                    await self._ports.tell(Reason("owner.not_corrected", number=number, why=fault(error)))
        return staged

    async def _correct(self, entry: Entry) -> int:
        staged, waits = 0, False
        if self._ports.mode() != "off":
            readers = {one.id: one for one in await self._ports.subscriptions()}
            teams, since = await self._ports.teams(), self._desk.clock.now() - HEEDED
            for digest in await self._store.digests(entry, since):
                parts = await self._tried(digest, entry, readers, teams)
                staged, waits = staged + (parts or 0), waits or parts is None
        if not waits:
            await self._store.close(entry)
            self._failures = Counter({at: count for at, count in self._failures.items() if at[1] != entry.id})
        return staged

    async def _tried(
        self, digest: int, entry: Entry, readers: Mapping[str, Subscription], teams: Teams
    ) -> int | None:
        """How many parts correct the digest, ``None`` where that waits; what goes wrong is this digest's alone."""
        at = (digest, entry.id)
        if self._failures[at] >= TRIES:
            return 0
        try:
            return await self._of_one(digest, entry, readers, teams)
        except OverBudget as error:
            self._failures[at] += 1
            last = self._failures[at] >= TRIES
            why = cause(error)
            told = Reason("owner.not_corrected", number=entry.id, why=why)
            await self._ports.tell(
                told if last else Reason("owner.correction_waits", number=entry.id, why=why)
            )
            return None
        except BotError:
            raise
        except Exception as error:
            self._failures[at] = TRIES
            log.exception("digest %d cannot be corrected for article %d", digest, entry.id)
            await self._ports.tell(Reason("owner.not_corrected", number=entry.id, why=fault(error)))
            return 0

    async def _of_one(
        self, digest: int, entry: Entry, readers: Mapping[str, Subscription], teams: Teams
    ) -> int | None:
        found = await self._store.digest(digest, entry)
        reader = readers.get(found.subscription) if found else None
        if found is None or reader is None or found.to.platform not in self._ports.messengers:
            return 0
        if not teams.of(reader.to, reader.by).sees(entry.article):
            return 0
        if quiet_until(reader.schedule, self._desk.clock.now()):
            return None
        return await self._correct_digest(found, entry)

    async def _correct_digest(self, found: CorrectedDigest, entry: Entry) -> int:
        whole, entries = await self._entries(found)
        before, shown = digest_of(found.plan, found.row, entries)
        after = await self._desk.workers.run(compared, before, found.former, entry)
        if after is None:
            return 0
        with speaking(shown.language):
            laid = self._laid(found, before, after.digest, shown) if whole else None
            notices = self._notices(found, after, laid)
        await self._store.stage(found, after.digest, shown, after.facts, notices)
        return len(notices)

    async def _entries(self, found: CorrectedDigest) -> tuple[bool, Mapping[int, Entry]]:
        """What the digest was made of, each as it was, if that is known; whether it is known of every one."""
        kept = {one.id: one for one in await self._desk.library.entries(list(found.plan.entries))}
        kept |= {**found.others, found.former.id: found.former}
        return all(kept[one].changed == changed for one, changed in found.plan.entries.items()), kept

    def _laid(self, found: CorrectedDigest, before: Digest, now: Digest, shown: Shown) -> _Laid | None:
        """Both in parts; ``None`` where an edit cannot put the one in place of the other."""
        messenger = self._ports.messengers[found.to.platform]
        if self._ports.mode() != "edit" or not messenger.capabilities.edits:
            return None
        messages = [shown_message(digest, shown) for digest in (before, now)]
        first, second = (messenger.render(message) if message else () for message in messages)
        if len(first) != len(second):
            return None
        changed = [at for at, (one, other) in enumerate(zip(first, second, strict=True)) if one != other]
        posted = [found.parts.get(at + 1) for at in changed]
        same = all(
            part and part.can_be_answered and part.body == first[at].body
            for at, part in zip(changed, posted, strict=True)
        )
        return _Laid(first, second) if same else None

    def _notices(self, found: CorrectedDigest, after: Corrected, laid: _Laid | None) -> list[Notice]:
        if not after.changes:
            return []
        replies = self._replies(found, after.changes)
        if laid is None:
            return [Notice("reply", part, reply) for part, reply in replies.items()]
        return [
            Notice("edit", at, now, replies.get(at))
            for at, (before, now) in enumerate(zip(laid.before, laid.now, strict=True), start=1)
            if before != now
        ]

    def _replies(self, found: CorrectedDigest, changes: Sequence[Change]) -> Mapping[int, Payload]:
        """A reply for each part that shows what has changed, by its number; none for what nobody has seen or will see."""
        by_part: dict[int, list[Change]] = {}
        for change in changes:
            by_part.setdefault(_part_of(change, found), []).append(change)
        render = self._ports.messengers[found.to.platform].render
        replies = {}
        for number, told in by_part.items():
            part = found.parts.get(number)
            if part is None or part.state == "failed":
                continue
            # What stands in a thread already is answered in the same thread.
            under = (part.under or number) if part.can_be_answered else 0
            message = replace(correction_message(told), series=found.subscription)
            replies[number] = replace(render(message)[0], under=under)
        return replies


def compared(before: Digest, former: Entry, present: Entry) -> Corrected | None:
    """What the correction changes in the digest; pure, and picklable for the workers, which alone load what it needs."""
    from bot.digest.corrected import corrected

    return corrected(before, former, present)


def _part_of(change: Change, found: CorrectedDigest) -> int:
    """The first part that shows the old words; without one the first."""
    begins = " ".join(change.old.split())[:RECOGNISED].rstrip(" ,、，…")
    parts = sorted(found.parts.values(), key=lambda part: part.part)
    return next((part.part for part in parts if begins in " ".join(part.plain.split())), 1)
