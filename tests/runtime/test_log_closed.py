"""No secret leaves a process by itself: whichever logger, handler, hook, receipt, command or number it comes through."""

from __future__ import annotations

import base64
import importlib
import io
import json
import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from bot import config
from bot.cli.commands import copydesk
from bot.domain.errors import ConfigError, StoreError
from bot.domain.reasons import in_words
from bot.inbox import receipts
from bot.platforms import TOKENS
from bot.runtime import log, redaction
from bot.runtime.health import Health, Queue, Seen
from bot.runtime.log import JsonLines, LogSettings
from bot.runtime.metrics import Counted, Metrics
from bot.runtime.workers import WorkerPool, WorkerSettings
from tests.fakes import NOON, FakeClock

TELEGRAM, SLACK, INBOX = (
    "7000000001:AAfictional-token_of_a_test",
    "xoxb-fictional-0123456789",
    "inbox-s3cret/+of=test",
)
KNOWN = {"TELEGRAM_BOT_TOKEN": TELEGRAM, "SLACK_BOT_TOKEN": SLACK, "INBOX_TOKEN": INBOX}
SPELLED = {
    "as it is": str,
    "for an address": lambda text: f"https://api.example/bot{quote(text, safe='')}/x",
    "basic auth": lambda text: base64.b64encode(f"desk:{text}".encode()).decode(),
    "basic auth of another length": lambda text: base64.b64encode(f"editor:{text}!".encode()).decode(),
    "for the web": lambda text: base64.urlsafe_b64encode(f"a:{text}".encode()).decode(),
}
IN_BASE64 = ("basic auth", "basic auth of another length", "for the web")
ROOMS = (
    *(
        "app",
        "cli.daemon",
        "cli.worker",
        "queue.working",
        "sources.http",
        "sources.mailbox.imap",
        "web.server",
    ),
    *(f"chat.{name}.messenger" for name in ("slack", "telegram", "email", "console")),
)
"""With these come the platforms, the queue and the sources, and the loggers of their libraries."""


@pytest.fixture
def closed() -> Iterator[None]:
    made, before = logging.getLogRecordFactory(), redaction.withheld()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    log.close(TOKENS, LogSettings("text", KNOWN))
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    logging.setLogRecordFactory(made)
    redaction.withhold(before.secrets)


def leaks(text: str) -> list[str]:
    """What of the secrets the text has, in any spelling; of base64 also what is left when its ends are cut off."""
    spelled = {name: [spell(secret) for secret in KNOWN.values()] for name, spell in SPELLED.items()}
    cut = [one[12:-8] for name, ways in spelled.items() if name in IN_BASE64 for one in ways]
    return [one for one in (*(way for ways in spelled.values() for way in ways), *cut) if one in text]


def raised(text: str) -> Exception:
    """An error that has the text in its arguments, its notes, its cause and its context."""
    try:
        try:
            raise OSError(5, text)  # noqa: TRY301 - the chain is the subject
        except OSError as cause:
            error = ValueError(text, {"token": text})
            error.add_note(text)
            raise error from cause
    except ValueError as error:
        return error


@pytest.mark.usefixtures("closed")
def test_no_logger_of_the_process_gives_a_secret_to_any_handler():
    """Handlers are added later, have formatters and no filters of the desk's, and stand at each logger itself."""
    for room in ROOMS:
        importlib.import_module(f"bot.{room}")
    stream, loud = io.StringIO(), io.StringIO()
    plain, lines = logging.StreamHandler(stream), logging.StreamHandler(loud)
    plain.setFormatter(logging.Formatter("%(name)s %(message)s"))
    lines.setFormatter(JsonLines())
    names = [None, *sorted(logging.root.manager.loggerDict)]
    assert {"slack_sdk", "telegram", "httpx", "procrastinate", "aiohttp.access", "bot.cli.daemon"} <= {*names}
    said = [(spell(secret), raised(spell(secret))) for secret in KNOWN.values() for spell in SPELLED.values()]
    for name in names:
        logger = logging.getLogger(name)
        if type(logger).handle is not logging.Logger.handle:
            continue
        for handler in (plain, lines):
            logger.addHandler(handler)
            for text, error in said[:: 1 if name is None else len(SPELLED) + 1]:
                record = logger.makeRecord(
                    logger.name, logging.ERROR, "a", 1, "%s", (text,), (type(error), error, None), sinfo=text
                )
                handler.handle(record)
                handler.handle(logger.makeRecord(f"a.{text}", logging.ERROR, "a", 1, "%d", (text,), None))
            logger.removeHandler(handler)
    assert stream.getvalue().count("ValueError") > len(names)
    assert leaks(stream.getvalue()) == []
    assert leaks(loud.getvalue()) == []


