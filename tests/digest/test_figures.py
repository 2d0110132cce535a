"""Two outlets that give other figures for the same thing are set beside each other, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.digest.compose import compose
from bot.digest.figures import claims_of, differing
from bot.digest.settings import ComposeSettings
from bot.domain.digests import Line
from bot.domain.model import Entry, Occasion, Window
from bot.domain.times.schedule import DAY
from bot.views.layout import digest_message
from tests.builders import NOON, an_article, an_entry, the_span
from tests.fakes_chat import RecordingMessenger

PORT = "when a ferry sank off Port Averne."
HOUR = timedelta(hours=1)


def told(number: int, text: str, source: str, at: datetime = NOON, language: str = "en") -> Entry:
    article = an_article(text, source=source, published=at, language=language, title=f"Ferry {number}")
    return replace(an_entry(article), id=number, revision=number, story=1)


def of(one: str, other: str, *, language: str = "en", later: timedelta = HOUR) -> tuple[str, str] | None:
    first = told(1, one, "Port Gazette", language=language)
    second = told(2, other, "Harbour Times", NOON + later, language=language)
    found = differing([second, first])
    return None if found is None else (found[0].text, found[1].text)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "At least 12 people are dead after a ferry sank off Port Averne.", f"15 people died {PORT}"),
        ("en", f"Twelve people were killed {PORT}", f"The accident killed 15 people {PORT}"),
        ("en", f"A storm left 12 dead {PORT}", f"A storm killed at least 15 people {PORT}"),
        ("en", "A ferry hit the Averne quay, injuring 30 people.", "34 people were hurt when a ferry hit the Averne quay."),
        ("en", "A 6.3-magnitude earthquake struck the Averne coast.", "A magnitude 6.6 earthquake struck the Averne coast."),
        ("en", "The Averne fire destroyed 340 homes.", "Officials said the Averne fire destroyed 410 homes."),
        ("de", "Bei einem Fährunglück vor Averne starben mindestens 12 Menschen.", "15 Menschen kamen bei dem Fährunglück vor Averne ums Leben."),
        ("de", "Das Fährunglück vor Averne forderte zwölf Tote.", "Das Fährunglück vor Averne forderte 15 Todesopfer."),
        ("fr", "Le naufrage du ferry au large d'Averne a fait 12 morts.", "Quinze personnes sont mortes dans le naufrage du ferry d'Averne."),
        ("es", "El naufragio del ferry de Averne dejó 12 muertos.", "Al menos 15 personas murieron en el naufragio del ferry de Averne."),
    ],
)  # fmt: skip
def test_other_numbers_for_the_same_thing_differ(language: str, one: str, other: str):
    assert of(one, other, language=language) == (one, other)


@pytest.mark.parametrize(
    "other",
    [
        f"At least 12 people died {PORT}",  # the same number
        f"15 people were injured {PORT}",  # another thing befell them
        f"15 children died {PORT}",  # counts others
        f"15 percent of people died {PORT}",
        f"About 13 people died {PORT}",  # near enough
        f"More than 11 people died {PORT}",
        f"Up to 15 people died {PORT}",
        f"As many as 15 people died {PORT}",
        f"Between 14 and 16 people died {PORT}",
        f"Three more people died {PORT}",
        f"15 people may have died {PORT}",
        f"No 15 people ever died {PORT}",
        "In 1994, 15 people died when a ferry sank off Port Averne.",
        "15 people died last month when a ferry sank off Port Averne.",
        "15 people died when a ferry sank off Vessmark.",
        "15 people died in Vessmark on the way to the ferry, Port Averne heard.",
        "15 people died.",  # of what?
        f"15 of the 40 people died {PORT}",
        f"The 15 people died {PORT}",
        f"55 people died {PORT}",  # so far off that it counts something else
        f"15 people died {PORT} Later 18 people died {PORT}",  # says two numbers
    ],
)
def test_what_may_count_something_else_is_passed_over(other: str):
    assert of("12 people died in Port Averne when a ferry sank off Port Averne.", other) is None


def test_other_days_are_other_cases():
    one = "12 people died on Monday when a ferry sank off Port Averne."
    assert of(one, one.replace("12", "15").replace("Monday", "Sunday")) is None
    assert of(one, one.replace("12", "15").replace("Monday", "March 3")) is None
    assert of(one, one.replace("12", "15")) is not None


def test_round_numbers_agree_with_what_they_round():
    assert (
        of("About 60,000 homes were damaged in Port Averne.", "62,000 homes were damaged in Port Averne.")
        is None
    )
    assert (
        of("62,000 homes were damaged in Port Averne.", "61,800 homes were damaged in Port Averne.") is None
    )
    assert (
        of("84,000 homes were damaged in Port Averne.", "62,000 homes were damaged in Port Averne.")
        is not None
    )


def test_what_one_outlet_says_later_is_an_update():
    first, later = (
        told(1, f"12 people died {PORT}", "Gazette"),
        told(2, f"15 people died {PORT}", "Gazette", NOON + HOUR),
    )
    assert differing([first, later]) is None
    other = told(3, f"15 people died {PORT}", "Times", NOON + 2 * HOUR)
    assert differing([first, later, other]) is None
    behind = told(4, f"14 people died {PORT}", "Post", NOON + 3 * HOUR)
    found = differing([behind, other, later, first])
    assert found is not None
    assert [line.entry.id for line in found] == [3, 4]


def test_a_day_later_it_has_gone_on_and_without_a_time_nobody_knows():
    assert of(f"12 people died {PORT}", f"15 people died {PORT}", later=timedelta(hours=25)) is None
    undated = an_article(f"15 people died {PORT}", source="Times", published=None)
    other = replace(an_entry(undated), id=2, story=1)
    assert differing([told(1, f"12 people died {PORT}", "Gazette"), other]) is None


def test_a_sentence_that_the_story_does_not_show_anyway_is_taken():
    lead = "A ferry with 40 passengers sank off Port Averne on its way to the islands, and 12 people died."
    more = "The coast guard said that 12 people died when the ferry sank off Port Averne."
    first = told(1, f"{lead} {more}", "Port Gazette")
    second = told(2, "15 people died when a ferry sank off Port Averne.", "Harbour Times", NOON + HOUR)
    shown = Line(first, the_span(first.article, lead))
    assert next(line.text for line in differing([first, second]) or ()) == lead
    assert next(line.text for line in differing([first, second], [shown]) or ()) == more
    both = [shown, Line(first, the_span(first.article, more))]
    assert next(line.text for line in differing([first, second], both) or ()) == lead


def test_nothing_is_counted_in_hostile_text():
    text = " ".join(f"{number} people" for number in range(3000)) + " died" + "9" * 500 + " people died."
    assert claims_of(told(1, text, "Gazette")) == {}


def lines_of(*sentences: str) -> list[str]:
    """The lines of a story whose lead has these sentences in its summary, beside an outlet that counts 15."""
    lead = told(1, " ".join(sentences), "Port Gazette")
    lead = replace(
        lead, summary=replace(lead.summary, sentences=tuple(the_span(lead.article, one) for one in sentences))
    )
    other = told(2, f"15 people died {PORT}", "Harbour Times", NOON + HOUR)
    until = NOON + 2 * HOUR
    made = compose(
        Occasion("asked", "a", "b"), "a", Window(0, 2), until - DAY, until, [lead, other], (), ComposeSettings(style="full")
    )  # fmt: skip
    (brief,) = made.briefs
    assert brief.differing
    return [line.text for line in brief.lines]


def test_a_line_is_said_once_unless_it_opens_the_story():
    dead, closed = f"At least 12 people died {PORT}", "The harbour master closed the port until Sunday night."
    assert lines_of(dead) == []
    assert lines_of(dead, closed) == [dead, closed]
    assert lines_of(closed, dead) == [closed]


def test_a_digest_shows_both_lines_with_outlet_and_time():
    entries = [
        told(1, f"At least 12 people died {PORT}", "Port Gazette"),
        told(2, f"15 people died {PORT}", "Harbour Times", NOON + HOUR),
    ]
    until = NOON + 2 * HOUR

    def text(**settings: object) -> str:
        made = compose(
            Occasion("asked", "a", "b"), "a", Window(0, 2), until - DAY, until, entries, (),
            ComposeSettings(**settings),  # type: ignore[arg-type]
        )  # fmt: skip
        return "\n".join(part.plain for part in RecordingMessenger().render(digest_message(made, "UTC")))

    shown = text().partition("Figures differ:\n")[2].splitlines()
    assert shown[:2] == [
        f"At least 12 people died {PORT} (Port Gazette · today 12:00)",
        f"15 people died {PORT} (Harbour Times · today 13:00)",
    ]
    assert "Figures differ" not in text(style="brief")
