"""Which of a page's places gives the title, and in which spelling."""

from __future__ import annotations

import time
from html import escape

import pytest
from lxml.html import document_fromstring

from bot.article.fields.stated import Stated
from bot.article.html.meta_tags import tagged
from bot.article.html.title import heading_letters, page_title

SHOWN = "Five ferries that the island will lose by winter"
SOUGHT = "Island ferries: five lines to close"


def title(
    heading: str, *, declared: str | None, tag: str, window: str, site: str | None = None
) -> str | None:
    tree = document_fromstring(f"<title>{escape(window)}</title><h1>{escape(heading)}</h1>")
    return page_title(tree, Stated(title=declared, source=site), Stated(title=tag), None).title


def test_heading_and_tag_outweigh_what_only_the_window_repeats() -> None:
    assert title(SHOWN, declared=SOUGHT, tag=SHOWN, window=f"{SOUGHT} | Norrland Tribune") == SHOWN
    assert title(SHOWN, declared=f"{SHOWN} | Sport", tag=SHOWN, window=f"{SHOWN} | Sport") == SHOWN


@pytest.mark.parametrize(("tag", "window"), [(SOUGHT, SHOWN), (SHOWN, SHOWN), (SHOWN, "Norrland Tribune")])
def test_a_declared_headline_settles_it_elsewhere(tag: str, window: str) -> None:
    assert title(SHOWN, declared=SOUGHT, tag=tag, window=window) == SOUGHT


@pytest.mark.parametrize(
    ("declared", "heading", "tag", "window"),
    [
        pytest.param("Mayor’s crane", "Mayor’s crane", "Mayor's crane", "Mayor's crane", id="tag and window"),
        pytest.param("Mayors crane", "Mayor's crane", "Mayor's crane", "Mayor's crane", id="all but one"),
        pytest.param(
            "Mayor's crane", "Mayor's crane", "Mayor’s crane", "Harbour", id="heading and linked data"
        ),
    ],
)
def test_the_spelling_of_most_places_wins_and_the_tag_a_tie(
    declared: str, heading: str, tag: str, window: str
) -> None:
    assert title(heading, declared=declared, tag=tag, window=window) == "Mayor's crane"


def test_a_tag_that_only_names_the_site_is_no_title_and_no_kicker() -> None:
    found = title(
        "The Quarrel Bay Herald",
        declared=None,
        tag="Quarrel Bay Herald",
        window="",
        site="Quarrel Bay Herald",
    )
    assert found == "The Quarrel Bay Herald"


def test_headings_inside_each_other_take_no_longer() -> None:
    text = "The harbour master said so on Monday. " * 20_000
    tree = document_fromstring(f"{'<h1><div>' * 100}{text}{'</div></h1>' * 100}")
    start = time.process_time()
    page_title(tree, Stated(), Stated(), None)
    heading_letters(tree)
    assert time.process_time() - start < 2  # 10 s when each heading's whole text was read.


def page(head: str, body: str, *, data: Stated | None = None) -> str | None:
    tree = document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return page_title(tree, data or Stated(), tagged(tree), "https://ledger.example/1").title


AGREED = (
    '<title>{0} - Orrenby Ledger</title><meta property="og:title" content="{0}">'
    '<meta name="twitter:title" content="{0}"><meta property="og:site_name" content="Orrenby Ledger">'
)


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("<h1>Regional desk of the week</h1>", id="a section"),
        pytest.param('<h1><a href="/">Ledger, since 1871 in Orrenby</a></h1>', id="a link to the front page"),
        pytest.param(
            '<h1><a href="https://ledger.example">Ledger<svg><title>Ledger logo</title></svg></a></h1>',
            id="a drawing with a title",
        ),
    ],
)
def test_one_heading_does_not_outvote_two_tags_and_the_window(heading: str) -> None:
    headline = "Last ropemaker of Orrenby hangs up his hemp"
    assert page(AGREED.format(headline), f"{heading}<article><h2>{headline}</h2></article>") == headline


@pytest.mark.parametrize(
    "link", ["/hemp", "#top", "https://ledger.example/2031/hemp", "https://[", "?story=8"]
)
def test_a_heading_that_links_elsewhere_is_a_title(link: str) -> None:
    assert (
        page("", f'<h1><a href="{link}">Ropemaker hangs up his hemp</a></h1>')
        == "Ropemaker hangs up his hemp"
    )


@pytest.mark.parametrize(
    ("data", "described"),
    [
        pytest.param(
            Stated(title="Bell tower in Norrland", also_titled=("Ostra Klint",)), "", id="named beside"
        ),
        pytest.param(Stated(title="bell tower in Norrland"), "", id="in lower case"),
        pytest.param(
            Stated(title="The tower has rung since 1702."),
            '<meta name="description" content="The tower has rung since 1702">',
            id="the page's description",
        ),
    ],
)
def test_a_declared_headline_that_describes_is_none(data: Stated, described: str) -> None:
    head = f"<title>Ostra Klint - Norrpedia</title>{described}"
    assert page(head, "<h1>Ostra Klint</h1>", data=data) == "Ostra Klint"


