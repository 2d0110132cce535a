from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Schedule
from bot.domain.times.schedule import (
    MOST_MISSED,
    due,
    next_moments,
    slots_between,
)
from bot.domain.times.when import parse_days, parse_time, parse_zone

DAY = timedelta(days=1)
ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Beirut",
    "America/Santiago",
    "America/Havana",
    "America/Nuuk",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "America/New_York",
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(zone: str, *times: str) -> Schedule:
    return Schedule(zone=zone, at=tuple(time.fromisoformat(one) for one in times))


@pytest.mark.parametrize(
    ("zone", "at", "day", "instant"),
    [
        # A time that the clocks skip: the first moment after the skip.
        ("Europe/Berlin", "02:30", "2026-03-29", "2026-03-29T01:00"),
        ("Europe/London", "01:00", "2026-03-29", "2026-03-29T01:00"),
        ("America/New_York", "02:59", "2026-03-08", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:30"),
        # A time that they show twice: the first.
        ("Europe/Berlin", "02:30", "2026-10-25", "2026-10-25T00:30"),
        ("America/New_York", "01:30", "2026-11-01", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04T14:45"),
        # Zones whose gap is at midnight.
        ("Asia/Beirut", "00:00", "2026-03-29", "2026-03-28T22:00"),
        ("Asia/Beirut", "00:30", "2026-03-29", "2026-03-28T22:00"),
        ("America/Santiago", "00:30", "2026-09-06", "2026-09-06T04:00"),
        ("America/Havana", "00:30", "2026-03-08", "2026-03-08T05:00"),
        # A gap that ends at midnight: Saturday's 23:30 comes as Sunday begins, and is Saturday's.
        ("America/Nuuk", "23:30", "2026-03-28", "2026-03-29T01:00"),
        ("Asia/Kolkata", "08:00", "2026-03-29", "2026-03-29T02:30"),
    ],
)
def test_local_times_at_clock_changes(zone, at, day, instant):
    around = utc(instant)
    slots = slots_between(daily(zone, at), around - 2 * DAY, around + 2 * DAY)
    assert {slot.day: slot.instant for slot in slots}[date.fromisoformat(day)] == around
    assert [slot.day for slot in slots] == sorted({slot.day for slot in slots})


def test_a_day_that_a_zone_skips_has_no_slots_and_its_neighbours_have_theirs():
    slots = slots_between(daily("Pacific/Apia", "00:00", "08:00"), utc("2011-12-28"), utc("2012-01-02"))
    keys = [slot.key for slot in slots]
    assert "2011-12-29T08:00" in keys
    assert "2011-12-31T00:00" in keys
    assert not [key for key in keys if key.startswith("2011-12-30")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ["00:00", "00:30", "02:30", "23:30"])
def test_every_day_of_a_year_has_its_slot_once(zone, at):
    slots = slots_between(daily(zone, at), utc("2026-01-01"), utc("2027-01-01"))
    days = [slot.day for slot in slots]
    assert all(after - before == DAY for before, after in pairwise(days))
    assert len(days) in {364, 365, 366}


@given(
    zone=st.sampled_from(ZONES),
    times=st.lists(st.times(), min_size=1, max_size=4).map(
        lambda ts: [one.replace(second=0, microsecond=0) for one in ts]
    ),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.datetimes(datetime(2009, 1, 1), datetime(2031, 1, 1)),  # noqa: DTZ001 - made aware below
    cuts=st.lists(st.integers(0, 60 * 24 * 40), min_size=2, max_size=8).map(sorted),
)
def test_each_slot_comes_once_however_time_is_cut(zone, times, days, start, cuts):
    schedule = Schedule(zone=zone, at=tuple(times), days=days)
    moments = [start.replace(tzinfo=UTC) + timedelta(minutes=cut) for cut in cuts]
    whole = slots_between(schedule, moments[0], moments[-1])
    parts = [slot for after, upto in pairwise(moments) for slot in slots_between(schedule, after, upto)]
    assert parts == list(whole)
    assert len({slot.key for slot in whole}) == len(whole)
    assert all(moments[0] < slot.instant <= moments[-1] for slot in whole)
    for slot in whole:
        assert slot.day.weekday() in days
        local = slot.instant.astimezone(ZoneInfo(zone))
        wanted = datetime.combine(slot.day, slot.at)
        assert local.replace(tzinfo=None) >= wanted  # never early
        if local.replace(tzinfo=None) != wanted:  # late only when that moment does not exist
            before = (slot.instant - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
            assert before.replace(tzinfo=None) < wanted


@given(
    zone=st.sampled_from(ZONES),
    now=st.datetimes(datetime(2009, 1, 1), datetime(2031, 1, 1)),  # noqa: DTZ001 - made aware below
    count=st.integers(0, 12),
)
def test_next_moments_are_the_first_of_those_to_come(zone, now, count):
    schedule = Schedule(zone=zone, at=(time(8), time(0, 30)), days=frozenset({0, 3}))
    moment = now.replace(tzinfo=UTC)
    coming = next_moments(schedule, moment, count)
    slots = slots_between(schedule, moment, moment + 60 * DAY)[:count]
    assert coming == tuple(slot.instant for slot in slots)
    assert len(coming) == count


def test_no_times_or_no_days_means_never():
    now = utc("2031-03-04")
    for never in (Schedule("UTC"), Schedule("UTC", at=(time(8),), days=frozenset())):
        assert next_moments(never, now, 3) == ()
        assert due(never, now - 900 * DAY, now) is None


def test_nothing_is_due_twice_nor_before_its_time():
    schedule = daily("Europe/London", "08:00")
    eight = utc("2031-03-04T08:00")
    assert due(schedule, eight - DAY, eight - timedelta(seconds=1)) is None
    found = due(schedule, eight - DAY, eight)
    assert found is not None
    assert (found.slot.instant, found.missed) == (eight, ())
    assert due(schedule, eight, eight + timedelta(hours=5)) is None
    assert due(schedule, eight, eight - 3 * DAY) is None  # a clock that was set back


def test_missed_slots_become_one():
    schedule = daily("Europe/London", "08:00", "17:30")
    found = due(schedule, utc("2031-03-01T09:00"), utc("2031-03-04T12:00"))
    assert found is not None
    assert found.slot.key == "2031-03-04T08:00"
    assert [slot.key for slot in found.missed] == [
        "2031-03-01T17:30",
        "2031-03-02T08:00",
        "2031-03-02T17:30",
        "2031-03-03T08:00",
        "2031-03-03T17:30",
    ]
    assert found.slots == slots_between(schedule, utc("2031-03-01T09:00"), utc("2031-03-04T12:00"))


def test_an_absence_of_centuries_is_bounded():
    found = due(daily("America/Havana", "08:00", "09:00"), utc("1700-01-01"), utc("2031-03-04T12:30"))
    assert found is not None
    assert found.slot.key == "2031-03-03T09:00"
    assert len(found.slots) == MOST_MISSED


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("8:00", 8, 0),
        ("08:00", 8, 0),
        ("17.30", 17, 30),
        ("8am", 8, 0),
        ("5.30 pm", 17, 30),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        (" 23:59 ", 23, 59),
        ("8h30", 8, 30),
    ],
)
def test_times_as_people_write_them(text, hour, minute):
    assert parse_time(text) == time(hour, minute)


@pytest.mark.parametrize(
    "text", ["25:00", "8", "", "08:60", "13pm", "0am", "8:0", "٨:٠٠", "noon", "1" * 9999]
)
def test_other_times_are_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="is not a time; write it like 08:00") as refused:
        parse_time(text)
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat,sun", {5, 6}),
        ("daily", set(range(7))),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("fri-mon", {4, 5, 6, 0}),
        ("Monday – Wednesday, saturday", {0, 1, 2, 5}),
        ("weekdays, sun", {0, 1, 2, 3, 4, 6}),
        ("tuesdays", {1}),
        ("th", {3}),
    ],
)
def test_days_as_people_write_them(text, days):
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "  , ", "t", "mon-", "-fri", "someday", "0-4", "mon" * 500])
def test_other_days_are_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"write (days|them) like"):
        parse_days(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parsers(text):
    for parse in (parse_time, parse_days, parse_zone):
        try:
            parse(text)
        except ValueError as refused:
            assert "write" in str(refused)  # noqa: PT017 - other exceptions must escape


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "/etc/passwd", "a\0b"])
def test_an_unknown_zone_is_refused_in_a_sentence(name):
    with pytest.raises(ValueError, match="is not a time zone"):
        parse_zone(name)


def test_nothing_is_due_in_a_pause_and_its_slots_are_not_made_up_for():
    schedule = replace(daily("UTC", "08:00"), paused=utc("2026-03-10T12:00"))
    last = utc("2026-03-02T09:00")
    assert due(schedule, last, utc("2026-03-10T11:59")) is None
    assert due(schedule, last, utc("2026-03-11T07:59")) is None
    after = due(schedule, last, utc("2026-03-11T08:00"))
    assert after
    assert (after.slot.day, after.missed) == (date(2026, 3, 11), ())
    assert next_moments(schedule, last, 1) == (utc("2026-03-11T08:00"),)
    over = replace(schedule, paused=utc("2026-03-01T00:00"))
    assert due(over, last, utc("2026-03-04T09:00")) == due(
        daily("UTC", "08:00"), last, utc("2026-03-04T09:00")
    )
