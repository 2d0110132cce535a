"""What the parts of a digest become when articles of it are forgotten (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.events import Payload
from bot.store.forgetting import Removal
from bot.store.sql.rows import Row

LONG_ENOUGH = 30
"""Characters of a sentence that is looked for in a message; a shorter one may stand in any."""


@dataclass(frozen=True, slots=True)
class Relaid:
    """A digest laid out without what is forgotten: its parts, and what it was laid out of."""

    payloads: tuple[Payload, ...]
    plan: str


def is_there(row: Row) -> bool:
    """Whether the part is in its place, or may be."""
    return bool(row["state"] in {"sending", "unsure", "uncertain", "sent"} or row["posted"])


def kept_replies(rows: Sequence[Row], replies: Collection[int]) -> dict[int, Row]:
    """Of these replies those that stay, by their ids: below what people have seen, for else nothing was wrong."""
    seen = {row["part"] for row in rows if row["kind"] == "post" and is_there(row)}
    return {
        row["id"]: row
        for row in rows
        if row["kind"] == "reply" and row["id"] in replies and row["part"] in seen
    }


def left_of(
    rows: Sequence[Row], relaid: Relaid | None, removal: Removal, replies: Collection[int]
) -> dict[int, Payload]:
    """What each row is to be, by its id; the others are empty. ``replies`` are those about other articles."""
    left = _left_of_parts(rows, relaid, removal)
    emptied = {row["part"] for row in rows if row["kind"] == "post" and row["id"] not in left}
    for id_, row in kept_replies(rows, replies).items():
        if row["part"] not in emptied:
            left[id_] = Payload(row["body"], row["plain"], row["under"])
    return left


def _left_of_parts(rows: Sequence[Row], relaid: Relaid | None, removal: Removal) -> dict[int, Payload]:
    """What each row is to be, by its id; the others are empty.

    An edit becomes what its part does. Of replies nothing is said here.
    """
    parts = [row for row in rows if row["kind"] != "reply"]
    if relaid is None:
        kept = _blotted(parts, removal)
        shown = {row["part"] for row in parts if row["id"] not in kept}
        return {row["id"]: kept[row["id"]] for row in parts if row["part"] not in shown}
    posts = [row for row in parts if row["kind"] == "post"]
    placed = _placed(posts, relaid.payloads)
    by_part = {row["part"]: placed[row["id"]] for row in posts if row["id"] in placed}
    return {row["id"]: by_part[row["part"]] for row in parts if row["part"] in by_part}


def _placed(rows: Sequence[Row], payloads: Sequence[Payload]) -> dict[int, Payload]:
    """Which part becomes which: in their order, a message of a thread for one of a thread; the others are empty."""
    kinds = [bool(row["under"]) for row in rows]
    found: dict[int, Payload] = {}
    at = 0
    for payload in payloads:
        place = next((n for n in range(at, len(rows)) if kinds[n] == bool(payload.under)), None)
        if place is None:  # laid out in another way than it was: in order, as far as there are parts
            return {row["id"]: one for row, one in zip(rows, payloads, strict=False)}
        found[rows[place]["id"]] = payload
        at = place + 1
    return found


def _blotted(rows: Sequence[Row], removal: Removal) -> dict[int, Payload]:
    """The parts that show nothing of the texts stay; where none seems to, none stays."""
    signs = {
        " ".join(part.split())[:LONG_ENOUGH]
        for text in removal.texts
        for line in text.split("\n")
        for part in line.replace("? ", "?\n").replace("! ", "!\n").replace(". ", ".\n").split("\n")
        if len(part) >= LONG_ENOUGH
    } | {name for name in removal.names if len(name) >= LONG_ENOUGH // 2}
    clean = [row for row in rows if not any(sign in " ".join(row["plain"].split()) for sign in signs)]
    if len(clean) == len(rows):
        return {}
    return {row["id"]: Payload(row["body"], row["plain"], row["under"]) for row in clean}
