"""A digest, a channel's digests, and an article, each as a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from bot.archive.excerpts import NumberedLine, Passage, lines_of_brief, passages
from bot.archive.frame import Reader, page, quiet, turns
from bot.archive.html import Child, Node, element, link
from bot.article.fields.url import host
from bot.domain.digests import Brief, Digest, KeyQuote, Line
from bot.domain.model import Article, Entry
from bot.views.also import in_sight
from bot.views.captions import (
    LONG_HEADLINE,
    LONG_LINE,
    LONG_NAME,
    carried,
    clipped,
    published_words,
    quotation,
    source_of,
    title_of,
)
from bot.views.layout import footer
from bot.views.proof import proof
from bot.web.links import Names
from bot.wording import correcting, phrases
from bot.wording.language import say
from bot.wording.web import archive


@dataclass(frozen=True, slots=True)
class Published:
    """A digest that was posted: where its page is, what its channel is, and how many of its articles are not shown any more.

    ``corrected`` is when one of its articles was last, as it stands here.
    """

    names: Names
    subscription: str
    digest: Digest
    withheld: int = 0
    corrected: datetime | None = None


def digest_page(reader: Reader, shown: Published) -> str:
    """The digest as it was posted; each line leads to its place in its article."""
    digest = shown.digest
    title = digest_title(digest.name, alert=digest.occasion.kind == "alert")
    since, until = reader.here(digest.since), reader.here(digest.until)
    numbers = iter(range(1, sum(len(lines_of_brief(brief)) for brief in digest.briefs) + 1))
    stories = [_story(reader, shown, brief, until, numbers) for brief in digest.briefs]
    listed = in_sight(digest)[len(digest.briefs) :]
    return page(
        reader,
        title,
        element("h1", title),
        quiet(element("time", phrases.period(since, until), datetime=until.isoformat())),
        stories or (None if listed else element("p", say(archive.NOTHING_LEFT))),
        _also(reader, listed),
        quiet(footer(digest.ledger)) if not shown.withheld else None,
        quiet(archive.taken_out(shown.withheld)) if shown.withheld else None,
        quiet(link(reader.to("channels", shown.subscription), archive.other_digests(digest.name))),
        feed=reader.to("feeds", "channels", shown.subscription),
    )


def digest_title(name: str, *, alert: bool = False) -> str:
    """What a digest of this name is called."""
    named = phrases.alert_title if alert else phrases.digest_title
    return named(clipped(name, LONG_NAME))


def channel_page(
    reader: Reader,
    subscription: str,
    name: str,
    posted: Sequence[tuple[Names, datetime]],
    beside: tuple[str, str] = ("", ""),
) -> str:
    """The digests of a channel by their pages and moments, the newest first; ``beside`` are the paths to newer and older ones."""
    title = digest_title(name)
    rows = [
        element(
            "li",
            link(
                reader.to(*names),
                element("time", phrases.long_moment(reader.here(at)), datetime=reader.here(at).isoformat()),
            ),
        )
        for names, at in posted
    ]
    return page(
        reader,
        title,
        element("h1", title),
        element("ul", rows) if rows else element("p", say(archive.NO_DIGESTS)),
        turns(*beside),
        feed=reader.to("feeds", "channels", subscription),
    )


def index_page(reader: Reader, channels: Sequence[tuple[str, str, datetime]]) -> str:
    """The channels by their subscriptions and names, and when each had its latest digest."""
    title = say(archive.DIGESTS)
    rows = [
        element(
            "li",
            link(reader.to("channels", subscription), digest_title(name)),
            element("span", phrases.SEPARATOR, phrases.long_moment(reader.here(at)), class_="quiet"),
        )
        for subscription, name, at in channels
    ]
    return page(
        reader,
        title,
        element("h1", title),
        element("ul", rows) if rows else element("p", say(archive.NO_DIGESTS)),
    )


def article_page(
    reader: Reader, entry: Entry, lines: Sequence[NumberedLine], digest: Published | None = None
) -> str:
    """The article with the lines marked: those that a ``digest`` shows, or what the desk would tell of it."""
    article, title = entry.article, title_of(entry)
    shown = passages(entry, lines, reader.excerpt)
    by_number = {one.number: one.line for one in lines}
    back = link(reader.to(*digest.names), digest_title(digest.digest.name)) if digest else None
    text = element("div", [_passage(one, by_number) for one in shown], lang=article.language, dir="auto")
    return page(
        reader,
        title,
        element(
            "article",
            element("h1", title, lang=article.language, dir="auto"),
            quiet(*_about(article, source_of(entry), reader.here(reader.now))),
            element("p", say(archive.QUOTED_BY), " ", back, class_="quiet") if back is not None else None,
            text,
            quiet(say(archive.EXCERPT)) if reader.excerpt == "paragraph" else None,
            _original(article),
            quiet(link(reader.to("stories", str(entry.story)), say(archive.THE_STORY))),
        ),
    )


def heading(reader: Reader, entry: Entry, level: str = "h2") -> Node:
    """The article's headline, as a link to its page."""
    return element(
        level,
        link(reader.to("articles", str(entry.id)), title_of(entry)),
        lang=entry.article.language,
        dir="auto",
    )


