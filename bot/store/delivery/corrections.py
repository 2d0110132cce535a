"""The digests that showed an article before it was corrected, and what is posted about that, each once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import Digest, Facts, Shown, Telling
from bot.domain.events import DeliveryKind, DeliveryState, Payload
from bot.domain.model import Address, Entry
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import deliveries, digests, numbered, occasions, told
from bot.store.sql.library_schema import corrections, entries
from bot.store.sql.plans import Plan, plan_json, plan_of
from bot.store.sql.rows import Row, entry_of, facts_of, micros, numbered_row, storable, telling_row

ARRIVED_OR_WILL = ("waiting", "sending", "unsure", "sent")


@dataclass(frozen=True, slots=True)
class PostedPart:
    """A part of a digest as its readers have it, or will have it: with the edits that were staged."""

    part: int
    under: int
    state: DeliveryState
    body: str
    plain: str

    @property
    def can_be_answered(self) -> bool:
        """Whether the id of its message is known, or will be."""
        return self.state in ARRIVED_OR_WILL


@dataclass(frozen=True, slots=True)
class CorrectedDigest:
    """A digest that shows an entry as it was: the digest's row and plan, the entry of then, the parts by number.

    ``others`` are the digest's other entries that were corrected since, too: by their ids, as it shows them.
    """

    row: Row
    plan: Plan
    former: Entry
    parts: Mapping[int, PostedPart]
    others: Mapping[int, Entry]

    @property
    def to(self) -> Address:
        """Where it was posted."""
        return Address(self.row["platform"], self.row["chat"], self.row["thread"])

    @property
    def subscription(self) -> str:
        """Whose digest it is."""
        return str(self.row["subscription"])


@dataclass(frozen=True, slots=True)
class Notice:
    """A part about a correction: an ``edit`` of the ``part``, or a ``reply``, in the thread that the payload names.

    ``instead`` is the reply in place of an edit that is not possible.
    """

    kind: DeliveryKind
    part: int
    payload: Payload
    instead: Payload | None = None


class SqlCorrections:
    """Reads what is to be corrected, and stages it. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self) -> tuple[int, ...]:
        """The entries that were corrected and not dealt with, the longest ago first."""
        query = select(corrections.c.entry).where(corrections.c.open).order_by(corrections.c.revision)
        async with self._database.reading() as connection:
            return tuple(dict.fromkeys((await connection.execute(query)).scalars()))

    async def close(self, entry: Entry) -> None:
        """Every digest that showed the entry before it became this is dealt with."""
        done = and_(corrections.c.entry == entry.id, corrections.c.revision <= entry.revision)
        async with self._database.writing() as connection:
            await connection.execute(update(corrections).where(done).values(open=False))

    async def digests(self, entry: Entry, since: datetime) -> tuple[int, ...]:
        """The digests made at or after ``since`` that told the entry's story, oldest first."""
        query = (
            select(told.c.digest)
            .join(entries, entries.c.id == told.c.lead)
            .where(entries.c.story == entry.story, told.c.at >= micros(since))
            .order_by(told.c.digest)
        )
        async with self._database.reading() as connection:
            return tuple(dict.fromkeys((await connection.execute(query)).scalars()))

    async def digest(self, id: int, entry: Entry) -> CorrectedDigest | None:
        """The digest, where it shows the entry as it was and it is known how that was."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(digests).where(digests.c.id == id))).mappings().first()
            if row is None or row["plan"] is None:
                return None
            plan = plan_of(row["plan"])
            shown = plan.entries.get(entry.id)
            if shown is None or shown >= entry.changed:
                return None
            formers = await _formers(connection, plan.entries)
            former = formers.pop(entry.id, None)
            if former is None:
                return None
            return CorrectedDigest(row, plan, former, await _parts(connection, id), formers)

    async def stage(
        self, found: CorrectedDigest, digest: Digest, shown: Shown, facts: Facts, notices: Sequence[Notice]
    ) -> bool:
        """Commit that the digest says ``digest`` from now on, and the ``notices`` of it; false when somebody did before."""
        number, entry = found.row["id"], found.former.id
        one = digests.c.id == number
        async with self._database.writing() as connection:
            await take_turn(connection)
            present = (await connection.execute(select(digests.c.plan).where(one))).scalar_one_or_none()
            if present is None or present != found.row["plan"]:
                return False
            await _remember(connection, number, digest, entry, facts)
            new = await _insert(connection, number, notices)
            plan = plan_json(digest, shown, {**found.plan.replies, **dict.fromkeys(new, entry)})
            await connection.execute(update(digests).where(one).values(plan=plan))
        return True


async def _formers(connection: AsyncConnection, shown: Mapping[int, int]) -> dict[int, Entry]:
    """The entries as they were at the change that was ``shown``; not those that were read anew before they were corrected."""
    query = (
        select(corrections.c.entry, corrections.c.revision, corrections.c.former)
        .where(corrections.c.entry.in_(list(shown)))
        .order_by(corrections.c.revision)
    )
    first: dict[int, str] = {}
    for row in await connection.execute(query):
        if row.revision > shown[row.entry]:
            first.setdefault(row.entry, row.former)
    formers = {entry: entry_of(json.loads(kept)) for entry, kept in first.items()}
    return {entry: former for entry, former in formers.items() if former.changed == shown[entry]}


async def _parts(connection: AsyncConnection, digest: int) -> Mapping[int, PostedPart]:
    query = (
        select(deliveries)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .where(occasions.c.digest == digest, deliveries.c.kind != "reply")
        .order_by(deliveries.c.id)
    )
    found: dict[int, PostedPart] = {}
    for row in (await connection.execute(query)).mappings():
        if row["kind"] == "post":
            found[row["part"]] = PostedPart(
                row["part"], row["under"], row["state"], row["body"], row["plain"]
            )
        elif row["state"] in ARRIVED_OR_WILL and (head := found.get(row["part"])):
            found[row["part"]] = PostedPart(head.part, head.under, head.state, row["body"], row["plain"])
    return found


async def _remember(connection: AsyncConnection, id: int, digest: Digest, entry: int, facts: Facts) -> None:
    """What the place was told is what the digest says by now, and of the entry's story what the correction told."""
    rows = (await connection.execute(select(told).where(told.c.digest == id).order_by(told.c.id))).mappings()
    for row, brief in zip(rows.all(), digest.briefs, strict=False):
        learned = facts if any(one.id == entry for one in brief.entries) else Facts()
        known = Telling(row["part"], replace(brief, facts=facts_of(row) | learned))
        kept = telling_row(known, Address(""), id, digest.until)
        values = {name: kept[name] for name in ("shown", "facts")}
        await connection.execute(update(told).where(told.c.id == row["id"]).values(values))
    shown = (await connection.execute(select(numbered).where(numbered.c.digest == id))).mappings().all()
    by_number = {row["number"]: row for row in shown}
    for number, brief in enumerate(digest.briefs, start=1):
        if number not in by_number:
            continue
        kept = numbered_row(Telling(by_number[number]["part"], brief, number), id, digest.until)
        one = and_(numbered.c.digest == id, numbered.c.number == number)
        values = {name: kept[name] for name in ("headline", "lines", "quotes")}
        await connection.execute(update(numbered).where(one).values(values))


