from __future__ import annotations

import re
from datetime import UTC, date, datetime
from time import process_time
from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.query import DEPTH, FILTERS, LENGTH, NODES, expand, parse, printed, shown, told
from bot.domain.query_nodes import (
    NOTHING,
    And,
    Day,
    Everything,
    Field,
    InStory,
    Lang,
    Last,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Said,
    Topic,
    Word,
    leaves,
    terms,
    topics_named,
)
from bot.domain.times import days
from bot.wording.chat import narrowing
from bot.wording.language import filter_word, filters, languages, small_word, speaking
from bot.wording.marks import DASHES, plain
from tests.sampling import examples

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("  \n ", Everything()),
        ("*", Everything()),
        ("oil", Word("oil")),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a or b", And((A, Word("or"), B))),
        ('"Oil  prices\n rise"', Phrase("Oil prices rise")),
        ("“oil prices”", Phrase("oil prices")),
        ("„Öl“ «нефть»", And((Phrase("Öl"), Phrase("нефть")))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("NOT NOT a", A),
        ("-(-a)", A),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        ('-"a b"', Not(Phrase("a b"))),
        ("sanct*", Prefix("sanct")),
        ("title:oil", Field("title", Word("oil"))),
        ('TITLE:"oil price"', Field("title", Phrase("oil price"))),
        ("title:oil*", Field("title", Prefix("oil"))),
        ("source:gazette by:prent", And((Field("source", Word("gazette")), Field("by", Word("prent"))))),
        ('said:"Ada Vane" oil', And((Said(Phrase("Ada Vane")), Word("oil")))),
        ("-said:vane", Not(Said(Word("vane")))),
        ("lang:EN", Lang("en")),
        ("lang:pt-BR", Lang("pt")),
        ("story:12", InStory(12)),
        ('topic:"world news"', Topic("world news")),
        ("after:2023-04-01", Day("after", date(2023, 4, 1))),
        ('before:"2023-04-01"', Day("before", date(2023, 4, 1))),
        ("on:2024-02-29", Day("on", date(2024, 2, 29))),
        ("last:7D", Last(7, "d")),
        ("e-mail", Word("e-mail")),
        ("O'Brien’s", Word("O'Brien’s")),
        ("C++ AT&T", And((Word("C++"), Word("AT&T")))),
        ("https://x.example/?a=b", Word("https://x.example/?a=b")),
        ("oil - gas", And((Word("oil"), Word("gas")))),
        ("ferry(boat)", And((Word("ferry"), Word("boat")))),
        ("((a b) c)", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a *", A),
        ("新闻 שלום", And((Word("新闻"), Word("שלום")))),
    ],
)
def test_means(text: str, query: Query):
    parsed = parse(text)
    assert parsed.query == query
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        ('a "b', And((A, B)), "quotation mark is never closed"),
        ("(a", A, "bracket is never closed"),
        ("a)", A, "bracket closes that was never opened"),
        ("a OR", A, "OR stands between two things"),
        ("OR", Everything(), "OR stands between two things"),
        ("said: a", A, "said: needs a value right behind it"),
        ('said:"" a', A, "said: needs a value"),
        ("& a", A, '"&" has no letters'),
        ('"!" a', A, '"!" has no letters'),
        ("🚢", Everything(), "has no letters"),
        ("after:soon", Word("after:soon"), "no day such as after:2023-04-01"),
        ("on:2023-02-30", Word("on:2023-02-30"), "no day such as"),
        ("last:7", Word("last:7"), "no time such as last:24h"),
        ("last:0d", Word("last:0d"), "no time such as"),
        ("story:first", Word("story:first"), "no number of a story"),
        ('lang:"High German"', Phrase("High German"), "no language such as lang:en"),
        ("()", Everything(), "nothing to look for"),
        ("(( ))", Everything(), "nothing to look for"),
        ("NOT NOT", Everything(), "nothing to look for"),
        ("AND", Everything(), "nothing to look for"),
        ("-", Everything(), "nothing to look for"),
        ("– —", Everything(), "nothing to look for"),
        ('""', Everything(), "nothing to look for"),
    ],
)
def test_what_makes_no_sense_leaves_a_note(text: str, query: Query, note: str):
    parsed = parse(text)
    assert parsed.query == query
    assert len(parsed.notes) == 1
    assert note in parsed.notes[0]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ('quelle:"Port Gazette" von:Ines titel:Brücke', 'source:"Port Gazette" by:Ines title:Brücke'),
        ("Autor:Ferrar OUTLET:x", "by:Ferrar OUTLET:x"),
        ("sprache:de thema:energie meldung:12", 'lang:de topic:"energie" story:12'),
        ("gesagt:Quillen Öl", "said:Quillen Öl"),
        ("seit:2026-11-01 vor:2026-11-08", "after:2026-11-01 before:2026-11-08"),
        ("nach:2026-11-01 -quelle:Courier", "after:2026-11-01 -source:Courier"),
        ("am:2026-11-01 ODER letzte:7d", "on:2026-11-01 OR last:7d"),
        ("bis:2026-11-30", "before:2026-12-01"),
        ("seit:1.4.2026 vor:08.04.26", "after:2026-04-01 before:2026-04-08"),
        ("bis:31.12.2026 am:31.12.2026", "before:2027-01-01 on:2026-12-31"),
        ('after:1.4.2026 ab:"2.4.2026"', "after:2026-04-01 after:2026-04-02"),
        ("letzte:7t letzte:24Std", "last:7d last:24h"),
        ("letzte:2wochen last:3t", "last:2w last:3d"),
        ("Öl NICHT Gas", "Öl -Gas"),
    ],
)
def test_a_filter_has_a_name_in_every_language(german: str, english: str):
    parsed = parse(german)
    assert parsed.query == parse(english).query
    assert (printed(parsed.query), parsed.notes) == (printed(parse(english).query), ())


