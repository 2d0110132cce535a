"""Every kind of message that the desk makes, in one list: what each platform's golden files and judges run over.

A function of the house that makes messages and that this list does not reach fails `test_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Any, cast

from bot.chat.buttons import Page
from bot.conversation import adding, forgetting
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.conversation.finding.pages import AnswerPage
from bot.conversation.remembered.invitations import Invitations
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.delivery.owner import Owner
from bot.delivery.subscribers import Subscribers
from bot.digest.compose import ComposeSettings, compose
from bot.digest.difference import difference
from bot.digest.timeline import timeline
from bot.digest.told_story import told_story
from bot.domain.conversations import Choice, ConversationPorts, Mute, Narrowing, Rehearsal
from bot.domain.digests import (
    Change,
    Digest,
    Event,
    KeyQuote,
    LeftOut,
    Line,
    Omission,
    PostedDigest,
    PostedStory,
    Style,
    Told,
)
from bot.domain.events import Pressed, Said, Sender
from bot.domain.message import Button, Message, taken_back
from bot.domain.model import (
    Address,
    Arrival,
    Entry,
    Findings,
    Hit,
    Occasion,
    Schedule,
    Snippet,
    Subscription,
    Window,
)
from bot.domain.reasons import Reason, in_words
from bot.domain.sourcing import Source, SourceState
from bot.platforms import own_chat
from bot.views import comparison, forms, home, layout, narrowing, subscriptions, threads, timelines
from bot.views.context import context_message
from bot.views.corrections import correction_message
from bot.views.inline import inline_result
from bot.views.narrowing import narrowing_message
from bot.wording import forgetting as texts
from bot.wording import outcomes, replies, subscribing
from bot.wording.asking import View
from bot.wording.chat import editing, settings
from bot.wording.language import say
from tests.builders import NOON, a_quote, a_reading, an_article, an_entry, the_span
from tests.fakes import FakeClock

ZONE = "Europe/London"
PLACE = Address("slack", "C0123ABCD")
WEEKDAYS = Schedule(ZONE, (time(17, 30), time(8)), frozenset(range(5)))
HERE = (
    Subscription("file:1", "morning", PLACE, "topic:energy", WEEKDAYS),
    Subscription("chat:2", "sea", Address("telegram", "-1001234", "45"), "ferry", Schedule("Asia/Tokyo", (time(9),))),
    Subscription("chat:3", "desk", Address("console"), "", Schedule(ZONE)),
)  # fmt: skip


def bridge(number: int, source: str) -> Entry:
    article = an_article(
        "The swing bridge at Mardle closes on Monday & stays closed for nine weeks. Ferries leave every ten minutes.",
        "“We waited for the storm to pass, and then for the next one,” said Orla Tennick, the harbour engineer.",
        title="Mardle’s swing bridge closes for <nine> weeks",
        source=source,
        published=NOON - timedelta(hours=3 + number),
        url=f"https://{number}.example/bridge?a=1&b=2|3",
    )
    words, name = "We waited for the storm to pass, and then for the next one,", "Orla Tennick"
    quote = a_quote(article, words, name, name, "harbour engineer")
    first = article.text.partition(" Ferries")[0]
    return an_entry(article, quote, id=number, story=1, sentences=(first, "Ferries leave every ten minutes."))


def fares() -> Entry:
    article = an_article(
        "Tram fares rise by *four* pence in June. “Nobody likes a `dearer` tram,” the mayor said.",
        title="Tram fares rise in June",
        source="Skerry Post",
        published=None,
    )
    quote = a_quote(article, "Nobody likes a `dearer` tram,", "the mayor")
    return an_entry(article, quote, id=5, sentences=("Tram fares rise by *four* pence in June.",))


UNREADABLE = Arrival("scan.pdf", "unreadable", NOON, 7, None, in_words("it has no text"))


def composed(
    entries: list[Entry],
    *more: Arrival,
    told: Mapping[int, Told] | None = None,
    style: Style = "standard",
    stories: int = 10,
) -> Digest:
    arrivals = [*(Arrival(one.origin, "new", NOON, one.revision, one.id) for one in entries), *more]
    window, since = Window(0, len(arrivals)), NOON - timedelta(days=1)
    occasion = Occasion("asked", "morning", "1")
    settings = ComposeSettings(style=style, stories=stories)
    return compose(occasion, "morning", window, since, NOON, entries, arrivals, settings, None, told)


def full(style: Style = "standard") -> Digest:
    entries = [bridge(1, "Port Gazette"), bridge(2, "Harbour Times"), fares()]
    return composed(entries, UNREADABLE, style=style)


def sunk(number: int, source: str, dead: str) -> Entry:
    text = f"{dead} people died when a ferry sank off Port Averne. The harbour master closed the port until Sunday."
    article = an_article(
        text, title="Ferry sinks off Port Averne", source=source, url=f"https://{number}.example/ferry"
    )
    return replace(an_entry(article, id=number, sentences=tuple(text.split(" The ")[:1])), story=11)


def listed(number: int, title: str, language: str = "en", **more: str) -> Entry:
    article = an_article(
        title=title, source=f"Outlet {number}", language=language, published=NOON - timedelta(days=2), **more
    )
    return an_entry(article, id=number)


def won() -> Entry:
    """A story of three lines, all of which only the whole styles show."""
    lines = (
        "Rovers beat the Lions 2-1 on Monday.",
        "Okoro scored both goals from far out.",
        "The Lions had not lost at home since spring.",
    )
    article = an_article(
        " ".join(lines),
        title="Rovers win at <last>",
        source="Outlet 21",
        published=NOON - timedelta(days=2),
        section="Sport",
    )
    return an_entry(article, id=21, sentences=lines)


def whole(style: Style) -> Digest:
    """Everything that a digest of this style may hold: two figures side by side; and what is listed, by subject and language."""
    told = [
        bridge(1, "Port Gazette"),
        bridge(2, "Harbour Times"),
        sunk(11, "Port Gazette", "12"),
        sunk(12, "Harbour Times", "15"),
        fares(),
    ]
    also = [
        won(),
        listed(22, "Council votes on *tolls*", section="Local Politics"),
        listed(23, "Ein Sieg nach Jahren", "de", section="Sport"),
        listed(24, "Okoro signs for Rovers", url="https://24.example/football/okoro-signs"),
        listed(25, "Minister resigns", section="Politics"),
        listed(26, "Der Hafen bleibt zu", "de"),
        listed(27, "Bees return", section="News"),
        listed(28, "Silta suljetaan", "fi"),
        listed(29, "Most zamknięty", "pl"),
        listed(30, "Averne out of the cup", section="Handball"),
    ]  # fmt: skip
    return composed([*told, *also], UNREADABLE, style=style, stories=3)


def corrected_digest() -> Message:
    """A digest that was edited: another headline, line and quote, a line less, and two figures side by side."""
    digest = composed([bridge(1, "Port Gazette"), bridge(2, "Harbour Times")])
    (brief, *_) = digest.briefs
    brief = replace(
        brief,
        lines=tuple(replace(line, corrected=True) for line in brief.lines),
        quotes=tuple(replace(quote, corrected=True) for quote in brief.quotes),
        corrected=True,
        withdrawn=1,
        differing=tuple(Line(entry, entry.summary.sentences[0]) for entry in brief.entries[:2]),
    )
    return layout.digest_message(replace(digest, briefs=(brief,)), ZONE)


def scheduled(digest: Digest, dropped: int, older: int) -> Message:
    message = layout.scheduled_message(digest, ZONE, dropped=dropped, older=older)
    assert message is not None
    return message


def found(first: int = 1, understood: str = "") -> Message:
    entry = bridge(1, "Port Gazette")
    passage = the_span(entry.article, "Ferries leave every ten minutes.")
    marks = (the_span(entry.article, "Ferries"), the_span(entry.article, "ten"))
    hits = (Hit(entry, 2.0, Snippet(passage, marks)), Hit(fares(), 1.0, None))
    findings = Findings(12, hits, tolerant=True)
    return layout.findings_message("feries ten", findings, NOON, ZONE, first=first, understood=understood)


def an_inline_hit() -> Hit:
    entry = bridge(1, "Port <Gazette>")
    passage = the_span(entry.article, "Ferries leave every ten minutes.")
    return Hit(entry, 2.0, Snippet(passage, (the_span(entry.article, "Ferries"),)))


def said(name: str = "Tennick", **more: Any) -> Message:
    entries = (bridge(1, "Port Gazette"), fares())
    keys = [KeyQuote(entry, quote) for entry in entries for quote in entry.quotes]
    return layout.quotes_message(name, keys, NOON, ZONE, **more)


class Leafing(Lookup):
    """An enquiry that has found its page already."""

    def __init__(self, leaf: AnswerPage, page: Page) -> None:
        self.leaf, self.page = leaf, page

    async def _pressed(self, *_: object) -> tuple[AnswerPage, Page]:
        return self.leaf, self.page


def events() -> tuple[Event, ...]:
    """A story's first article, and one that brings a figure."""
    article = an_article(
        "The swing bridge at Mardle stays closed for eleven weeks & not nine.",
        title="Mardle’s <bridge> closes for longer",
        source="Harbour Times",
    )
    return timeline([bridge(1, "Port Gazette"), an_entry(article, id=9, story=1)])


