"""The log: secrets are taken out, libraries' small messages left out, and repeated warnings counted."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from bot.runtime.redaction import ADDRESSES, Redactor, Secrets, spellings, withheld, withhold
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
        self.redacted = Redactor((*secrets, *ADDRESSES))

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its secrets; reasons in it are told in English."""
        with speaking("en"):
            record.msg, record.args = self.redacted(words_of(record)), ()
        record.name = self.redacted(record.name)
        if record.exc_info and record.exc_info[1] and not record.exc_text:
            record.exc_text = trace_of(record.exc_info[1])
        if record.exc_text:
            record.exc_text = self.redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redacted(record.stack_info)
        return True


class ClosedRecord(logging.LogRecord):
    """A record whose message, trace, stack and logger's name have no secret of the process, whoever's handler writes them."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.name = _closed(self.name or "")  # makeLogRecord() has none yet
        if self.exc_info and self.exc_info[1]:
            self.exc_text = _closed(trace_of(self.exc_info[1]))
        if self.stack_info:
            self.stack_info = _closed(self.stack_info)

    def getMessage(self) -> str:  # noqa: N802 - logging's name
        """The message without secrets; with the arguments beside it where they do not fit."""
        try:
            return _closed(super().getMessage())
        except Exception:  # noqa: BLE001 - logging itself would write the arguments with what it raised
            return _closed(f"{self.msg!r} % {self.args!r}")


def _closed(text: str) -> str:
    return Redactor((*withheld().secrets, *ADDRESSES))(text)


def trace_of(error: BaseException) -> str:
    """The error with its trace, its causes and notes."""
    return "".join(traceback.format_exception(error)).rstrip()


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
                window.more, window.last = window.more + 1, _bare(record)
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
        over = round(window.seconds - max(window.ends - self._now(), 0))
        window.last.msg = f"{window.last.msg} ({window.more} more like it in {over} s)"
        super().handle(window.last)


def _bare(record: logging.LogRecord) -> logging.LogRecord:
    """The record with its words alone: an error among its arguments, or its trace, would hold what their frames held."""
    bare = logging.makeLogRecord(record.__dict__)
    bare.msg, bare.args = words_of(record), ()
    bare.exc_info, bare.exc_text, bare.stack_info = None, None, None
    return bare


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


def close(secrets: Secrets, settings: LogSettings) -> None:
    """Let nothing that this process writes by itself have a secret: records for any handler, warnings, and what nobody caught.

    ``secrets`` are what tokens look like, beside those that ``settings`` knows. A hook that somebody else has set stays theirs.
    """
    withhold((*secrets, *spellings(settings.secrets)))
    logging.setLogRecordFactory(ClosedRecord)
    logging.captureWarnings(capture=True)
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _unraisable
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: object) -> None:  # noqa: ARG001 - as Python calls it
    sys.stderr.write(f"{_closed(trace_of(error))}\n")


def _in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        name = told.thread.name if told.thread else "a thread"
        logging.getLogger(__name__).error("%s ended: %s", name, trace_of(told.exc_value))


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    words = trace_of(told.exc_value) if told.exc_value is not None else told.exc_type.__name__
    logging.getLogger(__name__).error("nobody could be told (%r): %s", told.object, words)


def start(secrets: Secrets, loggers: Mapping[str, int], settings: LogSettings) -> None:
    """Write one line a record to standard error, from INFO on; warnings of one kind are counted.

    ``secrets`` are what tokens look like, beside those that ``settings`` knows. ``loggers`` and ``LIBRARIES`` are heard
    from their levels on.
    """
    close(secrets, settings)
    root = logging.getLogger()
    root.addHandler(handler_to(None, secrets, settings))
    root.setLevel(logging.INFO)
    quieten({**LIBRARIES, **loggers})
