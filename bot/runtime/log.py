"""The log: secrets are taken out, libraries' small messages left out, and repeated warnings counted."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, TextIO

from bot.runtime.redaction import ADDRESSES, Secrets, spellings
from bot.wording.language import speaking

Format = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the log is written, and the ``secrets`` by name that may not stand in it."""

    format: Format = "text"
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


LIBRARIES = {
    "aiohttp.access": logging.WARNING,
    "alembic": logging.WARNING,  # INFO tells each migration twice
    "apscheduler": logging.WARNING,  # INFO has two lines a tick
    "procrastinate": logging.WARNING,  # INFO has three lines a job
    "psycopg.pool": logging.ERROR,  # whoever asked is told that a connection was lost
    "httpx": logging.WARNING,  # INFO has a line a request
    "watchfiles": logging.WARNING,
}
"""Libraries' loggers, and from which level on they are heard; each platform names its own besides."""


FIRST, LONGEST = 60.0, 3600.0
"""Seconds in which warnings of one kind are counted; each such window is twice as long as the one before."""

MOST_KINDS = 1000
"""Kinds that are counted at a time: with more, the oldest is summed up and begins anew."""


def quieten(loggers: Mapping[str, int]) -> None:
    """Leave out what is said below these levels."""
    for name, level in loggers.items():
        logging.getLogger(name).setLevel(level)


class Redaction(logging.Filter):
    """Takes ``secrets`` and passwords in addresses out of every record, tracebacks and its logger's name included.

    Belongs on handlers: a logger's own filters do not see what its children write.
    """

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = (*secrets, *ADDRESSES)

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its secrets; reasons in it are told in English."""
        with speaking("en"):
            record.msg, record.args = self.redacted(words_of(record)), ()
        record.name = self.redacted(record.name)
        if record.exc_info and record.exc_info[1] and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(record.exc_info[1])).rstrip()
        if record.exc_text:
            record.exc_text = self.redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redacted(record.stack_info)
        return True

    def redacted(self, text: str) -> str:
        """The text without secrets."""
        for pattern, instead in self._secrets:
            text = pattern.sub(instead, text)
        return text


def words_of(record: logging.LogRecord) -> str:
    """The record's message; of one whose arguments do not fit it, both as they are."""
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a message that is wrong must not end who has it, nor be written by logging itself
        return f"{record.msg!r} % {record.args!r}"


class JsonLines(logging.Formatter):
    """A JSON object a line, in ASCII: ``time`` in UTC, ``level``, ``logger``, ``message``, and ``exception`` and ``stack`` if any."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, of a record that is redacted already."""
        at = datetime.fromtimestamp(record.created, UTC)
        told = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words_of(record),
            "exception": record.exc_text,
            "stack": record.stack_info,
        }
        return json.dumps({name: _whole(text) for name, text in told.items() if text is not None})


def _whole(text: str) -> str:
    """The text without half characters, which many readers of JSON refuse."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


Kind = tuple[object, ...]


def kind_of(record: logging.LogRecord) -> Kind:
    """What makes records repetitions of each other: logger, level and template, and where an exception came from.

    A template without words of its own, such as "%s", says nothing: there the whole text has to be the same.
    """
    template = str(record.msg)
    words = template if re.search(r"[^\W\d_]{2}", re.sub(r"%[-#0 +]*[\d.]*[a-zA-Z]", "", template)) else None
    raised: Kind = ()
    if record.exc_info and (error := record.exc_info[1]):
        frames = traceback.extract_tb(error.__traceback__)
        raised = (type(error), *((frames[-1].filename, frames[-1].lineno) if frames else ()))
    return record.name, record.levelno, words or words_of(record), *raised


@dataclass(slots=True)
class _Window:
    ends: float
    seconds: float
    more: int = 0
    last: logging.LogRecord | None = None


class Counting(logging.StreamHandler[TextIO]):
    """Writes the first warning of a kind at once, and counts those that follow within a window.

    Its end brings one line with the last of them and their number, and a longer window; after one
    without any the kind is new again. What is less than a warning is written as it comes.
    """

    def __init__(self, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream)
        self._now = now
        self._windows: dict[Kind, _Window] = {}

    def handle(self, record: logging.LogRecord) -> bool:
        """Write or count the record; whether it was written."""
        with self._held():
            self.sum_up()
            if record.levelno < logging.WARNING:
                return bool(super().handle(record))
            kind = kind_of(record)
            if window := self._windows.get(kind):
                window.more, window.last = window.more + 1, record
                return False
            if len(self._windows) >= MOST_KINDS:
                self._told(self._windows.pop(next(iter(self._windows))))
            self._windows[kind] = _Window(self._now() + FIRST, FIRST)
            return bool(super().handle(record))

    def sum_up(self) -> None:
        """End the windows whose time is over. Whoever has a tick calls this: a quiet log has no other."""
        with self._held():
            now = self._now()
            for kind, window in [
                (kind, window) for kind, window in self._windows.items() if window.ends <= now
            ]:
                del self._windows[kind]
                if window.more:
                    longer = min(2 * window.seconds, LONGEST)
                    self._windows[kind] = _Window(now + longer, longer)
                    self._told(window)

    def close(self) -> None:
        """Sum up what was counted, whatever time is left."""
        with self._held():
            windows, self._windows = self._windows, {}
            for window in windows.values():
                self._told(window)
        super().close()

    def _held(self) -> threading.RLock:
        assert self.lock is not None
        return self.lock

    def _told(self, window: _Window) -> None:
        if window.last is None:
            return
        line = logging.makeLogRecord(window.last.__dict__)
        over = round(window.seconds - max(window.ends - self._now(), 0))
        line.msg = f"{words_of(window.last)} ({window.more} more like it in {over} s)"
        line.args, line.exc_info, line.exc_text, line.stack_info = (), None, None, None
        super().handle(line)


def sum_up() -> None:
    """End the windows whose time is over, of every handler that counts."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, Counting):
            handler.sum_up()


def handler_to(stream: TextIO | None, secrets: Secrets, settings: LogSettings) -> Counting:
    """Writes a line a record to ``stream`` (``None``: standard error), without any secret."""
    handler = Counting(stream)
    plain = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(JsonLines() if settings.format == "json" else plain)
    handler.addFilter(Redaction((*secrets, *spellings(settings.secrets))))
    return handler


def start(secrets: Secrets, loggers: Mapping[str, int], settings: LogSettings) -> None:
    """Write one line a record to standard error, from INFO on; warnings of one kind are counted.

    ``secrets`` are what tokens look like, beside those that ``settings`` knows. ``loggers`` and ``LIBRARIES`` are heard
    from their levels on.
    """
    root = logging.getLogger()
    root.addHandler(handler_to(None, secrets, settings))
    root.setLevel(logging.INFO)
    quieten({**LIBRARIES, **loggers})
