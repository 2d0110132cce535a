"""From when and until when an article may be shown, as its document writes it, read without guessing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.model import Article, Terms

Field = Literal["hold_until", "expires"]

LONGEST = 100
"""Characters of a statement; a longer one is no moment, and is cut so that it stays none."""

_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
_CLOCK = re.compile(r"\d[:.h]\d|\d ?[ap]\.?m\b", re.IGNORECASE)
_ZONED = re.compile(r"(?P<time>.{10,40}?) ?\[?(?P<zone>UTC|[A-Z][A-Za-z_]{1,20}/[A-Za-z_+/-]{2,40})\]?")


class Unclear(ValueError):
    """The statement ``said`` of the field ``field`` names no moment, or more than one."""

    def __init__(self, field: Field, said: str) -> None:
        super().__init__(f"{field}: {said}")
        self.field = field
        self.said = said


def stated(value: str | None) -> str | None:
    """The statement as one clean line; ``None`` where nothing is said."""
    return " ".join((value or "")[: 4 * LONGEST].split())[:LONGEST] or None


def terms(article: Article, zone: str) -> Terms:
    """The moments, in UTC, between which the article may be shown. Raises Unclear.

    What names no zone is told on the clock of ``zone``; a day without a time begins at its midnight. Of a
    local time that comes twice, each field takes the one that shows the article for a shorter time.
    """
    hold, expires = article.hold_until, article.expires
    return Terms(
        moment("hold_until", hold, zone) if hold else None,
        moment("expires", expires, zone) if expires else None,
    )


def moment(field: Field, said: str, zone: str) -> datetime:
    """The moment that a field of this name gives, as :func:`terms` has it. Raises Unclear."""
    named = _ZONED.fullmatch(said)
    try:
        at, clock = _written(named["time"] if named else said), ZoneInfo(named["zone"] if named else zone)
        both = [(at if at.tzinfo else at.replace(tzinfo=clock, fold=fold)).astimezone(UTC) for fold in (0, 1)]
    except (ValueError, KeyError, OverflowError, OSError) as error:  # a zone that is not known is a KeyError
        raise Unclear(field, said) from error
    return max(both) if field == "hold_until" else min(both)


def _written(said: str) -> datetime:
    """The moment of ISO 8601, of a mail's header, or of a date in words; naive without a zone. Raises ValueError."""
    for read in (datetime.fromisoformat, _of_header):
        try:
            return read(said)
        except (ValueError, TypeError, IndexError):
            continue
    # What dates look like takes the desk's own process two megabytes, and hardly any statement needs it.
    from bot.article.fields.dates import Moment, moments

    found = moments(said, context="", received=_LATEST)
    one = found[0] if len(found) == 1 else None
    if not isinstance(one, Moment) or (one.start, one.end) != (0, len(said)):
        raise ValueError(said)
    if one.precision != "day":
        return one.at
    if _CLOCK.search(said):  # on a clock that is not known
        raise ValueError(said)
    return one.at.replace(tzinfo=None)


def _of_header(said: str) -> datetime:
    """The moment of RFC 5322, which calls a time of no zone that it knows one of UTC. Raises ValueError."""
    at = parsedate_to_datetime(said.removesuffix(" -0000"))
    if at.tzinfo is None and not said[-1].isdigit():  # the name of a zone stands there
        raise ValueError(said)
    return at.replace(tzinfo=UTC) if said.endswith(" -0000") else at
