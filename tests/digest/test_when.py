from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Schedule
from bot.domain.times.schedule import due, next_moments, quiet_until, slots_between
from bot.domain.times.when import When, parse_quiet, parse_when, printed
from bot.wording import replies
from bot.wording.language import speaking

WEEKDAYS = frozenset(range(5))
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Asia/Beirut",
    "America/Havana",
    "America/Nuuk",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def at(*texts: str) -> tuple[time, ...]:
    return tuple(time.fromisoformat(text) for text in texts)


def hours(*numbers: int) -> tuple[time, ...]:
    return tuple(time(number) for number in numbers)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("", When()),
        ("at 08:00 17:30 on mon-fri", When(at("08:00", "17:30"), WEEKDAYS)),
        ("on mon-fri at 08:00 and 5.30 pm", When(at("08:00", "17:30"), WEEKDAYS)),
        ("fridays at 16:00", When(at("16:00"), frozenset({4}))),
        ("on friday at 16:00", When(at("16:00"), frozenset({4}))),
        ("every friday at 4pm", When(at("16:00"), frozenset({4}))),
        ("on every day at 8:00", When(at("08:00"))),
        ("mondays and thursdays at 9am", When(at("09:00"), frozenset({0, 3}))),
        ("Weekdays at 7:15", When(at("07:15"), WEEKDAYS)),
        ("every weekday at 7:15", When(at("07:15"), WEEKDAYS)),
        ("every hour", When(hours(*range(24)))),
        ("every 2 hours", When(hours(*range(0, 24, 2)))),
        ("every other hour", When(hours(*range(0, 24, 2)))),
        ("every 5 hours", When(hours(0, 5, 10, 15, 20))),
        ("every 3 hours between 8 and 20 on mon-fri", When(hours(8, 11, 14, 17, 20), WEEKDAYS)),
        ("every 4 hours from 9:30 to 18:00", When(at("09:30", "13:30", "17:30"))),
        ("every 4 hours between 20-4", When(hours(0, 4, 20))),
        ("at once", When(alerts=4)),
        ("at once, at most 2 an hour", When(alerts=2)),
        ("at once at most 10 per hour on weekdays", When(days=WEEKDAYS, alerts=10)),
        ("at 8:00 in America/New_York", When(at("08:00"), zone="America/New_York")),
        ("at 8:00 quiet 22:00-07:00", When(at("08:00"), quiet=(time(22), time(7)))),
        ("at once quiet 22 to 7 in Europe/Berlin", When((), zone="Europe/Berlin", quiet=(time(22), time(7)), alerts=4)),
    ],
)  # fmt: skip
def test_words_of_time(text, when):
    assert parse_when(text) == when


@pytest.mark.parametrize(
    "text",
    [
        "at",
        "at 25:00",
        "at teatime",
        "on funday",
        "fridays on monday at 8:00",
        "every 0 hours",
        "every 13 hours",
        "every 2 hours at 8:00",
        "every 2 hours around noon",
        "every 999 hours",
        "every 2 hours between 8 and 99",
        "every so often",
        "at once in a while",
        "at once, at most 0 an hour",
        "at once, at most 61 an hour",
        "at 8:00 in Atlantis/Capital",
        "at 8:00 quiet",
        "at 8:00 quiet 8-8",
        "at 8:00 quiet 22:00",
        "soon",
    ],
)
def test_other_words_are_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="write") as refused:
        parse_when(text)
    assert len(str(refused.value)) < 150


WORDS = st.sampled_from(
    [
        "at",
        "on",
        "every",
        "in",
        "quiet",
        "8:00",
        "2",
        "hours",
        "once",
        "fridays",
        "mon",
        "between",
        "and",
        "-",
        "UTC",
        "x",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=12) | st.lists(st.text(min_size=1, max_size=8), min_size=1))
def test_no_words_break_the_parser(words):
    try:
        when = parse_when(" ".join(words))
        assert parse_when(printed(when)) == when
        with speaking("de"):
            assert parse_when(printed(when)) == when
    except ValueError as refused:
        assert "write" in str(refused)  # noqa: PT017 - other exceptions must escape


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("at 08:00 17:30 on mon-fri", "08:00 and 17:30, Mon to Fri"),
        ("fridays at 16:00", "16:00, Fri"),
        ("every 2 hours", "every 2 hours, daily"),
        ("every hour between 8 and 20 on mon-fri", "every hour from 08:00 to 20:00, Mon to Fri"),
        ("every 5 hours", "every 5 hours, daily"),
        ("at 0:00 6:00 12:00", "00:00, 06:00 and 12:00, daily"),
        ("at 8:00 9:00 10:00 12:00", "08:00, 09:00, 10:00 and 12:00, daily"),
        ("at once on sat,sun", "at once, at most 4 an hour, Sat and Sun"),
    ],
)
def test_what_was_understood_is_told(text, told):
    when = parse_when(text)
    texts = [one.strftime("%H:%M") for one in when.at]
    assert replies.times(texts, sorted(when.days), alerts=when.alerts) == told


