"""What every Messenger promises, held against a far end that a test reads, breaks and speaks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import pytest

from bot.domain.errors import BadCredentials, MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.events import Incoming, Pressed, Said, Unknown
from bot.domain.message import Break, Button, Buttons, Heading, Items, Message, Paragraph, Quotation, Run
from bot.domain.messaging import Messenger
from bot.domain.model import Address

I = TypeVar("I", Said, Pressed)  # noqa: E741 - incoming

WITHIN = 60.0
"""Seconds in which everything here happens, or a test fails."""

HOSTILE = (
    '</b><a href="https://bad.example">press</a>',
    "<!channel> <!here> <@U1> <#C1> @channel",
    "*stars* _lines_ ~waves~ `ticks` ```fences```",
    "a < b && c > d &lt; &amp;amp; \\ /",
    "[link](https://bad.example) <https://bad.example|press>",
)
"""Each is read at the far end exactly as written here, and does nothing."""


class FarEnd(Protocol):
    """A platform's double, as far as the contract needs it."""

    platform: str
    home: Address
    """A shared place where the desk is a member."""
    nowhere: Address
    """A well-formed address that no place has."""
    secrets: tuple[str, ...]
    """Tokens: no error may carry one."""

    async def texts(self, at: Address) -> list[str]:
        """What readers see there of the desk's messages, in order, as they stand now."""

    async def until_read(self, text: str, *, within: float) -> None:
        """Return when a message at ``home`` has this text in it; fails after so many seconds."""

    def lose_reply(self) -> None:
        """The next post is taken, and its answer lost."""

    def slow_down(self, seconds: int) -> None:
        """The next post is refused for its pace, for so many seconds."""

    def put_out(self) -> None:
        """The desk is removed from ``home``."""

    def revoke(self) -> None:
        """The token dies."""

    async def close_connections(self) -> None:
        """Nobody answers at the platform's address any more."""

    async def say(self, text: str) -> None:
        """Somebody at ``home`` says this to the desk."""

    async def mutter(self, text: str) -> None:
        """Somebody at ``home`` says this to others; the platform tells the desk all the same."""

    async def press(self, label: str) -> None:
        """Somebody presses the button of the desk's newest message that has one of this label."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A messenger and what is at the other end of its wire."""

    messenger: Messenger
    far: FarEnd


def a_message(text: str, *buttons: Button) -> Message:
    """One paragraph, perhaps with buttons."""
    return Message((Paragraph((Run(text),)), *([Buttons(buttons)] if buttons else [])))


def a_long_message(stories: int = 40) -> Message:
    """A digest of many stories, each word of it numbered."""
    blocks: list[object] = [Heading((Run("The long digest", "strong"),), level=1)]
    for number in range(stories):
        words = " ".join(f"w{number}x{count}" for count in range(60))
        blocks += [Break()] if number else []
        blocks += [
            Heading((Run(f"Story{number}", "strong", f"https://{number}.example/story"),)),
            Paragraph((Run(f"Gazette{number}"),), quiet=True),
            Paragraph((Run(words),)),
            Quotation(f"said{number}", f"Ada{number}", f"Post{number}"),
            Items(((Run(f"one{number}"),), (Run(f"two{number}", "marked"),))),
        ]
    return Message(tuple(blocks))  # type: ignore[arg-type]  # blocks, as the list was filled


async def post(opened: Opened, message: Message, key: str = "k") -> None:
    """Post every part to ``home``."""
    for number, payload in enumerate(opened.messenger.render(message)):
        await opened.messenger.post(opened.far.home, payload, key=f"{key}-{number}")


async def heard(stream: AsyncIterator[Incoming], kind: type[I]) -> I:
    """The next thing of this kind that is heard."""
    async with asyncio.timeout(WITHIN):
        async for incoming in stream:
            if isinstance(incoming, kind):
                return incoming
    raise AssertionError("the stream ended")


async def until_read(opened: Opened, text: str) -> list[str]:
    """What is read at ``home`` as soon as ``text`` is in it."""
    await opened.far.until_read(text, within=WITHIN)
    return await opened.far.texts(opened.far.home)


