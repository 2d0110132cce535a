"""Bylines, datelines, sources and the language of texts in Japanese, Chinese and Korean."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.fields.credits import byline, credited
from bot.article.fields.dateline import dateline
from bot.article.fields.language import language
from bot.article.fields.signatures import in_dateline
from bot.article.left_out import left_out
from bot.domain.model import Document

CHINESE = "22日上午，强风暴袭击沿海地区，造成1.2万多户停电。电力公司对此予以证实。\n\n内政部长王强对记者说：“请待在家里。”"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("文／佐藤花子", "佐藤花子"),
        ("取材・文＝佐藤花子", "佐藤花子"),
        ("佐藤花子記者", "佐藤花子"),
        ("（佐藤はな記者）", "佐藤はな"),
        ("记者 李娜", "李娜"),
        ("記者李娜／台北報導", "李娜"),
        ("文／记者李娜", "李娜"),
        ("作者：李娜、张伟", "李娜、张伟"),
        ("2031-03-03 14:05 来源：阿文新闻网 作者：李娜", "李娜"),
        ("김민수 기자", "김민수"),
        ("记者对市长说", None),
        ("文化和旅游部", None),
        ("記者団に語った", None),
        ("キャリア採用 記者募集", None),
    ],
)
def test_who_wrote_it(line: str, name: str | None) -> None:
    assert byline([line]) == name


def test_the_source_beside_the_day() -> None:
    assert credited(["2031-03-03 14:05 来源：阿文新闻网 作者：李娜"]) == "阿文新闻网"


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("阿文新闻网11月22日电（记者 李娜）", "李娜"),
        ("本报讯（记者 李娜）", "李娜"),
        ("（本報訊）", None),
        ("【本報記者李娜台北報導】", "李娜"),
        ("〔記者李娜／台北報導〕", "李娜"),
        ("애번=연합뉴스) 김민수 기자 = ", "김민수"),
    ],
)
def test_a_dateline_is_cut_off_and_names_the_reporter(opening: str, name: str | None) -> None:
    found = dateline(f"{opening}22日上午，强风暴袭击沿海地区，造成1.2万多户停电。", "")
    assert found is not None
    assert found.end == len(opening)
    assert in_dateline(opening) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CHINESE, "zh"),
        ("強い嵐が沿岸を襲い、停電した。", "ja"),
        ("강한 폭풍이 해안을 덮쳤다.", "ko"),
    ],
)
def test_the_script_says_the_language_of_a_short_text(text: str, code: str) -> None:
    assert language(text) == code


def test_a_paragraph_without_its_dateline_is_not_told_as_left_out() -> None:
    document = Document("a.txt", f"沿海风暴致停电\n\n阿文新闻网11月22日电（记者 李娜）{CHINESE}".encode(), datetime(2031, 3, 5, tzinfo=UTC))  # fmt: skip
    article = extract(document)
    assert (article.text, article.byline) == (CHINESE, "李娜")
    assert not any("停电。" in one.text for one in left_out(document, article))


@pytest.mark.parametrize(
    "unit", ["记者", "文／", "本报讯（记者 ", "新闻网11月", "来源：", "李娜、", "기자 ", "【記者"]
)
def test_long_lines_are_read_at_once(unit: str) -> None:
    start = time.process_time()
    text = unit * 25_000
    byline([text, text[:200]]), credited([text, text[:200]]), dateline(text, text), in_dateline(text[:200])
    assert time.process_time() - start < 1


HEADLINE = "港の橋、十一か月閉鎖へ"
JAPANESE = (
    "港の橋は昇降機の交換のため月曜日から十一か月間閉鎖される、と市議会は四時間の議論の末に決めた。",
    "渡し船は真夜中まで十分おきに運航し、島に住む人は誰でも無料で乗れる、と港長は述べた。",
)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("佐藤花子\n\n2031年3月4日", "佐藤花子"),
        ("国際経済\n\n2031年3月4日", None),
        ("文・佐藤花子\nBy Hanako Sato\n\n2031年3月4日", "佐藤花子"),
        ("By Hanako Sato\n文・佐藤花子\n\n2031年3月4日", "Hanako Sato"),
    ],
)
def test_who_wrote_a_text_with_a_name_alone_or_in_two_scripts(lines: str, name: str | None) -> None:
    text = "\n\n".join((HEADLINE, lines, *JAPANESE))
    assert extract(Document("a.txt", text.encode(), datetime(2031, 3, 5, tzinfo=UTC))).byline == name


@pytest.mark.parametrize("name", ["a.html", "a.xml"])
def test_how_signs_are_read_is_no_part_of_the_text(name: str) -> None:
    ruby = "<ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>"
    body = "".join(f"<p>{text}</p>" for text in JAPANESE).replace("橋", ruby)
    page = f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE.replace('橋', ruby)}</h1>{body}</body></html>"
    feed = f"<rss version='2.0'><channel><item><title>{HEADLINE}</title><description><![CDATA[{body}]]></description></item></channel></rss>"
    data = (page if name == "a.html" else feed).encode()
    article = extract(Document(name, data, datetime(2031, 3, 5, tzinfo=UTC)))
    assert (article.title, article.text) == (HEADLINE, "\n\n".join(JAPANESE))
