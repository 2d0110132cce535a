from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from weakref import ReferenceType, ref

import pytest

from bot.platforms import LOGGERS, TOKENS
from bot.runtime import log
from bot.runtime.log import Counting, Redaction, quieten
from tests.doubles.telegram import TOKEN

SECRETS = (
    TOKEN,
    "xoxb-fictional-0123456789-abc",
    "xapp-1-A01-fictional",
    "s3cret-p@ssword",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream, library = io.StringIO(), logging.getLogger("a.library")
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction(TOKENS))
    library.addHandler(handler)
    library.propagate = False
    yield stream
    library.removeHandler(handler)
    library.propagate = True


def test_no_secret_is_written(written):
    child = logging.getLogger("a.library.child")
    child.warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    child.warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN.replace(":", "%3A"))
    child.warning({"Authorization": f"Bearer {SECRETS[1]}"})
    child.warning("%s and %s", SECRETS[1], SECRETS[2])
    child.warning("postgresql+psycopg://desk:%s@db.example/copydesk", SECRETS[3])
    try:
        int(TOKEN)
    except ValueError:
        child.exception("no luck with %s", TOKEN, stack_info=True)
    shown = written.getvalue()
    assert not [secret for secret in SECRETS if secret in shown]
    assert TOKEN.partition(":")[2] not in shown
    assert "/bot(telegram token)/sendMessage" in shown
    assert "postgresql+psycopg://desk:(password)@db.example/copydesk" in shown
    assert "Traceback" in shown


@pytest.mark.parametrize(
    "text",
    [
        "12:30 and 2031-03-04T12:00:00+00:00",
        "https://gazette.example:8080/a@b",
        "telegram:-1001234/45 was refused",
        "sqlite:///data/copydesk.db",
    ],
)
def test_what_is_no_secret_stays(text):
    assert Redaction(TOKENS).redacted(text) == text


def test_vendors_are_quiet():
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    quieten(LOGGERS)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("telegram.ext").isEnabledFor(logging.ERROR)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


class Told:
    """A handler on a logger of its own, and what it wrote; time passes when it is told to."""

    def __init__(self) -> None:
        self.stream, self.time = io.StringIO(), 0.0
        self.handler = Counting(self.stream, lambda: self.time)
        self.handler.addFilter(Redaction(TOKENS))
        self.log = logging.Logger("a.desk")  # noqa: LOG001 - known to nobody else
        self.log.addHandler(self.handler)

    @property
    def lines(self) -> list[str]:
        return self.stream.getvalue().splitlines()


def test_a_warning_every_second_is_one_line_and_then_a_count():
    told = Told()
    for second in range(600):
        told.time = float(second)
        told.log.warning("the store is out: %s", "no such host")
    assert told.lines == [
        "the store is out: no such host",
        "the store is out: no such host (59 more like it in 60 s)",
        "the store is out: no such host (120 more like it in 120 s)",
        "the store is out: no such host (240 more like it in 240 s)",
    ]
    told.handler.close()
    assert told.lines[-1] == "the store is out: no such host (180 more like it in 179 s)"
    assert len(told.lines) == 5


def test_kinds_that_take_turns_are_counted_each():
    told = Told()
    for second in range(60):
        told.time = float(second)
        told.log.warning("posting waits: %s", second)
        told.log.error("a lease could not be renewed: %s", second)
        told.log.info("a.txt: new")
    told.time = 60.0
    told.handler.sum_up()
    kinds = [line for line in told.lines if line != "a.txt: new"]
    assert len(told.lines) - len(kinds) == 60
    assert kinds == [
        "posting waits: 0",
        "a lease could not be renewed: 0",
        "posting waits: 59 (59 more like it in 60 s)",
        "a lease could not be renewed: 59 (59 more like it in 60 s)",
    ]


def test_after_a_window_without_any_the_kind_is_new():
    told = Told()
    told.log.warning("the disk is full")
    told.time = 60.0
    told.log.warning("the disk is full")
    told.handler.close()
    assert told.lines == ["the disk is full"] * 2


def test_texts_behind_a_template_without_words_are_kinds_of_their_own():
    told = Told()
    for chat in "ABAB":
        told.log.warning("%s", f"posting to slack:{chat} waits")
        told.log.warning("%s: %d", chat, 1)
    assert told.lines == ["posting to slack:A waits", "A: 1", "posting to slack:B waits", "B: 1"]


def test_exceptions_of_one_place_are_one_kind_and_those_of_another_are_not():
    told = Told()
    for text in ("1.5", "2.5", "3.5"):
        try:
            int(text)
        except ValueError:
            told.log.exception("it failed")
    assert told.stream.getvalue().count("Traceback") == 1
    try:
        {}["key"]
    except KeyError:
        told.log.exception("it failed")
    assert told.stream.getvalue().count("Traceback") == 2


def test_a_count_holds_nothing_of_what_it_counts():
    class Bytes:
        """Stands for a large file."""

    counting, held = Counting(io.StringIO()), list[ReferenceType[Bytes]]()

    def fails() -> None:
        data = Bytes()
        held.append(ref(data))
        raise OSError("no room")

    for _ in range(2):
        try:
            fails()
        except OSError as error:
            record = logging.makeLogRecord(
                {
                    "levelno": logging.ERROR,
                    "msg": "not kept: %s",
                    "args": (error,),
                    "exc_info": sys.exc_info(),
                }
            )
            counting.handle(record)
            del record
    assert [one() for one in held] == [None, None]
    counting.close()


def test_a_count_has_no_secret():
    told = Told()
    for _ in range(2):
        told.log.warning("%s is refused", TOKEN)
    told.handler.close()
    assert told.lines == [
        "(telegram token) is refused",
        "(telegram token) is refused (1 more like it in 0 s)",
    ]


def test_kinds_without_end_are_not_all_kept(monkeypatch):
    monkeypatch.setattr(log, "MOST_KINDS", 3)
    told = Told()
    for number in (1, 1, 2, 3, 4, 1):
        told.log.warning("%s", f"kind {number}")
    assert told.lines == ["kind 1", "kind 2", "kind 3", "kind 1 (1 more like it in 0 s)", "kind 4", "kind 1"]


def test_a_tick_ends_the_windows_of_the_log_that_was_started():
    told, root = Told(), logging.getLogger()
    root.addHandler(told.handler)
    try:
        told.log.warning("again")
        told.log.warning("again")
        told.time = 60.0
        log.sum_up()
    finally:
        root.removeHandler(told.handler)
    assert told.lines == ["again", "again (1 more like it in 60 s)"]