def assert_discreet(opened: Opened, error: MessengerError) -> None:
    """The error is a sentence about the address, and keeps the token to itself, causes included."""
    seen: BaseException | None = error
    while seen is not None:
        told = f"{seen} {seen!r}"
        assert not [secret for secret in opened.far.secrets if secret in told]
        seen = seen.__cause__ or seen.__context__
    assert str(error).startswith(str(error.address))


class PostingContract:
    """Inherit, and give the fixture ``opened``. Its far end keeps no rates, unless told by a test.

    ``PAUSE`` is for how long a platform is left alone that cannot say how long it wants to be.
    """

    PAUSE = 7.0

    @pytest.fixture
    async def opened(self) -> Opened:
        raise NotImplementedError

    # --- posting ---------------------------------------------------------------------------------

    async def test_what_is_posted_is_read_at_the_far_end(self, opened: Opened):
        (payload,) = opened.messenger.render(a_message("Ferries run & bridges <close>"))
        posted = await opened.messenger.post(opened.far.home, payload, key="k1")
        assert posted.id
        assert await opened.far.texts(opened.far.home) == ["Ferries run & bridges <close>"]
        assert payload.plain.strip() == "Ferries run & bridges <close>"

    async def test_each_post_is_one_message(self, opened: Opened):
        (payload,) = opened.messenger.render(a_message("Again"))
        ids = {(await opened.messenger.post(opened.far.home, payload, key=key)).id for key in ("a", "b")}
        assert len(ids) == 2
        assert await opened.far.texts(opened.far.home) == ["Again", "Again"]

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_text_is_text_whatever_it_says(self, opened: Opened, text: str):
        await post(opened, a_message(text))
        assert await opened.far.texts(opened.far.home) == [text]

    async def test_a_long_message_arrives_whole_and_in_order(self, opened: Opened):
        message = a_long_message()
        await post(opened, message)
        read = "\n".join(await opened.far.texts(opened.far.home))
        wanted = [word for number in range(40) for word in _words_of(number)]
        at = -1
        for word in wanted:
            at = read.find(word, at + 1)
            assert at >= 0, word

    def test_rendering_is_pure(self, opened: Opened):
        message = a_long_message(5)
        assert opened.messenger.render(message) == opened.messenger.render(message)

    # --- when it goes wrong ----------------------------------------------------------------------

    async def test_a_lost_answer_is_unconfirmed_and_never_repeated(self, opened: Opened):
        opened.far.lose_reply()
        since = datetime.now(UTC) - timedelta(seconds=5)
        (payload,) = opened.messenger.render(a_message("Once"))
        with pytest.raises(Unconfirmed) as raised:
            await opened.messenger.post(opened.far.home, payload, key="lost")
        assert_discreet(opened, raised.value)
        assert await opened.far.texts(opened.far.home) == ["Once"]
        found = await opened.messenger.find(opened.far.home, "lost", since=since)
        missing = await opened.messenger.find(opened.far.home, "never", since=since)
        if opened.messenger.capabilities.history:
            assert found is not None
            assert not isinstance(found, Unknown)
            assert (found.id != "", missing) == (True, None)
        else:
            assert isinstance(found, Unknown)
            assert isinstance(missing, Unknown)

    async def test_a_refusal_for_pace_says_how_long(self, opened: Opened):
        opened.far.slow_down(7)
        (payload,) = opened.messenger.render(a_message("Later"))
        with pytest.raises(RetryLater) as raised:
            await opened.messenger.post(opened.far.home, payload, key="k")
        assert raised.value.after == self.PAUSE
        assert_discreet(opened, raised.value)
        assert await opened.far.texts(opened.far.home) == []
        await opened.messenger.post(opened.far.home, payload, key="k")
        assert await opened.far.texts(opened.far.home) == ["Later"]

    async def test_where_nobody_answers_nothing_was_posted(self, opened: Opened):
        await opened.far.close_connections()
        (payload,) = opened.messenger.render(a_message("Nobody"))
        with pytest.raises(RetryLater) as raised:
            await opened.messenger.post(opened.far.home, payload, key="k")
        assert_discreet(opened, raised.value)

    async def test_a_place_that_does_not_exist_refuses(self, opened: Opened):
        (payload,) = opened.messenger.render(a_message("Lost"))
        with pytest.raises(Refused) as raised:
            await opened.messenger.post(opened.far.nowhere, payload, key="k")
        assert raised.value.address == opened.far.nowhere
        assert_discreet(opened, raised.value)

    async def test_a_desk_that_was_put_out_is_refused(self, opened: Opened):
        opened.far.put_out()
        (payload,) = opened.messenger.render(a_message("Out"))
        with pytest.raises(Refused) as raised:
            await opened.messenger.post(opened.far.home, payload, key="k")
        assert len(str(raised.value.reason).split()) > 3
        assert_discreet(opened, raised.value)
        assert await opened.far.texts(opened.far.home) == []

    async def test_a_dead_token_is_bad_credentials_wherever_it_is_used(self, opened: Opened):
        opened.far.revoke()
        (payload,) = opened.messenger.render(a_message("Dead"))
        with pytest.raises(BadCredentials) as raised:
            await opened.messenger.post(opened.far.home, payload, key="k")
        assert_discreet(opened, raised.value)
        with pytest.raises(BadCredentials) as raised:
            await opened.messenger.reach(opened.far.home)
        assert_discreet(opened, raised.value)

    # --- what is to say something else -------------------------------------------------------------

    async def test_a_message_is_edited_in_place_and_twice_is_once(self, opened: Opened):
        if not opened.messenger.capabilities.edits:
            (payload,) = opened.messenger.render(a_message("First"))
            posted = await opened.messenger.post(opened.far.home, payload, key="k")
            with pytest.raises(Refused) as raised:
                await opened.messenger.edit(opened.far.home, posted.id, payload)
            assert not raised.value.closed
            return
        first, other = (opened.messenger.render(a_message(text))[0] for text in ("First", "Other"))
        await opened.messenger.post(opened.far.home, other, key="a")
        posted = await opened.messenger.post(opened.far.home, first, key="b")
        (second,) = opened.messenger.render(a_message("Second <b>&"))
        for _ in range(2):
            await opened.messenger.edit(opened.far.home, posted.id, second)
            assert await opened.far.texts(opened.far.home) == ["Other", "Second <b>&"]

    async def test_a_message_is_taken_away_and_twice_is_once(self, opened: Opened):
        first, other = (opened.messenger.render(a_message(text))[0] for text in ("First", "Other"))
        posted = await opened.messenger.post(opened.far.home, first, key="a")
        await opened.messenger.post(opened.far.home, other, key="b")
        if not opened.messenger.capabilities.edits:
            with pytest.raises(Refused) as raised:
                await opened.messenger.withdraw(opened.far.home, posted.id)
            assert not raised.value.closed
            return
        for _ in range(2):
            await opened.messenger.withdraw(opened.far.home, posted.id)
            assert await opened.far.texts(opened.far.home) == ["Other"]
        await opened.messenger.edit(opened.far.home, posted.id, first)  # gone is gone
        assert await opened.far.texts(opened.far.home) == ["Other"]

    async def test_to_change_a_message_with_a_dead_token_is_bad_credentials(self, opened: Opened):
        if not opened.messenger.capabilities.edits:
            return
        (payload,) = opened.messenger.render(a_message("First"))
        posted = await opened.messenger.post(opened.far.home, payload, key="k")
        opened.far.revoke()
        for call in (
            opened.messenger.edit(opened.far.home, posted.id, payload),
            opened.messenger.withdraw(opened.far.home, posted.id),
        ):
            with pytest.raises(BadCredentials) as raised:
                await call
            assert_discreet(opened, raised.value)

    # --- can it post there -----------------------------------------------------------------------

    async def test_reach_says_what_to_do(self, opened: Opened):
        assert await opened.messenger.reach(opened.far.home) is None
        assert len((await opened.messenger.reach(opened.far.nowhere) or "").split()) > 3
        opened.far.put_out()
        assert len((await opened.messenger.reach(opened.far.home) or "").split()) > 3