@pytest.mark.parametrize(
    "text", ["am: legend", "ship von: x", "von:() a", "hafen:Mardle", "9:30 vor", 'bis:""']
)
def test_a_foreign_word_before_a_colon_alone_is_a_word(text: str):
    assert parse(text).notes == ()
    assert [str(term) for term in terms(parse(text).query)] == re.findall(r'[^\s()"]+', text)


def test_what_no_value_of_a_foreign_filter_is_stays_words():
    for text in ("tıtle:x", "ſource:x"):
        assert parse(text).query == Word(text)
    for text in ("nach:Berlin", "bis:9999-12-31", "letzte:Woche", "sprache:Plattdeutsch"):
        parsed = parse(text)
        assert parsed.query == Word(text)
        assert len(parsed.notes) == 1


OPERATORS = {
    'title:"a b"': 'titel:"a b"',
    "source:Courier": "quelle:Courier",
    "by:Ines": "von:Ines",
    "said:Quil*": "gesagt:Quil*",
    "lang:de": "sprache:de",
    "story:12": "meldung:12",
    'topic:"oil"': 'thema:"oil"',
    "after:2026-04-01": "seit:1.4.2026",
    "before:0999-12-08": "vor:8.12.0999",
    "on:2026-11-30": "am:30.11.2026",
    "last:24h": "letzte:24h",
    "last:7d": "letzte:7t",
    "last:2w": "letzte:2w",
    "a OR b": "a ODER b",
    "-(a b)": "-(a b)",
    "-a": "-a",
    "sanct*": "sanct*",
    "(a OR title:b) -source:c": "(a ODER titel:b) -quelle:c",
    '"a b"': '"a b"',
}
"""Every operator and kind of value, as it is kept, and in German."""


@pytest.mark.parametrize(("kept", "german"), OPERATORS.items())
def test_every_operator_is_read_and_told_in_german(kept: str, german: str):
    query = parse(kept).query
    assert (printed(query), shown(kept), shown(german)) == (kept, kept, german)
    with speaking("de"):
        assert (told(query), shown(kept), shown(german)) == (german, german, german)
    assert (parse(german).query, parse(german).notes) == (query, ())


