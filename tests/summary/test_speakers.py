"""Whose words they are: what one sentence, the sentences beside it and the whole article tell."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "The old bridge will hold for years"
MAYOR = "Mayor Ines Calder opened the bridge on Monday."


def speakers(*paragraphs: str) -> list[str | None]:
    return [one.speaker_name for one in find_quotes(an_article(*paragraphs))]


def mentions(*paragraphs: str) -> list[str | None]:
    article = an_article(*paragraphs)
    return [one.speaker and one.speaker.of(article.text) for one in find_quotes(article)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” as Calder put it.",
        f"As Calder put it: “{WORDS}.”",
        f"Calder on Tuesday called it “{WORDS}.”",
        f"But, said Calder, “{WORDS}.”",
        f"The paper quoted Calder as saying “{WORDS}.”",
        f"Calder was quoted as saying “{WORDS}.”",
        f"Calder made it loud and clear that “{WORDS}.”",
        f"Calder struck another note: “{WORDS}.”",
        f"Calder: “{WORDS}.”",
        f"Calder (left) said: “{WORDS}.”",
        f"Calder, 51, a former engineer from the old town, Brindle, said “{WORDS}.”",
        f"“{WORDS},” said on Tuesday the mayor.",
        f"“{WORDS}!” Calder, who had climbed a ladder, shouted.",
        f"“{WORDS}.” — Ines Calder",
        f"“{WORDS},” a smiling Calder said.",
        f"“{WORDS},” the city's Ines Calder told the radio.",
        f"Last week, however, Calder said “{WORDS}.”",
        f"In a statement, the mayor, Ines Calder, said: “{WORDS}.”",
        f"The tower, Calder said, adding “{WORDS}.”",
        f"Calder said that the tower was safe. “{WORDS}.”",
        f"The tower was safe, said Calder. “{WORDS}.”",
        f"“People say, ‘{WORDS},’” Calder said.",
    ],
)
def test_the_sentence_names_her(sentence: str) -> None:
    assert set(speakers(MAYOR, sentence)) == {"Ines Calder"}


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” said a spokesman for Calder.",
        f"“{WORDS},” Calder's office said.",
        f"“{WORDS},” a baker who voted for Calder said.",
        f"“{WORDS},” the harbour board told Calder.",
        f"Calder and Brandt said “{WORDS}.”",
        f"Ines Calder, Otto Brandt and Ada Marlow met and said “{WORDS}.”",
        f"A friend of Calder, a painter, called it “{WORDS}.”",
        f"Reached by telephone, the harbour board said “{WORDS}.”",
        f"The harbour board said that Brandt met Calder. “{WORDS}.”",
        f"Calder was blamed for saying nothing when the radio reported “{WORDS}.”",
        f"“{WORDS},” according to the harbour board.",
        f"“{WORDS}?” She nodded.",
    ],
)
def test_another_speaks_or_several(sentence: str) -> None:
    assert set(speakers(MAYOR, sentence)) == {None}


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        (f"“{WORDS},” said Brindle Harbour Board.", "Brindle Harbour Board"),
        (f"“{WORDS},” the Harbour Board said.", "the Harbour Board"),
        (f"“{WORDS},” a spokesman for the Harbour Board said.", "a spokesman for the Harbour Board"),
        (f"“{WORDS},” ECB president Ada Marlow said.", "ECB president Ada Marlow"),
        (f"“{WORDS},” said former secretary of state Ada Marlow.", "former secretary of state Ada Marlow"),
        (f"“{WORDS},” said retired baker Ada Marlow.", "retired baker Ada Marlow"),
    ],
)
def test_the_mention_is_kept_with_its_role(sentence: str, mention: str) -> None:
    assert mentions(sentence) == [mention]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Ada Marlow runs the ferry. She grew up on it.", "Ada Marlow"),
        ("Its captain, Ada Marlow, said that the ferry would sail.", "Ada Marlow"),
        ("Ada Marlow met Otto Brandt at the ferry.", "Ada Marlow"),
        ("Otto Brandt asked Ada Marlow about the ferry.", "Ada Marlow"),
        ("The ferry belongs to Ada Marlow.", "Ada Marlow"),
        ("Ada Marlow met Ruth Sollas at the ferry.", None),
        ("The moderator asked about Ada Marlow.", None),
        ("A captain came aboard. The ferry sailed with Ada Marlow and Ruth Sollas.", None),
        ("Marlow met the captain.", None),
    ],
)
def test_she_is_the_one_whom_nobody_else_can_be(before: str, name: str | None) -> None:
    assert speakers(f"{before} “{WORDS},” she said.") == [name]


def test_a_pronoun_goes_on_through_the_paragraphs() -> None:
    assert (
        speakers(
            "Ada Marlow said: “The ferry will sail at noon.”",
            f"“{WORDS},” she said.",
            f"“{WORDS},” she added.",
        )
        == ["Ada Marlow"] * 3
    )


def test_a_pronoun_behind_an_unnamed_speaker_is_nobody() -> None:
    assert speakers(
        "Ada Marlow runs the ferry.", f"“{WORDS},” a passenger said.", f"“{WORDS},” she added."
    ) == [None, None]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Her husband, Robert Calder, cheered. Ines Calder won.", "Ines Calder"),
        ("Ines Calder won. Her husband, Robert Calder, cheered.", None),
        ("Ines Calder won. Ines Calder thanked her brother. He is Robert Calder.", None),
        ("See Calder on stage. Ines Calder won.", "Ines Calder"),
        ("Does Calder win? Ines Calder won.", "Ines Calder"),
        ("Real Ines Calder won. Ines Calder cheered.", "Ines Calder"),
        ("Brindle County Recorder Ines Calder won.", "Ines Calder"),
        ("Ines Hall Calder won.", "Ines Hall Calder"),
        ("Ines O’Calder won.", None),
    ],
)
def test_a_surname_means_the_one_whom_the_article_is_about(before: str, name: str | None) -> None:
    assert speakers(before, f"“{WORDS},” Calder said.") == [name]


def test_a_title_tells_two_of_one_surname_apart() -> None:
    before = "Ines Calder and Robert Calder own the bridge."
    assert speakers(before, f"“{WORDS},” Mrs. Calder said.") == ["Ines Calder"]
    assert speakers(before, f"“{WORDS},” Mr. Calder said.") == ["Robert Calder"]


@pytest.mark.parametrize(
    "name", ["Otto King", "Otto O’Brandt", "Otto Baron", "Otto Brandt Jr.", "J. P. Brandt"]
)
def test_a_surname_may_look_like_something_else(name: str) -> None:
    last = name.removesuffix(" Jr.").split()[-1]
    assert speakers(f"The engineer {name} built it.", f"“{WORDS},” said {last}.") == [name]


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    opened = "“Steel does not break without warning. It talks to you for years."
    middle = "“What worries me is not the crack."
    closed = "“It is that a painter found it,” Calder said."
    assert speakers(MAYOR, opened, middle, closed) == ["Ines Calder"] * 3
    assert speakers(MAYOR, f"Calder said: {opened}", middle, "“It is that a painter found it.”") == (
        ["Ines Calder"] * 3
    )


def test_a_quotation_behind_a_colon_or_alone_goes_on_in_the_next_paragraph() -> None:
    assert speakers(MAYOR, "Then Calder said:", f"“{WORDS}.”") == ["Ines Calder"]
    assert speakers(MAYOR, f"“{WORDS},” Calder said.", f"“{WORDS}.”") == ["Ines Calder"] * 2
    assert speakers(MAYOR, f"“{WORDS},” Calder said. It rained.", f"“{WORDS}.”") == ["Ines Calder", None]


@pytest.mark.parametrize(
    "sentence",
    [
        "Calder wrote the novel “The Long Road to Brindle Bay” in May.",
        "Calder said that “The Lamplighter’s Daughter” was sold out.",
        "Supporters of Calder held a placard reading “Mend the bridge before winter”.",
        "Calder opened the so-called “night bridge” at noon.",
        "Calder's film, “a quiet walk along the water”, is out.",
    ],
)
def test_titles_slogans_and_scare_quotes_are_no_quotes(sentence: str) -> None:
    assert speakers(MAYOR, sentence) == []


def test_a_missing_or_odd_closing_mark_ends_with_its_paragraph() -> None:
    assert speakers(MAYOR, f"Calder said: “{WORDS}.", "The ferry sails again.") == ["Ines Calder"]
    assert speakers(MAYOR, f'Calder said: “{WORDS}."', f"„{WORDS}“, said Calder.") == ["Ines Calder"] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” said the company's chief executive, Ada Marlow.",
        f"“{WORDS},” said the port authority's chief executive, Ada Marlow, on Friday.",
        f"“{WORDS},” said Otto Brandt's wife, Ada Marlow.",
        f"“{WORDS},” Otto Brandt's campaign manager, Ada Marlow, said in a statement.",
        f"Otto Brandt's wife, Ada Marlow, said: “{WORDS}.”",
        f"“{WORDS},” said the head of the port's works department, Ada Marlow.",
        f"“{WORDS},” said former prime minister and bridge builder Ada Marlow.",
        f"“{WORDS},” lead researcher and NASA planetary scientist Ada Marlow said.",
        f"“{WORDS},” the minister of mines and energy Ada Marlow told reporters.",
        f"“{WORDS},” Brindle University's Ada Marlow said.",
    ],
)
def test_whoever_holds_the_office_speaks_and_not_whose_office_it_is(sentence: str) -> None:
    assert speakers("Otto Brandt came too.", sentence) == ["Ada Marlow"]


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” said the mayor and councillor Ada Marlow.",
        f"“{WORDS},” said Otto Brandt's neighbour.",
        f"“{WORDS},” opined a painter of Brindle's old town.",
    ],
)
def test_nobody_is_named_by_an_office_alone(sentence: str) -> None:
    assert speakers("Otto Brandt came too.", sentence) == [None]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("In a talk of two hours Mayor Ada Marlow warned them.", "Mayor"),
        ("In a dissent of 31 pages Judge Ada Marlow warned them.", "Judge"),
        ("The lead researcher Ada Marlow came.", "lead researcher"),
        ("The mayor of Brindle, Ada Marlow, came.", "mayor of Brindle"),
        ("Ada Marlow, a former engineer from the old town, came.", "former engineer from the old town"),
        ("The port's chief executive, Ada Marlow, came.", "port's chief executive"),
        ("Goddard planetary scientist Ada Marlow came.", "Goddard planetary scientist"),
        ("Within days deputy fire chief Ada Marlow came.", "deputy fire chief"),
        ("Three weeks later deputy fire chief Ada Marlow came.", "deputy fire chief"),
        ("On Friday night deputy fire chief Ada Marlow came.", "deputy fire chief"),
        ("The night club owner Ada Marlow came.", "night club owner"),
        ("Ada Marlow, head of the harbour on Monday, came.", "head of the harbour"),
        ("Ada Marlow, head of the harbour since last week, came.", "head of the harbour"),
        ("Other major events for new mayor Ada Marlow followed.", "new mayor"),
        ("The Party for the Harbour leader Ada Marlow came.", "Party for the Harbour leader"),
        ("Credited to her and the activist Otto Brandt, Ada Marlow came.", None),
        ("Ada Marlow, manager of the 1.FC Brindle, came.", "manager"),
        ("Ada Marlow came with a mayor.", None),
        ("Ms Ada Marlow, who is tall, came.", None),
        ("Ada Marlow, who leads the rescue for the port, came.", "who leads the rescue for the port"),
        ("Ada Marlow, who runs the yard since last week, came.", "who runs the yard"),
        ("Ada Marlow, who came with the mayor, left.", None),
        ("A colleague named Ada Marlow came.", None),
    ],
)
def test_the_role_is_in_the_words_of_the_article(sentence: str, role: str | None) -> None:
    article = an_article(sentence, f"“{WORDS},” Marlow said.")
    (quote,) = find_quotes(article)
    assert (quote.speaker_name, quote.role and quote.role.of(article.text)) == ("Ada Marlow", role)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Ada Marlow, 36, won. Otto Brandt lost.", f"“{WORDS},” said the 36-year-old."),
        ("Ada Marlow came.", f"“{WORDS},” Marlow grumbled."),
        (
            "Ada Marlow came. Nobody else did.",
            "In a later post, she took a darker tone.",
            f"“{WORDS},” she wrote.",
        ),
        (f"“{WORDS}.”", "— Ada Marlow"),
        (f"“{WORDS}.”", "Ada Marlow, Harbour Board"),
        ("The head of the harbour's centre, Ada Marlow, says that it takes effort.", f"“{WORDS}.”"),
        (f"Ada Marlow said that Brandt was “{WORDS},” and said that it rained.",),
        ("Ada Marlow waited.", f"Her conclusion: “{WORDS}.”"),
        ("And from Chairwoman Ada Marlow:", f"“{WORDS}.”"),
        (f"“{WORDS}.” - Commissioner Ada Marlow",),
        (f"The coach, Ada Marlow, turned to the reporters. “{WORDS}.”",),
        (f"“{WORDS},” mayor Ada Marlow, wearing a “Brindle” badge, said.",),
    ],
)
def test_the_article_leaves_no_doubt(paragraphs: tuple[str, ...]) -> None:
    assert speakers(*paragraphs) == ["Ada Marlow"]


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ms. Marlow, noting that the old bridge was “too narrow for the trams,” added: “{WORDS}.”",
        f"The paradox of the bridge, says Ada Marlow, a historian, is that it was “{WORDS}.”",
        f"Ada Marlow, during a meeting in Brindle, Westmark, said it was “{WORDS}.”",
        f"“{WORDS},” said ranking member Ada Marlow (D-Md.).",
        f"“{WORDS},” said Del. Ada Marlow of the harbour board.",
    ],
)
def test_the_verb_has_the_subject_of_its_sentence(sentence: str) -> None:
    assert set(speakers("Ada Marlow came.", sentence)) == {"Ada Marlow"}


@pytest.mark.parametrize(
    ("paragraphs", "mention"),
    [
        ((f"As one commentator has argued, “{WORDS}.”",), "one commentator"),
        ((f"In the words of the patient, “{WORDS}.”",), "the patient"),
        ((f"According to the patient, the bridge “{WORDS}.”",), "the patient"),
        (
            ("According to a copy of the filing obtained by the Gazette:", f"“{WORDS}.”"),
            "a copy of the filing",
        ),
        ((f"For Ada Marlow the matter is settled: “{WORDS}.”",), "Ada Marlow"),
        ((f"“{WORDS},” Ada Marlow, director of the harbour branch.",), "Ada Marlow"),
    ],
)
def test_who_has_no_name_is_described(paragraphs: tuple[str, ...], mention: str) -> None:
    assert mentions(*paragraphs) == [mention]


def test_what_is_passed_on_is_by_another() -> None:
    assert mentions(MAYOR, f"Calder shared a text of a follower: “{WORDS}.”") == [None]


@pytest.mark.parametrize(("end", "name"), [(".", "Ines Calder"), ("", None)])
def test_a_heading_that_is_a_quotation_inherits_nobody(end: str, name: str | None) -> None:
    other = f"“Nobody will pay for a second ferry to the islands{end}”"
    assert speakers(MAYOR, f"“{WORDS},” said Calder.", other, "Then the ferry came.")[-1] == name


def test_a_heading_that_repeats_a_quotation_has_its_speaker() -> None:
    heading = f"“{WORDS.partition(' ')[2]}”"
    assert speakers(MAYOR, heading, f"“{WORDS},” said Calder.")[0] == "Ines Calder"


def test_whoever_says_something_behind_an_aside_is_surely_somebody() -> None:
    first = "Yevo Zosin, 74, a resident who saw it, said the blast came at night."
    assert speakers(MAYOR, first, f"“{WORDS},” he said.") == ["Yevo Zosin"]
