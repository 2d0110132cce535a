"""Bodies, papers and many who speak, and whose words a sentence beside theirs goes on with, in fictional sentences."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "Die alte Brücke hält noch viele Jahre"
HARBOUR = "The harbour will be closed for the whole year"
PUERTO = "El puerto no volverá a cerrar nunca más"
PORT = "Le vieux port ne fermera plus jamais"


def told(language: str, *paragraphs: str) -> list[tuple[str | None, str | None]]:
    """The mention and the full name of whoever speaks, quote by quote."""
    article = an_article(*paragraphs, language=language)
    return [
        (one.speaker.of(article.text) if one.speaker else None, one.speaker_name)
        for one in find_quotes(article)
    ]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        (f"Die HWG widerspricht jedoch: „{WORDS}.“", "Die HWG"),
        (f"HWG teilt der Presse dazu mit: „{WORDS}.“", "HWG"),
        (f"In dem Brief schreiben die Eltern: „{WORDS}.“", "die Eltern"),
        (f"In einer Erklärung des Vereins heißt es: „{WORDS}.“", "Erklärung des Vereins"),
        (
            "Im Gutachten der Gilde heißt es, der Bau sei „ein Schlag ins Gesicht der Bürger“.",
            "Gutachten der Gilde",
        ),
        (f"Die Zeitung „Hafenblatt“ schrieb: „{WORDS}.“", "Die Zeitung „Hafenblatt“"),
        (f"Die Demonstranten riefen: „{WORDS}!“", "Die Demonstranten"),
        ("Kritiker sprechen von einem „Schlag ins Gesicht“.", "Kritiker"),
        ("Grünhafen bezeichnete den Bau als „Schlag ins Gesicht“.", "Grünhafen"),
        # What stands before the verb is no subject, or what stands behind it may be one.
        ("Natürlich stellen sich Wirte die Frage, ob der Bau „ein Schlag ins Gesicht“ ist.", None),
        (f"Bisher sprach niemand davon: „{WORDS}.“", None),
    ],
)
def test_a_body_or_many_speak_without_a_name(text: str, mention: str | None) -> None:
    assert [one for one, _ in told("de", text)][:1] in ([mention], [] if mention is None else [mention])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"„{WORDS}“, wird Ovid Tarn von der „Hafenzeitung“ zitiert.", "Ovid Tarn"),
        (f"„{WORDS}“ – so kommentierte Ovid Tarn den Bau.", "Ovid Tarn"),
        (f"„{WORDS}“ – mit diesen Worten eröffnete Ovid Tarn das Fest.", "Ovid Tarn"),
        (f"Kritik kam von Ovid Tarn, dem Chef der Werft: „{WORDS}.“", "Ovid Tarn"),
        (f"Ada Lehm trat zurück. In einem Brief an ihre Gilde schrieb sie: „{WORDS}.“", "Ada Lehm"),
        (f"Ada Lehm trat am Montag zurück. In ihrer Erklärung hieß es: „{WORDS}.“", "Ada Lehm"),
        # A capital at the beginning makes no person of an adjective.
        (
            "Scharfe Kritik kam von Jan Tarn. Der Chef der Werft sprach von einem „Schlag ins Gesicht“.",
            "Jan Tarn",
        ),
        # One sentence about nobody may stand between a report and the words that go on with it.
        (
            f"Ovid Tarn sagte, der Plan sei fertig. Am Montag wurde das Tor geschlossen. „{WORDS}.“",
            "Ovid Tarn",
        ),
        (f"Ovid Tarn sagte, der Plan sei fertig. Es regnete. Das Tor war zu. „{WORDS}.“", None),
    ],
)
def test_a_german_sentence_tells_whose_the_words_are(text: str, name: str | None) -> None:
    assert [one for _, one in told("de", text)][-1:] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Who is quoted by somebody else.
        (
            f"Ann Lee keeps the lamps. Hugo Birk ran the ferry.\n\n“{HARBOUR},” Lee says Birk told her.",
            "Hugo Birk",
        ),
        (
            f"Ann Lee keeps the lamps.\n\n“{HARBOUR},” she recalls her sister Ida Sand telling her.",
            "Ida Sand",
        ),
        # The place is the office's.
        (f"“{HARBOUR},” said acting U.S. Attorney for Corvia Joshua Birk.", "Joshua Birk"),
        # Who somebody is now, of whom there is one; "a mother" may be any.
        (
            f"Ann Lee is the mayor of Brindle.\n\nHugo Birk came late.\n\n“{HARBOUR},” the mayor said.",
            "Ann Lee",
        ),
        (f"Ann Lee, who became mayor in May, spoke.\n\n“{HARBOUR},” the mayor said.", "Ann Lee"),
        (f"Ann Lee is a mother of two. Ida Sand came.\n\n“{HARBOUR},” said the mother of four.", None),
        # A trade and a surname are no full name.
        (f"Lamplighter Varo left. “{HARBOUR},” lamplighter Varo said.", None),
        # A word in capitals begins the name of a body; initials do not.
        (f"PORTNEWS Corvia left. “{HARBOUR},” PORTNEWS Corvia said.", None),
        (f"General C.Q. Birk left. “{HARBOUR},” C.Q. Birk said.", "C.Q. Birk"),
        # Somebody who is only named, and never speaks, is no rival.
        (
            f"“{HARBOUR},” Quillon Birk said.\n\nBirk met Trevarn Sand there. “{HARBOUR} again,” he said.",
            "Quillon Birk",
        ),
        (
            f"“{HARBOUR},” Hugo Birk said.\n\n“It will not,” John Sand said. Birk wrote of Sand.\n\n“{HARBOUR},” he said.",
            None,
        ),
    ],
)
def test_an_english_sentence_tells_whose_the_words_are(text: str, name: str | None) -> None:
    assert [one for _, one in told("en", *text.split("\n\n"))][-1:] == [name]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        # A pronoun between the subject and its verb makes no noun of the verb.
        (
            "es",
            "De acuerdo con Ana Lemos, Hugo Birka la llamó «una persona sin ninguna paciencia».",
            "Hugo Birka",
        ),
        # A few small words between the verb and the name, but nobody who is spoken to.
        (
            "it",
            "«Il porto non chiuderà mai più», racconta in lacrime Anna Birka tra le barche.",
            "Anna Birka",
        ),
        ("es", f"«{PUERTO}», contó a la emisora pública Radio Lemos.", None),
        ("fr", f"« {PORT} », ajoutera Claire Aubin aux journalistes.", "Claire Aubin"),
        # The adjective behind an office, and the name behind its comma.
        (
            "pt",
            "“O porto não vai fechar nunca mais”, disse o ministro do Exterior corviano, Hugo Birka.",
            "Hugo Birka",
        ),
        ("es", f"«{PUERTO}», dijo la jefa del Ejecutivo corviano, Ana Lemos, en la radio.", "Ana Lemos"),
        # A news agency is nobody.
        ("es", f"Lo recogió Corvia Press, el propio consejero. «{PUERTO}», dijo el consejero.", None),
        # Whoever spoke last goes on, unless somebody is named since.
        (
            "es",
            f"Hugo Birka llegó tarde. «{PUERTO}», dijo Ana Lemos.\n\nEl muelle sigue abierto. «{PUERTO} jamás», zanjó.",
            "Ana Lemos",
        ),
        ("es", f"«{PUERTO}», dijo Ana Lemos.\n\nDetrás iba Hugo Birka. «{PUERTO} jamás», zanjó.", None),
    ],
)
def test_a_romance_sentence_tells_whose_the_words_are(language: str, text: str, name: str | None) -> None:
    assert [one for _, one in told(language, *text.split("\n\n"))][-1:] == [name]


def test_a_participle_that_opens_a_sentence_is_nobody() -> None:
    text = "Rendido, tentou levar a obra para fora do porto - o que, diz, “não é propriamente algo fácil”."
    assert told("pt", text) in ([], [(None, None)])


@pytest.mark.parametrize(
    "clause",
    [
        "souligne Claire Aubin, mais",
        "a souligné Claire Aubin, mais",
        "insiste la directrice, mais",
        "dit-elle, mais",
    ],
)
def test_words_go_on_behind_a_cue_within_the_marks(clause: str) -> None:
    article = an_article(
        f"Claire Aubin dirige le port. « Oui, {PORT}, {clause} la digue cède déjà. »", language="fr"
    )
    assert [one.words.of(article.text).strip() for one in find_quotes(article)] == [
        f"Oui, {PORT}",
        "mais la digue cède déjà.",
    ]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "In her book “The Long Way to the Harbour,” Ann Lee told the story.", 0),
        ("en", "The harbour is still called “Switzerland of the Seas,” and much else is new.", 0),
        ("en", "Ann Lee said that they show “a harbour which has been pushed to its limit”.", 1),
        ("de", "Ovid Tarn sprach über die Kampagne „Hafen für alle, Hafen für immer“.", 0),
        (
            "de",
            "Diese Bauernregeln gelten:\n\n„Vor dem Sturm kein Sommer.“\n\n„Nach dem Sturm kommt noch der Frost.“",
            0,
        ),
    ],
)
def test_titles_and_sayings_are_nobodys_words(language: str, text: str, count: int) -> None:
    assert len(told(language, *text.split("\n\n"))) == count


def test_the_next_of_a_list_is_not_what_somebody_is() -> None:
    article = an_article(
        "It had four guests: Brindle Mayor Ann Lee, former Corvin Mayor Mary Sand, and two more.",
        f"“{HARBOUR},” Lee said.",
    )
    role = find_quotes(article)[0].role
    assert role is not None
    assert role.of(article.text) == "Brindle Mayor"


def test_the_subject_of_a_clause_is_no_speaker() -> None:
    korean = "이서준 후보는 “다리를 다시 열어야 한다”고 말했다. 박하늘 의원이 지지를 밝힌 데 대해 “함께 일했으면 정말 좋겠다”고 화답했다."
    assert [one for _, one in told("ko", korean)] == ["이서준", None]
