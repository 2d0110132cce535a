"""What is wanted and when, told apart."""

from __future__ import annotations

import pytest

from bot.domain.times import clauses, zones
from bot.domain.times.when import parse_when
from bot.grammar import wishes
from tests.builders import NOON


@pytest.mark.parametrize(
    ("text", "query", "name", "when"),
    [
        ("oil", "oil", "", ""),
        ("", "", "", ""),
        ("oil as energy at 08:00 17:30 on mon-fri", "oil", "energy", "at 08:00 17:30 on mon-fri"),
        ("oil ON Mon, Wed AT 8 am, 17.30 and 9pm", "oil", "", "ON Mon, Wed AT 8 am, 17.30 and 9pm"),
        ('oil as "Energy news" on every day', "oil", "Energy news", "on every day"),
        ("war on drugs", "war on drugs", "", ""),
        ("war on drugs on monday", "war on drugs", "", "on monday"),
        ("fire at sea", "fire at sea", "", ""),
        ("shops at 10 Downing Street", "shops at 10 Downing Street", "", ""),
        ("oil as a weapon", "oil as a weapon", "", ""),
        ('"strike on monday" on tue', '"strike on monday"', "", "on tue"),
        ("“strike on monday” at 7:00", "“strike on monday”", "", "at 7:00"),
        ('said:"Ada Marlow"  rates as ada', 'said:"Ada Marlow"  rates', "ada", ""),
        ('"oil at 08:00', '"oil', "", "at 08:00"),
        ("at 08:00", "", "", "at 08:00"),
        ("oil at", "oil at", "", ""),
        ("oil as", "oil as", "", ""),
        ("oil fridays at 16:00", "oil", "", "fridays at 16:00"),
        ("oil as energy on fridays at 16:00", "oil", "energy", "on fridays at 16:00"),
        ("oil mondays and thursdays at 9am as energy", "oil", "energy", "mondays and thursdays at 9am"),
        ("oil every 2 hours between 8 and 20", "oil", "", "every 2 hours between 8 and 20"),
        ("oil every hour on mon-fri", "oil", "", "every hour on mon-fri"),
        ("oil every friday at 16:00", "oil", "", "every friday at 16:00"),
        ("oil at once", "oil", "", "at once"),
        ("oil at once, at most 3 an hour", "oil", "", "at once, at most 3 an hour"),
        ("oil in Europe/Berlin at 8:00", "oil", "", "in Europe/Berlin at 8:00"),
        ("oil at 8:00 quiet 22:00-07:00", "oil", "", "at 8:00 quiet 22:00-07:00"),
        ("all quiet on the western front", "all quiet on the western front", "", ""),
        ("oil as energy fridays at 16:00", "oil", "energy", "fridays at 16:00"),
        ("every man for himself", "every man for himself", "", ""),
        ("oil in Africa", "oil in Africa", "", ""),
        ("24/7 in London/Paris", "24/7 in London/Paris", "", ""),
        ("täglich um 8 oil", "oil", "", "at 08:00"),
        ("oil jeden Werktag um 8 Uhr als energy", "oil", "energy", "at 08:00 on mon-fri"),
        ("every weekday at 08:00 oil as energy", "oil", "energy", "at 08:00 on mon-fri"),
        ("oil, at 08:00", "oil", "", "at 08:00"),
        ("to oil daily please", "oil", "", "daily"),
        ("everything on mon–fri", "*", "", "on mon-fri"),
        ("the topic energy daily", "energy", "", "daily"),
        ("*schifffahrt täglich", "*schifffahrt", "", "daily"),
        ("girls only", "girls only", "", ""),
        ("oil immer um 8", "oil", "", "at 08:00"),
        ("may 2027 budget", "may 2027 budget", "", ""),
        ("milk, dairy at 8:00", "milk, dairy", "", "at 8:00"),
        ("daly at 8:00", "daly", "", "at 8:00"),
        ("oil as soon as possible", "oil", "", "at once"),
        ("ein Abo zu Hopfen um 10 Uhr einrichten", "Hopfen", "", "at 10:00"),
        ("every day at 7:00 on hops", "hops", "", "at 7:00"),
        ("oil twice a week, tuesdays and fridays at 10am", "oil", "", "at 10:00 on tue,fri"),
        ("oil mon, wed and fri 7.45", "oil", "", "at 7:45 on mon,wed,fri"),
        ("Öl dreimal pro Woche, mo, mi und fr um 7 Uhr", "Öl", "", "at 7:00 on mon,wed,fri"),
    ],
)
def test_wishes(text, query, name, when):
    assert wishes.read(text) == wishes.Wish(query, name, parse_when(when), timed=bool(when))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("oil at 08:00 on funday", "at 08:00 on funday"),
        ("black fridays", "fridays"),
        ("black friday at 8:00", "friday at 8:00"),
        ("daily mail", "daily"),
        ("Sunday Times staff", "Sunday"),
        ("oil every fortnight", "every fortnight"),
        ("oil daily my time", "my time"),
        ("oil 2x daily", "2x daily"),
        ("oil 3 times daily", "3 times daily"),
        ("oil three times", "three times"),
        ("oil 3mal täglich", "3mal täglich"),
        ("oil 8-ish", "8-ish"),
        ("oil at 08:00 and coal", "at 08:00 and coal"),
        ("oil on mondey", "on mondey"),
        ("oil by 9am", "by 9am"),
        ("girls only at 8:00", "only at 8:00"),
        ("oil fridays only", "fridays only"),
        ("oil 20h", "20h"),
        ("alle 14 Tage oil", "alle 14 Tage oil"),
        ("oil daly at 8:00", "daly at 8:00"),
        ("oil dialy", "dialy"),
        ("Öl um 8 werktgas", "um 8 werktgas"),
        ("oil at 9:00 as one as two", "as one as two"),
        ("oil 24/7", "24/7"),
    ],
)
def test_what_may_be_a_time_is_doubtful(text, doubt):
    assert wishes.read(text).doubt == doubt


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("bridge in Europe/Berln", "in Europe/Berln"),
        ("bridge at 8:00 (Amerca/New_York)", "at 8:00 (Amerca/New_York)"),
        ("growth in Asia/Pacific", ""),
        ("strikes in Essen/Bochum", ""),
        ("bridge in Europe/Berlin", ""),
    ],
)
def test_a_zone_that_does_not_exist_is_asked_about(text, doubt):
    assert wishes.read(text).doubt == doubt


