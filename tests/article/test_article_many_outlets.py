"""Forms of the same things that outlets of other countries have: offers, comments, datelines, credits, records."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bot.article.extract import extract, extract_all
from bot.article.fields.agencies import of_dateline, of_ending
from bot.article.fields.dateline import dateline, place_named
from bot.article.text.block_kinds import ARTICLE, Kind, kind
from bot.article.text.blocks import Block
from bot.domain.model import Article, Document
from bot.quotes.find import find_quotes
from bot.summary.document import worthwhile
from bot.summary.summarizers import summarizer
from tests.builders import an_article

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
BODY = (
    "The bridge at Skarn will be closed from Friday, because two of its hangers have cracks, the county said.",
    "The repair takes three weeks and costs 90,000 crowns, which the county will take from its budget for snow.",
    "Buses go round by Tarn Head and take half an hour longer than before, and the ferry runs on Sundays too.",
)
TITLE = "Bridge at Skarn closes on Friday"
PROSE = "".join(f"<p>{text}</p>" for text in BODY)


def page(body: str, *, head: str = "", title: str = TITLE) -> Article:
    html = f"<html><head><title>{title}</title>{head}</head><body><main><article><h1>{TITLE}</h1>{body}</article></main></body></html>"
    return extract(Document("a.html", html.encode(), RECEIVED))


def texts(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


@pytest.mark.parametrize(
    "offer",
    [
        "Pozostało 64% artykułu",
        "Noch 70 % des Artikels zu lesen, verbleibend: 70 %",
        "Il vous reste 78% de cet article à lire.",
        "この記事は有料記事です。残り842文字",
        "会員登録すると続きをお読みいただけます。",
        "You have 2 free articles left this month.",
        "Just $1 a week for the first year. Cancel anytime.",
        "View subscription options",
        "Dieser Artikel ist nur für Abonnenten verfügbar",
        "Questo contenuto è riservato agli abbonati",
        "Este artigo é exclusivo para assinantes. Assine já por 1 € por mês.",
        "Denne saken er forbeholdt abonnenter",
        "For abonnenter",
        "Bestill abonnement for 1 krone",
        "Deretter 249 kr/mnd. Ingen bindingstid.",
        "Wykup dostęp i czytaj dalej",
        "Tu suscripción se lee ya en otro dispositivo",
        "Votre abonnement est utilisé sur un autre appareil.",
        "Your subscription is open on another device.",
        "Подписка открыта на другом устройстве.",
    ],
)
def test_an_offer_is_told_without_its_phrases(offer):
    assert kind(Block(offer)) is Kind.OFFER
    assert offer not in texts(page(f"{PROSE}<p>{offer}</p>"))


@pytest.mark.parametrize(
    "report",
    [
        "The paper, which has 40,000 subscribers, wants to print only on weekends from the spring, its publisher said.",
        "The council left 30 % of the money for the article of the statute that nobody has read.",
        "Only subscribers to the old service were told about the cracks in the pipe, which runs under the quay.",
        "Der Verlag verlor im vergangenen Jahr 12 Prozent seiner Abonnenten, obwohl er die Preise gesenkt hatte.",
        "A season ticket costs 40 crowns a month, and travellers can cancel it by letter at the end of each year.",
    ],
)
def test_a_report_on_subscribers_is_the_article(report):
    assert kind(Block(report)) in ARTICLE


@pytest.mark.parametrize(
    "mark",
    [
        "Artiklen fortsætter efter annoncen",
        "Saken fortsetter under annonsen",
        "Het artikel gaat verder onder de advertentie",
        "L'articolo continua dopo la pubblicità",
        "Haberin devamı reklamdan sonra",
        "责任编辑：李四",
        "김민수 기자 minsu@averne.example",
    ],
)
def test_a_mark_between_the_paragraphs_is_no_part_of_them(mark):
    assert mark not in texts(page(f"<p>{BODY[0]}</p><p>{mark}</p><p>{BODY[1]}</p><p>{BODY[2]}</p>"))


def test_an_age_behind_a_name_shows_where_the_comments_begin():
    comment = (
        "Encore une honte pour ce pays où plus rien ne marche depuis vingt ans, et personne ne dit rien."
    )
    shown = texts(page(f"{PROSE}<p>3 commentaires</p><p>Jean-Paul, il y a 2 heures</p><p>{comment}</p>"))
    assert shown == list(BODY)


def test_lines_below_the_last_heading_over_other_articles_are_left_out():
    assert texts(page(f"{PROSE}<p>相关阅读</p><p>大桥关闭至圣诞节</p>")) == list(BODY)


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("[서울=연합뉴스] 김민수 기자 = ", "연합뉴스"),
        ("【ロンドン=共同】", "共同"),
        ("【ロンドン時事】", "時事"),
        ("新华社北京3月4日电（记者 张三）", "新华社"),
        ("（中央社記者王小明台北4日電）", "中央社"),
        ("القاهرة (رويترز) - ", "رويترز"),
        ("नई दिल्ली, 4 मार्च (भाषा) ", "भाषा"),
        ("(ANSA) - ROMA, 4 MAR - ", "ANSA"),
        ("СКАРН, 4 марта. /ТАСС/. ", "ТАСС"),
        ("СКАРН, 4 мар — РИА Новости. ", "РИА Новости"),
        ("Madrid, 4 mar (EFE).- ", "EFE"),
        ("Skarn (dpa/lno) - ", "dpa"),
    ],
)
def test_a_dateline_in_any_script(opening, agency):
    found = dateline(f"{opening}Auf der Brücke", "")
    assert found is not None
    assert found.end == len(opening)
    assert of_dateline(opening, found.agency, ()) == agency


@pytest.mark.parametrize(
    ("opening", "said", "rest"),
    [
        ("Brindle - ", "The bridge is closed.", "Ferries leave from Brindle every hour."),
        ("Brindle/Norrin – ", "Die Brücke ist gesperrt.", ""),
        ("Brindle / Norrin - ", "Die Brücke ist gesperrt.", ""),
        ("BRINDLE: ", "The bridge is closed.", "Nobody in Brindle minds."),
        ("Brindle.- ", "El puente está cerrado.", ""),
    ],
)
def test_a_bare_place_opens_no_line(opening: str, said: str, rest: str) -> None:
    assert place_named(opening + said, rest) == len(opening)
    article = an_article(
        "A standfirst says what is below it.", f"{opening}{said}", rest or "Mehr ist nicht bekannt."
    )
    assert said in [span.of(article.text) for span in worthwhile(article)]


@pytest.mark.parametrize(
    ("paragraph", "rest"),
    [
        ("Brindle - The bridge is closed.", "Ferries leave every hour."),  # perhaps no place
        ("Brindle – The Town on the River – is closed to lorries.", "Brindle is old."),
        (
            "Brindle: The bridge is closed.",
            "Brindle is old.",
        ),  # a town that speaks: a dateline says where it is so
        ("Marlow: The bridge is closed.", "Marlow said so on Monday."),
        ("File - This is an old picture.", "It was in a file on Monday."),
        ("Update/Analysis: The bridge is closed.", ""),
        ("Brindle is old.", "Brindle is old."),
    ],
)
def test_what_may_be_a_word_of_the_sentence_stays(paragraph: str, rest: str) -> None:
    assert place_named(paragraph, rest) == 0


def test_a_summary_begins_behind_the_dateline():
    article = page("".join(f"<p>{text}</p>" for text in (f"SKARN, Norland (AP) — {BODY[0]}", *BODY[1:])))
    assert article.text.startswith("SKARN")
    summary = summarizer("lead")(article, sentences=1)
    assert [span.of(article.text) for span in summary.sentences] == [BODY[0]]


def test_what_follows_a_greeting_in_its_paragraph_tells_no_news():
    greeting = "Buenos días y bienvenidos al directo. Aquí les contaremos todo minuto a minuto."
    article = page(f"<p>{greeting}</p>{PROSE}")
    shown = summarizer("lead")(article, sentences=2).sentences
    assert [span.of(article.text) for span in shown] == [BODY[0], BODY[1]]


@pytest.mark.parametrize(
    ("last", "agency"),
    [
        ("Ritzau", "Ritzau"),
        ("(čtk)", "čtk"),
        ("(Avec AFP)", "AFP"),
        ("With files from Otto Krail and The Canadian Press", "Canadian Press"),
        ("The bridge opens again, with Reuters looking on, on Friday.", None),
        ("With luck the ferry will sail.", None),
    ],
)
def test_an_agency_in_the_last_words(last, agency):
    assert of_ending(last) == agency


@pytest.mark.parametrize(
    "credit",
    ["Das Gespräch führte Mara Sollind.", "Propos recueillis par Mara Sollind", "Entrevista: Mara Sollind"],
)
def test_who_asked_wrote_the_interview(credit):
    assert page(f"{PROSE}<p>{credit}</p>").byline == "Mara Sollind"


def test_two_authors_of_one_box_with_their_jobs():
    box = (
        "<div class='meta'><span><a rel='author' href='/a'>Signe Aldous</a><span>Environment Correspondent</span></span>"
        "<span><a rel='author' href='/b'>Otto Krail</a><span>in Fennick</span></span></div>"
    )
    assert page(box + PROSE).byline == "Signe Aldous, Otto Krail"


def test_where_the_outlet_took_the_first_heading_the_second_is_the_title():
    html = (
        f"<html><head><title>Skarn Courier | Local | {TITLE}</title></head><body><h1><a href='/'>Skarn Courier</a></h1>"
        f"<h2>Local</h2><div><h2>{TITLE}</h2>{PROSE}</div></body></html>"
    )
    assert extract(Document("a.html", html.encode(), RECEIVED)).title == TITLE


def test_a_stated_body_alone_keeps_its_breaks():
    stated = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": f"{BODY[0]}<br/><br/>{BODY[1]}<br/>{BODY[2]}",
    }
    html = f"<html><head><script type='application/ld+json'>{json.dumps(stated)}</script></head><body><h1>{TITLE}</h1></body></html>"
    assert texts(extract(Document("a.html", html.encode(), RECEIVED))) == list(BODY)


@pytest.mark.parametrize(
    "whole",
    [
        {"data": [{"title": TITLE, "text": "\n\n".join(BODY), "published_at": "2031-03-04T08:00:00Z"}]},
        {"response": {"results": [{"webTitle": TITLE, "webPublicationDate": "2031-03-04T08:00:00Z", "fields": {"bodyText": "\n\n".join(BODY)}}]}},
        {"hits": {"hits": [{"_source": {"title": TITLE, "text": "\n\n".join(BODY), "published_date": "2031-03-04T08:00:00Z"}}]}},
        [{"title": {"rendered": TITLE}, "content": {"rendered": PROSE}, "date_gmt": "2031-03-04T08:00:00"}],
    ],
)  # fmt: skip
def test_records_inside_records(whole):
    (clipping,) = extract_all(Document("a.json", json.dumps(whole).encode(), RECEIVED)).found
    article = clipping.article
    assert (article.title, texts(article)) == (TITLE, list(BODY))
    assert article.published is not None
    assert article.published.date().isoformat() == "2031-03-04"


def test_a_colon_announces_the_speaker_where_nobody_knows_the_name():
    words = "أفضل أن أقف في الطابور على أن أسبح"
    text = f'وقالت كبيرة المهندسين إنغريد سولاس: "{words}".'
    (quote,) = find_quotes(
        extract(Document("a.json", json.dumps({"text": text, "language": "ar"}).encode(), RECEIVED))
    )
    assert quote.words.of(text) == words
    assert quote.speaker is not None
    assert "سولاس" in quote.speaker.of(text)


def test_an_outlet_that_was_forwarded_from_its_letters_address():
    letter = "\n".join(
        (
            "From: ana@example.org", "Subject: Fwd: El puente", "Content-Type: text/plain; charset=utf-8", "",
            "---------- Mensaje reenviado ---------", "De: El Eco <boletin@eleco.example>", "Fecha: mar, 4 mar 2031 a las 8:05",
            "Asunto: El puente", "", "\n\n".join(BODY),
        )
    )  # fmt: skip
    assert extract(Document("a.eml", letter.encode(), RECEIVED)).source == "El Eco"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>{}<div>{}<div>{}</div></div></div>",
        "<div>{}<br><div>{}</div>{}<br></div>",
        "<div><span style='display: block'>{}</span><span style='display:block'>{}</span><p>{}</p></div>",
        "<ol><li><div>{}</div><div>{}</div></li><li>{}</li></ol>",
        "<center>{}</center><center>{}</center><p>{}</p>",
        "<p>{}</p><figure><img src='a.jpg'></figure>{}<p>{}</p>",
        "<details><summary>{}</summary>{}</details><p>{}</p>",
    ],
)
def test_words_beside_a_block_are_neither_glued_nor_lost(markup):
    shown = page(markup.format(*BODY)).text
    assert all(text in shown for text in BODY)
    assert not any(f"{one}{other}" in shown for one, other in pairwise(BODY))


def test_items_of_a_list_that_lead_elsewhere_are_teasers():
    box = (
        "<ul><li>Harbour: <a href='/a'>Eel smoker puts out his fire for good</a></li>"
        "<li>Island: <a href='/b'>School gets a second teacher from summer</a></li></ul>"
    )
    middle = f"<p>{BODY[0]}</p><p>{BODY[1]}</p>{box}<p>{BODY[2]}</p>"
    assert texts(page(middle)) == list(BODY)
    bought = "<ul><li>Timber: 40 beams</li><li>Nails: two boxes from <a href='/c'>Thane</a></li></ul>"
    assert len(texts(page(middle.replace(box, bought)))) == 5


def test_a_page_that_is_a_list_of_links_keeps_them():
    rows = "".join(
        f"<li>Day {n} of the thaw, as told at Skarn: <a href='/{n}'>Bridge closed, part {n} of six</a></li>"
        for n in range(6)
    )
    assert len(texts(page(f"<p>{BODY[0]}</p><ul>{rows}</ul><p>{BODY[1]}</p>"))) == 8


@pytest.mark.parametrize(
    "line", ["<h2>Main content</h2>", "<h2>Traffic Bridge at Skarn closes Friday for good</h2>"]
)
def test_a_section_or_the_headline_once_more_is_no_beginning(line):
    html = f"<html><head><title>{TITLE}</title></head><body><header><nav><h1>{TITLE}</h1></nav></header><main><article>{line}{PROSE}</article></main></body></html>"
    assert texts(extract(Document("a.html", html.encode(), RECEIVED))) == list(BODY)


def test_a_heading_of_its_own_is_a_beginning():
    assert texts(page(f"<h2>Cracks in two of the hangers</h2>{PROSE}"))[0] == "Cracks in two of the hangers"


def test_an_article_that_is_loaded_below_is_another():
    other = "".join(f"<p>{text.replace('bridge', 'school').replace('Skarn', 'Vantry')}</p>" for text in BODY)
    html = (
        f"<html><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1><div class='b'>{PROSE}</div></article>"
        f"<div><article><h1>School at Vantry gets a roof</h1><div class='b'>{other}</div></article></div></main></body></html>"
    )
    assert texts(extract(Document("a.html", html.encode(), RECEIVED))) == list(BODY)


def test_a_card_that_opens_over_a_name_is_no_part_of_the_sentence():
    card = (
        "<span><a href='/thane'>Osric Thane</a><span class='card'><a href='/thane'>Osric B. Thane</a>"
        "<a href='/1'>Thane promises a ferry for the valley</a> <a href='/2'>More</a></span></span>"
    )
    told = "<p>The county’s engineer, {}, has closed the bridge at Skarn, and nobody knows for how long it will be.</p>"
    assert texts(page(told.format(card) + PROSE)) == texts(page(told.format("Osric Thane") + PROSE))
