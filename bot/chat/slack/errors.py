"""What Slack's refusals mean for the desk: may it try again, must somebody act, or does nobody know.

Error names: docs.slack.dev/reference/methods/chat.postMessage and its sisters. Vendor exceptions
end here; what is raised instead has none of them as its cause, because they may hold a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import BadCredentials, MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.wording.reasons import TEXTS

VENDOR = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError)
"""What slack_sdk may raise; ValueError is a body that is not what its header says."""

NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
"""No connection came about, so nothing can have been posted."""

PAUSE = 10.0
"""Seconds to wait where Slack cannot be reached; it names its own when it refuses for pace."""

RATE_PAUSE = 30.0
"""Seconds after a refusal for pace without a Retry-After: slack_sdk's own choice."""

DEAD = frozenset(
    {"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"}
    | {"not_allowed_token_type", "org_login_required", "link_disabled"}
)
PACED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
LOST = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack: "It's possible some aspect of the operation succeeded before the error was raised"."""

UNREADABLE = frozenset(
    {"not_in_channel", "missing_scope", "channel_not_found", "thread_not_found", "is_archived"}
    | {"no_permission", "access_denied", "method_not_supported_for_channel_type", "user_not_found"}
)
"""Refusals to read a history that no waiting will change."""

ABOUT_THE_MESSAGE = frozenset(
    {"msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text"}
    | {"metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema", "markdown_text_conflict"}
    | {"too_many_attachments", "invalid_arguments", "invalid_arg_name", "invalid_form_data"}
    | {
        "duplicate_message_not_allowed",
        "attachment_payload_limit_exceeded",
        "slack_connect_file_link_sharing_blocked",
    }
)
"""Refusals of one message; for any other the place takes nothing until somebody acts."""


ABOUT_THE_THREAD = frozenset({"thread_not_found", "cannot_reply_to_message", "message_not_found"})
"""Refusals of a message for its thread: somebody deleted the message that began it."""


def translated(error: BaseException, to: Address) -> MessengerError:
    """The desk's word for a vendor's exception during a call that posts something."""
    if isinstance(error, SlackApiError):
        return _answered(error, to)
    if isinstance(error, NOT_SENT):
        return RetryLater(to, Reason("slack.unreachable"), PAUSE)
    return Unconfirmed(to, Reason("slack.lost", error=type(error).__name__))


def while_reading(error: BaseException, to: Address) -> MessengerError:
    """The same for a call that only reads, which can be repeated."""
    trouble = translated(error, to)
    if isinstance(trouble, Unconfirmed):
        return RetryLater(to, Reason("slack.silent"), PAUSE)
    return trouble


def code_of(error: BaseException) -> str:
    """Slack's name of the error; empty where it gave none."""
    return str(_answer(error).get("error", ""))


def refusal(code: str, answer: Mapping[str, Any]) -> Reason:
    """What a refusal is about, and what would help."""
    if code == "missing_scope":
        remedy = Reason("slack.scope", scope=str(answer.get("needed", "?")))
    else:
        remedy = Reason(f"slack.refused.{code}")
        if remedy.code not in TEXTS:
            remedy = Reason("slack.refused")
    return Reason("slack.refusal", remedy=remedy, code=code)


def is_unreadable(refused: Refused) -> bool:
    """Whether a history stays closed to the app until somebody acts."""
    return dict(refused.reason.arguments).get("code") in UNREADABLE


def is_about_the_thread(refused: Refused) -> bool:
    """Whether the message is refused for the thread that it was meant for."""
    return dict(refused.reason.arguments).get("code") in ABOUT_THE_THREAD


def is_unseen(refused: Refused) -> bool:
    """Whether the app is no part of the conversation, or there is none."""
    return dict(refused.reason.arguments).get("code") == "channel_not_found"


TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
"""Refusals to show a form for a press that is too long ago, or has shown one."""


def is_too_late(refused: Refused) -> bool:
    """Whether a form comes too late for the press that wants it."""
    return dict(refused.reason.arguments).get("code") in TOO_LATE


def is_spent(refused: Refused) -> bool:
    """Whether the press has shown a form already."""
    return dict(refused.reason.arguments).get("code") == "exchanged_trigger_id"


def is_overtaken(refused: Refused) -> bool:
    """Whether a view was changed since it was seen last."""
    return dict(refused.reason.arguments).get("code") == "hash_conflict"


def _answered(error: SlackApiError, to: Address) -> MessengerError:
    code, status = code_of(error), _status(error)
    if status == 429 or code in PACED:
        return RetryLater(to, Reason("slack.pause"), retry_after(headers_of(error)))
    if code in DEAD:
        return BadCredentials(to, Reason("slack.token", code=code))
    if code in LOST or status >= 500 or status == 408:
        return Unconfirmed(to, Reason("slack.trouble", said=code or str(status)))
    if code:
        return Refused(to, refusal(code, _answer(error)), closed=code not in ABOUT_THE_MESSAGE)
    if 400 <= status < 500:  # a proxy's page: Slack answers with 200 and a name
        return RetryLater(to, Reason("slack.between", status=status), PAUSE)
    return Unconfirmed(to, Reason("slack.unreadable"))


def retry_after(headers: Mapping[str, Any]) -> float:
    """Seconds of the Retry-After header, under any case of its name."""
    for name, value in headers.items():
        if name.lower() == "retry-after":
            told = value[0] if isinstance(value, list | tuple) else value
            return float(told) if str(told).isdecimal() else RATE_PAUSE
    return RATE_PAUSE


def _answer(error: BaseException) -> Mapping[str, Any]:
    data = getattr(getattr(error, "response", None), "data", None)
    return data if isinstance(data, dict) else {}


def _status(error: SlackApiError) -> int:
    """slack_sdk gives its own response, or aiohttp's where the body could not be read."""
    response = error.response
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)


def headers_of(error: SlackApiError) -> Mapping[str, Any]:
    """The headers of Slack's answer; empty where it gave none."""
    headers = getattr(error.response, "headers", None)
    return headers if isinstance(headers, Mapping) else {}
