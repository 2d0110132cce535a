"""Records become rows and rows become records (pure).

Spans are JSON: ``[start, end]``. Text is kept character for character, except that a NUL and half
of a surrogate pair, which databases refuse, become U+FFFD each: spans stay where they are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.domain.digests import Facts, Ledger, LeftOut, Omission, PostedStory, Telling
from bot.domain.model import Address, Arrival, Article, Entry, Gist, Quote, Span, Summary
from bot.domain.reasons import Reason, dumped, loaded

MOST_REASONS = 200
"""Reasons that are kept with a digest: a drop of thousands has the same one for most."""


class Row(Protocol):
    """What a query gave for one row: values by the names of columns."""

    def __getitem__(self, column: str, /) -> Any: ...


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"\w+")


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, exact; ``moment`` is aware (TypeError otherwise)."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(micros: int) -> datetime:
    """The moment of :func:`micros`, in UTC."""
    return _EPOCH + micros * _MICROSECOND


def storable(text: str) -> str:
    """``text`` as every database takes it, of the same length."""
    return _UNKEPT.sub("\ufffd", text)


def file_key(origin: str, data_key: str) -> str:
    """Equal for the same bytes under the same name, and for nothing else."""
    # surrogatepass: the names of files may hold bytes that are no UTF-8.
    return hashlib.sha256(f"{data_key}\0{origin}".encode("utf-8", "surrogatepass")).hexdigest()


def url_key(url: str | None) -> str | None:
    """Equal for a page under all its spellings: either scheme, with ``www.`` or a last slash.

    ``None`` without a page: an outlet's front page carries another article each day.
    """
    try:
        parts = urlsplit(storable(url or ""))
    except ValueError:
        return None
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
    return _digest(host, path, parts.query) if path or parts.query else None


def title_key(title: str | None, source: str | None) -> str | None:
    """Equal for a title in one outlet, case and punctuation aside; ``None`` where either has no words."""
    names = [" ".join(_WORD.findall(storable(value or "").casefold())) for value in (title, source)]
    return _digest(*names) if all(names) else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def entry_row(entry: Entry) -> dict[str, Any]:
    """The row of ``entries`` that keeps ``entry``."""
    article = entry.article
    row = {
        "id": entry.id,
        "revision": entry.revision,
        "content_key": article.content_key,
        "origin": entry.origin,
        "added": micros(entry.added),
        "story": entry.story,
        "title": article.title,
        "text": article.text,
        "paragraphs": _json(_pairs(article.paragraphs)),
        "language": article.language,
        "published": None if article.published is None else micros(article.published),
        "published_precision": article.published_precision,
        "source": article.source,
        "byline": article.byline,
        "section": article.section,
        "url": article.url,
        "standfirst": article.standfirst,
        "agency": article.agency,
        "utc_offset": article.utc_offset,
        "fingerprint": _json(article.fingerprint),
        "summary": _json(_summary_json(entry.summary)),
        "quotes": _json([quote_json(quote) for quote in entry.quotes]),
        "bulk": entry.bulk,
        "reread": entry.reread,
        "hold_until": article.hold_until,
        "expires": article.expires,
        "expires_at": None if entry.expires is None else micros(entry.expires),
        "url_key": url_key(article.url),
        "title_key": title_key(article.title, article.source),
    }
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def entry_of(row: Row) -> Entry:
    """The entry that a row of ``entries`` keeps."""
    summary = json.loads(row["summary"])
    return Entry(
        id=row["id"],
        revision=row["revision"],
        article=_article_of(row),
        summary=Summary(
            sentences=_spans(summary["sentences"]),
            method=summary["method"],
            standfirst=_spans(summary.get("standfirst", ())),
        ),
        quotes=tuple(quote_of(quote) for quote in json.loads(row["quotes"])),
        origin=row["origin"],
        added=moment(row["added"]),
        story=row["story"],
        bulk=row["bulk"],
        reread=row["reread"],
        expires=None if row["expires_at"] is None else moment(row["expires_at"]),
    )


def gist_json(gist: Gist) -> str:
    """``gist`` as ``gists`` keeps it."""
    kept = {
        "terms": gist.terms,
        "title": gist.title,
        "body": gist.body,
        "names": gist.names,
        "head": sorted(gist.head),
        "numbers": sorted(gist.numbers),
        "years": sorted(gist.years),
        "fullness": gist.fullness,
        "source": gist.source,
        "published": None if gist.published is None else micros(gist.published),
        "fingerprint": gist.fingerprint,
    }
    return storable(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))


def gist_of(text: str) -> Gist:
    """The gist that :func:`gist_json` made ``text`` of."""
    kept = json.loads(text)
    return Gist(
        terms=kept["terms"],
        title=kept["title"],
        body=kept["body"],
        names=kept["names"],
        head=frozenset(kept["head"]),
        numbers=frozenset(kept["numbers"]),
        years=frozenset(kept["years"]),
        fullness=kept["fullness"],
        source=kept["source"],
        published=None if kept["published"] is None else moment(kept["published"]),
        fingerprint=tuple(kept["fingerprint"]),
    )


def _article_of(row: Row) -> Article:
    return Article(
        title=row["title"],
        text=row["text"],
        paragraphs=_spans(json.loads(row["paragraphs"])),
        content_key=row["content_key"],
        fingerprint=tuple(json.loads(row["fingerprint"])),
        language=row["language"],
        published=None if row["published"] is None else moment(row["published"]),
        published_precision=row["published_precision"],
        source=row["source"],
        byline=row["byline"],
        section=row["section"],
        url=row["url"],
        standfirst=row["standfirst"],
        agency=row["agency"],
        utc_offset=row["utc_offset"],
        hold_until=row["hold_until"],
        expires=row["expires"],
    )


def arrival_of(row: Row) -> Arrival:
    """The arrival that a row of ``arrivals`` keeps."""
    return Arrival(
        name=row["origin"],
        outcome=row["outcome"],
        added=moment(row["added"]),
        revision=row["revision"],
        entry=row["entry"],
        reason=reason_of(row["reason"]),
        bulk=row["bulk"],
    )


def numbered_row(telling: Telling, digest: int, at: datetime) -> dict[str, Any]:
    """The row of ``numbered`` that keeps what a digest showed under a number."""
    brief = telling.brief
    return {
        "digest": digest,
        "number": telling.number,
        "part": telling.part,
        "at": micros(at),
        "headline": storable(brief.headline),
        "entries": _json([entry.id for entry in brief.entries]),
        "lines": _json([[line.entry.id, *_pair_of(line.span), line.part] for line in brief.lines]),
        "quotes": _json([[one.entry.id, *_pair_of(one.quote.words)] for one in brief.quotes]),
    }


def posted_story_of(row: Row) -> PostedStory:
    """What a digest showed under a number."""
    entries = tuple(json.loads(row["entries"]))
    lines = tuple((entry, Span(start, end), part) for entry, start, end, part in json.loads(row["lines"]))
    quotes = tuple((entry, Span(start, end)) for entry, start, end in json.loads(row["quotes"]))
    return PostedStory(row["number"], row["part"], row["headline"], entries, lines, quotes)


def telling_row(telling: Telling, to: Address, digest: int, at: datetime) -> dict[str, Any]:
    """The row of ``told`` that keeps what ``to`` is told of a story."""
    brief, facts = telling.brief, telling.brief.facts
    spans = [[line.entry.id, *_pair_of(line.span), line.part] for line in brief.lines]
    spans += [[one.entry.id, *_pair_of(one.quote.words), "text"] for one in brief.quotes]
    spans += [[line.entry.id, *_pair_of(line.span), line.part] for line in brief.differing]
    return {
        "digest": digest,
        "platform": to.platform,
        "chat": to.chat,
        "thread": to.thread,
        "story": brief.story,
        "lead": brief.entries[0].id,
        "part": telling.part,
        "at": micros(at),
        "shown": _json(spans),
        "facts": facts_json(facts),
    }


def facts_json(facts: Facts) -> str:
    """The column ``facts`` of ``told``."""
    return _json(
        {
            "words": " ".join(sorted(facts.words)),
            "figures": sorted(facts.figures),
            "quotes": sorted(facts.quotes),
            "outlets": sorted(facts.outlets),
        }
    )


def left_out_row(ledger: Ledger) -> str:
    """The column ``left_out`` of ``digests``."""
    first = ledger.reasons[:MOST_REASONS]
    texts = {key: dumped(reason) for key, reason in {id(one.reason): one.reason for one in first}.items()}
    kept = [[one.item, texts[id(one.reason)]] for one in first]  # most have one reason
    return _json({"total": len(ledger.reasons), "reasons": kept})


def left_out_of(row: Row) -> LeftOut | None:
    """What a row of ``digests`` says; ``None`` for one that an earlier version made."""
    if row["left_out"] is None:
        return None
    kept = json.loads(row["left_out"])
    return LeftOut(
        moment(row["until"]),
        kept["total"],
        tuple(Omission(item, loaded(why)) for item, why in kept["reasons"]),
    )


def facts_of(row: Row) -> Facts:
    """What a row of ``told`` says that its readers know."""
    kept = json.loads(row["facts"])
    return Facts(
        frozenset(kept["words"].split()),
        frozenset(kept["figures"]),
        frozenset(kept["quotes"]),
        frozenset(kept["outlets"]),
    )


def _pair_of(span: Span) -> tuple[int, int]:
    return span.start, span.end


def reason_text(reason: Reason | None) -> str:
    """A reason as a column of text has it; empty for none."""
    return "" if reason is None else dumped(reason)


def reason_of(text: str | None) -> Reason | None:
    """The reason that a column of text has."""
    return loaded(text) if text else None


def _json(value: object) -> str:
    # ASCII only, so that no character inside can be one that a database refuses.
    return json.dumps(value, separators=(",", ":"))


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _summary_json(summary: Summary) -> dict[str, Any]:
    """The spans of each part; of the standfirst only where it was chosen from."""
    under = {"standfirst": _pairs(summary.standfirst)} if summary.standfirst else {}
    return {"method": summary.method, "sentences": _pairs(summary.sentences), **under}


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def quote_json(quote: Quote) -> dict[str, Any]:
    """``quote`` as JSON keeps it."""
    return {
        "words": _pair(quote.words),
        "speaker": _pair(quote.speaker),
        "speaker_name": quote.speaker_name,
        "cue": _pair(quote.cue),
        "role": _pair(quote.role),
    }


def quote_of(value: dict[str, Any]) -> Quote:
    """The quote that :func:`quote_json` made ``value`` of."""
    return Quote(
        words=Span(*value["words"]),
        speaker=_span(value["speaker"]),
        speaker_name=value["speaker_name"],
        cue=_span(value["cue"]),
        role=_span(value.get("role")),  # not in what was kept before roles were
    )
