"""What is said becomes a command with what its words mean in full: outlets, days, sentences."""

from __future__ import annotations

import pytest

from bot.conversation.hearing import Hearing
from bot.domain.errors import IndexRebuilding
from bot.domain.events import Sender
from bot.domain.model import Address
from bot.grammar.commands import Command
from tests.builders import an_article
from tests.conversation import ADA, BRAM, CHANNEL, open_talk, said, shown


@pytest.fixture
async def talk(tmp_path):
    async with open_talk(tmp_path) as opened:
        await opened.keep(an_article(title="Wheat is dear", source="The Averne Courier"), "wheat")
        yield opened


def hearing(talk) -> Hearing:
    return Hearing(talk.desk, "UTC", ())


@pytest.mark.parametrize(
    ("typed", "argument"),
    [
        ("/search wheat from the Averne Courier", 'wheat source:"Averne Courier"'),
        ("/search wheat from the Courier", 'wheat source:"Courier"'),
        ("/search wheat from: Courier", 'wheat source:"Courier"'),
        ("/search the Courier for wheat", 'wheat source:"Courier"'),
        ("/suche im Averne Courier nach Weizen", 'Weizen source:"Averne Courier"'),
        ("/search wheat for bread", "wheat for bread"),
        ("/search wheat from Averne", "wheat from Averne"),
        ("/search wheat from Norrin", "wheat from Norrin"),
        ("/suche Weizen vom Courier", 'Weizen source:"Courier"'),
        ('/search wheat "from the Courier"', 'wheat "from the Courier"'),
        ("/subscribe wheat from the Courier at 08:00", 'wheat source:"Courier" at 08:00'),
        ("/unsubscribe me from wheat please", "wheat"),
        ("/mute wheat for a week please", "wheat for a week"),
        ("/mute the word wheat for 3 weeks", "wheat for 3 weeks"),
        ("/mute anything from the Courier", 'source:"Courier"'),
        ("/mute for 7d", "for 7d"),
        ("/search news from the Courier about wheat", 'wheat source:"Courier"'),
        ("/search the Courier's articles on wheat", 'wheat source:"Courier"'),
        ("/suche Artikel des Averne Courier über Weizen", 'Weizen source:"Averne Courier"'),
        ("/search anything said by Ada Rieve about wheat", 'said:"Ada Rieve" wheat'),
        ("/search articles on wheat written by Rieve", 'wheat by:"Rieve"'),
        ("/search lies said by kings", "lies said by kings"),
        ("/search german articles about wheat", "wheat lang:de"),
        ("/suche alle deutschen Artikel über Weizen", "Weizen lang:de"),
        ("/search wheat in headlines only", "title:wheat"),
        ("/search wheat 1 march 2024", "wheat on:2024-03-01"),
        ("/search wheat march 1, 2024", "wheat on:2024-03-01"),
        ("/search wheat 1 march", "wheat 1 march"),
        ("/quotes Rieve about wheat in german", "Rieve about wheat lang:de"),
        ("/quotes what did Rieve say on 1 march 2024 about wheat", "Rieve about wheat on:2024-03-01"),
        ("/quotes Rieve about wheat", "Rieve about wheat"),
        ("/search last week's stories on wheat in german", "wheat lang:de after:2031-02-24 until:2031-03-02"),
        ("/search today's wheat news", "wheat on:2031-03-04"),
        ("/search today's wheat prices", "today's wheat prices"),
        ("/quotes last week", ""),
        ("/quotes yesterday about wheat", ""),
        ("/story about the wheat", "the wheat"),
        ("/catchup please", ""),
        ("/subscribe wheat to this chat at 8:00", "wheat at 8:00"),
        ('/mute anything with "wheat"', '"wheat"'),
        ("/subscribe to the Averne Courier at 9:00", 'to source:"Averne Courier" at 9:00'),
        ("/subscribe the Courier", 'source:"Courier"'),
        ("/subscribe from the Courier daily", 'source:"Courier" daily'),
        ("/subscribe averne courier", 'source:"averne courier"'),
        ("/subscribe Courier", "Courier"),
        ("/abo den Courier um 9:00", 'den source:"Courier" um 9:00'),
        ("/subscribe to the Courier's wheat stories at 9:00", 'to wheat source:"Courier" stories at 9:00'),
        ('/subscribe "Averne Courier"', '"Averne Courier"'),
        (
            "/search wheat this week from the Courier",
            'wheat source:"Courier" after:2031-03-03 until:2031-03-04',
        ),
        ("/quotes Rieve on friday", "Rieve about on:2031-02-28"),
        ("/quotes by Rieve about wheat on monday", "Rieve about wheat on:2031-03-03"),
        ("/zitate Rieve am Freitag", "Rieve about on:2031-02-28"),
        ("/quotes of the day", ""),
        ("/digest of the week", "this week"),
    ],
)
async def test_what_the_words_mean_is_put_in_full(talk, typed, argument):
    assert (await hearing(talk).command(said(typed))).argument == argument


