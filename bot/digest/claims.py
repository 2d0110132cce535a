"""The words by which articles count people and things, in English, German, French and Spanish: exact forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.digest.facts import spelled


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _meaning(**said: str) -> dict[str, str]:
    return {word: meaning for meaning, words in said.items() for word in words.split()}


NOUNS: Mapping[str, str] = _meaning(
    people="people persons person menschen personen mensch personnes personne personas persona",
    children="children kinder enfants niños",
    soldiers="soldiers troops soldaten soldats soldados",
    civilians="civilians zivilisten civils civiles",
    workers="workers arbeiter ouvriers trabajadores obreros",
    miners="miners bergleute mineurs mineros",
    students="students schüler studenten étudiants estudiantes",
    passengers="passengers passagiere passagers pasajeros",
    protesters="protesters demonstrators demonstranten manifestants manifestantes",
    migrants="migrants migranten flüchtlinge refugees migrantes",
    homes="homes houses häuser wohnhäuser maisons casas viviendas",
    buildings="buildings gebäude bâtiments edificios",
    flights="flights flüge vols vuelos",
)
"""What is counted; a child is no synonym of a person: whoever counts children counts them apart."""

PREDICATES: Mapping[str, str] = _meaning(
    dead="dead died die dies killed kills kill killing dying perished drowned drowning starben gestorben getötet ums tot"
    " morts mortes mort tués tuées décédés décédées tué tuées tue tuent muertos muertas murieron fallecieron mató"
    " fallecidos muertes",
    hurt="injured injuring injures wounded wounding wounds hurt hurting verletzt verwundet blessés blessées blessé blesse blessant"
    " heridos heridas hirió lesionados",
    missing="missing vermisst disparus disparues desaparecidos desaparecidas",
    arrested="arrested arresting detained detaining festgenommen verhaftet arrêtés arrêtées interpellées interpellés detenidos detenidas"
    " detuvo arrestados",
    evacuated="evacuated evacuating evakuiert évacuées évacués evacuados evacuadas",
    displaced="displaced displacing déplacées desplazados desplazadas",
    rescued="rescued rescuing gerettet secourues secourus rescatados rescatadas",
    destroyed="destroyed destroying zerstört détruites détruits destruidas destruidos",
    damaged="damaged damaging beschädigt endommagées endommagés dañadas dañados",
    cancelled="cancelled canceled cancelling gestrichen abgesagt annulés annulées cancelados cancelaron",
)
"""What befell them, by every form that stands in reports."""

STATES: Mapping[str, str] = _meaning(
    dead="dead killed deaths fatalities tote todesopfer morts muertos fallecidos",
    hurt="injured wounded verletzte verwundete blessés heridos",
    missing="missing vermisste disparus desaparecidos",
    arrested="arrested arrests festnahmen arrestations interpellations detenidos detenciones",
)
"""What people are called by what befell them: "12 dead", "zwölf Tote"."""

QUALIFIERS: Mapping[str, str] = {
    **dict.fromkeys(
        ("at least", "a total of", "mindestens", "insgesamt", "au moins", "un total de", "al menos", "por lo menos"),
        "exactly",
    ),
    **dict.fromkeys(("nearly", "almost", "close to", "fast", "knapp", "beinahe", "près de", "presque", "casi"), "nearly"),
    **dict.fromkeys(
        ("more than", "over", "mehr als", "über", "plus de", "más de", "upwards of", "well over"), "over"
    ),
    **dict.fromkeys(
        ("about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "etwa", "rund", "circa", "ca",
         "ungefähr", "environ", "quelque", "unos", "unas", "alrededor de", "cerca de"),
        "near",
    ),
}  # fmt: skip
"""How the number behind them is meant. "At least 12" is what was counted up to then."""

BEFORE = _set(
    """as to the these those both other another further additional of than up between from first last any only die den
    der diese weitere weiteren weiterer von zwischen bis höchstens les ces des autres jusqu jusqu'à entre los
    las estos estas otros otras hasta de which no number nos nr article section chapter aged age grade route
    flight room channel group top"""
)
"""A number behind one of these is a part, a bound, or no count."""

DEAD_WEIGHT = _set(
    """of more other others further additional percent per cent pct prozent von de des weitere autres otros otras
    más plus years year days day weeks months hours minutes times million-dollar jahre tage ans años points"""
)
"""Between number and noun these make another thing of it."""

UNCERTAIN = _set(
    """not never no nobody could may might would will should can feared fear believed if unless denied deny risk
    plot plotted threatened expected likely potentially possibly nicht kein keine könnten dürften sollen würden
    befürchtet wohl pas aucun aucune pourraient pourrait auraient serait seraient ne podrían podría habrían
    among including"""
)
"""What is not so, or not known to be."""

OTHER_TIMES = _set(
    """since ago previous previously earlier year years decade decades century month months history historic record
    annually every average anniversary past ever week weeks similar another separate seit vergangenen vorjahr
    jahr jahre jahren monat monaten früher geschichte jährlich durchschnittlich depuis précédent année années
    mois ans histoire chaque siècle desde año años anterior mes meses historia cada siglo former last worldwide
    nationwide aftershock aftershocks nachbeben réplique réplica killings deadliest worst total-war war"""
)
"""A sentence with one of these may be about another case, or about many."""

PLACING = _set("in at near outside off nahe à près en cerca")
"""A name behind one of these is where it happened."""

ON_THE_WAY = _set(
    """the a central northern southern eastern western north south east west province of city town village capital
    downtown district region area state county island der die dem den provinz stadt la le l el los las ville
    ciudad provincia"""
)
"""What may stand between such a word and the name: "in the northern city of Port Averne"."""

WEEKDAYS = _set(
    """monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes
    sábado domingo"""
)
DAYS_FROM_NOW = _set("yesterday today gestern heute hier aujourd'hui ayer hoy")
"""Which day these are depends on when they were written."""

MAGNITUDE = _set("magnitude magnitud stärke")
DOUBTS = _set("preliminary initially revised downgraded upgraded foreshock")

SMALL = _set(
    """while when where which whose since still least total many more most dozens scores several hundreds others
    police official officials authorities according said says told news agency reported reports spokesman state
    left early late nearly almost einer eine einem einen eines nach nachdem wurden wurde worden waren sind sein
    ihre durch gegen mindestens insgesamt laut polizei behörden angaben dabei sich auch noch mehr beim vom zum
    zur über unter rund etwa fast kamen leben dans pour avec sont était étaient leur leurs selon après avant
    pendant moins plus autorités cette mais elle según para como están fueron sido este esta desde durante
    después menos autoridades policía tras otras otros other another have been were with from that this they
    their there into than about around after before during against monday tuesday wednesday thursday friday
    saturday sunday morning afternoon evening night week weekend"""
)
"""Words that two sentences share whatever they are about."""

FUNCTION = _set(
    """and in after as at on when by from following during while with but or amid near since including among across
    und nach bei auf im am als durch et dans après à lors en por tras y durante al"""
)

_WORDS: Mapping[str, str] = {
    word: str(number)
    for words in (
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
            "nineteen twenty"
        ),
        (
            "_ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn "
            "neunzehn zwanzig"
        ),
        "_ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "_ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    )
    for number, word in enumerate(words.split(), start=1)
    if word != "_"
}
_SCALES = _set("""thousand tausend million millions millionen millones mille mil hundred""")
_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f’']\d+)*")


def number_of(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """The number that begins with the word at a place, and the place behind it; ``None`` for no number."""
    word = words[at]
    figure = word if _DIGITS.fullmatch(word) else _WORDS.get(word)
    if figure is None:
        return None
    scale = words[at + 1] if at + 1 < len(words) and words[at + 1] in _SCALES else ""
    if scale in {"mille", "mil", "hundred"}:  # written out in other ways, too
        return None
    try:
        return float(spelled(figure, scale)), at + (2 if scale else 1)
    except ValueError:
        return None
