"""Said to the desk alone, a sentence is what it asks for; what asks for nothing is no command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar import addressed, bare_words, questions, sentences, wishes
from bot.grammar.commands import WORDS


@pytest.mark.parametrize(
    ("said", "name", "argument"),
    [
        (
            "please send me news about oil every morning at 7",
            "subscribe",
            "news about oil every morning at 7",
        ),
        ("I’d like oil news every weekday at 9am", "subscribe", "oil news every weekday at 9am"),
        (
            "Hi, can you send us the ferry stories daily at noon please?",
            "subscribe",
            "ferry stories daily at noon",
        ),
        ("keep me posted on oil", "subscribe", "oil"),
        ("tell me as soon as there's news about oil", "subscribe", "oil at once"),
        ("if anything on oil comes in, let me know", "subscribe", "oil"),
        ("could you at 8:00 on mondays send me oil news", "subscribe", "oil news at 8:00 on mondays"),
        (
            "schick mir bitte jeden Morgen um 7 Nachrichten zu Öl",
            "subscribe",
            "jeden Morgen um 7 Nachrichten zu Öl",
        ),
        (
            "ich möchte täglich um 8 Uhr Artikel über Öl bekommen",
            "subscribe",
            "täglich um 8 Uhr Artikel über Öl",
        ),
        ("stop sending me oil, thanks", "unsubscribe", "oil"),
        ("no more oil please", "unsubscribe", "oil"),
        ("bestell Öl ab", "unsubscribe", "Öl"),
        ("keine Nachrichten zu Öl mehr", "unsubscribe", "Öl"),
        ("change oil to 9", "subscriptions", ""),
        ("what am I subscribed to?", "subscriptions", ""),
        ("verschiebe Öl auf 9 Uhr", "subscriptions", ""),
        ("find me articles about oil from last week", "search", "oil from last week"),
        ("any news on oil?", "search", "oil"),
        ("was gibt es Neues zu Öl?", "search", "Öl"),
        ("what did Teague say about oil?", "quotes", "what did Teague say about oil"),
        ("send storms to me", "search", "storms"),
        ("send storms to me every morning", "subscribe", "storms every morning"),
        ("add me to storms", "subscribe", "storms"),
        ("put me on the fruit list at 9am", "subscribe", "fruit at 9am"),
        ("i'd like to be notified when there's news about apples", "subscribe", "apples"),
        ("every weekday at 8am lamps please", "subscribe", "every weekday at 8am lamps"),
        ("tell me about the ferry", "search", "the ferry"),
        ("dont send me apples anymore", "unsubscribe", "apples"),
        ("unfollow ships", "unsubscribe", "ships"),
        ("Hi, could you please subscribe me to ferry news at 7am", "subscribe", "ferry news at 7am"),
        ("start sending me lamps at 7:30 am", "subscribe", "lamps at 7:30 am"),
        ("take me off the lamps list", "unsubscribe", "lamps"),
        ("could you keep me in the loop about ferries", "subscribe", "ferries"),
        ("stop", "unsubscribe", ""),
        ("please unsubscribe me", "unsubscribe", ""),
        ("cancel my subscription", "unsubscribe", ""),
        ("stop sending me this", "unsubscribe", ""),
        ("abmelden", "unsubscribe", ""),
        ("what can you do?", "help", ""),
        ("show me the topics", "topics", ""),
        ("give me a digest", "digest", ""),
        ("what did I miss?", "catchup", ""),
        ("was habe ich verpasst", "catchup", ""),
        ("set up a digest about lamps on mondays at 9am", "subscribe", "lamps on mondays at 9am"),
        ("mach mir einen Digest zu Äpfeln montags um 10", "subscribe", "Äpfeln montags um 10"),
        ("was kannst du?", "help", ""),
        ("delete my data", "privacy", ""),
        ("morning! send me oil at 8:00", "subscribe", "oil at 8:00"),
        ("um 10 Uhr Hopfen anlegen", "subscribe", "um 10 Uhr Hopfen"),
        ("what's on mute?", "mute", ""),
        ("what does mute do?", "help", ""),
        ("did the lamps digest go out today?", "schedule", ""),
        ("kommt heute noch ein Digest?", "schedule", ""),
        ("wir wollen über Öl informiert werden, täglich um 9:25", "subscribe", "über Öl, täglich um 9:25"),
        ("when is the next lamps digest?", "schedule", ""),
        ("zeig mir, was stummgeschaltet ist", "mute", ""),
        ("resubscribe me to oil", "subscribe", "oil"),
        ("schick mir den Öl-Digest", "digest", "Öl"),
        ("ich will Rückrufe sofort gemeldet bekommen", "subscribe", "Rückrufe sofort"),
        ("turn off muting for football", "unmute", "football"),
        ("what's my next digest?", "schedule", ""),
        ("the story of the budget leak", "search", "articles about the budget leak"),
        ("ich brauche Öl nicht mehr", "unsubscribe", "Öl"),
        ("when will I get frost next?", "schedule", ""),
        ("welche Abos laufen gerade?", "subscriptions", ""),
        ("which digests are active?", "subscriptions", ""),
        ("what did people say about oil", "search", "articles about oil"),
        ("add 18:00 to frost", "subscriptions", ""),
        ("which topics can I subscribe to?", "topics", ""),
        ("hol Öl wieder zurück", "unmute", "Öl"),
        (
            "kann ich Öl zweimal am Tag haben, um 8 und um 16 Uhr?",
            "subscribe",
            "Öl zweimal am Tag, um 8 und um 16 Uhr",
        ),
        ("what time does lamps arrive?", "schedule", ""),
        ("wann kommt Frost wieder?", "schedule", ""),
        ("who else gets these digests?", "privacy", ""),
        ("we need an alert for landslides", "subscribe", "landslides at once"),
        ("let's have the harbour news at noon", "subscribe", "harbour news at noon"),
        ("could you send the team the oil news daily at 8:45?", "subscribe", "oil news daily at 8:45"),
        (
            "kannst du dem Team täglich um 8:45 die Meldungen zu Öl schicken?",
            "subscribe",
            "täglich um 8:45 die Meldungen zu Öl",
        ),
        ("send the club news daily at 9:00", "subscribe", "club news daily at 9:00"),
        ("lösch mein Abo Öl", "unsubscribe", "Öl"),
        ("forget what I said about oil", "unsubscribe", "oil"),
        ("when do I get the next lamps digest?", "schedule", ""),
        ("what's in tomorrow's lamps digest?", "digest", "lamps"),
        ("what's in my digest?", "subscriptions", ""),
        ("show me what I'm subscribed to", "subscriptions", ""),
        ("zeig mir, was ich abonniert habe", "subscriptions", ""),
        ("send me the frost digest right away", "digest", "frost"),
        ("schick mir den Frost-Digest sofort", "digest", "Frost"),
        ("who is quoted on the cup final", "search", "articles on the cup final"),
        ("any older stories about the coast road", "search", "oldest stories about the coast road"),
    ],
)
def test_a_sentence_is_the_command_that_it_asks_for(said, name, argument):
    found = sentences.read(said)
    assert found is not None
    assert (found.name, found.argument) == (name, argument)


@pytest.mark.parametrize(
    "said",
    ["hello", "thanks", "cancel", "I want coffee", "send me the digest at 9", "wheat news", "speak up", "Brehm im Anzug", "The dockers walked out. Keep me posted on it.", "werktags um sieben über Hopfen", "what did i", "what did", "", "oil is expensive", "x" * 500],
)  # fmt: skip
def test_what_asks_for_nothing_is_no_command(said):
    assert sentences.read(said) is None


@given(
    st.text(max_size=100)
    | st.lists(
        st.sampled_from(
            ["please", "send", "me", "stop", "find", "oil", "at", "7", "daily", "to", "the", "schick", "mir"]
        )
    ).map(" ".join)
)
def test_anything_can_be_said(text):
    found = sentences.read(text)
    assert found is None or found.name in WORDS.values()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi!", "greeting"),
        ("hallo", "greeting"),
        ("thanks!", "thanks"),
        ("Thank you so much", "thanks"),
        ("ok, danke dir", "thanks"),
        ("Vielen Dank für die Hilfe!", "thanks"),
        ("thanks for the quick answer", "thanks"),
        ("the answer", None),
        ("ok", "reply"),
        ("Good morning copydesk", "reply"),
        ("nein danke", "thanks"),
        ("thanks, and oil?", None),
        ("hi oil", None),
        ("", None),
        ("!", None),
    ],
)
def test_who_greets_or_thanks_asks_for_nothing(text, kind):
    assert bare_words.courtesy(text) == kind


def test_a_few_bare_words_are_looked_for_and_no_sentence_time_or_courtesy_is():
    for words in (
        "sanctions",
        "night trains?",
        "port averne",
        "(ferry OR apple) -lamps",
        "lamps in Quay street",
    ):
        found = bare_words.words_to_find(words)
        assert found is not None, words
        assert (found.name, found.argument) == ("search", words.rstrip("?"))
    none = (
        "2",
        "...",
        "8:30",
        "is the ferry running?",
        "who are you",
        "remind me",
        "was läuft?",
        "oil every weekday at 8am",
    )
    for words in (*none, "https://example.org/a", "seven words are more than are meant", "", "oil " * 30_000):
        assert bare_words.words_to_find(words) is None, words[:40]


def test_behind_the_desks_name_a_sentence_may_look_something_up():
    for words in (
        "any news on oil?",
        "can you find something about apples",
        "what did Teague say about oil?",
    ):
        assert addressed.looked_up(words), words
    for words in (
        "keep us posted on oil",
        "add me to oil",
        "stop",
        "what did you do",
        "find out who did this",
        "what's up",
    ):
        assert addressed.looked_up(words) is None, words


def test_words_that_only_point_at_something_are_told_from_names():
    for words in (
        "it",
        "me",
        "this",
        "It",
        "the second",
        "the second one",
        "those",
        "them all",
        "both",
        "die dritte",
        "das",
        "mich",
    ):
        assert questions.points(words), words
    for words in ("IT", "US", "the ferry", "second hand", "the Third Man", "", "2", "it " * 30_000):
        assert not questions.points(words), words[:40]


def test_bare_words_with_a_time_may_be_wanted_regularly():
    assert wishes.is_regular("oil every weekday at 8am")
    assert not any(map(wishes.is_regular, ("oil", "8am", "oil at some point", "")))
