"""A digest becomes its occasion, the slots that it stands for and its parts, in one transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import Digest, Shown, Telling
from bot.domain.events import Payload, Standing
from bot.domain.model import Address, Occasion, Slot, Window
from bot.runtime.failpoints import reach
from bot.store.delivery.sharing import SCHEDULED, begun_at
from bot.store.sql.database import Database, chunks, take_turn
from bot.store.sql.delivery_schema import (
    deliveries,
    digests,
    moves,
    numbered,
    occasions,
    standings,
    told,
    unfinished,
)
from bot.store.sql.library_schema import corrections, counters, removed
from bot.store.sql.plans import plan_json
from bot.store.sql.rows import Row, left_out_row, micros, moment, numbered_row, storable, telling_row

_WINDOWED = (*SCHEDULED, "asked")
"""What is told once: the digests of these kinds carry the subscription's standing on."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What one call of ``stage`` has to write."""

    digest: Digest
    payloads: Sequence[Payload]
    to: Address
    slots: Sequence[Slot]
    record: str
    tellings: Sequence[Telling]
    shown: Shown | None = None
    begun: bool = False

    @property
    def settles(self) -> tuple[Occasion, ...]:
        """The digest's own occasion first, then the slots that it stands for, in their order."""
        own = self.digest.occasion
        slots = (Occasion("slot", own.subscription, slot.key) for slot in self.slots)
        return tuple(dict.fromkeys((own, *slots)))


class Staging:
    """The half of the outbox that decides what is posted at all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, subscription: str, *, now: datetime) -> Standing:
        """Where the subscription stands; one that is new begins here and now."""
        async with self._database.reading() as connection:
            found = await _standing(connection, subscription)
        if found is not None:
            return found
        async with self._database.writing() as connection:
            await take_turn(connection)
            found = await _standing(connection, subscription)
            if found is None:
                revision = (await connection.execute(select(counters.c.revision))).scalar_one()
                found = Standing(subscription, since=now, last=now, upto=revision)
                await connection.execute(insert(standings), _standing_row(found))
        return found

    async def standings(self) -> Mapping[str, Standing]:
        """Where each subscription stands that has begun."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(standings))).mappings().all()
        return {row["subscription"]: _standing_of(row) for row in rows}

    async def settled(self, occasion: Occasion) -> bool:
        """Whether a digest was staged for the occasion, or a catch-up stands for it."""
        async with self._database.reading() as connection:
            return bool(await _settled(connection, [occasion]))

    async def passed(self, subscription: str, last: datetime) -> None:
        """Every slot up to ``last`` is settled; a standing that is further on stays."""
        behind = and_(standings.c.subscription == subscription, standings.c.last < micros(last))
        async with self._database.writing() as connection:
            await connection.execute(update(standings).where(behind).values(last=micros(last)))

    async def step_over(self, passed: Mapping[str, Window], now: datetime) -> None:
        """Nothing in its window is told to each subscription that still stands where its window begins; in one transaction."""
        behind = and_(
            standings.c.subscription == bindparam("whose"), standings.c.upto == bindparam("beginning")
        )
        values = {"upto": bindparam("end"), "reached": micros(now)}
        # In one order: two processes that lock the same rows cannot block each other.
        rows = [
            {"whose": one, "beginning": window.after, "end": window.upto}
            for one, window in sorted(passed.items())
        ]
        if rows:
            async with self._database.writing() as connection:
                await connection.execute(update(standings).where(behind).values(values), rows)

    async def alerted(self, to: Address, after: datetime, upto: datetime) -> int:
        """How many alerts were staged for the place after one moment and up to another."""
        there = and_(*(digests.c[name] == getattr(to, name) for name in ("platform", "chat", "thread")))
        made = and_(digests.c.until > micros(after), digests.c.until <= micros(upto), digests.c.parts > 0)
        query = select(func.count(digests.c.id.distinct())).join(
            occasions, and_(occasions.c.digest == digests.c.id, occasions.c.kind == "alert")
        )
        async with self._database.reading() as connection:
            return int((await connection.execute(query.where(there, made))).scalar_one())

    async def stage(  # noqa: PLR0913 - as Outbox has it
        self,
        digest: Digest,
        payloads: Sequence[Payload],
        *,
        to: Address,
        slots: Sequence[Slot],
        record: str = "",
        tellings: Sequence[Telling] = (),
        shown: Shown | None = None,
        begun: bool = False,
    ) -> bool:
        """Commit occasion, slots, standing and parts in one transaction; false when it was done before.

        ``slots`` are those that the digest stands for. False, and nothing is changed, when the
        occasion or its newest slot is settled. A scheduled digest whose window does not begin where the subscription stands is refused the
        same way: another was staged since it was prepared, and so is one whose articles were forgotten since, or whose subscription, which had
        ``begun``, was ended. ``record`` is the digest as JSON, kept
        as its hash. No payloads settle the occasion in silence. ``tellings`` is what the place is told.
        ``shown`` is how it was laid out, by which it can be made again.
        """
        staged = Staged(digest, payloads, to, slots, record, tellings, shown, begun)
        async with self._database.writing() as connection:
            await take_turn(connection)
            if not await _write(connection, staged):
                return False
            reach("stage-writing")
        reach("stage-committed")
        return True


