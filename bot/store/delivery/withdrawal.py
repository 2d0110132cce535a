"""Articles are forgotten: in the library, in what places were told and are told yet, in how digests were made."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import Facts
from bot.domain.events import Payload
from bot.domain.model import Address, Entry
from bot.domain.reasons import Reason
from bot.runtime.failpoints import reach
from bot.store import forgetting, stories
from bot.store.delivery.posted import KeptDigest, SqlPostedLines
from bot.store.delivery.relaid import Relaid, is_there, kept_replies, left_of
from bot.store.forgetting import Leftover, Removal
from bot.store.sql.database import Database, chunks, take_turn
from bot.store.sql.delivery_schema import deliveries, digests, numbered, occasions, told
from bot.store.sql.library_schema import arrivals, entries
from bot.store.sql.plans import plan_of
from bot.store.sql.rows import Row, entry_of, facts_json, facts_of, moment, reason_text, storable

FORGOTTEN = Reason("post.forgotten")
NOTHING = Payload("", "")

FactsOf = Callable[[Iterable[Entry]], Facts]


@dataclass(frozen=True, slots=True)
class PostedPart:
    """A part of a digest that is in a place, or may be: what the platform calls it, and what becomes of it.

    ``fate``: ``changed`` is edited or taken away, ``withheld`` was not posted and will not be, ``stays`` cannot be
    changed by the desk, ``unknown`` was posted so long ago that the desk does not know it any more.
    """

    digest: int
    to: Address
    fate: str
    posted: str = ""
    until: int = 0


@dataclass(slots=True)
class Withdrawn:
    """What was forgotten under a ``revision``, and what became of messages."""

    revision: int
    entries: frozenset[int]
    messages: list[PostedPart] = field(default_factory=list)


class Withdrawal:
    """Forgets entries. Raises StoreError."""

    def __init__(self, database: Database, facts: FactsOf, editing: Collection[str]) -> None:
        """``facts`` is what entries tell, ``editing`` the platforms on which messages can be changed."""
        self._database = database
        self._facts = facts
        self._editing = editing
        self._posted = SqlPostedLines(database)

    async def at_address(self, url: str) -> tuple[tuple[int, ...], dict[str, str]]:
        """The entries of a page, and its texts that wait for their moment, each with its file's name."""
        async with self._database.reading() as connection:
            there = await forgetting.at_address(connection, url)
            return there, await forgetting.held_at(connection, url)

    async def digests(self, ids: Collection[int]) -> Mapping[int, KeptDigest]:
        """The digests that show one of the entries, by their ids."""
        async with self._database.reading() as connection:
            first = await _first(connection, ids)
            numbers = sorted(await _showing(connection, ids, first))
        found = {number: await self._posted.kept(number) for number in numbers}
        return {number: one for number, one in found.items() if one}

    async def messages(self, ids: Collection[int]) -> list[PostedPart]:
        """What would become of messages."""
        found: list[PostedPart] = []
        async with self._database.reading() as connection:
            for number in sorted(await _showing(connection, ids, await _first(connection, ids))):
                rows = await _parts(connection, number)
                stay = kept_replies(rows, await _replies(connection, number, ids))
                shown = [row for row in rows if row["body"] and row["kind"] != "edit"]
                found += [self._fate(number, row) for row in shown if row["id"] not in stay]
                found += await _let_go(connection, number, rows)
        return found

    async def files(self, ids: Sequence[int]) -> tuple[str, ...]:
        """The keys of the files that brought the entries."""
        async with self._database.reading() as connection:
            return await forgetting.keys_of(connection, ids)

    async def forget(
        self,
        ids: Collection[int],
        held: Collection[str],
        found: Mapping[int, KeptDigest],
        relaid: Mapping[int, Relaid | None],
        now: datetime,
    ) -> Withdrawn | None:
        """Forget the entries, and texts that are held, in one transaction; ``None`` where digests are not as ``found``.

        ``relaid`` has each digest that was found to show one of the entries; where it has ``None``, the parts that
        show them are taken away whole. Entries that are gone already are passed over.
        """
        async with self._database.writing() as connection:
            await take_turn(connection)
            showing = await _showing(connection, ids, await _first(connection, ids))
            if not await _are_as(connection, showing, found):
                return None
            removal = await forgetting.remove(connection, ids, now, forget=True)
            await forgetting.remove_held(connection, sorted(held), now)
            done = Withdrawn(removal.revision if removal else 0, removal.entries if removal else frozenset())
            if removal:
                for number in sorted(showing):
                    done.messages += await self._change(connection, number, relaid[number], removal)
                await self._unremember(connection, removal)
                await _strike(connection, removal)
            reach("forget-writing")
        reach("forget-committed")
        return done

    async def sizes(self) -> Sequence[tuple[int, datetime, int]]:
        """Every entry by its id, when it was added, and the bytes of its text; the newest first."""
        async with self._database.reading() as connection:
            # A BLOB's length is in bytes; SQLite knows octet_length since 3.43.
            in_bytes = func.length(cast(entries.c.text, LargeBinary))
            sqlite = connection.dialect.name == "sqlite"
            size = in_bytes if sqlite else func.octet_length(entries.c.text)
            query = select(entries.c.id, entries.c.added, size)
            query = query.order_by(entries.c.added.desc(), entries.c.id.desc())
            return [(row[0], moment(row[1]), row[2]) for row in await connection.execute(query)]

    async def let_go(self, ids: Collection[int], now: datetime) -> int:
        """Remove entries that are too old, not what was posted of them, nor so that they cannot come again; how many."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            removal = await forgetting.remove(connection, ids, now, forget=False)
            return len(removal.entries) if removal else 0

    async def leftovers(self) -> tuple[Leftover, ...]:
        """What is still to be done outside the tables."""
        async with self._database.reading() as connection:
            return await forgetting.remaining(connection)

    async def done(self, leftover: Leftover) -> None:
        """It is done."""
        async with self._database.writing() as connection:
            await forgetting.done(connection, leftover)

    async def overwrite(self) -> None:
        """Nothing of what was deleted is left in the database's own files, as far as that can be done."""
        await self._database.overwrite_free()

    def _fate(self, digest: int, row: Row) -> PostedPart:
        to = Address(row["platform"], row["chat"], row["thread"])
        if not is_there(row):
            return PostedPart(digest, to, "withheld")
        changed = row["state"] != "uncertain" and row["platform"] in self._editing
        return PostedPart(digest, to, "changed" if changed else "stays", row["posted"])

    async def _change(
        self, connection: AsyncConnection, number: int, relaid: Relaid | None, removal: Removal
    ) -> list[PostedPart]:
        """Let the digest and its parts be what they are without the entries."""
        rows = await _parts(connection, number)
        replies = await _replies(connection, number, removal.entries)
        wanted = left_of(rows, relaid, removal, replies)
        edits = [row["id"] for row in rows if row["kind"] == "edit" and row["id"] not in replies]
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(edits)).values(instead=None))
        found: list[PostedPart] = await _let_go(connection, number, rows)
        for row in rows:
            new = wanted.get(row["id"], NOTHING)
            if new.body != row["body"]:
                fate = self._fate(number, row)
                found += [fate] if row["body"] and row["kind"] != "edit" else []
                await connection.execute(
                    update(deliveries).where(deliveries.c.id == row["id"]).values(_amended(row, new, fate))
                )
        values: dict[str, Any] = {"plan": relaid.plan, "parts": len(relaid.payloads)} if relaid else {}
        if not relaid:
            plan = select(digests.c.plan).where(digests.c.id == number)
            kept = (await connection.execute(plan)).scalar_one()
            shown = json.loads(kept)["entries"] if kept else []
            left = {"entries": shown, "replies": sorted(replies.items())}
            values = {"plan": json.dumps(left, separators=(",", ":"))}
        await connection.execute(update(digests).where(digests.c.id == number).values(values))
        await _unnumber(connection, number, removal, renumber=relaid is not None)
        return found

    async def _unremember(self, connection: AsyncConnection, removal: Removal) -> None:
        """Places know of the stories what their other articles tell."""
        query = select(told, entries.c.story.label("now")).outerjoin(entries, entries.c.id == told.c.lead)
        for row in (await connection.execute(query)).mappings().all():
            shown = json.loads(row["shown"])
            story = row["story"] if row["now"] is None else row["now"]
            if story not in removal.stories and not any(span[0] in removal.entries for span in shown):
                continue
            one, story = told.c.id == row["id"], await stories.present(connection, story)
            left = [span for span in shown if span[0] not in removal.entries]
            others = (
                (await connection.execute(select(entries).where(entries.c.story == story))).mappings().all()
            )
            if not others:
                await connection.execute(delete(told).where(one))
                continue
            known = self._facts([entry_of(other) for other in others])
            lead = others[0]["id"] if row["lead"] in removal.entries else row["lead"]
            facts = facts_json(_both(facts_of(row), known))
            values = {"shown": json.dumps(left, separators=(",", ":")), "facts": facts, "lead": lead}
            await connection.execute(update(told).where(one).values(values))


