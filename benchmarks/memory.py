"""A week of mornings from the same stories: is anything told twice, is every change told, is nothing false an update?

    python benchmarks/memory.py [--stories 120] [--seed 7] [--data DIR]

A seeded generator writes the articles: each story has facts that are told in several wordings, by other
outlets, with figures in digits, in words or rounded, and quotes whole or trimmed. On some mornings one real
change is planted: another figure, a new name, a new quote, or another thing told by an outlet that had not
told the story; on the others there are only paraphrases, or nothing. The desk's own summaries and quotes
are used. The rules were written with four kinds of stories at hand; the two others were only measured.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.article.fields.fingerprint import fingerprint
from bot.digest.compose import compose
from bot.digest.facts import figures_of
from bot.digest.prepare import told_by_several
from bot.digest.settings import ComposeSettings
from bot.domain.digests import Digest, Told
from bot.domain.model import Article, Entry, Occasion, Span, Window
from bot.quotes.find import find_quotes
from bot.stories.similarity import folded, repeats
from bot.summary.summarizers import summarizer
from tests.samples import COUNTED

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
MORNINGS = 7
CHANGED, REWORDED = 0.35, 0.4
"""Of the mornings of a story how many have a change, and how many only other words."""

OUTLETS = (
    "Port Gazette", "Harbour Times", "The Halvenian Observer", "Averne Courier", "Skerry Post", "Norrin Herald",
    "Fennick Echo", "Business Daily", "The Lantern", "Coastal Wire",
)  # fmt: skip
_ONSETS, _CODAS = (
    ["B", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Br", "Dr", "Tr", "St"],
    ["n", "r", "l", "m", "rn", "ck", "nd", "st", "ll"],
)
_IN_WORDS = dict(enumerate(("zero", *COUNTED[1:])))

KINDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "bridge": {
        "main": (
            "The {place} bridge will stay closed for {small} weeks after engineers found cracks in its steel.",
            "Engineers have shut the bridge at {place} for {small} weeks because its steel is cracked.",
            "Cracks in the steel have put the crossing at {place} out of use, and it reopens only in {small} weeks.",
            "It will take {small} weeks before anybody drives over the bridge in {place} again, officials say.",
        ),
        "cost": (
            "Repairs are expected to cost {large} crowns, the {org} said.",
            "The {org} puts the price of the repairs at {large} crowns.",
            "Mending it costs the {org} some {large} crowns.",
        ),
        "people": (
            "Some {medium} lorries cross it on a working day.",
            "On weekdays it carries {medium} lorries.",
            "Each working day {medium} lorries used to go over it.",
        ),
        "mood": (
            "Shopkeepers near the ramp complained that customers were staying away.",
            "Traders beside the approach say that buyers no longer come.",
            "Few customers find their way to the shops at its foot any more.",
        ),
        "number": (
            "The {org} now says that the bridge stays shut for {small} weeks.",
            "Closure of the crossing is extended to {small} weeks, it was announced.",
        ),
        "name": (
            "The work has been given to a yard that belongs to {person}, it emerged.",
            "{person}, a specialist from abroad, was called in to examine the steel.",
        ),
        "aspect": (
            "Cyclists have meanwhile discovered a forgotten ferry landing and crowd its narrow wooden jetty.",
            "Swallows nesting beneath its girders delight ornithologists who campaign for their protection.",
        ),
    },
    "strike": {
        "main": (
            "Nurses at {place} hospital have walked out for {small} days over pay.",
            "A {small}-day walkout over wages has begun among the nurses of the hospital in {place}.",
            "Hospital nurses in {place} are on strike for {small} days because of their pay.",
            "For {small} days no nurse works at the hospital in {place}; they want better wages.",
        ),
        "cost": (
            "The {org} demands a raise that would cost {large} crowns a year.",
            "What the {org} asks for comes to {large} crowns annually.",
            "Granting the demand of the {org} would take {large} crowns each year.",
        ),
        "people": (
            "About {medium} operations were put off.",
            "The hospital postponed {medium} operations.",
            "So far {medium} operations have had to be postponed.",
        ),
        "mood": (
            "Patients waited in corridors while doctors carried meals.",
            "Doctors brought food to patients who lay in the hallways.",
            "In the hallways the sick were waiting, and physicians served their meals.",
        ),
        "number": (
            "The walkout is to last {small} days in all, the {org} said.",
            "Nurses voted to extend their strike to {small} days.",
        ),
        "name": (
            "A mediator, {person}, has been asked to bring both sides together.",
            "The ministry sent {person} to talk to the nurses.",
        ),
        "aspect": (
            "Volunteers from surrounding villages knit blankets and sing to elderly residents every evening.",
            "Supermarkets nearby report empty shelves because sympathisers buy sandwiches for picketing colleagues.",
        ),
    },
    "storm": {
        "main": (
            "A storm has cut electricity to homes around {place}, and {small} people were hurt.",
            "{small} people were injured when a storm hit the coast at {place} and took out the power.",
            "Power failed around {place} in a storm that left {small} people injured.",
            "The storm that struck {place} injured {small} people and left houses dark.",
        ),
        "cost": (
            "Insurers estimate the damage at {large} crowns, according to the {org}.",
            "The {org} reckons with damage of {large} crowns.",
            "Damage amounts to {large} crowns, by an estimate of the {org}.",
        ),
        "people": (
            "The grid operator said that {medium} homes had no power.",
            "There was no electricity in {medium} homes, said the operator of the grid.",
            "{medium} homes are without power, the grid's operator reported.",
        ),
        "mood": (
            "Fallen trees blocked the coast road for most of the night.",
            "For hours at night nobody could pass the shore road, where trees lay.",
            "Trees that had come down closed the road by the sea until dawn.",
        ),
        "number": (
            "The number of injured has risen to {small}, hospitals said.",
            "Hospitals have now counted {small} people who were hurt in the storm.",
        ),
        "name": (
            "One of the injured is {person}, who keeps the lighthouse.",
            "{person}, a roofer, died of his injuries on the way to hospital.",
        ),
        "aspect": (
            "Divers recovered an ancient anchor which waves had dragged across oyster beds.",
            "Schoolchildren rescued stranded seals, wrapping shivering pups in woollen jumpers.",
        ),
    },
    "court": {
        "main": (
            "A court in {place} has sentenced a former minister to {small} years in prison for taking bribes.",
            "For bribery a former minister must go to prison for {small} years, a court in {place} ruled.",
            "The former minister took bribes and gets {small} years in prison, judges in {place} decided.",
            "{small} years in prison: that is the sentence of the court at {place} for a former minister who was bribed.",
        ),
        "cost": (
            "Judges found that the {org} had paid him {large} crowns.",
            "He was given {large} crowns by the {org}, the judges said.",
            "According to the ruling {large} crowns came from the {org}.",
        ),
        "people": (
            "The ruling has {medium} pages.",
            "It takes {medium} pages to give the reasons.",
            "On {medium} pages the judges explain their ruling.",
        ),
        "mood": (
            "He listened without a word and left by a side door.",
            "Silent while it was read, he went out through a door at the side.",
            "Without speaking he heard it, and used the side door to leave.",
        ),
        "number": (
            "On appeal the sentence was set at {small} years.",
            "A higher court changed the prison term to {small} years.",
        ),
        "name": (
            "Prosecutors will now charge {person}, a banker, as well.",
            "The verdict rests on what {person} told the court, it became known.",
        ),
        "aspect": (
            "Booksellers sell satirical postcards depicting marble staircases and sleeping ushers.",
            "Restaurants opposite introduced a celebratory menu, irritating neighbourhood vegetarians enormously.",
        ),
    },
    "factory": {
        "main": (
            "The glass works at {place} is to close in {small} months, its owners told the workers.",
            "Owners of the glassworks in {place} have told staff that it shuts down {small} months from now.",
            "In {small} months no more glass will be made at {place}: the owners are giving up the works.",
            "{small} months are left to the glassmakers of {place} before their plant is shut.",
        ),
        "cost": (
            "Last year the works lost {large} crowns, according to the {org}.",
            "A loss of {large} crowns was booked last year, says the {org}.",
            "The {org} speaks of {large} crowns that were lost in the past year.",
        ),
        "people": (
            "It employs {medium} people.",
            "There are {medium} jobs at the plant.",
            "The livelihood of {medium} workers depends on it.",
        ),
        "mood": (
            "Workers gathered at the gate and lit candles after the night shift.",
            "When the shift ended at night, candles were lit outside the gate.",
            "Candles burned before the entrance, where those of the late shift had come together.",
        ),
        "number": (
            "The furnaces go out in {small} months, the owners said after a meeting.",
            "Under a new plan the works closes in {small} months.",
        ),
        "name": (
            "{person}, who made a fortune in ships, offers to buy the works.",
            "An offer for the plant has come from the investor {person}.",
        ),
        "aspect": (
            "Museums abroad are hastily bidding for century-old moulds, catalogues and hand-coloured samples.",
            "Beekeepers on neighbouring meadows welcome cleaner skies and plan sprawling lavender plantations.",
        ),
    },
    "election": {
        "main": (
            "The mayor of {place} has lost the election and leaves office in {small} weeks.",
            "Voters in {place} turned their mayor out; the handover is in {small} weeks.",
            "{place} gets another mayor in {small} weeks, after the present one was beaten at the polls.",
            "Beaten at the ballot box, the mayor of {place} hands over the keys {small} weeks from now.",
        ),
        "cost": (
            "The campaign cost {large} crowns, the {org} reported.",
            "On the campaign {large} crowns were spent, by the count of the {org}.",
            "According to the {org}, campaigning used up {large} crowns.",
        ),
        "people": (
            "The margin was {medium} votes.",
            "Only {medium} votes made the difference.",
            "It was decided by {medium} votes.",
        ),
        "mood": (
            "Supporters danced on the market square until the lamps were put out.",
            "There was dancing on the square until somebody switched off the lights.",
            "Until the lamps went dark, people who had voted for change danced in the market.",
        ),
        "number": (
            "The handover takes place in {small} weeks only, the town hall said.",
            "It will be {small} weeks before the new mayor takes over, lawyers found.",
        ),
        "name": (
            "{person} is to run the finances of the town.",
            "As her deputy the winner chose {person}, a teacher.",
        ),
        "aspect": (
            "Goats escaped from a travelling circus and devoured several hundred leftover posters overnight.",
            "Philatelists queue patiently for commemorative envelopes bearing misprinted coats of arms.",
        ),
    },
}  # fmt: skip
HELD = ("factory", "election")
QUOTES = (
    "We knew for years that this day would come and nobody wanted to hear it",
    "It is not about money any more, it is about being listened to at last",
    "I have never seen anything like it in thirty winters on this coast",
    "They promised us an answer before the summer and all we got was a letter",
    "What was done here cannot be undone, and everybody in this town knows it",
    "You do not repair trust with a press release and a free cup of coffee",
    "My father stood in this very place and heard the same excuses from other people",
    "Whoever tells you that this was an accident has not read the papers",
)
SAID = ("“{quote},” said {who}.", "{who} told reporters: “{quote}.”", "“{quote},” {who} said on {day}.")


@dataclass
class Story:
    """What is true of a story by now."""

    id: int
    kind: str
    random: random.Random
    place: str
    org: str
    speaker: str
    small: int
    medium: int
    large: int
    quote: str
    told_by: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    aspects_told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Planted:
    """A change: the sign by which it is recognised in what was shown."""

    what: str
    sign: str


def a_name(rng: random.Random, words: int = 2) -> str:
    def one() -> str:
        return (
            rng.choice(_ONSETS)
            + rng.choice("aeiou")
            + rng.choice(_CODAS)
            + rng.choice(("a", "o", "en", "ick", "ard", "ow"))
        )

    return " ".join(one() for _ in range(words))


def a_story(number: int, rng: random.Random) -> Story:
    quotes = rng.sample(QUOTES, len(QUOTES))
    return Story(
        number, rng.choice(tuple(KINDS)), rng, a_name(rng, 1), f"{a_name(rng, 1)} Authority", a_name(rng), rng.randint(3, 6),
        rng.randint(120, 990), rng.randint(21, 980) * 1000 + rng.choice((0, 0, 137, 450)), quotes[0], left=quotes[1:],
    )  # fmt: skip


def written(story: Story, template: str) -> str:
    """The sentence, its figures in one of the ways in which figures are written."""
    rng, values = story.random, dict[str, str]()
    for _, name, _, _ in Formatter().parse(template):
        match name:
            case "small":
                word = _IN_WORDS.get(story.small, str(story.small))
                values[name] = rng.choice((str(story.small), word))
            case "medium":
                values[name] = str(story.medium)
            case "large":
                spelled = [f"{story.large:,}"] + (
                    [f"{story.large // 1000} thousand"] if story.large % 1000 == 0 else []
                )
                values[name] = rng.choice((*spelled, f"about {round(story.large, -3):,}"))
            case str():
                values[name] = getattr(story, name, "")
    text = template.format(**values)
    return text[:1].upper() + text[1:]


def sentences_of(story: Story, *, whole: bool) -> list[str]:
    """The known in one of its wordings: all of it, or a part."""
    rng, kind = story.random, KINDS[story.kind]
    names = ["main", "cost", "people", "mood"]
    chosen = names if whole else ["main", *rng.sample(names[1:], rng.randint(1, 3))]
    lines = [written(story, rng.choice(kind[name])) for name in chosen]
    if whole or rng.random() < 0.6:
        trimmed = story.quote if whole or rng.random() < 0.5 else story.quote.split(" and ")[0].split(", ")[0]
        who = story.speaker if whole or rng.random() < 0.5 else story.speaker.split()[-1]
        lines.append(rng.choice(SAID).format(quote=trimmed, who=who, day=rng.choice(("Monday", "Friday"))))
    head, rest = lines[0], lines[1:]
    rng.shuffle(rest)
    return [head, *rest] if whole or rng.random() < 0.8 else [*rest, head]


def a_change(story: Story) -> tuple[Planted, str, str | None]:
    """What happened: its sign, its sentence, and the outlet that must tell it, if one must."""
    rng, kind = story.random, KINDS[story.kind]
    what = rng.choice(("number", "name", "quote", "aspect"))
    if what == "number":
        story.small += rng.randint(1, 2) if story.small < 11 else 7
        return Planted(what, str(story.small)), written(story, rng.choice(kind["number"])), None
    if what == "name":
        person = a_name(rng)
        return Planted(what, person), rng.choice(kind["name"]).format(person=person, org=story.org), None
    fresh = [one for one in OUTLETS if one not in story.told_by]
    if what == "quote" or not fresh:
        quote = story.left.pop()
        return (
            Planted("quote", quote[:30]),
            rng.choice(SAID).format(quote=quote, who=story.speaker, day="Tuesday"),
            None,
        )
    line = next((one for one in kind["aspect"] if one not in story.aspects_told), None)
    if line is None:
        return a_change(story)
    story.aspects_told.append(line)
    return Planted(what, line[:30]), line, rng.choice(fresh)


class Week:
    """Articles as they arrive, as entries of the desk."""

    def __init__(self) -> None:
        self.summarize = summarizer("newsrank")
        self.entries = 0

    def entry(self, story: Story, lines: Sequence[str], outlet: str, when: datetime) -> Entry:
        story.told_by.add(outlet)
        self.entries += 1
        middle = max(1, len(lines) // 2)
        paragraphs = [" ".join(lines[:middle]), " ".join(lines[middle:])]
        paragraphs = [one for one in paragraphs if one]
        spans, start = [], 0
        for one in paragraphs:
            spans.append(Span(start, start + len(one)))
            start += len(one) + 2
        text = "\n\n".join(paragraphs)
        article = Article(
            title=f"{story.place}: {lines[0][:60].rsplit(' ', 1)[0]}",
            text=text,
            paragraphs=tuple(spans),
            content_key=f"{self.entries}",
            fingerprint=fingerprint(text),
            language="en",
            published=when - timedelta(hours=3),
            published_precision="minute",
            source=outlet,
        )
        summary, quotes = self.summarize(article, sentences=3), find_quotes(article)
        return Entry(self.entries, self.entries, article, summary, quotes, f"{self.entries}", when, story.id)

    def morning(
        self, stories: Sequence[Story], day: int
    ) -> Iterator[tuple[Story, Planted | None, list[Entry]]]:
        when = MONDAY + timedelta(days=day)
        for story in stories:
            rng, chance = story.random, story.random.random()
            if not day:
                yield (
                    story,
                    None,
                    [self.entry(story, sentences_of(story, whole=True), rng.choice(OUTLETS), when)],
                )
            elif chance < CHANGED:
                planted, line, outlet = a_change(story)
                lines = sentences_of(story, whole=False)
                lines = [one for one in lines if planted.what != "number" or one != line]
                lines.insert(rng.choice((0, 0, 1, len(lines))), line)
                changed = self.entry(story, lines, outlet or rng.choice(OUTLETS), when)
                yield story, planted, [changed, *self.reworded(story, rng.randint(0, 1), when)]
            elif chance < CHANGED + REWORDED:
                yield story, None, self.reworded(story, rng.randint(1, 3), when)

    def reworded(self, story: Story, count: int, when: datetime) -> list[Entry]:
        outlets = story.random.sample(OUTLETS, count)
        return [self.entry(story, sentences_of(story, whole=False), outlet, when) for outlet in outlets]


def a_digest(entries: Sequence[Entry], told: Mapping[int, Told] | None, when: datetime) -> Digest:
    window, occasion = Window(0, 10**9), Occasion("slot", "s", when.isoformat())
    settings = ComposeSettings(stories=10**6)
    return compose(occasion, "morning", window, when, when, entries, (), settings, told_by_several, told)


def shown_in(digest: Digest) -> dict[int, list[str]]:
    return {
        brief.story: [*(line.text for line in brief.lines), *(quote.text for quote in brief.quotes)]
        for brief in digest.briefs
    }


def has(planted: Planted, lines: Sequence[str]) -> bool:
    if planted.what != "number":
        return any(planted.sign in line for line in lines)
    signs = {planted.sign, _IN_WORDS.get(int(planted.sign), planted.sign)}
    return any(signs & set(folded(line)) for line in lines)


def said_before(line: str, earlier: Sequence[str]) -> bool:
    """Whether it was told, lightly edited perhaps; with another figure it was not."""
    figures = set(figures_of(line))
    return any(repeats(line, said) and figures <= set(figures_of(said)) for said in earlier)


def play(count: int, seed: int, *, remembering: bool) -> Mapping[str, Counter[str]]:
    """A week; figures by the kinds of stories that the rules were tuned on, and the others."""
    rng, week = random.Random(seed), Week()
    stories = [a_story(number, random.Random(rng.random())) for number in range(1, count + 1)]
    figures = {"tuned": Counter[str](), "held": Counter[str]()}
    told: dict[int, Told] = {}
    earlier: dict[int, list[str]] = {story.id: [] for story in stories}
    for day in range(MORNINGS):
        when = MONDAY + timedelta(days=day)
        came = list(week.morning(stories, day))
        digest = a_digest(
            [entry for _, _, some in came for entry in some], told if remembering else None, when
        )
        shown = shown_in(digest)
        for story, planted, _ in came:
            counted, lines = figures["held" if story.kind in HELD else "tuned"], shown.get(story.id, [])
            counted["lines"] += len(lines)
            counted["repeated"] += sum(said_before(line, earlier[story.id]) for line in lines)
            if day and planted:
                counted["changes"] += 1
                counted[f"missed {planted.what}"] += not has(planted, lines)
                counted["shown"] += has(planted, lines)
            elif day:
                counted["only reworded"] += 1
                counted["false updates"] += bool(lines)
            earlier[story.id] += lines
        for brief in digest.briefs if remembering else ():
            before = told.get(brief.story)
            facts = before.facts | brief.facts if before else brief.facts
            told[brief.story] = Told(before.at if before else when, "", facts)
    return figures


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=120)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--data", help="not needed: the generator writes everything")
    asked = options.parse_args()
    print(
        "a week of mornings        lines  repeated   changes shown   false updates   (of mornings with other words only)"
    )
    for name, remembering in (("no memory", False), ("copydesk", True)):
        for part, counted in play(asked.stories, asked.seed, remembering=remembering).items():
            missed = ", ".join(
                f"{what} {n}" for what, n in sorted(counted.items()) if what.startswith("missed") and n
            )
            print(
                f"{name:12s} {part:8s} {counted['lines']:9d} {counted['repeated']:9d}"
                f" {counted['shown']:7d}/{counted['changes']:<5d} {counted['shown'] / max(1, counted['changes']):.3f}"
                f" {counted['false updates']:5d}/{counted['only reworded']:<5d} {counted['false updates'] / max(1, counted['only reworded']):.3f}"
                f"   {missed}"
            )


if __name__ == "__main__":
    main()
