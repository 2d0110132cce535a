"""Every secret of the environment, attacked: in whatever way it reaches the log, in both formats, it is not written."""

from __future__ import annotations

import html
import io
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.domain.errors import ConfigError
from bot.platforms import TOKENS
from bot.runtime.log import LogSettings, handler_to
from bot.runtime.redaction import SHORTEST, spellings
from tests.doubles.telegram import TOKEN

PASSWORD = 'ö p@ss/w"o\\rd%41&<1>'
URLS = {
    "DATABASE_URL": f"postgresql://desk:{quote(PASSWORD, safe='')}@db.example/copydesk",
    "SMTP_URL": "smtps://desk:smtp-s3cret%2Bword@mail.example",
}
INSIDE = {"DATABASE_URL": PASSWORD, "SMTP_URL": "smtp-s3cret+word"}
"""The secret part of an address."""

ENVIRONMENT = {
    **{name: f"a/fictional+{name.lower()}=='{n}\"" for n, name in enumerate(config.SECRETS)},
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "SLACK_BOT_TOKEN": "xoxb-fictional-0123456789-abc",
    "SLACK_APP_TOKEN": "xapp-1-A01-fictional",
    **URLS,
}
SECRETS = {name: INSIDE.get(name, value) for name, value in ENVIRONMENT.items()}

SPELLED: dict[str, Callable[[str], Any]] = {
    "as it is": str,
    "percent-encoded": lambda text: quote(text, safe=""),
    "in small letters": lambda text: quote(text, safe="").lower() if text.islower() else quote(text),
    "as a form": quote_plus,
    "twice encoded": lambda text: quote(quote(text, safe=""), safe=""),
    "all of it encoded": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "repr": repr,
    "bytes": lambda text: text.encode(),
    "JSON": json.dumps,
    "JSON in JSON": lambda text: json.dumps(json.dumps({"a": text})),
    "HTML": html.escape,
    "nested": lambda text: {"headers": [("Authorization", f"Bearer {text}"), {"deep": (text,)}]},
    "an error's words": ValueError,
    "in an address": lambda text: f"https://api.example/bot{quote(text, safe='')}/x?token={quote_plus(text)}",
}


