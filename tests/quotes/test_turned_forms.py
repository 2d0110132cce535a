"""German, French, Spanish and English: accounts that open a sentence, subjects behind asides, pronouns that are left out."""

from __future__ import annotations

from time import process_time

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WOBBEN, KERMOR, BELOGUI, CRANE = "Tjark Wobben", "Yannig Kermor", "Aritz Belogui", "Hilda Crane"
GATES = "„seit Jahren in einem schlechten Zustand“"
NOBODY = "« personne n'a prévenu les habitants »"
SAID = "« Personne n'a prévenu les habitants »"
WORKS = "“no habrá más obras este año”"


def last(language: str, text: str) -> str | None:
    """The name of whoever says the last quote of the paragraphs; nothing where there is none."""
    quotes = find_quotes(an_article(*text.split("\n\n"), language=language))
    return quotes[-1].speaker_name if quotes else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wobben gab Fehler zu. Tjark Wobben ist Hafenchef. Weshalb es so kam, konnte er nicht sagen: „Wir haben heute keine Erklärung.“", WOBBEN),
        ("Tjark Wobben würde nie sagen: „Wir haben heute keine Erklärung.“", None),
        (f"Nach Angaben des Sprechers der Hafenwacht, Tjark Wobben, war die Brücke {GATES}.", WOBBEN),
        (f"Wie der Sprecher der Hafenwacht, Tjark Wobben, gegenüber dem „Uferboten“ erklärte, sei sie {GATES}.", WOBBEN),
        ("Gegenüber Radio Ufer sagte der 54-jährige Tjark Wobben: „Wir haben seit Monaten darauf gewartet.“", WOBBEN),
        ("In einem Interview mit dem „Uferboten“ machte Tjark Wobben die Regierung verantwortlich: „Sie hat uns allein gelassen.“", WOBBEN),
        ("Der Vater des Opfers, Tjark Wobben, zeigte sich erschüttert. „Niemand hat uns geholfen“, klagte der 61-Jährige.", WOBBEN),
        ("„Beide geben den Ton an“, sagt ihr junger Kollege Tjark Wobben.", WOBBEN),
        ("Tjark Wobben, der die Wacht auf dem Treffen vertrat, zeigte sich zufrieden. „Wir haben darauf gewartet.“", WOBBEN),
        ("Laut Tjark Wobben war die Brücke alt. „Wir haben seit Monaten darauf gewartet.“", WOBBEN),
        ("Laut Bericht war die Brücke alt. „Wir haben seit Monaten darauf gewartet.“", None),
        ("Der Sprecher des kaldonischen Außenministeriums Tjark Wobben erklärte: „Wir nehmen das sehr ernst.“", WOBBEN),
        ("„Wir nehmen das sehr ernst“, sagte der Sprecher des Senats Tjark Wobben.", WOBBEN),
        ("„Wir nehmen das sehr ernst“, sagte die Sprecherin des Preisträgers Tjark Wobben.", None),
        ("„Wir geben keinen Platz auf“, sagte der am Montag gewählte Vorsitzende der Gilde, Tjark Wobben.", WOBBEN),
        ("„Wir geben keinen Platz auf“, schrieb auf Instagram der Hafenchef Tjark Wobben.", WOBBEN),
        ("„Wir geben keinen Platz auf“, ist Hafenchef Tjark Wobben überzeugt.", WOBBEN),
        ("„Wir geben keinen Platz auf“ – das sagte Hafenchef Tjark Wobben am Montag.", WOBBEN),
        ("„Wir geben keinen Platz auf“ – das sagt viel über Tjark Wobben.", None),
        ("Hafenchef Tjark Wobben wurde gewählt. „Wir geben keinen Platz auf“, lautete sein Kommentar.", WOBBEN),
        ("Tjark Wobben hatte in einem Brief an den Rat geschrieben, er sei „zutiefst enttäuscht von allen“.", WOBBEN),
    ],
)  # fmt: skip
def test_german(text: str, name: str | None) -> None:
    assert last("de", text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le chef du port, Yannig Kermor, s'était quant à lui dit « consterné par le nombre de victimes ».", KERMOR),
        ("Pour Yannig Kermor, sociologue, le mal vient de la presse. « Les chiffres le montrent » explique-t-il.", KERMOR),
        ("Selon Yannig Kermor, le mal vient de la presse. « Les chiffres le montrent bien à tous », explique-t-il.", KERMOR),
        (f"{SAID}, avait alors tranché le maire, Yannig Kermor.", KERMOR),
        (f"{SAID}, a fait savoir mardi le maire (sans étiquette) de Plouven, Yannig Kermor.", KERMOR),
        (f"Comme l'a rappelé hier Yannig Kermor, {NOBODY}.", KERMOR),
        (f"Le maire Yannig Kermor est en colère. {SAID}, tempête l'élu.", KERMOR),
        (f"Le maire Yannig Kermor est en colère. Pour l'élu, {NOBODY}.", KERMOR),
        ("Le cousin de la victime, Yannig Kermor, a parlé. « J'avais un ange à mes côtés », a-t-il raconté.", KERMOR),
        ("Le pont est fermé (de fait une « interdiction de passer »), dont Yannig Kermor parle ailleurs.", None),
        (f"{SAID}, plaide de son côté Yannig Kermor.", KERMOR),
        (f"{SAID}, a pour sa part assuré Yannig Kermor.", KERMOR),
        (f"{SAID}, nous confie Yannig Kermor, 43 ans.", KERMOR),
        (f"Le pêcheur Yannig Kermor l'a dit : {SAID}.", KERMOR),
        ("Yannig Kermor, pêcheur à Plouven, ne décolère pas. « Personne n'est venu nous voir hier. »", KERMOR),
        ("Pour le pêcheur Yannig Kermor, il s'agit d'« un coup de poignard dans le dos ».", KERMOR),
        ("Le pêcheur Yannig Kermor y voit « un coup de poignard dans le dos ».", KERMOR),
        ("Le maire de Plouven Yannig Kermor est venu. « On verra bien ce que dira le préfet », dit Kermor.", KERMOR),
    ],
)  # fmt: skip
def test_french(text: str, name: str | None) -> None:
    assert last("fr", text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Aritz Belogui también es uno de los vecinos. Según entiende, {WORKS}.", BELOGUI),
        (f"El alcalde Aritz Belogui llegó ayer. En aquel momento afirmó que {WORKS}.", BELOGUI),
        (f"El alcalde Aritz Belogui llegó ayer. Durante su visita aseguró que {WORKS}.", BELOGUI),
        (f"El alcalde Aritz Belogui llegó ayer. En aquel momento afirmó una vecina que {WORKS}.", None),
        ("El alcalde de Marea, Aritz Belogui (ABC), ha acusado al Gobierno de “abandonar a los vecinos”.", BELOGUI),
        ("Para el alcalde de Marea, Aritz Belogui, se trata de “un abandono de los vecinos del puerto”.", BELOGUI),
        ("De “abandono de los vecinos” calificó la decisión el alcalde Aritz Belogui.", BELOGUI),
        (f"{WORKS}, indicó por su parte el presidente de la cofradía, Aritz Belogui.", BELOGUI),
        (f"{WORKS}, fueron las palabras de Aritz Belogui.", BELOGUI),
        (f"El pescador Aritz Belogui volvió a insistir en que {WORKS}.", BELOGUI),
    ],
)  # fmt: skip
def test_spanish(text: str, name: str | None) -> None:
    assert last("es", text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "According to Hilda Crane, the gates were old.\n\n“We kept every gate shut that night,” she said.",
            CRANE,
        ),
        (
            "According to the Gazette, the gates were old.\n\n“We kept every gate shut that night,” she said.",
            None,
        ),
    ],
)
def test_an_account_shows_who_goes_on(text: str, name: str | None) -> None:
    assert last("en", text) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wie Lee, " * 3_000 + "„Ja.“"),
        ("de", "des Senats Tjark Wobben " * 1_500 + "„Ja.“"),
        ("de", "der alte Landwirt Tjark Wobben " * 1_500 + "„Ja.“"),
        ("fr", "s'est lui dit « oui » " * 1_200),
        ("es", "Según dice, “no, no y no” " * 1_200),
        ("pl", "Według Jana Nowaka „tak” " * 1_200),
        ("cs", "Podle Jana Nováka, „ano“ " * 1_200),
        ("tr", "Aksoy'a göre “evet” dedi " * 1_200),
        ("nb", "Lee sier:\n\n– Ja.\n\n" * 1_000 + "Ja."),
    ],
)
def test_repeated_words_take_time_by_their_number(language: str, text: str) -> None:
    started = process_time()
    find_quotes(an_article(*text.split("\n\n"), language=language))
    assert (
        process_time() - started < 3
    )  # a third of a second at most; by the square of their number it is many
