"""Kills, lost answers and rate limits for a whole desk between both doubles, and what is left of its promises.

`make faults` runs 200 kills and prints the table of docs/reliability.md.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select

from bot.delivery.posting import DEATHS
from bot.runtime.failpoints import POINTS, VARIABLE
from bot.store.sql.delivery_schema import deliveries, occasions, unfinished
from bot.store.sql.library_schema import entries
from tests.desk import FERRY
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_trouble import Pace
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.running import Town

START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
SLACK, TELEGRAM = ("C1", "C2"), (-1001, -1002)
CHANNELS = [
    *({"name": f"s{n}", "to": f"slack:{chat}", "at": ["08:00"]} for n, chat in enumerate(SLACK)),
    *({"name": f"t{n}", "to": f"telegram:{chat}", "at": ["08:00"]} for n, chat in enumerate(TELEGRAM)),
]
PASSED = tuple(
    point for point in POINTS if point.startswith(("inbox", "ingest", "index-writ", "stage", "post"))
)
"""The points that a day passes; those of commands are ``tests.upkeep``'s."""

WITHIN = 900.0
"""Seconds in which each life ends, also as the last of many on a busy machine; most take five."""

PER_DAY = 2
LOST, LIMITED = 0.10, 0.05


@dataclass
class Result:
    """What a run of kills left: how often each point killed, and every promise that was broken."""

    kills: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    articles: int = 0
    slack: Counter[str] = field(default_factory=Counter)
    telegram: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


