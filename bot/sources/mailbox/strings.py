"""How IMAP has folders' names, quoted strings, and proofs of who logs in (pure)."""

from __future__ import annotations

import base64
import re

from bot.domain.sourcing import Mailbox

BEARING = ("OAUTHBEARER", "XOAUTH2")
"""Mechanisms to log in by an access token: that of RFC 7628, and an older one of Gmail and Microsoft."""


def bearing(mailbox: Mailbox, mechanism: str) -> bytes:
    """What is sent to log in with an access token, which is the mailbox's password here."""
    user, bearer = mailbox.user, f"auth=Bearer {mailbox.password}\x01\x01"
    if mechanism == "XOAUTH2":
        return f"user={user}\x01{bearer}".encode()
    user = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={user},\x01host={mailbox.host}\x01port={mailbox.port}\x01{bearer}".encode()


def encoded(folder: str) -> str:
    """A folder's name as IMAP has it: in its own UTF-7 (RFC 3501, 5.1.3), quoted."""
    shifted = re.sub(r"[^\x20-\x7e]+", lambda found: f"&{_utf7(found[0])}-", folder.replace("&", "&-"))
    return quoted(shifted)


def quoted(text: str) -> str:
    """The text as a quoted string of IMAP."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(text: str) -> str:
    packed = base64.b64encode(text.encode("utf-16-be")).decode()
    return packed.rstrip("=").replace("/", ",")
