"""A chat's subscriptions as messages: what it gets, when the next digests come. Pure.

``now`` and the moments of slots are in UTC; they are told in the zone of their schedule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.conversations import ENOUGH, Mute, Rehearsal, Subscribing
from bot.domain.digests import LeftOut
from bot.domain.events import Closed
from bot.domain.message import Block, Button, Buttons, Items, Message, Paragraph, Run
from bot.domain.model import Entry, Findings, Subscription
from bot.domain.query import shown
from bot.domain.times.schedule import is_paused, next_moments
from bot.views.captions import LONG_LINE, LONG_NAME, clipped, dated, headed, source_of, title_of
from bot.views.layout import LONG_QUERY, advice, named, quiet, said, title
from bot.wording import outcomes, phrases, replies, subscribing
from bot.wording.chat import comparing, editing, settings
from bot.wording.language import say

COMING = 3
"""Digests to come that are named."""

NAMED, MOST_REASONS = 3, 25
"""Files that are named for one reason, and reasons that are told: a digest may leave out thousands."""

LONG_RESULT = 200
"""Characters of what became of a digest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A subscription of a chat; ``last`` is what became of its last digest, in words, ``closed`` why none comes."""

    subscription: Subscription
    last: str | None = None
    closed: Closed | None = None


def is_from_file(subscription: Subscription) -> bool:
    """Whether the configuration has it, so that chat can only read it."""
    return subscription.id.startswith("file:")


def subscriptions_message(subscriptions: Sequence[Subscription], zone: str) -> Message:
    """A chat's subscriptions: name, query and when; the file's are marked, and those of a thread of it."""
    if not subscriptions:
        return Message((title(say(replies.SUBSCRIPTIONS_TITLE)), advice(say(replies.NO_SUBSCRIPTIONS))))
    rows = tuple((*named(one.name, one.query, LONG_QUERY), _when(one, zone)) for one in subscriptions)
    return Message((title(say(replies.SUBSCRIPTIONS_TITLE)), Items(rows)))


def schedule_message(rows: Sequence[Row], now: datetime, zone: str) -> Message:
    """For each subscription: its next digests, and what became of the last one."""
    if not rows:
        return Message((title(say(replies.SCHEDULE_TITLE)), advice(say(replies.NO_SUBSCRIPTIONS))))
    items = []
    for row in rows:
        moments = _placed(coming(row.subscription, now), _elsewhere(row.subscription, zone))
        shut = _shut(row.closed, now, zone) if row.closed else ""
        last = clipped(outcomes.last_digest(row.last), LONG_RESULT)
        items.append(
            (
                Run(clipped(row.subscription.name, LONG_NAME), "strong"),
                Run("  "),
                *dated(_listed(moments) or _times(row.subscription, zone), moments),
                Run(f"{phrases.SEPARATOR}{last}{shut}", "quiet"),
            )
        )
    return Message((title(say(replies.SCHEDULE_TITLE)), Items(tuple(items))))


def left_out_message(name: str, left_out: LeftOut | None, now: datetime, zone: str) -> Message:
    """What the last digest did not show, each with the reason; equal reasons stand together."""
    heading = title(outcomes.left_out_title(clipped(name, LONG_NAME)))
    if left_out is None:
        return Message((heading, said(replies.sentence(say(outcomes.NO_DIGEST_YET)))))
    here = ZoneInfo(zone)
    when = phrases.moment(left_out.until.astimezone(here), now.astimezone(here))
    if not left_out.total:
        return Message((heading, said(outcomes.nothing_left_out(when))))
    items: dict[str, list[str]] = {}
    for one in left_out.reasons:
        items.setdefault(str(one.reason), []).append(clipped(one.item, LONG_NAME))
    rows = tuple(
        (
            Run(clipped(reason, LONG_RESULT)),
            Run(f"{phrases.SEPARATOR}{phrases.some_of(names, NAMED)}", "quiet"),
        )
        for reason, names in list(items.items())[:MOST_REASONS]
    )
    return Message((heading, quiet(outcomes.left_out(left_out.total, when)), Items(rows)))


def mutes_message(
    mutes: Sequence[Mute], now: datetime, zone: str, headlines: Mapping[str, Sequence[str]] | None = None
) -> Message:
    """What a chat does not hear of, and until when, with the ``headlines`` of stories by the query that names them."""
    if not mutes:
        return Message((title(say(replies.MUTES_TITLE)), advice(say(replies.NO_MUTES))))
    today = now.astimezone(ZoneInfo(zone)).date()
    rows = tuple(
        (
            Run(clipped(shown(mute.query), LONG_QUERY), "code"),
            *_headlines((headlines or {}).get(mute.query, ())),
            *_until(mute, zone, today),
        )
        for mute in mutes
    )
    return Message((title(say(replies.MUTES_TITLE)), Items(rows)))


def _headlines(told: Sequence[str]) -> tuple[Run, ...]:
    return (Run(f" {headed('', told)}"),) if told else ()


def _until(mute: Mute, zone: str, today: date) -> tuple[Run, ...]:
    day = phrases.short_day(mute.until.astimezone(ZoneInfo(zone)).date(), today) if mute.until else ""
    told = ((day, mute.until),) if mute.until else ()
    return dated(f"{phrases.SEPARATOR}{replies.muted_until(day)}", told, "quiet")


def subscribed_message(  # noqa: PLR0913 - what was understood, and where
    made: Subscription,
    understood: str,
    recent: Findings | None,
    now: datetime,
    *,
    notes: Sequence[str] = (),
    direct: bool = False,
    changed: Sequence[Block] = (),
    changes: Sequence[Button] = (),
    rehearsal: Rehearsal | None = None,
) -> Message:
    """What was understood: what, when and where (``direct``: to its reader alone), with buttons to change it; when the next digests come, and what of the last week would have been in them.

    ``changed`` tells how it was before. ``recent`` and ``rehearsal`` are ``None`` while the index is rebuilt.
    """
    name, where = (
        clipped(made.name, LONG_NAME),
        subscribing.comes_here(direct=direct, thread=bool(made.to.thread)),
    )
    asked = Run(clipped(understood, LONG_QUERY), "code") if understood else Run(say(phrases.EVERYTHING))
    blocks: list[Block] = [
        title(replies.subscribed(name)),
        Items(((asked, Run(f"{phrases.SEPARATOR}{_times(made)}{phrases.SEPARATOR}{where}", "quiet")),)),
    ]
    if notes:
        blocks.append(said(clipped(replies.notice(notes), LONG_LINE)))
    blocks += [*changed, _next(made, now)]
    blocks.append(said(replies.matches(recent.total, len(recent.hits)) if recent else say(replies.NOT_NOW)))
    if rehearsal:
        blocks.insert(-1, said(rehearsed(rehearsal)))
    if recent and recent.hits:
        blocks.append(Items(tuple(_headline(hit.entry) for hit in recent.hits)))
    blocks.append(advice(replies.how_to_end(name), quiet=True))
    return Message((*blocks, *([Buttons(tuple(changes))] if changes else [])))


def until_now(before: Subscription) -> Paragraph:
    """When a subscription that was changed came before."""
    return quiet(subscribing.until_now(_times(before)))


def rehearsed(rehearsal: Rehearsal) -> str:
    """How much it would have brought, and which of its alternatives brings half of that or more."""
    if rehearsal.days < ENOUGH:
        return editing.too_little_history(rehearsal.days)
    told = editing.rehearsed(rehearsal.total, rehearsal.days, rehearsal.busiest)
    words, most = rehearsal.shares[0] if rehearsal.shares else ("", 0)
    if not rehearsal.total or 2 * most < rehearsal.total:
        return told
    return f"{told} {editing.leading(clipped(shown(words), LONG_NAME), round(100 * most / rehearsal.total))}"


def card_message(
    subscription: Subscription, now: datetime, zone: str, rows: Sequence[Sequence[Button]], *notes: str
) -> Message:
    """One subscription as it stands, with the buttons that change it; ``notes`` are told first."""
    here = ZoneInfo(subscription.schedule.zone)
    asked = named(subscription.name, subscription.query, LONG_QUERY)[2:]
    blocks: list[Block] = [title(clipped(subscription.name, LONG_NAME)), *(said(note) for note in notes)]
    blocks.append(Items(((*asked, _when(subscription, zone)),)))
    if is_paused(subscription.schedule, now) and subscription.schedule.paused:
        day = replies.coming(subscription.schedule.paused.astimezone(here), now.astimezone(here))
        blocks.append(Paragraph(dated(editing.paused(day), [(day, subscription.schedule.paused)])))
    if subscription.style:
        blocks.append(quiet(editing.styled(subscription.style)))
    if subscription.schedule.alerts or coming(subscription, now):
        blocks.append(_next(subscription, now))
    return Message((*blocks, *(Buttons(tuple(row)) for row in rows if row)))


def settings_message(
    language: str,
    here: Sequence[Subscription],
    zone: str,
    rows: Sequence[Sequence[Button]],
    *notes: str,
    lets: Subscribing | None = None,
) -> Message:
    """What is set for a chat that has the subscriptions ``here``, with buttons that change it; ``notes`` are told first.

    ``lets`` is who may subscribe; ``None`` in one reader's own conversation.
    """
    fixed = sum(map(is_from_file, here))
    told = [
        settings.language(phrases.language(language)),
        settings.zones(list(dict.fromkeys(one.schedule.zone for one in here)) or [zone]),
        settings.quiet(list(dict.fromkeys(filter(None, map(_quiet_hours, here))))),
        settings.subscriptions(len(here), fixed),
    ]
    blocks: list[Block] = [title(say(settings.TITLE)), *(said(note) for note in notes)]
    blocks.append(Items(tuple((Run(line),) for line in told)))
    blocks.append(advice(say(settings.SEE_ALSO), quiet=True))
    if lets is not None:
        blocks.append(quiet(settings.subscribing(lets)))
    return Message((*blocks, *(Buttons(tuple(row)) for row in rows if row)), private=True)


def _quiet_hours(one: Subscription) -> str:
    """``22:00-07:00``; empty for none."""
    return "-".join(at.strftime("%H:%M") for at in one.schedule.quiet or ())


def tried_message(
    changed: Subscription, zone: str, told: Sequence[Block], rows: Sequence[Sequence[Button]]
) -> Message:
    """A subscription as it would be, which is not kept yet; ``told`` is what that would have changed."""
    asked = named(changed.name, changed.query, LONG_QUERY)[2:]
    style = quiet(editing.styled(changed.style or say(editing.DESKS_STYLE)))
    row = Items(((*asked, _when(changed, zone)),))
    blocks = (title(clipped(changed.name, LONG_NAME)), row, style, *told, quiet(say(comparing.UNSAVED)))
    return Message((*blocks, *(Buttons(tuple(row)) for row in rows if row)))


def choices_message(question: str, rows: Sequence[Sequence[Button]], *notes: str) -> Message:
    """A question with its answers as buttons."""
    told = [said(question), *(quiet(note) for note in notes)]
    return Message((*told, *(Buttons(tuple(row)) for row in rows if row)))


def next_line(subscription: Subscription, now: datetime) -> tuple[Run, ...]:
    """The sentence that names the next digests."""
    moments = coming(subscription, now)
    told = replies.next_digests([words for words, _ in moments], alerts=bool(subscription.schedule.alerts))
    return dated(told, moments, advice=True)


def coming(subscription: Subscription, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """When the next digests come: as told in the schedule's own zone, and the moments.

    None for alerts, and for one that comes when asked.
    """
    zone = ZoneInfo(subscription.schedule.zone)
    moments = next_moments(subscription.schedule, now, COMING)
    return tuple((replies.coming(one.astimezone(zone), now.astimezone(zone)), one) for one in moments)


def _placed(moments: Sequence[tuple[str, datetime]], zone: str) -> list[tuple[str, datetime]]:
    """The last of them with its zone, where it is not the reader's: it goes where the reader's own is told."""
    if not (moments and zone):
        return list(moments)
    (words, last) = moments[-1]
    return [*moments[:-1], (f"{words} ({zone})", last)]


def _listed(moments: Sequence[tuple[str, datetime]]) -> str:
    return phrases.listed([words for words, _ in moments])


def _next(subscription: Subscription, now: datetime) -> Paragraph:
    return Paragraph(next_line(subscription, now))


def _shut(closed: Closed, now: datetime, zone: str) -> str:
    here = ZoneInfo(zone)
    when = phrases.moment(closed.tried.astimezone(here), now.astimezone(here))
    return f"{phrases.SEPARATOR}{replies.closed(clipped(str(closed.reason), LONG_RESULT), when)}"


def _when(subscription: Subscription, zone: str) -> Run:
    told = (_times(subscription, zone), *((subscribing.in_a_thread(),) if subscription.to.thread else ()))
    mark = (say(replies.FROM_FILE),) if is_from_file(subscription) else ()
    return Run("".join(f"{phrases.SEPARATOR}{part}" for part in (*told, *mark)), "quiet")


def _times(subscription: Subscription, zone: str = "") -> str:
    schedule = subscription.schedule
    times = [at.strftime("%H:%M") for at in sorted(schedule.at)]
    elsewhere = _elsewhere(subscription, zone or (schedule.zone if schedule.follows else ""))
    told = replies.times(times, sorted(schedule.days), elsewhere, alerts=schedule.alerts)
    if schedule.quiet is None or not (times or schedule.alerts):
        return told
    begin, end = (at.strftime("%H:%M") for at in schedule.quiet)
    return f"{told}, {replies.quiet_hours(begin, end)}"


def _elsewhere(subscription: Subscription, zone: str) -> str:
    """The schedule's zone where it is not the reader's."""
    return subscription.schedule.zone if subscription.schedule.zone != zone else ""


def _headline(entry: Entry) -> tuple[Run, ...]:
    source = source_of(entry)
    told = (Run(f"{phrases.SEPARATOR}{source}", "quiet"),) if source else ()
    return (Run(title_of(entry), "plain", entry.article.url), *told)
