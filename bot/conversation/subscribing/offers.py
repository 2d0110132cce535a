"""Commands that are offered with buttons: what a sentence may mean that is not understood, and a wish whose time is not clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.chat.buttons import Picked, mark
from bot.domain.conversations import ConversationLog
from bot.domain.events import Said
from bot.domain.message import Asks, Button, Buttons
from bot.domain.ports import Clock
from bot.domain.times.time_words import ARTICLES
from bot.domain.times.when import When, two_times
from bot.grammar import wishes
from bot.grammar.parts import Parts
from bot.views.captions import LONG_NAME, clipped
from bot.wording.language import small_word
from bot.wording.phrases import quoted

WISH, OFFERS = "wish", "offers"
"""The action of buttons that each do what a command would do, and the kind of the question behind them: a line for each."""

NOON = 12


def offers_of(parts: Parts, known: str, *, listed: bool) -> tuple[str, ...]:
    """The commands that a sentence may mean, the likeliest first, three at most.

    ``known`` are those words of it that the library has; ``listed``: there are subscriptions to be changed.
    """
    mine = ("subscriptions",) if listed else ()
    if not parts.core:
        return (
            *((f"mute {parts.held}",) if parts.held else ()),
            *(mine or ("subscriptions",)),
            "schedule",
            "mute",
        )[:3]
    limited = f"{known} {parts.limits}".rstrip()
    found = known.split()
    whole = " ".join(run for run in parts.runs if any(word in run.split() for word in found)) or known
    whole = f"{whole} {parts.limits}".rstrip()  # "football results", of which the library has only results
    wish, other = (f"subscribe {about} {parts.time}".rstrip() for about in (whole, parts.about))
    search = f"search {limited} {parts.days}".rstrip()
    if parts.stops and not (parts.time and " -" in f" {parts.limits}"):
        told = (f"mute {limited}", *mine, search)
    elif parts.denies:
        told = (f"mute {limited}", search, wish)
    elif parts.named:
        rest = " ".join(parts.core.replace(parts.named, "", 1).split())
        about = f" {small_word('about')} {rest}" if rest else ""
        told = (f"quotes {parts.named}{about}", search, wish)
    elif parts.already and mine:
        told = (wish, *mine, search) if parts.time else (*mine, wish, search)
    else:
        told = (wish, search, other) if parts.time or parts.regularly else (search, wish, other)
    return tuple(dict.fromkeys(told))[:3]


async def offer_times(
    argument: str, asks: Asks | None, said: Said, log: ConversationLog, clock: Clock
) -> tuple[Buttons, ...]:
    """A button for each of the two times that the hour of a wish may mean, or for a day and the words that it may be of.

    Nothing where anything else is asked.
    """
    wanted = dict(_both_times(argument, asks)) if asks else {}
    wanted = wanted or dict(_day_or_words(argument))
    return (await buttons_for(wanted, said, log, clock),) if wanted else ()


async def buttons_for(offers: Mapping[str, str], said: Said, log: ConversationLog, clock: Clock) -> Buttons:
    """A button for each of these commands, lines as they would be typed, with its label."""
    token = await log.remember("\n".join((OFFERS, *offers)), said.at, said.sender, clock.now())
    return Buttons(
        tuple(Button(label, WISH, str(Picked(token, mark(line)))) for line, label in offers.items())
    )


def _both_times(argument: str, asks: Asks) -> Iterator[tuple[str, str]]:
    """For 7 the commands that wish for it, and ``07:00`` and ``19:00``."""
    before = asks.before.partition(" ")[2]
    alone = f"{before}{asks.hour}{asks.after}".split() == argument.split()  # and not "at 8 or 9"
    hour = int(asks.hour) if alone and asks.hour.isdecimal() and len(asks.hour) < 3 else 0
    for at in two_times(hour) if 0 < hour <= NOON else ():
        words = f"{before}{at}{asks.after}"
        wish = wishes.read(words)
        if wish.when != When() and not (wish.doubt or wish.refusal or "\n" in words):
            yield f"subscribe {words}", at


def _day_or_words(argument: str) -> Iterator[tuple[str, str]]:
    """For ``levels saturday 7:30`` the command that wishes for levels then, and the one for "levels saturday" at that time."""
    doubt = wishes.read(argument).doubt
    before = argument.rstrip().removesuffix(doubt).strip() if doubt else ""
    if not before or before.split()[-1].casefold() in ARTICLES:  # "the sun 19h"
        return
    day, _, time = doubt.partition(" ")
    then, words = f"{before} on {doubt}", f'"{before} {day}" {time}'.rstrip()
    wish = wishes.read(then)
    if wish.query == before and len(wish.when.days) == 1 and not (wish.doubt or wish.refusal):
        yield f"subscribe {then}", clipped(doubt, LONG_NAME)
        if not ({'"', "\n"} & {*argument} or wishes.read(words).doubt):
            yield f"subscribe {words}", clipped(f"{quoted(f'{before} {day}')} {time}".rstrip(), LONG_NAME)
