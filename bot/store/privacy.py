"""What is kept about a person: shown, and removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import PersonalData, Removed, Sender
from bot.domain.model import Address
from bot.domain.teams import NO_TEAMS, Teams
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import (
    callers,
    closed_chats,
    deliveries,
    digests,
    given,
    languages,
    mutes,
    numbered,
    readers,
    searches,
    subscribing,
    subscriptions,
    told,
)
from bot.store.sql.rows import moment, storable
from bot.store.subscriptions import end

STAYS: Mapping[str, str] = MappingProxyType(
    {
        "entries": "articles, their outlets and who wrote them; whoever drops a file is not kept with it",
        "held": "articles that wait for their moment",
        "gists": "words of articles",
        "earlier_texts": "hashes of articles",
        "corrections": "what articles said before",
        "arrivals": "the names of files in the inbox",
        "tombstones": "hashes of what was forgotten",
        "leftovers": "ids of entries, and hashes of files",
        "standings": "the ids of subscriptions, which say nothing of who made them; goes with them",
        "unfinished": "the ids of subscriptions, for 90 days",
        "occasions": "the ids of subscriptions and the keys of requests: what keeps a digest from being posted twice",
        "heard": "a hash of each message's key, for 25 hours",
        "paces": "how much was posted to a chat's id within the last day, by the platform's limits, which go on",
        "moves": "chats that have another id; only those of several people get one",
        "leases": "names of processes",
        "lanes": "chats' ids, for the minute in which something is posted there",
        "tasks": "articles that are being read",
        "queue_engine": "a number",
        "imported_sources": "sources; who imported one is not kept",
        "source_states": "sources",
        "taken_items": "hashes of what sources had",
    }
)
"""The tables that hold text and neither a person nor a private chat that could be removed, each with its reason; the others are removed from."""

IN_FLIGHT = ("waiting", "sending", "unsure")
"""States of a part that something is still to become of: without it the desk would not know what was posted."""


class SqlPersonalData:
    """:class:`bot.domain.conversations.PersonalDataPort` in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def about(self, person: Sender, own: Address | None) -> PersonalData:
        """Everything that names the person, or their ``own`` conversation."""
        counted = select(func.count()).select_from(searches).where(_asked_by(person))
        made = select(subscriptions.c.name).where(_made_by(person))
        read = select(readers.c.caught_up).where(_is(readers, person))
        gave = select(func.count()).select_from(given).where(_given_by(person))
        spoken_to = select(languages.c.chosen, languages.c.named).where(_spoken_to(person, own))
        async with self._database.reading() as connection:
            names = (await connection.execute(made.order_by(subscriptions.c.name))).scalars().all()
            until = (await connection.execute(read)).scalar_one_or_none()
            asked = (await connection.execute(counted)).scalar_one()
            files = (await connection.execute(gave)).scalar_one()
            spoken = (await connection.execute(spoken_to)).first()
            called = await _count(connection, callers, _is(callers, person))
            known = PersonalData(
                tuple(names),
                asked,
                None if until is None else moment(until),
                (spoken.chosen or spoken.named) if spoken else "",
                files,
                called,
            )
            return await _of_their_own(connection, known, person, own) if own else known

    async def remove(self, person: Sender, own: Address | None, teams: Teams = NO_TEAMS) -> Removed:
        """Remove it, in one transaction. Subscriptions of the chat ``own`` end, and all goes that was posted to it; others stay, without a name.

        Their workspace stays, which names nobody: it may be what gives them their team. Those end whose team is another
        without the person, for it may see what theirs does not.
        """
        nobody = {"by_user": "", "by_name": ""}
        rule, workspace = f"{person.platform}:{person.id}", f"{person.platform}:{person.workspace}"
        async with self._database.writing() as connection:
            await take_turn(connection)
            columns = (subscriptions.c.id, subscriptions.c.platform, subscriptions.c.chat)
            rows = (await connection.execute(select(*columns).where(_made_by(person)))).all()
            made = {each: Address(*chat) for each, *chat in rows}
            chats = _own_chats(person, own)
            mine = {each for each, to in made.items() if to.platform == person.platform and to.chat in chats}
            torn = {
                each
                for each, to in made.items()
                if each not in mine and teams.of(to, (rule, workspace)) != teams.of(to, (workspace,))
            }
            for each in mine | torn:
                await end(connection, each)
            await connection.execute(update(subscriptions).where(_made_by(person)).values(nobody))
            await connection.execute(delete(searches).where(_asked_by(person)))
            await connection.execute(delete(given).where(_given_by(person)))
            await connection.execute(delete(languages).where(_spoken_to(person, own)))
            if own is not None:
                await _empty(connection, person, own)
            for table in (readers, callers):
                await connection.execute(delete(table).where(_is(table, person)))
        return Removed(len(mine), len(made) - len(mine | torn), len(torn))