def _both(one: Facts, other: Facts) -> Facts:
    return Facts(
        one.words & other.words,
        one.figures & other.figures,
        one.quotes & other.quotes,
        one.outlets & other.outlets,
    )


def _amended(row: Row, new: Payload, fate: PostedPart) -> dict[str, Any]:
    """What becomes of a part whose body changes."""
    values: dict[str, Any] = {"body": storable(new.body), "plain": storable(new.plain)}
    if row["state"] == "waiting":
        # Whoever has read it before must not post what it was: by its key it is another part.
        values["key"] = secrets.token_hex(16)
        if fate.fate == "withheld" and not new.body:
            values |= {"state": "failed", "reason": reason_text(FORGOTTEN), "not_before": None}
    if fate.fate == "changed":
        values["amended"] = True
        if row["state"] == "sent":
            values |= {"state": "waiting", "not_before": None}
    return values


async def _first(connection: AsyncConnection, ids: Collection[int]) -> int:
    """The revision at which the oldest of them came."""
    least: int | None = None
    for some in chunks(sorted(ids)):
        query = select(func.min(arrivals.c.revision)).where(arrivals.c.entry.in_(some))
        found = (await connection.execute(query)).scalar_one()
        least = found if least is None else min(least, found or least)
    return least or 0


async def _showing(connection: AsyncConnection, ids: Collection[int], first: int) -> set[int]:
    """The digests that show one of the entries, or were laid out of it."""
    wanted, found = frozenset(ids), set[int]()
    plans = select(digests.c.id, digests.c.plan).where(digests.c.upto >= first, digests.c.plan.is_not(None))
    async for row in await connection.stream(plans):
        if any(entry in wanted for entry, _ in json.loads(row.plan)["entries"]):
            found.add(row.id)
    async for row in await connection.stream(select(told.c.digest, told.c.shown)):
        if any(span[0] in wanted for span in json.loads(row.shown)):
            found.add(row.digest)
    async for row in await connection.stream(select(numbered.c.digest, numbered.c.entries)):
        if wanted.intersection(json.loads(row.entries)):
            found.add(row.digest)
    return found


