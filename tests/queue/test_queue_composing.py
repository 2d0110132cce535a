"""Digests that a worker composes for a desk, of the store that both have: the same as the desk's own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.digest.articles_known import Heads, Sent
from bot.digest.prepare import DigestMaker, by_name, composed
from bot.domain.digests import Digest
from bot.domain.model import Address, Occasion, Schedule, Subscription, Window
from bot.queue.engine import works
from bot.queue.overflow import Overflow
from tests.desk import FERRY, OpenDesk, an_article_file, open_desk
from tests.fakes import NOON
from tests.queue.hosts import Here, Host, a_desk, a_host, at_work

OCCASION = Occasion("asked", "all", "1")
ASKED = Subscription("all", "all", Address("slack", "C1"), "", Schedule("UTC"))


def with_an_address(path: Path, *paragraphs: str) -> Path:
    """A file whose article takes the place of another of that address."""
    record = {"title": "Ferries every ten minutes", "url": "https://courier.example/ferries"}
    path.write_text(json.dumps({**record, "text": "\n\n".join(paragraphs)}), encoding="utf-8")
    return path


class AtHand(Here):
    """What the desk itself does is counted."""

    def __init__(self) -> None:
        self.done = 0

    async def start(self) -> None:
        """They are."""

    async def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        self.done += 1
        return await super().run(function, *args, **kwargs)


@dataclass
class Place:
    """A desk whose own composer is always full, and a worker that composes."""

    desk: OpenDesk
    own: AtHand
    host: Host
    digests: DigestMaker

    async def digest(self) -> Digest:
        """Of all that there is."""
        window = Window(0, await self.desk.desk.library.revision())
        return (await self.digests.prepare(ASKED, OCCASION, window, NOON - timedelta(days=1))).digest


@pytest.fixture
async def place(postgres_url: str, tmp_path: Path) -> AsyncIterator[Place]:
    async with (
        open_desk(tmp_path, options={"store": {"url": postgres_url}}) as desk,
        a_desk(postgres_url, {"composing": composed}) as queued,
        a_host(postgres_url, {}, Here(), composing=True) as host,
    ):
        await desk.read(
            with_an_address(tmp_path / "one.json", *FERRY),
            an_article_file(tmp_path, "two.txt", "Ferries from Port Averne", *FERRY[:3]),
        )
        own = AtHand()
        workers = Overflow(own, 0, queued, {composed: by_name})
        digests = DigestMaker(replace(desk.desk, workers=workers), desk.config.compose, {})
        yield Place(desk, own, host, digests)


@asynccontextmanager
async def composing(place: Place) -> AsyncIterator[None]:
    """Within, a worker is at work, and the desk knows it: until then it composes for itself."""
    async with at_work(place.host):
        async with asyncio.timeout(60):
            while not await works(place.host.tasks._database):
                await asyncio.sleep(0.01)
        yield


async def test_a_worker_composes_what_the_desk_would_have(place: Place):
    async with composing(place):
        there = await place.digest()
    assert (place.own.done, place.host.worker.done) == (0, 1)
    at_home = await place.desk.digests.since(ASKED, OCCASION, NOON - timedelta(days=1))
    assert there.briefs == at_home.briefs
    assert there.ledger == at_home.ledger
    assert [brief.headline for brief in there.briefs] != []


async def test_entries_that_changed_since_they_were_named_are_composed_by_the_desk(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    found = Heads.found

    async def then_one_changes(heads: Heads, ids: Sequence[int], *rest: Any, **more: Any) -> Sent:
        sent = await found(heads, ids, *rest, **more)
        if heads is place.digests._heads and place.host.worker.done == 0:
            changed = with_an_address(tmp_path / "changed.json", *FERRY, "The first of them leaves at six.")
            assert [one.outcome for one in await place.desk.read(changed)] == ["corrected"]
        return sent

    monkeypatch.setattr(Heads, "found", then_one_changes)
    async with composing(place):
        made = await place.digest()
    assert place.host.worker.done == 1
    assert place.own.done > 0
    assert [brief.headline for brief in made.briefs] != []


async def test_a_digest_that_cannot_be_made_is_told_as_at_home(place: Place, monkeypatch: pytest.MonkeyPatch):
    def refuses(*_: object) -> None:
        raise ValueError("no such place")

    monkeypatch.setattr("bot.digest.compose.compose", refuses)
    async with composing(place):
        with pytest.raises(ValueError, match="no such place"):
            await place.digest()
    assert (place.own.done, place.host.worker.done) == (0, 1)