def test_every_filter_is_among_them_and_has_a_word_in_every_language():
    typed = {name for kept in OPERATORS for name in re.findall(r"(\w+):", kept)}
    assert typed == FILTERS - {"sort", "until"}
    for one in (one for one in languages().values() if one.code != "en"):
        assert set(one.filters.values()) == FILTERS
        words = {"OR", "AND", "NOT", "new", "old", "best", "h", "d", "w", *days.AGO}
        assert words <= one.words.keys()


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("reihenfolge:neu", "new"),
        ("Reihenfolge:Alt", "old"),
        ("sortierung:älteste", "old"),
        ("sort:neu", "new"),
        ("reihenfolge:beste", "best"),
        ("reihenfolge:new", "new"),
    ],
)
def test_an_order_has_a_german_name(typed: str, order: str):
    parsed = parse(f"Öl {typed} Gas")
    assert (parsed.order, parsed.query, parsed.notes) == (order, parse("Öl Gas").query, ())


@pytest.mark.parametrize(
    ("typed", "ahead", "meant"),
    [
        ("Öl seit:1.4.", False, "Öl after:2026-04-01"),
        ("seit:31.12.", False, "after:2025-12-31"),
        ("seit:29.11", False, "after:2026-11-29"),
        ("am:29.2.", False, "on:2024-02-29"),
        ("seit:gestern -am:Heute", False, "after:2026-11-28 -on:2026-11-29"),
        ("bis:vorgestern", False, "before:2026-11-28"),
        ("after:yesterday", False, "after:2026-11-28"),
        ("vor:montag on:sunday", False, "before:2026-11-23 on:2026-11-29"),
        ("bis:31.12.", False, "before:2026-01-01"),
        ("bis:31.12. Öl", True, "before:2027-01-01 Öl"),
        ("vor:29.11.", True, "before:2026-11-29"),
        ("seit:1.11. bis:31.12.", False, "after:2026-11-01 before:2027-01-01"),
        ("seit:1.11.2024 vor:2.2.", False, "after:2024-11-01 before:2025-02-02"),
        ("(seit:gestern ODER Öl)", False, "after:2026-11-28 OR Öl"),
        ('"seit:gestern" hab:gestern', False, '"seit:gestern" hab:gestern'),
        ("after:2026-04-01 seit:1.4.2026", False, "after:2026-04-01 after:2026-04-01"),
        ("Öl, seit:gestern, Gas", False, "Öl, after:2026-11-28, Gas"),
    ],
)
def test_a_day_is_put_in_full_when_it_is_typed(typed: str, ahead: bool, meant: str):
    for code in ("en", "de"):
        with speaking(code):
            whole = days.completed(typed, SUNDAY, "Asia/Tokyo", ahead=ahead)
        assert parse(whole, lists=True) == parse(meant, lists=True)
    assert days.completed("seit:30.2. am:31.4. vor:0.1. seit:irgendwann", SUNDAY, "UTC") == (
        "seit:30.2. am:31.4. vor:0.1. seit:irgendwann"
    )


SUNDAY = datetime(2026, 11, 28, 20, tzinfo=UTC)
"""29 November in Tokyo."""


def test_no_language_has_a_name_of_another_filter():
    assert filters().keys() & FILTERS == set()
    for one in languages().values():
        assert {name: filters()[name] for name in one.filters} == dict(one.filters)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("-*", "-*"),
        ("( a  b )", "a b"),
        ("NOT (a OR “b c”)", '-(a OR "b c")'),
        ("((a b) OR c) d", "(a b OR c) d"),
        ('Said:"X" LANG:de topic:x', 'said:"X" lang:de topic:"x"'),
        ("last:2W on:2023-04-05 story:007", "last:2w on:2023-04-05 story:7"),
    ],
)
def test_prints_the_canonical_text(text: str, canonical: str):
    assert printed(parse(text).query) == canonical


