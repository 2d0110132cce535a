"""A letter with what a mail server and a mail program need to know of it. Pure.

The letter's id comes of its delivery's key: who gets it twice can see that it is one letter.
Its first ancestor comes of the place and the subscription (of the subject, where it is of none), and was never sent:
by it, as RFC 5322 has it (3.6.4), a mail program keeps the letters of a subscription in one thread.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP

from bot.chat.email.settings import EmailSettings
from bot.domain.events import Payload
from bot.domain.model import Address


def sealed(
    payload: Payload, to: Address, *, key: str, sender: EmailSettings, now: datetime
) -> tuple[str, bytes]:
    """The letter's id, and the letter as RFC 5322 has it: ASCII in lines of at most 998 octets.

    ``now`` has a zone.
    """
    body = json.loads(payload.body)
    domain = sender.sender.rpartition("@")[2]
    subject = body["subject"]
    # What an older version staged has no series.
    series = body.get("series", "")
    about = ("series", series) if series else ("thread", subject)
    own, root = (f"<{_digest(*of)}@{domain}>" for of in ((str(to), key), (str(to), *about)))
    letter = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    letter["From"] = Mailbox(sender.name, addr_spec=sender.sender)
    letter["To"] = Mailbox(addr_spec=to.chat)
    letter["Subject"] = subject
    letter["Date"] = now
    letter["Message-ID"] = own
    letter["In-Reply-To"] = root
    letter["References"] = root
    apart = f".{_digest(series)[:12]}" if series else ""
    letter["List-Id"] = f"<{_slug(subject)}{apart}.{domain}>"  # RFC 2919
    # RFC 2369. Not by one click (RFC 8058): the address is the same for all readers, and cannot tell whose click it was.
    letter["List-Unsubscribe"] = f"<{sender.unsubscribe}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: who is away does not answer it
    letter.set_content(body["text"])
    letter.add_alternative(body["html"], subtype="html")
    letter.set_boundary(f"={_digest(own)}=")
    return own, letter.as_bytes()


def _slug(subject: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", subject.casefold()).strip("-")[:60] or _digest(subject)


def _digest(*of: str) -> str:
    return hashlib.sha256("\0".join(of).encode("utf-8", "surrogatepass")).hexdigest()[:32]