def left_out() -> LeftOut:
    reasons = (
        *(Omission(f"{n} & co.txt", Reason("digest.off_topic")) for n in range(6)),
        Omission("bridge.html", Reason("digest.nothing_new", headline="Mardle’s <bridge>")),
    )
    return LeftOut(NOON - timedelta(hours=4), 7, reasons)


def second_page() -> Leafing:
    return Leafing(
        AnswerPage(found(first=6, understood="I looked for feries ten (a bracket is never closed)."), 12),
        Page("tLm0_Q1x-Tq8kZbY", 5),
    )


def _pressed() -> Pressed:
    return Pressed("key", PLACE, Sender("slack", "U1", "Ines <Ferrar>"), "page", "tLm0_Q1x-Tq8kZbY:5")


def turned() -> Message:
    message = at_once(second_page().turn(_pressed(), shareable=True))
    assert message is not None
    return message


def shared() -> Message:
    message = at_once(second_page().share(_pressed()))
    assert message is not None
    return message


class NoSubscriptions:
    """A chat that has none."""

    async def of_chats(self, _platform: str, _chats: Collection[str]) -> tuple[Subscription, ...]:
        return ()


def refused(wish: str) -> Message:
    """What the keeper of subscriptions says to a command without words, in a chat that has none."""
    asker = Said("1", PLACE, Sender("slack", "U1"), wish)
    nothing: Any = None
    subscription_commands = SubscriptionCommands(
        nothing,
        nothing,
        AnswerSettings(ZONE, {}, ()),
        ConversationPorts(nothing, cast("Any", NoSubscriptions()), nothing, nothing, nothing),
        Invitations(),
        nothing,
    )
    return at_once(getattr(subscription_commands, wish)("", asker, "reader"))


