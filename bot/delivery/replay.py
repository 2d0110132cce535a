"""A digest that was posted, made once more of what the store keeps: the same bytes, or why they cannot be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.messaging import Messenger
from bot.domain.ports import Library
from bot.platforms import not_set_up
from bot.store.delivery.posted import SqlPostedLines
from bot.store.sql.plans import digest_of
from bot.views.posted import shown_message
from bot.wording import outcomes
from bot.wording.language import speaking


@dataclass(frozen=True, slots=True)
class Replayed:
    """The ``bodies`` of the parts as they were given to the platform, made anew; ``problems`` say what is not the same.

    Without bodies it could not be made.
    """

    bodies: tuple[str, ...]
    problems: tuple[str, ...] = ()


async def replay(
    id: int, posted: SqlPostedLines, library: Library, messengers: Mapping[str, Messenger]
) -> Replayed:
    """The digest of this id. Raises StoreError, and NotSetUp for a platform without its token."""
    found = await posted.kept(id)
    if found is None:
        return Replayed((), (outcomes.no_digest(id),))
    if found.plan is None:
        return Replayed((), (outcomes.no_plan(id),))
    entries = {entry.id: entry for entry in await library.entries(list(found.plan.entries))}
    problems = [
        outcomes.changed_since(number, entries[number].article.title or entries[number].origin)
        if number in entries
        else outcomes.forgotten_since(number)
        for number, changed in found.plan.entries.items()
        if number not in entries or entries[number].changed != changed
    ]
    if problems:
        return Replayed((), tuple(problems))
    messenger = messengers.get(found.platform)
    if messenger is None:
        raise not_set_up(found.platform)
    digest, shown = digest_of(found.plan, found.row, entries)
    with speaking(shown.language):
        message = shown_message(digest, shown)
        bodies = tuple(part.body for part in messenger.render(message)) if message else ()
    return Replayed(bodies, tuple(_differences(bodies, found.bodies, found.parts)))


def _differences(made: tuple[str, ...], kept: Mapping[int, str], parts: int) -> list[str]:
    """What is not as it was posted; parts of which the store has let go cannot be compared."""
    if len(made) != parts:
        return [outcomes.other_parts(len(made), parts)]
    return [
        outcomes.other_part(number)
        for number, body in enumerate(made, start=1)
        if number in kept and kept[number] != body
    ]
