"""An interview of one person, and braces, which nobody says."""

from __future__ import annotations

from time import process_time

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

ANSWER = "“We kept every gate shut until the very last storm was over.”"
TOLD = [f"“We looked after gate number {n} all night long,” Hilda Crane said." for n in ("one", "two")]


def speakers(*paragraphs: str) -> list[str | None]:
    return [one.speaker_name for one in find_quotes(an_article(*paragraphs))]


def test_an_answer_is_of_the_only_one_whom_the_article_quotes() -> None:
    told = [*TOLD, "“I would do it all again tomorrow night,” Crane added."]
    assert speakers(*told, "Was it worth the trouble of so many people?", ANSWER) == ["Hilda Crane"] * 4


def test_a_second_voice_leaves_a_doubt() -> None:
    told = [*TOLD, "“I would not do it all again tomorrow,” a sailor said."]
    assert speakers(*told, "Was it worth the trouble of so many people?", ANSWER)[-1] is None


def test_few_words_are_no_interview() -> None:
    assert speakers(*TOLD, "Was it worth the trouble of so many people?", ANSWER)[-1] is None


def test_a_heading_or_words_within_a_sentence_are_no_answer() -> None:
    told = [*TOLD, "“I would do it all again tomorrow night,” Crane added."]
    assert speakers(*told, "“The gates that nobody ever shuts again”")[-1] is None
    assert speakers(*told, f"The sign has been there for many years now: it reads {ANSWER}")[-1] is None


BEFORE = "“We looked at every other date, and there was none,” Hilda Crane said."
OPEN = "“The steel is older than my father, and it shows at every tide."


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        ((BEFORE, OPEN, "“Nobody wants a gate that falls on a lorry.”"), ["Hilda Crane"] * 3),
        ((BEFORE, OPEN, OPEN, "“Nobody wants a gate that falls.”"), ["Hilda Crane"] * 4),
        (
            (BEFORE, OPEN, "“Nobody wants a gate that falls on a lorry,” said Otto Krail."),
            ["Hilda Crane", "Otto Krail", "Otto Krail"],
        ),
        (
            (f"{BEFORE} A baker was asked as well.", OPEN, "“Nobody wants a gate that falls.”"),
            ["Hilda Crane", None, None],
        ),
        ((BEFORE, "Ice came.", OPEN, "“Nobody wants a gate that falls.”"), ["Hilda Crane", None, None]),
    ],
)
def test_paragraphs_that_are_closed_in_the_last_go_on_with_who_spoke_right_before(paragraphs, told) -> None:
    assert speakers(*paragraphs) == told


@pytest.mark.parametrize(
    ("language", "paragraph"),
    [
        ("de", "„Die Region zahlt die Hälfte“, sagte Otto Krail. Und weiter: „Den Rest zahlt dann wohl die Stadt.“"),
        ("it", "«Abbiamo guardato ogni altra data», ha detto Otto Krail. E ancora: «L'acciaio è più vecchio di mio padre»."),
        ("nl", "‘We hebben naar elke datum gekeken’, zegt Otto Krail. En verder: ‘Het staal is ouder dan mijn vader.’"),
    ],
)  # fmt: skip
def test_and_further_goes_on_with_who_spoke(language: str, paragraph: str) -> None:
    found = find_quotes(an_article(paragraph, language=language))
    assert [one.speaker_name for one in found] == ["Otto Krail"] * 2


def test_code_is_nobodys_words() -> None:
    assert (
        find_quotes(an_article("Write “a { colour of the old gate } here” into the file of the page.")) == ()
    )


HEADING, LINE = "“Gates were never shut tonight.”", "“Gates were never open all night,” Hilda Crane said."


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        ("en", (*[HEADING] * 700, *[LINE] * 700)),  # each heading was held against each line
        (
            "de",
            ("Er habe „Ja“ " * 2_500,),
        ),  # the colon before, and the last that was said, were looked for anew
        ("de", ("Er habe „Ja“. " * 500,)),  # a report was followed back to its beginning
        ("de", ("„Ja, alle“, hieß es, " * 2_500,)),  # the cue was looked for from the first word on
    ],
)
def test_words_by_the_thousand_take_time_by_their_number(language: str, paragraphs: tuple[str, ...]) -> None:
    started = process_time()
    find_quotes(an_article(*paragraphs, language=language))
    assert process_time() - started < 2  # half a second; by the square of their number it is many