def to_the_owner(*, urgent: bool) -> Message:
    """What the owner hears at once, or of a day in which one thing failed twice and six others once."""
    messages: list[Message] = []

    class Keeping:
        def render(self, message: Message) -> tuple[()]:
            messages.append(message)
            return ()

    clock, keeping = FakeClock(), Keeping()
    owner = Owner(PLACE, {"slack": keeping}, clock)
    failed = [
        "<!channel> part 1 of morning was refused",
        *(f"inbox/{n} & co.pdf: it has no text" for n in range(6)),
    ]
    for text in failed[:1] * 2 + failed[1:]:
        at_once(owner.tell(text, urgent=urgent))
        if urgent:
            break
    clock.pass_by(days=1)
    at_once(owner.tick())
    (message,) = messages
    return message


def to_a_subscriber() -> Message:
    """What somebody hears whose digests a chat does not take."""
    messages: list[Message] = []

    class Keeping:
        def render(self, message: Message) -> tuple[()]:
            messages.append(message)
            return ()

    async def asked_for(_: Address) -> tuple[Sender, ...]:
        return (Sender("slack", "U1"),)

    subscribers = Subscribers(asked_for, own_chat, {"slack": Keeping()})
    at_once(subscribers.tell(PLACE, in_words("the channel is <archived>")))
    (message,) = messages
    return message