async def _insert(connection: AsyncConnection, id: int, notices: Iterable[Notice]) -> list[int]:
    """Behind the parts of the digest, in their chat and to their occasion; their ids."""
    query = (
        select(deliveries)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .where(occasions.c.digest == id, deliveries.c.kind == "post")
    )
    heads = {row["part"]: row for row in (await connection.execute(query)).mappings()}
    rows = [_row(notice, heads[notice.part]) for notice in notices if notice.part in heads]
    if rows:
        await connection.execute(insert(deliveries), rows)
    made = select(deliveries.c.id).where(deliveries.c.key.in_([row["key"] for row in rows]))
    return list((await connection.execute(made)).scalars())


def _row(notice: Notice, head: Row) -> dict[str, Any]:
    same = ("occasion", "platform", "chat", "thread", "part", "parts")
    none = {"attempts": 0, "looks": 0, "attempted": None, "not_before": None, "posted": "", "reason": ""}
    instead = notice.instead
    return {
        **{name: head[name] for name in same},
        **none,
        "key": secrets.token_hex(16),
        "body": storable(notice.payload.body),
        "plain": storable(notice.payload.plain),
        "under": notice.part if notice.kind == "edit" else notice.payload.under,
        "kind": notice.kind,
        "instead": None
        if instead is None
        else json.dumps({"body": instead.body, "plain": instead.plain, "under": instead.under}),
        "state": "waiting",
        "holder": "",
    }
