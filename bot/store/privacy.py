"""What is kept about a person: shown, and removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, select, update

from bot.domain.conversations import PersonalData, Removed
from bot.domain.events import Sender
from bot.domain.model import Address
from bot.domain.teams import NO_TEAMS, Teams
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import (
    callers,
    given,
    languages,
    mutes,
    readers,
    searches,
    subscribing,
    subscriptions,
)
from bot.store.sql.rows import moment, storable
from bot.store.subscriptions import end


class SqlPersonalData:
    """:class:`bot.domain.conversations.PersonalDataPort` in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def about(self, person: Sender) -> PersonalData:
        """Everything that names the person."""
        counted = select(func.count()).select_from(searches).where(_asked_by(person))
        made = select(subscriptions.c.name).where(_made_by(person))
        read = select(readers.c.caught_up).where(_is(readers, person))
        gave = select(func.count()).select_from(given).where(_given_by(person))
        spoken_to = select(languages.c.chosen, languages.c.named).where(_spoken_to(person))
        async with self._database.reading() as connection:
            names = (await connection.execute(made.order_by(subscriptions.c.name))).scalars().all()
            until = (await connection.execute(read)).scalar_one_or_none()
            asked = (await connection.execute(counted)).scalar_one()
            files = (await connection.execute(gave)).scalar_one()
            spoken = (await connection.execute(spoken_to)).one_or_none()
        language = (spoken.chosen or spoken.named) if spoken else ""
        return PersonalData(tuple(names), asked, None if until is None else moment(until), language, files)

    async def remove(self, person: Sender, own: Address | None, teams: Teams = NO_TEAMS) -> Removed:
        """Remove it, in one transaction. Subscriptions of the chat ``own`` end, and its mutes; others stay, without a name.

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
            mine = {each for each, to in made.items() if own and to == replace(own, thread="")}
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
                for table in (mutes, subscribing):
                    await connection.execute(delete(table).where(_in_chat(table, own)))
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


def _in_chat(table: Table, chat: Address) -> ColumnElement[bool]:
    columns: Any = table.c
    return and_(columns.platform == chat.platform, columns.chat == storable(chat.chat))


def _spoken_to(person: Sender, own: Address | None = None) -> ColumnElement[bool]:
    """The person's own place, and their conversation with the desk."""
    chats = [f"@{person.id}", *([own.chat] if own else [])]
    return and_(languages.c.platform == person.platform, languages.c.chat.in_(map(storable, chats)))


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