def updated() -> Message:
    """A story that was told, with what is new, and one of which nothing is."""
    first, again = bridge(1, "Port Gazette"), fares()
    known = composed([first, again], told={}).briefs
    told = {brief.story: Told(NOON - timedelta(days=1), "17.4", brief.facts) for brief in known}
    article = an_article(
        "The swing bridge at Mardle stays closed for eleven weeks & not nine.",
        title="Mardle’s bridge closes for longer",
        source="Port Gazette",
    )
    digest = composed([an_entry(article, id=9, story=1), replace(again, id=10, revision=10)], told=told)
    (brief,) = digest.briefs
    assert brief.earlier
    linked = replace(brief.earlier, url="https://example-desk.slack.com/archives/C1/p174")
    return layout.digest_message(replace(digest, briefs=(replace(brief, earlier=linked),)), ZONE)


def numbered() -> Digest:
    """Of one story in lines and two by their headline."""
    entries = [bridge(1, "Port Gazette"), fares(), an_entry(an_article(title="Bees return", url=None), id=8)]
    digest = composed(entries)
    first, *others = digest.briefs
    return replace(digest, briefs=(first,), also=tuple(replace(one, lines=(), quotes=()) for one in others))


def below(view: View, first: int = 0, size: int = 9) -> Message:
    """What is told of a story that an outlet has told since, with <marks> in its texts."""
    entries = (bridge(1, "Port Gazette"), bridge(2, "Harbour Times"), events()[1].entry)
    message, total = threads.story_message(
        *posted(), told_story(posted()[1], 7, entries, True), view, NOON, ZONE, first, size
    )
    assert total
    return message


def posted() -> tuple[PostedDigest, PostedStory]:
    entry = bridge(1, "Port Gazette")
    lines = tuple((1, span, "text") for span in entry.summary.sentences[:1])
    story = PostedStory(3, 1, entry.article.title or "", (1, 2), lines, ((1, entry.quotes[0].words),))
    return PostedDigest(4, "morning", NOON - timedelta(days=3), 7, (story,), 1), story


def below_several(section: View) -> Message:
    digest, story = posted()
    told = told_story(story, 7, (bridge(1, "Port Gazette"), bridge(2, "Harbour Times")), False)
    return threads.several_message(
        replace(digest, stories=(story, story)), [(story, told)], (section,), NOON, ZONE
    )


def at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of work that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("it waits for something")


def reading() -> Message:
    entry = fares()
    return layout.reading_message("inbox/tram <1>.txt", a_reading(entry.article, *entry.quotes), ZONE)


def sources() -> list[tuple[Source, SourceState | None]]:
    """One that does well, one that does not any more, one that never did, and one that is new."""
    fine = SourceState("https://gazette.example/feed", NOON, NOON, succeeded=NOON - timedelta(hours=3))
    gone = Reason("source.gone", host="<ledger>.example")
    states = (fine, replace(fine, reason=gone), replace(fine, reason=gone, succeeded=None), None)
    return [(Source(f"paper-{n}", f"https://paper{n}.example/feed"), one) for n, one in enumerate(states)]