async def _are_as(
    connection: AsyncConnection, showing: Iterable[int], found: Mapping[int, KeptDigest]
) -> bool:
    """Whether each digest was found, and was not corrected since."""
    for number in showing:
        plan = (await connection.execute(select(digests.c.plan).where(digests.c.id == number))).scalar_one()
        if number not in found or found[number].row["plan"] != plan:
            return False
    return True


async def _parts(connection: AsyncConnection, digest: int) -> Sequence[Row]:
    query = (
        select(deliveries)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .where(occasions.c.digest == digest)
        .order_by(deliveries.c.part)
    )
    return (await connection.execute(query)).mappings().all()


async def _replies(connection: AsyncConnection, digest: int, gone: Collection[int]) -> dict[int, int]:
    """The digest's replies about other articles than these, each with its own; of those of before nobody knows any."""
    plan = (await connection.execute(select(digests.c.plan).where(digests.c.id == digest))).scalar_one()
    return plan_of(plan).replies_without(gone) if plan else {}


async def _let_go(connection: AsyncConnection, digest: int, rows: Sequence[Row]) -> list[PostedPart]:
    """A digest of whose messages nothing is known any more."""
    made = (await connection.execute(select(digests).where(digests.c.id == digest))).mappings().one()
    if rows or not made["parts"]:
        return []
    to = Address(made["platform"], made["chat"], made["thread"])
    return [PostedPart(digest, to, "unknown", until=made["until"])]


async def _unnumber(connection: AsyncConnection, digest: int, removal: Removal, *, renumber: bool) -> None:
    """The numbers of the digest's stories, as its messages have them from now on."""
    query = select(numbered).where(numbered.c.digest == digest).order_by(numbered.c.number)
    rows = (await connection.execute(query)).mappings().all()
    await connection.execute(delete(numbered).where(numbered.c.digest == digest))
    kept: list[dict[str, Any]] = []
    for row in rows:
        ids: list[int] = [one for one in json.loads(row["entries"]) if one not in removal.entries]
        if not ids:
            continue
        values = dict(row) | {"entries": json.dumps(ids, separators=(",", ":"))}
        for name in ("lines", "quotes"):
            spans = [span for span in json.loads(row[name]) if span[0] not in removal.entries]
            values[name] = json.dumps(spans, separators=(",", ":"))
        if json.loads(row["entries"])[0] in removal.entries:
            title = select(entries.c.title).where(entries.c.id == ids[0])
            values["headline"] = (await connection.execute(title)).scalar_one_or_none() or ""
        kept.append(values | ({"number": len(kept) + 1} if renumber else {}))
    if kept:
        await connection.execute(numbered.insert(), kept)


async def _strike(connection: AsyncConnection, removal: Removal) -> None:
    """What digests say of what they do not show names them no more."""
    query = select(digests.c.id, digests.c.left_out).where(
        digests.c.upto >= removal.first, digests.c.left_out.is_not(None)
    )
    for row in (await connection.execute(query)).all():
        kept = json.loads(row.left_out)
        left = [one for one in kept["reasons"] if not _names(one, removal.names)]
        if len(left) < len(kept["reasons"]):
            total = kept["total"] - len(kept["reasons"]) + len(left)
            values = {"left_out": json.dumps({"total": total, "reasons": left}, separators=(",", ":"))}
            await connection.execute(update(digests).where(digests.c.id == row.id).values(values))


def _names(omission: Sequence[str], names: Collection[str]) -> bool:
    item, reason = omission
    words = json.loads(reason)["arguments"] if reason.startswith("{") else {"words": reason}
    said = {item, *(str(value) for value in words.values())}
    return any(name in said for name in names)
