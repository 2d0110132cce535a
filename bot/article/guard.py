"""Parsers on untrusted bytes: whatever one raises becomes a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.domain.errors import BotError, UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

P = ParamSpec("P")
T = TypeVar("T")


class Refusal(Exception):
    """What a reader of ours will not read; ``reason`` says why, as half a sentence."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


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
        raise UnreadableDocument(document.name, Reason("document.nested")) from error
    except Exception as error:  # fuzzed parsers raise anything from KeyError to AssertionError
        said = str(error).split("\n", 1)[0][:100]
        said = f"{type(error).__name__}: {said}" if said else type(error).__name__
        raise UnreadableDocument(document.name, Reason("document.damaged", said=said)) from error
