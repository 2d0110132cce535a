"""Dates as outlets write them; never a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.article.fields.calendar import MONTHS, WEEKDAYS, is_of_the_calendar
from bot.article.fields.dates import Moment, Yearless, day_first, moments, month_of, weekday_of, with_year
from bot.article.fields.timezones import offset
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 12, 0, tzinfo=UTC)
BODY = "\n\nThe harbour bridge will close for eleven months, the city council decided after a long debate.\n"


def only(text: str, context: str = "") -> tuple[str, str] | None:
    found = [one for one in moments(text, context=context, received=RECEIVED) if isinstance(one, Moment)]
    return (found[0].at.strftime("%Y-%m-%d %H:%M:%S"), found[0].precision) if found else None


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2022-12-20", "2022-12-20 00:00:00", "day"),
        ("2022/12/20", "2022-12-20 00:00:00", "day"),
        ("2022-12-20T09:31:05Z", "2022-12-20 09:31:05", "second"),
        ("2022-12-20T09:31:05+03:00", "2022-12-20 06:31:05", "second"),
        ("2022-12-20T09:31+0530", "2022-12-20 04:01:00", "minute"),
        ("Updated: 2022-12-20 09:31", "2022-12-20 00:00:00", "day"),
        ("Tue, 20 Dec 2022 09:31:00 GMT", "2022-12-20 09:31:00", "second"),
        ("December 20, 2022", "2022-12-20 00:00:00", "day"),
        ("Tue Dec 20 09:31:05 UTC 2022", "2022-12-20 00:00:00", "day"),
        ("20.dez.2022 às 9h31", "2022-12-20 00:00:00", "day"),
        ("二〇二二年十二月二十日", "2022-12-20 00:00:00", "day"),
        ("二零二二年三月十日", "2022-03-10 00:00:00", "day"),
        ("Dec. 20th, 2022 at 9:31 p.m. EST", "2022-12-21 02:31:00", "minute"),
        ("11:05 am ET, Mon July 4, 2022", "2022-07-04 15:05:00", "minute"),
        ("20 December 2022, 9.31pm CET", "2022-12-20 20:31:00", "minute"),
        ("20. Dezember 2022 um 09:31 Uhr MEZ", "2022-12-20 08:31:00", "minute"),
        ("Tue, 20 Dec 22 09:31:00 +0200", "2022-12-20 07:31:00", "second"),
        ("Tuesday, 20-Dec-22 09:31:00 GMT", "2022-12-20 09:31:00", "second"),
        ("Mon, 20 Dec 99 09:31:00 GMT", "1999-12-20 09:31:00", "second"),
        ("20 كانون الأول 2022", "2022-12-20 00:00:00", "day"),
        ("20 تشرين الثاني/نوفمبر 2022", "2022-11-20 00:00:00", "day"),
        ("20 दिसंबर 2022", "2022-12-20 00:00:00", "day"),
        ("令和4年12月20日 9時31分", "2022-12-20 00:00:00", "day"),
        ("平成31年4月20日", "2019-04-20 00:00:00", "day"),
        ("2022. 12. 20. 오전 9:31", "2022-12-20 00:00:00", "day"),
        ("2022年12月20日", "2022-12-20 00:00:00", "day"),
        ("tiistaina 20. joulukuuta 2022", "2022-12-20 00:00:00", "day"),
        ("martedì 20 dicembre 2022", "2022-12-20 00:00:00", "day"),
        ("20 Agustus 2022", "2022-08-20 00:00:00", "day"),
        ("ב-20 בדצמבר, 2022", "2022-12-20 00:00:00", "day"),
        ("יום שלישי, 20 בדצמבר 2022", "2022-12-20 00:00:00", "day"),
        ("Τρίτη, 20 Δεκεμβρίου 2022, 09:31", "2022-12-20 00:00:00", "day"),
        ("20 ΔΕΚΕΜΒΡΙΟΥ 2022", "2022-12-20 00:00:00", "day"),
        ("2022. december 20., 9:31", "2022-12-20 00:00:00", "day"),
        ("2022 m. gruodžio 20 d.", "2022-12-20 00:00:00", "day"),
        ("2022. gada 20. decembrī", "2022-12-20 00:00:00", "day"),
        ("from 2021, December 20, 2022", "2022-12-20 00:00:00", "day"),
        ("20. prosinca 2022.", "2022-12-20 00:00:00", "day"),
        ("4. listopada 2022.", "2022-10-04 00:00:00", "day"),
        ("4 listopada 2022", "2022-11-04 00:00:00", "day"),
        ("20 decembrie 2022", "2022-12-20 00:00:00", "day"),
        ("20 d’octubre del 2022", "2022-10-20 00:00:00", "day"),
        ("ngày 20 tháng 12 năm 2022", "2022-12-20 00:00:00", "day"),
        ("20. децембар 2022.", "2022-12-20 00:00:00", "day"),
        ("۲۹ آذر ۱۴۰۱", "2022-12-20 00:00:00", "day"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20 00:00:00", "day"),
        ("২০ ডিসেম্বর ২০২২", "2022-12-20 00:00:00", "day"),
        ("20 دسمبر 2022", "2022-12-20 00:00:00", "day"),
        ("民國111年12月20日", "2022-12-20 00:00:00", "day"),
        ("２０２２年１２月２０日", "2022-12-20 00:00:00", "day"),
        ("Thứ ba, 4/10/2022", "2022-10-04 00:00:00", "day"),
        ("Sunday 04/10/2022", "2022-04-10 00:00:00", "day"),
        ("le 1er mars 2022", "2022-03-01 00:00:00", "day"),
        ("20 de diciembre de 2022", "2022-12-20 00:00:00", "day"),
        ("20.12.2022", "2022-12-20 00:00:00", "day"),
        ("20/12/2022", "2022-12-20 00:00:00", "day"),
        ("12/20/2022", "2022-12-20 00:00:00", "day"),
        ("5/5/2022", "2022-05-05 00:00:00", "day"),
        ("29 February 2028", "2028-02-29 00:00:00", "day"),
        ("6 March 2031", "2031-03-06 00:00:00", "day"),
        ("٢٠ ديسمبر ٢٠٢٢", "2022-12-20 00:00:00", "day"),
        ("मंगलवार, २० दिसंबर २०२२", "2022-12-20 00:00:00", "day"),
        ("Pubblicato il 03/04/2022", "2022-04-03 00:00:00", "day"),
        ("วันอังคารที่ 20 ธันวาคม พ.ศ. 2565 เวลา 09:31 น.", "2022-12-20 00:00:00", "day"),
        ("20 ธ.ค. 65", "2022-12-20 00:00:00", "day"),
        ("20 ธันวาคม 2022", "2022-12-20 00:00:00", "day"),
        ("3/4/2565", "2022-04-03 00:00:00", "day"),
        ("Publicado em 03/04/2022 18h05", "2022-04-03 00:00:00", "day"),
        ("20.XII.2022", "2022-12-20 00:00:00", "day"),
        ("20. XII. 2022, 9:31", "2022-12-20 00:00:00", "day"),
        ("20 IV 2022 r.", "2022-04-20 00:00:00", "day"),
        ("20-VIII-2022", "2022-08-20 00:00:00", "day"),
        ("2022. XII. 20.", "2022-12-20 00:00:00", "day"),
        ("۳۱ شهریور ۱۴۰۱", "2022-09-22 00:00:00", "day"),
    ],
)
def test_reads(text: str, at: str, precision: str) -> None:
    assert only(text) == (at, precision)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2022",  # March or April
        "Monday, 20 December 2022",  # it was a Tuesday
        "30 February 2022",
        "29 February 2030",
        "7 March 2031",  # two days after it was received
        "20 December 1989",
        "1 May 2150",
        "32 May 2022",
        "2022-13-01",
        "32.XII.2022",
        "20 xii 2022",
        "20.IIII.2022",
        "20 i 2022",
        "the fair of 4–9 March 2031",  # days of something
        "۳۲ فروردین ۱۴۰۱",
        "۳۱ آذر ۱۴۰۱",
        "شنبه ۳۰ اسفند ۱۴۰۱",  # of a year with 29
        "version 10.12.2022.4.2022-1" * 2,
    ],
)
def test_leaves_out(text: str) -> None:
    assert only(text) is None


@pytest.mark.parametrize(
    ("context", "at", "precision"),
    [
        ("The fund in Mumbai pays ₹500.", "2023-04-07 02:21:00", "minute"),
        ("The Taoiseach spoke in Dublin.", "2023-04-07 06:51:00", "minute"),
        ("The Knesset met in Jerusalem.", "2023-04-07 05:51:00", "minute"),
        ("A bridge was opened.", "2023-04-07 00:00:00", "day"),
        ("Talks between India and Israel.", "2023-04-07 00:00:00", "day"),
    ],
)
def test_a_shared_abbreviation_needs_its_place(context: str, at: str, precision: str) -> None:
    assert only("Apr 07 2023 | 7:51 AM IST", context) == (at, precision)


@pytest.mark.parametrize(
    ("body", "received", "day"),
    [
        ("They met on Wednesday.", datetime(2026, 11, 22, tzinfo=UTC), date(2023, 4, 5)),
        (
            "They met on Wednesday and will vote on Thursday.",
            datetime(2023, 4, 6, tzinfo=UTC),
            date(2023, 4, 5),
        ),
        ("They met.", datetime(2023, 4, 6, tzinfo=UTC), None),
        ("They met on Tuesday.", datetime(2023, 4, 6, tzinfo=UTC), None),  # a wire of the day after
        ("They met on Wednesday.", datetime(2023, 4, 1, tzinfo=UTC), None),  # 2018: the day after a Wednesday
    ],
)
def test_a_weekday_settles_the_year_or_nothing_does(body: str, received: datetime, day: date | None) -> None:
    assert with_year(Yearless(4, 5, 0, 5), body, received) == day


def published(text: str) -> tuple[str, str | None] | None:
    article = extract(Document(name="a.txt", data=(text + BODY).encode(), received=RECEIVED))
    return (
        (article.published.strftime("%Y-%m-%d"), article.published_precision) if article.published else None
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Updated 4 March 2031; Posted 2 March 2031", ("2031-03-02", "day")),
        ("Uppdaterad 2031-03-04 Publicerad 2031-03-02", ("2031-03-02", "day")),
        ("更新日:2031年3月4日 公開日:2031年3月2日", ("2031-03-02", "day")),
        ("Güncelleme: 04.03.2031 Yayınlanma: 02.03.2031", ("2031-03-02", "day")),
        ("2 March 2031", ("2031-03-02", "day")),
        ("A bridge of 2 March 2031", ("2031-03-02", "day")),
        ("1 January 2040", None),
        ("Bridge closes", None),
    ],
)
def test_page_date(head: str, expected: tuple[str, str] | None) -> None:
    assert published(head) == expected


def test_a_date_inside_the_news_is_not_its_own() -> None:
    assert (
        published(
            "Bridge closes\n\nThe bridge was opened on 4 May 2019 by the mayor, and it has been repaired twice since."
        )
        is None
    )


def test_unknown_zone() -> None:
    assert offset("XYZ", datetime(2031, 3, 4), "") is None  # noqa: DTZ001 - a local time
    assert offset("+19:00", datetime(2031, 3, 4), "") is None  # noqa: DTZ001 - a local time


@given(st.text(alphabet="0123456789-/.: ,TZapmMarchDecFri", max_size=60))
def test_every_date_is_plausible(text: str) -> None:
    for found in moments(text, context="", received=RECEIVED):
        assert 0 <= found.start < found.end <= len(text)
        if isinstance(found, Moment):
            assert datetime(1990, 1, 1, tzinfo=UTC) <= found.at < datetime(2031, 3, 7, tzinfo=UTC)


@given(
    st.dates(date(1990, 1, 2), date(2031, 3, 4)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %b %Y"]),
)
def test_what_is_written_is_read(day: date, form: str) -> None:
    assert only(day.strftime(form)) == (f"{day} 00:00:00", "day")


@pytest.mark.parametrize(
    ("language", "read"),
    [("pt-BR", True), ("de", True), ("en-GB", True), ("en_AU", True), ("en", False), ("en-US", False), ("hu", False), ("ja", False), (None, False)],
)  # fmt: skip
def test_a_language_settles_which_number_is_the_month(language: str | None, read: bool) -> None:
    for text, day in (("04/03/2031 09h15", "2031-03-04"), ("12-1-2030", "2030-01-12")):
        told = only(day_first(text, language))
        assert (told and told[0][:10]) == (day if read else None)
    for kept in ("20/12/2022", "12/20/2022", "04/03/2031/2", "1/04/03/2031", "2022/04/03"):
        assert day_first(kept, language) == kept


def test_names_of_people_are_no_months() -> None:
    assert [
        word for word in ("Marta", "Maja", "Augusta", "März", "Octubre", "Τρίτη") if is_of_the_calendar(word)
    ] == ["März", "Octubre", "Τρίτη"]


def test_months_and_weekdays_are_known_in_letters_of_any_case() -> None:
    """What an expression that ignores case finds has its number: to that İ and ı are an i, and ſ is an s."""
    for names, number_of in ((MONTHS, month_of), (WEEKDAYS, weekday_of)):
        for name, number in names.items():
            for letter, other in (("i", "İ"), ("i", "ı"), ("ı", "I"), ("s", "ſ"), ("σ", "ς"), ("", "")):
                assert number_of(name.upper().replace(letter.upper(), other) if letter else name) == number
                assert number_of(name.replace(letter, other) if letter else name.title()) == number
    for text, day in (("3 NİSAN 2030", "04-03"), ("6 KASIM 2030", "11-06"), ("2030. DECEMBER 4.", "12-04"), ("Auguſt 3, 2030", "08-03"), ("SALI, 3 ARALIK 2030", "12-03")):  # fmt: skip
        assert only(text) == (f"2030-{day} 00:00:00", "day")
