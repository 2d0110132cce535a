"""Lines beside a text that are none of it: signs, addresses, captions of the east, law; and what they tell."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.fields.signatures import reporting
from bot.article.fields.url import address_alone
from bot.article.html.links import leads_on
from bot.article.text.block_kinds import Kind, kind, signs
from bot.article.text.blocks import Block
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
TITLE = "Ferry terminal to close after forty years"
BODY = [
    "The harbour board of Tarn Vale decided on Monday to close the old ferry terminal after forty years of service.",
    "About three hundred people work there, and each of them will be offered a place at the new terminal in Port Vantry.",
    "Residents have until the end of April to comment on the plan, which the council will discuss at its next meeting.",
]
CHINESE = [
    "据港口管理局周一发布的消息，使用了四十年的旧渡轮码头将于明年春天关闭，土地将出售给市政府，用于建设住宅和公园。",
    "码头目前约有三百名员工，管理局表示将为每个人在新码头提供岗位，并承诺不会裁员，工资待遇保持不变。",
]
JAPANESE = [
    "ターン市の港湾局は月曜日、四十年にわたり使われてきた古いフェリーターミナルを来春に閉鎖すると発表した。跡地は市に売却され、住宅と公園になる見通しだ。",
    "ターミナルではおよそ三百人が働いており、港湾局は全員に新しいターミナルでの職を用意すると説明している。",
]


def read(text: str, name: str = "a.txt") -> Article:
    return extract(Document(name, text.encode(), RECEIVED))


@pytest.mark.parametrize("line", ["kno/mir/", "kno/ mir/ dpa", "dpa/kno", "(kno/afp)", "kno/mir/DP/"])
def test_the_signs_of_an_agencys_editors_are_none_of_the_text(line: str) -> None:
    found = read("\n\n".join([TITLE, *BODY, line]))
    assert found.text == "\n\n".join(BODY)


@pytest.mark.parametrize("line", ["and/or", "TV/Radio", "km/h", "Ja/Nein", "dpa", "Norrin/Brindle", "1/2/3"])
def test_what_has_a_stroke_may_be_the_texts_own(line: str) -> None:
    assert not signs(line)


@pytest.mark.parametrize(
    ("parts", "url"),
    [
        ([TITLE, "https://echo.example/a?utm_source=x", *BODY], "https://echo.example/a"),
        (["<https://echo.example/a>", TITLE, *BODY], "https://echo.example/a"),
        ([TITLE, *BODY, "https://echo.example/a"], "https://echo.example/a"),
        ([TITLE, *BODY, "https://echo.example/"], None),
        ([TITLE, *BODY, "More: https://echo.example/a"], None),
        ([TITLE, *BODY, "https://echo.example/a", "https://echo.example/b"], None),
        ([TITLE, "By Ada Marlow", *BODY[:2], "https://echo.example/plan.pdf", *BODY[2:]], None),
    ],
)
def test_an_address_alone_above_or_below_a_text_is_the_texts(parts: list[str], url: str | None) -> None:
    found = read("\n\n".join(parts))
    assert (found.title, found.url, found.source) == (TITLE, url, "echo.example" if url else None)
    assert all(each in found.text for each in BODY)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Imke Sorrel in Port Vantry", "Imke Sorrel"),
        ("Imke Sorrel, in Brindle", "Imke Sorrel"),
        ("Imke Sorrel und Osric Thane in Norrin", "Imke Sorrel und Osric Thane"),
        ("Imke Sorrel à Saint-Brieuc", "Imke Sorrel"),
        ("The storm in Port Vantry", None),
        ("Storm and flood in Norrin", None),
        ("Imke Sorrel in the harbour", None),
    ],
)
def test_who_reports_from_where(line: str, name: str | None) -> None:
    assert reporting(line) == name
    assert read("\n\n".join([TITLE, line, *BODY])).byline == name


def test_a_headline_that_is_built_so_names_nobody() -> None:
    found = read("\n\n".join(["Imke Sorrel in Port Vantry", *BODY]))
    assert (found.title, found.byline) == ("Imke Sorrel in Port Vantry", None)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("图为旧码头的入口。王小明 摄", True),
        ("閉鎖されるターミナル＝12日、ターン市、佐藤花子撮影", True),
        ("【写真】閉鎖されるフェリーターミナルの外観", True),
        ("▲ 旧码头的入口（本报记者 王小明 摄）", True),
        ("해안 마을의 옛 부두 (사진=연합뉴스)", True),
        ("記者が港で写真を撮影した。", False),
        ("图书馆周一重新开放，市长出席了仪式。", False),
        ("사진=예술이라는 말이 있다.", False),
    ],
)
def test_captions_of_the_east(text: str, caption: bool) -> None:
    assert (kind(Block(text)) is Kind.CAPTION) == caption


def test_a_caption_in_a_short_page_is_no_part_of_a_paragraph() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>The old terminal on Monday</figcaption></figure>"
    page = f"<html><body><h1>{TITLE}</h1><article><p>{JAPANESE[0]}</p>{figure}<p>{JAPANESE[1]}</p></article></body></html>"
    assert read(page, "a.html").text.split("\n\n") == JAPANESE


def test_a_japanese_releases_headline_stands_below_whom_it_is_for() -> None:
    title = "フェリーターミナルを来春に閉鎖、跡地は住宅と公園に"
    found = read("\n\n".join(["報道関係者各位\n2031年3月12日\n株式会社港", title, *JAPANESE]))
    assert found.title == title


@pytest.mark.parametrize(
    ("head", "source"), [("", "新港晚报"), ("<meta property='og:site_name' content='港网'>", "港网")]
)
def test_a_chinese_pages_credit_names_its_outlet_where_nothing_else_does(head: str, source: str) -> None:
    credit = "<div><span>2031-03-12 08:02</span> <span>来源：<a href='/x'>新港晚报</a></span></div>"
    page = f"<html><head><title>旧渡轮码头明年春天关闭</title>{head}</head><body><h1>旧渡轮码头明年春天关闭</h1>{credit}<div>"
    assert (
        read(page + "".join(f"<p>{each}</p>" for each in CHINESE) + "</div></body></html>", "a.html").source
        == source
    )


LAW = " The company takes no duty to change what it said, as a result of new facts, later events or otherwise, and accepts no liability." * 6  # fmt: skip


@pytest.mark.parametrize(
    "opening",
    [
        "This e-mail and any attachments are confidential and meant for the person to whom they are addressed.",
        "This press release contains certain forward-looking statements.",
        "Forward-looking statements: what is expected may not come about.",
        "Diese E-Mail enthält vertrauliche Informationen.",
        "Ce message et ses pièces jointes sont confidentiels.",
    ],
)
def test_a_short_text_beside_long_law_is_the_article(opening: str) -> None:
    short = "The harbour board closes the old terminal in spring, it said on Monday. Its staff move to Port Vantry."
    assert read("\n\n".join([TITLE, short, opening + LAW])).text == short


@pytest.mark.parametrize(
    "text",
    [
        "This e-mail was sent by the minister to his party, and a court now wants to see it.",
        "The confidential message was read out in court.",
        "Statements about the future were few.",
    ],
)
def test_what_tells_of_a_message_is_no_law(text: str) -> None:
    assert kind(Block(text)) is not Kind.RIGHTS


@pytest.mark.parametrize(
    "piece", ["ab/", "ab / ", "摄", "。a", "this e-mail ", "(사진", "https://a.example/b ", "Ada Marlow in "]
)
def test_many_of_them_take_no_longer(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    for line in (text, text[:500]):
        signs(line)
        reporting(line)
        kind(Block(line))
        address_alone(line)
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    ("last", "name"),
    [
        ("Imke Sorrel", "Imke Sorrel"),
        ("Happy New Year", None),
        ("The End", None),
        ("Port Vantry", None),
        ("Tarn Vale Echo News", None),
    ],
)
def test_a_name_alone_on_the_last_line_signs_the_text(last: str, name: str | None) -> None:
    found = read("\n\n".join([TITLE, *BODY, last]))
    assert found.byline == name
    assert found.text == "\n\n".join([*BODY, *([] if name else [last])])


def within(line: str) -> str:
    first, *others = (f"<p>{text}</p>" for text in BODY)
    return read(
        f"<html><body><article><h1>{TITLE}</h1>{first}{line}{''.join(others)}</article></body></html>",
        "a.html",
    ).text


@pytest.mark.parametrize(
    "line",
    [
        "İLGİLİ HABER: <a href='/x'>Orrenby fırınları yanıyor</a>",
        "【関連記事】<a href='/x'>オレンビーの窯が再び燃えた夜</a>",
        "<b>Kapcsolódó: <a href='/x'>Égnek az orrenbyi kemencék</a></b>",
        "Le puede interesar: <a href='/x'>Los hornos de Orrenby arden</a>",
    ],
)
def test_a_label_before_a_link_leads_to_another_article(line: str) -> None:
    assert within(f"<p>{line}</p>") == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "The board: <a href='/x'>all of its members</a> voted for the plan, and nobody spoke against it in the debate.",
        "Board members: Ada Marlow, Bo Lind and <a href='/x'>Imke Sorrel of Port Vantry</a>",
    ],
)
def test_a_line_with_a_label_that_says_more_stays(line: str) -> None:
    assert len(within(f"<p>{line}</p>").split("\n\n")) == len(BODY) + 1


@pytest.mark.parametrize("piece", ["a ", "ab:", "a", "： ", "】a "])
def test_labels_without_end_take_no_longer(piece: str) -> None:
    began = time.process_time()
    for _ in range(50):
        leads_on(piece * (100_000 // len(piece)), "a", 1.0)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "line",
    [
        "De tekst gaat verder onder de foto.",
        "Articolul continuă după reclamă",
        "ANNONS",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Якщо ви знайшли помилку, виділіть її та натисніть Ctrl+Enter.",
        "Video Player is loading.",
        "This is a modal window.",
        "Printed from echo.example on 5 March 2031",
        "This summary was reviewed by our editors.",
        "Audio is generated by artificial intelligence and may contain errors.",
    ],
)
def test_what_a_page_says_of_itself_is_chrome(line: str) -> None:
    assert kind(Block(line)) is Kind.CHROME


@pytest.mark.parametrize(
    "line",
    [
        "The text continues a series.",
        "He pressed Ctrl+Enter and the letter was gone, and with it the job of ten years, she said.",
    ],
)
def test_a_sentence_that_speaks_of_such_things_is_none(line: str) -> None:
    assert kind(Block(line)) is not Kind.CHROME
