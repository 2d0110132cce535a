"""Corrections, greetings and an interviewer's questions stay in the body, and no summary shows them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.text.asides import corrects, greets, interview, notes, questions
from bot.article.text.block_kinds import Kind, kind
from bot.article.text.blocks import Block
from bot.domain.model import Article, Document
from bot.summary.document import sentences_of, worthwhile
from bot.summary.methods import METHODS
from bot.summary.summarizers import summarizer

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
BODY = (
    "The bridge at Skarn will be closed from Friday, because two of its hangers have cracks, the county said.",
    "The repair takes three weeks and costs 90,000 crowns, which the county will take from its budget for snow.",
    "Buses go round by Tarn Head and take half an hour longer than before, and the ferry runs on Sundays too.",
)


def read(*paragraphs: str) -> Article:
    return extract(Document("a.txt", "\n\n".join(paragraphs).encode(), RECEIVED))


@pytest.mark.parametrize(
    "note",
    [
        "This story was corrected on 4 March to give the right name of the county's engineer.",
        "An earlier version of this article misstated the cost of the repair.",
        "Correction, March 4, 2031: The bridge has two hangers with cracks, not three.",
        "Korrektur: Die Brücke hat zwei beschädigte Hänger, nicht drei, wie es zunächst hieß.",
        "In einer früheren Fassung dieses Textes hieß es, die Brücke bleibe vier Wochen lang gesperrt.",
        "Dieser Artikel wurde am 4. März nachträglich um eine Angabe der Stadt ergänzt.",
        "Une version précédente de cet article donnait un autre prix pour les travaux.",
        "Rectificatif : le pont sera fermé trois semaines, et non quatre.",
        "Una versión anterior de este artículo decía que el puente se cerraba el jueves.",
        "Fe de erratas: el puente tiene dos tirantes dañados y no tres.",
        "Una versione precedente di questo articolo indicava un costo sbagliato.",
        "Uma versão anterior deste texto dizia que a ponte fecharia na quinta-feira.",
        "In een eerdere versie van dit artikel stond dat de brug op donderdag dichtging.",
        "Rättelse: Bron stängs på fredag, inte på torsdag.",
        "W poprzedniej wersji tekstu podaliśmy błędną datę zamknięcia mostu.",
        "В предыдущей версии статьи была указана неверная дата.",
        "訂正：橋の通行止めは木曜日ではなく金曜日からです。",
    ],
)
def test_a_correction_is_told_from_the_article(note):
    assert corrects(note)
    article = read(*BODY, note)
    assert [span.of(article.text) for span in notes(article)] == [note]
    for method in ("newsrank", "lead", "lexrank"):
        assert not any(
            span.of(article.text) in note for span in summarizer(method)(article, sentences=4).sentences
        )


@pytest.mark.parametrize(
    "sentence",
    [
        "Corrections officers found the man on 4 March in a boat that he had built himself.",
        "An earlier version of the bill was dropped in May.",
        "The ministry corrected its forecast on Monday.",
        "Die Korrektur der Prognose kam am 4. März.",
        "Une première ébauche du budget circule depuis lundi.",
        "The article of the constitution that the court named was passed in 1921.",
    ],
)
def test_news_of_corrections_is_news(sentence):
    assert not corrects(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Good morning and welcome to our live coverage of the storm.",
        "Hello and welcome back to the blog.",
        "That's all from us for today.",
        "Guten Morgen und herzlich willkommen zu unserem Liveblog!",
        "Damit beenden wir unseren Liveblog für heute.",
        "Bonjour à toutes et à tous et bienvenue dans ce direct.",
        "Buenos días y bienvenidos a nuestra cobertura en directo.",
        "Buongiorno e benvenuti alla nostra diretta.",
        "Estimado lector, muchas gracias por su interés en nuestras notas.",
        "Dear readers, we have changed how you log in.",
        "Bom dia, acompanhe aqui a cobertura ao vivo.",
        "God morgen og velkommen til vår direkterapport.",
        "Goedemorgen en welkom bij ons liveblog.",
        "Доброе утро, мы начинаем нашу трансляцию.",
    ],
)
def test_a_greeting_is_never_a_sentence_of_a_summary(sentence):
    assert greets(sentence)
    article = read(sentence, *BODY)
    for method in METHODS:
        assert not any(
            greets(span.of(article.text)) for span in summarizer(method)(article, sentences=3).sentences
        )


@pytest.mark.parametrize(
    "sentence",
    [
        "Welcome rain fell on the fields of Skarn.",
        "“Good morning,” said the engineer, and closed the bridge.",
        "The blog that we are told of was closed in May.",
    ],
)
def test_a_report_is_no_greeting(sentence):
    assert not greets(sentence)


ASKED = (
    (
        "You closed the bridge on a Friday night. Why did you not wait?",
        "What did the county say?",
        "Do you regret it?",
    ),
    (
        "Sie haben die Brücke nachts gesperrt. Warum so schnell?",
        "Was hat der Kreis gesagt?",
        "Bereuen Sie das?",
    ),
    ("Cerró usted el puente de noche. ¿Por qué tanta prisa?", "¿Qué dijo el condado?", "¿Se arrepiente?"),
    ("あなたは夜に橋を閉鎖した。なぜですか？", "県は何と言いましたか？", "後悔していますか？"),
)


@pytest.mark.parametrize("asked", ASKED)
def test_an_interviewers_paragraphs_are_barred_from_summaries(asked):
    article = read(BODY[0], *(text for pair in zip(asked, BODY, strict=True) for text in pair))
    assert [span.of(article.text) for span in questions(article)] == list(asked)
    for method in ("newsrank", "lead", "textrank"):
        chosen = summarizer(method)(article, sentences=5).sentences
        assert chosen
        assert not any(span.of(article.text) in "".join(asked) for span in chosen)


ANSWERS = (
    "We closed it because two of its hangers had cracks, and I would do so again.",
    "We heard nothing from the county in those nine days, and I called them every morning.",
    "I sleep badly since then, but my engineers were right about the cracks.",
)
INTRODUCED = (
    "Ada Brill has looked after the bridges of Skarn for nineteen years, and on Friday she closed the oldest.",
    "She talks about cracks and about the county, whose office has not called her since then, and about what the repair may cost.",
)


def test_of_an_interview_the_lines_that_introduce_it_are_shown_and_no_answer():
    asked = [text for pair in zip(ASKED[0], ANSWERS, strict=True) for text in pair]
    article = read(*INTRODUCED, *asked)
    assert interview(article) is not None
    chosen = [span.of(article.text) for span in summarizer("newsrank")(article, sentences=5).sentences]
    assert set(chosen) & set(INTRODUCED)
    assert not set(chosen) & set(ANSWERS)
    assert interview(read(*asked)) is None, "nothing introduces it"


def test_questions_that_a_text_answers_itself_are_no_interview():
    asked = [text for pair in zip(ASKED[0], BODY, strict=True) for text in pair]
    assert interview(read(*INTRODUCED, *asked)) is None


def test_a_columns_question_is_no_interview():
    text = "Nobody in the county has counted the bridges. Is that a surprise to anybody who lives here?"
    assert questions(read(BODY[0], text, *BODY[1:])) == ()


def test_where_nothing_else_is_left_the_words_stand_in():
    article = Article("t", "Good morning and welcome to our blog.", read(*BODY).paragraphs[:1], "k")
    assert summarizer("lead")(article, sentences=1).sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We need your consent to load this YouTube content.", Kind.COOKIES),
        ("We need your consent to load this YouTube content. It may set cookies on your device.", Kind.COOKIES),
        ("Ce contenu est bloqué car vous n'avez pas accepté les cookies et autres traceurs.", Kind.COOKIES),
        ("Dieser Inhalt ist blockiert, weil Sie Cookies nicht akzeptiert haben.", Kind.COOKIES),
        ("This article is for subscribers only. Subscribe now to read it.", Kind.OFFER),
        ("Dit artikel is exclusief voor abonnees.", Kind.OFFER),
        ("Ten artykuł jest dostępny tylko dla subskrybentów. Wykup dostęp, aby czytać dalej.", Kind.OFFER),
        ("Bu haber yalnızca aboneler içindir. Devamını okumak için abone olun.", Kind.OFFER),
        ("Подписывайтесь на наш Telegram-канал, чтобы быть в курсе главных новостей.", Kind.OFFER),
        ("Folgen Sie uns auf unserem WhatsApp-Kanal.", Kind.OFFER),
        ("यह भी पढ़ें: बाढ़ के बाद पुल फिर खुला", Kind.RELATED),
        ("আরও পড়ুন: সেতু আবার খুলেছে", Kind.RELATED),
        ("یہ بھی پڑھیں: پل دوبارہ کھل گیا", Kind.RELATED),
        ("Baca juga: Jembatan dibuka lagi setelah banjir besar", Kind.RELATED),
        ("The mayor needs the consent of the council to load the ship, a clerk of the harbour told us on Monday.", Kind.PROSE),
        ("Entre los mensajes de WhatsApp de la alcaldesa hay uno que habla del puente y de su precio.", Kind.PROSE),
        ("Мэр подписал указ о мосте и рассказал о нём в своём Telegram-канале в понедельник вечером.", Kind.PROSE),
        ("This bridge is blocked for lorries, and the town allows only bakers and members of the council to cross.", Kind.PROSE),
    ],
)  # fmt: skip
def test_what_a_site_asks_of_its_readers_is_told_from_what_it_reports(text: str, expected: Kind):
    assert kind(Block(text)) is expected


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("Anmerkung der Redaktion: In einer früheren Fassung stand, die Brücke sei 40 Meter lang.", True),
        ("Este artículo fue corregido: una versión anterior decía que el puente mide 40 metros.", True),
        ("Update: This story was updated at 5 p.m. to add a statement of the mayor.", True),
        ("Editor’s note: This story has been updated to correct the length of the bridge.", True),
        ("Nota della redazione: questo articolo è stato aggiornato.", True),
        ("Update: The bridge is open again, the mayor said on Monday after nine days.", False),
        ("The story was updated for the stage by a director who loved bridges.", False),
    ],
)
def test_notes_of_the_outlet_on_its_text(text: str, *, is_note: bool):
    assert corrects(text) is is_note


def test_thousands_of_questions_are_each_looked_at_once():
    """Each was looked for among all others: a transcript of 150 KB took half a minute."""
    article = read(*INTRODUCED, *(ASKED[0][1], ANSWERS[2]) * 3_000)
    started = time.process_time()
    told = sentences_of(article, worthwhile(article))
    assert time.process_time() - started < 2
    assert not set(ASKED[0]).intersection(told.texts)
    assert told.answers == [False, False, *(True,) * 3_000]