def told_by(reader: Reader, entry: Entry, now: datetime | None = None) -> Node | None:
    """Its outlet, and when it says that it was published."""
    return quiet(source_of(entry), published_words(entry.article, reader.here(now or reader.now)))


def quoted(quote: KeyQuote, *beside: Child, with_source: bool = False) -> Node:
    """Somebody's words and who said them."""
    shown = carried(quotation(quote, with_source=with_source), quote.outlets)
    credit = phrases.attribution(shown.speaker, shown.source, shown.role)
    return element(
        "blockquote",
        element(
            "p",
            phrases.quoted(shown.words, shown.marks),
            *beside,
            lang=quote.entry.article.language,
            dir="auto",
        ),
        quiet(credit),
    )


def _story(reader: Reader, shown: Published, brief: Brief, until: datetime, numbers: Iterator[int]) -> Node:
    lead = brief.entries[0]
    headline = clipped(brief.headline, LONG_HEADLINE) or say(phrases.UNTITLED)
    told = phrases.updated(headline) if brief.update else headline
    outlets = phrases.outlets([clipped(source, LONG_NAME) for source in brief.sources]) or source_of(lead)
    several = len(brief.sources) > 1
    return element(
        "section",
        element(
            "h2",
            link(reader.to("stories", str(brief.story)), told, lang=lead.article.language, dir="auto"),
            f" {say(correcting.CORRECTED)}" if brief.corrected else None,
        ),
        quiet(outlets, published_words(lead.article, until)),
        [_line(reader, shown, line, lead, next(numbers)) for line in brief.lines],
        [
            quoted(quote, *_to_line(reader, shown, quote.entry, next(numbers)), with_source=several)
            for quote in brief.quotes
        ],
        quiet(say(correcting.FIGURES_DIFFER)) if brief.differing else None,
        [_line(reader, shown, line, None, next(numbers)) for line in brief.differing],
        quiet(correcting.withdrawn(brief.withdrawn)) if brief.withdrawn else None,
    )


def _line(reader: Reader, shown: Published, line: Line, lead: Entry | None, number: int) -> Node:
    """A line, its outlet where that is another than the lead's, and its number."""
    other = source_of(line.entry) if lead is None or line.entry.id != lead.id else ""
    return element(
        "p",
        element("span", clipped(line.text, LONG_LINE), lang=line.entry.article.language, dir="auto"),
        element("span", f" ({other})", class_="quiet") if other else None,
        element("span", f" {say(correcting.CORRECTED)}", class_="quiet") if line.corrected else None,
        *_to_line(reader, shown, line.entry, number),
    )


def _to_line(reader: Reader, shown: Published, entry: Entry, number: int) -> tuple[Child, ...]:
    path = reader.to(*shown.names, "articles", str(entry.id), fragment=f"line-{number}")
    label = archive.line(number)
    return " ", link(path, phrases.line_number(number), class_="number", aria_label=label)


def _also(reader: Reader, listed: Sequence[Brief]) -> tuple[Child, ...]:
    if not listed:
        return ()
    rows = [
        element(
            "li",
            link(
                reader.to("stories", str(brief.story)),
                clipped(brief.headline, LONG_HEADLINE) or say(phrases.UNTITLED),
                lang=brief.entries[0].article.language,
                dir="auto",
            ),
            f"{phrases.SEPARATOR}{name}" if (name := source_of(brief.entries[0])) else None,
        )
        for brief in listed
    ]
    return element("h2", say(phrases.ALSO)), element("ul", rows)


def _about(article: Article, source: str, now: datetime) -> tuple[str, ...]:
    return (
        source,
        clipped(article.byline or "", LONG_NAME),
        published_words(article, now),
        clipped(article.section or "", LONG_NAME),
    )


def _original(article: Article) -> Node | None:
    if not article.url:
        return None
    return quiet(link(article.url, say(archive.ORIGINAL), rel="noreferrer external"), host(article.url))


def _passage(passage: Passage, lines: Mapping[int, Line]) -> Iterator[Node]:
    if passage.skipped:
        yield element("p", phrases.MORE, class_="skipped", role="img", aria_label=say(archive.LEFT_OUT))
    parts = (_piece(piece.text, piece.numbers, lines) for piece in passage.pieces)
    before, after = passage.cut
    yield element(
        "p",
        f"{phrases.MORE} " if before else None,
        chain.from_iterable(parts),
        f" {phrases.MORE}" if after else None,
        class_="standfirst" if passage.standfirst else None,
    )


def _piece(text: str, numbers: Sequence[int], lines: Mapping[int, Line]) -> Iterator[Child]:
    """Words, or a mark at which each of its lines has an anchor, and behind it the way to the words where they were published."""
    if not numbers:
        yield text
        return
    first, *others = numbers
    yield element("mark", [element("span", id=f"line-{one}") for one in others], text, id=f"line-{first}")
    for number in numbers:
        line = lines[number]
        if url := proof(line.entry.article, line.span, line.part):
            label = archive.titled(phrases.line_number(number), say(archive.ON_ITS_PAGE))
            mark = link(url, phrases.line_number(number), class_="number", aria_label=label, rel="noreferrer")
            yield element("span", " ", mark)
