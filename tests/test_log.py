from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.runtime.log import VENDORS, Redaction, quiet_vendors, redacted
from tests.doubles.telegram import TOKEN

SECRETS = (
    TOKEN,
    "xoxb-fictional-0123456789-abc",
    "xapp-1-A01-fictional",
    "s3cret-p@ssword",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream, log = io.StringIO(), logging.getLogger("a.library")
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction())
    log.addHandler(handler)
    log.propagate = False
    yield stream
    log.removeHandler(handler)
    log.propagate = True


def test_no_secret_is_written(written):
    log = logging.getLogger("a.library.child")
    log.warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    log.warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN.replace(":", "%3A"))
    log.warning({"Authorization": f"Bearer {SECRETS[1]}"})
    log.warning("%s and %s", SECRETS[1], SECRETS[2])
    log.warning("postgresql+psycopg://desk:%s@db.example/copydesk", SECRETS[3])
    try:
        int(TOKEN)
    except ValueError:
        log.exception("no luck with %s", TOKEN, stack_info=True)
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
    assert redacted(text) == text


def test_vendors_are_quiet():
    before = {name: logging.getLogger(name).level for name in VENDORS}
    quiet_vendors()
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("telegram.ext").isEnabledFor(logging.ERROR)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
