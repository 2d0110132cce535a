"""Subjects before a Turkish quotation, answers to questions, what stands on things, Arabic names and names in other cases."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

SOZER = "Emre Sözer"
OPENS = f"Başkan {SOZER}, “Köprü yarın açılacak” dedi.\n\n"


def last(language: str, text: str) -> str | None:
    """The name of whoever says the last quote of the paragraphs; "no quote" where there is none."""
    quotes = find_quotes(an_article(*text.split("\n\n"), language=language))
    return quotes[-1].speaker_name if quotes else "no quote"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (OPENS + "Genç oyuncu, “Kazandığımız için çok mutluyum.” dedi.", None),
        (OPENS + "Yaşlı kadın, “Yıllardır bu köprüyü bekliyorduk.” dedi.", None),
        (OPENS + "Mahalle sakini, “Yıllardır bu köprüyü bekliyorduk.” diye konuştu.", None),
        (OPENS + "Açılışta konuşan bir esnaf, “Yıllardır bu köprüyü bekliyorduk.” dedi.", None),
        (OPENS + "Başkan, “Yıllardır bu köprüyü bekliyorduk.” dedi.", SOZER),
        (OPENS + "“Yıllardır bu köprüyü bekliyorduk.” dedi.", SOZER),
        (OPENS + "Ayrıca, “Yıllardır bu köprüyü bekliyorduk.” dedi.", SOZER),
        (OPENS + "Bir gazetecinin sorusu üzerine “Yıllardır bu köprüyü bekliyorduk.” dedi.", SOZER),
        (OPENS + "Toplantıda açıklama yaparak, “Yıllardır bu köprüyü bekliyorduk.” dedi.", SOZER),
    ],
)  # fmt: skip
def test_words_for_somebody_before_a_turkish_quotation_are_its_subject(text: str, name: str | None) -> None:
    assert last("tr", text) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Jan Koval sprach lange. Auf der ersten Seite steht: „Die Brücke ist seit Jahren fertig.“"),
        ("en", "Jan Koval kept shop. A note taped to the window read, “We are closed until further notice.”"),
        ("en", "“We are closed until further notice,” read a sign on the door. Jan Koval kept shop."),
        ("en", "Jan Koval kept shop. On the first page is written: “We are closed until further notice.”"),
        ("en", "Jan Koval kept shop. Scrawled across the wall were the words “We will come back to you.”"),
        ("fr", "Jean Coval attend. Sur la première page, on peut lire : « Nous sommes fermés pour toujours. »"),
        ("fr", "Jean Coval attend. « Nous sommes fermés pour toujours », peut-on lire sur la porte."),
        ("es", "Juan Coval espera. En la pared está escrito: “Estamos cerrados hasta nuevo aviso”."),
        ("es", "Juan Coval espera. “Estamos cerrados hasta nuevo aviso”, se lee en la puerta."),
        ("it", "Gianni Covalo aspetta. Sulla prima pagina si legge: «Siamo chiusi fino a nuovo avviso»."),
        ("nl", "Jan Koval wacht. Op de eerste pagina staat: “We zijn gesloten tot nader order.”"),
        ("pt", "João Coval espera. Na primeira página lê-se: “Estamos fechados até novo aviso”."),
        ("ru", "Иван Ковалёв ждёт. На первой странице написано: «Мы закрыты до особого распоряжения»."),
    ],
)  # fmt: skip
def test_what_stands_on_a_thing_is_nobodys_words(language: str, text: str) -> None:
    assert last(language, text) == "no quote"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Jan Koval wrote on his page: “We are closed until further notice.”", "Jan Koval"),
        ("en", "Jan Koval stood at the door. “We are closed until further notice,” he said.", "Jan Koval"),
        ("de", "Auf der Seite des Vereins steht: „Die Brücke ist seit Jahren fertig gebaut.“", None),
        ("es", "Juan Coval espera. “Estamos cerrados hasta nuevo aviso”, dijo en la puerta.", "Juan Coval"),
    ],
)  # fmt: skip
def test_what_somebody_says_at_a_door_or_on_a_page_of_the_web_is_a_quote(
    language: str, text: str, name: str | None
) -> None:
    assert last(language, text) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Jan Koval met Lee Moss. “Did you see the light?” Moss asked. “I saw it with my own eyes.”", None),
        ("de", "Jan Koval traf Lea Moos. „Sahen Sie das Licht?“, fragte Moos. „Ja, ich sah es mit meinen eigenen Augen, ganz sicher.“", None),
        ("fr", "« Avez-vous vu cela ? » demande Léa Mousse. « Oui, je l'ai vu de mes yeux. »", None),
        ("en", "“Why would they do that?” Lee Moss asked. “It makes no sense to anybody here.”", "Lee Moss"),
        ("en", "“You think I will ever go?” Lee Moss asked. “I am not going anywhere.”", "Lee Moss"),
    ],
)  # fmt: skip
def test_an_answer_is_not_of_who_asked(language: str, text: str, name: str | None) -> None:
    assert last(language, text) == name


SAYS = {
    "en": "“We have seen nothing like it in years,” said {}.",
    "de": "„Das haben wir seit Jahren nicht gesehen“, sagte {}.",
    "fr": "« Nous n'avons rien vu de tel », a dit {}.",
    "nl": "“We hebben zoiets nooit gezien”, zei {}.",
    "sv": "”Vi har aldrig sett något liknande”, sade {}.",
    "pl": "„Nigdy czegoś takiego nie widzieliśmy” – powiedział {}.",
    "fi": "”Emme ole nähneet vastaavaa vuosiin”, sanoi {}.",
    "id": "“Kami belum pernah melihat hal seperti ini,” kata {}.",
}


@pytest.mark.parametrize("name", ["Tariq al Asad", "Khalid bin Rashid", "Salem ben Yusuf", "Ben Marlow"])
def test_particles_of_arabic_names_are_known_in_every_language(name: str) -> None:
    assert {language: last(language, says.format(name)) for language, says in SAYS.items()} == dict.fromkeys(
        SAYS, name
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "”Siltaa ei ole korjattu vuosiin”, vastattiin Jari Kovalalle."),
        ("cs", "„Most nikdo neopravoval celé roky,“ vzkázal Janu Kovalovi."),
        ("ru", "Журналист спросил Ивана Ковалёва: «Когда же мост наконец починят?»"),
        ("ru", "Об этом рассказали Ивану Ковалёву. «Мост никто не чинил много лет и не будет»."),
        ("uk", "«Міст ніхто не лагодив багато років», — йдеться в листі Івана Коваленка."),
    ],
)
def test_a_name_in_another_case_is_of_nobody_who_speaks(language: str, text: str) -> None:
    assert last(language, text) is None