class MessengerContract(PostingContract):
    """Of a platform where people are heard, too."""

    async def test_who_listens_with_a_dead_token_is_told_so(self, opened: Opened):
        opened.far.revoke()
        with pytest.raises(BadCredentials) as raised:
            await heard(opened.messenger.incoming(), Said)
        assert_discreet(opened, raised.value)

    async def test_words_to_the_desk_are_heard_and_answered_where_they_were_said(self, opened: Opened):
        stream = opened.messenger.incoming()
        listening = asyncio.create_task(heard(stream, Said))
        await opened.far.say("search  Ferries & <bridges>")
        said = await listening
        assert said.text.removeprefix("/") == "search  Ferries & <bridges>"
        assert (said.at.platform, said.at.chat) == (opened.far.platform, opened.far.home.chat)
        assert (said.sender.platform, bool(said.sender.id)) == (opened.far.platform, True)
        assert not said.direct
        await opened.messenger.reply(said, a_message("Found nothing"))
        await until_read(opened, "Found nothing")

    async def test_words_arrive_in_order_with_keys_of_their_own(self, opened: Opened):
        stream = opened.messenger.incoming()
        listening = asyncio.create_task(heard(stream, Said))
        for number in range(5):
            await opened.far.say(f"search word{number}")
        heard_ = [await listening, *[await heard(stream, Said) for _ in range(4)]]
        assert [said.text.split()[-1] for said in heard_] == [f"word{number}" for number in range(5)]
        assert len({said.key for said in heard_}) == 5

    async def test_words_to_others_are_not_heard(self, opened: Opened):
        stream = opened.messenger.incoming()
        listening = asyncio.create_task(heard(stream, Said))
        await opened.far.mutter("search secrets")
        await opened.far.say("search ferries")
        assert (await listening).text.split()[-1] == "ferries"

    async def test_a_pressed_button_is_answered_in_place(self, opened: Opened):
        stream = opened.messenger.incoming()
        button = Button("More", "more", "17:2")
        await post(opened, a_message("First page", button))
        listening = asyncio.create_task(heard(stream, Pressed))
        await opened.far.press("More")
        pressed = await listening
        assert (pressed.action, pressed.value) == ("more", "17:2")
        assert (pressed.at.chat, bool(pressed.message)) == (opened.far.home.chat, True)
        await opened.messenger.reply(pressed, a_message("Second page", button))
        read = await until_read(opened, "Second page")
        if opened.messenger.capabilities.edits:
            assert read == ["Second page"]

    async def test_what_was_heard_is_answered_after_the_listening_ends(self, opened: Opened):
        stream = opened.messenger.incoming()
        listening = asyncio.create_task(heard(stream, Said))
        await opened.far.say("search ferries")
        said = await listening
        rest = asyncio.create_task(_rest(stream))
        await asyncio.sleep(0)
        async with asyncio.timeout(WITHIN):
            await opened.messenger.stop_listening()
            assert await rest == []
            assert not opened.messenger.healthy()
            await opened.messenger.reply(said, a_message("Found after all"))
            await until_read(opened, "Found after all")
            await opened.messenger.aclose()

    async def test_listening_ends_with_the_messenger(self, opened: Opened):
        stream = opened.messenger.incoming()
        listening = asyncio.create_task(heard(stream, Said))
        await opened.far.say("search ferries")
        await listening
        rest = asyncio.create_task(_rest(stream))
        await asyncio.sleep(0)
        async with asyncio.timeout(WITHIN):
            await opened.messenger.aclose()
            assert await rest == []
            await opened.messenger.aclose()


async def _rest(stream: AsyncIterator[Incoming]) -> list[Incoming]:
    return [incoming async for incoming in stream]


def _words_of(number: int) -> list[str]:
    words = [f"w{number}x{count}" for count in range(60)]
    return [
        f"Story{number}",
        f"Gazette{number}",
        *words,
        f"said{number}",
        f"Ada{number}",
        f"one{number}",
        f"two{number}",
    ]