PIECES = """oil e-mail C++ AT&T l'Europe "a b" " ( ) - -- NOT OR AND or title: said:"A B" said: said:X* lang:en lang:%
story:12 story:x topic:a topic:"a b" after:2023-04-01 after:2023-99-01 last:7d last:9 * ** x* title:" after:"x y" 🚢
“x” -( +a a:b http://x.example/?q=(1) by:-x title:* title:OR"""
TYPED = st.text(max_size=60) | st.lists(
    st.sampled_from([*PIECES.split(" "), " ", "\0", "\ud800", "\u200f", "x" * 900]), max_size=60
).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


@settings(max_examples=examples(50, 400))
@given(TYPED)
@example("a(b)" * 1000)
@example('a"b"c' * 1000)
@example("(" * 30 + "a OR b" + ")" * 30 + " c")
@example("(a b OR (" * 40)
@example(":*0*0")
def test_whatever_is_typed_parses_and_prints_to_the_same(text: str):
    parsed = parse(text)
    assert parse(printed(parsed.query)).query == parsed.query
    with speaking("de"):
        assert parse(told(parsed.query)).query == parsed.query
    assert sum(1 for _ in leaves(parsed.query)) <= NODES
    assert len(parsed.notes) <= 8
    assert all(len(note) < 200 for note in parsed.notes)


@settings(max_examples=examples(25, 200))
@given(TYPED, TYPED, TYPED)
def test_an_expanded_query_has_no_topics(text: str, first: str, second: str):
    query = expand(
        parse(text).query, {"A": f"topic:b {first}", "b": f"{second} OR topic:a", "A b": "topic:A"}
    )
    assert topics_named(query) == frozenset()
    assert str(query)


def test_each_dash_of_unicode_leaves_out():
    assert {chr(code) for code in range(0x10000) if category(chr(code)) == "Pd"} <= {*DASHES, "-"}
    for dash in DASHES:
        assert parse(f"a {dash}b", lists=True) == parse("a -b", lists=True), hex(ord(dash))
        assert parse(f"a {dash} b").query == And((A, B))
        assert len(list(terms(parse(f"a{dash}b").query))) == 1


@pytest.mark.parametrize(
    "text", ["«a b»", "»a b«", "‹a b›", "›a b‹", "„a b“", "“a b”", "”a b”", "‚a b‘", "‘a b’", "’a b’", "'a b'", "「a b」", "『a b』", "＂a b＂", "〝a b〟", "„a b‟"]
)  # fmt: skip
def test_quotation_marks_of_every_language_make_a_phrase(text: str):
    assert parse(text) == parse('"a b"')
    assert parse(f"said:{text} b", lists=True) == parse('said:"a b" b', lists=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O’Brannon’s ‘90s", 2),
        ("rock 'n' roll", 3),
        ("the dogs' owners' club", 4),
        ("'tis the season", 3),
        ("\"it’s 'a b' here\"", 1),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str, words: int):
    parsed = parse(text)
    assert len(list(terms(parsed.query))) == words
    assert parsed.notes == ()


@pytest.mark.parametrize("text", ["NOT", "oil NOT", "(NOT) oil"])
def test_what_excludes_nothing_leaves_a_note(text):
    assert parse(text).notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * (LENGTH + 1), Everything()),
        ("a " * (NODES + 50), And((A,) * NODES)),
        ("(" * 50 + "a OR b" + ")" * 50, Or((A, B))),
    ],
)
def test_limits_leave_a_note(text: str, expected: Query):
    parsed = parse(text)
    assert parsed.query == expected
    assert len(parsed.notes) == 1


