"""Everything that can go wrong on purpose.

::

    BotError
    ├── ConfigError(problems)            the configuration, every problem at once
    ├── UnreadableDocument(name, reason) this file cannot become an article
    ├── OverBudget(reason)               a worker needed more time or memory than it may have
    ├── InboxError                       the inbox folder cannot be used
    ├── StoreError                       the store cannot do it
    │   └── NoSuchEntry(id)
    ├── SearchError                      the index cannot do it
    │   ├── IndexBusy                    another process writes it
    │   └── IndexDamaged(path)           `copydesk reindex` builds it again
    └── MessengerError(address)          a chat cannot be reached

Each carries what the next decision needs. Vendors' exceptions are translated once, at the edge.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Address


class BotError(Exception):
    """The root: its text is a sentence that a user can act on."""


class ConfigError(BotError):
    """The configuration has ``problems``, each starting with the path of its option."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class UnreadableDocument(BotError):
    """``name`` cannot become an article; ``reason`` says why and what would help."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, str]]:
        # Exceptions pickle their args; this one crosses from a worker process with its fields.
        return type(self), (self.name, self.reason)


class OverBudget(BotError):
    """Work was stopped by its worker's limits; ``reason`` names time, memory, depth or a crash."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class InboxError(BotError):
    """The inbox folder cannot be used; the text names the option and the remedy."""


class StoreError(BotError):
    """The store refused or failed; the text says what to do."""


class NoSuchEntry(StoreError):
    """No entry has this ``id``."""

    def __init__(self, id: int) -> None:
        self.id = id
        super().__init__(f"there is no article {id}")


class SearchError(BotError):
    """The index refused or failed."""


class IndexBusy(SearchError):
    """Another process holds the index's write lock."""


class IndexDamaged(SearchError):
    """The index at ``path`` cannot be read."""

    def __init__(self, path: str, cause: str) -> None:
        self.path = path
        super().__init__(f"the search index {path} is damaged ({cause}); `copydesk reindex` rebuilds it")


class MessengerError(BotError):
    """A message for ``address`` was not delivered."""

    def __init__(self, address: Address, text: str) -> None:
        self.address = address
        super().__init__(f"{address}: {text}")
