"""What a mail server's refusals mean for a letter. Pure but for the library's names."""

from __future__ import annotations

import ssl

import aiosmtplib

from bot.domain.errors import BadCredentials, MessengerError, Refused, RetryLater
from bot.domain.model import Address
from bot.domain.reasons import Reason

PAUSE = 300.0
"""Seconds before a letter that is refused for now is offered again: greylists take no sooner one (RFC 6647, 4.3)."""

PERMANENT = 500
"""From this code on, the same command would be refused again (RFC 5321, 4.2.1)."""


def unposted(error: Exception, to: Address) -> MessengerError:
    """The error of a call that came before the letter itself was handed over, so it was not posted."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return refused(error, to)
    if isinstance(cause := error.__cause__ or error, ssl.SSLCertVerificationError):
        return BadCredentials(to, Reason("email.certificate", words=cause.verify_message))
    if type(error) is aiosmtplib.SMTPException:  # the library's word for STARTTLS or AUTH that is not offered
        return BadCredentials(to, Reason("email.no_login"))
    return RetryLater(to, Reason("email.unreachable"), PAUSE)


def refused(error: aiosmtplib.SMTPResponseException, to: Address) -> MessengerError:
    """The error of a call that the server answered: whatever it was about, nothing was posted."""
    words = " ".join(f"{error.code} {error.message}".split())[:200]
    if error.code < PERMANENT:
        return RetryLater(to, Reason("email.pause", words=words), PAUSE)
    match error:
        case aiosmtplib.SMTPRecipientRefused():
            return Refused(to, Reason("email.mailbox", words=words), closed=True)
        case aiosmtplib.SMTPSenderRefused():
            return Refused(to, Reason("email.sender", words=words), closed=True)
        case aiosmtplib.SMTPDataError():
            return Refused(to, Reason("email.letter", words=words))
        case aiosmtplib.SMTPAuthenticationError():
            return BadCredentials(to, Reason("email.password", words=words))
    return BadCredentials(to, Reason("email.server", words=words))
