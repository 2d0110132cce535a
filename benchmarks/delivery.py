"""A hundred destinations, twenty parts each, lost answers, rate limits and two kills; and answers' times.

Prints what became of the parts, how near the rate came to the doubles' limits, and who asked to slow down.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.runtime.failpoints import VARIABLE
from bot.store.sql.delivery_schema import deliveries
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_trouble import Pace
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import Rates
from tests.running import Town

HERE = Path(__file__).resolve().parent
KILLS = ("post-answered:300", "post-attempted:900")


async def life(town: Town, *words: str, failpoint: str = "") -> int:
    desk = await asyncio.create_subprocess_exec(
        sys.executable, str(HERE / "delivery_desk.py"), str(town.folder / "config.toml"), *words,
        env={**town.environ, VARIABLE: failpoint}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    town.desks.append(desk)
    _, told = await desk.communicate()
    assert desk.returncode in {0, -9}, told.decode()[-3000:]
    return desk.returncode or 0


async def deliver(destinations: int, parts: int, *, faulty: bool) -> None:
    half = destinations // 2
    slack_pace, telegram_rates = Pace(), Rates()
    async with SlackDouble(pace=slack_pace) as slack, TelegramDouble(rates=telegram_rates) as telegram:
        with tempfile.TemporaryDirectory() as folder:
            town = Town(Path(folder), slack, telegram)
            channels: list[dict[str, Any]] = []
            for n in range(half):
                slack.add_channel(f"CB{n:03}", f"channel-{n}")
                telegram.chat(1000 + n, state="member")
                channels += [
                    {"name": f"s{n}", "to": f"slack:CB{n:03}"},
                    {"name": f"t{n}", "to": f"telegram:{1000 + n}"},
                ]
            town.configure(channels=channels)
            await life(town, str(parts))
            if faulty:
                slack.faults(
                    drop_after=0.10, too_many=0.05, seed=1, seconds=1.0, methods=("chat.postMessage",)
                )
                telegram.fail_by_chance({"drop_after": 0.10, "429": 0.05}, seed=1)
            started = time.perf_counter()
            for failpoint in KILLS if faulty else ():
                await life(town, failpoint=failpoint)
            await life(town)
            seconds = time.perf_counter() - started
            report(town, half, parts, seconds, slack_pace, telegram_rates)
            await town.aclose()


def report(town: Town, half: int, parts: int, seconds: float, pace: Pace, rates: Rates) -> None:
    engine = create_engine(f"sqlite:///{town.folder / 'data' / 'copydesk.db'}")
    with engine.connect() as connection:
        rows = connection.execute(select(deliveries).order_by(deliveries.c.id)).mappings().all()
    engine.dispose()
    states = Counter((row["platform"], row["state"]) for row in rows)
    broken = 0
    assert rates.overall_per_second
    assert rates.chat_per_second
    for row in rows:
        if row["platform"] == "slack":
            posted = town.slack.posted(row["chat"])
            times = sum(m["metadata"]["event_payload"]["key"] == row["key"] for m in posted)
            broken += not (times == 1 and row["state"] == "sent")
        else:
            times = sum(m.text == row["plain"] for m in town.telegram.messages(int(row["chat"])))
            broken += not (
                (times == 1 and row["state"] == "sent") or (times <= 1 and row["state"] == "uncertain")
            )
    allowed = max(
        (parts - pace.burst) / pace.per_second,
        (half * parts - rates.overall_burst) / rates.overall_per_second,
        (parts - rates.chat_burst) / rates.chat_per_second,
    )
    print(f"{2 * half} destinations, {parts} parts each: {dict(states)}")
    print(
        f"promises broken: {broken}; refused for rate: {town.slack.refused_for_rate + town.telegram.refused_for_rate}"
    )
    print(f"{seconds:.1f} s, starts included; the limits allow {allowed:.1f} s: {allowed / seconds:.0%}")
    if ordered := town.telegram.injected["429"]:
        # Each refused call took a place in the overall limit, and had to be made again.
        called = (half * parts + ordered - rates.overall_burst) / rates.overall_per_second
        print(f"with {ordered} refused by order, {called:.1f} s: {called / seconds:.0%} of the allowed calls")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="not used; every table takes it")
    parser.add_argument("--destinations", type=int, default=100)
    parser.add_argument("--parts", type=int, default=20)
    options = parser.parse_args()
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    print("without faults:")
    asyncio.run(deliver(options.destinations, options.parts, faulty=False))
    print("\n10 % of the answers lost, 5 % limited, two kills:")
    asyncio.run(deliver(options.destinations, options.parts, faulty=True))


if __name__ == "__main__":
    main()