async def test_a_sentence_is_heard_where_all_is_said_to_the_desk(talk):
    sentence = "please send me wheat every weekday at 8:00"
    alone = await hearing(talk).command(said(sentence))
    among_people = await hearing(talk).command(said(sentence, CHANNEL, BRAM))
    assert (alone.name, among_people.name) == ("subscribe", "")


async def test_behind_its_name_a_sentence_is_heard_among_people_that_changes_nothing(talk):
    for sentence, name in (("any news on wheat?", "search"), ("keep us posted on wheat", ""), ("stop", "")):
        assert (await hearing(talk).command(said(sentence, CHANNEL, BRAM))).name == name


async def test_words_and_links_without_a_command_are_understood_where_all_is_said_to_the_desk(talk):
    page = "https://example.org/new"
    for words, name, argument in (
        ("wheat from the Courier", "search", 'wheat source:"Courier"'),
        (page, "add", page),
        ("topics?", "topics", ""),
        ("add me to wheat", "subscribe", "wheat"),
        ("start sending me wheat at 7:30", "subscribe", "wheat at 7:30"),
        ("start", "help", ""),
        ("anything from the Courier about wheat?", "search", 'wheat source:"Courier"'),
        ("Gibt es Artikel vom Averne Courier über Weizen?", "search", 'Weizen source:"Averne Courier"'),
        ("add wheat at 9am", "subscribe", "wheat at 9am"),
        ("add the wheat topic", "subscribe", "the wheat topic"),
        ("add wheat", "add", "wheat"),
        ("digest please", "digest", ""),
        ("unsubscribe from this please", "unsubscribe", ""),
        ("abbestellen bitte", "unsubscribe", ""),
        ("serch wheat", "", "serch wheat"),
        ("wheat, 7.45, workdays, Zurich", "subscribe", "wheat, 7.45, workdays, Zurich"),
        ("yesterday's?", "catchup", "yesterday"),
        ("and last week?", "catchup", "last week"),
        ("what did I miss since friday", "catchup", "since friday"),
        ("2024", "", "2024"),
        ("why did I get this?", "subscriptions", ""),
        ("less often please", "subscriptions", ""),
        ("bitte seltener", "subscriptions", ""),
        ("who sees what I ask you?", "privacy", ""),
        ("Wer liest hier mit?", "privacy", ""),
        ("how do I mute a story?", "help", ""),
        ("what does catchup do", "help", ""),
        ("when is my next digest?", "schedule", ""),
        ("speak to me in German", "language", "German"),
        ("do you speak German?", "language", ""),
        ("forget me", "privacy", ""),
        ("send me today's wheat now", "search", "wheat on:2031-03-04"),
        ("good night", "", "good night"),
        ("add pears to wheat", "", "add pears to wheat"),
        ("wheat in the mornings, not weekends", "", "wheat in the mornings, not weekends"),
        ("forget 12", "forget", "12"),
        ("how do I change my time zone", "settings", ""),
        ("send me the wheat digest", "digest", "wheat"),
        ("give me today's digest", "digest", ""),
        ("thanks", "", "thanks"),
        ("send me wheat daily", "subscribe", "wheat daily"),
        ("the facts on wheat", "search", "wheat"),
        ("what's in today's news about wheat", "search", "wheat on:2031-03-04"),
        ("die Artikel von letzter Woche zu Weizen", "search", "Weizen after:2031-02-24 until:2031-03-02"),
        ("what happened to the wheat?", "search", "wheat"),
        (
            "Kannst du mir sagen was mit dem Weizen los ist",
            "",
            "Kannst du mir sagen was mit dem Weizen los ist",
        ),
        ("Weizen nicht mehr bitte", "unsubscribe", "Weizen"),
        ("what's the latest from the Courier?", "search", 'source:"Courier"'),
        ("do you have anything about wheat from the Courier?", "search", 'wheat source:"Courier"'),
        ("Was steht im Courier über Weizen?", "search", 'Weizen source:"Courier"'),
        ("what did the Courier say about wheat", "search", 'wheat source:"Courier"'),
        ("what was in the Courier yesterday about wheat", "search", 'wheat source:"Courier" on:2031-03-03'),
        ("Artikel zu Weizen, die neuesten zuerst", "search", "Weizen sort:new"),
        ("was gibt es heute Neues?", "catchup", "was gibt es heute Neues"),
        ("send wheat to Ada too", "search", "wheat to Ada too"),
    ):
        heard = await hearing(talk).command(said(words))
        assert (heard.name, heard.argument) == (name, argument)
        assert (await hearing(talk).command(said(words, CHANNEL, BRAM))).name != "subscribe", words