ENDS = """
import asyncio, base64, logging, os, sys, threading, warnings
from bot.platforms import TOKENS
from bot.runtime import log
from tests.runtime.test_log_closed import KNOWN, raised
told = " ".join([*KNOWN.values(), *(base64.b64encode(f"desk:{one}".encode()).decode() for one in KNOWN.values())])
log.close(TOKENS, log.LogSettings("json", KNOWN))

class Gone:
    def __repr__(self): return f"Gone({told})"
    def __del__(self): raise raised(told)

def ends(): raise raised(told)
async def lost():
    asyncio.get_running_loop().create_task(failing())
    asyncio.get_running_loop().call_exception_handler({"message": told, "exception": raised(told), "note": told})
    await asyncio.sleep(0)
    await asyncio.sleep(0)
async def failing(): raise raised(told)

if START: log.start(TOKENS, {}, log.LogSettings("json", KNOWN))
warnings.warn(told)
thread = threading.Thread(target=ends, name=told); thread.start(); thread.join()
Gone()
asyncio.run(lost())
print("still here", file=sys.stderr)
ends()
"""


@pytest.mark.parametrize("start", [False, True])
@pytest.mark.sampled(1)
def test_what_nobody_caught_ends_without_a_secret(start):
    ended = subprocess.run(
        [sys.executable, "-c", ENDS.replace("START", str(start))],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 1
    assert "still here" in ended.stderr
    assert ended.stderr.count("ValueError") >= 4
    assert leaks(ended.stderr + ended.stdout) == []


def noisy(text: str) -> None:
    """What a parser may do in a process that reads."""
    warnings.warn(text, stacklevel=1)
    thread = threading.Thread(target=int, args=[text], name=text)
    thread.start()
    thread.join()
    logging.getLogger("a.parser").error("broken: %s", text)
    del Dying(text).text


class Dying:
    """Its end cannot be told to anybody."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __del__(self) -> None:
        raise ValueError(repr(vars(self)), TELEGRAM)


async def test_processes_that_read_say_nothing_of_what_they_read(capfd):
    pool = WorkerPool(WorkerSettings(processes=1))
    try:
        await pool.run(noisy, TELEGRAM)
    finally:
        await pool.aclose()
    assert leaks("".join(capfd.readouterr())) == []


@pytest.mark.usefixtures("closed")
def test_a_receipt_has_no_secret_of_the_desk(tmp_path):
    answered = receipts.Receipt(
        f"{SLACK}.txt",
        "unreadable",
        datetime(2031, 3, 4, tzinfo=UTC),
        title=f"The token is {INBOX}, bearer understanding",
        reason=in_words(f"{TELEGRAM} has no text"),
        parts=(receipts.Receipt("1", "new", datetime(2031, 3, 4, tzinfo=UTC), title=TELEGRAM),),
    )
    receipts.write(answered, tmp_path / "a.receipt.json")
    text = (tmp_path / "a.receipt.json").read_text()
    assert leaks(text) == []
    assert json.loads(text)["title"] == "The token is (INBOX_TOKEN), bearer understanding", "words stay words"


def test_a_mistake_in_the_configuration_is_told_without_the_secret_that_it_has():
    wrong = {
        "timezone": INBOX,
        "owner": {"to": SLACK},
        "channels": [{"name": "a", "to": TELEGRAM}],
        SLACK: 1,
        "store": {"url": "postgresql://desk:an-0ther@db.example/x", "pool": f"https://a:{INBOX}@b"},
    }
    with pytest.raises(ConfigError) as found:
        config.build(wrong, Path(), {**KNOWN, "DATABASE_URL": "postgresql://desk:an-0ther@db.example/x"})
    assert len(found.value.problems) >= 4
    assert leaks(str(found.value)) == []
    assert "an-0ther" not in str(found.value)


@pytest.mark.usefixtures("closed")
def test_a_command_that_fails_and_the_check_tell_no_secret(tmp_path, monkeypatch):
    (tmp_path / "config.toml").write_text('[store]\nurl = "sqlite:///copydesk.db"\n')
    for name, value in {
        "INBOX_TOKEN": INBOX,
        "DATABASE_URL": "postgresql://desk:an-0ther@127.0.0.1:1/x",
    }.items():
        monkeypatch.setenv(name, value)

    async def refused(*_: object, **__: object) -> None:
        raise StoreError(f"the server said {TELEGRAM} {INBOX} postgresql://desk:an-0ther@127.0.0.1:1/x")

    monkeypatch.setattr("bot.cli.check.open_store", refused)
    monkeypatch.setattr("bot.app.open_store", refused)
    for command in ("check", "reindex", "stats"):
        done = CliRunner().invoke(
            copydesk, ["--config", str(tmp_path / "config.toml"), command], env=os.environ
        )
        assert done.exit_code == 1
        assert leaks(done.output) == []
        assert "an-0ther" not in done.output


def test_numbers_have_no_labels_that_others_choose():
    """Whatever files, sources and errors are called: labels are outcomes, platforms, states and loops."""
    metrics = Metrics()
    metrics.article("new")
    metrics.answer("slack", 1.0)
    text = metrics.written(
        Health(FakeClock(NOON)).report(Seen({"slack": True})),
        Counted({("slack", "posted"): 1}, 0.0, {"ok": 1}, Queue({("reading", "waiting"): 1})),
    )
    names = {
        name for line in text.splitlines() for name in line.partition("{")[2].partition("}")[0].split(",")
    }
    assert {one.partition("=")[0] for one in names} <= {
        "",
        "outcome",
        "platform",
        "state",
        "loop",
        "le",
        "version",
        "kind",
    }