def _is(table: Table, person: Sender) -> ColumnElement[bool]:
    columns: Any = table.c
    return and_(
        columns.platform == person.platform,
        columns.workspace == storable(person.workspace),
        columns.user_id == storable(person.id),
    )


def _own_chats(person: Sender, own: Address | None) -> frozenset[str]:
    """The conversation, and the name by which the desk begins one."""
    return frozenset(map(storable, (own.chat, f"@{person.id}"))) if own else frozenset()


def _in_own(table: Table, person: Sender, own: Address) -> ColumnElement[bool]:
    columns: Any = table.c
    return and_(columns.platform == own.platform, columns.chat.in_(_own_chats(person, own)))


async def _count(connection: AsyncConnection, table: Table, where: ColumnElement[bool]) -> int:
    return int((await connection.execute(select(func.count()).select_from(table).where(where))).scalar_one())


async def _of_their_own(
    connection: AsyncConnection, known: PersonalData, person: Sender, own: Address
) -> PersonalData:
    def here(table: Table) -> ColumnElement[bool]:
        return _in_own(table, person, own)

    muted = select(mutes.c.query).where(here(mutes)).order_by(mutes.c.id)
    stories = select(func.count(told.c.story.distinct())).where(here(told))
    return replace(
        known,
        mutes=tuple((await connection.execute(muted)).scalars()),
        posted=await _count(connection, deliveries, here(deliveries)),
        recalled=int((await connection.execute(stories)).scalar_one()),
        closed=bool(await _count(connection, closed_chats, here(closed_chats))),
        subscribing=bool(await _count(connection, subscribing, here(subscribing))),
    )


async def _empty(connection: AsyncConnection, person: Sender, own: Address) -> None:
    """Remove what was posted, chosen and asked in the person's own conversation, in a transaction whose turn it is.

    A digest leaves a row without a place, which keeps its slot from being posted again. A part that is still to
    be posted, or changed, or whose call is under way, stays until that is done.
    """
    here = select(digests.c.id).where(_in_own(digests, person, own))
    await connection.execute(delete(numbered).where(numbered.c.digest.in_(here)))
    for table in (told, mutes, subscribing, closed_chats, searches):
        await connection.execute(delete(table).where(_in_own(table, person, own)))
    done = and_(deliveries.c.state.not_in(IN_FLIGHT), deliveries.c.amended.is_(False))
    await connection.execute(delete(deliveries).where(_in_own(deliveries, person, own), done))
    nowhere = {"name": "", "chat": "", "thread": "", "left_out": None, "plan": None}
    await connection.execute(update(digests).where(_in_own(digests, person, own)).values(nowhere))


def _spoken_to(person: Sender, own: Address | None = None) -> ColumnElement[bool]:
    """The person's own place, and their conversation with the desk."""
    chats = _own_chats(person, own) | {storable(f"@{person.id}")}
    return and_(languages.c.platform == person.platform, languages.c.chat.in_(chats))


def _asked_by(person: Sender) -> ColumnElement[bool]:
    return and_(searches.c.platform == person.platform, searches.c.asker == storable(person.id))


def _given_by(person: Sender) -> ColumnElement[bool]:
    return and_(given.c.platform == person.platform, given.c.user_id == storable(person.id))


def _made_by(person: Sender) -> ColumnElement[bool]:
    return and_(
        subscriptions.c.platform == person.platform,
        subscriptions.c.by_user == person.id,
        subscriptions.c.by_workspace == person.workspace,
    )
