"""Lists of feeds, in and out."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sourcing import Source
from bot.options import Source as Option
from bot.sources.opml import NoOpml, read, written

LIST = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="The Quay Courier" xmlUrl="https://courier.example/feed"/>
<outline type="rss" title="The Quay Courier" xmlUrl="https://courier.example/other"/></outline>
<outline text="A page" htmlUrl="https://courier.example/"/>
<outline text="Odd" xmlUrl="javascript:alert(1)"/>
<outline xmlurl="https://bare.example/feed"/>
<outline text="again" xmlUrl="https://courier.example/feed"/>
<outline text="done" xmlUrl="https://done.example/feed"/>
</body></opml>"""


def test_the_feeds_of_all_folders_are_read_each_once_under_a_name_of_its_own():
    found = read(LIST, [Source("bare-example", "https://x.example/")])
    assert [(one.name, one.url) for one in found.sources] == [
        ("The-Quay-Courier", "https://courier.example/feed"),
        ("The-Quay-Courier-2", "https://courier.example/other"),
        ("bare-example-2", "https://bare.example/feed"),
        ("done-feed", "https://done.example/feed"),
    ]
    assert found.refused == ("javascript:alert(1)",)


def test_a_long_list_of_feeds_with_one_title_takes_no_longer_for_each():
    feeds = "".join(f'<outline text="News" xmlUrl="https://a.example/{n}"/>' for n in range(5_000))
    started = process_time()
    found = read(f"<opml><body>{feeds}</body></opml>".encode())
    assert process_time() - started < 2  # a tenth of a second; by the square of their number it is several
    assert found.sources[-1].name == "News-5000"


def test_what_is_taken_is_left_out():
    assert read(LIST, read(LIST).sources).sources == ()


def test_what_is_written_is_read_again():
    sources = read(LIST).sources
    assert read(written(sources, 'a "title" <&>')).sources == sources


@pytest.mark.parametrize(
    "data", [b"", b"no xml", b"<rss/>", b"<opml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><html>&b;</html>"]
)
def test_what_is_no_list_is_refused(data):
    with pytest.raises(NoOpml):
        read(data)


def test_a_file_of_the_machine_is_not_read_through_an_entity(tmp_path):
    (tmp_path / "secret").write_text("hush")
    data = (
        f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{tmp_path}/secret">]>'
        '<opml><body><outline text="&b;" xmlUrl="https://a.example/&b;"/></body></opml>'
    )
    try:
        found = read(data.encode())
    except NoOpml:
        return
    assert "hush" not in str(found)


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"))


@given(st.lists(TITLES, max_size=6))
def test_any_title_becomes_a_name_that_the_configuration_would_take(titles):
    data = written([Source(title, f"https://a.example/{n}") for n, title in enumerate(titles)], "list")
    sources = read(data).sources
    assert len({one.name.casefold() for one in sources}) == len(titles)
    for one in sources:
        assert Option(name=one.name, url=one.url).name == one.name