def test_a_headline_in_lower_case_stands_where_the_outlet_writes_so() -> None:
    data = Stated(title="why the tower rings")
    assert page("<title>the tower</title>", "<h1>the tower</h1>", data=data) == "why the tower rings"


def test_a_heading_in_other_words_than_the_tags_is_a_headline() -> None:
    told = AGREED.format("Ropemaker of Orrenby: last workshop closes")
    assert (
        page(told, "<h1>The last ropemaker hangs up his hemp</h1>") == "The last ropemaker hangs up his hemp"
    )


def test_a_headline_that_the_data_has_twice_is_none_of_its_descriptions() -> None:
    data = Stated(title="Hemp no more", described=("Hemp no more",))
    assert (
        page(AGREED.format("Ropemaker gives up"), "<h1>Ropemaker gives up</h1>", data=data) == "Hemp no more"
    )


QUOTED = "«The island loses five ferries by winter»"


@pytest.mark.parametrize(
    ("heading", "tag", "window", "expected"),
    [
        (QUOTED, f"{QUOTED} - Norrland Trust", f"{QUOTED} - Norrland Trust", QUOTED),
        (f"Ada Marlow: {QUOTED}", f"Ada Marlow: {QUOTED}", "Norrland Tribune", f"Ada Marlow: {QUOTED}"),
        (SHOWN, f"{SHOWN} -", f"{SHOWN} -", SHOWN),
        (
            "Winterferries",
            "Winterferries | a.example | News",
            "Winterferries | a.example | News",
            "Winterferries",
        ),
        (f"{SHOWN} | OLDNAME", SHOWN, f"{SHOWN} | NEWNAME", SHOWN),
        (f"{SHOWN} │ Norrland", f"{SHOWN} │ Norrland", f"{SHOWN} │ Norrland", SHOWN),
    ],
)
def test_what_stands_behind_a_title_is_cut_and_a_closing_mark_is_not(
    heading: str, tag: str, window: str, expected: str
) -> None:
    assert title(heading, declared=None, tag=tag, window=window, site="Norrland") == expected


HEMP = "Last ropemaker of Orrenby hangs up his hemp"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(
            f"<title>{HEMP} - Old Wharf Almanac</title>",
            '<h1><a href="/">Old Wharf Almanac</a></h1>',
            id="the logo's words",
        ),
        pytest.param(
            f"<title>{HEMP} - Old Wharf Almanac</title>",
            '<a href="https://www.wharf.example/"><img alt="Logo"></a><a href="/" title="Old Wharf Almanac"></a>',
            id="what the link to the front page is called",
        ),
        pytest.param(
            f'<title>{HEMP} - Trades - Ledger</title><meta property="article:section" content="Trades">',
            "",
            id="the section",
        ),
        pytest.param(
            f"<title>{HEMP} : Ledger | All of the coast | Since 1871</title>",
            "",
            id="a slogan behind the site",
        ),
        pytest.param(f"<title>{HEMP} – Ledger – 03.02.2031</title>", "", id="a date"),
        pytest.param(f"<title>{HEMP} | The Almanac</title>", "", id="the shorter half behind a bar"),
        pytest.param(
            f"<title>Rope Club - {HEMP} - Old news</title><meta name='description' content='{HEMP}'>",
            "",
            id="what the description repeats",
        ),
        pytest.param(
            f"<title>Ledger » Blog » {HEMP}</title>",
            f"<h1>Ledger</h1><h2>{HEMP}</h2>",
            id="the site as heading",
        ),
        pytest.param(
            f"<title>{HEMP} - Hemp and rope - Rope Club</title>",
            f"<h2>Hemp and rope</h2><h2>{HEMP}</h2>",
            id="the longer heading of two in the window",
        ),
    ],
)
def test_what_stands_beside_the_title_is_cut_off_by_what_the_page_itself_says(head: str, body: str) -> None:
    assert page(head, body) == HEMP


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEMP} – ledgerdemain and other tricks", id="a word that begins with the site's name"),
        pytest.param(
            "Ropes | What became of the last ropemaker of Orrenby", id="the longer half behind a bar"
        ),
        pytest.param(
            f"{HEMP} – the Ledger speaks to four men of the old guild", id="a clause with the site's name"
        ),
    ],
)
def test_a_part_of_the_title_is_not_taken_for_the_site(text: str) -> None:
    assert page(f"<title>{text}</title>", "") == text