def test_brackets_count_up_to_the_depth():
    within = "".join(f"{word} OR (" for word in ["a b"] * (DEPTH - 1))
    assert parse(f"{within}c d{')' * (DEPTH - 1)}").notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "-" * 500_000,
        "(" * 500_000,
        "NOT " * 100_000,
        '"' * 500_001,
        " " * 500_000,
        "title:" * 100_000,
        "a*" * 99_999,
    ],
)
def test_hostile_texts_take_bounded_time(text: str):
    parse(text)


def test_topics_are_written_out():
    topics = {"Energy": "oil OR gas", "all": "topic:energy coal", "none": ""}
    energy = Or((Word("oil"), Word("gas")))
    assert expand(parse("topic:energy a").query, topics) == And((energy, A))
    assert expand(parse("-topic:ENERGY").query, topics) == Not(energy)
    assert expand(parse("topic:all").query, topics) == And((energy, Word("coal")))
    assert expand(parse("topic:none").query, topics) == Everything()
    assert expand(parse("topic:other").query, topics) == NOTHING


def test_topics_in_a_circle_match_nothing():
    topics = {"a": "topic:b OR x", "b": "topic:a y"}
    assert expand(Topic("a"), topics) == Or((And((NOTHING, Word("y"))), Word("x")))
    assert expand(Topic("self"), {"self": "topic:self"}) == NOTHING


def test_topics_cannot_blow_a_query_up():
    topics = {str(n): f"topic:{n + 1} topic:{n + 1} topic:{n + 1} topic:{n + 1} w" for n in range(40)}
    wide = expand(Topic("0"), topics)
    assert sum(1 for _ in leaves(wide)) < 5_000
    deep = expand(Topic("0"), {str(n): f"-({'(x OR ' * 19}topic:{n + 1}" for n in range(500)})
    assert str(deep)


def test_tells_which_topics_are_named():
    assert topics_named(parse('topic:a -(topic:"b c" OR x)').query) == {"a", "b c"}
    assert topics_named(Everything()) == frozenset()


def test_terms_are_what_a_match_contains():
    query = parse('a -b (said:"X" OR -(c -"d e")) title:f* lang:en last:2d').query
    assert terms(query) == (A, Said(Phrase("X")), Phrase("d e"), Field("title", Prefix("f")))


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "(x OR " * 10_000, "-(" * 10_000 + "x", "()" * 10_000, '"(' * 10_000]
)
def test_brackets_without_end_are_a_query_like_any_other(text):
    parsed = parse(text)
    assert parse(printed(parsed.query)).query == parsed.query


@pytest.mark.parametrize("code", languages())
def test_the_help_shows_every_operator_as_it_is_told(code: str):
    with speaking(code):
        shown = [example for example, _ in narrowing.operators()]
        for example in shown:
            parsed = parse(example)
            assert parsed.notes == ()
            order = "" if parsed.order == "best" else f" {filter_word('sort')}:{small_word(parsed.order)}"
            assert f"{told(parsed.query)}{order}" == example
        assert {filter_word(name) for name in FILTERS - {"until"}} == {
            name for example in shown for name in re.findall(r"(\w+):", example)
        }
        kinds = {type(node) for example in shown for node in (parse(example).query,)}
        assert {And, Or, Phrase, Prefix, Field, Said, Lang, InStory, Topic, Day, Last} <= kinds


def test_a_mark_that_opens_and_never_closes_costs_no_more_than_the_text_is_long():
    started = process_time()
    plain("'a" + " b" * 20_000)
    assert process_time() - started < 1  # milliseconds; a scan for each pair of words took many seconds


def test_and_between_things_wants_all_of_them_and_between_quotation_marks_it_is_a_word():
    for typed, meant in (
        ("harbour and bridge", "harbour bridge"),
        ("Hafen und Brücke", "Hafen Brücke"),
        ("oil, gas and coal", "oil OR gas OR coal"),
        ("and bridge", "and bridge"),
    ):
        assert parse(typed, lists=True).query == parse(meant).query
    assert parse('"harbour and bridge"', lists=True).query == parse('"harbour and bridge"').query
    assert parse("harbour and bridge").query != parse("harbour bridge").query  # of the configuration
