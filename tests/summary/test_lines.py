"""Lines that a reader understands without the article: what each kind of sentence leans on, and what is never shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.model import Article
from bot.summary.document import sentences_of
from bot.summary.headline import Headline
from bot.summary.leaning import WORDLESS, Told, needs_of
from bot.summary.newsrank import Draft
from bot.summary.openings import barred, openings_of, withholds
from bot.summary.summarizers import METHODS, summarizer
from bot.summary.weights import weights_for
from bot.text.cue_files import cues_for
from bot.text.sentences import split
from bot.text.words import stop_words, words
from tests.builders import an_article
from tests.contracts.summarizer import TOWN


def needs(*texts: str, language: str | None = "en", title: str = "") -> list[set[int]]:
    """What each sentence needs, each in a paragraph of its own."""
    told = Told(
        texts,
        [words(text) for text in texts],
        range(len(texts)),
        words(title),
        cues_for(language) or WORDLESS,
        openings_of(language),
    )
    return [set(one) for one in needs_of(told)]


def shown(article: Article, sentences: int = 3, method: str = "newsrank") -> list[str]:
    summary = summarizer(method)(article, sentences=sentences)
    under = [span.of(article.standfirst or "") for span in summary.standfirst]
    return under + [span.of(article.text) for span in summary.sentences]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bridge will stay shut for six weeks, he said."),
        ("en", "“The bridge is done for,” she snaps."),
        ("en", "In a later report, he took a sharper tone."),
        ("en", "In October, that bridge was closed again."),
        ("en", "In this case, engineers had warned the town."),
        ("en", "Regardless, the ferries sail at noon."),
        ("en", "As a result, lorries drive around the bay."),
        ("en", "The ferries, however, sail at noon."),
        ("en", "The 36-year-old left the harbour office at noon."),
        ("de", "Die Brücke bleibe sechs Wochen zu, sagte er."),
        ("de", "Mit ihrer Erfahrung unterstützen Ingenieure den Hafen."),
        ("de", "Die Fähren hingegen fahren um zwölf."),
        ("de", "Zuvor erreichte den Hafen ein Schreiben der Stadt."),
        ("de", "Das sagte Tom Reyes am Montag."),
        ("de", "Das machte Tom Reyes deutlich."),
        ("nl", "Het is de derde keer dit jaar."),
        ("fr", "Il répare le pont depuis trois mois."),
        ("de", "Es ist seit Mai zu."),
        ("en", "Few in the ground will forget it."),
        ("de", "Der 51-Jährige verließ das Hafenamt um zwölf."),
        ("fr", "« Le pont est perdu », souligne-t-elle."),
        ("fr", "En revanche, les bacs partent à midi."),
        ("fr", "Dans ce cas, les ingénieurs avaient prévenu la ville."),
        ("fr", "L'homme de 36 ans a quitté le port à midi."),
        ("es", "El puente seguirá cerrado seis semanas, dijo."),
        ("es", "Sin embargo, los barcos salen a mediodía."),
        ("en", "Engineers wanted all of that and two more ferries."),
        ("en", "All this was known to the town."),
        ("en", "In Brindle, they closed the bridge."),
        ("en", "On Monday, she closed the bridge."),
        ("de", "Dadurch wird die Brücke wieder sicher."),
        ("de", "In der Regel halten solche Brücken sechzig Jahre."),
        ("de", "Von Brindle aus sollen sie die Fähren gelenkt haben."),
        ("de", "Im Hafen will er am Montag mit Ingenieuren sprechen."),
        ("de", "Den Vertrag hat er im Mai unterschrieben."),
        ("de", "„In so einem Fall fahren die Fähren um zwölf“, sagte Tom Reyes."),
        ("de", "Vielmehr braucht es Stahl für die Brücke."),
        ("de", "Die Stadt wusste all das seit Mai."),
        ("cs", "Rada města ji označila za nebezpečnou."),
        ("ja", "そのため、船は正午に出る。"),
        ("ko", "하지만 배는 정오에 떠난다."),
        ("es", "En esta ocasión, los ingenieros avisaron al puerto."),
        ("es", "La mujer de 36 años salió del puerto a mediodía."),
        ("it", "Questa situazione preoccupa il porto."),
        ("pt", "No entanto, os barcos saem ao meio-dia."),
        ("nl", "De boten varen echter om twaalf uur."),
        ("de", "Von solchen Schäden blieb die Fähre verschont."),
        ("de", "Solche Risse sind bei Brücken nicht selten."),
        ("de", "Den will die Stadt im Herbst mit Stahl schließen."),
        ("de", "Die Brücke sei dann nicht mehr sicher."),
        ("de", "Die Stadt hat aber noch weitere Pläne."),
        ("es", "La funcionaria detalló que los barcos salen a mediodía."),
        ("no", "Han påpekte at broen er stengt."),
        ("nb", "De har stengt broen i seks uker."),
        ("da", "Hun siger, at broen er lukket."),
        ("sv", "Dessutom går färjorna klockan tolv."),
        ("cs", "Jeho zpráva mluví o trhlinách."),
        ("pl", "Promy jednak odpływają w południe."),
    ],
)
def test_what_points_back_needs_the_sentence_before(language: str, text: str) -> None:
    assert needs("Brindle 2041.", text, language=language) == [set(), {0}]
    assert needs(text, language=language) == [set()], "where the writer began"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bridge will stay shut for six weeks, Tom Reyes said."),
        ("en", "This week the town closed the bridge."),
        ("en", "In Tom Reyes's office, he keeps a model of the bridge."),
        ("en", "In a report that came out on Monday, Tom Reyes blamed the salt."),
        ("en", "The 36-year-old harbour master Tom Reyes left at noon."),
        ("en", "Tom Reyes, the 36-year-old, left at noon."),
        ("de", "Die Brücke bleibe sechs Wochen zu, sagte Tom Reyes."),
        ("de", "Der 51-jährige Hafenmeister Tom Reyes ging um zwölf."),
        ("fr", "Le pont restera fermé, a déclaré Tom Reyes."),
        ("es", "El puente seguirá cerrado, dijo Tom Reyes."),
        ("de", "Die sanierte Brücke öffnet im Mai."),
        ("de", "Im Hafen soll es im Mai neue Fähren geben."),
        ("de", "Nach Angaben der Stadt will sich niemand an der Brücke festlegen, er müsste zahlen."),
        ("de", "Ein Lastwagen traf die Brücke und beschädigte sie schwer."),
        ("de", "Dadurch, dass die Brücke zu ist, fahren mehr Fähren."),
        ("de", "All das, was die Stadt zahlt, steht im Haushalt."),
        ("de", "Der Bau ist teuer, soll aber im Mai enden."),
        ("de", "Das Landgericht hat den Bau im Mai verboten."),
        ("de", "Das neue Hafenamt öffnet im Mai."),
        ("de", "Das geplante Hafenamt öffnet im Mai."),
        ("de", "Für das Hafenamt zahlt die Stadt."),
        ("nl", "Het stadsbestuur heeft de brug gesloten."),
        ("nl", "Volgens het stadsbestuur gaat de brug dicht."),
        ("en", "Engineers at Brindle said they had not seen it."),
        ("fr", "Il faut trois mois pour réparer le pont."),
        ("fr", "En réalité, il n'y a pas de ferry le dimanche."),
        ("de", "Es gibt im Mai neue Fähren."),
        ("nb", "De nye fergene går klokken tolv."),
        ("sv", "Den nya bron öppnar i maj."),
    ],
)
def test_what_names_its_people_stands_alone(language: str, text: str) -> None:
    assert needs("Brindle 2041.", text, language=language) == [set(), set()]


def test_a_last_name_needs_the_sentence_that_introduces_it() -> None:
    texts = (
        "Harbour master Tom Reyes closed the bridge on Monday.",
        "The town was not told.",
        "Reyes blamed the salt in the concrete.",
    )
    assert needs(*texts) == [set(), set(), {0}]
    assert needs(*texts, title="Reyes closes the bridge") == [set(), set(), set()]
    assert needs(texts[2], *texts[:2]) == [set(), set(), set()], "nobody introduced him before"


def test_a_town_hall_is_nobody_s_last_name() -> None:
    texts = ("The Town Hall closed the bridge.", "Nobody was told.", "The Hall said nothing.")
    assert needs(*texts)[2] == set()


def test_an_answer_needs_its_question() -> None:
    told = Told(
        ["Who closed it?", "If you ask the town, engineers."],
        [("Who", "closed", "it"), ("If", "you", "ask", "the", "town", "engineers")],
        [0, 0],
        (),
        WORDLESS,
        openings_of("en"),
    )
    assert needs_of(told) == [frozenset(), frozenset({0})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Why the bridge is closed, and how the town gets by."),
        ("en", "And how the town gets by."),
        ("de", "Was hinter der Sperrung der Brücke steckt."),
        ("fr", "Pourquoi le pont est fermé."),
        ("es", "Cómo cerraron el puente del puerto."),
        ("en", "“The bridge is done for.”"),
        ("de", "„Die Brücke ist hin, das wissen alle"),
        ("de", "Foto: Hafenamt Brindle, Archiv."),
        ("fr", "Lire aussi : le pont fermé."),
        ("es", "Foto: Puerto de Brindle."),
        ("en", "3 goals, 2 assists (5 in all)."),
        ("en", "(Note: This piece is meant for those who sail.)"),
        ("de", "Erfahren Sie, wie Sie über die Bucht kommen."),
        ("pt", "Clique aqui e veja a ponte."),
        ("it", "Leggi anche: il ponte è chiuso."),
        ("nl", "Lees ook: de brug is dicht."),
        ("de", "Mit dabei ist der Hafenmeister der beliebtesten ..."),
        ("en", "The harbour master said on Monday that the bridge …"),
        ("en", "To order multiple copies of the Brindle Post, please write to its office."),
        ("en", "See what else the harbour has to offer."),
        ("en", "Summary Salt in the concrete shortens the life of a bridge."),
        ("de", "Fazit Salz im Beton verkürzt das Leben einer Brücke."),
        ("de", "Tom Reyes, langjähriger Hafenmeister von Brindle (2041)."),
        ("en", "(The Brindle Post reported on the cracks of the bridge in 2039.)"),
        ("de", "Die Sperrung kostet im Mittel 35 Prozent (gemessen am Jahr lt."),
        ("de", "Mit unserem Newsletter erfahren Sie jeden Montag alles aus dem Hafen."),
    ],
)
def test_what_only_announces_or_nobody_said_is_no_line(language: str, text: str) -> None:
    assert barred(text, openings_of(language), alone=False)


def test_an_item_of_a_list_is_no_line() -> None:
    item = "from 1 January 2042 for lorries of more than twelve tonnes."
    assert barred(item, openings_of("en"), alone=True)
    assert not barred(item, openings_of("en"), alone=False), "the writer may write so"
    assert not barred("eBridge sells tickets for the ferries.", openings_of("en"), alone=True)
    assert not barred("橋は閉鎖された。", openings_of("ja"), alone=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "When the bridge closed, the town hired two ferries."),
        ("en", "Builders who tore down a wall found the plans of the bridge."),
        ("de", "Leute wie Tom Reyes nehmen die Fähre."),
        ("de", "Wer über die Bucht will, nimmt die Fähre."),
        ("en", "“The bridge is done for,” said Tom Reyes."),
        ("de", "„Die Brücke“ heißt der Film."),
        ("en", "Summary judges sat in Brindle until noon."),
        ("de", "Fazit über die Brücke zieht der Rat am Montag."),
        ("en", "Tom Reyes, the harbour master, closed the bridge of Brindle (2041)."),
        ("en", "(Brindle) The bridge closed at noon (and not at one, as planned)."),
        ("en", "2,000 people crossed, and the ferries sailed again at noon for the first time since March."),
    ],
)
def test_what_tells_something_is_a_line(language: str, text: str) -> None:
    assert not barred(text, openings_of(language), alone=False)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour sold the shares which it held in the ferries."),
        ("en", "The details which the town published on Monday name two pillars."),
        ("de", "Wohnungen am Hafen seien kaum zu haben, sagt das Bauamt."),
        ("de", "Das Bauamt berichtet am Montag, worden sei daraus nichts."),
        ("de", "Die Polizei hat einen Verdacht, und zwei Männer sind in Haft."),
    ],
)
def test_what_tells_news_is_not_held_for_an_announcement(language: str, text: str) -> None:
    assert not withholds(text, openings_of(language))


def test_the_standfirst_is_a_candidate_and_comes_first() -> None:
    article = an_article(
        "Gulls sit on the railing and nobody minds them, this grey morning.",
        "The water is calm. Two boys are fishing from the quay.",
        *TOWN,
        title="Brindle loses its harbour bridge",
        standfirst="The harbour bridge at Brindle is closed for good, the town decided on Monday.",
    )
    assert shown(article)[0] == article.standfirst


@pytest.mark.parametrize(
    "standfirst", ["The harbour bridge at Brindle is closed because ...", "Bridge news", None]
)
def test_a_standfirst_that_is_cut_off_or_a_label_is_none(standfirst: str | None) -> None:
    article = an_article(*TOWN, standfirst=standfirst)
    assert summarizer("newsrank")(article, sentences=3).standfirst == ()


def test_a_text_that_opens_with_its_standfirst_shows_it_once() -> None:
    article = an_article(*TOWN, standfirst=TOWN[0])
    assert summarizer("newsrank")(article, sentences=3).standfirst == ()


BRIDGE = "Brindle loses its harbour bridge"


def test_what_the_standfirst_goes_on_with_needs_its_opening() -> None:
    under = ("Two masts burn at Brindle.", "The suspected attack raises questions about the grid.")
    article = an_article(*under, *TOWN, title=BRIDGE, standfirst=" ".join(under))
    draft = Draft(sentences_of(article, split(article.text, "en")), "en", frozenset())
    count = len(split(article.text, "en"))
    alone = [frozenset[int]()] * count
    assert draft.opened([False] * count, alone)[:3] == [frozenset(), frozenset({0}), frozenset()]
    assert draft.opened([True] + [False] * (count - 1), alone) == alone, "where its opening is no line"


@pytest.mark.parametrize("apart", [True, False])
def test_a_standfirst_comes_before_a_scene_that_has_words_of_the_headline(apart: bool) -> None:
    under = "Engineers gave up on the crossing after a fourth storm."
    scene = "On a grey morning the harbour bridge at Brindle looks as if nothing had happened to the bridge at all."
    texts = (scene, "The sun made fishermen and strollers at the harbour sweat.")
    article = an_article(*(texts if apart else (under, *texts)), title=BRIDGE, standfirst=under)
    assert shown(article)[0] == under


@pytest.mark.parametrize(
    ("language", "standfirst"),
    [
        ("en", "He saw it coming on Monday already."),
        ("de", "Im Gespräch erklärt die Hafenmeisterin, warum sie die Brücke sperrt."),
    ],
)
def test_a_standfirst_that_leans_or_only_announces_is_worth_no_more(language: str, standfirst: str) -> None:
    text = "\n\n".join((standfirst, *TOWN))
    article = an_article(standfirst, *TOWN, title=BRIDGE, standfirst=standfirst, language=language)
    draft = Draft(sentences_of(article, split(text, language)), language, frozenset())
    draft.weigh(weights_for(language))
    plain = Draft(
        sentences_of(replace(article, standfirst=None), split(text, language)), language, frozenset()
    )
    plain.weigh(weights_for(language))
    assert list(draft.worth([(0,), (1,)])) == list(plain.worth([(0,), (1,)]))


@pytest.mark.parametrize(
    ("language", "standfirst"),
    [
        ("en", "The harbour master explains why the bridge at Brindle had to close."),
        ("de", "Die Hafenmeisterin erklärt, warum die Brücke von Brindle schließen musste."),
        ("de", "Warum die Brücke von Brindle schließen musste, erklärt die Hafenmeisterin."),
        ("ru", "Начальница порта рассказала, почему мост в Бриндле закрыли."),
    ],
)
def test_what_tells_that_somebody_tells_something_is_shown_where_nothing_else_is(
    language: str, standfirst: str
) -> None:
    assert standfirst not in shown(an_article(*TOWN, title=BRIDGE, standfirst=standfirst, language=language))
    assert shown(an_article(standfirst, title=BRIDGE, language=language)) == [standfirst]


def test_a_heading_at_the_head_is_none_of_the_lines_below_a_standfirst() -> None:
    heading = "Several lorries stopped at the harbour bridge (11.39)"
    article = an_article(heading, *TOWN, title=BRIDGE, standfirst="The town council met on Monday at noon.")
    assert heading not in shown(article)


def test_one_fact_is_told_once() -> None:
    texts = (
        "The two 160 metre towers of the old Brindle power station were blown up on Saturday.",
        "The two towers of the former power station at Brindle, 160 metre tall, were blown up at noon.",
        "A solar park is to be built there by spring, the mayor Tom Reyes said.",
    )
    headline = Headline((), [words(text) for text in texts], stop_words("en"))
    assert headline.once_each([(0,), (0, 1), (0, 2), (0, 1, 2)]) == [(0,), (0, 2)]


def test_the_headline_is_not_said_again_where_another_line_is_there() -> None:
    title = "Harbour master closes old swing bridge to lorries"
    again = "The harbour master closes the old swing bridge to lorries."
    other = "Engineers found cracks in two of its four piers after the storm of last week."
    assert shown(an_article(again, other, title=title)) == [other]
    assert shown(an_article(again, title=title)) == [again], "one line is better than none"


def test_the_news_is_told_and_not_the_scene_before_it() -> None:
    scene = "A gull sits on a railing and looks at the grey water of a November morning."
    news = "The harbour bridge at Brindle closes to all lorries on Monday, the town council said."
    found = shown(an_article(scene, news, title="Brindle closes harbour bridge to lorries"))
    assert scene not in found
    assert news in found


def test_what_leans_on_a_scene_goes_with_it() -> None:
    scene = "It is just after eight on a grey morning at the harbour bridge of Brindle."
    leaning = "It lies in the sun, and two of its piers are cracked."
    found = shown(an_article(f"{scene} {leaning}", *TOWN, title=BRIDGE))
    assert leaning not in found


@pytest.mark.parametrize(
    ("language", "scene"),
    [
        ("en", "It is just after eight on a grey morning at the harbour bridge of Brindle."),
        ("en", "It’s around 8:00pm, and the harbour bridge of Brindle is still full of lorries."),
        ("en", "It is ten to six, and the harbour bridge of Brindle is still full of lorries."),
        ("en", "On a clear November morning the harbour bridge of Brindle lies in the sun."),
        ("en", "When I crossed the bridge of Brindle last year, I heard it creak."),
        ("de", "Es ist kurz nach acht Uhr an der Brücke von Brindle."),
        ("de", "An einem kalten Morgen liegt die Brücke von Brindle in der Sonne."),
        ("de", "Als ich zuletzt über die Brücke von Brindle ging, hörte ich sie knarren."),
    ],
)
def test_a_scene_that_has_words_of_the_headline_is_none_of_the_lines(language: str, scene: str) -> None:
    assert scene not in shown(an_article(scene, *TOWN, title=BRIDGE, language=language))
    assert shown(an_article(scene, title=BRIDGE, language=language)) == [scene]


def test_without_a_headline_nothing_is_a_scene() -> None:
    plain = Headline((), [words(text) for text in TOWN], stop_words("en"))
    assert not any([*plain.told, *plain.scenes])
    assert list(plain.shared_by([(0,), (0, 1)])) == [0.0, 0.0]


_LINES = st.lists(
    st.sampled_from(
        [*TOWN, "He left.", "Why?", "“No.”", "But Reyes said so.", "Was it Reyes?", "Tom Reyes, 36, spoke."]
    ),
    min_size=1,
    max_size=7,
)


@settings(deadline=None, max_examples=60)
@given(
    _LINES,
    st.one_of(st.none(), st.sampled_from([*TOWN, "The bridge closes. Why?", "Was it closed?"])),
    st.one_of(st.none(), st.sampled_from(["Reyes closes the bridge", "Why the bridge closed"])),
    st.integers(1, 5),
    st.sampled_from(METHODS[:2]),
)
def test_every_line_is_a_span_of_its_part(
    paragraphs: list[str], standfirst: str | None, title: str | None, count: int, method: str
) -> None:
    article = an_article(*paragraphs, title=title, standfirst=standfirst)
    summary = summarizer(method)(article, sentences=count)
    assert len(summary.standfirst) + len(summary.sentences) <= count
    for spans, text in ((summary.standfirst, article.standfirst or ""), (summary.sentences, article.text)):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert list(spans) == sorted(spans)
    lines = shown(article, count, method)
    if method == "newsrank" and set(lines) & set(TOWN):
        assert not [line for line in lines if line.endswith("?")]