@pytest.mark.parametrize(
    ("declared", "heading", "tag", "window"),
    [
        pytest.param("Last ropemaker of Orrenby hangs...", HEMP, "Hemp is over", "", id="an ellipsis"),
        pytest.param("Last ropemaker of Orrenby hangs up", HEMP, HEMP, "", id="the tag has it whole"),
        pytest.param(
            "Last ropemaker of Orrenby hangs up", HEMP, "Hemp is over", HEMP, id="the window has it whole"
        ),
        pytest.param(
            "Last ropemaker of Orrenby hangs...", "Trades", "Hemp is over", HEMP, id="the window alone"
        ),
    ],
)
def test_a_headline_that_was_cut_off_gives_way_to_the_whole(
    declared: str, heading: str, tag: str, window: str
) -> None:
    assert title(heading, declared=declared, tag=tag, window=window) == HEMP


def test_how_many_messages_wait_is_no_part_of_the_title() -> None:
    assert title("", declared=None, tag="", window=f"(12) {HEMP}") == HEMP


def test_a_headline_that_is_declared_and_shared_is_not_cut_off() -> None:
    short = "Last ropemaker of Orrenby hangs up"
    assert title(HEMP, declared=short, tag=short, window=HEMP) == short


def test_a_tag_that_a_quotation_mark_ended_gives_way_to_the_heading() -> None:
    whole = 'Ropemaker of Orrenby calls nylon "a string"'
    assert title(whole, declared=None, tag="Ropemaker of Orrenby calls nylon", window=whole) == whole


@pytest.mark.parametrize(
    "heading",
    [
        f"3. February 2031 {HEMP}",
        f"03.02.2031{HEMP}",
        f"{HEMP} 2031-02-03 • Guild, Trades",
        f"{HEMP} Feb 3, 2031",
    ],
)
def test_a_date_in_the_heading_that_no_title_has_is_no_part_of_it(heading: str) -> None:
    assert page(f"<title>{HEMP} - Rope Club of the northern coast</title>", f"<h1>{heading}</h1>") == HEMP


def test_a_date_that_the_titles_have_is_a_part_of_it() -> None:
    dated = "3.2.2031: the day on which the hemp ran out"
    assert page(f"<title>{dated}</title>", f"<h1>{dated}</h1>") == dated


def test_links_to_the_front_page_around_each_other_take_no_longer() -> None:
    text = "The harbour master said so on Monday. " * 20_000
    tree = document_fromstring(f"<title>{HEMP} - Ledger</title>{'<a href=/><div>' * 100}{text}")
    start = time.process_time()
    page_title(tree, Stated(), Stated(), None)
    assert time.process_time() - start < 1


TRAIL = "Ropemaker Orrenby: guild loses last member"


@pytest.mark.parametrize(
    ("lower", "expected"),
    [
        pytest.param(f"<h2>{HEMP}</h2>", HEMP, id="as a heading"),
        pytest.param(f"<h2><span>Old trades</span> {HEMP}</h2>", HEMP, id="below its kicker"),
        pytest.param(f"<h2><a href='/1'>{HEMP}</a></h2>", TRAIL, id="as a link to itself"),
        pytest.param(f"<h3>{HEMP}</h3>", TRAIL, id="further down"),
    ],
)
def test_the_headline_below_a_trail_of_search_words_is_the_one_that_is_shared(
    lower: str, expected: str
) -> None:
    head = f"<title>{TRAIL}</title><meta property='og:title' content='{HEMP}'>"
    assert page(head, f"<h1>{TRAIL}</h1>{lower}", data=Stated(title=TRAIL)) == expected


def test_a_shorter_form_of_the_heading_is_not_the_headline_below_it() -> None:
    longer = "Last ropemaker of Orrenby in Norrland hangs up his hemp"
    head = f"<title>{longer}</title><meta property='og:title' content='{HEMP}'>"
    assert page(head, f"<h1>{longer}</h1><h2>{HEMP}</h2>") == longer


def test_a_title_that_a_template_gives_for_the_sites_name_stays_the_title() -> None:
    page = f"<title>{SHOWN}</title><meta name='application-name' content='{SHOWN}'><h1>{SHOWN}</h1>"
    tree = document_fromstring(page)
    tags = tagged(tree)
    assert tags.site is None
    assert page_title(tree, Stated(), tags, None).title == SHOWN


def test_the_headline_is_the_second_heading_that_the_window_alone_repeats() -> None:
    assert page(f"<title>{SHOWN}</title>", f"<h1>Island Travel Centre</h1><h2>{SHOWN}</h2>") == SHOWN
    assert page(f"<title>{SHOWN}</title>", "<h1>Island Travel Centre</h1>") == "Island Travel Centre"


@pytest.mark.parametrize(
    "window", ["渡船五线冬前停航！海岛居民忧心出行_社会频道_北港网", "渡船五线冬前停航_海岛居民忧心今后出行"]
)
def test_the_channels_behind_a_chinese_title_are_no_part_of_it(window: str) -> None:
    assert page(f"<title>{window}</title>", "") == window.removesuffix("_社会频道_北港网")
