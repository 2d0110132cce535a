"""What travels through the queue comes out as it went in, and is nothing that could run."""

from __future__ import annotations

import pickle
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import OverBudget, UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason
from bot.ingest.reading import ReadingSettings, read_or_unpack
from bot.queue import packing
from bot.queue.gate import Gate
from tests.builders import NOON
from tests.desk import FERRY

FEED = b'<rss version="2.0"><channel>%s</channel></rss>' % b"".join(
    b"<item><title>T%d</title><description>%s</description></item>" % (n, FERRY[0].encode()) for n in range(2)
)


@pytest.mark.parametrize("data", ["\n\n".join(("Ferries", *FERRY)).encode(), FEED], ids=["article", "feed"])
def test_a_reading_comes_back_as_it_was_made(data: bytes):
    asked = (Document("a.txt", data, NOON), ReadingSettings())
    answer = packing.answer_to(read_or_unpack, packing.packed(asked))
    assert packing.result_of(answer) == read_or_unpack(*asked)


class Runs:
    """What an attacker would put into the database."""

    def __init__(self, *call: Any) -> None:
        self.call = call

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize(
    "value",
    [
        Runs(eval, ("1",)),
        Runs(subprocess.check_output, (["true"],)),
        Runs(Path, ("/etc/passwd",)),
        Runs(pickle.loads, (b"",)),
        Runs(packing.answer_to, (print, b"")),
        Runs(getattr, (Document, "name")),
        packing.PLAIN,
    ],
    ids=["eval", "a program", "a path", "a pickle", "an answer", "an attribute", "the format"],
)
def test_nothing_that_runs_comes_through(value: object):
    data = packing.packed(value)
    if value is packing.PLAIN:
        assert packing.unpacked(data) == value
        return
    with pytest.raises(pickle.UnpicklingError, match="comes through the queue"):
        packing.unpacked(data)


def test_what_is_damaged_is_told_so():
    for data in (b"", b"\x80\x05", b"=" + b"\xff" * 9, packing.packed(datetime.now(UTC))[:-3]):
        with pytest.raises(pickle.UnpicklingError):
            packing.unpacked(data)
        with pytest.raises(packing.CannotTravel):
            packing.result_of(b"=" + data)
    for answer in (b"", b"?" + packing.packed(1), packing.RAISED + packing.packed(1)):
        with pytest.raises(packing.CannotTravel):
            packing.result_of(answer)


def test_what_a_worker_cannot_read_the_desk_does_itself():
    with pytest.raises(packing.CannotTravel):
        packing.result_of(packing.answer_to(whole, packing.packed((Runs(eval, ("1",)),))))


def whole(size: int) -> bytes:
    return b"x" * size


class Foreign(Exception):
    pass


def raises(error: str) -> None:
    raise {
        "foreign": Foreign("words"),
        "unread": UnreadableDocument("a", Reason("file.empty")),
        "key": KeyError("b"),
    }[error]


def test_an_answer_that_is_too_large_stays_where_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packing, "LARGEST", 1000)
    assert packing.result_of(packing.answer_to(whole, packing.packed((900,)))) == b"x" * 900
    with pytest.raises(packing.CannotTravel):
        packing.result_of(packing.answer_to(whole, packing.packed((1000,))))


def test_errors_say_what_failed_and_where():
    def caught(error: str) -> BaseException:
        with pytest.raises(Exception) as info:  # noqa: PT011 - which, is what is looked at
            packing.result_of(packing.answer_to(raises, packing.packed((error,))))
        return info.value

    assert isinstance(caught("unread"), UnreadableDocument)
    assert isinstance(caught("key"), KeyError)
    foreign = caught("foreign")
    assert str(foreign).startswith("Foreign at test_packing.py:")
    assert "in raises" in foreign.__notes__[0]
    died = OverBudget(Reason("work.died", times=3))
    with pytest.raises(OverBudget, match="3 workers ended"):
        packing.result_of(packing.raised(died))


async def test_who_goes_alone_waits_for_those_inside_and_keeps_the_others_out():
    import asyncio

    gate, inside, most = Gate(), set[str](), list[frozenset[str]]()

    async def go(name: str, *, alone: bool) -> None:
        async with gate.passed(alone=alone):
            inside.add(name)
            most.append(frozenset(inside))
            for _ in range(3):
                await asyncio.sleep(0)
            inside.remove(name)

    first = [go(f"{n}", alone=False) for n in range(2)]
    await asyncio.gather(
        *first, go("alone", alone=True), go("late", alone=False), go("alone too", alone=True)
    )
    assert frozenset({"0", "1"}) in most
    assert [one for one in most if len(one) > 1 and any("alone" in name for name in one)] == []
    assert len(most) == 5