class Nasty(Exception):
    """Says its secret wherever an error can."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)
        self.add_note(f"a note: {text}")

    def __repr__(self) -> str:
        return f"Nasty({self.text!r})"


def raised(text: str) -> Nasty:
    try:
        try:
            raise OSError(1, text, f"/srv/{text}")  # noqa: TRY301 - the chain is the subject
        except OSError as cause:
            raise ExceptionGroup(text, [Nasty(text), ValueError({"a": text})]) from cause
    except ExceptionGroup as group:
        group.add_note(text)
        error = Nasty(text)
        error.__context__ = group
        return error


WAYS: dict[str, Callable[[logging.Logger, Any], None]] = {
    "message": lambda log, it: log.warning(it),
    "within a message": lambda log, it: log.warning(f"refused: {it}."),  # noqa: G004 - as some library may
    "argument": lambda log, it: log.warning("refused: %s", it),
    "argument's repr": lambda log, it: log.warning("refused: %r and %s", it, 1),
    "named argument": lambda log, it: log.warning("refused: %(it)s", {"it": it}),
    "nested argument": lambda log, it: log.warning("refused: %s", [{"a": (it, {"b": it})}]),
    "argument too many": lambda log, it: log.warning("refused: %s", 1, it),  # noqa: PLE1205 - as some library may
    "argument of a wrong kind": lambda log, it: log.warning("refused: %d", it),
    "exception": lambda log, it: log.error("refused", exc_info=raised(str(it))),
    "stack": lambda log, it: log.error("refused %s", it, stack_info=True),
    "logger": lambda log, it: log.handle(
        log.makeRecord(f"a.{it}", logging.ERROR, "a", 1, "refused", (), None)
    ),
    "extra": lambda log, it: log.warning("refused", extra={"it": it}),
    "again and again": lambda log, it: [log.warning("refused: %s", it) for _ in range(3)] and None,
}


@pytest.fixture(params=["text", "json"])
def written(request) -> tuple[logging.Logger, Callable[[], str]]:
    stream = io.StringIO()
    handler = handler_to(stream, TOKENS, LogSettings(request.param, ENVIRONMENT))
    log = logging.Logger("attacked")  # noqa: LOG001 - known to nobody else
    log.addHandler(handler)

    def shown() -> str:
        handler.close()
        lines = stream.getvalue()
        if request.param == "json":
            assert all(
                {"time", "level", "logger", "message"} <= {*json.loads(line)} for line in lines.splitlines()
            )
        return lines

    return log, shown


def undone(text: str) -> set[str]:
    """The text as whoever reads it can make it readable again."""
    found = {text}
    for _ in range(4):
        more = {unquote_plus(one) for one in found} | {html.unescape(one) for one in found}
        more |= {
            one.encode("latin-1", "backslashreplace").decode("unicode_escape", "replace") for one in found
        }
        more |= {one.replace("\\", "") for one in found}
        found |= more
    return found | {one.encode("latin-1", "replace").decode("utf-8", "replace") for one in found}


@pytest.mark.filterwarnings("ignore:.*invalid.*escape:DeprecationWarning")
@pytest.mark.parametrize("way", WAYS)
def test_no_secret_is_written_whatever_way_it_comes(written, way):
    log, shown = written
    for name in config.SECRETS:
        for spelled in SPELLED.values():
            WAYS[way](log, spelled(SECRETS[name]))
            WAYS[way](log, spelled(ENVIRONMENT[name]))
    told = shown()
    assert "refused" in told or way == "message"
    readable = undone(told)
    plain = {name: SECRETS[name].replace("\\", "") for name in config.SECRETS}
    found = {name for name in plain for text in readable if SECRETS[name] in text or plain[name] in text}
    assert found == set()


def test_both_formats_keep_what_is_no_secret(written):
    log, shown = written
    log.warning("the database %s is locked: %s", "postgresql://desk@db.example/copydesk", "störung \u2028")
    try:
        raise ValueError("a reason")  # noqa: TRY301 - its traceback is wanted
    except ValueError:
        log.exception("failed")
    told = shown()
    assert "ValueError: a reason" in told
    assert "postgresql://desk@db.example/copydesk is locked" in told


def test_a_line_of_json_is_one_object_whatever_it_says():
    stream = io.StringIO()
    log = logging.Logger("a.desk")  # noqa: LOG001 - known to nobody else
    log.addHandler(handler_to(stream, (), LogSettings("json")))
    log.warning('two\nlines, "quotes", \x00, \u2028, ö and %s', "\ud800")
    try:
        raise ValueError("why")  # noqa: TRY301 - its traceback is wanted
    except ValueError:
        log.exception("failed", stack_info=True)
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert stream.getvalue().isascii()
    assert list(first) == ["time", "level", "logger", "message"]
    assert (first["level"], first["logger"]) == ("WARNING", "a.desk")
    assert first["message"] == 'two\nlines, "quotes", \x00, \u2028, ö and \ufffd'
    assert first["time"].endswith("+00:00")
    assert len(first["time"]) == len("2031-03-04T12:00:00.000+00:00")
    assert list(second) == ["time", "level", "logger", "message", "exception", "stack"]
    assert second["exception"].endswith("ValueError: why")


def test_what_is_no_secret_of_a_secret_stays():
    """The kind of a database, its host and its name; and passwords that are words of everybody."""
    known = {
        "DATABASE_URL": "postgresql://desk:news@db.example/copydesk",
        "SMTP_URL": "smtp://mail.example:25",
    }
    said = "copydesk tells news by smtp://mail.example:25 and postgresql://desk@db.example/copydesk"
    for pattern, instead in spellings(known):
        said = pattern.sub(instead, said)
    assert "(" not in said
    assert len("news") < SHORTEST


@given(st.text(st.characters(codec="utf-8"), min_size=SHORTEST, max_size=40), st.integers(0, 3))
def test_any_secret_is_found_however_often_it_is_encoded(secret, times):
    said = secret
    for _ in range(times):
        said = quote(said, safe="")
    ((pattern, instead),) = spellings({"INBOX_TOKEN": secret})
    assert pattern.sub(instead, f"a{said}b") == "a(INBOX_TOKEN)b"


@given(st.text("\\\"'%25", min_size=SHORTEST, max_size=30), st.text("\\\"'%25", max_size=2000))
def test_no_text_keeps_the_filter_busy(secret, said):
    """Not timed: where a pattern could try all ways of a text, this would not end."""
    ((pattern, instead),) = spellings({"INBOX_TOKEN": secret})
    pattern.sub(instead, said)


def test_the_configuration_hands_all_its_secrets_to_the_log():
    known = {name: value for name, value in ENVIRONMENT.items() if name != "SLACK_SIGNING_SECRET"}
    raw = {"log": {"format": "json"}, "email": {"sender": "Copydesk <desk@example.org>"}}
    loaded = config.build(raw, Path(), known)
    assert loaded.log.format == "json"
    assert dict(loaded.log.secrets) == known
    assert not [value for value in SECRETS.values() if value in repr(loaded)]
    with pytest.raises(ConfigError, match=r"log\.format"):
        config.build({"log": {"format": "xml"}}, Path(), {})
    password = config.build({"store": {"url": URLS["DATABASE_URL"]}}, Path(), {})
    assert password.log.secrets == {"DATABASE_URL": URLS["DATABASE_URL"]}, "from the file, too"
    assert sys.getsizeof(repr(password.log)) < 200
