"""Forms for subscriptions, and what is refused of one; each with what to do where there are no forms. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.digests import STYLES
from bot.domain.message import Block, Button, Field, Form, Message
from bot.domain.model import Schedule, Subscription
from bot.domain.times.when import When, printed
from bot.views.layout import advice, said
from bot.wording import replies
from bot.wording.chat import editing
from bot.wording.language import say

WHAT, WHEN, NAME, STYLE = "what", "when", "name", "style"
"""The names of fields."""

DESKS = "desk"
"""As a value: what the desk's configuration has."""


def subscribe_form(value: str) -> Message:
    """For a new subscription; ``value`` comes back with what is filled in."""
    fields = (
        Field(WHAT, say(editing.WHAT), hint=say(editing.WHAT_HINT)),
        Field(WHEN, say(editing.WHEN), hint=say(editing.WHEN_HINT), needed=False),
        Field(NAME, say(editing.NAME), hint=say(editing.NAME_HINT), needed=False),
        _style(""),
    )
    answer = Button(say(editing.SUBSCRIBE), "edit", value)
    return _form(Form(say(editing.SUBSCRIBE_TITLE), fields, answer), say(replies.SUBSCRIBE_USAGE))


def schedule_form(one: Subscription, value: str, told: Sequence[Block] = ()) -> Message:
    """For when a subscription comes; ``told`` is what has to be read before it is saved."""
    field = Field(WHEN, say(editing.WHEN), when_told(one.schedule), say(editing.WHEN_HINT))
    answer = Button(say(editing.SAVE), "edit", value)
    form = Form(say(editing.SCHEDULE_TITLE), (field,), answer, tuple(told))
    return _form(form, editing.form_instead("/subscriptions"))


def style_form(one: Subscription, value: str, told: Sequence[Block] = ()) -> Message:
    """For how a subscription looks; ``told`` is what has to be read before it is saved."""
    answer = Button(say(editing.SAVE), "edit", value)
    form = Form(say(editing.STYLE_TITLE), (_style(one.style),), answer, tuple(told))
    return _form(form, editing.form_instead("/subscriptions"))


def refused_message(refused: Sequence[tuple[str, str]]) -> Message:
    """What cannot be taken of a form, by its fields."""
    return Message(tuple(advice(why) for _, why in refused), private=True, refused=tuple(refused))


def when_told(schedule: Schedule) -> str:
    """The words that mean the schedule; empty for one that comes only when asked."""
    zone = "" if schedule.follows else schedule.zone
    return printed(When(schedule.at, schedule.days, zone, schedule.quiet, schedule.alerts))


def _style(chosen: str) -> Field:
    choices = (
        (DESKS, say(editing.DESKS_STYLE)),
        *((style, say(editing.STYLES[style])) for style in STYLES),
    )
    return Field(STYLE, say(editing.LOOK), chosen or DESKS, choices=choices)


def _form(form: Form, instead: str) -> Message:
    return Message((said(form.title), advice(instead)), private=True, form=form)