async def test_an_outlet_of_the_library_may_be_asked_about_by_its_name(talk):
    for words, argument in (
        ("did the courier write about the wheat?", 'wheat source:"courier"'),
        ("all Courier articles about wheat", 'wheat source:"Courier"'),
        ("any articles by the Averne Courier on wheat", 'wheat source:"Averne Courier"'),
        ("was schreibt der Courier über Weizen", 'Weizen source:"Courier"'),
    ):
        heard = await hearing(talk).command(said(words))
        assert (heard.name, heard.argument) == ("search", argument)
    assert "source:" not in (await hearing(talk).command(said("did the growers write about wheat"))).argument
    assert (await hearing(talk).command(said("was " * 100_000))).name == ""


async def test_where_nothing_is_subscribed_nothing_ends(talk):
    told = shown(
        await talk.answer.responder.reply(
            said("opt me out", Address("slack", "D1"), ADA, direct=True), "reader"
        )
    )
    assert "no subscription yet" in told


async def test_of_two_wishes_in_one_message_neither_is_done(talk):
    for text, second in (
        ("/subscribe wheat at 8:00 and unsubscribe me from lamps", "unsubscribe me from lamps"),
        ("search wheat and also show me the topics", "show me the topics"),
        ("wheat at 8:00 and stop lamps", "stop lamps"),
        ("find wheat and then mute it", "mute it"),
        ("send me wheat at 8:00, aber schick mir bitte keine Lampen", "schick mir bitte keine Lampen"),
    ):
        told = " ".join(shown(await talk.answer.responder.reply(said(text), "editor")).split())
        assert f"have done nothing yet: please write “{second}” in a message" in told
    assert not await talk.subscriptions.all()
    for text in (
        '/search "love and give me shelter"',
        "/search wheat and send",
        "hello and please find wheat",
    ):
        assert "one wish" not in shown(await talk.answer.responder.reply(said(text), "editor"))


