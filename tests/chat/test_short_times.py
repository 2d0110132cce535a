"""Times as people type them in haste: what is understood, what is asked about, and what stays words."""

from __future__ import annotations

import pytest

from bot.domain.times.when import parse_when
from bot.grammar import wishes

UNDERSTOOD = """\
oil 7 in the evening | oil | at 19:00
every day at 8:00 oil please | oil | at 08:00
oil 7 in the morning | oil | at 07:00
oil eight in the morning | oil | at 08:00
oil at 3 in the afternoon | oil | at 15:00
oil at 9 at night | oil | at 21:00
oil at 12 at night | oil | at 00:00
oil 7 abends | oil | at 19:00
oil um 7 abends | oil | at 19:00
oil abends um 7 | oil | at 19:00
oil morgens um 7 und abends um 8 | oil | at 07:00 20:00
oil 8 in the morning and 6 in the evening | oil | at 08:00 18:00
oil nachmittags um 3 | oil | at 15:00
oil 3 Uhr nachmittags | oil | at 15:00
oil um 2 Uhr nachts | oil | at 02:00
oil um acht | oil | at 08:00
oil um acht Uhr abends | oil | at 20:00
oil eight pm | oil | at 20:00
oil werktags 18 | oil | at 18:00 on mon-fri
oil daily 18 | oil | at 18:00
oil mondays 17 | oil | at 17:00 on mon
oil every friday 16 | oil | at 16:00 on fri
oil 08:00Z | oil | at 08:00 in UTC
oil hourly from 9 to 5 | oil | every hour between 9 and 17
oil from 9 to 5 hourly | oil | every hour between 9 and 17
oil hourly 8-6 | oil | every hour between 8 and 18
oil zwischen 9 und 17 Uhr stündlich | oil | every hour between 9 and 17
oil every 2 hours from 22 to 6 | oil | every 2 hours between 22 and 6
oil MWF | oil | on mon,wed,fri
oil MWF at 8:00 | oil | at 8:00 on mon,wed,fri
oil M-F at 8:00 | oil | at 8:00 on mon-fri
oil TTh | oil | on tue,thu
oil Mo.-Fr. 8:00 | oil | at 8:00 on mon-fri
oil tgl. um 8 | oil | at 8:00
oil werktgl. um 8 | oil | at 8:00 on mon-fri
oil stdl. | oil | every hour
oil 2-hourly | oil | every 2 hours
oil two-hourly | oil | every 2 hours
oil zweistündlich | oil | every 2 hours
oil 3-stündlich | oil | every 3 hours
oil every second hour | oil | every 2 hours
oil jede zweite Stunde | oil | every 2 hours
oil at 8h30 | oil | at 8:30
oil at 20h | oil | at 20:00
oil 20h daily | oil | at 20:00
oil 8:00h | oil | at 8:00
oil 20Uhr | oil | at 20:00
oil at 0800 | oil | at 8:00
oil 0800 daily | oil | at 8:00
oil at 1730 | oil | at 17:30
oil at half past eight in the evening | oil | at 20:30
oil quarter to nine am | oil | at 8:45
oil noon and 6 in the evening | oil | at 12:00 18:00
oil abends um halb neun | oil | at 20:30
oil Viertel nach acht morgens | oil | at 8:15
oil first thing in the morning | oil | at 8:00
oil werktags 8.30 | oil | at 8:30 on mon-fri
top 10 daily | top 10 | daily
Top 10 in the morning | Top 10 | at 8:00
G7 daily | G7 | daily
Boeing 737 daily | Boeing 737 | daily
Formula 1 daily | Formula 1 | daily
Windows 11 in the evening | Windows 11 | at 18:00
1984 daily | 1984 | daily
Covid 19 | Covid 19 |
Python 3.11 | Python 3.11 |
september 11 attacks | september 11 attacks |
may 1 | may 1 |
shops at 10 Downing Street | shops at 10 Downing Street |
halb Europa | halb Europa |
quarter to remember | quarter to remember |
oil wkdays 6pm | oil | at 18:00 on mon-fri
oil 0800Z | oil | at 08:00 in UTC
oil 8am/1pm/6pm | oil | at 08:00 13:00 18:00
oil m/w/f 9am | oil | at 09:00 on mon,wed,fri
oil T/Th | oil | on tue,thu
oil abends um dreiviertel acht | oil | at 19:45
Block 10 werktags um 8 Uhr | Block 10 | at 08:00 on mon-fri
Apollo 13 at 19:00 | Apollo 13 | at 19:00
oil from nine to five hourly | oil | every hour between 9 and 17
oil 7 o'clock in the morning | oil | at 07:00
oil Mo/We/Fr 9am | oil | at 09:00 on mon,wed,fri
oil mo-we 9am | oil | at 09:00 on mon-wed
the daily mail at 8:00 | the daily mail | at 08:00
oil at 8 p m | oil | at 20:00
oil MTWTF 8am | oil | at 08:00 on mon-fri
oil co. prices at 8:00 | oil co. prices | at 08:00
U.S. 8:00 | U.S. | at 08:00
the night manager daily | the night manager | daily
the morning show daily | the morning show | daily
"""


