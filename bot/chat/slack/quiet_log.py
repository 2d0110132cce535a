"""The log of Slack's own libraries, without tokens, tickets and people's words."""

from __future__ import annotations

import logging
import re

_SECRET = re.compile(r"xox[a-z][.-][\w.-]+|xapp-[\w-]+|(?<=ticket=)[\w%.~-]+|(?<=hooks\.slack\.com/)\S+")


def told(text: str) -> str:
    """The text without tokens, the tickets of connections and the paths of response_urls."""
    return _SECRET.sub("(secret)", text)


class WithoutSecrets(logging.Filter):
    """Takes secrets out of a record, and its traceback: vendors' exceptions show requests with headers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record, without secrets."""
        record.msg, record.args = told(record.getMessage()), ()
        record.exc_info, record.exc_text = None, None
        return True


def vendor_log() -> logging.Logger:
    """The logger for slack_sdk: warnings and errors, without secrets. Below, it shows payloads."""
    return _without_secrets("bot.chat.slack.messenger.vendor", logging.WARNING)


def bolt_log() -> logging.Logger:
    """The logger for Bolt: errors, without secrets. Its warnings quote payloads, and complain of tokens in the environment."""
    return _without_secrets("bot.chat.slack.messenger.bolt", logging.ERROR)


def _without_secrets(name: str, level: int) -> logging.Logger:
    log = logging.getLogger(name)
    log.setLevel(level)
    if not log.filters:
        log.addFilter(WithoutSecrets())
    return log
