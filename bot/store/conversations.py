"""What was said to the desk, as far as the next process must know: keys, searches and strangers."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from bot.domain.events import Pressed, Said, Sender
from bot.domain.model import Address
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import callers, given, heard, readers, searches
from bot.store.sql.rows import Row, micros, moment, storable

HEARD_FOR = timedelta(hours=25)
"""Telegram keeps an update for 24 hours; Slack repeats an event for some minutes."""

SEARCHES_FOR = timedelta(days=30)
MOST_CALLERS = 200
LONGEST_NAME = 80
TOKEN_BYTES = 12
"""Of chance; 16 characters in a button, whose value has 64 bytes on Telegram."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A stranger who wrote: where, and when last."""

    sender: Sender
    chat: str
    last: datetime


class SqlConversationLog:
    """Notes the keys of what was heard, the searches behind buttons, and the strangers that `check` tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def heard(self, key: str, now: datetime) -> bool:
        """True the first time within 25 hours, for one caller alone."""
        row = {
            "key_hash": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
            "at": micros(now),
        }
        known = select(heard.c.at).where(heard.c.key_hash == row["key_hash"])
        async with self._database.writing() as connection:
            await take_turn(connection)
            at = (await connection.execute(known)).scalar_one_or_none()
            if at is not None and at > micros(now - HEARD_FOR):
                return False
            await connection.execute(delete(heard).where(heard.c.key_hash == row["key_hash"]))
            await connection.execute(insert(heard), row)
        return True

    async def caught_up(self, reader: Sender) -> datetime | None:
        """Up to when the reader has caught up; ``None`` before the first time."""
        query = select(readers.c.caught_up).where(_is(reader))
        async with self._database.reading() as connection:
            at = (await connection.execute(query)).scalar_one_or_none()
        return None if at is None else moment(at)

    async def catches_up(self, reader: Sender, now: datetime) -> None:
        """The reader has caught up to ``now``."""
        row = {"platform": reader.platform, "workspace": reader.workspace, "user_id": reader.id}
        async with self._database.writing() as connection:
            await take_turn(connection)
            await connection.execute(delete(readers).where(_is(reader)))
            await connection.execute(insert(readers), row | {"caught_up": micros(now)})

    async def remember(self, query: str, at: Address, asker: Sender, now: datetime) -> str:
        """Keep what was searched for ``at`` a chat; the token to find it by for 30 days."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "token": token,
            "message": "",
            "asker": storable(asker.id),
            "query": storable(query),
            "platform": at.platform,
            "chat": storable(at.chat),
            "asked": micros(now),
        }
        async with self._database.writing() as connection:
            await connection.execute(insert(searches), row)
        return token

    async def answered(self, token: str, message: str) -> None:
        """The buttons of the answer are on this message, and on no other (any more)."""
        values = {"message": storable(message)}
        async with self._database.writing() as connection:
            await connection.execute(update(searches).where(searches.c.token == token).values(values))

    async def asked(self, at: Address, message: str) -> str | None:
        """What the message is the answer to, for 30 days; ``None`` for one without an id, and any other."""
        here = and_(searches.c.platform == at.platform, searches.c.chat == storable(at.chat))
        this = select(searches.c.query).where(here, searches.c.message == storable(message))
        query = this.order_by(searches.c.asked.desc()).limit(1)
        async with self._database.reading() as connection:
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
        return found if message else None

    async def recall(self, token: str, pressed: Pressed) -> str | None:
        """The query, where the message that was pressed is its answer: a button may be forged.

        A message that has no id is seen by one person alone: the one who asked.
        """
        at, message = pressed.at, storable(pressed.message)
        here = and_(searches.c.platform == at.platform, searches.c.chat == storable(at.chat))
        this = searches.c.message == message
        if not message:
            this = and_(this, searches.c.asker == storable(pressed.sender.id))
        query = select(searches.c.query).where(searches.c.token == storable(token), here, this)
        async with self._database.reading() as connection:
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
        return found

    async def given(self, name: str, called: str, by: Said, now: datetime) -> None:
        """Keep who gave the file of this name, for 30 days."""
        row = {
            "name": storable(name),
            "called": storable(called),
            "platform": by.at.platform,
            "chat": storable(by.at.chat),
            "thread": storable(by.at.thread),
            "user_id": storable(by.sender.id),
            "direct": int(by.direct),
            "reply": storable(by.reply),
            "at": micros(now),
        }
        async with self._database.writing() as connection:
            await connection.execute(delete(given).where(given.c.name == row["name"]))
            await connection.execute(insert(given), row)

    async def giver(self, name: str) -> tuple[Said, str] | None:
        """Who gave it, and what they call it; the second time ``None``."""
        taken = delete(given).where(given.c.name == storable(name)).returning(*given.c)
        async with self._database.writing() as connection:
            row = (await connection.execute(taken)).mappings().one_or_none()
        if row is None:
            return None
        at = Address(row["platform"], row["chat"], row["thread"])
        sender = Sender(row["platform"], row["user_id"])
        return Said(f"given {name}", at, sender, "", bool(row["direct"]), row["reply"]), row["called"]

    async def called(self, sender: Sender, at: Address, now: datetime) -> None:
        """A stranger wrote; the 200 latest are known."""
        who = {
            "platform": sender.platform,
            "workspace": storable(sender.workspace[:LONGEST_NAME]),
            "chat": storable(at.chat[:LONGEST_NAME]),
            "user_id": storable(sender.id[:LONGEST_NAME]),
        }
        row = {**who, "name": storable(sender.name[:LONGEST_NAME]), "last": micros(now)}
        async with self._database.writing() as connection:
            await take_turn(connection)
            await connection.execute(delete(callers).where(*(callers.c[name] == who[name] for name in who)))
            await connection.execute(insert(callers), row)
            ranked = select(callers).order_by(callers.c.last.desc(), callers.c.user_id, callers.c.chat)
            for old in (await connection.execute(ranked.offset(MOST_CALLERS))).mappings().all():
                this = (callers.c[name] == old[name] for name in who)
                await connection.execute(delete(callers).where(*this))

    async def callers(self) -> tuple[Caller, ...]:
        """The strangers, the latest first."""
        ranked = select(callers).order_by(callers.c.last.desc(), callers.c.user_id, callers.c.chat)
        async with self._database.reading() as connection:
            rows = (await connection.execute(ranked)).mappings().all()
        return tuple(_caller_of(row) for row in rows)

    async def forget_old(self, now: datetime) -> None:
        """Let go of keys after 25 hours and of searches after 30 days."""
        async with self._database.writing() as connection:
            await connection.execute(delete(heard).where(heard.c.at <= micros(now - HEARD_FOR)))
            await connection.execute(delete(searches).where(searches.c.asked <= micros(now - SEARCHES_FOR)))
            await connection.execute(delete(given).where(given.c.at <= micros(now - SEARCHES_FOR)))


def _caller_of(row: Row) -> Caller:
    sender = Sender(row["platform"], row["user_id"], row["name"], row["workspace"])
    return Caller(sender, row["chat"], moment(row["last"]))


def _is(reader: Sender) -> ColumnElement[bool]:
    return and_(
        readers.c.platform == reader.platform,
        readers.c.workspace == reader.workspace,
        readers.c.user_id == reader.id,
    )
