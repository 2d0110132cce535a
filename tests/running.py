"""`copydesk run` in a process of its own, between both doubles and a folder."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import warm
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.stores import migrated

CHAT = -1001
PERSON = 42
Started = asyncio.subprocess.Process | warm.Program
WITHIN = 120.0
"""Seconds: a test fails when the desk needs longer, it never waits so long."""


@dataclass
class Town:
    """A folder, Slack and Telegram; desks come and go."""

    folder: Path
    slack: SlackDouble
    telegram: TelegramDouble
    desks: list[Started] = field(default_factory=list)

    def configure(self, **tables: Any) -> None:
        """Write config.toml; ``tables`` add to what the doubles need."""
        options: dict[str, Any] = {
            "timezone": "UTC",
            "inbox": {"quiet": 0.2, "rescan": 1, "readers": 1},
            "access": {
                "allow": ["slack:T1", f"telegram:{CHAT}", f"telegram:{PERSON}"],
                "admins": ["slack:U1"],
            },
            "slack": {"api": self.slack.url},
            "telegram": {"api": self.telegram.base_url.removesuffix("/bot")},
            **tables,
        }
        (self.folder / "config.toml").write_text(toml(options), encoding="utf-8")

    @property
    def environ(self) -> dict[str, str]:
        """The tokens, and nothing of a failpoint."""
        inherited = {
            k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "SLACK_", "TELEGRAM_"))
        }
        return {
            **inherited,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "TELEGRAM_BOT_TOKEN": TOKEN,
        }

    async def start(
        self, *words: str, environ: Mapping[str, str] | None = None, module: str = "bot"
    ) -> warm.Program:
        """Start `copydesk`, by default `run`."""
        if module == "bot":
            words = ("--config", str(self.folder / "config.toml"), *(words or ("run",)))
        desk = await warm.Program.start(module, *words, environ={**self.environ, **(environ or {})})
        self.desks.append(desk)
        return desk

    async def start_cold(self, environ: Mapping[str, str] | None = None) -> asyncio.subprocess.Process:
        """Start `copydesk run` as a shell does, with its imports still to make."""
        desk = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "--config", str(self.folder / "config.toml"), "run",
            env={**self.environ, **(environ or {})}, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self.desks.append(desk)
        return desk

    async def open(self) -> Log:
        """A running desk that both platforms are connected to; its log."""
        log = Log(await self.start())
        await log.until("the desk is open")
        await self.telegram.listening(WITHIN)
        await self.slack.until(lambda: bool(self.slack.links), seconds=WITHIN)
        return log

    async def aclose(self) -> None:
        """End every desk that is left."""
        for desk in self.desks:
            if desk.returncode is None:
                desk.kill()
            await desk.communicate()


class Log:
    """What a desk writes to standard error, line by line."""

    def __init__(self, desk: Started) -> None:
        self.desk = desk
        self.lines: list[str] = []

    async def until(self, words: str) -> str:
        """The next line that holds ``words``."""
        assert self.desk.stderr is not None
        try:
            async with asyncio.timeout(WITHIN):
                while line := (await self.desk.stderr.readline()).decode():
                    self.lines.append(line)
                    if words in line:
                        return line
        except TimeoutError:
            raise AssertionError(f"no {words!r} in:\n" + "".join(self.lines)) from None
        raise AssertionError("the desk ended:\n" + "".join(self.lines))

    async def close(self) -> int:
        """End the desk with SIGTERM; its exit status."""
        self.desk.send_signal(signal.SIGTERM)
        _, rest = await asyncio.wait_for(self.desk.communicate(), WITHIN)
        self.lines.append(rest.decode())
        assert self.desk.returncode is not None
        return self.desk.returncode


def toml(options: Mapping[str, Any]) -> str:
    """Tables of plain values, and lists of tables, as TOML."""
    plain = [f"{k} = {json.dumps(v)}" for k, v in options.items() if not _is_table(v)]
    parts = ["\n".join(plain)]
    for name, value in options.items():
        if isinstance(value, Mapping):
            parts.append(f"[{name}]\n" + "\n".join(f"{k} = {json.dumps(v)}" for k, v in value.items()))
        elif _is_table(value):
            parts += [
                f"[[{name}]]\n" + "\n".join(f"{k} = {json.dumps(v)}" for k, v in one.items()) for one in value
            ]
    return "\n\n".join(parts) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """A town with one Slack channel, one Telegram group and one person in each."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(SlackDouble())
        telegram = await stack.enter_async_context(TelegramDouble())
        telegram.chat(CHAT, "supergroup", title="Desk")
        telegram.chat(PERSON, state="member")
        migrated(folder / "data" / "copydesk.db")
        place = Town(folder, slack, telegram)
        place.configure()
        stack.push_async_callback(place.aclose)
        yield place
