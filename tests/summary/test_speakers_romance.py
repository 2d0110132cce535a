"""Spanish, French, Italian and Portuguese: opinions, verbs whose subject is left out, descriptions."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

QUINTANA, AUBIN, BELLI, ABREU = "Tomás Quintana", "Claire Aubin", "Marta Belli", "Marta Abreu"


def last_told(language: str, text: str) -> tuple[str | None, str | None]:
    """The name and the mention of the last quote."""
    article = an_article(*text.split("\n\n"), language=language)
    quote = find_quotes(article)[-1]
    return quote.speaker_name, quote.speaker and quote.speaker.of(article.text)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "Tomás Quintana cree que «la grúa vieja no volverá a moverse nunca».", QUINTANA),
        ("es", "Tomás Quintana dejó claro que el puerto «no volverá a cerrar sus puertas».", QUINTANA),
        ("es", "Para Tomás Quintana, el cierre «es la mejor forma de proteger los barcos».", QUINTANA),
        ("es", "De acuerdo con Tomás Quintana, el cierre «protege a todos los barcos».", QUINTANA),
        ("es", "Lo ha dicho Tomás Quintana: «Los barcos deben esperar fuera».", QUINTANA),
        ("fr", "Pour Claire Aubin, le pont est « une promesse tenue envers les habitants ».", AUBIN),
        ("fr", "De l'avis de Claire Aubin, « le pont est une promesse tenue ».", AUBIN),
        ("fr", "Comme l'explique Claire Aubin, « le pont est une promesse tenue ».", AUBIN),
        ("fr", "« Le pont est une promesse tenue », s'est réjouie Claire Aubin, maire du port.", AUBIN),
        ("it", "Per Marta Belli, il ponte è «una promessa mantenuta con gli abitanti».", BELLI),
        ("pt", 'Para Marta Abreu, a ponte é "uma promessa cumprida com todos".', ABREU),
        ("pt", 'De acordo com Marta Abreu, "a ponte vai abrir seis vezes por dia".', ABREU),
    ],
)
def test_whose_opinion_it_is(language: str, text: str, name: str) -> None:
    assert last_told(language, text)[0] == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Para Tomás Quintana, Eva Lara es «la mejor capitana de todo el puerto viejo»."),
        ("es", "Para Tomás Quintana, la alcaldesa es «la mejor capitana de todo el puerto»."),
        (
            "fr",
            "Malgré l'analyse de la mairie, le pont est « une promesse tenue envers tous les habitants du port ».",
        ),
        ("es", "Tomás Quintana habló. Está de acuerdo con Eva Lara «en que el puente viejo aguantará»."),
        ("es", "Tomás Quintana habló ayer. Ante Eva Lara, señaló: «Los barcos deben esperar fuera»."),
    ],
)
def test_where_another_is_named_nobody_is(language: str, text: str) -> None:
    assert last_told(language, text)[0] is None


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "es",
            "Tomás Quintana pidió calma, aunque insistió en que era “la mejor forma de esperar”.",
            QUINTANA,
        ),
        (
            "es",
            "“Esperamos fuera toda la noche”, contó Tomás Quintana y añadió que “nadie lo sabía”.",
            QUINTANA,
        ),
        ("es", "«Esperamos fuera», dijo Tomás Quintana. Además, advirtió de que «nadie lo sabía».", QUINTANA),
        ("es", "Tomás Quintana habló. A su juicio, los barcos han de «esperar fuera del puerto».", QUINTANA),
        ("es", "Tomás Quintana habló ayer. Al respecto, señaló: «Los barcos deben esperar fuera».", QUINTANA),
        ("fr", "Claire Aubin a promis un pont. A ses yeux, « le pont est une promesse tenue ».", AUBIN),
        ("pt", '"A ponte vai abrir", disse Marta Abreu. E completou: "Os barcos passam à noite".', ABREU),
    ],
)
def test_a_subject_left_out_is_whom_the_text_is_about(language: str, text: str, name: str) -> None:
    assert last_told(language, text)[0] == name


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Esta vecina insiste en que «no hay ningún tipo de control de los barcos».", "Esta vecina"),
        (
            "«Hubo treinta barcos en el puerto viejo», informó este ministerio en su balance.",
            "este ministerio",
        ),
        ("«Los barcos deben esperar fuera», afirmó de entrada el comunicador.", "el comunicador"),
        ("Ante la lluvia, añade el informe, «los barcos deben esperar fuera del puerto».", "el informe"),
    ],
)
def test_who_has_no_name_is_told_in_the_articles_words(text: str, mention: str) -> None:
    assert last_told("es", text) == (None, mention)


@pytest.mark.parametrize(
    "clause",
    [
        "explique Claire Aubin",
        "explique Claire Aubin, maire du port",
        "dit-elle",
        "a-t-elle dit",
        "s’étonne Mme Aubin",
    ],
)
def test_a_cue_within_the_marks_is_no_part_of_the_words(clause: str) -> None:
    text = f"Claire Aubin est arrivée. « Le pont neuf est ouvert, {clause}. Il ne fermera plus jamais ses portes. »"
    article = an_article(text, language="fr")
    quotes = [(one.words.of(article.text).strip(), one.speaker_name) for one in find_quotes(article)]
    assert quotes == [("Le pont neuf est ouvert", AUBIN), ("Il ne fermera plus jamais ses portes.", AUBIN)]


def test_words_that_only_look_like_a_cue_stay_within_the_marks() -> None:
    words = "Il y a des gens, dit tout bas, qui ne fermeront plus jamais leurs portes"
    article = an_article(f"« {words} », dit Claire Aubin.", language="fr")
    assert [one.words.of(article.text).strip() for one in find_quotes(article)] == [words]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("«El puerto no volverá a cerrar», lamenta, por su parte, Tomás Quintana.", QUINTANA),
        ("«El puerto no volverá a cerrar», lamenta, por lo visto, la grúa vieja.", None),
    ],
)
def test_an_aside_may_stand_between_the_verb_and_the_name(text: str, name: str | None) -> None:
    assert last_told("es", text)[0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Tomás Quintana, candidato del Faro Grande, manifestó que basta. «El puerto no cerrará nunca», dijo.",
            QUINTANA,
        ),
        (
            "Tomás Quintana destacó la reunión. La entrada a Franja Azul será «un puerto para todos nosotros», señaló.",
            QUINTANA,
        ),
        ("Tomás Quintana habló con Eva Lara. La Franja Azul será «un puerto para todos», señaló.", None),
    ],
)
def test_a_place_that_does_nothing_is_no_rival(text: str, name: str | None) -> None:
    assert last_told("es", text)[0] == name


def test_a_small_letter_behind_the_marks_goes_on_with_the_sentence() -> None:
    assert (
        last_told("fr", "« Le pont neuf tiendra longtemps. » analyse Claire Aubin dans un article.")[0]
        == AUBIN
    )


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        # Whoever was named last, by a trade or as what they are besides.
        ("es", "Tomás Quintana habló ayer. «El puente viejo no aguantará», lamentó el técnico.", QUINTANA),
        ("es", "Tomás Quintana habló. El dirigente vecinal dijo que «el puente no aguantará».", QUINTANA),
        ("es", "Eva Lara llegó. «El puente viejo no aguantará», dijo la periodista.", "Eva Lara"),
        ("fr", "Claire Aubin a parlé. « Le pont est une promesse tenue », a ajouté l'élue.", AUBIN),
        ("fr", "Jean Aubin a parlé. « Le pont est une promesse tenue », a lâché le Belge.", "Jean Aubin"),
        (
            "fr",
            "La maire de la vieille ville, Claire Aubin, parle. « Le pont est une promesse tenue », dit la maire.",
            AUBIN,
        ),
        # A day, or whoever was told, stands before the subject.
        (
            "es",
            "«El puente viejo no aguantará», advirtió este lunes el director del puerto, Tomás Quintana.",
            QUINTANA,
        ),
        (
            "fr",
            "« Le pont est une promesse tenue », a assuré à l'agence la secrétaire du port, Claire Aubin.",
            AUBIN,
        ),
        ("es", "Tomás Quintana dijo: «Llegamos tarde».", QUINTANA),
        ("es", "“El puente viejo no aguantará mucho”.\n\nTomás Quintana, director del puerto", QUINTANA),
        # No comma closes the apposition.
        ("fr", "Claire Aubin, fondatrice UPA affirme « Le pont est une promesse tenue ».", AUBIN),
        (
            "es",
            "«El puente viejo no aguantará», dijo el periodista Tomé Lario, jefe de la gaceta.",
            "Tomé Lario",
        ),
        ("fr", "« Le pont est une promesse tenue », se remémore Rory Jonas, journaliste.", "Rory Jonas"),
        # Nobody's epithet: an adjective behind its noun, and who speaks for a body.
        ("fr", "Jean Aubin vint. La présidence belge a dit que « le pont est une promesse tenue ».", None),
        ("es", "Tomás Quintana habló. «El puente viejo no aguantará», dijo el funcionario.", None),
    ],
)
def test_who_is_told_by_a_trade_or_behind_an_aside(language: str, text: str, name: str | None) -> None:
    assert last_told(language, text)[0] == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "Tomás Quintana acusó recibo, advirtiendo que «los barcos deben esperar fuera».", QUINTANA),
        (
            "es",
            "Tomás Quintana está cansado. «Los barcos deben esperar fuera», según ha concluido.",
            QUINTANA,
        ),
        ("es", "Para Tomás Quintana la solución está en «que los barcos esperen fuera».", QUINTANA),
        (
            "es",
            "El ganador del premio Marea de la Paz, Tomás Quintana, dijo: «No habrá más cierres».",
            QUINTANA,
        ),
        (
            "es",
            "Ana del Tólpo dirige el puerto. «Los barcos deben esperar», detalló del Tólpo.",
            "Ana del Tólpo",
        ),
        (
            "es",
            "Dmitri Muralov habló ayer. «Los barcos deben esperar fuera», alertó Murálov.",
            "Dmitri Muralov",
        ),
        ("es", "La alcaldesa Taya Lorca habló. «¿Qué puerto tenemos hoy?», preguntó Taya.", "Taya Lorca"),
        (
            "es",
            "«No es nuestro puerto y nunca lo será». Con esa frase, Tomás Quintana cerró el acto.",
            QUINTANA,
        ),
        (
            "es",
            "Se le preguntó a Tomás Quintana. Ayer habló Quintana, quien señaló: «No hay barcos».",
            QUINTANA,
        ),
        (
            "es",
            "Ayer habló Tomás Quintana. Le preguntaron a Quintana, quien señaló que «no hay barcos hoy».",
            QUINTANA,
        ),
        (
            "es",
            "El presidente Tomás Quintana habló. «Los barcos deben esperar», dijo el mandatario.",
            QUINTANA,
        ),
        ("fr", "Claire Aubin se dit lasse, rappelant que « le pont est une promesse tenue ».", AUBIN),
        (
            "fr",
            "Tout le monde parle. « Le pont est une promesse. Il faut la tenir. » explique Claire Aubin.",
            AUBIN,
        ),
        ("fr", "« Le pont est une promesse tenue » critique Claire Aubin.", AUBIN),
        (
            "fr",
            "« Le pont tient », dit Claire Aubin.\n\nC'est grâce à Claire Aubin. « Il fallait bien une voix. »",
            AUBIN,
        ),
    ],
)
def test_participles_accents_and_spaced_marks(language: str, text: str, name: str) -> None:
    assert last_told(language, text)[0] == name


def test_a_verb_alone_passes_nobody_by_who_was_named_since() -> None:
    text = "Marta Lara dijo: «No hay barcos hoy». La marcha la abrió la candidata Ana Lorca. «Es la hora», proclamó."
    assert last_told("es", text)[0] != "Marta Lara"
