"""The library read anew: each file in `done/` by the rules of today, its articles kept as they are named.

An entry is brought up in a transaction of its own, and one that says the same is not written: what a
kill interrupts is gone on with by doing it again.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.digests import lines_in
from bot.domain.model import Entry, Quote, Reading
from bot.domain.ports import Desk
from bot.domain.reasons import Reason
from bot.inbox.settled import Settled, answer, settled
from bot.ingest.opening import IngestSettings, Opened, Opening, Part
from bot.store.audit import Audit
from bot.store.rereading import Reread, Rereading, Wanted

AHEAD = 4
"""Files read ahead of the one being kept: two workers read, and a text is soon written."""

FIELDS = ("title", "standfirst", "source", "agency", "byline", "section", "language", "url")
"""What is counted by its own name, where it changed; dates, bodies and quotes are more than one field."""


@dataclass(slots=True)
class Outcome:
    """What became of a library that was read anew.

    ``changes`` counts the articles or quotes by what changed in them, ``left`` those that stayed as they
    were by the reason, ``refused`` names the files that cannot be read any more, with the reason;
    ``missing`` are the entries whose file is not in `done/`.
    """

    total: int
    read: int = 0
    changed: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, Reason]] = field(default_factory=list)
    missing: list[Wanted] = field(default_factory=list)


class Reader:
    """Reads a library anew from the files below ``inbox``."""

    def __init__(
        self, desk: Desk, audit: Audit, rereading: Rereading, settings: IngestSettings, inbox: Path
    ) -> None:
        self._desk, self._audit, self._rereading, self._inbox = desk, audit, rereading, inbox
        self._opening = Opening(desk, settings, anew=True)
        self._wanted: dict[str, Wanted] = {}

    async def run(self) -> AsyncGenerator[Outcome, None]:
        """Read everything; the outcome so far after each file, the whole one at the end.

        The index follows at the end, or at the next command where this one is killed. Raises OSError,
        StoreError and SearchError.
        """
        self._wanted = await self._rereading.wanted()
        outcome = Outcome(len(self._wanted))
        ahead: deque[asyncio.Task[Opened]] = deque()
        try:
            async for file in self._files():
                ahead.append(asyncio.create_task(self._read(file)))
                if len(ahead) >= AHEAD:
                    await self._keep(await ahead.popleft(), outcome)
                    yield outcome
            while ahead:
                await self._keep(await ahead.popleft(), outcome)
                yield outcome
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)
        outcome.missing = sorted(self._wanted.values(), key=lambda one: one.entry)
        await self._desk.index.follow(self._desk.library)
        yield outcome

    async def _files(self) -> AsyncGenerator[Settled, None]:
        """Those that an entry came from, and those of several articles, whose own keys no arrival has."""
        beginnings = {key[:8] for key in self._wanted}
        for batch in _batches(settled(self._inbox)):
            unwanted = {file.key for file in batch} - beginnings
            known = await self._audit.known(unwanted)
            for file in batch:
                if file.key not in known:
                    yield file

    async def _read(self, file: Settled) -> Opened:
        told = await asyncio.to_thread(answer, file) or {}
        name = told.get("file", file.name)
        return await self._opening.read(self._opening.at(file.path, name, _moment(told.get("settled"))))

    async def _keep(self, opened: Opened, outcome: Outcome) -> None:
        whole = opened.key in {part.key for part in opened.parts}
        if not whole and self._wanted.pop(opened.key, None) is not None:
            outcome.left["parted"] += 1
        for part in opened.parts:
            if not part.key and isinstance(part.found, Reason):
                outcome.refused.append((part.name, part.found))
            wanted = self._wanted.pop(part.key, None)
            if wanted is not None:
                outcome.read += 1
                await self._put(part, wanted, outcome)

    async def _put(self, part: Part, wanted: Wanted, outcome: Outcome) -> None:
        if not isinstance(part.found, Reading):
            outcome.refused.append((part.name, part.found))
            return
        done = await self._rereading.put(wanted, part.found, self._desk.clock.now())
        if done.outcome == "changed":
            outcome.changed += 1
            outcome.changes.update(changes(done))
        elif done.outcome != "same":
            outcome.left[done.outcome] += 1


def changes(done: Reread) -> Counter[str]:
    """What differs, each field of the article once, and each quote."""
    if done.before is None or done.after is None:
        return Counter()
    before, after = done.before, done.after
    old, new = before.article, after.article
    found = Counter({name: 1 for name in FIELDS if getattr(old, name) != getattr(new, name)})
    found["date"] = (old.published, old.published_precision) != (new.published, new.published_precision)
    found["body"] = old.text != new.text
    found["summary"] = _summary(before) != _summary(after)
    said, says = _quotes(before), _quotes(after)
    both = said.keys() & says.keys()
    found["quote found"], found["quote dropped"] = len(says) - len(both), len(said) - len(both)
    found["speaker"] = sum(said[words][0] != says[words][0] for words in both)
    found["role"] = sum(said[words][1] != says[words][1] for words in both)
    return +found


def _summary(entry: Entry) -> list[str]:
    return [line.text for line in lines_in(entry)]


def _quotes(entry: Entry) -> dict[str, tuple[str | None, str | None]]:
    """The words of each quote with its speaker and role."""
    text = entry.article.text

    def told(quote: Quote) -> tuple[str | None, str | None]:
        mention = quote.speaker.of(text) if quote.speaker else None
        return quote.speaker_name or mention, quote.role.of(text) if quote.role else None

    return {quote.words.of(text): told(quote) for quote in entry.quotes}


def _moment(told: object) -> datetime | None:
    """When the file came, as far as its receipt says so."""
    try:
        found = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found and found.tzinfo else None


def _batches(found: Iterable[Settled | Path], size: int = 1_000) -> Iterator[list[Settled]]:
    batch: list[Settled] = []
    for one in found:
        if isinstance(one, Settled):
            batch.append(one)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