KINDS: dict[str, Callable[[], Message]] = {
    "digest": lambda: layout.digest_message(full(), ZONE),
    "standard_digest": lambda: scheduled(whole("standard"), 0, 0),
    "brief_digest": lambda: scheduled(whole("brief"), 0, 0),
    "full_digest": lambda: scheduled(whole("full"), 0, 0),
    "threaded_digest": lambda: scheduled(whole("threaded"), 0, 0),
    "empty_digest": lambda: layout.digest_message(composed([]), ZONE),
    "unreadable_digest": lambda: layout.digest_message(composed([], UNREADABLE), ZONE),
    "updated_digest": updated,
    "scheduled": lambda: scheduled(full(), 250, 1),
    "threaded": lambda: scheduled(full("threaded"), 0, 1),
    "scheduled_offer": lambda: scheduled(composed([]), 0, 1),
    "numbered": lambda: layout.digest_message(numbered(), ZONE, numbered=True),
    "numbered_buttons": lambda: layout.posted_message(numbered(), ZONE, numbered=True, buttons=True),
    "inline": lambda: inline_result(an_inline_hit(), NOON, ZONE).message,
    "below_story": lambda: below("story"),
    "below_sources": lambda: below("sources"),
    "below_timeline": lambda: below("timeline"),
    "below_several": lambda: below_several("sources"),
    "below_several_quotes": lambda: below_several("quotes"),
    "below_gone": threads.gone_message,
    "context": lambda: context_message(
        3, Line(bridge(1, "Port Gazette"), bridge(1, "Port Gazette").summary.sentences[0]), NOON, ZONE
    ),
    "correction": lambda: correction_message(
        [
            Change(
                bridge(1, "Port Gazette"),
                "The bridge closes for <nine> weeks.",
                "The bridge closes for seven weeks.",
            ),
            Change(bridge(1, "Port Gazette"), "Ferries are free.", None),
        ]
    ),
    "corrected": corrected_digest,
    "findings": found,
    "findings_turned": turned,
    "findings_shared": shared,
    "all_excluded": lambda: layout.findings_message(
        "tanker -seized", Findings(0, (), excluded=3), NOON, ZONE
    ),
    "narrowing": lambda: narrowing_message(
        Narrowing(
            (Choice('source:"Port & Co"', "Port & Co", 7), Choice('source:"Gazette"', "Gazette", 2)),
            (Choice('said:"Ada Vane"', "Ada Vane", 3),),
            (Choice("after:2031-03-01 before:2031-04-01", "2031-03", 9),),
            9,
            1_200,
        )
    ),
    "no_findings": lambda: layout.findings_message("zeppelin", Findings(0, ()), NOON, ZONE),
    "quotes": lambda: said(about="storm", total=7),
    "quotes_later": lambda: said("the mayor", total=12, first=11),
    "no_quotes": lambda: layout.quotes_message("Marlow", [], NOON, ZONE, about="<storm>"),
    "topics": lambda: layout.topics_message(
        [("energy", 'oil OR gas OR "electricity market"', 1), ("sea", "ferry", 0)]
    ),
    "no_topics": lambda: layout.topics_message([]),
    "subscriptions": lambda: subscriptions.subscriptions_message(HERE, ZONE),
    "no_subscriptions": lambda: subscriptions.subscriptions_message([], ZONE),
    "schedule": lambda: subscriptions.schedule_message(
        [subscriptions.Row(HERE[0], "Tue 08:00, posted"), *map(subscriptions.Row, HERE[1:])], NOON, ZONE
    ),
    "story": lambda: timelines.story_message(1, events(), 41, NOON, ZONE),
    "catchup": lambda: timelines.catchup_message([events()], 3, NOON - timedelta(days=5), NOON, ZONE),
    "no_catchup": lambda: timelines.catchup_message([], 0, NOON - timedelta(days=5), NOON, ZONE),
    "mutes": lambda: subscriptions.mutes_message(
        (Mute("football OR <golf>", NOON + timedelta(days=7)), Mute("story:12")), NOON, ZONE
    ),
    "no_mutes": lambda: subscriptions.mutes_message((), NOON, ZONE),
    "taken_back": taken_back,
    "to_be_forgotten": lambda: forgetting.told(texts.usage(), texts.confirm("/forget 12 --yes")),
    "sources": lambda: adding.sources_message(sources(), NOON, ZONE),
    "no_sources": lambda: adding.sources_message([], NOON, ZONE),
    "left_out": lambda: subscriptions.left_out_message("morning", left_out(), NOON, ZONE),
    "nothing_left_out": lambda: subscriptions.left_out_message("sea", LeftOut(NOON, 0, ()), NOON, ZONE),
    "no_digest_left_out": lambda: subscriptions.left_out_message("desk", None, NOON, ZONE),
    "no_schedule": lambda: subscriptions.schedule_message([], NOON, ZONE),
    "subscribed": lambda: subscriptions.subscribed_message(
        HERE[1],
        "ferry",
        Findings(9, (Hit(fares(), 1.0, None),)),
        NOON,
        notes=("a bracket is never closed",),
        changes=[
            Button(say(subscribing.CHANGES[name]), "change", f"abc:{name}") for name in ("undo", "evening")
        ],
    ),
    "subscribed_asked": lambda: subscriptions.subscribed_message(HERE[2], "", Findings(0, ()), NOON),
    "subscribed_rehearsed": lambda: subscriptions.subscribed_message(
        HERE[1],
        "apple OR <pear>",
        Findings(0, ()),
        NOON,
        rehearsal=Rehearsal(30, 91, 11, (("apple", 64), ("<pear>", 30))),
    ),
    "card": lambda: subscriptions.card_message(
        replace(HERE[1], style="brief", schedule=replace(HERE[1].schedule, paused=NOON + timedelta(days=7))),
        NOON,
        ZONE,
        [[Button(say(editing.TIME), "edit", "abc:when")], [Button(say(editing.END), "edit", "abc:end")]],
    ),
    "choices": lambda: subscriptions.choices_message(
        editing.ask_to_end("<sea>"),
        [[Button(say(editing.END_FOR_GOOD), "edit", "abc:stop")]],
        editing.leading("<b>", 70),
    ),
    "settings": lambda: subscriptions.settings_message(
        "de",
        HERE,
        ZONE,
        [[Button(say(settings.ZONE), "settings", "abc:zones")]],
        settings.changed(["<sea>"]),
        lets="admins",
    ),
    "tried": lambda: subscriptions.tried_message(
        replace(HERE[1], style="brief"),
        ZONE,
        comparison.comparison_blocks(
            difference(composed([bridge(1, "Port Gazette")]), composed([fares()])), "yesterday 08:00"
        ),
        [[Button(say(editing.SAVE), "edit", "abc:as")]],
    ),
    "form_subscribe": lambda: forms.subscribe_form("abc:filled"),
    "form_schedule": lambda: forms.schedule_form(HERE[1], "abc:filled"),
    "form_style": lambda: forms.style_form(HERE[1], "abc:filled"),
    "form_refused": lambda: forms.refused_message([("when", subscribing.doubtful("<b>"))]),
    "home": lambda: home.home_message(
        home.Home(
            [subscriptions.Row(HERE[0], "Tue 08:00, posted")],
            (Mute("football OR <golf>"),),
            {},
            [[Button("sea", "edit", "abc:open")]],
            [[Button("energy", "edit", "abc:join")]],
            [[Button(editing.unmute("football OR <golf>"), "edit", "abc:tell")]],
            Button(say(editing.SUBSCRIBE_FORM), "edit", "abc:form"),
        ),
        NOON,
        ZONE,
    ),
    "not_subscribed": lambda: refused("subscribe"),
    "not_unsubscribed": lambda: refused("unsubscribe"),
    "help": layout.help_message,
    "help_search": narrowing.operators_message,
    "help_begun": lambda: layout.begun_with(layout.help_message(), "/copydesk "),
    "unknown": lambda: layout.usage_message(replies.unknown_command("/dance <!channel>")),
    "unknown_meant": lambda: layout.usage_message(replies.unknown_command("/serch", "search")),
    "unsure_of_one": lambda: layout.usage_message(
        outcomes.unsure_of_one("<!channel> at 8?", [outcomes.command("subscribe", "<!channel> at 8")])
    ),
    "unsure": lambda: layout.usage_message(outcomes.unsure("is the <!channel> there?")),
    "usage": lambda: layout.usage_message("Whose words?"),
    "reading": reading,
    "owner_urgent": lambda: to_the_owner(urgent=True),
    "subscriber_told": to_a_subscriber,
    "owner_day": lambda: to_the_owner(urgent=False),
}