@pytest.mark.parametrize(
    ("text", "query", "zone"),
    [
        ("oil at 9:00 Pacific", "oil", "America/Los_Angeles"),
        ("oil weekdays at 8 am pacific time", "oil", "America/Los_Angeles"),
        ("oil daily at 9:00 am est", "oil", "America/New_York"),
        ("oil at 9:00 (Central European Summer Time)", "oil", "CET"),
        ("oil at 18:30 SGT", "oil", "Asia/Singapore"),
        ("oil at 9:00 Swiss time", "oil", "Europe/Zurich"),
        ("Pacific oil at 9:00", "Pacific oil", ""),
        ("storms in the pacific at 9:00", "storms in the pacific", ""),
        ("eastern mountain railways at 9:00", "eastern mountain railways", ""),
    ],
)
def test_a_zone_is_told_by_the_name_that_people_have_for_its_clock(text, query, zone):
    wish = wishes.read(text)
    assert (wish.query, wish.when.zone, wish.doubt, wish.refusal) == (query, zone, "", "")


@pytest.mark.parametrize(
    ("text", "own", "full"),
    [
        ("oil at 9:00 IST", "Asia/Kolkata", "oil at 9:00 Asia/Kolkata"),
        ("at 9:00 am ist, oil", "Europe/Dublin", "at 9:00 am Europe/Dublin, oil"),
        ("oil at 8 am (CST)", "America/Chicago", "oil at 8 am (America/Chicago)"),
        ("oil at 9:00 IST", "Europe/London", "oil at 9:00 IST"),
        ("IST exams at 9:00", "Asia/Kolkata", "IST exams at 9:00"),
        ("oil at 9:00 BST", "Europe/London", "oil at 9:00 BST"),
    ],
)
def test_an_abbreviation_of_several_zones_is_the_one_of_who_hears_it(text, own, full):
    assert zones.in_full(text, own, NOON) == full


@pytest.mark.parametrize("text", ["oil at 9:00 IST", "at 9:00 CST oil"])
def test_of_several_zones_it_is_asked_which_is_meant(text):
    assert wishes.read(text).doubt.startswith("at 9:00 ")


@pytest.mark.parametrize(
    "text",
    [
        "oil at 25:99",
        "oil at 8",
        "oil at five",
        "oil every 2 hours at 8:00",
        "oil 8-20",
        "oil every 99 hours",
    ],
)
def test_times_that_cannot_be_kept_are_refused(text):
    assert wishes.read(text).refusal


@pytest.mark.parametrize(
    "text", ["oil as weather alert at 8:00", "oil as my morning list daily", "Öl als wichtige Liste um 8:00"]
)
def test_a_name_of_several_words_is_not_searched_for(text):
    assert "quotation marks" in wishes.read(text).refusal


@pytest.mark.parametrize(
    "text", ['oil as "weather alert" at 8:00', "oil as weather at 8:00", "known as the wall street crash"]
)
def test_what_is_no_long_name_is_not_taken_for_one(text):
    assert not wishes.read(text).refusal


@pytest.mark.parametrize("word", ["as", "at", "every", "mondays", "on", "x", "8:00", "time", "mon,", "next"])
def test_a_long_wish_costs_a_few_looks_a_word(word, monkeypatch):
    looks, clause = 0, clauses.clause

    def counted(words, at):
        nonlocal looks
        looks += 1
        return clause(words, at)

    monkeypatch.setattr(clauses, "clause", counted)
    wishes.read(" ".join([word] * 600))
    assert looks <= 6 * 600
