"""What a digest was laid out of, as JSON: which spans of which entries, and no words of theirs (pure)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.digests import Brief, Digest, Earlier, KeyQuote, Ledger, Line, Place, Shown
from bot.domain.model import Entry, Occasion, OccasionKind, Span, Window
from bot.store.sql.rows import Row, micros, moment, quote_json, quote_of, storable


@dataclass(frozen=True, slots=True)
class Plan:
    """``entries`` are those that a digest was made of, each with its last change of then; ``kept`` is the rest.

    ``replies`` are the deliveries that reply with a correction, or may come to: by its id the entry that each is about.
    """

    entries: Mapping[int, int]
    kept: Mapping[str, Any]
    replies: Mapping[int, int] = field(default_factory=dict)

    def replies_without(self, gone: Collection[int]) -> dict[int, int]:
        """The replies that are about none of these entries."""
        return {reply: entry for reply, entry in self.replies.items() if entry not in gone}


def plan_json(digest: Digest, shown: Shown, replies: Mapping[int, int] | None = None) -> str:
    """The plan as ``digests`` keeps it."""
    told = (*digest.briefs, *digest.also)
    entries = {entry.id: entry.changed for brief in told for entry in _entries_of(brief)}
    ledger = asdict(replace(digest.ledger, reasons=())) | {"reasons": []}
    kept = {
        "entries": sorted(entries.items()),
        "kind": digest.occasion.kind,
        "key": digest.occasion.key,
        "style": digest.style,
        "briefs": [_brief_json(brief) for brief in digest.briefs],
        "also": [_brief_json(brief) for brief in digest.also],
        "ledger": ledger,
        "shown": {name: value for name, value in asdict(shown).items() if name != "page" or value},
        **({"replies": sorted(replies.items())} if replies else {}),
    }
    return storable(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))


def plan_of(text: str) -> Plan:
    """The plan that :func:`plan_json` made ``text`` of."""
    kept = json.loads(text)
    return Plan(dict(kept["entries"]), kept, dict(kept.get("replies", ())))


def digest_of(plan: Plan, row: Row, entries: Mapping[int, Entry]) -> tuple[Digest, Shown]:
    """The digest of a row of ``digests``, laid out as then; ``entries`` are all of the plan's, as they were then."""
    kept = plan.kept
    kind: OccasionKind = kept["kind"]
    digest = Digest(
        Occasion(kind, row["subscription"], kept["key"]),
        row["name"],
        Window(row["after"], row["upto"]),
        moment(row["since"]),
        moment(row["until"]),
        tuple(_brief_of(one, entries) for one in kept["briefs"]),
        Ledger(**{**kept["ledger"], "reasons": ()}),
        tuple(_brief_of(one, entries) for one in kept["also"]),
        style=kept["style"],
    )
    return digest, Shown(**kept["shown"])


def _entries_of(brief: Brief) -> list[Entry]:
    lines = (*brief.lines, *brief.differing)
    return [*brief.entries, *(line.entry for line in lines), *(quote.entry for quote in brief.quotes)]


def _brief_json(brief: Brief) -> dict[str, Any]:
    earlier = brief.earlier
    return {
        "story": brief.story,
        "headline": _headline_json(brief),
        "lines": [_line_json(one) for one in brief.lines],
        "quotes": [[one.entry.id, quote_json(one.quote), one.outlets, *_mark(one)] for one in brief.quotes],
        "entries": [entry.id for entry in brief.entries],
        "update": brief.update,
        "place": brief.place.parts,
        "earlier": None if earlier is None else [micros(earlier.at), earlier.url],
        **({"corrected": True} if brief.corrected else {}),
        **({"withdrawn": brief.withdrawn} if brief.withdrawn else {}),
        **({"differing": [_line_json(one) for one in brief.differing]} if brief.differing else {}),
    }


def _line_json(one: Line) -> list[Any]:
    return [one.entry.id, one.span.start, one.span.end, one.part, *_mark(one)]


def _lines_of(kept: Iterable[Any], entries: Mapping[int, Entry]) -> tuple[Line, ...]:
    return tuple(
        Line(entries[one], Span(start, end), part, corrected=bool(mark))
        for one, start, end, part, *mark in kept
    )


def _mark(one: Line | KeyQuote) -> list[bool]:
    """Nothing for what was never corrected: so a plan is what it was before there were corrections."""
    return [True] if one.corrected else []


def _brief_of(kept: Mapping[str, Any], entries: Mapping[int, Entry]) -> Brief:
    found = tuple(entries[one] for one in kept["entries"])
    at: datetime | None = moment(kept["earlier"][0]) if kept["earlier"] else None
    return Brief(
        story=kept["story"],
        headline=_headline_of(kept["headline"], found),
        lines=_lines_of(kept["lines"], entries),
        quotes=tuple(
            KeyQuote(entries[one], quote_of(quote), count, corrected=bool(mark))
            for one, quote, count, *mark in kept["quotes"]
        ),
        entries=found,
        update=kept["update"],
        place=Place(tuple((name, worth) for name, worth in kept["place"])),
        earlier=None if at is None else Earlier(at, kept["earlier"][1]),
        corrected=kept.get("corrected", False),
        withdrawn=kept.get("withdrawn", 0),
        differing=_lines_of(kept.get("differing", ()), entries),
    )


def _headline_json(brief: Brief) -> str | None:
    """``None`` for the lead's own title, which is not copied."""
    return None if brief.entries[0].article.title == brief.headline else brief.headline


def _headline_of(kept: str | None, entries: tuple[Entry, ...]) -> str:
    return (entries[0].article.title or "") if kept is None else kept
