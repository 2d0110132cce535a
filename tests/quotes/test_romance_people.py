"""Spanish, French and Italian: opinions in pronouns, offices of several words, asides behind "según" and "pour"."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.quotes.find import find_quotes
from bot.text.cue_files import cues_for, languages
from bot.text.cues import Cues
from tests.builders import an_article


def last_told(language: str, text: str) -> tuple[str | None, str | None]:
    """The name and the mention of the last quote of the paragraphs."""
    article = an_article(*text.split("\n\n"), language=language)
    quote = find_quotes(article)[-1]
    return quote.speaker_name, quote.speaker and quote.speaker.of(article.text)


KERMOR, BELOGUI = "Yannig Kermor", "Aritz Belogui"
RUIN = "« le pont tombe en ruine depuis dix ans »"
WORKS = "«no habrá más obras este año»"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", f"Le maire Yannig Kermor est arrivé.\n\nSelon lui, {RUIN}.", KERMOR),
        ("fr", f"Le maire Yannig Kermor est arrivé.\n\nPour lui, {RUIN}.", KERMOR),
        ("fr", f"Pour Yannig Kermor, directeur du port, {RUIN}.", KERMOR),
        ("fr", f"Pour Yannig Kermor, qui dirige le port, {RUIN}.", KERMOR),
        ("fr", f"Comme l'explique le maire, Yannig Kermor, {RUIN}.", KERMOR),
        ("fr", "« Le pont tombe en ruine », s'est alarmé le maire, Yannig Kermor.", KERMOR),
        ("fr", "« Le pont tombe en ruine », a plaidé Me Yannig Kermor, l'avocat de la ville.", KERMOR),
        ("fr", "« Le pont tombe en ruine », selon les mots de Yannig Kermor.", KERMOR),
        ("fr", "Le constat de Yannig Kermor : « Le pont tombe en ruine depuis dix ans. »", KERMOR),
        ("es", f"Como explica el alcalde, Aritz Belogui, {WORKS}.", BELOGUI),
        ("es", "«No habrá más obras este año», como explica Aritz Belogui.", BELOGUI),
        ("es", f"El mensaje de Aritz Belogui es claro: {WORKS}.", BELOGUI),
        ("es", "Aritz Belogui se ha mostrado «muy preocupado por el estado del puente».", BELOGUI),
        ("es", f"El alcalde Aritz Belogui llegó.\n\nA juicio del alcalde, {WORKS}.", BELOGUI),
        ("es", f"{WORKS}, dijo el ministro de Obras Públicas y Transportes, Aritz Belogui.", BELOGUI),
        ("es", f"{WORKS}, dijo el ministro de Asuntos Exteriores, Aritz Belogui.", BELOGUI),
        ("es", f"{WORKS}, contó a la emisora Radio Marea.", None),
        ("es", f"Aritz Belogui es abogado de la familia.\n\n{WORKS}, dijo el abogado.", BELOGUI),
        (
            "pt",
            "Aritz Belogui é prefeito de Averne.\n\n“Não haverá mais obras este ano”, disse o prefeito.",
            BELOGUI,
        ),
        (
            "it",
            "Aritz Belogui è sindaco di Averne.\n\n«Quest'anno non ci saranno altri lavori», ha detto il sindaco.",
            BELOGUI,
        ),
        ("fr", f"Yannig Kermor est maire de la ville.\n\n{RUIN}, a dit le maire.", KERMOR),
        (
            "fr",
            f"Le bras droit de Loïc Hervé, Yannig Kermor, a salué la ville. {RUIN}, a-t-il raconté.",
            KERMOR,
        ),
        ("fr", f"Mais pour Yannig Kermor, maire de la ville, {RUIN}.", KERMOR),
        ("fr", f"Invité de Radio Sud, le chef du port, Yannig Kermor, a parlé. Selon lui, {RUIN}.", KERMOR),
        ("fr", f"Pour Yannig Kermor, ce port est une vocation : {RUIN}.", KERMOR),
        ("fr", f"Yannig Kermor a vu la ville. Dès le 8 mai, il constate {RUIN}.", KERMOR),
        ("fr", f"Comme l'explique l'ingénieur Yannig Kermor, cité par le Phare :\n\n{RUIN}", KERMOR),
        ("es", f"Mientras, Aritz Belogui lo negaba, a la vez que aseveró que {WORKS}.", BELOGUI),
        ("es", f"{WORKS}, relató a este diario Efrén Belogui, capataz.", "Efrén Belogui"),
        ("es", f"Aritz Belogui dijo que el plan es caro. {WORKS}, agregó refiriéndose a la ciudad.", BELOGUI),
        ("es", f"{WORKS}, lamentó Aritz Belogui. Desde su visión, {WORKS}.", BELOGUI),
        ("es", f"El secretario Aritz Belogui llegó. {WORKS}, dijo el secretario general de La Barca.", None),
    ],
)
def test_who_speaks(language: str, text: str, name: str | None) -> None:
    assert last_told(language, text)[0] == name


@pytest.mark.parametrize(
    ("language", "text", "mention"),
    [
        ("es", f"{WORKS}, dijo el ministro de Asuntos Exteriores.", "el ministro de Asuntos Exteriores"),
        ("es", f"{WORKS}, dijo el abogado de Aritz Belogui.", "el abogado de Aritz Belogui"),
        ("es", f"{WORKS}, dijo el abogado de Pedro Belogui.", "el abogado de Pedro Belogui"),
        (
            "de",
            "„Wir nehmen das sehr ernst“, sagte der Sprecher des Ministers Jan Lavu.",
            "der Sprecher des Ministers Jan Lavu",
        ),
        ("fr", f"L'avocat de la famille a estimé que {RUIN}.", "L'avocat de la famille"),
    ],
)
def test_an_office_is_nobodys_name(language: str, text: str, mention: str) -> None:
    assert last_told(language, text) == (None, mention)


def test_no_list_stands_by_mistake_below_a_heading_of_its_file() -> None:
    """A list that is written behind `[same_roles]` would be a role: one did, and Spanish "es" was no verb."""
    lists = {each.name for each in fields(Cues)}
    for language in languages():
        cues = cues_for(language)
        assert cues is not None
        assert lists.isdisjoint(cues.same_roles)
        assert lists.isdisjoint(cues.nationality)


def test_two_quotes_that_are_joined_have_the_speaker_behind_the_second() -> None:
    text = "El consejero Aritz Belogui llegó. «He tenido mucha suerte con eso» y «lo he podido superar», dijo Belogui."
    assert [quote.speaker_name for quote in find_quotes(an_article(text, language="es"))] == [
        BELOGUI,
        BELOGUI,
    ]
