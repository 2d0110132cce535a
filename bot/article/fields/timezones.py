"""Time zones by their abbreviation, in context."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MINUTES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TRT": 180, "SAST": 120, "CAT": 120, "WAT": 60, "EAT": 180,
    "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "SGT": 480, "HKT": 480, "PHT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CDT": -300, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480,
    "BRT": -180, "ART": -180,
}  # fmt: skip
_REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "PT": "America/Los_Angeles"}


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_SHARED = {
    "IST": (
        (
            330,
            _words(
                r"india|indian|delhi|mumbai|kolkata|chennai|bengaluru|hyderabad|lakh|crore|rupees?|₹[\d,]+"
            ),
        ),
        (60, _words(r"ireland|irish|dublin|taoiseach")),
        (120, _words(r"israel|israeli|jerusalem|tel aviv|haifa|knesset")),
    ),
    "BST": (
        (60, _words(r"britain|british|uk|london|england|scotland|wales|£[\d,]+")),
        (360, _words(r"bangladesh|bangladeshi|dhaka|taka")),
    ),
    "CST": (
        (-360, _words(r"united states|u\.s|american?|chicago|texas|houston|dallas")),
        (480, _words(r"china|chinese|beijing|shanghai|taiwan|taipei")),
    ),
    "MST": (
        (-420, _words(r"united states|u\.s|american?|denver|arizona|phoenix|utah|colorado|montana")),
        (480, _words(r"malaysia|malaysian|kuala lumpur|ringgit")),
    ),
}
_CONTEXT = 50_000  # Characters of context: a place that matters is named before that.
_NUMERIC = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?$")


def offset(zone: str, local: datetime, context: str) -> timedelta | None:
    """How far ``zone`` is ahead of UTC at the naive ``local`` time; ``None`` when that is unsure.

    An abbreviation that several countries use is settled by the places that ``context`` names:
    one country must be named, and at least three times as often as each other.
    """
    name = zone.upper()
    if number := _NUMERIC.match(name):
        ahead = timedelta(hours=int(number[2]), minutes=int(number[3] or 0))
        return None if ahead > timedelta(hours=14) else ahead if number[1] == "+" else -ahead
    if name in _MINUTES:
        return timedelta(minutes=_MINUTES[name])
    if name in _REGIONS:
        try:
            return local.replace(tzinfo=ZoneInfo(_REGIONS[name])).utcoffset()
        except ZoneInfoNotFoundError:
            return None
    return _by_places(name, context[:_CONTEXT])


def _by_places(name: str, context: str) -> timedelta | None:
    counts = sorted(
        ((len(pattern.findall(context)), minutes) for minutes, pattern in _SHARED.get(name, ())), reverse=True
    )
    if not counts or counts[0][0] == 0 or counts[0][0] < 3 * counts[1][0]:
        return None
    return timedelta(minutes=counts[0][1])
