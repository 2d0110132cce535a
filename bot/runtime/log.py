"""The log: what may not be written there, and whose chatter is left out."""

from __future__ import annotations

import logging
import re
import traceback

_SECRETS = (
    (re.compile(r"(?<!\d)\d{3,17}(?::|%3A)[\w-]{20,}"), "(telegram token)"),
    (re.compile(r"xox[a-z]?[.-][\w.-]{6,}|xapp-[\w-]{6,}"), "(slack token)"),
    (re.compile(r"(?<=://)([^\s:/@]{0,100}):(?!\d{1,5}/)\S{1,300}@"), r"\1:(password)@"),
)

VENDORS = {
    "httpx": logging.WARNING,  # INFO shows each address, and Telegram's have the token in them
    "httpcore": logging.WARNING,
    "telegram": logging.CRITICAL,  # each error of a call reaches the messenger, which says it once
    "slack_sdk": logging.WARNING,  # DEBUG shows requests with their headers
    "slack_bolt": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "alembic": logging.WARNING,  # INFO tells each migration twice
    "apscheduler": logging.WARNING,  # INFO has two lines a tick
    "watchfiles": logging.WARNING,
}
"""Libraries' loggers, and from which level on they are heard."""


def quiet_vendors() -> None:
    """Leave out what the libraries say below the levels of ``VENDORS``."""
    for name, level in VENDORS.items():
        logging.getLogger(name).setLevel(level)


def redacted(text: str) -> str:
    """The text without Telegram's and Slack's tokens, and passwords in addresses."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class Redaction(logging.Filter):
    """Takes secrets out of every record, tracebacks included.

    Belongs on handlers: a logger's own filters do not see what its children write.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its secrets."""
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info and record.exc_info[1] and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(record.exc_info[1])).rstrip()
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        return True


def start() -> None:
    """Write one line a record to standard error, from INFO on, without secrets and vendors' chatter."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    handler.addFilter(Redaction())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    quiet_vendors()
