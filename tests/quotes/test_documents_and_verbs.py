"""Documents that are read, infinitives that go on, opinions with a verb, and what is no last name."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article


def last_told(language: str, text: str) -> tuple[str | None, str | None]:
    """The name and the mention of the last quote."""
    article = an_article(text, language=language)
    quote = find_quotes(article)[-1]
    return quote.speaker_name, quote.speaker and quote.speaker.of(article.text)


@pytest.mark.parametrize(
    ("language", "text", "mention"),
    [
        ("es", "«Lamentamos los hechos ocurridos en el puerto», se lee en un comunicado.", "un comunicado"),
        (
            "es",
            "«Lamentamos los hechos del puerto», se lee en un comunicado de la empresa.",
            "un comunicado de la empresa",
        ),
        ("it", "«Il ponte è una promessa mantenuta con tutti», si legge in una nota.", "una nota"),
        ("pt", "“A ponte é uma promessa cumprida com todos”, lê-se num comunicado.", "comunicado"),
        ("fr", "« Le pont est une promesse tenue », peut-on lire dans un communiqué.", "un communiqué"),
        ("es", "«La grúa no se moverá nunca más», según fuentes del gobierno.", "fuentes del gobierno"),
        ("es", "Fuentes policiales aseguran que «la grúa no se moverá nunca más».", "Fuentes policiales"),
        ("ko", '경찰 관계자는 "아직 범인의 흔적을 찾지 못했다"고 말했다.', "경찰 관계자"),
    ],
)
def test_who_has_no_name_is_shown_as_the_article_has_it(language: str, text: str, mention: str) -> None:
    assert last_told(language, text) == (None, mention)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "fr",
            "« Le pont tient », dit Claire Aubin. Et d'ajouter : « Il tiendra longtemps. »",
            "Claire Aubin",
        ),
        ("fr", "« Le pont tient », dit Claire Aubin. Avant de conclure : « Il tiendra. »", "Claire Aubin"),
        (
            "es",
            "Según explicó la alcaldesa, Ximena Arrieta, el cierre es «una promesa cumplida».",
            "Ximena Arrieta",
        ),
        ("es", "Según ha explicado Ximena Arrieta, el cierre es «una promesa cumplida».", "Ximena Arrieta"),
        ("es", "«La grúa no se moverá nunca más», se quejó Ximena Arrieta, vecina.", "Ximena Arrieta"),
        (
            "de",
            "Simone Vinz kam. Wovor Vinz vor allem warnt: „Verkaufen Sie das nicht weiter.“",
            "Simone Vinz",
        ),
        ("de", "Simone Vinz kam. Was Vinz besonders ärgert: „Die Geräte sind im Handel.“", "Simone Vinz"),
        (
            "de",
            "Scharfe Kritik äußerte Bürgermeister Onno Brarens. „Das wäre ein Fehler für alle.“",
            "Onno Brarens",
        ),
        ("ar", 'وأكدت سلوى الحداد، وزيرة النقل، أن "هذا الجسر وعد قطعناه لأهل المدينة".', "سلوى الحداد"),
        ("ar", 'قالت الوزيرة سلوى الحداد: "هذا الجسر وعد قطعناه لأهل المدينة".', "سلوى الحداد"),
        ("ar", 'وبحسب الوزيرة سلوى الحداد فإن "هذا الجسر وعد قطعناه لأهل المدينة".', "سلوى الحداد"),
        ("ja", "橋本和子市長によると、「この橋は市民との約束だ」という。", "橋本和子"),
        # Places, and what people only seem to say.
        ("en", "“We will keep every gate shut tonight,” Whangamoa Harbour said.", None),
        ("en", "“We will keep every gate shut tonight,” Mark Harbour said.", "Mark Harbour"),
        ("en", "“We will keep every gate shut tonight,” Rose Page said.", "Rose Page"),
        ("ar", 'قال المتحدث باسم الوزارة: "هذا الجسر وعد قطعناه لأهل المدينة".', None),
        ("de", "Was bleibt: „Die Geräte sind alle noch im Handel.“", None),
    ],
)
def test_who_speaks(language: str, text: str, name: str | None) -> None:
    assert last_told(language, text)[0] == name


def test_a_pronoun_and_a_verb_show_words_of_somebody_whose_name_stays_open() -> None:
    assert last_told("zh", "桥昨天开放了。她说：“这座桥是我们对市民的承诺。”") == (None, None)
