"""An interview of one person, and braces, which nobody says."""

from __future__ import annotations

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


def test_code_is_nobodys_words() -> None:
    assert (
        find_quotes(an_article("Write “a { colour of the old gate } here” into the file of the page.")) == ()
    )