# --- quiet hours ---------------------------------------------------------------------------------


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def night(zone: str, *times: str, quiet: str = "22:00-07:00") -> Schedule:
    return Schedule(zone, at(*times), quiet=parse_quiet(quiet))


def test_what_comes_in_quiet_hours_is_due_at_their_end_as_one():
    schedule = night("UTC", "17:30", "22:00", "23:00", "06:59", "07:00")
    settled = utc("2031-03-03T17:30")
    assert due(schedule, settled, utc("2031-03-03T23:30")) is None
    assert due(schedule, settled, utc("2031-03-04T06:59:59")) is None
    found = due(schedule, settled, utc("2031-03-04T07:00"))
    assert found is not None
    assert [slot.key[-5:] for slot in found.slots] == ["22:00", "23:00", "06:59", "07:00"]


def test_a_late_catch_up_waits_for_the_end_too():
    schedule = night("UTC", "17:30")
    assert due(schedule, utc("2031-03-03T12:00"), utc("2031-03-03T23:00")) is None
    assert due(schedule, utc("2031-03-03T12:00"), utc("2031-03-04T07:00")) is not None


@pytest.mark.parametrize(
    ("zone", "quiet", "moment", "end"),
    [
        ("UTC", "22:00-07:00", "2031-03-03T21:59", None),
        ("UTC", "22:00-07:00", "2031-03-03T22:00", "2031-03-04T07:00"),
        ("UTC", "22:00-07:00", "2031-03-04T07:00", None),
        ("UTC", "12:00-14:00", "2031-03-04T13:00", "2031-03-04T14:00"),
        # Their end is a time that the clocks skip: the first moment after it.
        ("Europe/Berlin", "22:00-02:30", "2026-03-29T00:30", "2026-03-29T01:00"),
        # ... or show twice: the first time.
        ("Europe/Berlin", "22:00-02:30", "2026-10-24T23:00", "2026-10-25T00:30"),
        # They lie in a gap, and so are not there that day.
        ("Europe/Berlin", "02:10-02:50", "2026-03-29T01:00", None),
        # The day after the night is skipped: one night goes over into the other.
        ("Pacific/Apia", "22:00-07:00", "2011-12-30T09:00", "2011-12-30T17:00"),
    ],
)
def test_when_quiet_hours_end(zone, quiet, moment, end):
    assert quiet_until(night(zone, quiet=quiet), utc(moment)) == (end and utc(end))


@given(
    zone=st.sampled_from(ZONES),
    times=st.lists(TIMES, min_size=1, max_size=4),
    quiet=st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]),
    start=st.datetimes(datetime(2009, 1, 1), datetime(2031, 1, 1)),  # noqa: DTZ001 - made aware below
    steps=st.lists(st.integers(1, 60 * 30), min_size=1, max_size=20),
)
def test_no_slot_is_lost_and_none_comes_in_quiet_hours(zone, times, quiet, start, steps):
    schedule = Schedule(zone, tuple(times), quiet=quiet)
    last = begun = now = start.replace(tzinfo=UTC)
    told = []
    for step in [*steps, 4 * 24 * 60]:
        now += step * MINUTE
        if found := due(schedule, last, now):
            assert quiet_until(schedule, now) is None
            told += found.slots
            last = found.slot.instant
    over = quiet_until(schedule, now)
    if over and (found := due(schedule, last, over)):
        told += found.slots
    assert tuple(told) == slots_between(schedule, begun, over or now)


@given(
    zone=st.sampled_from(ZONES),
    times=st.lists(TIMES, min_size=1, max_size=4),
    quiet=st.none() | st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]),
    now=st.datetimes(datetime(2009, 1, 1), datetime(2031, 1, 1)).map(lambda one: one.replace(tzinfo=UTC, second=0, microsecond=0)),  # noqa: DTZ001
)  # fmt: skip
def test_the_next_moments_are_those_at_which_digests_come(zone, times, quiet, now):
    schedule = Schedule(zone, tuple(times), quiet=quiet)
    told = next_moments(schedule, now, 3)
    assert len(set(told)) == 3
    assert list(told) == sorted(told)
    last = due(schedule, now - 3 * DAY, now)
    settled = last.slot.instant if last else now if quiet_until(schedule, now) is None else now - DAY
    for moment in told:
        assert moment > now
        assert due(schedule, settled, moment - timedelta(seconds=1)) is None or quiet_until(schedule, now)
        found = due(schedule, settled, moment)
        assert found is not None
        settled = found.slot.instant


def test_a_quiet_time_is_of_the_zones_clock():
    schedule = night("Asia/Tokyo", "08:00")
    for hour in range(48):
        moment = utc("2031-03-03T00:00") + timedelta(hours=hour)
        local = moment.astimezone(ZoneInfo("Asia/Tokyo")).hour
        assert (quiet_until(schedule, moment) is not None) == (local >= 22 or local < 7)
