"""The errors that the desk raises.

::

    BotError
    ├── ConfigError(problems)            the configuration, every problem at once
    ├── UnreadableDocument(name, reason) this file cannot become an article
    ├── OverBudget(reason)               a worker needed more time or memory than it may have
    ├── OutOfRoom(reason)                the machine has no room for any work now
    ├── InboxError                       the inbox folder cannot be used
    ├── StoreError                       the store cannot do it
    │   └── NoSuchEntry(id)
    ├── LeaseHeld(name, holder)          another desk works with this token
    ├── NotSetUp(platform)               a platform's token is not in the environment
    ├── SearchError                      the index cannot do it
    │   ├── IndexBusy                    another process writes it
    │   │   └── IndexRebuilding(path)    it is being built again
    │   └── IndexDamaged(path)           it has to be built again
    └── MessengerError(address, reason)  a chat cannot be reached
        ├── RetryLater(after)            certainly not posted; later it may be
        ├── Refused(moved, closed)       certainly not posted, nor would the same call be
        ├── Unconfirmed                  the answer was lost: nobody knows
        └── BadCredentials               the token is dead

Each carries what the next decision needs. Vendors' exceptions are translated once, at the edge.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.model import Address
from bot.domain.reasons import Reason, in_english, in_words
from bot.domain.unicode import well_formed


class BotError(Exception):
    """The root: its text is a sentence that a user can act on."""


def cause(error: Exception) -> Reason:
    """Why, to be told to somebody: the error's reason, where it has one, and else its text."""
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, Reason) else in_words(str(error))


class ConfigError(BotError):
    """The configuration has ``problems``, each starting with the path of its option."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class UnreadableDocument(BotError):
    """``name`` cannot become an article; ``reason`` says why and what would help, both well-formed.

    Either may repeat what stands in the document.
    """

    def __init__(self, name: str, reason: Reason) -> None:
        self.name = well_formed(name)
        self.reason = reason
        super().__init__(f"{self.name}: {self.reason}")

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, Reason]]:
        # Exceptions pickle their args; this one crosses from a worker process with its fields.
        return type(self), (self.name, self.reason)


class OverBudget(BotError):
    """Work was stopped by its worker's limits; ``reason`` names time, memory, depth or a crash."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


class OutOfRoom(BotError):
    """The machine has no room for work, whatever the work is; ``reason`` is the system's."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"this machine has no room to read in ({reason}); free some disk, also under /tmp, or memory"
        )


class InboxError(BotError):
    """The inbox folder cannot be used; the text names the option and the remedy."""


class StoreError(BotError):
    """The store refused or failed; the text says what to do."""


class SubscriptionsFull(StoreError):
    """A chat has as many subscriptions as it may."""


class NoSuchEntry(StoreError):
    """No entry has this ``id``."""

    def __init__(self, id: int) -> None:
        self.id = id
        super().__init__(f"there is no article {id}")


class LeaseHeld(BotError):
    """Another process, ``holder`` (see :mod:`bot.runtime.processes`), works with the platform's token, or with what else ``name`` says."""

    def __init__(self, name: str, holder: str) -> None:
        self.name = name
        self.holder = holder
        platform, _, token = name.partition(":")
        what = f"the {platform} token" if token else f"the {name}"
        super().__init__(f"another desk ({holder}) works with {what}; stop it first")


class NotSetUp(BotError):
    """``platform`` cannot be posted to: ``missing``, its token's name, is not in the environment."""

    def __init__(self, platform: str, missing: str) -> None:
        self.platform = platform
        super().__init__(f"{platform} is not set up: {missing} is not in the environment")


class SearchError(BotError):
    """The index refused or failed."""


class IndexBusy(SearchError):
    """Another process holds the index's write lock."""


class IndexDamaged(SearchError):
    """The index at ``path`` cannot be read."""

    def __init__(self, path: str, cause: str) -> None:
        self.path = path
        super().__init__(f"the search index {path} is damaged ({cause}); it is rebuilt from the store")


class IndexRebuilding(IndexBusy):
    """The index at ``path`` is being built again: so far ``reached`` of ``newest`` revisions, 0 where not known.

    ``why`` says what keeps it from being built now.
    """

    def __init__(self, path: str, reached: int = 0, newest: int = 0, why: str = "") -> None:
        self.path = path
        self.reached = reached
        self.newest = newest
        so_far = f": {reached} of {newest} revisions so far" if newest else ""
        stuck = f" as soon as that is possible ({why})" if why else ""
        super().__init__(f"the search index {path} is being rebuilt{stuck}{so_far}; try again soon")


class MessengerError(BotError):
    """A message for ``address`` was not delivered; a ``reason`` that is text is in words that are not the desk's.

    Its own text is for the log, and so in English.
    """

    def __init__(self, address: Address, reason: Reason | str) -> None:
        self.address = address
        self.reason = in_words(reason) if isinstance(reason, str) else reason
        super().__init__(f"{address}: {in_english(self.reason)}")


class RetryLater(MessengerError):
    """Certainly not posted; ``after`` seconds from now it may be."""

    def __init__(self, address: Address, reason: Reason | str, after: float) -> None:
        self.after = after
        super().__init__(address, reason)


class Refused(MessengerError):
    """Certainly not posted, and the same call would be refused again; ``reason`` says what to do.

    ``moved`` is the chat's new address where the platform told it, or the chat itself where its thread is gone. ``closed``: it is the place that
    takes nothing, whatever is posted; else it is this message.
    """

    def __init__(
        self,
        address: Address,
        reason: Reason | str,
        moved: Address | None = None,
        *,
        closed: bool = False,
    ) -> None:
        self.moved = moved
        self.closed = closed
        super().__init__(address, reason)


class Unconfirmed(MessengerError):
    """The answer was lost: it may have been posted or not."""


class BadCredentials(MessengerError):
    """The platform refuses the token; nothing can be posted until it is replaced."""