async def _write(connection: AsyncConnection, staged: Staged) -> bool:
    digest, wanted = staged.digest, staged.settles
    settled = await _settled(connection, wanted)
    standing = await _standing(connection, digest.occasion.subscription)
    if (
        wanted[0] in settled
        or wanted[-1] in settled
        or _is_stale(staged, standing)
        or await _lacks(connection, digest)
    ):
        return False
    to = await _moved(connection, staged.to)
    if standing is None:
        standing = Standing(
            digest.occasion.subscription, since=digest.since, last=digest.until, upto=digest.window.after
        )
        await connection.execute(insert(standings), _standing_row(standing))
    row = _digest_row(staged, to, standing)
    made = await connection.execute(insert(digests).returning(digests.c.id), row)
    number = made.scalar_one()
    rows = [_occasion_row(one, number) for one in wanted if one not in settled]
    own = (await connection.execute(insert(occasions).returning(occasions.c.id), rows[0])).scalar_one()
    if rows[1:]:
        await connection.execute(insert(occasions), rows[1:])
    if staged.payloads:
        await connection.execute(insert(deliveries), _delivery_rows(staged, to, own))
        said = [one for one in staged.tellings if not one.listed]
        if tellings := [telling_row(one, to, number, digest.until) for one in said]:
            await connection.execute(insert(told), tellings)
        shown = [numbered_row(one, number, digest.until) for one in staged.tellings if one.number]
        if shown:
            await connection.execute(insert(numbered), shown)
        await _corrected_meanwhile(connection, digest)
    await _carry_on(connection, staged, standing)
    await connection.execute(
        delete(unfinished).where(begun_at(digest.occasion.subscription, digest.occasion.key))
    )
    return True


def _is_stale(staged: Staged, standing: Standing | None) -> bool:
    """Whether its subscription was ended since it was prepared, or another scheduled digest was staged."""
    if standing is None:
        return staged.begun
    return staged.digest.occasion.kind in SCHEDULED and staged.digest.window.after != standing.upto


async def _corrected_meanwhile(connection: AsyncConnection, digest: Digest) -> None:
    """What was corrected since the digest was made is not done with: this digest, too, shows what it said before."""
    for some in chunks(sorted({entry.id for brief in digest.briefs for entry in brief.entries})):
        later = and_(corrections.c.entry.in_(some), corrections.c.revision > digest.window.upto)
        await connection.execute(update(corrections).where(later).values(open=True))


async def _lacks(connection: AsyncConnection, digest: Digest) -> bool:
    """Whether one of its articles was forgotten since it was made."""
    ids = {entry.id for brief in (*digest.briefs, *digest.also) for entry in brief.entries}
    for some in chunks(sorted(ids)):
        gone = select(removed.c.entry).where(removed.c.entry.in_(some)).limit(1)
        if (await connection.execute(gone)).first():
            return True
    return False


