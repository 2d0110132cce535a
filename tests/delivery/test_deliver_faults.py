"""Killed at any point of staging and posting: each part once, or once and marked; none lost; in order.

`COPYDESK_KILLS=200` makes the seeded test as long as `make faults` wants it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, select, update

from bot.runtime.failpoints import POINTS, VARIABLE
from bot.store.sql.delivery_schema import deliveries, occasions, unfinished
from tests import warm
from tests.fault_desk import ARTICLES, CHANNELS, taken
from tests.stores import migrated

ROOT = Path(__file__).resolve().parents[2]
DAYS = 2
KILLS = int(os.environ.get("COPYDESK_KILLS", "3"))
OURS = tuple(point for point in POINTS if point.startswith(("stage", "post")))


def live(folder: Path, failpoint: str = "") -> int:
    """One life of the desk; how it ended."""
    migrated(folder / "copydesk.db")
    run = warm.run("tests.fault_desk", str(folder), str(DAYS), environ={**os.environ, VARIABLE: failpoint})
    assert run.returncode in {0, -signal.SIGKILL}, run.stderr
    return run.returncode


def forgiven(folder: Path) -> None:
    """What is killed by chance is not set aside: the kills so far are forgotten."""
    engine = create_engine(f"sqlite:///{folder / 'copydesk.db'}")
    with engine.begin() as connection:
        connection.execute(delete(unfinished))
        connection.execute(update(deliveries).values(deaths=0))
    engine.dispose()


def check(folder: Path) -> None:
    """Every promise, in the database and on the platforms."""
    engine = create_engine(f"sqlite:///{folder / 'copydesk.db'}")
    with engine.connect() as connection:
        parts = connection.execute(select(deliveries).order_by(deliveries.c.id)).mappings().all()
        slots = connection.execute(select(occasions).where(occasions.c.kind == "slot")).mappings().all()
    engine.dispose()
    assert len({(slot["subscription"], slot["key"]) for slot in slots}) == len(slots) == DAYS * len(CHANNELS)
    assert {part["state"] for part in parts} <= {"sent", "uncertain"}
    posted, expected = defaultdict(list), defaultdict(list)
    for platform, chat, text, _ in taken(folder / "posted.jsonl"):
        posted[platform, chat].append(text)
    for part in parts:
        expected[part["platform"], part["chat"]].append(part)
    for channel in CHANNELS:
        place = (channel.to.platform, channel.to.chat)
        told = "\n".join(part["plain"] for part in expected[place])
        names = [f"Ship {day}-{n} sails" for day in range(1, DAYS + 1) for n in range(ARTICLES)]
        assert [told.count(name) for name in names] == [1] * len(names)
        if channel.to.platform == "slack":
            assert posted[place] == [part["plain"] for part in expected[place]]
            assert {part["state"] for part in expected[place]} == {"sent"}
        else:
            sure = {part["plain"] for part in expected[place] if part["state"] == "sent"}
            order = [part["plain"] for part in expected[place] if part["plain"] in set(posted[place])]
            assert posted[place] == order
            assert sure <= set(order)


@pytest.mark.parametrize("point", OURS)
@pytest.mark.sampled(2)
def test_a_kill_at_each_point(tmp_path: Path, point: str):
    assert live(tmp_path, f"{point}:3") == -signal.SIGKILL
    assert live(tmp_path) == 0
    check(tmp_path)


def test_kills_one_after_the_other(tmp_path: Path):
    """Where and when is drawn with a fixed seed; each folder lives through about five kills."""
    chance, kills, folders = random.Random(20310304), 0, 0
    while kills < KILLS:
        folder = tmp_path / str(folders)
        folder.mkdir()
        folders += 1
        for _ in range(5):
            kills += live(folder, f"{chance.choice(OURS)}:{chance.randint(1, 9)}") != 0
            forgiven(folder)
        assert live(folder) == 0
        check(folder)


def test_no_failpoint_goes_unreached():
    sources = "\n".join(
        path.read_text() for path in (ROOT / "bot").rglob("*.py") if path.stem != "failpoints"
    )
    assert all(f'reach("{point}")' in sources for point in POINTS)


def test_a_misspelt_failpoint_is_refused():
    code = "import bot.runtime.failpoints"
    env = {**os.environ, VARIABLE: "post-sometimes"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "there is no point 'post-sometimes'" in run.stderr
