"""`copydesk worker` and `[workers] engine`: where a queue can be, and what is said where it cannot."""

from __future__ import annotations

import asyncio
import builtins
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.app import opened
from bot.cli.daemon import Daemon
from bot.cli.worker import worked
from bot.domain.errors import ConfigError, StoreError
from bot.queue import engine
from bot.queue.handing import QueuedWorkers
from bot.runtime.signals import Signals
from bot.store.sql.database import StoreSettings, open_store
from bot.store.sql.url import locate
from tests.queue.test_queue_faults import rows
from tests.stores import migrated

QUEUE = {"workers": {"engine": "queue"}}


def built(folder: Path, options: Mapping[str, Any], url: str = "") -> config.Config:
    return config.build(options, folder, {"DATABASE_URL": url} if url else {})


async def test_sqlite_has_no_queue(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"^workers.engine: .*set DATABASE_URL or \[store\] url to"):
        built(tmp_path, QUEUE)
    with pytest.raises(ConfigError, match=r"^workers.engine: .*set DATABASE_URL or \[store\] url to"):
        await worked(built(tmp_path, {}), Signals())


async def test_a_worker_for_desks_that_read_by_themselves_says_so(tmp_path: Path):
    local = built(tmp_path, {}, "postgresql://x@127.0.0.1:1/y")
    with pytest.raises(ConfigError, match=r'^workers\.engine: it is "local"'):
        await worked(local, Signals())


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch):
    imported = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "procrastinate":
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(sys.modules, "bot.queue.engine")
    with pytest.raises(ConfigError, match=r'pip install "copydesk\[queue\]"'):
        __import__("bot.queue.engine")


async def test_only_a_desk_that_runs_hands_its_work_on(tmp_path: Path, postgres_url: str):
    settings = built(tmp_path, QUEUE, postgres_url)
    async with opened(settings) as command:
        assert not isinstance(command.desk.workers, QueuedWorkers)
    async with opened(settings, attended=True) as desk:
        assert isinstance(desk.desk.workers, QueuedWorkers)
        assert desk.desk.workers.tell == desk.owner.tell
        assert "the index" in Daemon(desk, {})._loops()
    migrated(tmp_path / "data" / "copydesk.db")
    async with opened(built(tmp_path, {}), attended=True) as alone:  # nobody else writes into its library
        assert "the index" not in Daemon(alone, {})._loops()


async def test_the_engines_tables_are_made_once_and_brought_to_its_version(postgres_url: str):
    *_, before, newest = sorted(one.name for one in engine.schema.migrations_path.glob("*.sql"))
    async with (
        await open_store(StoreSettings(postgres_url)) as first,
        await open_store(StoreSettings(postgres_url)) as second,
    ):
        await asyncio.gather(*(engine.make_ready(one, locate(postgres_url)) for one in (first, second)))
        assert rows(postgres_url, "SELECT schema FROM queue_engine") == [(newest,)]
        # As an earlier version of it left them: its last migration is run.
        trigger = "procrastinate_trigger_status_events_update_v1"
        rows(postgres_url, f"DROP TRIGGER {trigger} ON procrastinate_jobs")
        rows(postgres_url, f"UPDATE queue_engine SET schema = '{before}'")
        await engine.make_ready(first, locate(postgres_url))
        assert rows(postgres_url, "SELECT schema FROM queue_engine") == [(newest,)]
        assert rows(postgres_url, f"SELECT 1 FROM pg_trigger WHERE tgname = '{trigger}'") == [(1,)]
        rows(postgres_url, "DELETE FROM queue_engine")
        with pytest.raises(StoreError, match="jobs of another program's"):
            await engine.make_ready(first, locate(postgres_url))