async def test_what_is_not_understood_draws_one_line(talk):
    responder = talk.answer.responder
    for words, told in (
        ("is it still there?", "I do not know what to do with “is it still there?”"),
        ("zeppelins", "Perhaps one of these: /search zeppelins · /subscribe zeppelins"),
        (
            "is the ferry here?",
            "I am not sure what “is the ferry here?” asks for, and have done nothing yet.",
        ),
        ("lamps every weekday at 8am", "/subscribe lamps every weekday at 8am"),
        ("ok", "I am here."),
        ("serch lamps", "Did you mean /search?"),
        ("subscribe me", "I am not sure what “me” stands for"),
        ("subscribe to the second", "I am not sure what “the second” stands for"),
        ("subscribe @bram to lamps at 9am", "without “@bram”"),
        ("subscribe #news for lamps", "without “#news”"),
        ("was meint die Behörde dazu?", "I am not sure what “dazu” stands for"),
        ("mute it", "I am not sure what “it” stands for"),
        ("subscribe to what?", "I am not sure what “what” stands for"),
        ("> *lamps* at 9:00", "/subscribe lamps at 9:00"),
        ("plese lamps at 9:00", "/subscribe lamps at 9:00"),
        ("add wheat", "That is no page's address"),
        ("/start topic-nowhere", "There is no topic of that name"),
    ):
        answer = shown(await responder.reply(said(words), "reader"))
        assert told in " ".join(answer.split()), answer
        assert "What I can do" not in answer
    assert await talk.subscriptions.all() == ()
    assert "1 article" in shown(await responder.reply(said("apple harvest?"), "reader"))


async def test_a_page_is_added_in_the_words_of_who_wants_it(talk):
    for words, added in (
        ("/add this: https://example.org/new please", True),
        ("/add https://example.org/new and https://example.org/known", False),
    ):
        assert ("Added:" in shown(await talk.answer.responder.reply(said(words), "editor"))) == added


async def test_who_ends_something_is_asked_which(talk):
    responder = talk.answer.responder
    await responder.reply(said("/subscribe apples at 08:00"), "reader")
    await responder.reply(said("/subscribe lamps at 08:00"), "reader")
    answer = shown(await responder.reply(said("stop"), "reader"))
    assert all(told in answer for told in ("Which one?", "“apples”", "“lamps”"))
    assert len(await talk.subscriptions.all()) == 2


async def test_who_is_heard_in_a_group_alone_is_not_sent_to_where_nobody_hears_them(talk):
    for who, told in ((ADA, True), (Sender("telegram", "7"), False)):
        at = CHANNEL if told else Address("telegram", "-100")
        answer = shown(await talk.answer.responder.reply(said("/subscribe apples", at, who), "reader"))
        assert answer.startswith("Only an editor")
        assert ("direct conversation" in answer) == told


async def test_while_the_index_is_rebuilt_words_stay(talk, monkeypatch):
    async def rebuilding(*_, **__):
        raise IndexRebuilding(1, 2)

    monkeypatch.setattr(talk.desk.index, "search", rebuilding)
    heard = await hearing(talk).command(said("/subscribe wheat from the Courier"))
    assert heard == Command("subscribe", "wheat from the Courier", "/subscribe")


async def test_a_sentence_makes_a_subscription_that_another_one_ends(talk):
    responder = talk.answer.responder
    made = await responder.reply(said("please send me news about apples every weekday at 8:00"), "reader")
    assert "apples" in shown(made)
    assert [(one.name, one.query) for one in await talk.subscriptions.all()] == [("apples", "apples")]
    await responder.reply(said("stop sending me apples"), "reader")
    assert await talk.subscriptions.all() == ()


async def test_what_somebody_said_is_found_behind_a_german_zu(talk):
    answer = await talk.answer.responder.reply(said("/zitate Brehm zu wood"), "reader")
    assert "fourth we ran out of wood" in shown(answer)


async def test_a_name_and_a_subject_side_by_side_are_told_apart_where_quotes_are_found_so(talk):
    answer = shown(await talk.answer.responder.reply(said("/quotes Lukas Brehm wood"), "reader"))
    assert "Lukas Brehm on “wood”" in answer
    assert "fourth we ran out of wood" in answer
    nobody = shown(await talk.answer.responder.reply(said("/quotes Celia Marrant wood"), "reader"))
    assert "I have no words of Celia Marrant wood" in nobody


@pytest.mark.parametrize(("words", "first"), [("thanks!", "You are welcome."), ("hi", "What I can do")])
async def test_who_greets_or_thanks_the_desk_is_not_told_that_it_does_not_know_the_word(talk, words, first):
    answer = await talk.answer.responder.reply(said(words), "reader")
    assert shown(answer).strip("─ \n").startswith(first)