async def _carry_on(connection: AsyncConnection, staged: Staged, standing: Standing) -> None:
    digest = staged.digest
    changed: dict[str, Any] = {"digests": standings.c.digests + 1}
    if digest.occasion.kind in _WINDOWED and digest.window.after <= standing.upto <= digest.window.upto:
        changed |= {"upto": digest.window.upto, "reached": micros(digest.until)}
    if staged.slots:
        # Not the later of the two: a clock that once showed next year must not silence the year.
        changed["last"] = micros(staged.slots[-1].instant)
    own = standings.c.subscription == standing.subscription
    await connection.execute(update(standings).where(own).values(changed))


async def _standing(connection: AsyncConnection, subscription: str) -> Standing | None:
    query = select(standings).where(standings.c.subscription == subscription)
    row = (await connection.execute(query)).mappings().one_or_none()
    return None if row is None else _standing_of(row)


async def _settled(connection: AsyncConnection, wanted: Sequence[Occasion]) -> frozenset[Occasion]:
    """Those of ``wanted`` (of one subscription) that are settled."""
    kinds = {one.kind for one in wanted}
    alike = (
        and_(occasions.c.kind == kind, occasions.c.key.in_([one.key for one in wanted if one.kind == kind]))
        for kind in kinds
    )
    query = select(occasions.c.kind, occasions.c.key).where(
        occasions.c.subscription == wanted[0].subscription, or_(*alike)
    )
    rows = (await connection.execute(query)).all()
    return frozenset(Occasion(kind, wanted[0].subscription, key) for kind, key in rows)


async def _moved(connection: AsyncConnection, to: Address) -> Address:
    """Where the chat is now."""
    query = select(moves.c.moved_to).where(moves.c.platform == to.platform, moves.c.chat == to.chat)
    chat = (await connection.execute(query)).scalar_one_or_none()
    return to if chat is None else Address(to.platform, chat, to.thread)


def _standing_row(standing: Standing) -> dict[str, Any]:
    return {
        "subscription": standing.subscription,
        "since": micros(standing.since),
        "last": micros(standing.last),
        "upto": standing.upto,
        "reached": None if standing.reached is None else micros(standing.reached),
        "digests": standing.digests,
    }


def _standing_of(row: Row) -> Standing:
    return Standing(
        subscription=row["subscription"],
        since=moment(row["since"]),
        last=moment(row["last"]),
        upto=row["upto"],
        digests=row["digests"],
        reached=None if row["reached"] is None else moment(row["reached"]),
    )


def _digest_row(staged: Staged, to: Address, before: Standing) -> dict[str, Any]:
    digest = staged.digest
    return {
        "subscription": digest.occasion.subscription,
        "name": storable(digest.name),
        "platform": to.platform,
        "chat": to.chat,
        "thread": to.thread,
        "after": digest.window.after,
        "upto": digest.window.upto,
        "since": micros(digest.since),
        "until": micros(digest.until),
        "parts": len(staged.payloads),
        "record_hash": hashlib.sha256(staged.record.encode("utf-8", "surrogatepass")).hexdigest(),
        "left_out": left_out_row(digest.ledger),
        "plan": None if staged.shown is None else plan_json(digest, staged.shown),
        "before_upto": before.upto,
        "before_last": micros(before.last),
        "before_reached": None if before.reached is None else micros(before.reached),
    }


def _occasion_row(occasion: Occasion, digest: int) -> dict[str, Any]:
    return {
        "kind": occasion.kind,
        "subscription": occasion.subscription,
        "key": occasion.key,
        "digest": digest,
    }


def _delivery_rows(staged: Staged, to: Address, occasion: int) -> list[dict[str, Any]]:
    return [
        {
            # Known to nobody else: two desks may post into one channel from copies of one database.
            "key": secrets.token_hex(16),
            "occasion": occasion,
            "platform": to.platform,
            "chat": to.chat,
            "thread": to.thread,
            "part": part,
            "parts": len(staged.payloads),
            "body": storable(payload.body),
            "plain": storable(payload.plain),
            "under": payload.under,
            "state": "waiting",
            "attempts": 0,
            "looks": 0,
            "attempted": None,
            "not_before": None,
            "posted": "",
            "reason": "",
            "holder": "",
        }
        for part, payload in enumerate(staged.payloads, start=1)
    ]
