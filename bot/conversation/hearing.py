"""What somebody said becomes a command, its query in full: its days, its outlet, what a link or a sentence stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat import commands, seeking, sentences
from bot.chat.commands import Command
from bot.conversation.subscribing.links import linked
from bot.domain.events import Said
from bot.domain.ports import Desk
from bot.domain.times import days, zones
from bot.search.outlets import Outlets


@dataclass(frozen=True, slots=True)
class Hearing:
    """``topics`` are the names that links subscribe to; days are of ``zone``. Raises BotError only when the store or the index fails."""

    desk: Desk
    zone: str
    topics: Sequence[str]

    async def command(self, said: Said) -> Command:
        """What is wanted; a sentence is only understood where all that is said is said to the desk."""
        command = commands.parse(said.text)
        if said.direct and not command.name:
            command = sentences.read(said.text) or command
        return await self._completed(self._linked(command))

    async def _completed(self, command: Command) -> Command:
        """The same with what its query says in words as filters, their days in full."""
        now, typed = self.desk.clock.now(), command.argument
        match command.name:
            case "search":
                typed = seeking.read(await Outlets(self.desk).named(typed), now, self.zone)
            case "subscribe":
                outlet = await Outlets(self.desk).named(typed)
                zoned = zones.in_full(outlet, self.zone, now)
                typed = days.completed(zoned, now, self.zone, ahead=True)
            case "quotes":
                typed = days.completed(typed, now, self.zone)
            case "unsubscribe":
                typed = seeking.ended(typed)
            case "mute" | "unmute":
                typed = days.completed(seeking.without_request(typed)[0], now, self.zone, ahead=True)
        return replace(command, argument=typed)

    def _linked(self, command: Command) -> Command:
        """The wish that a link brings behind ``/start``; the same command without one."""
        begins = command.typed.strip("/ ").partition("@")[0].casefold() == "start"
        wish = linked(command.argument, self.topics) if begins else ""
        return Command("subscribe", wish) if wish else command
