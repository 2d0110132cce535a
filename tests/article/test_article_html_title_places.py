"""A site's name or a section's never becomes the title, wherever on the page it stands."""

from __future__ import annotations

import time

import pytest
from lxml.html import document_fromstring

from bot.article.fields.stated import Stated
from bot.article.html.meta_tags import tagged
from bot.article.html.title import Titled, page_title

SHOWN = "Five ferries that the island will lose by winter"
CHINESE = "五条渡船航线冬前停航海岛居民忧心出行"


def titled(head: str, body: str, *, declared: str | None = None, url: str | None = None) -> Titled:
    tree = document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return page_title(tree, Stated(title=declared), tagged(tree), url)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(
            f"<title>{SHOWN} | The Quarrel Bay Herald</title>",
            f"<h1>The Quarrel Bay Herald</h1><h1>{SHOWN}</h1>",
            id="the window's last part",
        ),
        pytest.param(
            f"<title>Quarrel Bay: Speeches / {SHOWN}</title>",
            f"<h1>Service and navigation</h1><h1>{SHOWN}</h1>",
            id="the window's last part is the headline",
        ),
        pytest.param(
            f"<meta property='og:title' content='{SHOWN} | notices.bay.example'>",
            f"<h1>notices.bay.example</h1><h2>{SHOWN}</h2>",
            id="the tag's last part, without a window",
        ),
        pytest.param(
            f"<title>{SHOWN}</title>",
            f"<h1>Harbour notices</h1><h1>{SHOWN}</h1><h1>{SHOWN}</h1>",
            id="the headline itself twice",
        ),
    ],
)
def test_a_first_level_heading_that_names_the_site_or_a_section_is_no_title(head: str, body: str) -> None:
    assert titled(head, body).title == SHOWN


def test_a_chinese_headline_of_the_second_level_is_found_without_spaces() -> None:
    head = f"<title>{CHINESE}_海事_北港日报</title>"
    assert titled(head, f"<h1>北港日报</h1><h2>{CHINESE}</h2>").title == CHINESE


@pytest.mark.parametrize(
    ("window", "site"),
    [
        (f"{CHINESE}-北港网", "北港网"),
        (f"{CHINESE}_北港航运官方网站", "北港航运官方网站"),
        (f"{CHINESE}-北港传媒", "北港传媒"),
        (f"{CHINESE}_北港晚报", "北港晚报"),
    ],
)
def test_a_chinese_sites_name_behind_a_bare_mark_is_cut_off(window: str, site: str) -> None:
    assert titled(f"<title>{window}</title>", "") == Titled(CHINESE, site)


@pytest.mark.parametrize(
    "title", [f"中国-北港渡船{CHINESE}", f"{CHINESE}-海岛居民", "北港：渡船停航后海岛居民忧心今后出行"]
)
def test_a_mark_within_a_chinese_title_parts_nothing(title: str) -> None:
    assert titled(f"<title>{title}</title>", "").title == title


@pytest.mark.parametrize("mark", ["：", ":", "・", "-", "_"])
def test_a_known_sites_whole_name_is_cut_off_behind_any_mark(mark: str) -> None:
    head = f"<title>島の渡船、冬までに五路線廃止へ{mark}北港新聞デジタル</title><meta property='og:site_name' content='北港新聞デジタル'>"
    assert titled(head, "").title == "島の渡船、冬までに五路線廃止へ"


def test_a_declared_headline_loses_what_the_tag_does_not_have() -> None:
    head = f"<title>{SHOWN} | Medley</title><meta property='og:title' content='{SHOWN}'><meta property='og:site_name' content='Medley'>"
    assert titled(head, f"<h1>{SHOWN}</h1>", declared=f"{SHOWN} - Harbour Tech Blog - Medley").title == SHOWN
    assert titled(head, "", declared=f"{SHOWN} - Harbour Tech Blog").title == SHOWN


def test_a_tag_may_hold_its_words_in_the_attribute_value() -> None:
    tree = document_fromstring(
        f"<meta property='og:title' value='{SHOWN}'><meta property='og:site_name' value='Quarrel Bay Herald'>"
        "<meta name='author' content='Imke Sorrel' value='nobody'>"
    )
    tags = tagged(tree)
    assert (tags.title, tags.site, tags.byline) == (SHOWN, "Quarrel Bay Herald", "Imke Sorrel")


@pytest.mark.parametrize(
    ("behind", "foot"),
    [
        (" │ Harbour and sea", ""),
        (" - bay.example - Web design", ""),
        (" - Quarrel Bay Herald", ""),
        (" - Quarrel Bay", "<footer><p>© 2031 <b>Quarrel Bay</b>. All rights reserved</p></footer>"),
    ],
)
def test_the_window_of_a_site_that_says_no_name_loses_it_all_the_same(behind: str, foot: str) -> None:
    assert titled(f"<title>{SHOWN}{behind}</title>", f"<p>Text.</p>{foot}").title == SHOWN


def test_what_no_right_and_no_noun_calls_an_outlet_stays_in_the_window() -> None:
    window = f"{SHOWN} - an overview"
    assert (
        titled(f"<title>{window}</title>", "<p>Text.</p><footer>© 2031 Quarrel Bay</footer>").title == window
    )


@pytest.mark.parametrize("piece", ["題：", "-新", "：_", "/・", "網_網 | "])
def test_many_marks_take_no_longer(piece: str) -> None:
    start = time.process_time()
    titled(f"<title>{piece * 30_000}</title>", f"<h1>{piece * 30_000}</h1>" * 3, declared=piece * 30_000)
    assert time.process_time() - start < 2
