"""Which languages are spoken in chats."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversations import ChatLanguage
from bot.domain.model import Address
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import languages
from bot.store.sql.rows import storable


class SqlLanguages:
    """:class:`bot.domain.conversations.ChatLanguages` in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, place: Address) -> ChatLanguage:
        """What is known of the chat; its thread does not matter."""
        query = select(languages.c.chosen, languages.c.named).where(_is(place))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return ChatLanguage() if row is None else ChatLanguage(row.chosen, row.named)

    async def choose(self, place: Address, language: str) -> None:
        """Speak it in the chat from now on; empty for the language that follows from elsewhere."""
        await self._put(place, "chosen", language)

    async def name(self, place: Address, language: str) -> None:
        """The platform says that the chat's reader reads in it."""
        await self._put(place, "named", language)

    async def _put(self, place: Address, column: str, language: str) -> None:
        row = {"platform": place.platform, "chat": storable(place.chat), "chosen": "", "named": ""}
        values = {column: storable(language)}
        async with self._database.writing() as connection:
            await take_turn(connection)
            changed = await connection.execute(update(languages).where(_is(place)).values(values))
            if not changed.rowcount:
                await connection.execute(insert(languages), row | values)


async def move(connection: AsyncConnection, old: Address, new: Address) -> None:
    """What was chosen in the old chat is chosen in the new one, unless something is there already."""
    taken = (await connection.execute(select(languages.c.chosen).where(_is(new)))).first()
    if taken is None:
        await connection.execute(update(languages).where(_is(old)).values(chat=storable(new.chat)))
    else:
        await connection.execute(delete(languages).where(_is(old)))


def _is(place: Address) -> ColumnElement[bool]:
    return and_(languages.c.platform == place.platform, languages.c.chat == storable(place.chat))
