"""Parsers on untrusted bytes: whatever one raises becomes a reason in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.domain.errors import BotError, UnreadableDocument
from bot.domain.model import Document

P = ParamSpec("P")
T = TypeVar("T")


def guarded(
    parser: Callable[Concatenate[Document, P], T], document: Document, *args: P.args, **kwargs: P.kwargs
) -> T:
    """What ``parser`` makes of the document; its own exceptions become UnreadableDocument.

    MemoryError passes: the worker's limit was reached, and the pool reports it as OverBudget.
    """
    try:
        return parser(document, *args, **kwargs)
    except (BotError, MemoryError, ImportError):
        raise
    except RecursionError as error:
        raise UnreadableDocument(document.name, "it is nested too deep to be read") from error
    except Exception as error:  # fuzzed parsers raise anything from KeyError to AssertionError
        said = str(error).split("\n", 1)[0][:100]
        reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
        raise UnreadableDocument(
            document.name, f"it is damaged, so that its reader stopped ({reason}); save it again or as text"
        ) from error