@pytest.mark.parametrize("line", UNDERSTOOD.splitlines())
def test_short_times_are_understood(line):
    text, query, when = (part.strip() for part in line.split("|"))
    assert wishes.read(text) == wishes.Wish(query, "", parse_when(when), timed=bool(when))


ASKED = """\
oil after work
oil overnight
öl zum Frühstück
weekly oil
öl Sa 10 Uhr
oil 5p
oil 8 daily
oil 8 every day
oil mondays 9
oil friday 13
daily 18 holes
werktags 8 Öl
Apollo 11 in the evening
oil 8 und 18 werktags
oil at 8 and 6 in the evening
oil at 13 in the morning
oil 8:00+02:00
oil at 8:00 +0200
oil at 8 UTC+2
oil 8:00 GMT-5
oil at 8:00 utc+02:00
oil 1.12. 8:00
oil am 1.12. um 8
oil 1.12.2031 um 8 Uhr
oil on 1 December at 8
oil on December 1st at 8:00
oil 1 December 8:00
December 1 8:00 oil
oil am 1. Dezember um 8
oil 2031-12-01 8:00
oil 2031-12-01T08:00
oil on 12/1 at 8:00
oil from 22:00 to 6:00
oil hourly from 1 to 5
oil stündlich von 9 bis 5 Uhr
oil wöch.
oil mtl.
oil EOD
oil by end of day
oil bi-hourly
oil fortnightly
oil every other week
oil every other day
oil bi-weekly
oil biweekly
oil monthly
oil jeden zweiten Tag
oil first thing
oil at lunchtime
oil 8h
oil 8.30
oil 8.30 daily
oil 1730 daily
oil 0800
0800 numbers
oil half past eight
oil half eight
oil um halb neun
oil Viertel nach acht
oil quarter to nine
oil at eight
oil nachmittags
oil in the afternoon
oil 08:00:00
oil 24/12 9:00
oil 8, 13 and 18
oil dreiviertel acht
oil 14-tägig
oil monatl.
oil Werktagen um 8
in the evening oil
jobs m/f
oil M/W 8am
oil 2031/01/05 08:00
oil 05-01-2031 8:00
oil 2000 hrs daily
oil 8pmish
oil workdays at opening time
oil semi-weekly
oil spätabends
oil feiertags 10 Uhr
oil xtgl. 8 Uhr
oil am WE 9 Uhr
oil weekdays b4 9am
oil seven thirty
oil vierteljährl.
oil halbtäglich
oil punkt acht
to mon noon storms
oil Sa. 7 Uhr
Öl Do 8:00
oil wkly
oil mthly
oil lunchtimes
oil the 24th
oil half past
oil spätestens um 9
"""


@pytest.mark.parametrize("text", ASKED.splitlines())
def test_what_may_be_another_time_or_none_is_asked_about(text):
    wish = wishes.read(text)
    assert wish.doubt or wish.refusal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("oil 8:00+02:00", "in Europe/Berlin"),
        ("oil at 8:00 UTC+2", "in Europe/Berlin"),
        ("oil on 1 December at 8", "a single day"),
        ("oil 1.12. 8:00", "a single day"),
        ("oil EOD", "an hour"),
        ("oil in the afternoon", "an hour"),
    ],
)
def test_what_cannot_be_kept_has_a_reason(text, reason):
    wish = wishes.read(text)
    assert wish.query == "oil"
    assert reason in wish.refusal


@pytest.mark.parametrize(
    "text", ["7 in the evening ", "8 mon ", "8 daily ", "in the evening ", "1 december 2 ", "8+02:00 ", "8, "]
)
def test_times_without_end_are_read(text):
    assert isinstance(wishes.read(f"oil {text * 1000}"), wishes.Wish)


def test_a_name_may_stand_behind_a_part_of_the_day():
    assert wishes.read("oil in the evening, as mine") == wishes.Wish(
        "oil", "mine", parse_when("at 18:00"), timed=True
    )
