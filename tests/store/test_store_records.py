from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Article, Entry, Quote, Span, Summary
from bot.store.sql.rows import entry_of, entry_row, file_key, micros, moment, storable
from tests.builders import NOON, an_entry

MOMENTS = st.datetimes(timezones=st.just(UTC))
NUMBERS = st.integers(1, 2**63 - 1)
# What a database takes; `storable` has a test of its own for the rest.
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from("“”’🚢👩\u200d🚀العربيّة\u202e\u2067עב\ufeff")
)
NAME = st.none() | TEXT


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    text = draw(TEXT.filter(bool))
    starts = st.integers(0, len(text) - 1)
    span = starts.flatmap(lambda start: st.integers(start + 1, len(text)).map(lambda end: Span(start, end)))
    some = st.lists(span, max_size=4).map(tuple)
    article = Article(
        title=draw(NAME),
        text=text,
        paragraphs=draw(some),
        content_key=draw(TEXT),
        fingerprint=tuple(draw(st.lists(st.integers(0, 2**64 - 1), max_size=4))),
        language=draw(NAME),
        published=draw(st.none() | MOMENTS),
        published_precision=draw(st.sampled_from([None, "second", "minute", "day"])),
        source=draw(NAME),
        byline=draw(NAME),
        section=draw(NAME),
        url=draw(NAME),
        standfirst=draw(NAME),
        agency=draw(NAME),
        utc_offset=draw(st.none() | st.integers(-840, 840)),
    )
    quotes = st.builds(
        Quote,
        words=span,
        speaker=st.none() | span,
        speaker_name=NAME,
        cue=st.none() | span,
        role=st.none() | span,
    )
    return Entry(
        id=draw(NUMBERS),
        revision=draw(NUMBERS),
        article=article,
        summary=Summary(draw(some), draw(TEXT), draw(some)),
        quotes=tuple(draw(st.lists(quotes, max_size=3))),
        origin=draw(TEXT),
        added=draw(MOMENTS),
        story=draw(NUMBERS),
    )


@given(entries())
def test_an_entry_survives_its_row(entry: Entry):
    assert entry_of(MappingProxyType(entry_row(entry))) == entry


@given(MOMENTS)
def test_a_moment_survives_to_the_microsecond(when: datetime):
    assert moment(micros(when)) == when


def test_moments_order_as_their_numbers():
    before_1970 = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert micros(before_1970) == -1
    assert micros(NOON + timedelta(microseconds=1)) - micros(NOON) == 1


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(TypeError):
        micros(NOON.replace(tzinfo=None))


@given(st.text(st.characters(), max_size=50))
def test_storable_text_keeps_its_length_and_what_is_sound(text: str):
    kept = storable(text)
    kept.encode("utf-8")
    assert "\0" not in kept
    assert len(kept) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, kept, strict=True))
    assert storable(kept) == kept


@given(st.tuples(st.text(), st.text("0123456789abcdef")), st.tuples(st.text(), st.text("0123456789abcdef")))
def test_a_file_key_is_one_files(one: tuple[str, str], other: tuple[str, str]):
    assert (file_key(*one) == file_key(*other)) == (one == other)


def test_a_file_key_takes_names_that_are_no_text():
    assert file_key("\udcff", "k") != file_key("\udcfe", "k")


def test_a_row_has_every_column():
    from bot.store.sql.library_schema import entries as table

    assert set(entry_row(an_entry())) == set(table.columns.keys())