class Sky:
    """Slack's clock, which runs with the story's days: without it every look into history looks too late."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def reach(self, moment: datetime) -> None:
        self._ahead = moment.timestamp() - time.time()

    def time(self) -> float:
        return time.time() + self._ahead


async def story(folder: Path, kills: int, seed: int) -> Result:
    """Days of drops and digests, with ``kills`` deaths on the way."""
    dice = random.Random(seed)
    result, sky = Result(), Sky()
    async with (
        SlackDouble(pace=Pace(per_second=1000, burst=1000), now=sky.time) as slack,
        TelegramDouble(rates=NO_RATES) as telegram,
    ):
        town = Town(folder, slack, telegram)
        slack.add_channel("C2", "more")
        for chat in TELEGRAM:
            telegram.chat(chat, "supergroup", title="Desk")
        slack.faults(drop_after=LOST, too_many=LIMITED, seed=seed, seconds=1.0, methods=("chat.postMessage",))
        telegram.fail_by_chance({"drop_after": LOST, "429": LIMITED}, seed=seed)
        town.configure(channels=CHANNELS)
        sky.reach(START)
        await _life(town, START, result)  # the first life sees the channels: news begins here
        moment, day = START, 0
        while sum(result.kills.values()) < kills:
            day += 1
            moment = START + timedelta(days=day)
            sky.reach(moment)
            _drop(folder, day, result)
            for _ in range(dice.randint(1, 4)):
                point = f"{dice.choice(PASSED)}:{dice.randint(1, 3)}"
                if await _life(town, moment, result, point) == 0:
                    break
                result.kills[point.partition(":")[0]] += 1
            await _life(town, moment, result)
            while await asyncio.to_thread(_brought_back, folder, result):
                await _life(town, moment, result)
        _check(folder, slack, telegram, day, result)
        await town.aclose()
    return result


async def _life(town: Town, moment: datetime, result: Result, failpoint: str = "") -> int:
    result.lives += 1
    desk = await town.start(
        str(town.folder / "config.toml"),
        moment.isoformat(),
        environ={VARIABLE: failpoint},
        module="tests.fault_daemon",
    )
    try:
        _, told = await asyncio.wait_for(desk.communicate(), WITHIN)
    except TimeoutError:
        desk.kill()
        done = result.kills.total()
        raise AssertionError(f"the life behind {done} kills did not end ({failpoint or 'no kill'})") from None
    assert desk.returncode in {0, -signal.SIGKILL}, told.decode()[-2000:]
    return desk.returncode or 0


def _drop(folder: Path, day: int, result: Result) -> None:
    for number in range(PER_DAY):
        title, lead = (
            f"Ferry {day}-{number} sails",
            f"Ship {day}-{number} sailed on day {day} at {number} bells.",
        )
        half = folder / f"{day}-{number}.part"
        half.write_text("\n\n".join((title, lead, *FERRY)), encoding="utf-8")
        (folder / "inbox").mkdir(exist_ok=True)
        half.rename(folder / "inbox" / f"{day:04}-{number}.txt")
        result.articles += 1


def _brought_back(folder: Path, result: Result) -> int:
    """A person moves the files that were set aside back into the inbox; how many."""
    files = [path for path in (folder / "inbox" / "failed").rglob("*.txt~????????") if path.is_file()]
    for path in files:
        path.with_name(f"{path.name}.receipt.json").unlink()
        path.rename(folder / "inbox" / path.name.partition("~")[0])
    result.aside["files"] += len(files)
    return len(files)


def _check(folder: Path, slack: SlackDouble, telegram: TelegramDouble, days: int, result: Result) -> None:
    engine = create_engine(f"sqlite:///{folder / 'data' / 'copydesk.db'}")
    with engine.connect() as connection:
        kept = connection.execute(select(entries.c.title)).scalars().all()
        slots = connection.execute(select(occasions).where(occasions.c.kind == "slot")).mappings().all()
        parts = connection.execute(select(deliveries).order_by(deliveries.c.id)).mappings().all()
        aside = connection.execute(select(unfinished.c.subscription, unfinished.c.key)).all()
    engine.dispose()
    if sorted(kept) != sorted(set(kept)) or len(kept) != result.articles:
        result.broken.append(
            f"articles: {len(kept)} kept, {len(set(kept))} distinct, {result.articles} dropped"
        )
    named = Counter((slot["subscription"], slot["key"]) for slot in slots)
    result.aside["slots"] = len(passed := set(map(tuple, aside)) - named.keys())
    if len(named) + len(passed) != days * len(CHANNELS) or set(named.values()) != {1}:
        result.broken.append(f"slots: {len(named)} settled of {days * len(CHANNELS)}")
    posted: dict[str, list[str]] = defaultdict(list)
    for chat in SLACK:
        for message in slack.posted(chat):
            posted[chat].append(message["metadata"]["event_payload"]["key"])
    for part in parts:
        _check_part(part, posted, telegram, result)
    for chat, keys in posted.items():
        order = [part["key"] for part in parts if part["chat"] == chat]
        if keys != sorted(keys, key=order.index):
            result.broken.append(f"slack:{chat}: out of order")
    for group in TELEGRAM:
        order = [part["plain"] for part in parts if part["chat"] == str(group)]
        texts = [message.text for message in telegram.messages(group) if message.text in order]
        if texts != sorted(texts, key=order.index) or not texts:
            result.broken.append(f"telegram:{group}: out of order")


def _check_part(part: Any, posted: dict[str, list[str]], telegram: TelegramDouble, result: Result) -> None:
    if part["platform"] == "slack":
        times = posted[part["chat"]].count(part["key"])
        result.slack[part["state"]] += 1
        aside = times == 0 and part["state"] == "failed" and part["deaths"] == DEATHS
        result.aside["parts"] += aside
        fine = (times == 1 and part["state"] == "sent") or aside
    else:
        times = sum(message.text == part["plain"] for message in telegram.messages(int(part["chat"])))
        result.telegram[part["state"]] += 1
        fine = (times == 1 and part["state"] == "sent") or (times <= 1 and part["state"] == "uncertain")
    if not fine:
        result.broken.append(
            f"{part['platform']}:{part['chat']} part {part['id']}: {part['state']}, posted {times} times"
        )


def table(result: Result) -> str:
    """The result as docs/reliability.md has it."""
    rows = [f"| {point} | {result.kills[point]} |" for point in PASSED]
    return "\n".join(
        (
            "| killed at | times |",
            "|---|---|",
            *rows,
            f"| all | {result.kills.total()} |",
            "",
            f"{result.lives} lives; {result.articles} articles dropped, each in the library exactly once;",
            f"Slack parts: {dict(result.slack)}; Telegram parts: {dict(result.telegram)};",
            f"set aside, because the desk was killed on them twice: {dict(result.aside)};",
            f"promises broken: {len(result.broken)}",
            *result.broken,
        )
    )


async def main() -> int:
    # A client that is killed in the middle of a request is what this is about.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    kills, seed = int(os.environ.get("COPYDESK_KILLS", "200")), int(os.environ.get("COPYDESK_SEED", "1"))
    with tempfile.TemporaryDirectory() as folder:
        result = await story(Path(folder), kills, seed)
    sys.stdout.write(table(result) + "\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
