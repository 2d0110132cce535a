"""A correction is a new revision; tomorrow's briefing is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.article.fields.fingerprint import content_key, fingerprint
from bot.domain.model import Article
from bot.stories.revision import revised, shared
from tests.article.samples import PARAGRAPHS
from tests.builders import NOON, an_article, an_entry

OTHER = (
    "Good morning. The budget talks open at nine, and the rail unions have called a strike for Thursday.",
    "The storm has passed, the schools are open, and the ferry to the outer islands runs again from ten.",
)


def version(*paragraphs: str, **fields: object) -> Article:
    made = an_article(*paragraphs)
    keyed = replace(made, content_key=content_key(made.text), fingerprint=fingerprint(made.text))
    return replace(keyed, **fields)  # type: ignore[arg-type]


FIRST = version(*PARAGRAPHS)
FIXED = (PARAGRAPHS[0].replace("eleven", "twelve"), *PARAGRAPHS[1:])
PAGE = "https://gazette.example/news/bridge"


@pytest.mark.parametrize(
    ("older", "newer", "same"),
    [
        pytest.param(FIRST, version(*FIXED), True, id="a corrected number"),
        pytest.param(FIRST, version(*PARAGRAPHS[:3]), True, id="a trimmed end"),
        pytest.param(FIRST, version(*PARAGRAPHS, OTHER[0]), True, id="a paragraph more"),
        pytest.param(FIRST, FIRST, False, id="the same text is known"),
        pytest.param(FIRST, version(*OTHER), False, id="the next briefing"),
        pytest.param(FIRST, version(*FIXED, title="Bridge opens"), False, id="another headline"),
        pytest.param(FIRST, version(*FIXED, source="Courier"), False, id="another outlet"),
        pytest.param(FIRST, version(*FIXED, published=NOON + timedelta(hours=50)), False, id="later than two days"),
        pytest.param(version(*PARAGRAPHS, title=None), version(*FIXED, title=None), False, id="no headline"),
        pytest.param(version(*PARAGRAPHS, url=PAGE), version(*OTHER, url=PAGE), True, id="one page rewritten"),
        pytest.param(
            version(*PARAGRAPHS, url=PAGE), version(*FIXED, url="https://www.gazette.example/news/bridge/", title="x"), True,
            id="one page under two spellings",
        ),
        pytest.param(
            version(*PARAGRAPHS, url=PAGE), version(*OTHER, url=PAGE, published=NOON + timedelta(days=1)), False,
            id="a page for each day's briefing",
        ),
        pytest.param(
            version(*PARAGRAPHS, url="https://gazette.example/"), version(*OTHER, url="https://gazette.example/"), False,
            id="a front page",
        ),
    ],
)  # fmt: skip
def test_a_revision(older: Article, newer: Article, same: bool) -> None:
    entry = an_entry(older, id=7)
    assert revised(newer, [entry], arrived=NOON + timedelta(hours=1)) == (7 if same else None)


def test_without_dates_the_arrival_decides() -> None:
    older, newer = version(*PARAGRAPHS, published=None), version(*FIXED, published=None)
    entry = an_entry(older, id=7, added=NOON)
    assert revised(newer, [entry], arrived=NOON + timedelta(hours=47)) == 7
    assert revised(newer, [entry], arrived=NOON + timedelta(hours=49)) is None


def test_the_newest_of_several_and_any_order() -> None:
    entries = [an_entry(version(*PARAGRAPHS[:3]), id=4, revision=9), an_entry(FIRST, id=5, revision=6)]
    for order in (entries, entries[::-1]):
        assert revised(version(*FIXED), order, arrived=NOON) == 4
    assert revised(version(*FIXED), [], arrived=NOON) is None


def test_shared() -> None:
    assert shared("a b c d e", "a b c d e") == 1.0
    assert shared("a b c d e f g h", "a b c d e") == 1.0
    assert shared("a b c d", "e f g h") == 0.0
    assert shared("", "a b c d") == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9 in town", "cafe\u0301 IN  town"),
        ("o\ufb03ce hours", "office hours"),
        ("don’t go now", "don't go now"),
    ],
)
def test_one_key_for_two_spellings_of_one_text(one: str, other: str) -> None:
    assert content_key(one) == content_key(other)


def test_scripts_without_spaces_have_shingles() -> None:
    one, other = "大桥将于星期一关闭十一个月更换升降机械", "大桥将于星期一关闭十二个月更换升降机械"
    assert len(fingerprint(one)) > 10
    assert 0.3 < shared(one, other) < 1.0


SEA = "Sea forecast for the coast: {0}, wind {1} to {2}, waves of {3} metres. Skippers of small boats stay in port."
ALWAYS = (
    "Warnings are read out on channel 16 and on channel 67 every four hours, and can be heard by telephone as well.",
    "The office asks all skippers to report ice, drifting logs and lost containers to the coast guard at any hour.",
)
MONDAY = version(SEA.format("Monday", 4, 5, 2), *ALWAYS, title="Sea forecast")
EVENING = version(SEA.format("tonight", 8, 9, 7), *ALWAYS, title="Sea forecast")


@pytest.mark.parametrize(
    ("newer", "same"),
    [
        pytest.param(replace(EVENING, url=f"{PAGE}/2", published=NOON + timedelta(days=1)), False, id="tomorrow's"),
        pytest.param(replace(EVENING, url=f"{PAGE}/2"), False, id="the evening's"),
        pytest.param(replace(EVENING, url=PAGE, published=NOON + timedelta(days=1)), False, id="at one address"),
        pytest.param(replace(EVENING, published=NOON + timedelta(days=1)), False, id="tomorrow's, without address"),
        pytest.param(replace(EVENING, url=PAGE), True, id="that page, corrected"),
        pytest.param(
            version(SEA.format("Monday", 4, 6, 2), *ALWAYS, title="Sea forecast", url=f"{PAGE}/b"), True, id="one number"
        ),
    ],
)  # fmt: skip
def test_a_form_that_is_filled_in_anew_is_another_article(newer: Article, same: bool) -> None:
    entry = an_entry(replace(MONDAY, url=PAGE))
    assert (revised(newer, [entry], arrived=NOON + timedelta(hours=1)) is not None) is same


def test_the_same_words_on_another_day_at_another_address_are_another_article() -> None:
    newer = version(*FIXED, url=f"{PAGE}/2", published=NOON + timedelta(hours=20))
    assert revised(newer, [an_entry(replace(FIRST, url=PAGE))], arrived=NOON) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Council closes the bridge", "Ferries run again"),
        ("Council notes 1", "Council notes 2"),
        ("Council closes the bridge", "Council praises the choir of Averne"),
        (None, None),
        ("Council closes the bridge", None),
    ],
)
@pytest.mark.parametrize("day", [NOON, None])
def test_records_of_an_export_under_one_address_stay_apart(
    one: str | None, other: str | None, day: datetime | None
) -> None:
    older = version(*PARAGRAPHS, url=PAGE, title=one, published=day)
    newer = version(*OTHER, url=PAGE, title=other, published=day)
    assert revised(newer, [an_entry(older)], arrived=NOON) is None


def test_a_page_that_was_rewritten_under_a_headline_that_was_sharpened() -> None:
    older = version(*PARAGRAPHS, url=PAGE, title="Council closes the Norrin bridge")
    newer = version(*OTHER, url=PAGE, title="Council closes Norrin bridge for years")
    assert revised(newer, [an_entry(older)], arrived=NOON) is not None


def test_the_day_is_that_of_the_article() -> None:
    late = replace(FIRST, url=PAGE, published=NOON.replace(hour=22), utc_offset=180)
    early = replace(
        version(*OTHER), url=PAGE, published=NOON.replace(hour=4) + timedelta(days=1), utc_offset=180
    )
    assert revised(early, [an_entry(late)], arrived=NOON) is not None
